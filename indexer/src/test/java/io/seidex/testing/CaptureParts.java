package io.seidex.testing;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.fault.FaultLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** A pcap file cut into several, as a capture that was rotated. */
public final class CaptureParts {
    private static final int HEADER = 24;

    private CaptureParts() {}

    /** Cuts a file at places of chance into {@code count} that follow one another, beside it. */
    public static List<Path> of(Path whole, int count, Random random) throws IOException {
        List<Long> borders = new ArrayList<>();
        try (Capture capture = Capture.open(whole, new FaultLog())) {
            for (FrameCursor cursor = capture.cursor(new FaultLog()); cursor.next();) {
                borders.add(cursor.frame().recordAt());
            }
            borders.add(capture.length());
            Set<Integer> cuts = new TreeSet<>(List.of(0, borders.size() - 1));
            while (cuts.size() <= count) {
                cuts.add(random.nextInt(borders.size()));
            }
            List<Integer> ends = List.copyOf(cuts);
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ByteArrayOutputStream file = new ByteArrayOutputStream();
                file.writeBytes(capture.octets().copy(0, HEADER));
                long from = borders.get(ends.get(i));
                file.writeBytes(capture.octets().copy(from, (int) (borders.get(ends.get(i + 1)) - from)));
                files.add(Files.write(whole.resolveSibling("part" + (char) ('a' + i) + ".pcap"), file.toByteArray()));
            }
            return files;
        }
    }
}
