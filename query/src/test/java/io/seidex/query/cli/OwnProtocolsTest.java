package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.dictionary.DictionaryFile;
import io.seidex.query.TestIndex;
import io.seidex.query.TestIndex.Run;
import io.seidex.store.Settings;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.PacketBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocols that users declare, through the program: what an index of a capture answers. */
class OwnProtocolsTest {
    private static final String HEAD = "protocol own\nover udp 5000\n";

    @TempDir
    Path home;

    private final List<PacketBuilder> packets = new ArrayList<>();
    private int indexes;

    private static PacketBuilder udp() {
        return new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(40_000, 5000);
    }

    private void packet(PacketBuilder packet) {
        packets.add(packet);
    }

    private Path capture() throws IOException {
        CaptureBuilder builder = CaptureBuilder.pcap();
        for (PacketBuilder packet : packets) {
            builder.packet(packet);
        }
        return builder.write(home.resolve("own.pcap"));
    }

    private TestIndex index(String declaration) throws IOException {
        Settings settings = Settings.standard()
                .withDictionaryFiles(List.of(new DictionaryFile("own.protocol", declaration)));
        return TestIndex.of(home.resolve("index" + indexes++), settings, capture());
    }

    /** The lines of {@code -e frame.number -e …}. */
    private static List<String> lines(TestIndex index, String filter, String... fields) {
        List<String> arguments = new ArrayList<>(List.of(filter, "-T", "fields", "-e", "frame.number"));
        Arrays.stream(fields).forEach(field -> arguments.addAll(List.of("-e", field)));
        Run run = index.query(arguments.toArray(String[]::new));
        assertEquals(0, run.code(), run.err());
        return run.lines();
    }

    private static String faults(TestIndex index, String kind) {
        return String.join(" ", lines(index, "fault == \"declared:" + kind + "\""));
    }

    @Test
    void shouldPutPiecesTogetherByLittleEndianOffsets() throws IOException {
        packet(udp().hex("0100" + "0600" + "0b00").text("world"));
        packet(udp().hex("0200" + "0000" + "0300").text("two"));
        packet(udp().hex("0100" + "0000" + "0b00").text("hello "));
        TestIndex index = index(HEAD + """
                header = id:u16le; at:u16le; all:u16le
                identity id
                offset at
                size all
                message = text:text[rest]
                """);
        assertEquals(List.of("1\t1\t6\t11\t", "2\t2\t0\t3\ttwo", "3\t1\t0\t11\thello world"),
                lines(index, "own", "own.id", "own.at", "own.all", "own.text"));
        assertEquals(List.of("3"), lines(index, "own.text == \"hello world\""));
        assertEquals("", faults(index, "piece-outside"));
    }

    @Test
    void shouldPrintWhatIsWrongWithAMessage() throws IOException {
        packet(udp().hex("01" + "02" + "00" + "0050").text("ab"));
        packet(udp().hex("02" + "01" + "00" + "0002").text("ab"));
        packet(udp().hex("02" + "01" + "80" + "0009").text("cd"));
        packet(udp().hex("01" + "02" + "81" + "0001").text("efgh"));
        TestIndex index = index(HEAD + """
                header = id:u8; kind:u8; piece:u8{b8=last,b7-1=number}
                identity id
                number piece.number
                last piece.last
                message = size:u16; text:text[size]
                """);
        assertEquals(List.of("3", "4"), lines(index, "fault == \"declared:ie-malformed\""));
        assertEquals(List.of("3\tdeclared:ie-malformed", "4\tdeclared:ie-malformed"), lines(index, "fault", "fault"));
        assertTrue(
                index.query("-T", "json", "frame.number == 4").out().contains("\"fault\":\"declared:ie-malformed\""));
    }

