package io.seidex.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.Dictionaries;
import io.seidex.octets.Octets;
import io.seidex.traffic.Bytes;
import io.seidex.traffic.PacketBuilder;
import io.seidex.traffic.Traffic;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Packets and every value that is handed over for them, in order; {@code :=} marks what the document keeps as its own. */
class ExtractionTest {
    private static final int ETHERNET = 1;
    private static final int RAW = 101;
    private static final int ROUNDS = 20_000;
    private static final int PACKETS = 300;
    private static final int CAPTURE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int MOST_VALUES_AN_OCTET = 4;

    @Test
    void shouldHandOverATunnelledPacketAsFurtherOccurrences() {
        byte[] packet = new PacketBuilder().ipv6("2001:db8::1", "2001:db8::2").udp(40_000, 2152).gtpPdu(7, 0, 9)
                .ipv4("10.45.0.2", "10.0.0.9").udp(1000, 53).hex("01020304").toBytes();
        assertEquals(
                List.of(
                        "frame.protocols=raw",
                        "frame.protocols=ipv6",
                        "ipv6.src=2001:db8::1",
                        "ipv6.dst=2001:db8::2",
                        "communityid=1:O+hTqdznn9adQ3adtET60JfZyyg=",
                        "udp.srcport:=40000",
                        "udp.dstport:=2152",
                        "frame.protocols=udp",
                        "frame.protocols=gtp",
                        "gtp.message:=0xff",
                        "gtp.teid:=0x00000007",
                        "gtp.ext_hdr.pdu_ses_con.qos_flow_id=9",
                        "frame.protocols=ip",
                        "ip.src=10.45.0.2",
                        "ip.dst=10.0.0.9",
                        "communityid=1:F/d23Sb9/9guSUfpYhgkiUEMih4=",
                        "udp.srcport=1000",
                        "udp.dstport=53",
                        "frame.protocols=udp"),
                values(RAW, packet));
        List<String> alone = values(RAW,
                new PacketBuilder().ipv4("10.45.0.2", "10.0.0.9").udp(1000, 53).hex("01020304").toBytes());
        assertEquals(alone.get(4), values(RAW, packet).get(15),
                "the flow's ID is the same within a tunnel and outside");
    }

    @Test
    void shouldHandOverAnEstablishmentInPacketOrder() {
        byte[] packet = pfcp(b -> b.pfcp(50, 0, 1000)
                .ie(60, Bytes.hex("00 0a000001"))
                .ie(57, Bytes.hex("02 0014000000000001 0a000001"))
                .group(1)
                .u16Ie(56, 1)
                .group(2)
                .u8Ie(20, 0)
                .ie(21, Bytes.hex("01 00000011 0a000002"))
                .ie(22, Bytes.hex("08 696e7465726e6574"))
                .ie(93, Bytes.hex("02 0a2d0002"))
                .end()
                .u32Ie(108, 0x8000_0002)
                .end()
                .ie(141, Bytes.hex("0f 08 00010121436587f9 02 21f3 06 644345678912 03 6e6169"))
                .ie(159, Bytes.hex("03 696d73")));
        assertEquals(
                List.of(
                        "frame.protocols=raw",
                        "frame.protocols=ip",
                        "ip.src=10.0.0.1",
                        "ip.dst=10.0.0.2",
                        "communityid=1:COMxEjw0wjs9n2+6OWo1Lbun/4M=",
                        "udp.srcport:=8805",
                        "udp.dstport:=8805",
                        "frame.protocols=udp",
                        "frame.protocols=pfcp",
                        "pfcp.msg_type:=50",
                        "pfcp.seid:=0x0000000000000000",
                        "pfcp.seqno:=1000",
                        "pfcp.ie_type=60",
                        "pfcp.node_id_ipv4=10.0.0.1",
                        "pfcp.ie_type=57",
                        "pfcp.seid=0x0014000000000001",
                        "pfcp.f_seid.ipv4=10.0.0.1",
                        "seid.endpoint=10.0.0.1,0x0014000000000001",
                        "pfcp.ie_type=1",
                        "pfcp.ie_type=56",
                        "pfcp.pdr_id=1",
                        "pfcp.ie_type=2",
                        "pfcp.ie_type=20",
                        "pfcp.source_interface=0",
                        "pfcp.ie_type=21",
                        "pfcp.f_teid.teid=0x00000011",
                        "pfcp.f_teid.ipv4_addr=10.0.0.2",
                        "teid.endpoint=10.0.0.2,0x00000011",
                        "pfcp.ie_type=22",
                        "pfcp.network_instance=internet",
                        "pfcp.ie_type=93",
                        "pfcp.ue_ip_addr_ipv4=10.45.0.2",
                        "pfcp.ie_type=108",
                        "pfcp.far_id=2",
                        "pfcp.ie_type=141",
                        "e212.imsi=001010123456789",
                        "pfcp.user_id.imei=123",
                        "e164.msisdn=463454769821",
                        "pfcp.user_id.nai=nai",
                        "pfcp.ie_type=159",
                        "pfcp.apn_dnn=ims"),
                values(RAW, packet));
    }

