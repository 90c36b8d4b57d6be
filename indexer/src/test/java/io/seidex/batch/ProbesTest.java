package io.seidex.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.fault.FaultLog;
import io.seidex.store.PacketIndex;
import io.seidex.testing.CaptureParts;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.CaptureWriter;
import io.seidex.traffic.Fragmenter;
import io.seidex.traffic.PacketBuilder;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures of the same traffic beside one another: what each of them has alone, it has with the others. */
class ProbesTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int PACKETS = 600;
    private static final int ETHERNET = 14;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final List<byte[]> packets = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private int made;

    @BeforeEach
    void read() throws IOException {
        Path whole = directory.resolve("whole.pcap");
        Traffic.named(Traffic.PIECES, SEED).fragmented(40).lost(5).duplicated(5).write(whole, CaptureFormat.PCAP,
                PACKETS);
        try (Capture capture = Capture.open(whole, new FaultLog())) {
            for (FrameCursor cursor = capture.cursor(new FaultLog()); cursor.next();) {
                packets.add(cursor.frame().octets().copy(cursor.frame().at(), cursor.frame().captured()));
                times.add(cursor.frame().timeNanos());
            }
        }
        Files.delete(whole);
    }

    /** Which frames a probe sees. */
    private interface Sees {
        boolean frame(int number);
    }

    /** What a probe captured: its clock is late, and everything takes {@code pace} times as long. */
    private Path probe(String name, CaptureFormat format, long lateNanos, double pace, Sees sees) {
        CaptureBuilder capture = CaptureBuilder.of(format, CaptureWriter.ETHERNET);
        for (int i = 0; i < packets.size(); i++) {
            if (sees.frame(i)) {
                long since = (long) ((times.get(i) - times.getFirst()) * pace);
                capture.packet(0, CaptureBuilder.START + lateNanos + since, packets.get(i), packets.get(i).length);
            }
        }
        return capture.write(directory.resolve(name));
    }

    /** Traffic of less than a second, and of ten. */
    private double pace(double seconds) {
        return seconds * 1e9 / (times.getLast() - times.getFirst());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 10})
    void shouldHoldOfEachProbeWhatItHoldsAlone(double seconds) throws IOException {
        double pace = pace(seconds);
        int half = packets.size() / 2;
        long late = List.of(0L, 40_000L, -300_000L).get(random.nextInt(3));
        Path a = probe("a.pcap", CaptureFormat.PCAP, 0, pace, i -> true);
        Path copy = probe("copy.pcapng", CaptureFormat.PCAPNG, late, pace, i -> true);
        Path begin = probe("begin.pcapng", CaptureFormat.PCAPNG, late, pace, i -> i < half);
        Path end = probe("end.pcapng", CaptureFormat.PCAPNG, late, pace, i -> i > half);
        Path middle = probe("middle.pcap", CaptureFormat.PCAP_NANOS, late, pace, i -> i > 200 && i < 400);
        for (List<Path> some : List.of(List.of(a, begin), List.of(a, end), List.of(a, copy, middle))) {
            assertEachAlone(some.stream().map(List::of).toList(), "late " + late + " " + some);
        }
        assertEachHasItsFacts(List.of(a, probe("lossy.pcap", CaptureFormat.PCAP_NANOS, late, pace, i -> i % 7 > 0)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 100})
    void shouldJoinTheFilesOfEachProbe(double seconds) throws IOException {
        long late = List.of(0L, 40_000L).get(random.nextInt(2));
        List<List<Path>> probes = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            Path whole = probe("probe.pcap", CaptureFormat.PCAP, name.equals("a") ? 0 : late, pace(seconds), i -> true);
            List<Path> files = new ArrayList<>();
            for (Path part : CaptureParts.of(whole, 10, random)) {
                files.add(Files.move(part, directory.resolve(name + files.size() + ".pcap")));
            }
            probes.add(files);
        }
        assertEachAlone(probes, "late " + late);
    }

    /** Probes of other traffic that change their files at the same moments. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotMixUpFilesThatChangeAtTheSameMoment(boolean areAlike) throws IOException {
        int cut = 0;
        List<List<Path>> probes = new ArrayList<>();
        for (int probe = 0; probe < 3; probe++) {
            probes.add(new ArrayList<>());
        }
        for (int file = 0; file < 6; file++) {
            int from = cut;
            int to = file == 5 ? packets.size() : cut + 1 + random.nextInt(2 * packets.size() / 7);
            for (int probe = 0; probe < 3; probe++) {
                String name = areAlike ? "probe" + (char) ('a' + probe) + file : "x" + random.nextInt(1_000_000);
                probes.get(probe).add(probe(name + ".pcap", CaptureFormat.PCAP, probe * 20_000L, 1.0,
                        i -> i >= from && i < to));
            }
            cut = to;
        }
        assertEachAlone(probes, "changed together");
    }

    @Test
    void shouldLetOverlaysGoThatDoNotHoldAnyMore() throws IOException {
        PacketBuilder packet = new PacketBuilder();
        byte[] message = packet.ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(8805, 8805).pfcp(52, 0x77, 7)
                .ie(22, new byte[300]).toBytes();
        List<byte[]> fragments = Fragmenter.cut(message, ETHERNET, 160, 7);
        assertEquals(3, fragments.size());
        byte[] other = packet.reset().ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(8805, 8805).pfcp(1, 7).toBytes();
        long second = 1_000_000_000L;
        long cut = CaptureBuilder.START + 10 * second;
        Path a1 = CaptureBuilder.pcap().packet(CaptureBuilder.START, other).packet(cut - 1000, fragments.get(0))
                .write(directory.resolve("a1.pcap"));
        Path b2 = CaptureBuilder.pcap().packet(cut + 5000, fragments.get(1)).packet(cut + 6000, fragments.get(2))
                .packet(cut + 9 * second, other).write(directory.resolve("b2.pcap"));
        Path a2 = CaptureBuilder.pcap().packet(cut + 2000, fragments.get(1)).packet(cut + 3000, fragments.get(2))
                .packet(cut + 10 * second, other).write(directory.resolve("a2.pcap"));
        Path index = directory.resolve("index");
        Runs.index(index, a1);
        Runs.index(index, b2);
        assertEquals(1, PacketIndex.open(index).overlays().joins().size());
        assertTrue(holds(index, b2));
        Runs.index(index, a2);
        assertEquals(1, PacketIndex.open(index).overlays().joins().size());
        assertTrue(holds(index, a2), "the file that follows");
        assertFalse(holds(index, b2), "the file of another probe");
        Path b1 = CaptureBuilder.pcap().packet(CaptureBuilder.START, other).packet(cut + 1000, fragments.get(0))
                .write(directory.resolve("b1.pcap"));
        Runs.index(index, b1);
        assertTrue(holds(index, a2) && holds(index, b2));
        Path atOnce = directory.resolve("at once");
        Runs.index(atOnce, a1, b1, a2, b2);
        assertEquals(Runs.content(atOnce), Runs.content(index));
        Runs.check(index);
    }

    private static boolean holds(Path index, Path file) {
        return Runs.content(index).stream().filter(document -> isIn(document, file))
                .anyMatch(document -> document.contains("ip.fragment terms"));
    }

    /** Each of these probes has the documents that it has in an index of its own, whatever the order of the files. */
    private void assertEachAlone(List<List<Path>> probes, String what) throws IOException {
        List<List<String>> expected = new ArrayList<>();
        for (List<Path> probe : probes) {
            Path index = directory.resolve("index" + made++);
            Runs.index(index, probe.toArray(Path[]::new));
            expected.add(Runs.content(index));
        }
        List<Path> files = new ArrayList<>();
        probes.forEach(files::addAll);
        Collections.shuffle(files, random);
        Path index = directory.resolve("index" + made++);
        int first = 1 + random.nextInt(files.size());
        Runs.index(index, 2, 1L << 14, new Runs.Heard(), files.subList(0, first).toArray(Path[]::new));
        Runs.index(index, 2, 1L << 14, new Runs.Heard(), files.toArray(Path[]::new));
        List<String> content = Runs.content(index);
        for (int i = 0; i < probes.size(); i++) {
            List<Path> probe = probes.get(i);
            assertSame(expected.get(i), content.stream()
                    .filter(document -> probe.stream().anyMatch(file -> isIn(document, file))).toList(),
                    what + ", probe " + i + ", -Dseed=" + SEED);
        }
    }

    /** Each of these captures has the facts that it has alone, and perhaps more that others help it to. */
    private void assertEachHasItsFacts(List<Path> captures) throws IOException {
        List<String> together = indexed(captures);
        for (Path capture : captures) {
            for (String document : indexed(List.of(capture))) {
                if (document.contains("fragment terms")) {
                    assertTrue(together.contains(document), document);
                }
            }
        }
    }

    private List<String> indexed(List<Path> captures) throws IOException {
        Path index = directory.resolve("index" + made++);
        Runs.index(index, captures.toArray(Path[]::new));
        return Runs.content(index);
    }

    private static boolean isIn(String document, Path file) {
        return document.contains("capture=" + file.getFileName() + ",");
    }

    private static void assertSame(List<String> expected, List<String> actual, String what) {
        assertEquals(expected.size(), actual.size(), what);
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                List<String> lacks = new ArrayList<>(Arrays.asList(expected.get(i).split(", ")));
                lacks.removeAll(Arrays.asList(actual.get(i).split(", ")));
                assertEquals(lacks.toString(), "", what + ", document " + i + ": " + actual.get(i));
            }
        }
    }
}
