package io.seidex.query.search;

import io.seidex.store.Shard;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The shards that were used last, open; a bounded number of them. */
final class OpenShards implements Closeable {
    private final int most;
    private final Map<String, OpenShard> open = new LinkedHashMap<>(16, 0.75f, true);

    OpenShards(int most) {
        this.most = most;
    }

    /** The shard, open; valid until the next call. */
    OpenShard get(Shard shard) throws IOException {
        OpenShard known = open.get(shard.name());
        if (known != null) {
            return known;
        }
        if (open.size() >= most) {
            Iterator<OpenShard> oldest = open.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        OpenShard opened = new OpenShard(shard);
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
