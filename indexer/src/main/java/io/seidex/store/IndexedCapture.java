package io.seidex.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A capture that is in the index, put together from all shards. Ordered as results are: by the time of the first packet,
 * then by path.
 *
 * @param id as in the manifests
 * @param paths every name that it was seen under, absolute, each once; the first is the one that orders results
 * @param startNanos time of its first packet, 0 if that has none
 * @param packets how many of its packets are in the index
 * @param parts its parts, in the order of the frames
 */
public record IndexedCapture(String id, List<String> paths, long startNanos, long packets, List<ShardPart> parts)
        implements Comparable<IndexedCapture> {
    private static final Comparator<ShardPart> BY_FRAME = Comparator.<ShardPart>comparingLong(
            placed -> placed.part().start().frame())
            .thenComparingLong(placed -> placed.part().from())
            .thenComparing(placed -> placed.shard().name());

    private static final Comparator<IndexedCapture> ORDER = Comparator.comparingLong(IndexedCapture::startNanos)
            .thenComparing(IndexedCapture::path)
            .thenComparing(IndexedCapture::id);

    public IndexedCapture {
        paths = List.copyOf(paths);
        parts = List.copyOf(parts);
    }

    static IndexedCapture of(String id, List<ShardPart> parts, Collection<String> seenAs) {
        List<ShardPart> inOrder = new ArrayList<>(parts);
        inOrder.sort(BY_FRAME);
        Set<String> paths = new LinkedHashSet<>();
        paths.add(inOrder.getFirst().capture().path());
        paths.addAll(seenAs);
        long packets = 0;
        long startNanos = 0;
        for (ShardPart part : inOrder) {
            if (packets == 0) {
                startNanos = part.capture().startNanos();
            }
            packets += part.part().frames();
        }
        return new IndexedCapture(id, List.copyOf(paths), startNanos, packets, inOrder);
    }

    /** The name that stands for it in results. */
    public String path() {
        return paths.getFirst();
    }

    /** The part that a frame is in; null if none is. */
    public ShardPart part(long frame) {
        for (ShardPart part : parts) {
            long ahead = frame - part.part().start().frame();
            if (ahead >= 0 && ahead < part.part().documents()) {
                return part;
            }
        }
        return null;
    }

    @Override
    public int compareTo(IndexedCapture other) {
        return ORDER.compare(this, other);
    }
}
