package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.query.TestIndex;
import io.seidex.store.Settings;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.Fragmenter;
import io.seidex.traffic.PacketBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The messages that packets carry or complete: with the capture and without. */
class PayloadTest {
    private static final int ETHERNET = 14;
    private static final HexFormat HEX = HexFormat.of();
    private static final String WHOLE = "0000001a" + HEX.formatHex("abcdefghijklmnopqrstuvwxyz".getBytes());
    private static final String PFCP = "2134001500000000000000770000070000160005aaaabbbbcc";

    @TempDir
    Path directory;

    private Path capture;

    /**
     * 1, 2, 4: a message of udp_div, its pieces out of order. 3, 6: a PFCP message in two fragments. 5: one in a datagram.
     * 7: a message of udp_div in one datagram. 8: a piece of which the rest never comes. 9: no IP.
     */
    @BeforeEach
    void write() {
        List<byte[]> fragments = Fragmenter.cut(pfcp(0x77), ETHERNET, 24, 7);
        CaptureBuilder builder = CaptureBuilder.pcap();
        builder.packet(piece(51, 3, 3, "stuvwxyz".getBytes()));
        builder.packet(piece(51, 1, 3, HEX.parseHex(WHOLE.substring(0, 16))));
        fragments.subList(0, fragments.size() - 1).forEach(builder::packet);
        builder.packet(piece(51, 2, 3, HEX.parseHex(WHOLE.substring(16, WHOLE.length() - 16))));
        builder.packet(pfcp(0x78));
        builder.packet(fragments.getLast());
        builder.packet(piece(52, 1, 1, HEX.parseHex("00000003616263")));
        builder.packet(piece(53, 2, 3, HEX.parseHex("7879")));
        builder.packet(new byte[60]);
        capture = builder.write(directory.resolve("all.pcap"));
    }

    private static byte[] pfcp(int seid) {
        return new PacketBuilder().ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(8805, 8805).pfcp(52, seid, 7)
                .ie(22, HEX.parseHex("aaaabbbbcc")).toBytes();
    }

    private static byte[] piece(int identity, int number, int count, byte[] octets) {
        byte[] header = {0, (byte) identity, 0, (byte) number, 0, (byte) count};
        return new PacketBuilder().ethernet().ipv4("192.0.2.3", "192.0.2.4").udp(5000, 4352)
                .octets(header, 0, header.length).octets(octets, 0, octets.length).toBytes();
    }

    private TestIndex index(String payload) {
        return TestIndex.of(directory.resolve(payload), Settings.standard().withPayload(payload), capture);
    }

    private static List<String> query(TestIndex index, String filter, String... fields) {
        return index.fields(filter, fields).lines();
    }

    @Test
    void shouldPrintTheMessage() {
        String other = PFCP.replace("77", "78");
        for (String mode : List.of("reassembled", "all", "none")) {
            assertEquals(List.of("4\t" + WHOLE, "5\t" + other, "6\t" + PFCP, "7\t00000003616263"),
                    query(index(mode), "payload", "frame.number", "payload"), mode);
        }
        TestIndex index = index("reassembled");
        assertEquals("4\n", index.query("--count", "payload").out());
        assertEquals("{\"payload\":\"00000003616263\"}\n",
                index.query("-T", "json", "-e", "payload", "payload == 00:00:00:03:61:62:63").out());
        assertTrue(!index.query("-T", "json", "frame.number == 5").out().contains("payload"), "asked for only");
    }

    @Test
    void shouldFindWhatAMessageContains() {
        TestIndex index = index("reassembled");
        assertEquals(List.of("4"), query(index, "payload contains \"jklmnopq\"", "frame.number"));
        assertEquals(List.of("4", "7"), query(index, "payload contains 61:62", "frame.number"));
        assertEquals(List.of("5", "6"), query(index, "payload contains aa:aa:bb && pfcp", "frame.number"));
        assertEquals(List.of("6"), query(index, "pfcp.seid == 0x77 && payload contains \"w\"", "frame.number"));
        assertEquals(List.of("4"), query(index, "udp_div.Data contains \"lmno\"", "frame.number"));
        assertEquals(List.of(), query(index, "udp_div.Data contains \"LMNO\"", "frame.number"));
        assertEquals(List.of("1", "4"), query(index, "udp.payload contains \"s\" || payload contains \"s\"",
                "frame.number"));
        assertEquals(List.of("1"), query(index, "frame contains \"stuv\"", "frame.number"));
        assertEquals(List.of("1", "2", "3", "8", "9"), query(index, "!payload", "frame.number"));
        assertEquals(2, index.query("payload contains zz").code());
        assertEquals(2, index.query("payload contains \"\"").code());
        assertEquals(2, index.query("pfcp contains 61").code());
        assertEquals(2, index.query("pfcp.seid contains 61").code());
        assertEquals(2, index.query("payload contains").code());
    }

    @Test
    void shouldNameThePieces() {
        TestIndex index = index("reassembled");
        assertEquals(List.of("4\t1,2,4\t3\t30\twhole"), query(index, "reassembly.length", "frame.number",
                "reassembly.fragment", "reassembly.fragment.count", "reassembly.length", "reassembly"));
        assertEquals(List.of("1", "2", "3", "8"), query(index, "reassembly == piece", "frame.number"));
        assertEquals(List.of("1", "2"), query(index, "reassembly.in == 4", "frame.number"));
        assertEquals(List.of("4"), query(index, "reassembly.fragment == 1", "frame.number"));
    }

