package io.seidex.fuzz;

import io.seidex.octets.Octets;

/** The input is a link type in two octets, and a frame of it: it is decoded, its fields are added to columns. */
public final class PacketTarget {
    static final int FRAME_AT = 2;

    private PacketTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < FRAME_AT) {
            return;
        }
        try (Octets octets = Octets.of(input)) {
            PacketColumns.SHARED.add(octets, FRAME_AT, input.length - FRAME_AT, octets.u16(0));
        }
    }

    /** The input that stands for a frame. */
    static byte[] input(int linkType, byte[] frame) {
        byte[] input = new byte[FRAME_AT + frame.length];
        input[0] = (byte) (linkType >>> 8);
        input[1] = (byte) linkType;
        System.arraycopy(frame, 0, input, FRAME_AT, frame.length);
        return input;
    }
}