    @Test
    void shouldPutPiecesTogetherByNumbersFromNothingWithAFlagAtTheLast() throws IOException {
        packet(udp().hex("07" + "8002").text("c"));
        packet(udp().hex("07" + "0000").text("a"));
        packet(udp().hex("08" + "8000").text("alone"));
        packet(udp().hex("07" + "0001").text("b"));
        TestIndex index = index(HEAD + """
                header = id:u8; word:u16{b16=last,b15-1=number}
                identity id
                number word.number
                last word.last
                message = text:text[rest]
                """);
        assertEquals(List.of("3\talone", "4\tabc"), lines(index, "own.text", "own.text"));
        assertEquals(List.of("1\t32770\t1\t2"),
                lines(index, "own.word.number == 2", "own.word", "own.word.last", "own.word.number"));
    }

    @Test
    void shouldPutPiecesTogetherInUnitsWithAFlagAtAllOthers() throws IOException {
        packet(udp().hex("00000001" + "0001" + "01").text("ijklmnop"));
        packet(udp().hex("00000001" + "0000" + "01").text("abcdefgh"));
        packet(udp().hex("00000001" + "0002" + "00").text("q"));
        TestIndex index = index(HEAD + """
                header = id:u32; block:u16; flags:u8{b1=more}
                identity id
                offset block times 8
                more flags.more
                message = begin:text[8]; text:text[rest]
                """);
        assertEquals(List.of("3\tabcdefgh\tijklmnopq"), lines(index, "own.begin", "own.begin", "own.text"));
    }

    @Test
    void shouldPutPiecesTogetherByFirstMiddleAndLast() throws IOException {
        // Bits as of many protocols: 10 first, 00 middle, 01 last, 11 alone; the sequence runs on.
        packet(udp().hex("80" + "10").text("a"));
        packet(udp().hex("40" + "12").text("c"));
        packet(udp().hex("00" + "11").text("b"));
        packet(udp().hex("c0" + "13").text("d"));
        String declaration = HEAD + """
                header = flags:u8{b8=begin,b7=end}; sequence:u8
                number sequence
                first flags.begin
                last flags.end
                message = text:text[rest]
                """;
        assertEquals(List.of("3\tabc", "4\td"), lines(index(declaration), "own.text", "own.text"));
        // Without numbers, in the order in which they come.
        assertEquals(List.of("2\tac", "4\td"),
                lines(index(declaration.replace("number sequence\n", "")), "own.text", "own.text"));
    }

    @Test
    void shouldCountOnBehindTheLargestNumber() throws IOException {
        packet(udp().hex("80" + "fe").text("a"));
        packet(udp().hex("00" + "00").text("c"));
        packet(udp().hex("00" + "ff").text("b"));
        packet(udp().hex("40" + "01").text("d"));
        packet(udp().hex("80" + "02").text("e"));
        packet(udp().hex("40" + "01").text("d"));
        packet(udp().hex("40" + "03").text("f"));
        packet(udp().hex("40" + "03").text("f"));
        TestIndex index = index(HEAD + """
                header = flags:u8{b8=begin,b7=end}; sequence:u8
                number sequence
                first flags.begin
                last flags.end
                message = text:text[rest]
                """);
        assertEquals(List.of("4\tabcd", "7\tef"), lines(index, "own.text", "own.text"));
        assertEquals("6", faults(index, "piece-outside"));
        assertEquals(List.of("6"), lines(index, "fault"));
    }

    @Test
    void shouldTakeWhatIsSaidInOtherUnits() throws IOException {
        // The last piece's number from 0, how many octets a datagram brings with its header, and padding.
        packet(udp().hex("07" + "01" + "01" + "07").text("def").zeros(5));
        packet(udp().hex("07" + "00" + "01" + "07").text("abc"));
        packet(udp().hex("08" + "00" + "00" + "04").zeros(9));
        packet(udp().hex("09" + "00" + "00" + "30").text("lie"));
        packet(udp().hex("09" + "00" + "00" + "01").text("lie"));
        TestIndex index = index(HEAD + """
                header = id:u8; number:u8; highest:u8; length:u8
                identity id
                number number
                count highest plus 1
                carries length minus 4
                message = text:text[rest]
                """);
        assertEquals(List.of("2\tabcdef", "3\t"), lines(index, "own.id in {7, 8} && !own.number == 1", "own.text"));
        assertEquals("4", faults(index, "payload-truncated"));
        assertEquals("5", faults(index, "length-impossible"));
    }

