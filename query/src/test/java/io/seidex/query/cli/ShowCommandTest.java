package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.query.TestIndex;
import io.seidex.query.TestIndex.Run;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.PacketBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which packets {@code seidex show} finds, and what it answers where it finds none. */
class ShowCommandTest {
    private static final int PACKETS = 5;

    @TempDir
    static Path directory;

    private static Path capture;
    private static TestIndex one;
    private static TestIndex two;

    @BeforeAll
    static void index() throws IOException {
        capture = write(directory.resolve("a.pcap"), 100);
        one = TestIndex.of(directory.resolve("one"), capture);
        Files.createDirectories(directory.resolve("x"));
        Files.createDirectories(directory.resolve("y"));
        two = TestIndex.of(directory.resolve("two"), write(directory.resolve("x/b.pcap"), 200),
                write(directory.resolve("y/b.pcap"), 300), write(directory.resolve("y/c:7"), 400));
    }

    /** Heartbeats, of which the sequence number says which it is. */
    private static Path write(Path file, int first) {
        CaptureBuilder builder = CaptureBuilder.pcapng();
        for (int i = 1; i <= PACKETS; i++) {
            builder.packet(new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(8805, 8805)
                    .pfcp(1, first + i).u32Ie(96, 0xED000000).end());
        }
        return builder.write(file);
    }

    private static Run show(Object... arguments) {
        String[] all = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        String[] run = new String[all.length + 1];
        run[0] = "show";
        System.arraycopy(all, 0, run, 1, all.length);
        return TestIndex.run(run);
    }

    /** The sequence numbers that were printed, separated by blanks. */
    private static String sequences(Run run) {
        assertEquals(0, run.code(), run::err);
        assertEquals("", run.err());
        return String.join(" ", run.lines().stream().filter(line -> line.endsWith(" pfcp.seqno"))
                .map(line -> line.replaceAll(".*Sequence Number: (\\d+) .*", "$1")).toList());
    }

