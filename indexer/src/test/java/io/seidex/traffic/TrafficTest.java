package io.seidex.traffic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TrafficTest {
    private static final List<String> NAMES = Traffic.NAMES;

    @TempDir
    private Path folder;

    private static Traffic everything() {
        return Traffic.seeded(7)
                .sessions(200)
                .userPlane(20)
                .gtpv2(20)
                .noise(5)
                .bundled(30);
    }

    @Test
    void shouldMakeTheSamePacketsForASeed() throws NoSuchAlgorithmException {
        byte[] capture = everything().capture(CaptureFormat.PCAP, 5_000);
        String digest = Bytes.hex(MessageDigest.getInstance("SHA-256").digest(capture));
        assertEquals("02dc11eac74244fada48d408ed1fc3320ba3f6919619437ec871ff02ebb2c62f", digest,
                "a change of the generator changes every figure that was measured with it");
    }

    /** The capture that README's first command reads. */
    static Traffic documented() {
        return Traffic.seeded(17).smfs(2).upfs(2).sessions(5).bundled(30).noise(4);
    }

    static final int DOCUMENTED_PACKETS = 80;

    @Test
    void shouldMakeTheCaptureThatTheReadmeShows() throws IOException {
        byte[] made = documented().capture(CaptureFormat.PCAP, DOCUMENTED_PACKETS);
        Path committed = Path.of("..", "docs", "n4.pcap");
        if (Boolean.getBoolean("golden.update")) {
            Files.write(committed, made);
        }
        assertArrayEquals(Files.readAllBytes(committed), made, "-Dgolden.update=true writes it anew");
        assertTrue(made.length < 20_000);
    }

    @Test
    void shouldLetTimeAscend() {
        ByteBuffer capture = ByteBuffer.wrap(everything().capture(CaptureFormat.PCAP_NANOS, 20_000))
                .order(ByteOrder.LITTLE_ENDIAN);
        long last = 0;
        int packets = 0;
        for (int at = 24; at < capture.limit(); at += 16 + capture.getInt(at + 8)) {
            long time = capture.getInt(at) * 1_000_000_000L + capture.getInt(at + 4);
            assertTrue(time > last, "packet " + packets);
            last = time;
            packets++;
        }
        assertEquals(20_000, packets);
    }

    @Test
    void shouldHoldWhatTheTruthSays() {
        Truth truth = everything().truth(20_000);
        assertEquals(20_000, truth.packets());
        assertTrue(truth.seids().get(0L).size() > 100, "establishment requests carry SEID 0");
        assertTrue(truth.seids().containsKey(0x0014_0000_0000_0001L));
        assertTrue(truth.seids().lastKey() < 0, "a SEID near 2^64");
        assertTrue(truth.seids().get(1L).size() > 2);
        assertTrue(truth.messages().keySet().containsAll(List.of(1, 2, 5, 6, 50, 51, 52, 53, 54, 55, 56, 57)));
        assertTrue(truth.imsis().size() > 20);
        truth.imsis().keySet().forEach(imsi -> assertTrue(imsi.matches("00101\\d{10}"), imsi));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void shouldMakeNothingThatTsharkCallsMalformed(String name) throws IOException, InterruptedException {
        Path capture = folder.resolve(name + ".pcapng");
        Traffic.named(name, 11).sessions(300).write(capture, CaptureFormat.PCAPNG, 5_000);
        assertEquals(
                List.of(),
                tshark(
                        capture,
                        "-Y",
                        "_ws.malformed || _ws.expert.severity == error || ip.checksum.status == 0"
                                + " || udp.checksum.status == 0",
                        "-o",
                        "ip.check_checksum:TRUE",
                        "-o",
                        "udp.check_checksum:TRUE"));
    }

    @Test
    void shouldHoldWhatTsharkReads() throws IOException, InterruptedException {
        Path capture = folder.resolve("everything.pcap");
        everything().write(capture, CaptureFormat.PCAP, 5_000);
        SortedMap<Long, List<Long>> seids = new TreeMap<>(Long::compareUnsigned);
        SortedMap<Integer, List<Long>> messages = new TreeMap<>();
        for (String line : tshark(
                capture, "-Y", "pfcp", "-T", "fields", "-e", "frame.number", "-e", "pfcp.msg_type", "-e",
                "pfcp.seid")) {
            String[] cells = line.split("\t", -1);
            long frame = Long.parseLong(cells[0]);
            for (String type : cells[1].split(",")) {
                messages.computeIfAbsent(Integer.parseInt(type), t -> new ArrayList<>()).add(frame);
            }
            for (String seid : cells[2].isEmpty() ? new String[0] : cells[2].split(",")) {
                List<Long> frames =
                        seids.computeIfAbsent(Long.parseUnsignedLong(seid.substring(2), 16), s -> new ArrayList<>());
                if (!frames.contains(frame)) {
                    frames.add(frame);
                }
            }
        }
        Truth truth = everything().truth(5_000);
        assertEquals(truth.seids(), seids);
        assertEquals(truth.messages(), messages);
    }

    private static List<String> tshark(Path capture, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", capture.toString()));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "tshark is not installed: " + e.getMessage());
            throw e;
        }
        List<String> lines =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertEquals(0, process.waitFor());
        return lines;
    }
}
