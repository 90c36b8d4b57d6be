package io.seidex.query.dissect;

import io.seidex.traffic.Bytes;
import io.seidex.traffic.CaptureWriter;
import io.seidex.traffic.GtpIes;
import io.seidex.traffic.PacketBuilder;
import io.seidex.traffic.PfcpIes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A packet of each kind that is shown, built by hand. */
public final class SamplePackets {
    /**
     * @param name of its golden file
     * @param missing how many octets at its end were not captured
     */
    public record Sample(String name, int linkType, byte[] octets, int missing) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final byte[] SMF = Bytes.address("192.0.2.1");
    private static final byte[] UPF = Bytes.address("198.51.100.1");
    private static final byte[] UE = Bytes.address("10.0.0.1");

    private SamplePackets() {}

    /** Every one. */
    public static List<Sample> all() {
        List<Sample> all = new ArrayList<>();
        all.add(ethernet("pfcp-session-establishment", establishment()));
        all.add(ethernet("pfcp-bundle", n4(new PacketBuilder()).pfcp(54, 1, 7).pfcp(52, 2, 8)
                .group(PfcpIes.UPDATE_FAR).u32Ie(108, 1).end()));
        all.add(ethernet("pfcp-vendor-ie", n4(new PacketBuilder()).pfcp(52, 1, 7)
                .ie(0x8001, Bytes.hex("0de9 0102 0304")).ie(0x8123, Bytes.hex("ffff cafe")).u8Ie(19, 1).end()));
        all.add(ethernet("pfcp-unknown-ie", n4(new PacketBuilder()).pfcp(52, 1, 7)
                .ie(30000, Bytes.hex("0102030405")).ie(30001, new byte[0]).u8Ie(19, 1).end()));
        all.add(ethernet("pfcp-unknown-message", n4(new PacketBuilder()).pfcp(200, 1, 7).u8Ie(19, 65).end()));
        all.add(ethernet("pfcp-malformed-ie", malformed()));
        all.add(ethernet("pfcp-text", n4(new PacketBuilder()).pfcp(52, 1, 7)
                .ie(22, "évil\u001b[2J\nname".getBytes(StandardCharsets.UTF_8))
                .ie(22, Bytes.hex("ff fe 41")).ie(30000, new byte[300]).end()));
        all.add(ethernet("pfcp-incomplete-text", n4(new PacketBuilder()).pfcp(50, 1, 7)
                .ie(2, Bytes.hex("0014 0001 00  0016 0028 08696e7465726e6574066d6e"))
                .ie(2, Bytes.hex("0014 0001 00  0016 0028 696e7465726e"))
                .ie(141, Bytes.hex("01 08 00010121")).hex("009f 001e 08696e7465726e65").end()));
        byte[] whole = establishment().toBytes();
        all.add(new Sample("pfcp-cut", CaptureWriter.ETHERNET, whole, 60));
        all.add(new Sample("pfcp-cut-header", CaptureWriter.ETHERNET, whole, whole.length - 50));
        all.add(ethernet("vlan-ipv6", new PacketBuilder().ethernet().vlan(0x88A8, 200).vlan(100)
                .ipv6("2001:db8::1", "2001:db8::2").extension(0, Bytes.hex("0502 0000 0100")).udp(8805, 8805)
                .pfcp(1, 7).u32Ie(96, 0xED000000).end()));
        all.add(new Sample("sll", CaptureWriter.SLL, n4Ip(new PacketBuilder().sll()).pfcp(1, 7).end().toBytes(), 0));
        all.add(new Sample("sll2", CaptureWriter.SLL2, n4Ip(new PacketBuilder().sll2()).pfcp(1, 7).end().toBytes(), 0));
        all.add(ethernet("gtpv2-create-session", createSession()));
        all.add(new Sample("gtpv2-cut", CaptureWriter.ETHERNET, createSession().toBytes(), 25));
        all.add(ethernet("gtpv2-malformed-ie", gtpc(new PacketBuilder()).gtpv2(32, 0, 7)
                .hex("5d 0011 00  49 0001 00 05  57 0019 00 c0 01020304 c00002").hex("48 0008 00 00000001 00000002")
                .hex("5d 0040 01  49 0001 00 06  47 0009 00 03696d").end()));
        all.add(ethernet("gtpv2-unknown-ie", gtpc(new PacketBuilder()).gtpv2(34, 1, 7)
                .gtpv2Ie(250, 3, Bytes.hex("0102")).gtpv2Ie(87, 1, Bytes.hex("81 0102")).end()));
        all.add(ethernet("gtpv1-create-pdp-context", gtpc(new PacketBuilder()).gtp(16, 0, 7)
                .hex("02 00010100000000f0 0f fc 10 01020304 11 01020305 14 05 1a 0800")
                .hex("80 0002 f121 83 0009 08696e7465726e6574 85 0004 c0000201 85 0004 c0000202 86 0007 91 214365870900")
                .end()));
        all.add(ethernet("gtpv1-qos-tft", gtpc(new PacketBuilder()).gtp(18, 0x01020304, 8)
                .hex("87 0011 02 0b921f 7196fefe 7444fe44 11 4afa4a00 99 0002 8a01")
                .hex("89 0017 31 110510 10 0a000001ffffff00 30 11 41 00010400 030101").end()));
        all.add(ethernet("gtpv0-create-pdp-context", new PacketBuilder().ethernet().ipv4("192.0.2.1", "198.51.100.1")
                .udp(3386, 3386).hex("1e10 0030 0001 1234 ff ffffff 1254769810325476")
                .hex("06 0b921f 0e05 0ffc 10 1234 11 2345 80 0002 f121 83 0009 08696e7465726e6574")
                .hex("85 0004 c0000201 86 0007 91214365870900").end()));
        all.add(ethernet("gtpv1-unknown-tv", gtpc(new PacketBuilder()).gtp(17, 1, 7).hex("01 80 7e 0102 0304").end()));
        all.add(ethernet("gtpu-extension-header", new PacketBuilder().ethernet().ipv4("192.0.2.1", "198.51.100.1")
                .udp(2152, 2152).gtpPdu(0x01020304, 1, 9).ipv4("10.0.0.1", "203.0.113.1").udp(40000, 53)
                .hex("cafe").end()));
        all.add(ethernet("gtpu-error-indication", new PacketBuilder().ethernet().ipv4("192.0.2.1", "198.51.100.1")
                .udp(2152, 2152).gtp(26, 0, 1).hex("10 01020304 85 0004 c0000201").end()));
        all.add(ethernet("gtpprime", new PacketBuilder().ethernet().ipv4("192.0.2.1", "198.51.100.1").udp(3386, 3386)
                .hex("0ff1 0007 0001 01 80 fd 0002 0001").hex("00").end()));
        all.add(ethernet("tcp", new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.9").tcp(80, 1024, 1, 0x18)
                .text("GET /").end()));
        all.add(ethernet("icmp-quote", new PacketBuilder().ethernet().ipv4("10.0.0.9", "10.0.0.1").icmp(3, 3, 0)
                .ipv4("10.0.0.1", "10.0.0.9").udp(8805, 8805).pfcp(1, 7).u32Ie(96, 1).end()));
        all.add(ethernet("gre", new PacketBuilder().ethernet().ipv4("10.0.0.9", "10.0.0.1").protocol(47)
                .hex("2000 0800 0000002a").ipv4("192.0.2.1", "198.51.100.1").udp(8805, 8805).pfcp(1, 7).end()));
        all.add(ethernet("mpls", new PacketBuilder().ethernet().etherType(0x8847).hex("000100ff 000211ff")
                .ipv4("192.0.2.1", "198.51.100.1").udp(8805, 8805).pfcp(1, 7).end()));
        all.add(ethernet("vxlan", new PacketBuilder().ethernet().ipv4("10.0.0.9", "10.0.0.1").udp(40000, 4789)
                .hex("08000000 00006400").ethernet().ipv4("192.0.2.1", "198.51.100.1").udp(8805, 8805).pfcp(1, 7)
                .end()));
        all.add(ethernet("arp", new PacketBuilder().ethernet().arp(UE, UPF).end()));
        all.add(ethernet("ipv4-fragment", new PacketBuilder().ethernet()
                .ipv4(SMF, UPF, 7, 0x2000).protocol(17).hex("2265 2265 0100 0000 0102 0304").end()));
        all.add(new Sample("unknown-link-type", 147, Bytes.hex("0102030405"), 0));
        return all;
    }