    @Test
    void shouldTakeAMessageThatIsAllInItsDatagramAsOftenAsItComes() throws IOException {
        packet(udp().hex("01" + "01" + "02").text("a"));
        packet(udp().hex("01" + "01" + "01").text("whole"));
        packet(udp().hex("01" + "01" + "01").text("whole"));
        packet(udp().hex("01" + "02" + "02").text("b"));
        packet(udp().hex("02" + "01" + "01"));
        TestIndex index = index(HEAD + """
                header = id:u8; number:u8; count:u8
                identity id
                number number from 1
                count count
                message = text:text[rest]
                """);
        assertEquals(List.of("2\twhole", "3\twhole", "4\tab"),
                lines(index, "own.text >= \"a\"", "own.text"));
        assertEquals(List.of(), lines(index, "fault"));
    }

    @Test
    void shouldSayWhatIsWrong() throws IOException {
        // Count 0, number 0, a number above the count; then two counts, two contents, and what is begun anew completes.
        packet(udp().hex("0001" + "0001" + "0000").text("x"));
        packet(udp().hex("0001" + "0000" + "0002").text("x"));
        packet(udp().hex("0001" + "0003" + "0002").text("x"));
        packet(udp().hex("0002" + "0001" + "0002").text("x"));
        packet(udp().hex("0002" + "0001" + "0003").text("a"));
        packet(udp().hex("0002" + "0002" + "0003").text("b"));
        packet(udp().hex("0002" + "0003" + "0003").text("c"));
        packet(udp().hex("0003" + "0001" + "0002").text("x"));
        packet(udp().hex("0003" + "0001" + "0002").text("y"));
        packet(udp().hex("0004" + "ffff" + "ffff").text("never"));
        packet(udp().hex("0005"));
        packet(udp());
        TestIndex index = index(HEAD + """
                header = id:u16; number:u16; count:u16
                identity id
                number number from 1
                count count
                message = text:text[rest]
                """);
        assertEquals("1 2 3", faults(index, "piece-outside"));
        assertEquals("5 7", faults(index, "size-conflict"));
        assertEquals("9", faults(index, "piece-conflict"));
        assertEquals("11", faults(index, "header-truncated"));
        assertEquals(List.of("11\tdeclared:header-truncated"), lines(index, "frame.number == 11", "fault"));
        assertEquals(List.of("7\tabc"), lines(index, "own.text", "own.text"));
    }

    @Test
    void shouldSayWhichSizesLie() throws IOException {
        packet(udp().hex("01" + "0000" + "0002").text("too much"));
        packet(udp().hex("02" + "fff8" + "0002").text("beyond"));
        packet(udp().hex("03" + "0000" + "0006").text("abc"));
        packet(udp().hex("03" + "0003" + "0007").text("def"));
        packet(udp().hex("04" + "0000" + "0006").text("abcd"));
        packet(udp().hex("04" + "0003" + "0006").text("Def"));
        packet(udp().hex("05" + "0000" + "0002" + "05").text("a"));
        packet(udp().hex("06" + "0000" + "0000"));
        TestIndex index = index(HEAD + """
                header = id:u8; at:u16; size:u16
                identity id
                offset at
                size size
                message = length:u8; text:text[length]
                """);
        assertEquals("1 2 8", faults(index, "piece-outside"));
        assertEquals("4", faults(index, "size-conflict"));
        assertEquals("6", faults(index, "piece-conflict"));
        assertEquals("7", faults(index, "ie-malformed"));
    }

