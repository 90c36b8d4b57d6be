package io.seidex.query.dissect;

import java.util.stream.LongStream;

/**
 * A frame that has to do with a packet.
 *
 * @param number within its capture
 * @param capture what stands before the number in its name if it lies in another capture than the packet; else nothing
 */
public record FrameLink(long number, byte[] capture) {
    /** The capture of a frame that lies in the packet's own. */
    public static final byte[] HERE = {};

    /** Frames of the packet's own capture. */
    public static FrameLink[] of(long[] numbers) {
        return LongStream.of(numbers).mapToObj(number -> new FrameLink(number, HERE)).toArray(FrameLink[]::new);
    }
}