    private static void shouldRefuse(Run run, String why) {
        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run::err);
        assertTrue(run.err().contains(why), run::err);
    }

    @Test
    void shouldShowACaptureOrAFrameOfIt() {
        assertEquals("101 102 103 104 105", sequences(show(capture)));
        assertEquals("103", sequences(show(capture + ":3")));
        assertEquals("105 101", sequences(show(capture + ":5", capture + ":1")));
        shouldRefuse(show(capture + ":6"), "no such frame");
        shouldRefuse(show(capture + ":0"), "no such frame");
        shouldRefuse(show(directory.toString()), "no regular file");
        shouldRefuse(show(directory.resolve("gone.pcap") + ":1"), "no such capture");
        shouldRefuse(show("3"), "no such capture");
        shouldRefuse(show(), "missing");
    }

    @Test
    void shouldTakeAFileWhoseNameEndsInAColonAndDigitsForTheFile() {
        Path colon = directory.resolve("y/c:7");
        assertEquals("401 402 403 404 405", sequences(show(colon)));
        assertEquals("402", sequences(show(colon + ":2")));
        assertEquals("402", sequences(show("--index", two.directory(), "c:7:2")));
        assertEquals("401 402 403 404 405", sequences(show("--index", two.directory(), "c:7")));
    }

    @Test
    void shouldFindFramesOfAnIndexByWhatQueryPrints() {
        for (TestIndex index : new TestIndex[] {one, two}) {
            for (String line : index.query("pfcp").lines()) {
                String name = line.substring(0, line.indexOf("  "));
                assertEquals(1, sequences(show("--index", index.directory(), name)).split(" ").length, name);
            }
        }
        assertEquals("104", sequences(show("--index", one.directory(), "4")));
        assertEquals("104", sequences(show("--index", one.directory(), "a.pcap:4")));
        assertEquals("104", sequences(show("--index", one.directory(), capture + ":4")));
        assertEquals("302", sequences(show("--index", two.directory(), "y/b.pcap:2")));
        assertEquals("101 102 103 104 105", sequences(show("--index", one.directory())));
        assertEquals("201 202 203 204 205", sequences(show("--index", two.directory(), "x/b.pcap")));
    }

    @Test
    void shouldSayWhichFrameAnIndexDoesNotHold() {
        shouldRefuse(show("--index", one.directory(), "6"), "the index holds 5 of " + capture);
        shouldRefuse(show("--index", one.directory(), "0"), "no such frame");
        shouldRefuse(show("--index", one.directory(), "b.pcap:1"), "no such capture");
        shouldRefuse(show("--index", two.directory(), "1"), "the index holds 3 captures; write CAPTURE:1");
        shouldRefuse(show("--index", two.directory(), "b.pcap:1"), "is any of 2 captures");
        shouldRefuse(show("--index", directory.resolve("none"), "1"), "");
    }

    @Test
    void shouldShowTheFramesThatTheCaptureHas() {
        Run fromIndex = show("--index", one.directory(), "2", "-T", "json");
        Run straight = show(capture + ":2", "-T", "json");
        assertEquals(straight.out(), fromIndex.out());
        assertTrue(straight.out().startsWith("{\"capture\":\"" + capture + "\",\"frame.number\":\"2\",\"layers\":["),
                straight::out);
        assertEquals(PACKETS, show(capture, "-T", "json").lines().size());
    }

    @Test
    void shouldReadWhatIsThereOfADamagedCapture() throws IOException {
        byte[] whole = Files.readAllBytes(capture);
        Path cut = Files.write(directory.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 10));
        Run run = show(cut);
        assertEquals(3, run.code());
        assertEquals(4, run.lines().stream().filter(line -> line.endsWith(" pfcp.seqno")).count());
        assertEquals(1, run.err().lines().count(), run::err);
        Path text = Files.writeString(directory.resolve("notes.txt"), "no capture");
        assertEquals(3, show(text).code());
        Path gone = write(directory.resolve("gone.pcap"), 500);
        TestIndex index = TestIndex.of(directory.resolve("three"), gone);
        Files.delete(gone);
        Run missing = show("--index", index.directory(), "1");
        assertEquals(3, missing.code());
        assertTrue(missing.err().contains("is gone"), missing::err);
    }

    @Test
    void shouldMarkLayersAndFieldsInTheOctets() {
        assertTrue(show(capture + ":1", "--hex").out().contains("[20 01 00 0c"), "the innermost layer");
        String marked = show(capture + ":1", "--mark", "ip.src").out();
        assertTrue(marked.contains("[0a 00 00 01]"), marked);
        shouldRefuse(show(capture, "--mark", "no.such"), "no such layer or field");
        shouldRefuse(show(capture, "-T", "json", "--hex"), "-T text");
        shouldRefuse(show(capture, "-T", "yaml"), "unknown format");
    }

    @Test
    void shouldKnowTheElementsOfADictionary() throws IOException {
        Path file = CaptureBuilder.pcap().packet(new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2")
                .udp(8805, 8805).pfcp(52, 1, 7).ie(0x8001, new byte[] {(byte) 0xFF, 0, 0, 5}).end())
                .write(directory.resolve("vendor.pcap"));
        Path dictionary = Files.writeString(directory.resolve("vendor.ies"),
                "protocol pfcp\nie 65280:32769 Tariff Plan = plan:u16 -> plan=acme.plan\n");
        assertTrue(show(file).out().contains("Unknown element (65280:32769): 0005"));
        String known = show(file, "--dictionary", dictionary).out();
        assertTrue(known.contains("Tariff Plan (65280:32769): 5"), known);
        assertTrue(known.contains("acme.plan"), known);
        Path wrong = Files.writeString(directory.resolve("wrong.ies"), "protocol pfcp\nie x\n");
        shouldRefuse(show(file, "--dictionary", wrong), "wrong.ies:2:4");
    }

    @Test
    void shouldShowTheTypeOfAnElementThatDoesNotSayWhose() throws IOException {
        Path file = CaptureBuilder.pcap().packet(new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2")
                .udp(8805, 8805).pfcp(52, 1, 7).ie(0x8001, new byte[] {5}).end())
                .write(directory.resolve("nobodys.pcap"));
        String shown = show(file).out();
        assertTrue(shown.contains("Unknown element (32769)"), shown);
        assertTrue(shown.contains("ie-malformed"), shown);
        assertTrue(show(file, "-T", "json").out().contains("\"type\":32769"), shown);
        Path wrong = Files.writeString(directory.resolve("misfit.ies"),
                "protocol pfcp\nie 24 X = a:u32 -> a=pfcp.node_id_fqdn\n");
        shouldRefuse(show(file, "--dictionary", wrong), "misfit.ies:2:20");
    }

    @Test
    void shouldShowWhatStandsBehindAHeaderOfImpossibleLength() throws IOException {
        byte[] message = HexFormat.of().parseHex("48200001000000010000010003000100ab");
        Path file = CaptureBuilder.pcap().packet(new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2")
                .udp(2123, 2123).octets(message))
                .write(directory.resolve("impossible.pcap"));
        String shown = show(file).out();
        assertTrue(shown.contains("length-impossible"), shown);
        assertTrue(shown.contains("Octets: 03000100ab"), shown);
    }
}
