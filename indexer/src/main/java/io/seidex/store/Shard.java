package io.seidex.store;

import io.seidex.schema.IndexField;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.util.BytesRef;

/** A published part of an index: a plain Lucene index and its manifest. It never changes. */
public final class Shard {
    private final Path path;
    private final Manifest manifest;
    private final byte[] identifiers;

    Shard(Path path, Manifest manifest, byte[] identifiers) {
        this.path = path;
        this.manifest = manifest;
        this.identifiers = identifiers;
    }

    /** The directory that holds the Lucene index; there is none if the manifest has no parts. */
    public Path path() {
        return path;
    }

    /** What it covers and holds. */
    public Manifest manifest() {
        return manifest;
    }

    /** The shard's name, unique within the index. */
    public String name() {
        return manifest.name();
    }

    /** How many documents it holds; 0 if there is nothing to open. */
    public long documents() {
        return manifest.documents();
    }

    /**
     * False if the shard surely has no document with this term of the field; no Lucene index is opened. About one in a
     * hundred shards that do not hold a term says that it may.
     */
    public boolean mayContain(IndexField field, BytesRef term) throws IOException {
        return documents() > 0 && Identifiers.mayContain(path, identifiers, field, term);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