    @Test
    void shouldDoWithoutTheCaptureIfEveryPacketIsStored() throws IOException {
        TestIndex all = index("all");
        TestIndex reassembled = index("reassembled");
        List<String> filters = List.of("", "payload contains 61", "pfcp.seid == 0x77", "ip.reassembled_in",
                "eth.src && frame.len > 60", "reassembly.missing", "udp.checksum", "frame.octets contains 00:34");
        String[] fields = {"frame.number", "payload", "frame.octets", "ip.reassembled.data", "udp_div.Data",
            "pfcp.seid", "ip.fragment", "eth.src", "udp.checksum", "reassembly.fragment", "frame.file_off"};
        List<List<String>> before = new ArrayList<>();
        filters.forEach(filter -> before.add(query(all, filter, fields)));
        String shown = TestIndex.run("show", "--hex", "--index", all.directory().toString()).out();
        Files.delete(capture);
        for (int i = 0; i < filters.size(); i++) {
            assertEquals(before.get(i), query(all, filters.get(i), fields), filters.get(i));
        }
        assertTrue(before.getFirst().size() == 9 && !before.get(1).isEmpty(), before::toString);
        TestIndex.Run without = TestIndex.run("show", "--hex", "--index", all.directory().toString());
        assertEquals(shown, without.out());
        assertEquals("", without.err());
        assertEquals(0, without.code());

        // What was put together is in the index in any case.
        TestIndex.Run kept = reassembled.query("-T", "fields", "-e", "frame.number", "-e", "payload", "payload");
        assertTrue(kept.lines().contains("4\t" + WHOLE), kept.out());
        assertTrue(kept.lines().contains("6\t" + PFCP), kept.out());
        assertEquals(3, kept.code());
        assertEquals(List.of("4"), query(reassembled, "payload contains \"xyz\"", "frame.number"));
    }

    @Test
    void shouldSayWhichPiecesNeverCame() {
        TestIndex index = index("all");
        assertEquals(List.of("8\t1, 3 of 3"), query(index, "reassembly.missing", "frame.number",
                "reassembly.missing"));
        assertEquals(List.of("8"), query(index, "reassembly.missing contains \"3 of\"", "frame.number"));
    }

    @Test
    void shouldFindThePiecesToo() {
        TestIndex index = index("reassembled");
        String[] number = {"-T", "fields", "-e", "frame.number", "--with-fragments"};
        assertEquals(List.of("3", "6"), query(index, number, "pfcp.seid == 0x77"));
        assertEquals(List.of("1", "2", "4", "7"), query(index, number, "udp_div.Data"));
        assertEquals(List.of("1", "2", "3", "4", "5", "6", "7"), query(index, number, "payload"));
        assertEquals(List.of("3", "5", "6"), query(index, number, "udp.port == 8805"));
        assertEquals(List.of("5"), query(index, number, "pfcp.seid == 0x78"));
        assertEquals("3\n", index.query("--count", "--with-fragments", "udp.port == 8805").out());
        assertEquals(List.of("1", "2"), index.query("-c", "2", "-T", "fields", "-e", "frame.number",
                "--with-fragments", "payload").lines());
    }

    private static List<String> query(TestIndex index, String[] arguments, String filter) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(filter);
        return index.query(all.toArray(new String[0])).lines();
    }

    @Test
    void shouldShowWhatWasPutTogetherBesideTheFrame() {
        TestIndex index = index("none");
        String message = show(index, "4");
        assertTrue(message.contains("\n1:  4..30       Data: abcdefghijklmnopqrstuvwxyz "), message);
        assertTrue(message.endsWith("""
                1: Reassembled udp_div (30 bytes)
                0000  00 00 00 1a 61 62 63 64  65 66 67 68 69 6a 6b 6c   ....abcdefghijkl
                0010  6d 6e 6f 70 71 72 73 74  75 76 77 78 79 7a         mnopqrstuvwxyz
                """), message);
        List<String> direct = TestIndex.run("show", "--hex", capture + ":4").lines();
        assertEquals(message.lines().skip(1).toList(), direct.subList(1, direct.size()));
        String datagram = show(index, "6");
        assertTrue(datagram.contains("\n1:  8..33   Packet Forwarding Control Protocol "), datagram);
        assertTrue(datagram.contains("\n\nFrame (43 bytes)\n0000  "), datagram);
        assertTrue(datagram.contains("\n\n1: Reassembled IPv4 (33 bytes)\n0000  22 65 22 65 00 21"), datagram);
        String json = TestIndex.run("show", "-T", "json", "--index", index.directory().toString(), "6").out();
        assertTrue(json.contains("\"views\":[{\"view\":1,\"title\":\"Reassembled IPv4\",\"length\":33}]"), json);
        assertTrue(!show(index, "5").contains("Frame ("), "one view needs no title");
    }

    private static String show(TestIndex index, String frame) {
        return TestIndex.run("show", "--hex", "--index", index.directory().toString(), frame).out();
    }
}