    @Test
    void shouldHandOverEveryKindOfNodeAndAddress() {
        String six = "20010db8000000000000000000000001";
        assertEquals(
                List.of(
                        "pfcp.node_id_ipv6=2001:db8::1",
                        "pfcp.node_id_fqdn=upf.example",
                        "pfcp.seid=0xffffffffffffffff",
                        "pfcp.f_seid.ipv4=10.0.0.1",
                        "seid.endpoint=10.0.0.1,0xffffffffffffffff",
                        "pfcp.f_seid.ipv6=2001:db8::1",
                        "seid.endpoint=2001:db8::1,0xffffffffffffffff",
                        "pfcp.f_teid.teid=0x00000011",
                        "pfcp.f_teid.ipv4_addr=10.0.0.2",
                        "teid.endpoint=10.0.0.2,0x00000011",
                        "pfcp.f_teid.ipv6_addr=2001:db8::1",
                        "teid.endpoint=2001:db8::1,0x00000011",
                        "pfcp.outer_hdr_creation.teid=0x00000022",
                        "pfcp.outer_hdr_creation.ipv4=10.0.0.9",
                        "teid.endpoint=10.0.0.9,0x00000022",
                        "pfcp.ue_ip_addr_ipv6=2001:db8::1",
                        "pfcp.recovery_time_stamp=Sep  5, 2023 14:00:19.000000000 UTC",
                        "pfcp.cause=64",
                        "pfcp.offending_ie=21",
                        "pfcp.report_type=DLDR",
                        "pfcp.report_type=USAR",
                        "pfcp.usage_report_trigger=VOLTH",
                        "pfcp.usage_report_trigger=TERMR",
                        "pfcp.usage_report_trigger=UPINT"),
                elements(
                        Bytes.hex("003c 0011 01" + six),
                        Bytes.hex("003c 000d 02 03757066 076578616d706c65"),
                        Bytes.hex("0039 001d 03 ffffffffffffffff 0a000001" + six),
                        Bytes.hex("0015 0019 03 00000011 0a000002" + six),
                        // The peer's end of a tunnel, to which packets are sent.
                        Bytes.hex("0054 000a 0100 00000022 0a000009"),
                        Bytes.hex("005d 0011 01" + six),
                        Bytes.hex("0060 0004 e8a1b2f3"),
                        Bytes.hex("0013 0001 40"),
                        Bytes.hex("0028 0002 0015"),
                        Bytes.hex("0027 0001 03"),
                        // A flag that nobody has named, and an octet behind those that are known.
                        Bytes.hex("003f 0004 02 08 a0 ff"),
                        Bytes.hex("003f 0000")));
    }

    @Test
    void shouldMakeNoEndpointOfNobodysIdentifiers() {
        assertEquals(
                List.of(
                        "pfcp.seid=0x0000000000000000",
                        "pfcp.f_seid.ipv4=10.0.0.1",
                        "pfcp.f_teid.teid=0x00000000",
                        "pfcp.f_teid.ipv4_addr=10.0.0.2"),
                elements(Bytes.hex("0039 000d 02 0000000000000000 0a000001"),
                        Bytes.hex("0015 0009 01 00000000 0a000002")));
        // CH: the UP function is asked to choose.
        assertEquals(List.of(), elements(Bytes.hex("0015 0002 0d 01")));
    }

    @Test
    void shouldGoOnBehindWhatIsMalformed() {
        assertEquals(
                List.of("pfcp.seid=0x0000000000000001", "pfcp.cause=1",
                        "fault=pfcp:ie-malformed"),
                elements(Bytes.hex("0039 0009 02 0000000000000001"), Bytes.hex("0038 0001 00"),
                        Bytes.hex("0013 0001 01")));
        // A trigger without its second octet.
        assertEquals(List.of("pfcp.usage_report_trigger=VOLTH", "fault=pfcp:ie-malformed"),
                elements(Bytes.hex("003f 0001 02")));
        assertEquals(List.of("pfcp.usage_report_trigger=VOLTH"), elements(Bytes.hex("003f 0002 02 00")));
        assertEquals(List.of("pfcp.cause=1"),
                elements(Bytes.hex("0039 0000"), Bytes.hex("0038 0000"), Bytes.hex("0013 0001 01")));
    }

