/**
 * Which packets are meant, and what is in them?
 *
 * <p>{@link io.seidex.query.search.PacketSearch} walks the parts of the captures in capture order, asks the Lucene index of
 * each part's shard, and hands every packet found to a {@link io.seidex.query.search.HitSink}. Shards and captures are opened
 * when they are needed and a bounded number of them stays open, so an index of any size is searched in the same memory.
 */
package io.seidex.query.search;
