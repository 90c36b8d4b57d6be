package io.seidex.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.dictionary.Dictionaries;
import io.seidex.octets.Octets;
import io.seidex.traffic.Bytes;
import io.seidex.traffic.PacketBuilder;
import io.seidex.traffic.Traffic;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Layers, how much of each may be read, and faults: {@code layer[octets]marks}, then {@code !layer:fault}. */
class PacketDecoderTest {
    private static final int ETHERNET = 1;
    private static final int RAW = 101;
    private static final int ROUNDS = 20_000;
    private static final int LONGEST = 200;
    private static final String HEARTBEAT = "20 01 000c 000001 00 0060 0004 00000001";
    private static final String SESSION = "21 34 000c 0000000000000001 0003e8 00";

    @Test
    void shouldPeelLinkLayers() {
        assertEquals("eth[58] ip[44] udp[24] pfcp[16]", layers(ETHERNET, on(new PacketBuilder().ethernet())));
        assertEquals(
                "eth[66] ieee8021ad[52] vlan[48] ip[44] udp[24] pfcp[16]",
                layers(ETHERNET, on(new PacketBuilder().ethernet().vlan(0x88A8, 7).vlan(8))));
        assertEquals("sll[60] ip[44] udp[24] pfcp[16]", layers(113, on(new PacketBuilder().sll())));
        assertEquals("sll[64] ip[44] udp[24] pfcp[16]", layers(276, on(new PacketBuilder().sll2())));
        assertEquals("null[48] ip[44] udp[24] pfcp[16]", layers(0, on(new PacketBuilder().loopback())));
        for (int linkType : new int[] {12, 14, 101, 228, 229}) {
            assertEquals("raw[44] ip[44] udp[24] pfcp[16]", layers(linkType, on(new PacketBuilder())));
        }
        assertEquals("null[28] ip[24] esp[4]",
                layers(108, "00000002 4500 0018 0001 0000 40 32 0000 0a000001 0a000002 00000000"));
        assertEquals("frame[3] !frame:link-type-unknown", layers(147, "010203"));
        assertEquals("eth[14]", layers(ETHERNET, "020000000002 020000000001 88cc"));
        assertEquals("eth[18] arp[4] !arp:header-truncated",
                layers(ETHERNET, "020000000002 020000000001 0806 00010800"));
        assertEquals(" !eth:header-truncated", layers(ETHERNET, "0200"));
    }

