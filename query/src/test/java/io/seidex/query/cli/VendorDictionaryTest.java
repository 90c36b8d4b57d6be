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
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a vendor's dictionary, that of the documentation, makes of captures: in an index, and when it comes later. */
class VendorDictionaryTest {
    private static final Path EXAMPLE = Path.of("..", "docs", "dictionaries", "example.ies");
    private static final int GROUP = 32801;
    private static final int SUBSCRIBER = 32800;
    private static final int APPLICATION_ID = 24;
    private static final String ACME = "fde7";

    @TempDir
    static Path directory;

    private static TestIndex with;
    private static TestIndex without;

    @BeforeAll
    static void index() throws IOException {
        // A group of two subscribers: of 262011234567890 with a quota of 5000, tier 1; and of a quota alone, tier 2.
        String first = hexIe(SUBSCRIBER, ACME + "43" + "08" + "62021132547698f0" + "0000001388");
        String second = hexIe(SUBSCRIBER, ACME + "82" + "00000000ff");
        Path capture = CaptureBuilder.pcapng()
                .packet(CaptureBuilder.START, packet().pfcp(50, 0, 1)
                        .hex(hexIe(GROUP, ACME + first + second))
                        .ie(APPLICATION_ID, new byte[] {0, 2, 0x1F, 'n', 'e', 't'})
                        .end().toBytes())
                .packet(CaptureBuilder.START + 1, packet().pfcp(1, 2).end().toBytes())
                .write(directory.resolve("n4.pcap"));
        with = TestIndex.of(directory.resolve("with"),
                Settings.standard().withDictionaryFiles(List.of(DictionaryFile.read(EXAMPLE))), capture);
        without = TestIndex.of(directory.resolve("without"), capture);
    }

    private static PacketBuilder packet() {
        return new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(8805, 8805);
    }

    private static String hexIe(int type, String value) {
        return "%04x%04x%s".formatted(type, value.length() / 2, value);
    }

    @Test
    void shouldIndexWhatAVendorNamesAsAFieldOfTheIndex() {
        assertEquals("1\n", with.query("e212.imsi == \"262011234567890\"", "--count").out());
        assertEquals("0\n", without.query("e212.imsi == \"262011234567890\"", "--count").out());
        assertEquals("262011234567890\n", with.query("pfcp.msg_type == 50", "-e", "e212.imsi").out());
    }

    @Test
    void shouldDecodeTheRestWhenItIsAskedFor() {
        assertEquals("5000,255\n", with.query("acme.tier == gold", "-e", "acme.quota").out());
        assertEquals("2\t0x1f\tnet\n",
                with.query("acme.service == \"video\"", "-e", "acme.service", "-e", "acme.rating",
                        "-e", "pfcp.application_id_str").out());
        assertEquals("0\n", with.query("acme.tier == bronze", "--count").out());
    }

    @Test
    void shouldKnowNothingWithoutTheDictionary() {
        Run run = without.query("acme.tier == gold");
        assertEquals(ExitCode.USAGE, run.code());
        assertTrue(run.err().contains("acme.tier"), run.err());
        assertEquals("1\n", without.query("pfcp.enterprise_id == 64999", "--count").out());
    }

    @Test
    void shouldPrintWithADictionaryThatComesLater() {
        assertEquals("5000,255\n",
                without.query("pfcp.msg_type == 50", "--dictionary", EXAMPLE.toString(), "-e", "acme.quota").out());
        // What is indexed stays as it is: an IMSI that is found is an IMSI that is printed.
        assertEquals("\n",
                without.query("pfcp.msg_type == 50", "--dictionary", EXAMPLE.toString(), "-e", "e212.imsi").out());
    }

    @Test
    void shouldLetALaterDictionaryOverrideTheIndex() throws IOException {
        Path later = Files.writeString(directory.resolve("later.ies"),
                "protocol pfcp\nie 24 Ours = all:bytes[rest] -> all=acme.all\n");
        assertEquals("00021f6e6574\n",
                with.query("--dictionary", later.toString(), "-e", "acme.all", "pfcp.msg_type == 50").out());
    }

    @Test
    void shouldNameMessagesAsTheDictionariesDo() throws IOException {
        Path named = Files.writeString(directory.resolve("messages.ies"),
                "protocol pfcp\nmessage 1 Acme Greeting\n");
        assertTrue(with.query("pfcp.msg_type == 1").out().endsWith(" PFCP Heartbeat Request\n"));
        assertTrue(with.query("--dictionary", named.toString(), "pfcp.msg_type == \"Acme Greeting\"").out()
                .endsWith(" Acme Greeting\n"));
        TestIndex ours = TestIndex.of(directory.resolve("named"),
                Settings.standard().withDictionaryFiles(List.of(DictionaryFile.read(named))),
                directory.resolve("n4.pcap"));
        assertTrue(ours.query("pfcp.msg_type == 1").out().endsWith(" Acme Greeting\n"));
    }

