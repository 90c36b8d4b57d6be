package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.dictionary.DictionaryFile;
import io.seidex.query.TestIndex;
import io.seidex.query.Tshark;
import io.seidex.store.Settings;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.PacketBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages over TCP: as Wireshark reads name servers', and GTP' as over UDP. */
class StreamMessagesTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int SYN = 2;
    private static final int PUSH = 0x18;
    private static final int RECOGNISED = 2;
    /** RFC 1035 4.2.2. */
    private static final String NAMES = """
            protocol names
            over tcp 53
            header = size:u16; id:u16; flags:u16; questions:u16; answers:u16
                -> id=/hex4
            length size plus 2
            """;
    private static final String[] PRIME = {"gtp.message", "gtp.seq_number", "gtp.length", "gtp.tr_comm",
        "gtp.ext_length", "gtp.number_of_data_records", "gtp.cdr_ver", "gtp.cause"};

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final PacketBuilder builder = new PacketBuilder();

    private byte[] segment(int port, int sequence, int flags, byte[] data) {
        return builder.reset().ethernet().ipv4("192.0.2.1", "192.0.2.2").tcp(40_000, port, sequence, flags)
                .octets(data).toBytes();
    }

    /** A stream cut anyhow, with segments that come twice. */
    private CaptureBuilder stream(int port, byte[] stream) {
        CaptureBuilder capture = CaptureBuilder.pcap();
        int first = random.nextInt();
        capture.packet(segment(port, first - 1, SYN, new byte[0]));
        for (int at = 0; at < stream.length;) {
            int to = Math.min(stream.length, at + 1 + random.nextInt(200));
            byte[] segment = segment(port, first + at, PUSH, Arrays.copyOfRange(stream, at, to));
            capture.packet(segment);
            if (random.nextInt(5) == 0) {
                capture.packet(segment);
            }
            at = to;
        }
        return capture;
    }

    private static Settings settings() {
        return Settings.standard()
                .withDictionaryFiles(List.of(new DictionaryFile("names.protocol", NAMES)));
    }

    private static List<String> ours(TestIndex index, String filter, String... fields) {
        return index.fields(filter, fields).lines();
    }

    private void assertAsTshark(String name, Path capture) throws IOException {
        TestIndex index = TestIndex.of(directory.resolve(name), settings(), capture);
        assertEquals(Tshark.fields(capture, "tcp", "frame.number", "dns.id").lines().toList(),
                ours(index, "tcp", "frame.number", "names.id"), name + ", -Dseed=" + SEED);
    }

    @Test
    void shouldFindWhatTsharkFinds() throws IOException {
        Tshark.assume();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 300; i++) {
            byte[] message = new byte[14 + random.nextInt(random.nextInt(10) == 0 ? 2000 : 50)];
            message[0] = (byte) (message.length - 2 >>> 8);
            message[1] = (byte) (message.length - 2);
            message[2] = (byte) random.nextInt();
            message[3] = (byte) i;
            stream.writeBytes(message);
        }
        assertAsTshark("generated", stream(53, stream.toByteArray()).write(directory.resolve("names.pcap")));
    }

    @Test
    void shouldFindInCapturesWhatTsharkFinds() throws IOException {
        Tshark.assume();
        int compared = 0;
        for (Tshark.CaptureRow row : Tshark.captures()) {
            // A message that is cut is none of ours, and one of theirs.
            if (row.protocols().contains("tcp:dns") && row.isUncompressed() && !row.name().contains("malformed")
                    && compared < 8) {
                assertAsTshark("capture" + compared++, row.path());
            }
        }
        assertTrue(compared > RECOGNISED, "captures of name servers");
    }

    @Test
    void shouldReadGtpPrimeAsOverUdp() {
        CaptureBuilder datagrams = CaptureBuilder.pcap();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 200; i++) {
            int records = random.nextInt(random.nextInt(8) == 0 ? 1200 : 80);
            byte[] record = new byte[records];
            random.nextBytes(record);
            byte[] message = HexFormat.of().parseHex(String.format("4ef0%04x%04x7e01fc%04x0101%04x%s",
                    9 + records, i, 4 + records, 0x1234, HexFormat.of().formatHex(record)));
            datagrams.packet(builder.reset().ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(40_000, 3386)
                    .octets(message).toBytes());
            stream.writeBytes(message);
        }
        TestIndex expected = TestIndex.of(directory.resolve("udp"), datagrams.write(directory.resolve("udp.pcap")));
        TestIndex found = TestIndex.of(directory.resolve("tcp"),
                stream(3386, stream.toByteArray()).write(directory.resolve("tcp.pcap")));
        for (String field : PRIME) {
            assertEquals(values(expected, field), values(found, field), field + ", -Dseed=" + SEED);
        }
        // A packet that holds such a message holds others too.
        assertTrue(values(found, "gtp.seq_number", "gtp.length > 300")
                .containsAll(values(expected, "gtp.seq_number", "gtp.length > 300")), "filter");
        assertEquals(200, values(found, "gtp.seq_number").size());
        assertTrue(values(found, "reassembly.length").size() > 20, "messages of several segments");
    }

    /** GTP' of a sequence number, with so many octets behind its header of 6. */
    private static byte[] prime(int sequence, int length) {
        byte[] message = new byte[6 + length];
        ByteBuffer.wrap(message).put((byte) 0x4E).put((byte) 240).putShort((short) length).putShort((short) sequence);
        return message;
    }

    private static byte[] part(byte[] octets, int from, int to) {
        return Arrays.copyOfRange(octets, from, to);
    }

    @Test
    void shouldDecodeAllMessagesThatASegmentCompletes() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 6; i++) {
            stream.writeBytes(prime(i, 40));
        }
        byte[] all = stream.toByteArray();
        // The last fills the hole before the third message, and completes the fifth.
        CaptureBuilder capture = CaptureBuilder.pcap().packet(segment(3386, 999, SYN, new byte[0]))
                .packet(segment(3386, 1000, 0, part(all, 0, 20))).packet(segment(3386, 1092, 0, part(all, 92, 138)))
                .packet(segment(3386, 1138, 0, part(all, 138, 150)))
                .packet(segment(3386, 1020, 0, part(all, 20, all.length)));
        TestIndex index = TestIndex.of(directory.resolve("rows"), capture.write(directory.resolve("rows.pcap")));
        assertEquals(List.of("0x0000,0x0001,0x0003,0x0004,0x0005\t2,5,4,5\twhole"),
                ours(index, "gtp.seq_number == 4", "gtp.seq_number", "reassembly.fragment", "reassembly"));
        assertEquals(5, values(index, "payload", "frame.number == 5").size());
        assertEquals(List.of("2\t5", "4\t5"), ours(index, "reassembly.in", "frame.number", "reassembly.in"));
        assertTrue(TestIndex.run("show", "--index", index.directory().toString(), "5").out().contains("0x0005"));
    }

    @Test
    void shouldSayWhatIsMissing() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 6; i++) {
            stream.writeBytes(prime(i, 40));
        }
        byte[] all = stream.toByteArray();
        CaptureBuilder capture = CaptureBuilder.pcap().packet(segment(3386, 999, SYN, new byte[0]))
                // Of the first message two pieces, and one of the second; the third is there.
                .packet(segment(3386, 1000, 0, part(all, 0, 20))).packet(segment(3386, 1030, 0, part(all, 30, 40)))
                .packet(segment(3386, 1050, 0, part(all, 50, 60))).packet(segment(3386, 1092, 0, part(all, 92, 138)))
                // Of the fourth, not even all of the header.
                .packet(segment(3386, 1138, 0, part(all, 138, 141)));
        TestIndex index = TestIndex.of(directory.resolve("lost"), capture.write(directory.resolve("lost.pcap")));
        assertEquals(List.of("2\t20-29, 40-45", "3\t20-29, 40-45", "4\t20-29, 40-49, 60-91", "6\t3-"),
                ours(index, "reassembly.missing", "frame.number", "reassembly.missing"));
        assertEquals(List.of("6"), ours(index, "reassembly.missing == \"3-\"", "frame.number"));
    }

    /** Each segment that waits within a gap says where it is read, or what it lacks. */
    @Test
    void shouldSayOfSegmentsWithinAGapWhatBecameOfThem() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 8; i++) {
            stream.writeBytes(prime(i, 40));
        }
        byte[] all = stream.toByteArray();
        CaptureBuilder capture = CaptureBuilder.pcap();
        for (int port = 50_000; port <= 50_001; port++) {
            capture.packet(from(port, 999, SYN, new byte[0]));
            // All in reverse order; of the second stream the first is lost.
            for (int at = 360; at >= (port - 50_000) * 30; at -= 30) {
                capture.packet(from(port, 1000 + at, PUSH, part(all, at, Math.min(at + 30, all.length))));
            }
        }
        TestIndex index = TestIndex.of(directory.resolve("reverse"), settings(),
                capture.write(directory.resolve("reverse.pcap")));
        List<String> pieces = new ArrayList<>();
        for (String line : ours(index, "reassembly.fragment && tcp.srcport == 50000", "frame.number",
                "reassembly.fragment")) {
            String[] columns = line.split("\t");
            Arrays.stream(columns[1].split(",")).filter(piece -> !piece.equals(columns[0]))
                    .forEach(piece -> pieces.add(piece + " " + columns[0]));
        }
        List<String> found = new ArrayList<>();
        for (String line : ours(index, "reassembly == piece && tcp.srcport == 50000", "frame.number",
                "reassembly.in")) {
            String[] columns = line.split("\t");
            Arrays.stream(columns[1].split(",")).forEach(in -> found.add(columns[0] + " " + in));
        }
        assertEquals(pieces.stream().sorted().toList(), found.stream().sorted().toList());
        assertTrue(ours(index, "reassembly.in == 14", "frame.number").size() > 5, found::toString);
        List<String> silent =
                ours(index, "tcp.len > 0 && tcp.srcport == 50001 && !reassembly.in && !reassembly.missing",
                        "frame.number");
        assertEquals(List.of(), silent);
        assertTrue(ours(index, "reassembly.missing == \"0-29\"", "frame.number").size() > 3, "within the gap");
    }

    @Test
    void shouldSayOfPiecesThatTheirMessageWasGivenUp() {
        byte[] all = ByteBuffer.allocate(138).put(prime(0, 40)).put(prime(1, 40)).put(prime(2, 40)).array();
        byte[] other = part(all, 60, 90);
        other[12] ^= 1;
        CaptureBuilder capture = CaptureBuilder.pcap().packet(segment(3386, 999, SYN, new byte[0]))
                .packet(segment(3386, 1000, PUSH, part(all, 0, 30)))
                .packet(segment(3386, 1060, PUSH, part(all, 60, 90)))
                .packet(segment(3386, 1060, PUSH, other)).packet(segment(3386, 1030, PUSH, part(all, 30, 60)))
                .packet(segment(3386, 1090, PUSH, part(all, 90, 138)));
        TestIndex index = TestIndex.of(directory.resolve("refused"), capture.write(directory.resolve("refused.pcap")));
        // The message of the frames 3, 5 and 6 came in two ways.
        assertEquals(List.of("3\tpiece-conflict", "5\tpiece-conflict", "6\tpiece-conflict"),
                ours(index, "reassembly.missing", "frame.number", "reassembly.missing").stream()
                        .filter(line -> !line.startsWith("4")).toList());
    }

    /** A gap that is open at the end is a fault, until another capture brings what was missing. */
    @Test
    void shouldSayThatAGapStayed() throws IOException {
        byte[] one = prime(1, 40);
        byte[] two = prime(2, 40);
        CaptureBuilder first = CaptureBuilder.pcap();
        CaptureBuilder second = CaptureBuilder.pcap();
        long time = 1_700_000_000_000_000_000L;
        // A message behind octets that are missing; and on other ports, what begins none, and what may.
        first.packet(time, segment(3386, 999, SYN, new byte[0])).packet(time, segment(3386, 1000, 0, part(one, 0, 20)))
                .packet(time, segment(3386, 1046, 0, two));
        first.packet(time, from(50_000, 999, SYN, new byte[0])).packet(time, from(50_000, 1020, 0, part(one, 20, 30)))
                .packet(time, from(50_000, 1030, 0, part(one, 30, 46)));
        first.packet(time, from(50_001, 1000, 0, part(one, 0, 3)));
        second.packet(time + 1_000_000_000L, segment(3386, 1020, 0, part(one, 20, 46)))
                .packet(time + 1_000_000_000L, from(50_000, 1000, 0, part(one, 0, 20)))
                .packet(time + 1_000_000_000L, from(50_001, 1003, PUSH, part(one, 3, 46)));
        Path file = first.write(directory.resolve("gap1.pcap"));
        Path index = directory.resolve("gap");
        TestIndex alone = TestIndex.of(index, file);
        List<String> said = List.of("3\ttcp:stream-gap", "5\ttcp:stream-gap", "6\ttcp:stream-gap",
                "7\ttcp:stream-unreadable");
        assertEquals(said, ofStreams(ours(alone, "fault", "frame.number", "fault")));
        assertEquals(said.subList(0, 3),
                ofStreams(ours(alone, "fault == \"tcp:stream-gap\"", "frame.number", "fault")));
        assertEquals("3\n", alone.query("--count", "fault == \"tcp:stream-gap\"").out());
        assertTrue(alone.query("-T", "json", "frame.number == 3").out().contains("stream-gap"));
        assertTrue(TestIndex.run("show", "--index", index.toString(), "3").out().contains("stream-gap"));
        assertTrue(faults(alone).containsAll(List.of("fault:      tcp:stream-gap, 3",
                "fault:      tcp:stream-unreadable, 1")), faults(alone)::toString);
        TestIndex joined = TestIndex.of(index, file, second.write(directory.resolve("gap2.pcap")));
        assertEquals(List.of(), ofStreams(ours(joined, "fault", "frame.number", "fault")));
        assertEquals(List.of("0x0002", "0x0001", "0x0001", "0x0001"), ours(joined, "gtpprime", "gtp.seq_number"));
        assertEquals(List.of("fault:      tcp:stream-joined, 1"),
                faults(joined).stream().filter(line -> line.contains("tcp")).toList());
    }

    /** What is wrong with streams; their messages hold zeros. */
    private static List<String> ofStreams(List<String> lines) {
        return lines.stream().map(line -> line.replaceFirst(",?gtpprime:[a-z-]+$", ""))
                .filter(line -> line.contains(":")).toList();
    }

    private byte[] from(int port, int sequence, int flags, byte[] data) {
        return builder.reset().ethernet().ipv4("192.0.2.1", "192.0.2.2").tcp(port, 3386, sequence, flags)
                .octets(data).toBytes();
    }

    @Test
    void shouldSayThatAMessageIsShorterThanItsLayout() {
        String records = """
                protocol records
                over tcp 9000
                header = magic:u16; kind:u8; words:u8
                constant magic = 0xcafe
                length words times 4 plus 4
                message = name:text[8]; id:u32
                index kind
                """;
        byte[] all = HexFormat.of().parseHex("cafe01036162636465666768" + "00000001" + "cafe020261626364" + "65666768"
                + "cafe0300");
        CaptureBuilder capture = CaptureBuilder.pcap().packet(segment(9000, 999, SYN, new byte[0]))
                .packet(segment(9000, 1000, 0, part(all, 0, 16))).packet(segment(9000, 1016, 0, part(all, 16, 20)))
                .packet(segment(9000, 1020, 0, part(all, 20, 28))).packet(segment(9000, 1028, 0, part(all, 28, 32)));
        TestIndex index = TestIndex.of(directory.resolve("short"), Settings.standard()
                .withDictionaryFiles(List.of(new DictionaryFile("records.protocol", records))),
                capture.write(directory.resolve("short.pcap")));
        assertEquals(List.of("4\t2\tdeclared:ie-malformed", "5\t3\tdeclared:ie-malformed"),
                ours(index, "fault", "frame.number", "records.kind", "fault"));
    }

    @Test
    void shouldFindTheSameHoweverCapturesAreCut() throws IOException {
        CaptureBuilder all = CaptureBuilder.pcap();
        List<CaptureBuilder> parts = new ArrayList<>();
        byte[][] streams = new byte[5][];
        int[] sent = new int[streams.length];
        for (int i = 0; i < streams.length; i++) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int message = 0; message < 60; message++) {
                int length = random.nextInt(random.nextInt(8) == 0 ? 3000 : 90);
                stream.writeBytes(HexFormat.of().parseHex(String.format("4ef0%04x%02x%02x", length, i, message)));
                stream.writeBytes(new byte[length]);
            }
            streams[i] = stream.toByteArray();
        }
        int frames = 0;
        while (frames < 500) {
            int i = random.nextInt(streams.length);
            int to = Math.min(streams[i].length, sent[i] + 1 + random.nextInt(700));
            if (frames % 50 == 0) {
                parts.add(CaptureBuilder.pcap());
            }
            byte[] frame = builder.reset().ethernet().ipv4("192.0.2.1", "192.0.2.2")
                    .tcp(40_000 + i, 3386, sent[i] - 1000, PUSH)
                    .octets(streams[i], sent[i], to - sent[i]).toBytes();
            long time = 1_700_000_000_000_000_000L + frames++ * 10_000_000L;
            if (random.nextInt(12) > 0) {
                all.packet(time, frame);
                parts.getLast().packet(time, frame);
            }
            sent[i] = random.nextInt(20) == 0 ? sent[i] : to;
        }
        List<Path> files = new ArrayList<>();
        for (CaptureBuilder part : parts) {
            files.add(part.write(directory.resolve("part" + files.size() + ".pcap")));
        }
        TestIndex expected = TestIndex.of(directory.resolve("one"), all.write(directory.resolve("all.pcap")));
        TestIndex found = TestIndex.of(directory.resolve("many"), files.toArray(Path[]::new));
        String[] fields = {"frame.time_epoch", "tcp.len", "gtp.seq_number", "reassembly", "reassembly.length",
            "reassembly.missing", "fault"};
        assertEquals(ours(expected, "tcp", fields), ours(found, "tcp", fields), "-Dseed=" + SEED);
        for (String filter : List.of("gtp.message == 240", "reassembly.missing", "reassembly.in",
                "reassembly == piece")) {
            assertEquals(expected.query("--count", filter).out(), found.query("--count", filter).out(), filter);
        }
        assertTrue(ours(expected, "reassembly.missing", "frame.number").size() > RECOGNISED, "lost segments");
        assertEquals(faults(expected), faults(found), "-Dseed=" + SEED);
    }

    /** What was wrong, and how often. */
    private static List<String> faults(TestIndex index) {
        return TestIndex.run("info", "--index", index.directory().toString()).lines().stream()
                .filter(line -> line.startsWith("fault:") || line.startsWith("open:")).toList();
    }

    private static List<String> values(TestIndex index, String field) {
        return values(index, field, "gtpprime");
    }

    private static List<String> values(TestIndex index, String field, String filter) {
        return ours(index, filter, field).stream().flatMap(line -> Arrays.stream(line.split(",")))
                .filter(value -> !value.isEmpty()).collect(Collectors.toList());
    }
}