    @Test
    void shouldHandOverWhatIsThereOfAnElementThatExceedsItsGroup() {
        byte[] packet = pfcp(b -> b.pfcp(52, 0, 1)
                .hex("0001 0016  0038 0002 0001  0015 0019 03 00000011 0a000002 20010d")
                .hex("0013 0001 01  009f 0009 03616263"));
        List<String> values = values(RAW, packet);
        assertEquals(
                List.of("pfcp.ie_type=1", "pfcp.ie_type=56", "pfcp.pdr_id=1", "pfcp.ie_type=21",
                        "pfcp.f_teid.teid=0x00000011", "pfcp.f_teid.ipv4_addr=10.0.0.2",
                        "teid.endpoint=10.0.0.2,0x00000011",
                        // A name that is cut is another one.
                        "pfcp.ie_type=19", "pfcp.cause=1", "pfcp.ie_type=159", "fault=pfcp:ie-overrun"),
                values.subList(12, values.size()));
        assertEquals(List.of("pfcp.enterprise_ie=32769", "pfcp.cause=1", "fault=pfcp:ie-malformed"),
                elements(Bytes.hex("8001 0001 0a"), Bytes.hex("0013 0001 01")));
    }

    @Test
    void shouldHandOverWhatWasCapturedOfAGroup() {
        byte[] packet = pfcp(b -> b.pfcp(50, 0, 1).group(1).u16Ie(56, 1)
                .group(2).u8Ie(20, 1).ie(21, Bytes.hex("01 00000011 0a000002")).end().end());
        List<String> values = values(RAW, Arrays.copyOf(packet, packet.length - 2), packet.length);
        assertEquals(
                List.of("pfcp.ie_type=1", "pfcp.ie_type=56", "pfcp.pdr_id=1", "pfcp.ie_type=2",
                        "pfcp.ie_type=20", "pfcp.source_interface=1", "pfcp.ie_type=21", "pfcp.f_teid.teid=0x00000011"),
                values.subList(12, values.size()).stream().filter(line -> !line.startsWith("fault=")).toList());
        assertTrue(values.stream().noneMatch(line -> line.contains("ie-")), values::toString);
    }

    @Test
    void shouldMakeNoEndpointOfAGsnAddressThatIsCut() {
        byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtp(17, 0x99, 7)
                .hex("01 80  11 00000011  85 0010 20010db8").toBytes();
        assertEquals(
                List.of("gtp.ie_type=1", "gtp.cause=128", "gtp.ie_type=17", "gtp.teid_cp=0x00000011", "gtp.ie_type=133",
                        "fault=gtp:ie-overrun"),
                values(RAW, packet).subList(12, 18));
    }

    @Test
    void shouldKeepOnlyTheFirstMessagesHeader() {
        byte[] packet = pfcp(b -> b.pfcp(52, 1, 7).pfcp(54, 2, 8).u8Ie(19, 1));
        assertEquals(
                List.of(
                        "frame.protocols=pfcp",
                        "pfcp.msg_type:=52",
                        "pfcp.seid:=0x0000000000000001",
                        "pfcp.seqno:=7",
                        "frame.protocols=pfcp",
                        "pfcp.msg_type=54",
                        "pfcp.seid=0x0000000000000002",
                        "pfcp.seqno=8",
                        "pfcp.ie_type=19",
                        "pfcp.cause=1",
                        "messages:=2"),
                values(RAW, packet).subList(8, 19));
    }

    @Test
    void shouldMarkQuotedValuesAndKeepThemOutOfExchanges() {
        byte[] quote = pfcp(b -> b.pfcp(50, 3, 9).ie(57, Bytes.hex("02 0000000000000001 0a000001")));
        byte[] packet = new PacketBuilder().ipv4("10.0.0.2", "10.0.0.1").icmp(3, 3, 0).octets(quote).toBytes();
        assertEquals(
                List.of(
                        "frame.protocols=raw",
                        "frame.protocols=ip",
                        "ip.src=10.0.0.2",
                        "ip.dst=10.0.0.1",
                        "communityid=1:LhjXG72oBqb/FpYqPl9LboG4/B4=",
                        "frame.protocols=icmp",
                        "frame.protocols=ip",
                        "quoted=ip",
                        "ip.src=10.0.0.1",
                        "ip.dst=10.0.0.2",
                        "frame.protocols=udp",
                        "quoted=udp",
                        "udp.srcport=8805",
                        "udp.dstport=8805",
                        "frame.protocols=pfcp",
                        "quoted=pfcp",
                        "pfcp.msg_type=50",
                        "pfcp.seid=0x0000000000000003",
                        "pfcp.seqno=9",
                        "pfcp.ie_type=57",
                        "pfcp.seid=0x0000000000000001",
                        "pfcp.f_seid.ipv4=10.0.0.1"),
                values(RAW, packet));
    }

