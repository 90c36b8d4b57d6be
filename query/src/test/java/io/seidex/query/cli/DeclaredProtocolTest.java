package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.query.TestIndex;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.PacketBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message of udp_div in two datagrams, read from a K12 text, and one of another client between them. */
class DeclaredProtocolTest {
    private static final String SEPARATOR = "+---------+---------------+----------+\n";
    private static final String FIRST = "080027db63e0 08002763e101 0800 45000032 5f414000 40119450 c0a80101 c0a80102"
            + "f7511100 001e4759 0033 0001 0002 0000001a 6162636465666768696a6b6c";
    private static final String LAST = "080027db63e0 08002763e101 0800 45000030 5f414000 40119450 c0a80101 c0a80102"
            + "f7511100 001c4733 0033 0002 0002 6d6e6f707172737475767778797a";
    private static final String[] FIELDS = {"-T", "fields", "-e", "frame.number", "-e", "udp_div.Ident", "-e",
        "udp_div.DivNo", "-e", "udp_div.DivMax", "-e", "udp_div.DataSize", "-e", "udp_div.Data"};

    @TempDir
    Path home;

    private Path text;
    private TestIndex index;

    @BeforeEach
    void index() throws IOException {
        String k12 = "";
        int millis = 100;
        // The second client is at another port, and the size of its message is a lie.
        String other = FIRST.replace("f751", "f752");
        for (String packet : List.of(FIRST, other.replace("0000001a", "0000001b"), LAST,
                LAST.replace("f751", "f752"))) {
            byte[] octets = HexFormat.of().parseHex(packet.replace(" ", ""));
            k12 += SEPARATOR + "01:03:35," + millis++ + ",000 ETHER\n|0 |"
                    + HexFormat.ofDelimiter("|").formatHex(octets) + "|\n";
        }
        text = Files.write(home.resolve("udp_sample.txt"), k12.getBytes(StandardCharsets.US_ASCII));
        index = TestIndex.of(home.resolve("index"), text);
    }

    private List<String> fields(String filter) {
        String[] arguments = new String[FIELDS.length + 1];
        arguments[0] = filter;
        System.arraycopy(FIELDS, 0, arguments, 1, FIELDS.length);
        TestIndex.Run run = index.query(arguments);
        assertEquals(0, run.code(), run.err());
        return run.lines();
    }

    @Test
    void shouldPrintTheMessageWithThePacketThatCompletesIt() {
        assertEquals(List.of("1\t51\t1\t2\t\t", "2\t51\t1\t2\t\t", "3\t51\t2\t2\t26\tabcdefghijklmnopqrstuvwxyz",
                "4\t51\t2\t2\t27\t"), fields("udp_div"));
        assertEquals(List.of("4\t51\t2\t2\t27\t"), fields("fault == \"declared:ie-malformed\""));
    }

    @Test
    void shouldFindItsFields() {
        String whole = "3\t51\t2\t2\t26\tabcdefghijklmnopqrstuvwxyz";
        assertEquals(List.of(whole), fields("udp_div.Data == \"abcdefghijklmnopqrstuvwxyz\""));
        assertEquals(List.of(whole), fields("udp_div.DataSize == 26"));
        assertEquals(List.of(whole), fields("udp_div.Data"));
        assertEquals(List.of(whole), fields("udp_div.DataSize in {20..26} and not udp_div.DivNo == 1"));
        assertEquals(2, fields("udp_div.Ident == 0x33 && udp_div.DivNo == 1").size());
        assertEquals(0, fields("udp_div.DivMax == 3").size());
        assertEquals(4, fields("udp_div.Ident").size());
    }

