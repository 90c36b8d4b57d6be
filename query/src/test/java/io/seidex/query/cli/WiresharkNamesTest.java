package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.query.TestIndex;
import io.seidex.query.TestIndex.Run;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.PacketBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and labels that depend on what stands beside a value, as Wireshark 4.0 gives them. */
class WiresharkNamesTest {
    private static final String GTPV1 = "32 10 00 0f 00 00 00 01 00 01 00 00 ";

    @TempDir
    Path home;

    private Path capture(PacketBuilder... packets) {
        CaptureBuilder builder = CaptureBuilder.pcap();
        for (PacketBuilder packet : packets) {
            builder.packet(packet);
        }
        return builder.write(home.resolve("a.pcap"));
    }

    private static PacketBuilder datagram(int port, String payload) {
        PacketBuilder packet = new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(port, port);
        for (byte octet : HexFormat.of().parseHex(payload.replace(" ", ""))) {
            packet.u8(octet & 255);
        }
        return packet.end();
    }

    /** What is shown under a name. */
    private static List<String> shown(Path capture, String name) {
        Run run = TestIndex.run("show", capture.toString());
        assertEquals(0, run.code(), run::err);
        List<String> lines = new ArrayList<>(run.lines());
        lines.removeIf(line -> !line.endsWith(" " + name));
        lines.replaceAll(line -> line.replaceFirst("^ *\\d+(\\.\\.\\d+)? ", "").replace(name, "").strip());
        return lines;
    }

    @Test
    void shouldNameInternationalNumbersApart() {
        Path capture = capture(datagram(2123, GTPV1 + "86 00 07 91 64 07 21 43 65 87"),
                datagram(2123, GTPV1 + "86 00 07 81 64 07 21 43 65 87"),
                datagram(2123, GTPV1 + "86 00 07 92 64 07 21 43 65 87"),
                datagram(2123, GTPV1 + "93 00 07 91 64 07 21 43 65 87"));
        assertEquals(List.of("Digits: 467012345678", "Digits: 467012345678"), shown(capture, "e164.msisdn"));
        assertEquals(List.of("Digits: 467012345678", "Digits: 467012345678"),
                shown(capture, "gsm_map.address.digits"));
        TestIndex index = TestIndex.of(home.resolve("index"), capture);
        assertEquals(List.of("1", "2", "3", "4"),
                index.query("e164.msisdn == \"467012345678\"", "-T", "fields", "-e", "frame.number").lines(),
                "an MSISDN is found whatever its numbering");
    }

    @Test
    void shouldShowTheLengthOfAnExtensionHeaderThatLies() {
        Path capture = capture(datagram(2152, "34 ff 00 08 00 00 00 05 00 00 00 85 00 09 00 00"),
                datagram(2152, "34 ff 00 08 00 00 00 05 00 00 00 85 ff 09 00 00"));
        TestIndex index = TestIndex.of(home.resolve("index"), capture);
        assertEquals(List.of("0", "255"), index.query("-T", "fields", "-e", "gtp.ext_hdr.length").lines());
        String fault = "! extension-malformed: an extension header of length 0 or beyond the message";
        assertEquals(List.of(fault, fault), shown(capture, "fault"));
        for (String frame : List.of(":1", ":2")) {
            List<String> lines = TestIndex.run("show", capture + frame).lines();
            int at = lines.indexOf(" 54..58     PDU Session Container (133)");
            assertTrue(lines.get(at + 1).contains(fault), () -> String.join("\n", lines));
            assertTrue(lines.get(at + 2).contains("090000"), () -> String.join("\n", lines));
        }
    }

    @Test
    void shouldSayThatAChainOfExtensionHeadersIsCutOffByItsMessage() {
        Path capture = capture(datagram(2152, "34 ff 00 04 00 00 00 05 00 00 00 85"));
        List<String> lines = TestIndex.run("show", capture.toString()).lines();
        assertEquals(1, shown(capture, "fault").size(), () -> String.join("\n", lines));
    }

    @Test
    void shouldNotReadAFlowFromAContainerOfAnUnknownPduType() {
        Path capture = capture(datagram(2152, "34 ff 00 08 00 00 00 05 00 00 00 85 01 50 09 00"),
                datagram(2152, "34 ff 00 08 00 00 00 05 00 00 00 85 01 10 09 00"),
                datagram(2152, "34 ff 00 08 00 00 00 05 00 00 00 84 01 50 09 00"));
        TestIndex index = TestIndex.of(home.resolve("index"), capture);
        assertEquals(List.of("1,5,,", "1,1,9,", "1,,,5"), index.query("-T", "fields", "-E", "separator=,",
                "-e", "gtp.ext_hdr.length", "-e", "gtp.ext_hdr.pdu_ses_con.pdu_type",
                "-e", "gtp.ext_hdr.pdu_ses_con.qos_flow_id", "-e", "nrup.pdu_type").lines());
        assertEquals(List.of("2"), index.query("gtp.ext_hdr.pdu_ses_con.qos_flow_id == 9",
                "-T", "fields", "-e", "frame.number").lines());
        assertEquals(List.of("1"), index.query("gtp.ext_hdr.pdu_ses_con.pdu_type == 5",
                "-T", "fields", "-e", "frame.number").lines());
        assertEquals(List.of("0101 .... = PDU Type: 5", "0001 .... = PDU Type: UL (1)"),
                shown(capture, "gtp.ext_hdr.pdu_ses_con.pdu_type"));
        assertEquals(List.of("Octets: 09", "Octets: 09"), shown(capture, "undescribed"));
    }

    @Test
    void shouldKnowVendorsAndPriorities() {
        Path capture = capture(datagram(8805, "20 05 00 0b 00 00 01 00 81 2c 00 03 00 09 01"),
                new PacketBuilder().ethernet().vlan(0x5005).ipv4("10.0.0.1", "10.0.0.2").end());
        assertEquals(List.of("010. .... .... .... = Priority: Excellent Effort (2)"),
                shown(capture, "vlan.priority"));
        Run json = TestIndex.run("show", "-T", "json", capture.toString());
        assertTrue(json.out().contains("\"field\":\"pfcp.enterprise_id\",\"title\":\"Enterprise ID\","
                + "\"value\":\"9\",\"label\":\"ciscoSystems\""), json::out);
    }

    @Test
    void shouldCallSpareBitsByTheirElementWhereWiresharkHasNoName() {
        Path capture = capture(new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(8805, 8805)
                .pfcp(50, 1, 1).u8Ie(25, 0xF0).u8Ie(42, 0x10).end());
        assertEquals(List.of("1111 .... = Spare: 15"), shown(capture, "pfcp.gate_status.gate.spare"));
        assertEquals(List.of("0001 .... = Spare: 1"), shown(capture, "pfcp.spare_h1"));
    }
}