    @Test
    void shouldLetALaterDictionaryReferToThatOfTheIndex() throws IOException {
        Path later = Files.writeString(directory.resolve("refers.ies"),
                "protocol pfcp\nie 24 Ours = service:u16 -> service=acme.kind:acme.services\n");
        Run run = with.query("--dictionary", later.toString(), "acme.kind == video", "-e", "acme.kind");
        assertEquals("2\n", run.out(), run.err());
        assertTrue(TestIndex.run("fields", "--index", with.directory().toString(), "--dictionary", later.toString(),
                "acme.kind").out().contains("video"));
        assertEquals(
                List.of("seidex: " + later
                        + ":2:29: no enumeration is called 'acme.services'; see: seidex query --help"),
                without.query("--dictionary", later.toString(), "--count").err().lines().toList());
    }

    @Test
    void shouldLetTheLastFileHold() throws IOException {
        Path first = Files.writeString(directory.resolve("first.ies"),
                "protocol pfcp\nie 24 A = a:bytes[1] -> a=acme.first\nenum acme.tiers\n  2 second\n");
        Path second = Files.writeString(directory.resolve("second.ies"),
                "protocol pfcp\nie 24 A = a:bytes[2] -> a=acme.second\n");
        Run run = with.query("--dictionary", first.toString(), "--dictionary", second.toString(), "acme.tier == second",
                "-e", "acme.second");
        assertEquals("0002\n", run.out(), run.err());
        assertEquals("00\n", with.query("--dictionary", second.toString(), "--dictionary", first.toString(),
                "pfcp.msg_type == 50", "-e", "acme.first").out());
    }

    @Test
    void shouldCallATextOtherwiseThatCannotBePrinted() throws IOException {
        Path dictionary = Files.writeString(directory.resolve("texts.ies"), """
                protocol pfcp
                ie 24 Ours = begin:text[2]; tag:u8{b8+b5-1=joined,b7-6}; end:text[rest]
                    -> begin=acme.begin|acme.octets end=acme.end|acme.octets joined=acme.joined:acme.joins
                       tag.b7-6=acme.between/label:acme.joins
                enum acme.joins
                    0 nothing
                    31 each
                """);
        String file = dictionary.toString();
        assertEquals("0002\tnet\t31\tnothing\n", with.query("--dictionary", file, "acme.end", "-e", "acme.octets",
                "-e", "acme.end", "-e", "acme.joined", "-e", "acme.between").out());
        assertEquals("1\n", with.query("--dictionary", file, "acme.octets == 00:02", "--count").out());
        assertEquals("0\n", with.query("--dictionary", file, "acme.begin", "--count").out());
        assertEquals("1\n", with.query("--dictionary", file, "acme.joined == each", "--count").out());
        assertEquals("1\n", with.query("--dictionary", file, "acme.between == \"nothing\"", "--count").out());
        String shown = TestIndex.run("show", "--index", with.directory().toString(), "--dictionary", file, "1").out();
        assertTrue(shown.contains("0..1 1111 = Joined: each (31)"), shown);
        assertTrue(shown.contains(".00. .... = Between: nothing "), shown);
    }

    @Test
    void shouldListTheFieldsOfDictionaries() {
        Run run = TestIndex.run("fields", "--dictionary", EXAMPLE.toString(), "acme.tier");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().endsWith("0\tbronze\n1\tsilver\n2\tgold\n3\tplatinum\n"), run.out());
        assertTrue(
                TestIndex.run("fields", "--index", with.directory().toString(), "acme.*").out().contains("acme.quota"));
    }

    @Test
    void shouldSayWhereADictionaryIsWrong() throws IOException {
        Path wrong = Files.writeString(directory.resolve("v.ies"), "protocol pfcp\nie 9:32800 A = a:u9\n");
        Run run = with.query("--dictionary", wrong.toString(), "--count");
        assertEquals(ExitCode.USAGE, run.code());
        assertEquals(List.of("seidex: " + wrong + ":2:18: 'u9' is no type; see: seidex query --help"),
                run.err().lines().toList());
        assertEquals(ExitCode.USAGE, with.query("--dictionary", directory.resolve("none.ies").toString()).code());
    }
}
