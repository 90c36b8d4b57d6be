package io.seidex.query.search;

import io.seidex.store.IndexException;
import io.seidex.store.Shard;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.index.IndexNotFoundException;

/** The shards that were used last, open: as many as the system's mappings and file descriptors allow without a thought. */
final class OpenShards implements Closeable {
    private static final int MOST_CHANNELS = 512;

    private final Map<String, OpenShard> open = new LinkedHashMap<>(16, 0.75f, true);

    /** The shard, open; valid until the next call. */
    OpenShard get(Shard shard) throws IOException {
        OpenShard known = open.get(shard.name());
        if (known != null) {
            return known;
        }
        OpenShard opened;
        try {
            opened = new OpenShard(shard);
        } catch (NoSuchFileException | IndexNotFoundException e) {
            throw Files.exists(shard.path()) ? e
                    : new IndexException("a part of the index was replaced by later runs while it was read: ask again",
                            e);
        }
        int most = opened.isMapped() ? OpenShard.MOST_MAPPED_FILES : MOST_CHANNELS;
        int files = opened.files();
        for (OpenShard other : open.values()) {
            files += other.isMapped() == opened.isMapped() ? other.files() : 0;
        }
        for (Iterator<OpenShard> oldest = open.values().iterator(); files > most && oldest.hasNext();) {
            OpenShard other = oldest.next();
            if (other.isMapped() == opened.isMapped()) {
                files -= other.files();
                oldest.remove();
                other.close();
            }
        }
        open.put(shard.name(), opened);
        return opened;
    }

    boolean isOpen(Shard shard) {
        return open.containsKey(shard.name());
    }

    /** Forgets the predicates of a query that is done. */
    void forget() {
        open.values().forEach(OpenShard::forget);
    }

    @Override
    public void close() throws IOException {
        for (OpenShard shard : open.values()) {
            shard.close();
        }
        open.clear();
    }
}
