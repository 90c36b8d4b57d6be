package io.seidex.query.dissect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seidex.capture.Capture;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.query.dissect.SamplePackets.Sample;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.CaptureWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the index says is wrong with a packet is what is shown to be wrong with it. */
class FaultsTest {
    private static final int ROUNDS = 20_000;
    private static final Path CAPTURES = Path.of(System.getProperty("captures", "../../shared/captures"));

    @Test
    void shouldAgreeOnCaptures() throws IOException {
        assumeTrue(Files.isDirectory(CAPTURES),
                "needs the real captures: " + CAPTURES.toAbsolutePath().normalize() + " is missing");
        List<Path> files;
        try (Stream<Path> walk = Files.walk(CAPTURES)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        List<String> differing = new ArrayList<>();
        long[] frames = new long[2];
        for (Path file : files) {
            try (FoundFaults faults = new FoundFaults(); Capture capture = Capture.open(file, new FaultLog())) {
                faults.each(capture, (number, indexed, shown) -> {
                    frames[0]++;
                    frames[1] += shown.isEmpty() ? 0 : 1;
                    if (!indexed.equals(shown)) {
                        differing.add(
                                CAPTURES.relativize(file) + ":" + number + " indexed " + indexed + ", shown " + shown);
                    }
                });
            }
        }
        assertTrue(frames[1] > 0, frames[0] + " frames and no fault");
        assertEquals(List.of(), differing);
    }

    @Test
    void shouldAgreeOnMutatedPackets() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        List<Sample> samples = MutatedPackets.samples(random);
        int faulty = 0;
        try (FoundFaults faults = new FoundFaults()) {
            for (int round = 0; round < ROUNDS; round++) {
                Sample sample = samples.get(random.nextInt(samples.size()));
                byte[] packet = MutatedPackets.mutated(sample.octets(), random);
                int original = packet.length + (random.nextInt(8) == 0 ? random.nextInt(100) : 0);
                Set<String> found = check(faults, sample, packet, original, seed);
                faulty += found.isEmpty() ? 0 : 1;
            }
        }
        assertTrue(faulty > ROUNDS / 4, "-Dseed=" + seed + ": " + faulty + " packets with faults");
    }

    private static Set<String> check(FoundFaults faults, Sample sample, byte[] packet, int original, long seed)
            throws IOException {
        Set<String> found = new TreeSet<>();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureWriter.to(file, CaptureFormat.values()[0], sample.linkType())) {
            writer.packet(0, 0, packet, 0, packet.length, original);
        }
        try (Octets octets = Octets.of(file.toByteArray()); Capture capture = Capture.of(octets, new FaultLog())) {
            faults.each(capture, (number, indexed, shown) -> {
                found.addAll(shown);
                assertEquals(shown, indexed, () -> "-Dseed=" + seed + " " + sample.name() + ", link type "
                        + sample.linkType() + ", " + original + " octets: " + HexFormat.of().formatHex(packet));
            });
        }
        return found;
    }
}