    @Test
    void shouldShowWhatIsThereAndWhatIsWrong() throws IOException {
        String declaration = HEAD + """
                header = id:u16; number:u8; flags:u8{b8=urgent,b7-1=pieces}
                    -> id=/hex4
                identity id
                number number from 1
                count flags.pieces
                message = kind:u8; size:u16le; text:text[size]
                    -> kind=:own.kinds size=[octets]
                index text
                enum own.kinds
                    1 Request
                    2 Answer
                """;
        packet(udp().hex("0007" + "01" + "82" + "02" + "0500").text("he"));
        packet(udp().hex("0007" + "03" + "82").text("zzz"));
        packet(udp().hex("0007" + "02" + "82").text("llo"));
        packet(udp().hex("0009" + "01" + "01" + "01" + "0900").text("short"));
        TestIndex index = index(declaration);
        Path file = Files.writeString(home.resolve("own.protocol"), declaration);
        for (Run show : List.of(
                TestIndex.run("show", home.resolve("own.pcap").toString(), "--dictionary", file.toString()),
                TestIndex.run("show", "--index", index.directory().toString()))) {
            String shown = show.out().replaceAll(" +", " ");
            for (String line : List.of(" 42..44 id: 0x0007 own.id\n",
                    " 45 1... .... = flags.urgent: 1 own.flags.urgent\n",
                    "! piece-outside: a piece outside", "1: 0..8 Reassembled Message: 02050068656c6c6f payload\n",
                    "1: 0 kind: Answer (2) own.kind\n", "1: 1..3 size: 5 octets own.size\n",
                    "1: 3..8 text: hello own.text\n", " 46 kind: Request (1) own.kind\n", "! ie-malformed: ")) {
                assertTrue(shown.contains(line), line + show.out());
            }
        }
        // What is not in the index is read from the capture, or from what was put together.
        assertEquals(List.of("3\t2\thello"), lines(index, "own.kind == answer", "own.kind", "own.text"));
        assertEquals(List.of("4"), lines(index, "own.size == 9"));
        assertEquals("4", faults(index, "ie-malformed"));
    }

    @Test
    void shouldTellMessagesApartByAllThatIsTheirIdentity() throws IOException {
        String[] clients = {"01" + "0a000001" + "aabbccddeeff", "01" + "0a000002" + "aabbccddeeff",
            "02" + "0a000001" + "aabbccddeeff", "01" + "0a000001" + "aabbccddee00"};
        for (int piece = 1; piece <= 2; piece++) {
            for (int client = 0; client < clients.length; client++) {
                packet(udp().hex(clients[client] + "0" + piece + "02").text("" + client + piece));
            }
        }
        TestIndex index = index(HEAD + """
                header = kind:u8; node:ip4; station:mac; number:u8; count:u8
                identity kind, node, station
                number number from 1
                count count
                message = text:text[rest]
                """);
        assertEquals(List.of("5\t0102", "6\t1112", "7\t2122", "8\t3132"), lines(index, "own.text", "own.text"));
        assertEquals(List.of("6"), lines(index, "own.node == 10.0.0.2 && own.text"));
        assertEquals(List.of("8\taa:bb:cc:dd:ee:00"),
                lines(index, "own.station == aa:bb:cc:dd:ee:00 && own.number == 2", "own.station"));
    }

