package io.seidex.fuzz;

import io.seidex.capture.Capture;
import io.seidex.capture.Frame;
import io.seidex.capture.FrameCursor;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;

/** The input is a capture file: every record lies within it, once, and is found again by its place. */
public final class CaptureTarget {
    private CaptureTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        PacketColumns columns = PacketColumns.SHARED;
        Frame again = new Frame();
        try (Octets octets = Octets.of(input); Capture capture = Capture.of(octets, new FaultLog())) {
            FrameCursor cursor = capture.cursor(new FaultLog());
            long number = 0;
            long end = 0;
            while (cursor.next()) {
                Frame frame = cursor.frame();
                number++;
                check(frame.number() == number, "frame numbers have no gaps");
                check(frame.recordAt() >= end, "records do not overlap");
                long behind = frame.at() + frame.captured();
                check(frame.captured() >= 0 && behind <= frame.octets().length(), "a frame lies within its memory");
                end = frame.octets() == octets ? behind : frame.recordAt() + 1;
                check(capture.frameAt(frame.recordAt(), frame.source(), again), "a frame is found again");
                check(again.at() == frame.at() && again.captured() == frame.captured(), "at the same place");
                columns.add(frame.octets(), frame);
            }
            check(number <= input.length, "no more frames than octets");
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("does not hold: " + what);
        }
    }
}