    private static Sample ethernet(String name, PacketBuilder packet) {
        return new Sample(name, CaptureWriter.ETHERNET, packet.toBytes(), 0);
    }

    private static PacketBuilder n4(PacketBuilder p) {
        return n4Ip(p.ethernet());
    }

    private static PacketBuilder n4Ip(PacketBuilder p) {
        return p.ip(SMF, UPF).udp(8805, 8805);
    }

    private static PacketBuilder gtpc(PacketBuilder p) {
        return p.ethernet().ip(SMF, UPF).udp(2123, 2123);
    }

    private static PacketBuilder establishment() {
        PacketBuilder p = n4(new PacketBuilder()).pfcp(50, 0, 7);
        PfcpIes.nodeId(p, SMF);
        PfcpIes.fSeid(p, 0x14000000000001L, SMF);
        p.group(PfcpIes.CREATE_PDR);
        PfcpIes.pdrId(p, 1);
        PfcpIes.precedence(p, 255);
        p.group(PfcpIes.PDI);
        PfcpIes.sourceInterface(p, 0);
        PfcpIes.fTeid(p, 0x01020304, UPF);
        PfcpIes.networkInstance(p, Bytes.labels("internet.mnc001"));
        PfcpIes.ueIpAddress(p, UE, 0);
        PfcpIes.sdfFilter(p);
        p.end();
        PfcpIes.farId(p, 1);
        p.end();
        p.group(PfcpIes.CREATE_QER);
        PfcpIes.qerId(p, 1);
        PfcpIes.mbr(p, 100_000, 200_000);
        PfcpIes.qfi(p, 9);
        p.end();
        PfcpIes.userId(p, Bytes.tbcd("001010123456789"));
        PfcpIes.apnDnn(p, Bytes.labels("internet"));
        return p.end();
    }