    @Test
    void shouldTellMessagesApartByWhatTheyTravelIn() throws IOException {
        for (int piece = 1; piece <= 2; piece++) {
            String header = "0033" + "000" + piece + "0002";
            packet(udp4352(new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2")).hex(header).text("a" + piece));
            packet(udp4352(new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.3")).hex(header).text("b" + piece));
            packet(udp4352(new PacketBuilder().ethernet().vlan(7).ipv4("10.0.0.1", "10.0.0.2")).hex(header)
                    .text("c" + piece));
            packet(udp4352(new PacketBuilder().ethernet().ipv6("2001:db8::1", "2001:db8::2")).hex(header)
                    .text("d" + piece));
            packet(udp4352(new PacketBuilder().ethernet().ipv4("10.9.9.1", "10.9.9.2").udp(2152, 2152).gtp(255, 1)
                    .ipv4("10.0.0.1", "10.0.0.2")).hex(header).text("e" + piece));
            packet(udp4352(new PacketBuilder().ethernet().ipv4("10.9.9.1", "10.9.9.2").udp(2152, 2152).gtp(255, 2)
                    .ipv4("10.0.0.1", "10.0.0.2")).hex(header).text("f" + piece));
            packet(new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(40_001, 4352).hex(header)
                    .text("g" + piece));
            // The other way round it is another message.
            packet(new PacketBuilder().ethernet().ipv4("10.0.0.2", "10.0.0.1").udp(4352, 40_000).hex(header)
                    .text("h" + piece));
        }
        TestIndex index = index("protocol udp_div\nover udp 4352\nheader = Ident:u16; DivNo:u16; DivMax:u16\n"
                + "identity Ident\nnumber DivNo from 1\ncount DivMax\nmessage = Data:text[rest]\n");
        assertEquals(List.of("9\ta1a2", "10\tb1b2", "11\tc1c2", "12\td1d2", "13\te1e2", "14\tf1f2", "15\tg1g2",
                "16\th1h2"), lines(index, "udp_div.Data", "udp_div.Data"));
    }

    private static PacketBuilder udp4352(PacketBuilder packet) {
        return packet.udp(40_000, 4352);
    }

    @Test
    void shouldBelieveConstants() throws IOException {
        packet(udp().hex("cafe" + "10").text("ours"));
        packet(udp().hex("caff" + "10").text("theirs"));
        packet(udp().hex("cafe" + "20").text("another version"));
        packet(udp().hex("cafe"));
        TestIndex index = index(HEAD + """
                header = magic:u16; version:u8{b8-5=major}
                    -> magic=own.magic/hex4
                constant magic = 0xcafe, version.major = 1
                message = text:text[rest]
                """);
        assertEquals(List.of("1\t0xcafe\tours"), lines(index, "own.text", "own.magic", "own.text"));
        assertEquals(List.of("1", "4"), lines(index, "own"));
        assertEquals("4", faults(index, "header-truncated"));
    }

    @Test
    void shouldIndexWhatIsDeclared() throws IOException {
        packet(udp().hex("01" + "02" + "0a000001").text("abc"));
        packet(udp().hex("02" + "02" + "0a000002").text("abc"));
        String declaration = HEAD + """
                header = kind:u8; other:u8
                    -> kind=own.kind:own.kinds
                message = from:ip4; text:text[rest]
                enum own.kinds
                    1 Request
                    2 Late Answer
                """;
        TestIndex all = index(declaration);
        assertEquals(List.of("2\t2\t2\t10.0.0.2\tabc"),
                lines(all, "own.kind == \"late answer\"", "own.kind", "own.other", "own.from", "own.text"));
        assertEquals(List.of("1"), lines(all, "own.from == 10.0.0.1 && own.text == \"abc\""));
        TestIndex some = index(declaration + "index from\n");
        assertEquals(List.of("2\t2\t10.0.0.2"), lines(some, "own.from != 10.0.0.1", "own.other", "own.from"));
        assertEquals(List.of("2"), lines(some, "own.kind == \"Late Answer\""));
        Run listed = TestIndex.run("fields", "--index", some.directory().toString(), "own.");
        assertEquals(0, listed.code(), listed.err());
        String words = listed.out().replaceAll(" +", " ");
        assertTrue(words.contains("own.from IPv4 address terms, value"), listed.out());
        assertTrue(words.contains("own.kind number, 1 octet decoded"), listed.out());
        Run one = TestIndex.run("fields", "--index", all.directory().toString(), "own.kind");
        assertTrue(one.out().endsWith("1\tRequest\n2\tLate Answer\n"), one.out());
    }

    @Test
    void shouldFindWhatADictionaryDeclaresLater() throws IOException {
        packet(udp().hex("01"));
        packet(udp().hex("02"));
        TestIndex index = TestIndex.of(home.resolve("without"), capture());
        Path later = Files.writeString(home.resolve("own.protocol"), HEAD + "header = kind:u8\n");
        Run run = index.query("own.kind == 2", "--dictionary", later.toString(), "-e", "frame.number", "-e",
                "own.kind");
        assertEquals("2\t2\n", run.out(), run.err());
        assertEquals(2, index.query("own.kind == 2").code());
        Run show = TestIndex.run("show", home.resolve("own.pcap") + ":2", "--dictionary", later.toString());
        assertTrue(show.out().contains("own.kind"), show.out());
        Run fields = TestIndex.run("fields", "--dictionary", later.toString(), "own.kind");
        assertTrue(fields.out().contains("index: terms"), fields.out());
    }
}