    @Test
    void shouldNameTheProtocol() {
        TestIndex.Run run = index.query("udp_div.Data");
        assertTrue(run.out().contains("192.168.1.1 → 192.168.1.2  udp_div 62"), run.out());
        TestIndex.Run json = index.query("udp_div.Data", "-T", "json");
        assertTrue(json.out().contains("\"frame.protocols\":[\"eth\",\"ip\",\"udp\",\"udp_div\"]"), json.out());
        assertTrue(json.out().contains("\"udp_div.Data\":\"abcdefghijklmnopqrstuvwxyz\""), json.out());
        TestIndex.Run show = TestIndex.run("show", text + ":3");
        assertTrue(show.out().lines().anyMatch(line -> line.contains("Ident: 51") && line.contains("udp_div.Ident")),
                show.out());
        TestIndex.Run other = index.query("udp_divv");
        assertTrue(other.err().contains("did you mean udp_div"), other.err());
    }

    private static PacketBuilder piece(int client, int number, int count) {
        return new PacketBuilder().ethernet().ipv4("192.0.2." + client, "192.0.2.100").udp(4000, 4352)
                .u16(9).u16(number).u16(count);
    }

    @Test
    void shouldSayOfMessagesThatTheyAreTooShort() throws IOException {
        Path capture = CaptureBuilder.pcap().packet(piece(1, 1, 1).u32(1).text("a")).packet(piece(1, 1, 1))
                .packet(piece(1, 1, 1).u8(0)).packet(piece(1, 1, 1).u32(9).text("a")).write(home.resolve("short.pcap"));
        index = TestIndex.of(home.resolve("another"), capture);
        assertEquals(List.of("2", "3", "4"),
                index.query("fault == \"declared:ie-malformed\"", "-T", "fields", "-e", "frame.number").lines());
    }

    @Test
    void shouldSayWhatIsMissingOfPiecesThatContradictEachOther() throws IOException {
        Path capture = CaptureBuilder.pcap().packet(piece(1, 1, 2).text("a")).packet(piece(1, 3, 4).text("b"))
                .packet(piece(2, 1, 3).text("a")).packet(piece(2, 1, 3).text("b")).packet(piece(2, 3, 3).text("c"))
                .write(home.resolve("conflicts.pcap"));
        index = TestIndex.of(home.resolve("another"), capture);
        assertEquals(List.of("1\t2 of 2", "2\t1-2, 4 of 4", "3\t2-3 of 3", "4\t2 of 3", "5\t2 of 3"), index
                .query("reassembly.missing", "-T", "fields", "-e", "frame.number", "-e", "reassembly.missing").lines());
    }

    @Test
    void shouldKeepTheMessageWithoutTheCapture() throws IOException {
        Files.delete(text);
        TestIndex.Run run = index.query("udp_div.DataSize == 26", "-T", "fields", "-e", "udp_div.Data");
        assertEquals(List.of("abcdefghijklmnopqrstuvwxyz"), run.lines());
        assertEquals(3, run.code(), run.err());
    }

    @Test
    void shouldPutPiecesTogetherThatAreFragmentsThemselves() throws IOException {
        byte[] source = {(byte) 192, 0, 2, 1};
        byte[] destination = {(byte) 192, 0, 2, 2};
        byte[] whole = new PacketBuilder().ethernet().ipv4(source, destination, 7, 0).udp(4000, 4352)
                .u16(9).u16(2).u16(2).text("defghij").toBytes();
        int begin = 14 + 20;
        Path capture = CaptureBuilder.pcap()
                .packet(new PacketBuilder().ethernet().ipv4(source, destination, 7, 0x2000).protocol(17)
                        .octets(whole, begin, 16))
                .packet(new PacketBuilder().ethernet().ipv4(source, destination, 6, 0).udp(4000, 4352)
                        .u16(9).u16(1).u16(2).u32(10).text("abc"))
                .packet(new PacketBuilder().ethernet().ipv4(source, destination, 7, 2).protocol(17)
                        .octets(whole, begin + 16, whole.length - begin - 16))
                .write(home.resolve("fragments.pcap"));
        index = TestIndex.of(home.resolve("another"), capture);
        assertEquals(List.of("2\t9\t1\t2\t\t", "3\t9\t2\t2\t10\tabcdefghij"), fields("udp_div"));
        assertEquals(List.of("3\t9\t2\t2\t10\tabcdefghij"), fields("udp_div.Data"));
    }
}
