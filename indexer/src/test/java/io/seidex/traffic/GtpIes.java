package io.seidex.traffic;

/** The information elements of GTPv2-C that the generator uses, by name, TS 29.274 clause 8. */
public final class GtpIes {
    public static final int BEARER_CONTEXT = 93;

    private GtpIes() {}

    public static void imsi(PacketBuilder p, byte[] tbcd) {
        p.gtpv2Ie(1, 0, tbcd);
    }

    public static void msisdn(PacketBuilder p, byte[] tbcd) {
        p.gtpv2Ie(76, 0, tbcd);
    }

    public static void mei(PacketBuilder p, byte[] tbcd) {
        p.gtpv2Ie(75, 0, tbcd);
    }

    public static void cause(PacketBuilder p, int cause) {
        p.u8(2).u16(2).u8(0).u8(cause).u8(0);
    }

    /** Cause with the IE that was wrong. */
    public static void cause(PacketBuilder p, int cause, int offending) {
        p.u8(2).u16(6).u8(0).u8(cause).u8(0).u8(offending).u16(0).u8(0);
    }

    /** User Location Information of a tracking area and a cell of 001/01. */
    public static void location(PacketBuilder p, int trackingArea, int cell) {
        p.u8(86).u16(13).u8(0).u8(0x18).u24(0x00F110).u16(trackingArea).u24(0x00F110).u32(cell);
    }

    public static void chargingId(PacketBuilder p, int id) {
        p.u8(94).u16(4).u8(0).u32(id);
    }

    public static void recovery(PacketBuilder p, int counter) {
        p.u8(3).u16(1).u8(0).u8(counter);
    }

    public static void apn(PacketBuilder p, byte[] labels) {
        p.gtpv2Ie(71, 0, labels);
    }

    /** AMBR in kbit/s. */
    public static void ambr(PacketBuilder p, int uplink, int downlink) {
        p.u8(72).u16(8).u8(0).u32(uplink).u32(downlink);
    }

    public static void ebi(PacketBuilder p, int id) {
        p.u8(73).u16(1).u8(0).u8(id);
    }

    /** PDN Address Allocation of an IPv4 address. */
    public static void paa(PacketBuilder p, byte[] ipv4) {
        p.u8(79).u16(5).u8(0).u8(1).octets(ipv4);
    }

    /** PDN Address Allocation of both, with an IPv6 prefix of 64 bits. */
    public static void paa(PacketBuilder p, byte[] ipv4, byte[] ipv6) {
        p.u8(79).u16(22).u8(0).u8(3).u8(64).octets(ipv6).octets(ipv4);
    }

    public static void bearerQos(PacketBuilder p, int qci) {
        p.u8(80).u16(22).u8(0).u8(0x44).u8(qci).u40(0).u40(0).u40(0).u40(0);
    }

    /** RAT Type 6: E-UTRAN. */
    public static void ratType(PacketBuilder p) {
        p.u8(82).u16(1).u8(0).u8(6);
    }

    /** Serving Network 001/01. */
    public static void servingNetwork(PacketBuilder p) {
        p.u8(83).u16(3).u8(0).u24(0x00F110);
    }

    /** F-TEID of an IPv4 or IPv6 address. */
    public static void fTeid(PacketBuilder p, int instance, int interfaceType, int teid, byte[] address) {
        p.u8(87).u16(5 + address.length).u8(instance);
        p.u8((address.length == 4 ? 0x80 : 0x40) | interfaceType).u32(teid).octets(address);
    }

    /** PDN Type 1: IPv4. */
    public static void pdnType(PacketBuilder p) {
        p.u8(99).u16(1).u8(0).u8(1);
    }

    /** Selection Mode 0: provided by the network, subscription verified. */
    public static void selectionMode(PacketBuilder p) {
        p.u8(128).u16(1).u8(0).u8(0);
    }

    /** Bearer TFT: create a new one, with a packet filter for one remote port. */
    public static void bearerTft(PacketBuilder p, int port) {
        p.u8(84).u16(7).u8(0).u8(0x21).u8(0x30).u8(1).u8(3).u8(0x50).u16(port);
    }
}
