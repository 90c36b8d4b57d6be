package io.seidex.store;

import java.util.Comparator;

/**
 * A part of a capture, and the shard that holds its documents. Ordered as results are: by the time of the capture's first
 * packet, then by the capture's path, then by frame.
 *
 * @param shard holds the documents from {@code part().firstDocument()} on
 * @param ordinal the part's place in the shard's manifest
 */
public record ShardPart(Shard shard, int ordinal) implements Comparable<ShardPart> {
    private static final Comparator<ShardPart> ORDER = Comparator.<ShardPart>comparingLong(
            placed -> placed.capture().startNanos())
            .thenComparing(placed -> placed.capture().path())
            .thenComparing(placed -> placed.capture().id())
            .thenComparingLong(placed -> placed.part().start().frame())
            .thenComparing(placed -> placed.shard().name())
            .thenComparingInt(ShardPart::ordinal);

    public Manifest.Part part() {
        return shard.manifest().parts().get(ordinal);
    }

    public Manifest.CaptureRow capture() {
        return shard.manifest().captures().get(part().capture());
    }

    @Override
    public int compareTo(ShardPart other) {
        return ORDER.compare(this, other);
    }
}
