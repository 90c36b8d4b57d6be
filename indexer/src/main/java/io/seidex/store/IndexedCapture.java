package io.seidex.store;

import java.util.List;

/**
 * A capture that is in the index, put together from all shards.
 *
 * @param id as in the manifests
 * @param paths every name that it was seen under, absolute, each once; the first is the one that orders results
 * @param startNanos time of its first packet, 0 if that has none
 * @param packets how many of its packets are in the index
 * @param parts its parts in the order of the frames
 */
public record IndexedCapture(String id, List<String> paths, long startNanos, long packets, List<ShardPart> parts) {
    public IndexedCapture {
        paths = List.copyOf(paths);
        parts = List.copyOf(parts);
    }

    /** The name that stands for it in results. */
    public String path() {
        return paths.getFirst();
    }
}
