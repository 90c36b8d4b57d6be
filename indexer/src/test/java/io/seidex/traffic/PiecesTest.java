package io.seidex.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seidex.traffic.Truth.Kind;
import io.seidex.traffic.Truth.Whole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traffic in pieces, and the truth about it. */
class PiecesTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int PACKETS = 6_000;
    private static final Set<Kind> STREAMED = Set.of(Kind.GTPPRIME, Kind.RECORDS);

    @TempDir
    private Path folder;

    @Test
    void shouldMakeTheSameFramesForASeed() throws NoSuchAlgorithmException {
        byte[] capture = Traffic.named(Traffic.PIECES, 42).capture(CaptureFormat.PCAP, 5_000);
        assertEquals("2c148c41fb29c7b5cbdb62ef7b165d7efec7652d6638b36244801a9352b626d3",
                Bytes.hex(MessageDigest.getInstance("SHA-256").digest(capture)));
    }

    @Test
    void shouldMakePiecesOfEveryKind() {
        Truth truth = Traffic.named(Traffic.PIECES, SEED).records(4).lost(10).truth(4 * PACKETS);
        Map<Kind, Integer> complete = new EnumMap<>(Kind.class);
        Map<Kind, Integer> incomplete = new EnumMap<>(Kind.class);
        for (Whole whole : truth.wholes()) {
            (whole.completing() > 0 ? complete : incomplete).merge(whole.kind(), 1, Integer::sum);
            assertEquals(whole.missing().isEmpty(), whole.completing() > 0, whole::toString);
            assertTrue(whole.frames().stream().allMatch(frame -> frame >= 1 && frame <= truth.packets()));
            // In a stream the frame may bring what was missing before it.
            assertTrue(whole.completing() == 0 || STREAMED.contains(whole.kind())
                    || whole.frames().contains(whole.completing()), whole::toString);
        }
        String seed = "-Dseed=" + SEED;
        assertEquals(Set.of(Kind.values()), complete.keySet(), seed);
        assertEquals(Set.of(Kind.values()), incomplete.keySet(), seed);
        assertTrue(truth.wholes().stream().anyMatch(Whole::behindLoss), seed);
    }

    @Test
    void shouldWriteTheTruthBesideTheCapture() throws IOException {
        Traffic traffic = Traffic.named(Traffic.PIECES, SEED);
        Path capture = folder.resolve("pieces.pcap");
        Path file = folder.resolve("pieces.tsv");
        long length = traffic.write(capture, CaptureFormat.PCAP, PACKETS, file);
        assertEquals(Files.size(capture), length);
        assertEquals(length, traffic.capture(CaptureFormat.PCAP, PACKETS).length);
        List<String> lines = Files.readAllLines(file);
        assertEquals(1 + traffic.truth(PACKETS).wholes().size(), lines.size());
        lines.forEach(line -> assertEquals(8, line.split("\t", -1).length, line));
    }

    /** What tshark says of fragments that came before others, and of frames that complete a datagram. */
    @Test
    void shouldPutTogetherWhatTsharkDoes() throws IOException {
        Path capture = folder.resolve("pieces.pcap");
        Traffic traffic = Traffic.named(Traffic.PIECES, SEED).streams(0);
        traffic.write(capture, CaptureFormat.PCAP, PACKETS);
        Map<Long, Set<String>> expected = new TreeMap<>();
        for (Whole whole : traffic.truth(PACKETS).wholes()) {
            if (whole.completing() > 0 && (whole.kind() == Kind.IP || whole.kind() == Kind.IPV6)) {
                String frames = whole.frames().stream().map(frame -> Long.toString(frame))
                        .collect(Collectors.joining(","));
                add(expected, whole.completing(), "of " + frames + ", " + whole.octets());
                whole.frames().stream().filter(frame -> frame != whole.completing())
                        .forEach(frame -> add(expected, frame, "in " + whole.completing()));
            }
        }
        Map<Long, Set<String>> found = new TreeMap<>();
        for (String line : tshark("-2", "-n", "-r", capture.toString(), "-T", "fields", "-e", "frame.number",
                "-e", "ip.reassembled_in", "-e", "ip.fragment", "-e", "ip.reassembled.length", "-e",
                "ipv6.reassembled.in", "-e", "ipv6.fragment", "-e", "ipv6.reassembled.length")) {
            String[] cells = line.split("\t", -1);
            long frame = Long.parseLong(cells[0]);
            for (int i = 1; i < cells.length; i += 3) {
                if (!cells[i].isEmpty()) {
                    add(found, frame, "in " + cells[i]);
                }
                if (!cells[i + 1].isEmpty()) {
                    add(found, frame, "of " + cells[i + 1] + ", " + cells[i + 2]);
                }
            }
        }
        assertTrue(found.size() > PACKETS / 20, "frames that have a part in datagrams: " + found.size());
        assertEquals(lines(expected), lines(found), "-Dseed=" + SEED);
    }

    @Test
    void shouldRestartNodesAndReleaseAssociations() {
        Truth truth = Traffic.seeded(SEED).sessions(50).restarts(100).truth(20_000);
        assertTrue(truth.messages().get(9).size() > 2, "releases, -Dseed=" + SEED);
        assertEquals(truth.messages().get(9).size(), truth.messages().get(10).size(), 1);
        assertTrue(truth.messages().get(5).size() > 2 * truth.messages().get(9).size(), "associations set up");
    }

    @Test
    void shouldMakeNothingThatTsharkCallsMalformed() throws IOException {
        Path capture = folder.resolve("pieces.pcap");
        // It takes every segment of GTP' for a message.
        Traffic.named(Traffic.PIECES, SEED).streams(0).restarts(50).write(capture, CaptureFormat.PCAP, PACKETS);
        assertEquals(List.of(), tshark("-n", "-r", capture.toString(), "-o", "ip.check_checksum:TRUE", "-o",
                "udp.check_checksum:TRUE", "-Y",
                "_ws.malformed || _ws.expert.severity == error || ip.checksum.status == 0 || udp.checksum.status == 0"));
    }

    private static void add(Map<Long, Set<String>> facts, long frame, String fact) {
        facts.computeIfAbsent(frame, f -> new TreeSet<>()).add(fact);
    }

    private static String lines(Map<Long, Set<String>> facts) {
        return facts.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    private static List<String> tshark(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("tshark"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            assumeTrue(false, "tshark is not installed: " + e.getMessage());
            throw e;
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
}