    /** An F-TEID without its address, a group that ends within an element, an element that exceeds its message. */
    private static PacketBuilder malformed() {
        return n4(new PacketBuilder()).pfcp(52, 1, 7)
                .ie(21, Bytes.hex("01 0102 0304"))
                .ie(PfcpIes.UPDATE_FAR, Bytes.hex("006c 0004 0000 0001 002c 0009 02"))
                .u8Ie(19, 1)
                .hex("0038 0004 01")
                .end();
    }

    private static PacketBuilder createSession() {
        PacketBuilder p = gtpc(new PacketBuilder()).gtpv2(32, 0, 7);
        GtpIes.imsi(p, Bytes.tbcd("001010123456789"));
        GtpIes.msisdn(p, Bytes.tbcd("491701234567"));
        GtpIes.servingNetwork(p);
        GtpIes.ratType(p);
        GtpIes.fTeid(p, 0, 10, 0x01020304, SMF);
        GtpIes.fTeid(p, 1, 7, 0x01020305, UPF);
        GtpIes.apn(p, Bytes.labels("internet"));
        GtpIes.paa(p, UE);
        GtpIes.ambr(p, 1000, 2000);
        p.gtpv2Ie(GtpIes.BEARER_CONTEXT, 0);
        GtpIes.ebi(p, 5);
        GtpIes.bearerQos(p, 9);
        p.end();
        GtpIes.recovery(p, 3);
        return p.end();
    }
}
