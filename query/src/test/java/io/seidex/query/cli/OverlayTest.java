package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.query.TestIndex;
import io.seidex.store.Settings;
import io.seidex.testing.CaptureParts;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Fragmenter;
import io.seidex.traffic.PacketBuilder;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in several captures is found as if they were one. */
class OverlayTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int PACKETS = 1500;
    private static final int ETHERNET = 14;
    private static final String[] FIELDS = {"frame.time_epoch", "frame.len", "ip.src", "ipv6.src", "udp.srcport",
        "pfcp.msg_type", "pfcp.seid", "pfcp.seqno", "gtpv2.message_type", "e212.imsi", "ip.fragment.count",
        "ip.reassembled.length", "ipv6.fragment.count", "ipv6.reassembled.length", "udp_div.Ident", "udp_div.Data",
        "reassembly.missing"};
    /** Their values are frames. */
    private static final String[] LINKS = {"ip.fragment", "ipv6.fragment", "reassembly.fragment", "ip.reassembled_in",
        "ipv6.reassembled.in", "reassembly.in"};

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);

    @Test
    void shouldFindInManyCapturesWhatIsInOne() throws IOException {
        Path whole = directory.resolve("whole.pcap");
        Traffic.named(Traffic.PIECES, SEED).lost(5).duplicated(5).write(whole, CaptureFormat.PCAP, PACKETS);
        TestIndex expected = TestIndex.of(directory.resolve("expected"), whole);
        List<Path> files = CaptureParts.of(whole, 7, random);
        Collections.shuffle(files, random);
        TestIndex.of(directory.resolve("found"), files.subList(0, 4).toArray(Path[]::new));
        TestIndex found = TestIndex.of(directory.resolve("found"), files.toArray(Path[]::new));
        for (String filter : List.of("", "pfcp", "udp_div.Data", "pfcp.seid > 3 && ip.fragment.count > 1",
                "ip.fragment.count == 2 || ipv6.fragment.count", "reassembly == whole", "reassembly == piece",
                "!(reassembly == piece)", "reassembly.in", "reassembly.fragment.count > 1 && tcp",
                "ip.reassembled_in || ipv6.reassembled.in", "reassembly.missing",
                "frame.number > 0 && udp.port == 4352")) {
            List<String> wanted = query(expected, filter, FIELDS);
            assertEquals(wanted, query(found, filter, FIELDS), filter + ", -Dseed=" + SEED);
            assertEquals(wanted.size() + "\n", found.query("--count", filter).out(), filter);
        }
        assertTrue(query(expected, "reassembly == whole", FIELDS).size() > 20);
    }

    /** Each frame is named as often as in one capture, and in the same order, whatever the captures and their order. */
    @Test
    void shouldNameFramesInTheOrderOfOneCapture() throws IOException {
        Path whole = directory.resolve("whole.pcap");
        Traffic.named(Traffic.PIECES, SEED).fragmented(30).lost(5).duplicated(20).disordered(30)
                .write(whole, CaptureFormat.PCAP, PACKETS);
        List<String> wanted = links(TestIndex.of(directory.resolve("expected"), whole), Map.of("whole.pcap", 0));
        List<Path> files = CaptureParts.of(whole, 10, random);
        Map<String, Integer> ahead = new HashMap<>();
        int before = 0;
        for (Path file : files) {
            ahead.put(file.getFileName().toString(), before);
            before += TestIndex.of(directory.resolve("of " + file.getFileName()), file).query("").lines().size();
        }
        Collections.shuffle(files, random);
        TestIndex.of(directory.resolve("found"), files.subList(0, 4).toArray(Path[]::new));
        TestIndex found = TestIndex.of(directory.resolve("found"), files.toArray(Path[]::new));
        assertEquals(wanted, links(found, ahead), "-Dseed=" + SEED);
    }

    /** The frames that each packet names, with numbers as if all captures were one. */
    private static List<String> links(TestIndex index, Map<String, Integer> ahead) {
        List<String> links = new ArrayList<>();
        for (String line : index.fieldsWithoutAWord("", fields()).lines()) {
            String[] values = line.split("\t", -1);
            StringBuilder text = new StringBuilder();
            for (int i = 1; i < values.length; i++) {
                for (String frame : values[i].split(",")) {
                    int colon = frame.lastIndexOf(':');
                    String capture = colon < 0 ? values[0] : frame.substring(0, colon);
                    text.append(frame.isEmpty() ? "" : "" + (ahead.get(Path.of(capture).getFileName().toString())
                            + Integer.parseInt(frame.substring(colon + 1)))).append(',');
                }
                text.append(' ');
            }
            links.add(text.toString());
        }
        return links;
    }

    private static String[] fields() {
        List<String> fields = new ArrayList<>(List.of("capture", "frame.number"));
        fields.addAll(List.of(LINKS));
        return fields.toArray(String[]::new);
    }

    /** Three captures that follow one another: a message in one piece, the pieces of another, and some of a third. */
    private List<Path> parts() {
        byte[] message = new PacketBuilder().ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(8805, 8805)
                .pfcp(52, 0x77, 7).ie(22, new byte[300]).toBytes();
        List<byte[]> complete = Fragmenter.cut(message, ETHERNET, 128, 1);
        List<byte[]> lacksMiddle = Fragmenter.cut(message, ETHERNET, 128, 2);
        List<Path> files = new ArrayList<>();
        for (List<byte[]> each : List.of(
                List.of(message, complete.get(2), lacksMiddle.get(0)),
                List.of(complete.get(0), message),
                List.of(message, complete.get(1), lacksMiddle.get(2)))) {
            CaptureBuilder builder = CaptureBuilder.pcap();
            for (byte[] packet : each) {
                builder.packet(CaptureBuilder.START + files.size() * 1_000_000_000L, packet);
            }
            files.add(builder.write(directory.resolve("part" + files.size() + ".pcap")));
        }
        return files;
    }

    @Test
    void shouldShowWhereTheRestIs() {
        List<Path> files = parts();
        TestIndex index = null;
        for (int file : new int[] {2, 0, 1}) {
            index = TestIndex.of(directory.resolve("index"), files.get(file));
        }
        assertLinks(index);
        assertEquals(List.of("3\t128-255", "3\t128-255"),
                query(index, "reassembly.missing", "frame.number", "reassembly.missing"));
        assertEquals("8\n", index.query("--count", "").out());
        assertEquals("1\n", index.query("--count", "reassembly == whole").out());
        String info = TestIndex.run("info", "--index", index.directory().toString()).out();
        assertTrue(info.contains("packets:    8\n"), info);
        assertTrue(info.contains("joined:     2 times pieces of several captures or splits, in 1 packets\n"), info);
        assertTrue(info.contains("open:       1 datagrams"), info);
    }

    /** A frame of another capture is called by its name, which every command takes. */
    private static void assertLinks(TestIndex index) {
        assertEquals(List.of("1\t\t", "2\t\t", "1\t\t", "2\tpart1.pcap:1,2,part0.pcap:2\t3"),
                query(index, "pfcp.seid == 0x77", "frame.number", "ip.fragment", "ip.fragment.count"));
        assertEquals(List.of("2\tpart2.pcap:2", "1\tpart2.pcap:2"),
                query(index, "ip.reassembled_in", "frame.number", "ip.reassembled_in"));
        assertEquals(List.of("part0.pcap:2", "part1.pcap:1", "part2.pcap:2"),
                index.query("--with-fragments", "ip.fragment.count == 3").lines().stream()
                        .map(line -> line.substring(0, line.indexOf(' '))).toList());
        assertTrue(shown(index, "part2.pcap:2").contains("0x0000000000000077"));
        assertTrue(shown(index, "part2.pcap:2").contains("part1.pcap:1"));
        assertTrue(shown(index, "part1.pcap:1").contains("part2.pcap:2"));
    }

    private static String shown(TestIndex index, String frame) {
        return TestIndex.run("show", "--index", index.directory().toString(), frame).out();
    }

    @Test
    void shouldReadJoinsFromTheIndexWhereItKeepsAllFrames() throws IOException {
        List<Path> files = parts();
        TestIndex index = null;
        for (Path file : files) {
            index = TestIndex.of(directory.resolve("index"), Settings.standard().withPayload(Settings.PAYLOAD_ALL),
                    file);
            Files.delete(file);
        }
        assertLinks(index);
        assertEquals(List.of("3\t128-255", "3\t128-255"),
                query(index, "reassembly.missing", "frame.number", "reassembly.missing"));
    }

    /** The index keeps the datagram and which frames it was made of; not where each of them stood in it. */
    @Test
    void shouldNameTheFramesOfADatagramWhoseCapturesAreGone() throws IOException {
        List<Path> files = parts();
        TestIndex index = TestIndex.of(directory.resolve("index"), files.toArray(Path[]::new));
        Files.delete(files.get(0));
        Files.delete(files.get(1));
        assertEquals(List.of("2\tpart0.pcap:2,part1.pcap:1,2\t3"),
                index.fields("ip.fragment.count == 3", "frame.number", "ip.fragment", "ip.fragment.count").lines());
    }

    @Test
    void shouldNotReadPiecesOfACaptureThatChanged() throws IOException {
        for (String payload : List.of(Settings.PAYLOAD_NONE, Settings.PAYLOAD)) {
            List<Path> files = parts();
            TestIndex index = TestIndex.of(directory.resolve("index " + payload),
                    Settings.standard().withPayload(payload), files.toArray(Path[]::new));
            byte[] changed = Files.readAllBytes(files.get(1));
            // Another time in its first record, and another SEID in the fragment's PFCP header.
            changed[24 + 4] ^= 1;
            changed[24 + 16 + ETHERNET + 20 + 8 + 4 + 7] = 0x55;
            Files.write(files.get(1), changed);
            TestIndex.Run run = index.fields("ip.fragment.count == 3", "frame.number", "pfcp.seid");
            assertEquals(3, run.code());
            assertEquals(
                    "capture " + files.get(1) + " has changed; of its packets only what the index holds is known\n",
                    run.err().replaceFirst("^seidex: ", ""));
            assertEquals(payload.equals(Settings.PAYLOAD) ? "2\t0x0000000000000077\n" : "2\t\n", run.out());
        }
    }

    @Test
    void shouldNotReadPiecesThatChangedInOneCapture() throws IOException {
        byte[] message = new PacketBuilder().ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(8805, 8805)
                .pfcp(52, 0x77, 7).ie(22, new byte[300]).toBytes();
        CaptureBuilder capture = CaptureBuilder.pcap();
        Fragmenter.cut(message, ETHERNET, 128, 1).forEach(capture::packet);
        Path file = capture.write(directory.resolve("one.pcap"));
        TestIndex index = TestIndex.of(directory.resolve("index"),
                Settings.standard().withPayload(Settings.PAYLOAD_NONE), file);
        byte[] changed = Files.readAllBytes(file);
        changed[24 + 4] ^= 1;
        changed[24 + 16 + ETHERNET + 20 + 8 + 4 + 7] = 0x55;
        Files.write(file, changed);
        TestIndex.Run run = index.fields("ip.fragment.count == 3", "frame.number", "pfcp.seid");
        assertEquals(3, run.code());
        assertEquals("3\t\n", run.out());
        assertTrue(run.err().contains(file + " has changed"), run.err());
    }

    private static List<String> query(TestIndex index, String filter, String... fields) {
        return index.fieldsWithoutAWord(filter, fields).lines();
    }
}
