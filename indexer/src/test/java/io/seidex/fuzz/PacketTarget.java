package io.seidex.fuzz;

import io.seidex.capture.Capture;
import io.seidex.capture.Frame;
import io.seidex.capture.FrameCursor;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.util.ArrayList;
import java.util.List;

/** The input is a link type in two octets, and a frame of it: it is decoded, its fields are added to columns. */
public final class PacketTarget {
    private static final int FRAME_AT = 2;
    private static final int PACKETS = 200;

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

    /** Packets of every kind of traffic that is generated. */
    public static List<byte[]> seeds() {
        List<byte[]> packets = new ArrayList<>();
        for (String name : Traffic.NAMES) {
            Traffic traffic = Traffic.named(name, 1);
            byte[] file = traffic.capture(CaptureFormat.values()[0], PACKETS);
            try (Octets octets = Octets.of(file); Capture capture = Capture.of(octets, new FaultLog())) {
                FrameCursor cursor = capture.cursor(new FaultLog());
                while (cursor.next()) {
                    Frame frame = cursor.frame();
                    packets.add(input(traffic.linkType(), octets.copy(frame.at(), frame.captured())));
                }
            }
        }
        return packets;
    }

    /** The input that stands for a frame. */
    private static byte[] input(int linkType, byte[] frame) {
        byte[] input = new byte[FRAME_AT + frame.length];
        input[0] = (byte) (linkType >>> 8);
        input[1] = (byte) linkType;
        System.arraycopy(frame, 0, input, FRAME_AT, frame.length);
        return input;
    }
}
