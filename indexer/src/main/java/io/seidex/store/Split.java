package io.seidex.store;

import io.seidex.capture.Border;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What one shard is to cover: a range of one large capture, or several small captures.
 *
 * @param name of the shard: the same for the same ranges, so that of two attempts only one can be published
 * @param ranges in the order of the documents
 */
public record Split(String name, List<Range> ranges) {
    public Split {
        ranges = List.copyOf(ranges);
    }

    /** A split of these ranges, and the name that they give it. */
    public static Split of(List<Range> ranges) {
        StringBuilder text = new StringBuilder();
        for (Range range : ranges) {
            text.append(range.id)
                    .append(' ')
                    .append(range.start.at())
                    .append(' ')
                    .append(range.to)
                    .append('\n');
        }
        return new Split(nameOf(text.toString().getBytes(StandardCharsets.UTF_8)), ranges);
    }

    /** How many octets of captures it covers. */
    public long length() {
        long length = 0;
        for (Range range : ranges) {
            length += range.to - range.from;
        }
        return length;
    }

    /** A name for a shard with this content: the same for the same. */
    public static String nameOf(byte[] content) {
        return RangeDigest.of(content).substring(0, 16);
    }

    /**
     * A range of a capture.
     *
     * @param id of the capture, as in {@link Manifest.CaptureRow}
     * @param headLength likewise
     * @param path likewise
     * @param size of the file when the range was planned
     * @param modifiedNanos of the file when the range was planned
     * @param startNanos likewise
     * @param from first octet that is covered: 0, or the place of {@code start}
     * @param start where reading begins
     * @param to where the next range begins; of the last range, the file's size
     */
    public record Range(
            String id,
            int headLength,
            String path,
            long size,
            long modifiedNanos,
            long startNanos,
            long from,
            Border start,
            long to) {}
}
