package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.query.TestIndex;
import io.seidex.query.TestIndex.Run;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.PacketBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the program prints, says and answers. */
class CommandLineTest {
    private static final TimeZone MACHINE = TimeZone.getDefault();

    @TempDir
    static Path directory;

    private static TestIndex one;
    private static TestIndex two;

    @BeforeAll
    static void index() {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        one = TestIndex.of(directory.resolve("one"), capture(directory.resolve("n4.pcap"), 0));
        two = TestIndex.of(directory.resolve("two"), capture(directory.resolve("x/n4.pcap"), 5),
                capture(directory.resolve("y/n4.pcap"), 60), capture(directory.resolve("y/sx b.pcap"), 3));
    }

    @AfterAll
    static void restoreZone() {
        TimeZone.setDefault(MACHINE);
    }

    /** Four packets: two messages of a session, a datagram of two messages, and something else. */
    private static Path capture(Path file, int seconds) {
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        long start = CaptureBuilder.START + seconds * 1_000_000_000L;
        byte[] fSeid = new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 0x1F, 10, 0, 0, 1};
        return CaptureBuilder.pcapng()
                .packet(start, new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(8805, 8805)
                        .pfcp(50, 0, 7).ie(57, fSeid).end().toBytes())
                .packet(start + 1_500_000, new PacketBuilder().ethernet().ipv4("10.0.0.2", "10.0.0.1").udp(8805, 8805)
                        .pfcp(51, 0x1F, 7).u8Ie(19, 1).end().toBytes())
                .packet(start + 2_000_000_000L, new PacketBuilder().ethernet().ipv6("2001:db8::1", "2001:db8::2")
                        .udp(8805, 8805).pfcp(1, 8).pfcp(54, 0x1F, 9).end().toBytes())
                .packet(start + 3_000_000_000L,
                        new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.9").tcp(80, 1024, 1, 2)
                                .end().toBytes())
                .write(file);
    }

    @Test
    void shouldPrintALineAPacket() {
        Run run = one.query();
        assertEquals("""
                1  2026-01-01 01:00:00.000000000  10.0.0.1 → 10.0.0.2  PFCP 75 PFCP Session Establishment Request \
                SEID 0x0000000000000000 0x000000000000001f
                2  2026-01-01 01:00:00.001500000  10.0.0.2 → 10.0.0.1  PFCP 63 PFCP Session Establishment Response \
                SEID 0x000000000000001f
                3  2026-01-01 01:00:02.000000000  2001:db8::1 → 2001:db8::2  PFCP 86 PFCP Heartbeat Request, \
                PFCP Session Deletion Request SEID 0x000000000000001f
                4  2026-01-01 01:00:03.000000000  10.0.0.1 → 10.0.0.9  TCP 54 80 → 1024
                """, run.out());
        assertEquals("", run.err());
        assertEquals(0, run.code());
    }

    @Test
    void shouldNameFramesByTheShortestTailThatIsUnambiguous() {
        List<String> lines = two.query("-c", "9").lines();
        assertEquals(List.of("sx b.pcap:1", "sx b.pcap:2", "sx b.pcap:3", "sx b.pcap:4", "x/n4.pcap:1", "x/n4.pcap:2",
                "x/n4.pcap:3", "x/n4.pcap:4", "y/n4.pcap:1"),
                lines.stream().map(line -> line.substring(0, line.indexOf("  "))).toList());
    }

    @Test
    void shouldPrintJson() {
        assertEquals("""
                {"frame.number":"3","pfcp.msg_type":["1","54"],"ip.addr":null,"frame.time":"x"}
                """.replace(",\"ip.addr\":null", "").replace("\"x\"", "\"Jan  1, 2026 01:00:02.000000000 CET\""),
                one.query("-T", "json", "-e", "frame.number", "-e", "pfcp.msg_type", "-e", "ip.addr", "-e",
                        "frame.time",
                        "messages == 2").out());
        String all = one.query("-T", "json", "pfcp.msg_type == 51").out();
        assertTrue(all.startsWith("{\"capture\":\"" + directory.resolve("n4.pcap") + "\",\"frame.number\":\"2\","),
                all);
        assertTrue(all.contains("\"pfcp.seid\":\"0x000000000000001f\""), all);
        assertEquals("", one.query("-T", "json", "pfcp.msg_type == 9").out());
    }

    @Test
    void shouldPrintFieldsAsAsked() {
        assertEquals(
                "frame.number,ip.addr,pfcp.seid\n'1','10.0.0.1 10.0.0.2','0x0000000000000000 0x000000000000001f'\n",
                one.query("-T", "fields", "-e", "frame.number", "-e", "ip.addr", "-e", "pfcp.seid", "-E", "header=y",
                        "-E",
                        "separator=,", "-E", "quote=s", "-E", "aggregator=/s", "-c", "1").out());
        assertEquals("0x0000000000000000\n", one.query("-e", "pfcp.seid", "-E", "occurrence=f", "-c", "1").out());
        assertEquals("0x000000000000001f\n", one.query("-e", "pfcp.seid", "-E", "occurrence=l", "-c", "1").out());
        assertEquals("\uFEFF1\n", one.query("-e", "frame.number", "-E", "bom=y", "-c", "1").out());
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
        "capture == x/n4.pcap => 4",
        "capture != n4.pcap => wrong filter: the name is ambiguous",
        "capture == nowhere.pcap => wrong filter: the index holds no capture of this name",
        "capture == \"sx b.pcap\" && pfcp => 3",
        "capture in {x/n4.pcap, y/n4.pcap} and tcp => 2",
        "!(capture == x/n4.pcap) => 8",
        "capture => 12",
        "seid.endpoint == \"10.0.0.1,0x1f\" => 3",
        "pfcp.seqno == 9 => 3",
        "pfcp.seqno != 9 => 6",
        "!pfcp.seqno => 3",
        "pfcp.cause == \"request accepted(success)\" => 3",
        "frame.time >= \"2026-01-01 01:01:00\" => 4",
        "frame.time < \"2026-01-01 00:00:04Z\" => 2",
    })
    void shouldAnswer(String filter, String expected) {
        Run run = two.query("--count", filter);
        if (run.code() == 0) {
            assertEquals(expected + "\n", run.out());
        } else {
            assertTrue(run.err().startsWith("seidex: " + expected), run.err());
        }
    }

    @Test
    void shouldCutTimes() {
        assertEquals("5\n", two.query("--count", "--from", "2026-01-01 01:00:03", "--to", "2026-01-01 01:00:06").out());
        assertEquals("4\n", two.query("--count", "--from", "1767225660").out());
        assertEquals("1\n", two.query("--count", "--to", "2026-01-01T00:00:03.001Z").out());
    }

    @Test
    void shouldPointAtAWrongFilter() {
        Run run = one.query("pfcp.sied == 1");
        assertEquals("""
                seidex: wrong filter: pfcp.sied is neither a field nor a protocol; did you mean pfcp.seid?
                    pfcp.sied == 1
                    ^~~~~~~~~
                """, run.err());
        assertEquals("", run.out());
        assertEquals(2, run.code());
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
        "pfcp == 1 => pfcp is a protocol: it can only be present or not",
        "pfcp.msg_type == 256 => too big for pfcp.msg_type, whose values are at most 255",
        "pfcp.msg_type == -1 => the field has no negative values",
        "pfcp.msg_type == x => \"x\" is neither a number nor a label of pfcp.msg_type; see: fields pfcp.msg_type",
        "pfcp.seid == 18446744073709551616 => does not fit in 64 bits",
        "pfcp.seid == 09 => \"09\" is not a number",
        "pfcp.seid == 0x => \"0x\" is not a number",
        "ip.src == 1.2.3 => \"1.2.3\" is not an IPv4 address",
        "ip.src == \"1.2.3.4\"x => \"x\" was unexpected here",
        "ip.src == 1.2.3.4/33 => the prefix length must be a number from 0 to 32",
        "ipv6.src == 1.2.3.4 => \"1.2.3.4\" is not an IPv6 address",
        "udp.srcport == udp.dstport => comparing two fields is not supported",
        "frame.protocols == pfcp => write the name of the protocol alone, as in: pfcp && ipv6",
        "fault == pfcp:ie-overun => \"pfcp:ie-overun\" is not a value of fault; did you mean pfcp:ie-overrun?",
        "frame.time == yesterday => not a time; write for example \"2026-01-31 10:00:00\","
                + " with Z or +01:00 if not in this machine's zone",
        "capture < a.pcap => captures have no order: compare with == != or in",
        "quoted.x => quoted.x is neither a field nor a protocol; did you mean quoted?",
    })
    void shouldRefuseWrongValues(String filter, String message) {
        Run run = one.query(filter);
        assertEquals("seidex: wrong filter: " + message, run.err().lines().findFirst().orElse(""));
        assertEquals("    " + filter, run.err().lines().skip(1).findFirst().orElse(""));
        assertEquals(2, run.code());
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
        "-T xml => unknown format: -T xml; text, fields and json are known",
        "-T csv => -T csv is not supported; text, fields and json are",
        "-T fields => -T fields needs at least one -e FIELD",
        "-T text -e ip.src => -e needs -T fields or -T json",
        "-e ip.scr => -e ip.scr: no such field; did you mean ip.src?",
        "-e pfcp => -e pfcp: a protocol has no value to print",
        "-E header=x -e ip.src => -E header=x: not an option; known are bom=y|n header=y|n separator=/t|/s|CHARACTER"
                + " occurrence=f|l|a aggregator=,|/s|CHARACTER quote=d|s|n",
        "-c 0 => -c must be at least 1",
        "-w x.pcap => -w (writing packets to a capture) is not supported",
        "--from tomorrow => --from tomorrow: not a time, as 2026-01-31 10:00:00 or 1700000000.5",
        "--nonsense => Unknown option: '--nonsense'",
    })
    void shouldRefuseWrongUsage(String arguments, String message) {
        Run run = one.query(arguments.split(" "));
        assertEquals("seidex: " + message + "; see: seidex query --help\n", run.err());
        assertEquals(2, run.code());
    }

    @Test
    void shouldRefuseWhatIsNoIndex() {
        Path missing = directory.resolve("missing");
        Run run = TestIndex.run("query", "--index", missing.toString());
        assertEquals("seidex: there is no index at " + missing + ": make one with 'seidex index'\n", run.err());
        assertEquals(2, run.code());
        assertEquals(2, TestIndex.run("query", "--index", directory.toString()).code());
        assertEquals(2, TestIndex.run("info", "--index", missing.toString()).code());
        assertEquals(2, TestIndex.run("query").code());
        assertEquals(2, TestIndex.run("nonsense").code());
        assertEquals(2, TestIndex.run().code());
    }

    @Test
    void shouldPrintWhatTheIndexHoldsIfACaptureIsGone() throws IOException {
        Path gone = directory.resolve("gone.pcap");
        Path changed = directory.resolve("changed.pcap");
        TestIndex index = TestIndex.of(directory.resolve("damaged"), capture(gone, 0), capture(changed, 60));
        Files.delete(gone);
        byte[] octets = Files.readAllBytes(changed);
        octets[octets.length - 200]++;
        Files.write(changed, octets);
        Run run = index.query("-e", "capture", "-e", "frame.number", "-e", "pfcp.seid", "pfcp");
        assertEquals(3, run.code());
        assertTrue(
                run.err().contains("capture " + gone + " is gone; of its packets only what the index holds is known\n"),
                run.err());
        assertEquals(gone + "\t1\t0x0000000000000000", run.lines().getFirst());
        assertEquals(6, run.lines().size());
        assertEquals("4\n", index.query("--count", "pfcp.msg_type in {50, 51}").out());
        // Whether the datagram of two messages has this number only the capture could tell.
        assertEquals(3, index.query("--count", "pfcp.seqno == 9").code());
        assertEquals(0, index.query("-e", "frame.number").code());
    }

    @Test
    void shouldPrintPacketsOfManyValues() {
        byte[] address = new byte[17];
        address[0] = 1; // V6
        address[16] = 1;
        PacketBuilder packet = new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(8805, 8805)
                .pfcp(52, 0x1F, 7);
        for (int i = 0; i < 60; i++) {
            packet.ie(93, address).ie(60, "\2\4upf1".getBytes(StandardCharsets.US_ASCII));
        }
        TestIndex index = TestIndex.of(directory.resolve("many"),
                CaptureBuilder.pcap().packet(packet.end().toBytes()).write(directory.resolve("many.pcap")));
        Run run = index.query("-e", "pfcp.ue_ip_addr_ipv6", "-e", "pfcp.node_id_fqdn", "-E", "separator=/s");
        assertEquals("::1,".repeat(59) + "::1 " + "upf1,".repeat(59) + "upf1\n", run.out(), run.err());
    }

    @Test
    void shouldPrintALineAPacketWhateverACaptureIsCalled() {
        Path odd = directory.resolve("a\nb\u001b[2J.pcap");
        TestIndex index = TestIndex.of(directory.resolve("names"), capture(odd, 0), capture(directory.resolve("c"), 9));
        assertTrue(index.query("-c", "1").out().startsWith("a\\nb\\x1b[2J.pcap:1  "), index.query().out());
        assertEquals(directory + "/a\\nb\\x1b[2J.pcap\n", index.query("-c", "1", "-e", "capture").out());
        assertTrue(index.query("-c", "1", "-T", "json").out().contains("/a\\nb\\u001B[2J.pcap\""), "the name itself");
        assertEquals("4\n", index.query("--count", "capture == \"a\\nb\u001b[2J.pcap\"").out());
        assertEquals(7, TestIndex.run("info", "--index", index.directory().toString()).lines().stream()
                .takeWhile(line -> !line.startsWith("fault")).count());
    }

    @Test
    void shouldPrintHelpAndVersion() {
        Run help = TestIndex.run("--help");
        assertEquals(0, help.code());
        for (String command : List.of("query", "fields", "info")) {
            assertTrue(help.out().contains("\n  " + command + " "), help.out());
            Run own = TestIndex.run(command, "--help");
            assertEquals(0, own.code());
            assertFalse(own.out().isEmpty());
            assertEquals("", own.err());
        }
        assertEquals(0, TestIndex.run("--version").code());
    }

    @Test
    void shouldPrintFieldsThatAreNotIndexed() {
        assertEquals("1\t0x0000000000000000,0x000000000000001f\n",
                one.query("-e", "pfcp.version", "-e", "pfcp.seid", "-c", "1").out());
        assertEquals("{\"frame.number\":\"1\",\"pfcp.version\":\"1\"}\n",
                one.query("-T", "json", "-e", "frame.number", "-e", "pfcp.version", "-c", "1").out());
    }

    @Test
    void shouldChainProtocolsAsWiresharkDoes() {
        assertEquals("""
                eth:ethertype:ip:udp:pfcp
                eth:ethertype:ip:udp:pfcp
                eth:ethertype:ipv6:udp:pfcp
                eth:ethertype:ip:tcp
                """, one.query("-e", "frame.protocols").out());
        assertEquals("{\"frame.protocols\":\"eth:ethertype:ip:tcp\"}\n",
                one.query("-T", "json", "-e", "frame.protocols", "tcp").out());
    }

    @Test
    void shouldTakeTheVersionOfBothProtocolsAsWiresharkDoes() {
        assertEquals("4\n4\n6\n4\n", one.query("-e", "ip.version").out());
        assertEquals("3\n", one.query("-e", "frame.number", "ip.version == 6").out());
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', value = {
        "ip.ttl == many => \"many\" is not a number",
        "ip.ttl == 300 => too big for ip.ttl, whose values have 1 octet",
        "ip.ttl == -1 => the field has no negative values",
        "pfcp.s == 3x => \"3x\" is neither 1 nor 0, true nor false",
        "eth.src == 1:2 => \"1:2\" is not a MAC address, as 02:00:00:00:00:01",
        "pfcp.f_seid.ipv4 == ::1 => \"::1\" is not an IPv4 address",
        "pfcp.end_time > 5 => not a time; write for example \"2026-01-31 10:00:00\"",
        "pfcp.cp == 0xdead => \"0xdead\" is not octets in hex, as de:ad:be:ef; a text is written in quotes",
        "pfcp.source_interface == Axcess => neither a number nor a label of pfcp.source_interface",
        "ip.ttl == ip.len => comparing two fields is not supported",
    })
    void shouldRefuseWrongValuesOfFieldsThatAreNotIndexed(String filter, String message) {
        Run run = one.query(filter);
        assertEquals(2, run.code(), filter);
        assertTrue(run.err().contains(message), run.err());
        assertTrue(run.err().contains("^"), run.err());
    }

    @Test
    void shouldListFields() {
        String all = TestIndex.run("fields").out();
        assertTrue(all.contains("pfcp.seid "), all);
        assertTrue(all.contains("ip.addr"), all);
        String cause = TestIndex.run("fields", "pfcp.cause").out();
        assertTrue(cause.contains("1\tRequest accepted(success)\n"), cause);
        assertTrue(all.contains("pfcp.apply_action.drop "), all);
        String flags = TestIndex.run("fields", "pfcp.*_flags.ch").out();
        assertEquals(List.of("pfcp.f_teid_flags.ch"), flags.lines().map(line -> line.split(" ")[0])
                .filter(name -> name.startsWith("pfcp.f_teid")).toList());
        assertTrue(TestIndex.run("fields", "ip.dsf").out().lines().allMatch(line -> line.startsWith("ip.dsfield")));
        assertTrue(TestIndex.run("fields", "pfcp.source_interface").out().contains("0\tAccess\n"));
        Run unknown = TestIndex.run("fields", "pfcp.cuase");
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("did you mean pfcp.cause?"), unknown.err());
    }

    @Test
    void shouldSayWhatAnIndexHolds() {
        Run run = TestIndex.run("info", "--index", one.directory().toString());
        assertEquals(0, run.code());
        assertTrue(run.out().contains("packets:    4\n"), run.out());
        assertTrue(run.out().contains("time:       2026-01-01 01:00:00.000000000 to 2026-01-01 01:00:03.000000000\n"),
                run.out());
    }

    @Test
    void shouldEndQuietlyIfNobodyReads() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new StandardOutput.ClosedException(new IOException("Broken pipe"));
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = QueryMain.run(closed, new PrintStream(err), "query", "--index", one.directory().toString());
        assertEquals("", err.toString());
        assertEquals(0, code);
    }

    @Test
    void shouldListKindsOfFaultsWithTheirMeaning() {
        List<String> lines = TestIndex.run("fields", "fault").lines();
        assertTrue(lines.size() < 60, () -> lines.size() + " lines");
        assertTrue(lines.contains("  ie-malformed         an IE's value is shorter than its members"), lines::toString);
    }
}
