package io.seidex.store;

import java.nio.file.Path;

/**
 * A published part of an index: a plain Lucene index and its manifest. It never changes.
 *
 * @param path the directory that holds the Lucene index; there is none if the manifest has no parts
 * @param manifest what it covers and holds
 */
public record Shard(Path path, Manifest manifest) {
    /** The shard's name, unique within the index. */
    public String name() {
        return manifest.name();
    }

    /** How many documents it holds; 0 if there is nothing to open. */
    public long documents() {
        return manifest.documents();
    }
}