    @Test
    void shouldNameALinkTypeThatIsNotDecoded() {
        assertEquals(
                List.of("frame.protocols=frame", "frame.link_type=147", "fault=frame:link-type-unknown"),
                values(147, new byte[] {1, 2, 3}));
    }

    @Test
    void shouldHandOverTunnels() {
        byte[] user = new PacketBuilder().ipv6("2001:db8::1", "2001:db8::2").udp(2152, 2152).gtp(255, 0x11).hex("4500")
                .toBytes();
        assertEquals(
                List.of(
                        "frame.protocols=gtp",
                        "gtp.message:=0xff",
                        "gtp.teid:=0x00000011"),
                values(RAW, user).subList(8, 11));
        byte[] control = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtpv2(32, 0x22, 5).toBytes();
        assertEquals(
                List.of(
                        "frame.protocols=gtpv2",
                        "gtpv2.message_type:=32",
                        "gtpv2.teid:=0x00000022",
                        "gtpv2.seq:=0x000005"),
                values(RAW, control).subList(8, 12));
    }

    @Test
    void shouldHandOverACreateSession() {
        byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtpv2(32, 0, 5)
                .hex("01 0008 00 00010121436587f9  4c 0006 00 214365870921  4b 0008 00 5300000000000010")
                // Location: TAI and ECGI of 001/01, then the serving network 001/01 and the radio access.
                .hex("56 000d 00 18 00f110 0007 00f110 00012345  53 0003 00 00f110  52 0001 00 06")
                .hex("57 0009 00 8a 00000011 0a000001  57 0009 01 87 00000000 0a000003  47 0004 00 03696d73")
                .hex("4f 0016 00 03 40 20010db8000000000000000000000001 0a2d0002")
                .hex("5d 000a 00 49 0001 00 05 5e 0001 00 07").hex("02 0006 00 49 00 57 0000 01").toBytes();
        assertEquals(
                List.of(
                        "e212.imsi=001010123456789",
                        "e164.msisdn=123456789012",
                        "gtpv2.mei=3500000000000001",
                        "e212.tai.mcc=1",
                        "e212.tai.mnc=1",
                        "gtpv2.tai_tac=0x0007",
                        "e212.ecgi.mcc=1",
                        "e212.ecgi.mnc=1",
                        "gtpv2.ecgi_eci=74565",
                        "e212.mcc=1",
                        "e212.mnc=1",
                        "gtpv2.rat_type=6",
                        "gtpv2.f_teid_interface_type=10",
                        "gtpv2.f_teid_gre_key=0x00000011",
                        "gtpv2.f_teid_ipv4=10.0.0.1",
                        "teid.endpoint=10.0.0.1,0x00000011",
                        "gtpv2.f_teid_interface_type=7",
                        "gtpv2.f_teid_gre_key=0x00000000",
                        "gtpv2.f_teid_ipv4=10.0.0.3",
                        "gtpv2.apn=ims",
                        "gtpv2.pdn_ipv6_len=64",
                        "gtpv2.pdn_addr_and_prefix.ipv6=2001:db8::1",
                        "gtpv2.pdn_addr_and_prefix.ipv4=10.45.0.2",
                        "gtpv2.ebi=5",
                        "gtpv2.cause=73",
                        "gtpv2.cause_off_ie_t=87",
                        // The Charging ID within the Bearer Context ends too early, and only it.
                        "fault=gtpv2:ie-malformed"),
                behindHeaders(packet, "gtpv2.seq", "gtpv2.ie_type"));
    }

    @Test
    void shouldHandOverAnNrCell() {
        byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtpv2(34, 1, 5)
                .hex("d9 0008 00 130014 f123456789").toBytes();
        assertEquals(List.of("e212.nrcgi.mcc=310", "e212.nrcgi.mnc=410", "gtpv2.ncgi_nrci=0x0000000123456789"),
                behindHeaders(packet, "gtpv2.seq", "gtpv2.ie_type="));
    }

