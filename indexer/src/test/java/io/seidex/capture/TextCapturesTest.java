package io.seidex.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text captures say the same as the captures that they were made of, and as the programs that know them. */
class TextCapturesTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int ROUNDS = 12;
    private static final HexFormat HEX = HexFormat.of();

    @TempDir
    Path directory;

    @Test
    void shouldReadWhatTrafficWouldBeInPcap() {
        byte[] pcap = Traffic.named("mixed-core", SEED).capture(io.seidex.traffic.CaptureFormat.PCAP, 500);
        List<byte[]> packets = packets(pcap);
        assertEquals(500, packets.size());
        assertSame(packets, packets(ascii(k12(packets))));
        assertSame(packets, packets(ascii(hexDump(packets, new Random(SEED)))));
    }

    /** Dumps as people have them: any width, mail marks, comments, characters, remarks, offsets that lie. */
    @Test
    void shouldReadDumpsAsText2pcapDoes() throws IOException, InterruptedException {
        assumeTrue(run("text2pcap", "--version").contains("4.0.17"), "needs text2pcap 4.0.17");
        for (int round = 0; round < ROUNDS; round++) {
            Random random = new Random(SEED + round);
            List<byte[]> packets = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                byte[] packet = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 4_000 : 80)];
                random.nextBytes(packet);
                packets.add(packet);
            }
            packets.addFirst(new byte[60]);
            String text = hexDump(packets, random);
            int compared = Integer.MAX_VALUE;
            if (round % 2 == 1) {
                int line = lieAt(text, random);
                compared = packets(ascii(text.substring(0, line))).size();
                text = text.substring(0, line) + "005" + text.substring(line + 3);
            }
            Path dump = Files.writeString(directory.resolve("dump.txt"), text);
            Path pcap = directory.resolve("dump.pcap");
            run("text2pcap", "-q", "-F", "pcap", dump.toString(), pcap.toString());
            List<byte[]> expected = packets(Files.readAllBytes(pcap));
            List<byte[]> found = packets(Files.readAllBytes(dump));
            try {
                assertTrue(found.size() >= Math.min(compared, 51));
                // text2pcap 4.0 mixes up the packet behind one that it gave up ("Expecting 5, got 5").
                assertSame(head(expected, compared), head(found, compared));
            } catch (AssertionError e) {
                throw new AssertionError("-Dseed=" + (SEED + round), e);
            }
        }
    }

    @Test
    void shouldReadWhatTsharkPrints() throws IOException, InterruptedException {
        assumeTrue(run("tshark", "--version").contains("4.0.17"), "needs tshark 4.0.17");
        byte[] octets = Traffic.named("n4-session-churn", SEED).capture(io.seidex.traffic.CaptureFormat.PCAP, 300);
        Path pcap = Files.write(directory.resolve("a.pcap"), octets);
        List<byte[]> packets = packets(octets);
        String printed = run("tshark", "-n", "-r", pcap.toString(), "-P", "-x", "-t", "ud");
        assertSame(packets, packets(printed.getBytes(StandardCharsets.UTF_8)));
        assertEquals(times(octets), times(printed.getBytes(StandardCharsets.UTF_8)));

        Path k12 = directory.resolve("a.txt");
        run("editcap", "-F", "k12text", pcap.toString(), k12.toString());
        assertSame(packets, packets(Files.readAllBytes(k12)));
    }

    private static void assertSame(List<byte[]> expected, List<byte[]> found) {
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            assertEquals(HEX.formatHex(expected.get(i)), HEX.formatHex(found.get(i)), "packet " + (i + 1));
        }
        assertEquals(expected.size(), found.size());
    }

    private static List<byte[]> packets(byte[] capture) {
        List<byte[]> packets = new ArrayList<>();
        try (Capture opened = Capture.of(Octets.of(capture), new FaultLog())) {
            FrameCursor cursor = opened.cursor(new FaultLog());
            while (cursor.next()) {
                Frame frame = cursor.frame();
                packets.add(frame.octets().copy(frame.at(), frame.captured()));
            }
        }
        return packets;
    }

    /** Microseconds, as many as tshark prints. */
    private static List<Long> times(byte[] capture) {
        List<Long> times = new ArrayList<>();
        try (Capture opened = Capture.of(Octets.of(capture), new FaultLog())) {
            FrameCursor cursor = opened.cursor(new FaultLog());
            while (cursor.next()) {
                assertTrue(cursor.frame().hasTime());
                times.add(cursor.frame().timeNanos() / 1000);
            }
        }
        return times;
    }

    private static String k12(List<byte[]> packets) {
        StringBuilder text = new StringBuilder();
        for (byte[] packet : packets) {
            text.append("+---------+---------------+----------+\r\n00:00:00,000,000   ETHER\r\n|0   |");
            for (byte octet : packet) {
                text.append(HEX.toHexDigits(octet)).append('|');
            }
            text.append("\r\n\r\n");
        }
        return text.toString();
    }

    private static String hexDump(List<byte[]> packets, Random random) {
        StringBuilder text = new StringBuilder();
        for (byte[] packet : packets) {
            int width = 1 + random.nextInt(40);
            String mail = random.nextInt(8) == 0 ? ">" : " ".repeat(random.nextInt(3));
            String colon = random.nextInt(3) == 0 ? ":" : "";
            String end = random.nextInt(4) == 0 ? "\r\n" : "\n";
            for (int at = 0; at < packet.length; at += width) {
                String offset = String.format(random.nextBoolean() ? "%04x" : "%06X", at);
                text.append(mail).append(offset).append(colon);
                int behind = Math.min(packet.length, at + width);
                for (int i = at; i < behind; i++) {
                    text.append(i % 8 == 0 ? "  " : " ").append(String.format("%02x", packet[i]));
                }
                String[] tails = {"", "   ", "  .a z..", " x", "\t|..|"};
                text.append(tails[random.nextInt(tails.length)]).append(end);
                if (random.nextInt(20) == 0) {
                    text.append("  # 0000 a comment").append(end);
                }
                if (random.nextInt(20) == 0) {
                    text.append("some text, not more").append(end);
                }
            }
            if (random.nextBoolean()) {
                text.append(String.format("%05x", packet.length)).append(end);
            }
            text.append(end.repeat(random.nextInt(3)));
        }
        return text.toString();
    }

    /** Where the offset of a line stands that is not a packet's first. */
    private static int lieAt(String text, Random random) {
        while (true) {
            int line = text.indexOf('\n', random.nextInt(text.length() / 2)) + 1;
            if (text.startsWith("000", line) && !text.substring(line, line + 7).matches("(?s)0000([0: ]|00).*")) {
                return line;
            }
        }
    }

    private static List<byte[]> head(List<byte[]> packets, int count) {
        return packets.subList(0, Math.min(count, packets.size()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return printed;
        } catch (IOException e) {
            return "";
        }
    }
}
