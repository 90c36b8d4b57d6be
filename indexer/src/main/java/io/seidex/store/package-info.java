/**
 * What is in the index, exactly once?
 *
 * <pre>
 *  DIR/settings.json            what the index was made with; never changes
 *  DIR/lock                     locked by the program that writes
 *  DIR/shards/NAME/             a plain Lucene index, with manifest.json and identifiers beside its files; never changes
 *  DIR/tmp/NAME/                a shard that is being built; removed when the next writer starts
 *  DIR/catalog                  copies of the manifests, for a quick start; may be deleted at any time
 * </pre>
 *
 * <p>A shard comes into being by one rename, after all of it is on the disk. The {@link io.seidex.store.Manifest} in it says
 * which octets of which captures it covers, and what a manifest covers is never indexed again. The directory is the truth:
 * {@link io.seidex.store.PacketIndex} reads it, and nothing else has to be believed.
 */
package io.seidex.store;
