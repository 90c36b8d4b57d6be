package io.seidex.store;

/**
 * A part of a capture, and the shard that holds its documents.
 *
 * @param shard holds the documents, from {@code part().firstDocument()} on
 * @param ordinal the part's place in the shard's manifest
 */
public record ShardPart(Shard shard, int ordinal) {
    public Manifest.Part part() {
        return shard.manifest().parts().get(ordinal);
    }

    /** The capture, as this shard knows it. */
    public Manifest.CaptureRow capture() {
        return shard.manifest().captures().get(part().capture());
    }
}