    @Test
    void shouldFollowVlanTagsOfAnyDepthAndType() {
        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            tags.append("8100 0001 88a8 0002 9100 0003 9200 0004");
        }
        String packet = "020000000002 020000000001" + tags + "0800" + Bytes.hex(on(new PacketBuilder()));
        assertTrue(layers(ETHERNET, packet).endsWith(" vlan[48] ip[44] udp[24] pfcp[16]"));
        assertEquals(1 + 400 + 3, layers(ETHERNET, packet).split(" ").length);
    }

    @Test
    void shouldReadLlcFramesUpToTheirLength() {
        String ip = Bytes.hex(on(new PacketBuilder()));
        String addresses = "020000000002 020000000001 ";
        assertEquals("eth[72] llc[52] ip[44] udp[24] pfcp[16]",
                layers(ETHERNET, addresses + "0034 aaaa03 000000 0800" + ip + "000000000000"));
        assertEquals("eth[61] llc[47] ip[44] udp[24] pfcp[16]", layers(ETHERNET, addresses + "002f 060603" + ip));
        assertEquals("eth[66] llc[52]", layers(ETHERNET, addresses + "0034 aaaa03 00000c 0800" + ip));
        assertEquals(
                "eth[66] llc[52] ip[44] udp[24] pfcp[16] !eth:payload-truncated",
                layers(ETHERNET, addresses + "0578 aaaa03 000000 0800" + ip));
        assertEquals("eth[70] vlan[56] llc[52] ip[44] udp[24] pfcp[16]",
                layers(ETHERNET, addresses + "8100 0005 0034 aaaa03 000000 0800" + ip));
        assertEquals("eth[62] llc[48] ip[44] udp[24] pfcp[16]", layers(ETHERNET, addresses + "0030 fefe03 cc" + ip));
        assertEquals("eth[17]", layers(ETHERNET, addresses + "0003 ffff00"), "a frame without LLC");
        assertEquals("eth[58]", layers(ETHERNET, addresses + "05dd" + ip), "neither a length nor a type");
    }

    @Test
    void shouldLetTheSmallerLengthWin() {
        assertEquals("raw[44] ip[30] udp[10] !pfcp:header-truncated",
                layers(RAW, ipv4("001e", 0, udp("000a", HEARTBEAT))));
        assertEquals("raw[44] ip[44] udp[20] pfcp[12] !pfcp:payload-truncated",
                layers(RAW, ipv4("002c", 0, udp("0014", HEARTBEAT))));
        assertEquals("raw[50] ip[44] udp[24] pfcp[16]",
                layers(RAW, ipv4("002c", 0, udp("0018", HEARTBEAT)) + "000000000000"));
        assertEquals("raw[44] ip[44] udp[24] pfcp[16] !ip:payload-truncated",
                layers(RAW, ipv4("012c", 0, udp("0018", HEARTBEAT))));
        assertEquals("raw[44] ip[44] udp[24] pfcp[16] !udp:payload-truncated",
                layers(RAW, ipv4("002c", 0, udp("0118", HEARTBEAT))));
        // A total length of 0 is left to the network card.
        assertEquals("raw[44] ip[44] udp[24] pfcp[16]", layers(RAW, ipv4("0000", 0, udp("0018", HEARTBEAT))));
        assertEquals("raw[44] ip[4]cut !ip:length-impossible", layers(RAW, ipv4("000a", 0, udp("0018", HEARTBEAT))));
        assertEquals("raw[44] ip[44] udp[24] !udp:length-impossible",
                layers(RAW, ipv4("002c", 0, udp("0000", HEARTBEAT))));
        assertEquals("raw[44] ip[44] udp[24]cut !udp:length-impossible",
                layers(RAW, ipv4("002c", 0, udp("0007", HEARTBEAT))));
        assertEquals("raw[64] ipv6[64] udp[24] pfcp[16]", layers(RAW, ipv6("0018", 17, udp("0000", HEARTBEAT))));
        assertEquals(
                "raw[64] ipv6[40] udp[0]cut !udp:header-truncated",
                layers(RAW, ipv6("0000", 17, udp("0018", HEARTBEAT))));
    }

    @Test
    void shouldSayThatTheHeaderOfTcpIsCutOrImpossible() {
        String ip = "00000000 4006 0000 0a000001 0a000002";
        String ports = "0050 0051 00000001 00000002 ";
        assertEquals("raw[40] ip[40] tcp[20]", layers(RAW, "45000028" + ip + ports + "5010 0000 0000 0000"));
        assertEquals("raw[40] ip[40] tcp[20] !tcp:header-truncated",
                layers(RAW, "45000028" + ip + ports + "6010 0000 0000 0000"), "options that are not there");
        assertEquals("raw[40] ip[40] tcp[20] !tcp:length-impossible",
                layers(RAW, "45000028" + ip + ports + "4010 0000 0000 0000"));
        assertEquals("raw[35] ip[35] tcp[15] !tcp:header-truncated",
                layers(RAW, "45000023" + ip + ports + "5010 00"));
    }

    @Test
    void shouldSayThatAddressesOfArpAreNotThere() {
        String arp = "ffffffffffff 020000000001 0806 0001 0800 ";
        String addresses = "020000000001 0a000001 000000000000 0a000002";
        assertEquals("eth[42] arp[28]", layers(ETHERNET, arp + "06 04 0001" + addresses));
        assertEquals("eth[42] arp[28] !arp:payload-truncated", layers(ETHERNET, arp + "06 24 0001" + addresses));
        assertEquals("eth[20] arp[6] !arp:header-truncated", layers(ETHERNET, arp + "06 04"));
    }

    @Test
    void shouldKnowWhatACaptureCutOff() {
        byte[] whole = on(new PacketBuilder());
        assertEquals("raw[40] ip[40] udp[20] pfcp[12] !pfcp:payload-truncated",
                layers(RAW, Arrays.copyOf(whole, 40), 44));
        assertEquals("raw[34] ip[34] udp[14] pfcp[6]cut !pfcp:header-truncated",
                layers(RAW, Arrays.copyOf(whole, 34), 44));
        assertEquals("raw[28] ip[28] udp[8]", layers(RAW, Arrays.copyOf(whole, 28), 44));
        assertEquals("raw[24] ip[24] udp[4]cut !udp:header-truncated", layers(RAW, Arrays.copyOf(whole, 24), 44));
        assertEquals("raw[17] ip[17]cut !ip:header-truncated", layers(RAW, Arrays.copyOf(whole, 17), 44));
        assertEquals("raw[0] ip[0]cut !ip:header-truncated", layers(RAW, new byte[0], 44));
    }

    @Test
    void shouldStepOverIpv6ExtensionHeaders() {
        for (int kind : new int[] {0, 43, 60, 135, 139, 140}) {
            assertEquals(
                    "raw[72] ipv6[72] udp[24] pfcp[16]",
                    layers(RAW, ipv6("0020", kind, "11 00 0104 00000000" + udp("0018", HEARTBEAT))),
                    "extension " + kind);
        }
        assertEquals(
                "raw[88] ipv6[88] ah[40] udp[24] pfcp[16]",
                layers(RAW, ipv6("0030", 60,
                        "33 00 0104 00000000 11 02 0000 00000001 00000002 00000000" + udp("0018", HEARTBEAT))));
        assertEquals(
                "raw[72] ipv6[72] udp[24] pfcp[16]",
                layers(RAW, ipv6("0020", 44, "11 00 0000 00000007" + udp("0018", HEARTBEAT))),
                "an atomic fragment");
        assertEquals(
                "raw[72] ipv6[72] !ipv6:header-truncated",
                layers(RAW, ipv6("0020", 60, "11 ff 0104 00000000" + udp("0018", HEARTBEAT))));
        assertEquals(
                "raw[72] ipv6[72] udp[24] pfcp[16] !ipv6:payload-truncated",
                layers(RAW, ipv6("0000", 0, "11 00 c204 00010000" + udp("0018", HEARTBEAT))),
                "a jumbogram of which most is missing");
        assertEquals(
                "raw[56] ip[56] ah[36] udp[24] pfcp[16]",
                layers(RAW, "4500 0038 0001 0000 40 33 0000 0a000001 0a000002 11 01 0000 00000001 00000002"
                        + udp("0018", HEARTBEAT)));
    }

    @Test
    void shouldLeaveFragmentsToReassembly() {
        assertEquals("raw[44] ip[44]fragment", layers(RAW, ipv4("002c", 0x2000, udp("0018", HEARTBEAT))));
        assertEquals("raw[44] ip[44]fragment", layers(RAW, ipv4("002c", 0x0010, udp("0018", HEARTBEAT))));
        assertEquals("raw[72] ipv6[72]fragment",
                layers(RAW, ipv6("0020", 44, "11 00 0001 00000007" + udp("0018", HEARTBEAT))));
        assertEquals("raw[72] ipv6[72]fragment",
                layers(RAW, ipv6("0020", 44, "11 00 0010 00000007" + udp("0018", HEARTBEAT))));
        // Of a first fragment that can never be put together, what is there is read.
        assertEquals(
                "raw[44] ip[44]fragment udp[24]fragment pfcp[16]fragment !ip:payload-truncated",
                layers(RAW, ipv4("012c", 0x2000, udp("0018", HEARTBEAT))));
    }

    @Test
    void shouldMarkWhatAnErrorQuotes() {
        String quote = Bytes.hex(on(new PacketBuilder()));
        byte[] error = new PacketBuilder().ipv4("10.0.0.2", "10.0.0.1").icmp(3, 3, 0).hex(quote).toBytes();
        assertEquals("raw[72] ip[72] icmp[52] ip[44]quoted udp[24]quoted pfcp[16]quoted", layers(RAW, error));
        byte[] brief =
                new PacketBuilder().ipv4("10.0.0.2", "10.0.0.1").icmp(11, 0, 0).hex(quote.substring(0, 56)).toBytes();
        assertEquals("raw[56] ip[56] icmp[36] ip[28]quoted udp[8]quoted", layers(RAW, brief));
        byte[] shorter =
                new PacketBuilder().ipv4("10.0.0.2", "10.0.0.1").icmp(11, 0, 0).hex(quote.substring(0, 68)).toBytes();
        assertEquals(
                "raw[62] ip[62] icmp[42] ip[34]quoted udp[14]quoted pfcp[6]quotedcut",
                layers(RAW, shorter),
                "that a quote ends is no fault");
        byte[] echo = new PacketBuilder().ipv4("10.0.0.2", "10.0.0.1").icmp(8, 0, 0).hex(quote).toBytes();
        assertEquals("raw[72] ip[72] icmp[52]", layers(RAW, echo));
        String six = Bytes
                .hex(new PacketBuilder().ipv6("2001:db8::1", "2001:db8::2").udp(40000, 8805).hex(HEARTBEAT).toBytes());
        byte[] tooBig = new PacketBuilder().ipv6("2001:db8::2", "2001:db8::1").icmp(2, 0, 1280).hex(six).toBytes();
        assertEquals("raw[112] ipv6[112] icmpv6[72] ipv6[64]quoted udp[24]quoted pfcp[16]quoted", layers(RAW, tooBig));
    }

    @Test
    void shouldFindEveryPfcpMessage() {
        assertEquals("pfcp[16] pfcp[16]", pfcp("25" + SESSION.substring(2) + SESSION));
        assertEquals("pfcp[16]", pfcp(SESSION + SESSION), "octets behind the last message");
        assertEquals("pfcp[16] !pfcp:header-truncated", pfcp("25" + SESSION.substring(2)),
                "a message that is announced only");
        assertEquals("pfcp[16] pfcp[6]cut !pfcp:header-truncated",
                pfcp("25" + SESSION.substring(2) + "2134 000c 0000"));
        assertEquals("pfcp[16] !pfcp:version-unknown", pfcp("40" + HEARTBEAT.substring(2)));
        assertEquals("pfcp[8]cut !pfcp:length-impossible", pfcp("21 34 0004 0000000000000001 000001 00"));
        assertEquals("!pfcp:header-truncated", pfcp("200100"));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 4_000; i++) {
            many.append("25").append(SESSION.substring(2));
        }
        byte[] packet = new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(8805, 8805).hex(many + SESSION)
                .toBytes();
        assertEquals(3 + 4_001, layers(ETHERNET, packet).split(" ").length);
    }

    @Test
    void shouldAskTheLowerPortFirst() {
        assertEquals("pfcp[16]", application(8805, 40_000, HEARTBEAT));
        assertEquals("pfcp[16]", application(9999, 8805, HEARTBEAT));
        assertEquals("gtpprime[16] !gtpprime:payload-truncated", application(2152, 8805, HEARTBEAT));
        assertEquals("gtpv2[8]", application(8805, 2123, "40 01 0004 000005 00"));
        // Message type 200 is none of GTPv1's.
        assertEquals("pfcp[12]cut !pfcp:header-truncated", application(2152, 8805, "31 c8 0004 00000005 00070000"));
        assertEquals("", application(1234, 40_000, HEARTBEAT));
        assertEquals("", application(53, 8805, HEARTBEAT), "a name server's answer to any port");
        assertEquals("pfcp[16]", application(52, 8805, HEARTBEAT));
        assertEquals("pfcp[16]", application(8805, 8805, HEARTBEAT));
    }

    @Test
    void shouldTellTheVersionsOfGtpApart() {
        assertEquals("gtp[12]", application(40_000, 2152, "32 01 0004 00000000 0007 0000"));
        assertEquals("gtp[20]", application(40_000, 3386, "1e 01 0000 0007 0000 00000000 0000000000000000"));
        assertEquals("gtpprime[6]", application(40_000, 3386, "2e 01 0000 0007"));
        assertEquals("gtpv2[12] gtpv2[12]",
                application(2123, 40_000, "58 21 0008 00000007 000005 00 48 5f 0008 00000008 000006 00"));
        assertEquals("gtpv2[12]",
                application(2123, 40_000, "48 21 0008 00000007 000005 00 48 5f 0008 00000008 000006 00"));
        assertEquals("", application(40_000, 2123, "60 01 0004 000005 00"));
        assertEquals("gtp[12]", application(40_000, 2123, "30 de 0004 0000000a 00000000"),
                "of a type that nobody knows");
        assertEquals("", application(40_000, 2123, "30 de 0005 0000000a 00000000"),
                "nor is it as long as its datagram");
        assertEquals("gtp[8] !gtp:payload-truncated", application(40_000, 2152, "30 ff 0064 0000000a"));
        assertEquals("gtp[2]cut !gtp:header-truncated", application(40_000, 2152, "30 ff"));
        assertEquals("gtp[16] !gtp:extension-malformed",
                application(40_000, 2152, "34 ff 0008 0000000a 000000 85 00 0005 00"));
    }

    @Test
    void shouldBelieveMessagesOfTypesThatAreDeclared() {
        String behind = "00 11 22";
        String message = "30 de 0004 0000000a 00000000";
        String other = "30 df 0004 0000000a 00000000";
        String prime = "2e dd 0008 0007 0000";
        DeclaredProtocols declared = Dictionaries.builtIn().extendedBy("ours.ies",
                "protocol gtp\nmessage 222 Ours\nprotocol gtpprime\nmessage 221 Theirs\n").declared();
        assertEquals("gtp[12]", udp(declared, 2123, message));
        assertEquals("gtp[12]", udp(declared, 2123, message + behind), "shorter than its datagram");
        assertEquals("gtp[9] !gtp:payload-truncated", udp(declared, 2123, message.substring(0, 22)), "cut");
        assertEquals("", udp(declared, 2123, other + behind), "another type");
        assertEquals("gtpprime[8] !gtpprime:payload-truncated", udp(declared, 3386, prime));
        assertEquals("", udp(DeclaredProtocols.builtIn(), 2123, message + behind));
        assertEquals("", udp(DeclaredProtocols.builtIn(), 3386, prime));
    }

    private static String udp(DeclaredProtocols declared, int port, String payload) {
        byte[] content = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(40_000, port).hex(payload).toBytes();
        Packet packet = new Packet();
        try (Octets octets = Octets.of(content)) {
            new PacketDecoder(declared).decode(octets, 0, content.length, content.length, RAW, packet);
        }
        return text(packet).replaceFirst("raw\\S* ip\\S* udp\\S*", "").strip();
    }

    @Test
    void shouldReadOtherLinkLayers() {
        String ip = Bytes.hex(on(new PacketBuilder()));
        String found = " ip[44] udp[24] pfcp[16]";
        String snap = "aaaa03 000000 0800";
        String addresses = "020000000002 020000000001";
        String wlan = "0802 0000 020000000001 020000000002 020000000003 1000";
        assertEquals("ppp[48]" + found, layers(9, "ff03 0021" + ip));
        assertEquals("ppp[45]" + found, layers(50, "21" + ip));
        assertEquals("ppp[47]" + found, layers(204, "00 ff03 21" + ip));
        assertEquals("ppp[52] mpls[48]" + found, layers(9, "ff03 0281 000101ff" + ip));
        assertEquals("ppp[48] chdlc[48]" + found, layers(9, "8f00 0800" + ip));
        assertEquals("pppoes[52] ppp[46]" + found, layers(51, "1100 0001 002e 0021" + ip));
        assertEquals("chdlc[48]" + found, layers(104, "0f00 0800" + ip));
        assertEquals("fr[48]" + found, layers(107, "0401 03cc" + ip));
        assertEquals("fr[54]" + found, layers(107, "0401 03 00 80 000000 0800" + ip));
        assertEquals("fr[48]" + found, layers(107, "0401 0800" + ip));
        assertEquals("fr[67] eth[58]" + found, layers(107, "0401 0380 0080c2 0007" + addresses + "0800" + ip));
        assertEquals("fddi[65] llc[52]" + found, layers(10, "50" + addresses + snap + ip));
        assertEquals("tr[66] llc[52]" + found, layers(6, "1040" + addresses + snap + ip));
        assertEquals("arcnet[50]" + found, layers(7, "0102 d4 00 0001" + ip));
        assertEquals("arcnet[52]" + found, layers(129, "0102 0000 d4 00 0001" + ip));
        assertEquals("ipoib[88]" + found, layers(242, "00".repeat(40) + "0800 0000" + ip));
        assertEquals("llc[52]" + found, layers(100, snap + ip));
        assertEquals("llc[68] eth[58]" + found,
                layers(100, "aaaa03 0080c2 0007 0000" + addresses + "0800" + ip));
        assertEquals("atm[56] llc[52]" + found, layers(123, "02000064" + snap + ip));
        assertEquals("wlan[76] llc[52]" + found, layers(105, wlan + snap + ip));
        assertEquals("wlan[76]", layers(105, wlan.replace("0802", "0842") + snap + ip), "protected");
        assertEquals("wlan[76]", layers(105, wlan.replace("1000", "1100") + snap + ip), "not the first fragment");
        assertEquals("radiotap[84] wlan[76] llc[52]" + found,
                layers(127, "0000 0800 00000000" + wlan + snap + ip));
        assertEquals("radiotap[89] wlan[80] llc[52]" + found,
                layers(127, "0000 0900 02000000 20" + wlan.replace("0802", "8802") + "0000 0000" + snap + ip));
        assertEquals("prism[220] wlan[76] llc[52]" + found,
                layers(119, "44000000 90000000" + "00".repeat(136) + wlan + snap + ip));
        assertEquals("wlancap[140] wlan[76] llc[52]" + found,
                layers(119, "80211001 00000040" + "00".repeat(56) + wlan + snap + ip));
        assertEquals("ppi[84] wlan[76] llc[52]" + found, layers(192, "0000 0800 69000000" + wlan + snap + ip));
        assertEquals("nflog[52]" + found, layers(239, "02 00 0000 3000 0900" + ip));
        assertEquals("nflog[60]" + found, layers(239, "02 00 0000 0500 0a00 00 000000 3000 0900" + ip));
        assertEquals("pktap[70] eth[58]" + found,
                layers(258, "0c000000 01000000 01000000" + addresses + "0800" + ip));
        assertEquals("juniper[62] eth[58]" + found, layers(178, "4d4743 00" + addresses + "0800" + ip));
        assertEquals("juniper[66] eth[58]" + found,
                layers(178, "4d4743 80 0002 0102" + addresses + "0800" + ip));
        assertEquals("sll[62] ppp[46]" + found, layers(113, "0000 0200 0000 0000000000000000 0007 0021" + ip));
        assertEquals("null[48] ppp[48]" + found, layers(0, "ff03 0021" + ip));
    }

    @Test
    void shouldReadTagsBehindEthernet() {
        String ip = Bytes.hex(on(new PacketBuilder()));
        String found = " ip[44] udp[24] pfcp[16]";
        String addresses = "020000000002 020000000001";
        assertEquals("eth[76] ieee8021ah[62]" + found,
                layers(ETHERNET, addresses + "88e7 00000007" + addresses + "0800" + ip));
        assertEquals("eth[64] vntag[50]" + found, layers(ETHERNET, addresses + "8926 00010002 0800" + ip));
        assertEquals("eth[66] cmd[52]" + found, layers(ETHERNET, addresses + "8909 0101 0001 0007 0800" + ip));
        assertEquals("eth[90] macsec[76]" + found,
                layers(ETHERNET, addresses + "88e5 2000 00000001 0200000000010001 0800" + ip + "00".repeat(16)));
        assertEquals("eth[80] macsec[66]",
                layers(ETHERNET, addresses + "88e5 2c00 00000001 0200000000010001 0800" + ip + "00".repeat(6)));
        assertEquals("eth[72] eth[58]" + found, layers(ETHERNET, addresses + "6558" + addresses + "0800" + ip));
        assertEquals("eth[66] mpls[52] mpls[48]" + found, layers(ETHERNET, addresses + "8847 00010000 000111ff" + ip));
        assertEquals("eth[66] pppoes[52] ppp[46]" + found,
                layers(ETHERNET, addresses + "8864 1100 0001 002e 0021" + ip));
        assertEquals("eth[20] pppoed[6]", layers(ETHERNET, addresses + "8863 1109 0000 0000"));
        assertEquals("eth[66] nsh[52]" + found.replace("]", "]inner"),
                layers(ETHERNET, addresses + "894f 0fc20201 00000100" + ip));
    }

    @Test
    void shouldGuessWhatStandsBehindALabelStack() {
        String ip = Bytes.hex(on(new PacketBuilder()));
        String frame = "000000000002 020000000001 0800" + ip;
        String found = " eth[58]inner ip[44]inner udp[24]inner pfcp[16]inner";
        assertEquals("pwethcw[62]inner" + found, behindLabel("00000000" + frame));
        assertEquals("pwethcw[62]inner" + found, behindLabel("00000005" + frame));
        assertEquals(found.strip(), behindLabel(frame), "without a control word");
        assertEquals(found.strip(), behindLabel(frame.replaceFirst("00", "aa")));
        assertEquals("", behindLabel("aa" + "00".repeat(30)));
        assertEquals("pwethcw[31]inner eth[27]inner llc[13]inner", behindLabel("00".repeat(4)
                + "020000000002 020000000001 000d aaaa03 00000c 0000 0102030405"));
        assertEquals("ip[44] udp[24] pfcp[16]", behindLabel("1000 0021" + ip), "an associated channel");
        assertEquals("", behindLabel(""));
        assertEquals("", behindLabel("1000 0007 01"));
    }

    @Test
    void shouldReadTunnelsOfTheNetworkLayer() {
        String ip = Bytes.hex(on(new PacketBuilder()));
        String datagram = " ip[44]inner udp[24]inner pfcp[16]inner";
        String frame = "020000000002 020000000001 0800" + ip;
        String bridged = " eth[58]inner" + datagram;
        assertEquals(datagram.strip(), behindIp(4, ip));
        assertEquals("ipv6[1]innercut !ipv6:version-unknown", behindIp(41, ip));
        assertEquals("gre[48]" + datagram, behindIp(47, "0000 0800" + ip));
        assertEquals("gre[60]" + datagram, behindIp(47, "b000 0800 00000000 00000007 00000001" + ip));
        assertEquals("gre[64]" + datagram, behindIp(47, "4000 0800 00000000 0800 00 04 01020304 0000 00 00" + ip));
        assertEquals("gre[64] ppp[48]inner" + datagram,
                behindIp(47, "3081 880b 00300001 00000001 00000001 ff03 0021" + ip));
        assertEquals("gre[12]", behindIp(47, "2081 880b 00000001 00000001"), "an acknowledgement alone");
        assertEquals("gre[66]" + bridged, behindIp(47, "2000 6558 00123401" + frame));
        assertEquals("gre[62] erspan[58]inner" + bridged, behindIp(47, "0000 88be" + frame));
        assertEquals("gre[74] erspan[66]inner" + bridged,
                behindIp(47, "1000 88be 00000001 1005 0007 00000000" + frame));
        assertEquals("gre[86] erspan[78]inner" + bridged,
                behindIp(47, "1000 22eb 00000001 2005 0007 00000000 0000 0001 0000000000000000" + frame));
        assertEquals("gre[20] !erspan:version-unknown",
                behindIp(47, "1000 88be 00000001 3005 0007 00000000 00000000"));
        assertEquals("gre[52] mpls[48]inner" + datagram, behindIp(47, "0000 8847 000101ff" + ip));
        assertEquals("gre[52]" + datagram, behindIp(47, "0000 883e 00010203" + ip), "WCCP with a redirect header");
        assertEquals("gre[56] cmd[52]inner" + datagram, behindIp(47, "0000 8909 0800 0101 0001 0007" + ip));
        assertEquals("etherip[60]" + bridged, behindIp(97, "3000" + frame));
        assertEquals(bridged.strip(), behindIp(143, frame));
        assertEquals("mpls[48]" + datagram.replace("inner", ""), behindIp(137, "000101ff" + ip));
        assertEquals("pim[52]" + datagram, behindIp(103, "2100 0000 00000000" + ip));
        assertEquals("pim[8]", behindIp(103, "2000 0000 00000000"));
        assertEquals("ah[68]" + datagram,
                behindIp(51, "04 04 0000 00000001 00000001 000000000000000000000000" + ip));
    }

    @Test
    void shouldReadTunnelsOverUdp() {
        String ip = Bytes.hex(on(new PacketBuilder()));
        String datagram = " ip[44]inner udp[24]inner pfcp[16]inner";
        String frame = "020000000002 020000000001 0800" + ip;
        String bridged = " eth[58]inner" + datagram;
        assertEquals("vxlan[66]" + bridged, application(50_000, 4789, "08000000 00100000" + frame));
        assertEquals("vxlan[66]" + bridged, application(4789, 50_000, "08000000 00100000" + frame));
        assertEquals("vxlan[52]" + datagram, application(50_000, 4790, "0c000001 00100000" + ip));
        assertEquals("geneve[66]" + bridged, application(50_000, 6081, "0000 6558 00100000" + frame));
        assertEquals("geneve[60]" + datagram, application(50_000, 6081, "0200 0800 00100000 0101000100000001" + ip));
        assertEquals("!geneve:header-truncated", application(50_000, 6081, "3f00 0800 00100000" + ip));
        assertEquals("gre[48]" + datagram, application(50_000, 4754, "0000 0800" + ip));
        assertEquals("mpls[48]" + datagram.replace("inner", ""), application(50_000, 6635, "000101ff" + ip));
        assertEquals("l2tp[54] ppp[48]inner" + datagram, application(1701, 1701, "0002 0001 0001 ff03 0021" + ip));
        assertEquals("l2tp[12]", application(1701, 1701, "c802 000c 0001 0000 0000 0000"));
        assertEquals("", application(1701, 1701, "0003 0000 00000001" + ip));
        assertEquals("lisp-data[52]" + datagram, application(50_000, 4341, "0800000000000000" + ip));
        String six = Bytes.hex(new PacketBuilder().ipv6("2001:db8::1", "2001:db8::2").udp(9, 9).hex("00").toBytes());
        assertEquals("teredo[57] ipv6[49]inner udp[9]inner",
                application(50_000, 3544, "0000 1234 0a000001" + six));
        assertEquals("teredo[49] ipv6[49]inner udp[9]inner", application(50_000, 3544, six));
        assertEquals("teredo[4]", application(50_000, 3544, "01020304"));
    }

    @Test
    void shouldReadThePacketOfATunnel() {
        String four = ipv4("0020", 0, "03e8 0009 000c 0000 01020304");
        assertEquals("gtp[40] ip[32]inner udp[12]inner", tunnel("30 ff 0020 0000000a" + four));
        assertEquals("gtp[60] ipv6[52]inner udp[12]inner",
                tunnel("30 ff 0034 0000000a" + ipv6("000c", 17, "03e8 0009 000c 0000 01020304")));
        assertEquals("gtp[48] ip[32]inner udp[12]inner",
                tunnel("34 ff 0028 0000000a 000000 85 01 0005 00" + four), "behind a PDU Session Container");
        assertEquals("gtpprime[38] ip[32]inner udp[12]inner", tunnel("2e ff 0020 0007" + four));
        String frame = "020000000002 020000000001 0800" + four;
        assertEquals("gtp[54] eth[46]inner ip[32]inner udp[12]inner", tunnel("30 ff 002e 0000000a" + frame));
        assertEquals("gtp[26] eth[18]inner arp[4]inner !arp:header-truncated",
                tunnel("30 ff 0012 0000000a 020000000002 020000000001 0806 00010800"));
        String tagged = "020000000002 020000000001 88a8 0007 8100 0064 " + frame.substring(frame.indexOf("0800"));
        assertEquals("gtp[62] eth[54]inner ieee8021ad[40]inner vlan[36]inner ip[32]inner udp[12]inner",
                tunnel("30 ff 0036 0000000a" + tagged));
        assertEquals("gtp[22]", tunnel("30 ff 000e 0000000a 020000000002 020000000001 0800"), "no more than a header");
        assertEquals("gtp[26]", tunnel("30 ff 0012 0000000a 020000000002 020000000001 88cc 02070400"));
        assertEquals("gtp[40]", tunnel("30 fe 0020 0000000a" + four), "an end marker");
        assertEquals("gtp[8]", tunnel("30 ff 0000 0000000a"));
        assertEquals("gtp[30] ip[22]inner udp[2]innercut !ip:payload-truncated !udp:header-truncated",
                tunnel("30 ff 0016 0000000a" + four), "the tunnel grants less than is there");
        assertEquals("gtp[40] ip[32]inner udp[12]inner", tunnel("30 ff 0020 0000000a" + four + "ffffffff"));
    }

    @Test
    void shouldNotCallATunnelledPacketDamagedThatTheCaptureCut() {
        byte[] whole = Bytes.hex(ipv4("0044", 0, "9c40 0868 0030 0000 30 ff 0020 0000000a"
                + ipv4("0020", 0, "03e8 0009 000c 0000 01020304")));
        assertEquals("raw[60] ip[60] udp[40] gtp[32] ip[24]inner udp[4]innercut",
                layers(RAW, Arrays.copyOf(whole, 60), 68));
        assertEquals("raw[40] ip[40] udp[20] gtp[12] ip[4]innercut", layers(RAW, Arrays.copyOf(whole, 40), 68));
        assertEquals("raw[36] ip[36] udp[16] gtp[8]", layers(RAW, Arrays.copyOf(whole, 36), 68));
        assertEquals("raw[30] ip[30] udp[10] gtp[2]cut !gtp:header-truncated",
                layers(RAW, Arrays.copyOf(whole, 30), 68));
    }

    @Test
    void shouldSayThatATcpHeaderIsTooShort() {
        byte[] outer = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").tcp(40_000, 443, 1, 16).toBytes();
        byte[] inner = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(40_000, 2152).gtp(255, 7)
                .ipv4("10.0.0.3", "10.0.0.4").tcp(40_000, 443, 1, 16).toBytes();
        assertEquals("raw[40] ip[40] tcp[20]", layers(RAW, outer));
        outer[20 + 12] = 0x40;
        inner[inner.length - 8] = 0x40;
        assertEquals("raw[40] ip[40] tcp[20] !tcp:length-impossible", layers(RAW, outer));
        assertEquals("raw[76] ip[76] udp[56] gtp[48] ip[40]inner tcp[20]inner !tcp:length-impossible",
                layers(RAW, inner));
    }

    @Test
    void shouldReadMessagesWithinTunnels() {
        byte[] heartbeat = on(new PacketBuilder());
        byte[] twice = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(40_000, 2152).gtp(255, 7)
                .ipv4("10.0.0.3", "10.0.0.4").udp(40_000, 2152).gtp(255, 8).octets(heartbeat).toBytes();
        assertEquals(
                "raw[116] ip[116] udp[96] gtp[88] ip[80]inner udp[60]inner gtp[52]inner ip[44]inner udp[24]inner"
                        + " pfcp[16]inner",
                layers(RAW, twice));
        byte[] quote = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(40_000, 2152).gtp(255, 7)
                .ipv4("10.0.0.4", "10.0.0.3").icmp(3, 1, 0).octets(heartbeat).toBytes();
        assertEquals(
                "raw[108] ip[108] udp[88] gtp[80] ip[72]inner icmp[52]inner ip[44]quotedinner udp[24]quotedinner"
                        + " pfcp[16]quotedinner",
                layers(RAW, quote));
    }

    @Test
    void shouldNotFollowTunnelsForever() {
        String packet = ipv4("0020", 0, "03e8 0009 000c 0000 01020304");
        for (int i = 0; i < PacketDecoder.MAX_TUNNELS + 5; i++) {
            int length = packet.replace(" ", "").length() / 2;
            packet = ipv4("%04x".formatted(length + 36), 0,
                    "9c40 0868 %04x 0000 30 ff %04x 0000000a".formatted(length + 16, length) + packet);
        }
        String found = layers(RAW, packet);
        assertEquals(1 + 3 * (PacketDecoder.MAX_TUNNELS + 1) + 1, found.split(" ").length);
        assertTrue(found.endsWith(" !gtp:too-deep"), found);
    }

    @Test
    void shouldSurviveWhateverComes() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        byte[][] packets = packets(seed);
        int[] linkTypes =
                {0, 1, 6, 7, 9, 10, 12, 50, 51, 100, 101, 104, 105, 107, 108, 113, 119, 123, 127, 129, 147, 163,
                    178, 192, 204, 228, 239, 242, 258, 276};
        PacketDecoder decoder = new PacketDecoder();
        Packet packet = new Packet();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] content = new byte[random.nextInt(LONGEST)];
            int linkType = linkTypes[random.nextInt(linkTypes.length)];
            random.nextBytes(content);
            if (round % 4 != 0) {
                byte[] real = packets[random.nextInt(packets.length)];
                content = Arrays.copyOf(real, random.nextInt(real.length + 1));
                linkType = ETHERNET;
                for (int i = random.nextInt(4); i-- > 0 && content.length > 0;) {
                    content[random.nextInt(content.length)] = (byte) random.nextInt();
                }
            }
            try (Octets octets = Octets.of(content)) {
                decoder.decode(octets, 0, content.length, content.length + random.nextInt(3), linkType, packet);
                assertTrue(packet.count() <= content.length + 2);
                for (int i = 0; i < packet.count(); i++) {
                    assertTrue(packet.at(i) + packet.available(i) <= content.length);
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("-Dseed=" + seed + " link type " + linkType + " " + Bytes.hex(content), e);
            }
        }
    }

    private static byte[][] packets(long seed) {
        byte[] capture = Traffic.named("mixed-core", seed).capture(io.seidex.traffic.CaptureFormat.PCAP_BIG, 200);
        byte[][] packets = new byte[200][];
        int at = 24;
        for (int i = 0; i < packets.length; i++) {
            int length = java.nio.ByteBuffer.wrap(capture).getInt(at + 8);
            packets[i] = Arrays.copyOfRange(capture, at + 16, at + 16 + length);
            at += 16 + length;
        }
        return packets;
    }

    /** A PFCP heartbeat over IPv4 on a link layer. */
    private static byte[] on(PacketBuilder link) {
        return link.ipv4("10.0.0.1", "10.0.0.2").udp(40_000, 8805).hex(HEARTBEAT).toBytes();
    }

    private static String ipv4(String totalLength, int fragment, String payload) {
        return "4500 " + totalLength + " 0001 %04x 40 11 0000 0a000001 0a000002 ".formatted(fragment) + payload;
    }

    private static String ipv6(String payloadLength, int next, String payload) {
        return "60000000 " + payloadLength + " %02x 40 ".formatted(next)
                + "20010db8000000000000000000000001 20010db8000000000000000000000002 " + payload;
    }

    private static String udp(String length, String payload) {
        return "9c40 2265 " + length + " 0000 " + payload;
    }

    private static String pfcp(String payload) {
        return application(40_000, 8805, payload);
    }

    /** What is found behind UDP. */
    private static String application(int source, int destination, String payload) {
        byte[] packet =
                new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(source, destination).hex(payload).toBytes();
        return layers(RAW, packet).replaceFirst("raw\\S* ip\\S* udp\\S*", "").strip();
    }

    /** What is found behind an IPv4 header. */
    private static String behindIp(int protocol, String payload) {
        byte[] packet = new PacketBuilder().ipv4("10.0.0.9", "10.0.0.8").protocol(protocol).hex(payload).toBytes();
        return layers(RAW, packet).replaceFirst("raw\\S* ip\\S*", "").strip();
    }

    /** What is found behind a label on Ethernet. */
    private static String behindLabel(String payload) {
        return layers(ETHERNET, "020000000002 020000000001 8847 000101ff" + payload)
                .replaceFirst("eth\\S* mpls\\S*", "").strip();
    }

    /** What is found behind UDP on the port of GTP's user plane. */
    private static String tunnel(String payload) {
        return application(40_000, 2152, payload);
    }

    private static String layers(int linkType, String hex) {
        byte[] content = Bytes.hex(hex);
        return layers(linkType, content, content.length);
    }

    private static String layers(int linkType, byte[] content) {
        return layers(linkType, content, content.length);
    }

    private static String layers(int linkType, byte[] content, int original) {
        Packet packet = new Packet();
        try (Octets octets = Octets.of(content)) {
            new PacketDecoder().decode(octets, 0, content.length, original, linkType, packet);
        }
        return text(packet);
    }

    private static String text(Packet packet) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < packet.count(); i++) {
            text.append(i == 0 ? "" : " ").append(packet.layer(i).label()).append('[').append(packet.available(i))
                    .append(']');
            text.append(packet.isQuoted(i) ? "quoted" : "").append(packet.isFragment(i) ? "fragment" : "");
            text.append(packet.isInner(i) ? "inner" : "");
            text.append((packet.marks(i) & Packet.CUT) != 0 ? "cut" : "");
        }
        for (int i = 0; i < packet.faults(); i++) {
            text.append(" !").append(packet.faultLayer(i).label()).append(':').append(packet.fault(i).label());
        }
        return text.toString();
    }
}
