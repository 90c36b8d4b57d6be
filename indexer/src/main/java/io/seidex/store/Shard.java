package io.seidex.store;

import io.seidex.schema.IndexField;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.util.BytesRef;

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

    /**
     * False if the shard surely has no document with this term of the field; nothing is opened but a small file. About one
     * in a hundred shards that do not hold a term says that it may.
     */
    public boolean mayContain(IndexField field, BytesRef term) throws IOException {
        return documents() > 0 && Identifiers.mayContain(path, field, term);
    }
}