    @Test
    void shouldHandOverTheTrackingAreaOfEveryTarget() {
        byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtpv2(133, 1, 5)
                .hex("79 0009 00 01 00f110 000001 0007  79 000a 00 03 00f110 00000001 0008")
                .hex("79 0009 00 04 00f110 000001 0009  79 000b 00 08 00f110 56 00000001 000a").toBytes();
        assertEquals(List.of("gtpv2.tai_tac=0x0007", "gtpv2.tai_tac=0x0008", "gtpv2.tai_tac=0x0009",
                "gtpv2.tai_tac=0x000a"),
                behindHeaders(packet, "gtpv2.seq", "gtpv2.ie_type=").stream().filter(line -> line.contains("tac"))
                        .toList());
    }

    @Test
    void shouldHandOverTheQosFlowOfAPduSet() {
        for (int type : new int[] {0x04, 0x86}) {
            byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2152, 2152)
                    .hex("34 ff 000c 00000001 0000 00").u8(type).hex("02 00 2400 00 0000 00").toBytes();
            assertTrue(values(RAW, packet).contains("gtp.ext_hdr.pdu_ses_con.qos_flow_id=9"),
                    values(RAW, packet).toString());
        }
    }

    @Test
    void shouldHandOverWhereAUserOfGtpV1Is() {
        byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtp(16, 0x99, 7)
                .hex("98 000d 82 00f110 0007 00f110 00012345  98 000f 89 00f110 000008 00f110 0123456789").toBytes();
        assertEquals(
                List.of("e212.tai.mcc=1", "e212.tai.mnc=1", "gtp.tac=7", "e212.ecgi.mcc=1", "e212.ecgi.mnc=1",
                        "gtpv2.ecgi_eci=74565", "e212.5gstai.mcc=1", "e212.5gstai.mnc=1", "gtpv2.5gs_tac=8",
                        "e212.nrcgi.mcc=1", "e212.nrcgi.mnc=1", "gtpv2.ncgi_nrci=0x0000000123456789"),
                behindHeaders(packet, "gtp.seq_number", "gtp.ie_type"));
    }

    @Test
    void shouldHandOverCausesOfOtherProtocols() {
        byte[] one = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtp(51, 0x99, 7)
                .hex("0b 01 15 02 b0 0001 03").toBytes();
        assertEquals(
                List.of("gtp.map_cause=1", "gtp.ranap_cause=2", "gtp.bssgp_cause=3"),
                behindHeaders(one, "gtp.seq_number", "gtp.ie_type"));
        byte[] two = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtpv2(36, 1, 5)
                .hex("38 0001 00 01  ac 0002 00 10 02  ac 0002 00 20 03  ac 0002 00 30 04  ac 0003 00 40 0105")
                .hex("ac 0003 00 50 0106").toBytes();
        assertEquals(
                List.of("gtpv2.srvcc_cause=1", "gtpv2.CauseRadioNetwork=2", "gtpv2.ran_nas.emm_cause=3",
                        "gtpv2.ran_nas.esm_cause=4", "gtpv2.ran_nas.diameter_cause=261",
                        "gtpv2.ran_nas.ikev2_cause=262"),
                behindHeaders(two, "gtpv2.seq", "gtpv2.ie_type"));
    }

    @Test
    void shouldHandOverTunnelsOfOtherElements() {
        byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtpv2(137, 1, 5)
                .hex("3b 0004 00 00000011  5b 000a 00 05 04 0a000001 00000022  84 0007 00 01 0a000002 0001")
                .hex("84 0007 00 21 13d62002 0001").toBytes();
        assertEquals(
                List.of("gtpv2.teid_c=0x00000011", "gtpv2.ebi=5", "gtpv2.sgw_addr_ipv4=10.0.0.1",
                        "gtpv2.sgw_s1u_teid=0x00000022", "teid.endpoint=10.0.0.1,0x00000022",
                        "gtpv2.fq_csid_ipv4=10.0.0.2",
                        "gtpv2.fq_csid_mcc_mnc=81250", "gtpv2.fq_csid_node_id=2"),
                behindHeaders(packet, "gtpv2.seq", "gtpv2.ie_type"));
    }

    @Test
    void shouldHandOverThePdpContextOfAUser() {
        byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtp(51, 0x99, 7)
                .hex("82 002c 05 00 00 00 00 0001 0002 03 04 00000011 00000022 01 01 21 04 0a2d0002")
                .hex("04 0a000001 04 0a000002 04 03696d73 0000").toBytes();
        assertEquals(
                List.of("gtp.nsapi=5", "gtp.uplink_teid_cp=0x00000011", "gtp.uplink_teid_data=0x00000022",
                        "gtp.pdp_address.ipv4=10.45.0.2", "gtp.ggsn_address_for_control_plane.ipv4=10.0.0.1",
                        "teid.endpoint=10.0.0.1,0x00000011", "gtp.ggsn_address_for_user_traffic.ipv4=10.0.0.2",
                        "teid.endpoint=10.0.0.2,0x00000022", "gtp.apn=ims"),
                behindHeaders(packet, "gtp.seq_number", "gtp.ie_type"));
    }

    @Test
    void shouldHandOverTheTunnelsOfRadioNetworkControllers() {
        byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtp(54, 0x99, 7)
                .hex("8c 0009 05 00000011 0a000001  92 0015 06 00000022 20010db8000000000000000000000001")
                .hex("8c 0005 07 00000033").toBytes();
        assertEquals(
                List.of("gtp.nsapi=5", "gtp.teid_data=0x00000011", "teid.endpoint=10.0.0.1,0x00000011", "gtp.nsapi=6",
                        "gtp.teid=0x00000022", "teid.endpoint=2001:db8::1,0x00000022", "gtp.nsapi=7",
                        "gtp.teid_data=0x00000033"),
                behindHeaders(packet, "gtp.seq_number", "gtp.ie_type"));
    }

    @Test
    void shouldHandOverAnMsisdnThatIsNotInternational() {
        byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtp(16, 0x99, 7)
                .hex("86 0005 91 21436587  86 0005 81 21436587  93 0003 91 2143  93 0003 81 2143").toBytes();
        assertEquals(List.of("e164.msisdn=12345678", "e164.msisdn=12345678", "e164.msisdn=1234"),
                behindHeaders(packet, "gtp.seq_number", "gtp.ie_type"));
    }

    @Test
    void shouldHandOverBothTypesOfAnExtendedElement() {
        byte[] one = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtp(16, 0x99, 7)
                .hex("ee 0003 0101 ff  ee 0003 0102 ff").toBytes();
        assertEquals(List.of("gtp.ie_type=257", "gtp.ie_type=238", "gtp.ie_type=258", "gtp.ie_type=238"),
                behindHeaders(one, "gtp.seq_number", "none"));
        byte[] two = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtpv2(32, 1, 5)
                .hex("fe 0003 00 0101 ff").toBytes();
        assertEquals(List.of("gtpv2.ie_type=257", "gtpv2.ie_type=254"), behindHeaders(two, "gtpv2.seq", "none"));
    }

    @Test
    void shouldHandOverATextThatIsEmptyUnlessItIsCut() {
        // APN and Relative Capacity: capacity, length of the APN, APN.
        byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtpv2(32, 1, 5)
                .hex("b8 0002 00 05 00").toBytes();
        assertEquals(List.of("gtpv2.apn="), behindHeaders(packet, "gtpv2.seq", "gtpv2.ie_type"));
        byte[] whole = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtpv2(32, 1, 5)
                .hex("b8 0006 00 05 04 03696d73").toBytes();
        List<String> cut = values(RAW, Arrays.copyOf(whole, whole.length - 4), whole.length);
        assertFalse(cut.stream().anyMatch(line -> line.startsWith("gtpv2.apn")), cut.toString());
    }

    @Test
    void shouldHandOverPrefixesInterfacesAndReports() {
        String six = "20010db8000000000000000000000001";
        assertEquals(List.of("pfcp.ue_ip_addr_ipv6=2001:db8::1", "pfcp.ue_ip_addr_ipv6_prefix=8",
                "pfcp.ue_ip_addr_ipv6_prefix_length=56"),
                elements(Bytes.hex("005d 0013 49"), Bytes.hex(six), Bytes.hex("08 38")));
        assertEquals(List.of("pfcp.node_report_type=UPFR", "pfcp.node_report_type=N6DR"),
                elements(Bytes.hex("0065 0001 41")));
        assertEquals(List.of("pfcp.node_id_ipv4=10.0.0.1", "pfcp.dst_interface=2"),
                elements(Bytes.hex("0067 0008 06 0a000001 0001 02")));
        assertEquals(List.of("pfcp.source_interface=1"), elements(Bytes.hex("0074 0002 40 01")));
        assertEquals(List.of("pfcp.qfi_value=0x09"), elements(Bytes.hex("002d 0002 02 09")));
        assertEquals(List.of("pfcp.header_handling_control_rule_id=9"), elements(Bytes.hex("0175 0001 09")));
        assertEquals(List.of("pfcp.q_csid_node_id.ipv4=10.0.0.1"), elements(Bytes.hex("0041 0007 01 0a000001 0001")));
    }

    @Test
    void shouldFindTheEquipmentOfAnMmContext() {
        byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtpv2(133, 0, 5)
                .hex("6b 0058 00 90 00 11 000001 000002").octets(new byte[64]).hex("05")
                .hex("02 e0e0 00 08 5300000000000010 00").toBytes();
        // An MM context of EPS: two counts, Kasme, NH and NCC, the capabilities, and the MEI.
        assertEquals(List.of("gtpv2.mei=3500000000000001"), behindHeaders(packet, "gtpv2.seq", "gtpv2.ie_type="));
    }

    @Test
    void shouldJoinAddressesOfAPdpContextWithTheirTeids() {
        byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2123, 2123).gtp(17, 0x99, 7)
                .hex("01 80  10 00000022  11 00000011  14 05  7f 00000fff  80 0016 f18d 0a2d0002")
                .hex("20010db8000000000000000000000001  85 0004 0a000001  85 0004 0a000002")
                .hex("85 0010 20010db8000000000000000000000002  85 0010 20010db8000000000000000000000003")
                .hex("86 0007 91 214365870921  97 0001 02  9a 0008 5300000000000010  ff 0003 000a 00").toBytes();
        assertEquals(
                List.of(
                        "gtp.cause=128",
                        "gtp.teid_data=0x00000022",
                        "gtp.teid_cp=0x00000011",
                        "gtp.nsapi=5",
                        "gtp.chrg_id=0x00000fff",
                        "gtp.user_ipv4=10.45.0.2",
                        "gtp.user_ipv6=2001:db8::1",
                        "gtp.gsn_ipv4=10.0.0.1",
                        "teid.endpoint=10.0.0.1,0x00000011",
                        "gtp.gsn_ipv4=10.0.0.2",
                        "teid.endpoint=10.0.0.2,0x00000022",
                        "gtp.gsn_ipv6=2001:db8::2",
                        "teid.endpoint=2001:db8::2,0x00000011",
                        "gtp.gsn_ipv6=2001:db8::3",
                        "teid.endpoint=2001:db8::3,0x00000022",
                        "e164.msisdn=123456789012",
                        "gtp.ext_rat_type=2",
                        "gtp.ext_imeisv=3500000000000001",
                        "gtp.ext_id=10"),
                behindHeaders(packet, "gtp.seq_number", "gtp.ie_type"));
    }

    @Test
    void shouldJoinTheAddressOfAnErrorIndicationWithItsTeid() {
        byte[] packet = new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(2152, 2152).gtp(26, 0, 7)
                .hex("10 00000022  85 0004 0a000001").toBytes();
        assertEquals(
                List.of("gtp.teid_data=0x00000022", "gtp.gsn_ipv4=10.0.0.1", "teid.endpoint=10.0.0.1,0x00000022"),
                behindHeaders(packet, "gtp.seq_number", "gtp.ie_type"));
    }

    @Test
    void shouldIndexWhatAVendorsDictionaryNamesAsAField() {
        Dictionaries dictionaries = Dictionaries.builtIn().extendedBy("vendor.ies", """
                protocol pfcp
                ie 9:32787 Subscriber = length:u8; imsi:tbcd[length]
                    -> imsi=e212.imsi
                """);
        FieldText text = new FieldText();
        byte[] packet = pfcp(b -> b.pfcp(52, 1, 1).octets(Bytes.hex("8013 0009 0009 06 001021436587")));
        extract(Extraction.forIndexing(dictionaries), RAW, packet, text);
        assertEquals("000112345678", text.joined(PacketSchema.IMSI));
    }

    @Test
    void shouldTellVendorsElements() {
        assertEquals(
                List.of("pfcp.enterprise_ie=32787", "pfcp.enterprise_id=9"), elements(Bytes.hex("8013 0003 0009 ff")));
    }

    @Test
    void shouldHandOverEachElementTypeOnceForIndexing() {
        byte[] packet = pfcp(b -> b.pfcp(52, 1, 1).u16Ie(56, 1).u16Ie(56, 2).pfcp(52, 2, 2).u16Ie(56, 3));
        FieldText text = new FieldText();
        Extraction extraction = Extraction.forIndexing(Dictionaries.builtIn());
        for (int round = 0; round < 2; round++) {
            text.clear();
            extract(extraction, RAW, packet, text);
            assertEquals("56", text.joined(PacketSchema.PFCP_IE_TYPE));
            assertEquals("1,2,3", text.joined(PacketSchema.PFCP_PDR_ID));
        }
    }

    @Test
    void shouldSurviveWhateverComes() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        byte[][] packets = packets("every-interface", seed);
        Extraction extraction = Extraction.forPrinting(Dictionaries.builtIn());
        FieldText text = new FieldText();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] real = packets[random.nextInt(packets.length)];
            byte[] content =
                    Arrays.copyOf(real, random.nextInt(3) == 0 ? random.nextInt(real.length + 1) : real.length);
            for (int i = random.nextInt(5); i-- > 0 && content.length > 0;) {
                content[random.nextInt(content.length)] = (byte) random.nextInt();
            }
            try {
                text.clear();
                extract(extraction, ETHERNET, content, text);
                int most = MOST_VALUES_AN_OCTET * content.length + PacketSchema.builtIn().fields().size();
                assertTrue(text.lines().size() <= most, "more values than octets can hold");
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("-Dseed=" + seed + " " + Bytes.hex(content), e);
            }
        }
    }

    @Test
    void shouldGiveEveryFieldANameOfItsOwn() {
        assertEquals(
                PacketSchema.builtIn().fields().size(),
                new HashSet<>(PacketSchema.builtIn().fields().stream().map(IndexField::name).toList()).size());
        for (IndexField field : PacketSchema.builtIn().fields()) {
            assertEquals(PacketSchema.builtIn().fields().indexOf(field), field.ordinal());
            assertEquals(field, PacketSchema.builtIn().field(field.name()).orElseThrow());
            assertEquals(field.kind() == IndexField.Kind.LABEL, !PacketSchema.builtIn().labels(field).isEmpty());
        }
    }

    /** The packets of a plan of the generator. */
    static byte[][] packets(String name, long seed) {
        byte[] capture = Traffic.named(name, seed).capture(io.seidex.traffic.CaptureFormat.PCAP_BIG, PACKETS);
        byte[][] packets = new byte[PACKETS][];
        int at = CAPTURE_HEADER;
        for (int i = 0; i < packets.length; i++) {
            int length = ByteBuffer.wrap(capture).getInt(at + 8);
            packets[i] = Arrays.copyOfRange(capture, at + RECORD_HEADER, at + RECORD_HEADER + length);
            at += RECORD_HEADER + length;
        }
        return packets;
    }

    private static byte[] pfcp(java.util.function.UnaryOperator<PacketBuilder> messages) {
        return messages.apply(new PacketBuilder().ipv4("10.0.0.1", "10.0.0.2").udp(8805, 8805)).toBytes();
    }

    /** What is handed over for elements, but for their types. */
    private static List<String> elements(byte[]... elements) {
        byte[] packet = pfcp(b -> b.pfcp(52, 0, 1).octets(Bytes.join(elements)));
        List<String> values = values(RAW, packet);
        return values.subList(12, values.size()).stream()
                .filter(line -> !line.startsWith("pfcp.ie_type="))
                .toList();
    }

    /** What is handed over behind the value of a field, but for the types of elements. */
    private static List<String> behindHeaders(byte[] packet, String last, String types) {
        List<String> values = values(RAW, packet);
        int begin = 0;
        while (!values.get(begin).startsWith(last)) {
            begin++;
        }
        return values.subList(begin + 1, values.size()).stream()
                .filter(line -> !line.startsWith(types))
                .toList();
    }

    private static List<String> values(int linkType, byte[] packet) {
        return values(linkType, packet, packet.length);
    }

    private static List<String> values(int linkType, byte[] packet, int original) {
        FieldText text = new FieldText();
        extract(Extraction.forPrinting(Dictionaries.builtIn()), linkType, packet, original, text);
        return text.lines();
    }

    private static void extract(Extraction extraction, int linkType, byte[] content, ValueSink sink) {
        extract(extraction, linkType, content, content.length, sink);
    }

    private static void extract(
            Extraction extraction, int linkType, byte[] content, int original, ValueSink sink) {
        Packet packet = new Packet();
        try (Octets octets = Octets.of(content)) {
            new PacketDecoder().decode(octets, 0, content.length, original, linkType, packet);
            extraction.extract(octets, packet, sink);
        }
    }
}
