package io.seidex.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes one packet, from the link layer inwards, into a buffer that the next packet uses again.
 *
 * <p>Each call opens a layer inside the one before. Lengths, checksums and the numbers that name the next protocol are
 * filled in when a layer ends: at {@link #end()}, or all of them at {@link #finish()}.
 *
 * <pre>{@code
 * byte[] packet = new PacketBuilder()
 *         .ethernet().vlan(100).ipv4("192.0.2.1", "192.0.2.2").udp(8805, 8805)
 *         .pfcp(52, 0x14000000000001L, 7)
 *         .group(10).u32Ie(108, 1).end()
 *         .toBytes();
 * }</pre>
 *
 * <p>A message that is opened where another of its protocol is open follows it in the same datagram: PFCP sets FO in
 * the first, GTPv2 sets P. Nothing is allocated once the buffer is large enough, except by the methods that take text.
 */
public final class PacketBuilder {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] MAC = Bytes.hex("020000000002 020000000001");

    /** What a layer must be told when it ends. */
    private enum Kind {
        PLAIN,
        IPV4,
        IPV6,
        UDP,
        TCP,
        ICMP,
        ICMPV6,
        PFCP,
        PFCP_IE,
        GTPV2,
        GTPV2_IE,
        GTP
    }

    private static final int DEEPEST = 32;
    /** Names the next protocol: nothing, an EtherType, an IP protocol, or the family of a NULL header. */
    private static final int NAMES_NOTHING = 0;
    private static final int NAMES_ETHERTYPE = 1;
    private static final int NAMES_IP_PROTOCOL = 2;
    private static final int NAMES_FAMILY = 3;

    private byte[] buffer = new byte[2048];
    private int at;
    private final Kind[] kinds = new Kind[DEEPEST];
    private final int[] begins = new int[DEEPEST];
    private int depth;
    private int names;
    private int nameAt;
    private final int[] ipHeaders = new int[DEEPEST];
    private int ipHeaderCount;
    private int gtpAt;
    private int addressesAt;
    private int addressLength;

    /** Begins the next packet. */
    public PacketBuilder reset() {
        at = 0;
        depth = 0;
        names = NAMES_NOTHING;
        addressLength = 0;
        ipHeaderCount = 0;
        gtpAt = 0;
        return this;
    }

    // link layers

    /** Ethernet between two made-up stations. */
    public PacketBuilder ethernet() {
        open(Kind.PLAIN);
        octets(MAC);
        return expect(NAMES_ETHERTYPE).u16(0);
    }

    /** A VLAN tag, 802.1Q; may be repeated. */
    public PacketBuilder vlan(int id) {
        return vlan(0x8100, id);
    }

    /** A VLAN tag of another EtherType: 0x88A8, 0x9100. */
    public PacketBuilder vlan(int etherType, int id) {
        name(etherType, 0);
        open(Kind.PLAIN);
        return u16(id).expect(NAMES_ETHERTYPE).u16(0);
    }

    /** Linux cooked, version 1. */
    public PacketBuilder sll() {
        open(Kind.PLAIN);
        u16(0).u16(1).u16(6).octets(MAC, 6, 6).u16(0);
        return expect(NAMES_ETHERTYPE).u16(0);
    }

    /** Linux cooked, version 2. */
    public PacketBuilder sll2() {
        open(Kind.PLAIN);
        return expect(NAMES_ETHERTYPE).u16(0).u16(0).u32(3).u16(1).u8(0).u8(6).octets(MAC, 6, 6).u16(0);
    }

    /** BSD loopback, the family in little-endian order (NULL). */
    public PacketBuilder loopback() {
        open(Kind.PLAIN);
        return expect(NAMES_FAMILY).u32(0);
    }

    // network and transport

    /** IPv4 of two written addresses. */
    public PacketBuilder ipv4(String source, String destination) {
        return ip(Bytes.address(source), Bytes.address(destination));
    }

    /** IPv6 of two written addresses. */
    public PacketBuilder ipv6(String source, String destination) {
        return ip(Bytes.address(source), Bytes.address(destination));
    }

    /** IPv4 or IPv6, as the addresses are. */
    public PacketBuilder ip(byte[] source, byte[] destination) {
        return source.length == 4 ? ipv4(source, destination, 0, 0x4000) : ipv6(source, destination);
    }

    /** IPv4 with an identification, and with the flags and the fragment offset as they stand in octets 6 and 7. */
    public PacketBuilder ipv4(byte[] source, byte[] destination, int identification, int flagsAndOffset) {
        name(0x0800, 4);
        open(Kind.IPV4);
        u8(0x45).u8(0).u16(0).u16(identification).u16(flagsAndOffset).u8(64);
        expect(NAMES_IP_PROTOCOL).u8(0).u16(0);
        addressesAt = at;
        addressLength = 4;
        return octets(source).octets(destination);
    }

    private PacketBuilder ipv6(byte[] source, byte[] destination) {
        name(0x86DD, 41);
        open(Kind.IPV6);
        u32(0x6000_0000).u16(0);
        expect(NAMES_IP_PROTOCOL).u8(59).u8(64);
        addressesAt = at;
        addressLength = 16;
        return octets(source).octets(destination);
    }

    /** An IPv6 extension header of its type, with the content after its two first octets: 6, 14, 22 … octets. */
    public PacketBuilder extension(int type, byte[] content) {
        name(0, type);
        return expect(NAMES_IP_PROTOCOL).u8(59).u8(content.length + 2 - 8 >> 3).octets(content);
    }

    /** An IPv6 fragment header; {@code offset} in octets. */
    public PacketBuilder fragment(int offset, boolean more, int identification) {
        name(0, 44);
        return expect(NAMES_IP_PROTOCOL).u8(59).u8(0).u16(offset | (more ? 1 : 0)).u32(identification);
    }

    /** Any IP protocol whose header the caller writes. */
    public PacketBuilder protocol(int number) {
        name(0, number);
        return this;
    }

    /** Any EtherType whose content the caller writes. */
    public PacketBuilder etherType(int number) {
        name(number, 0);
        return this;
    }

    public PacketBuilder udp(int source, int destination) {
        name(0, 17);
        open(Kind.UDP);
        return u16(source).u16(destination).u16(0).u16(0);
    }

    /** TCP with the flags of octet 13 and no options. */
    public PacketBuilder tcp(int source, int destination, int sequence, int flags) {
        return tcp(source, destination, sequence, 0, flags);
    }

    /** TCP that acknowledges. */
    public PacketBuilder tcp(int source, int destination, int sequence, int acknowledged, int flags) {
        name(0, 6);
        open(Kind.TCP);
        return u16(source).u16(destination).u32(sequence).u32(acknowledged).u8(0x50).u8(flags).u16(0xFFFF).u16(0)
                .u16(0);
    }

    /** ICMP or ICMPv6, as the IP header is, with the four octets after the checksum. */
    public PacketBuilder icmp(int type, int code, int rest) {
        boolean four = addressLength == 4;
        name(0, four ? 1 : 58);
        open(four ? Kind.ICMP : Kind.ICMPV6);
        return u8(type).u8(code).u16(0).u32(rest);
    }

    /** ARP request for one address, from another. */
    public PacketBuilder arp(byte[] sender, byte[] target) {
        name(0x0806, 0);
        open(Kind.PLAIN);
        return u16(1).u16(0x0800).u8(6).u8(4).u16(1).octets(MAC, 6, 6).octets(sender).u48(0).octets(target);
    }

    // PFCP, TS 29.244

    /** A node message. */
    public PacketBuilder pfcp(int type, int sequence) {
        pfcpFollows();
        open(Kind.PFCP);
        return u8(0x20).u8(type).u16(0).u24(sequence).u8(0);
    }

    /** A session message. */
    public PacketBuilder pfcp(int type, long seid, int sequence) {
        pfcpFollows();
        open(Kind.PFCP);
        return u8(0x21).u8(type).u16(0).u64(seid).u24(sequence).u8(0);
    }

    private void pfcpFollows() {
        int open = innermost(Kind.PFCP);
        if (open >= 0) {
            int message = begins[open];
            endTo(open);
            buffer[message] |= 0x04;
        }
    }

    /** Opens an IE of PFCP that {@link #end()} ends: a group, or one whose value is written step by step. */
    public PacketBuilder group(int type) {
        open(Kind.PFCP_IE);
        return u16(type).u16(0);
    }

    /** An IE of PFCP with its value. */
    public PacketBuilder ie(int type, byte[] value) {
        return u16(type).u16(value.length).octets(value);
    }

    public PacketBuilder u8Ie(int type, int value) {
        return u16(type).u16(1).u8(value);
    }

    public PacketBuilder u16Ie(int type, int value) {
        return u16(type).u16(2).u16(value);
    }

    public PacketBuilder u32Ie(int type, int value) {
        return u16(type).u16(4).u32(value);
    }

    // GTP, TS 29.274, 29.281 and 29.060

    /** A GTPv2 message with a TEID. */
    public PacketBuilder gtpv2(int type, int teid, int sequence) {
        int open = innermost(Kind.GTPV2);
        if (open >= 0) {
            int message = begins[open];
            endTo(open);
            buffer[message] |= 0x10;
        }
        open(Kind.GTPV2);
        return u8(0x48).u8(type).u16(0).u32(teid).u24(sequence).u8(0);
    }

    /** A GTPv2 message without a TEID: echo, version not supported. */
    public PacketBuilder gtpv2(int type, int sequence) {
        open(Kind.GTPV2);
        return u8(0x40).u8(type).u16(0).u24(sequence).u8(0);
    }

    /** Opens an IE of GTPv2 that {@link #end()} ends. */
    public PacketBuilder gtpv2Ie(int type, int instance) {
        open(Kind.GTPV2_IE);
        return u8(type).u16(0).u8(instance);
    }

    /** An IE of GTPv2 with its value. */
    public PacketBuilder gtpv2Ie(int type, int instance, byte[] value) {
        return u8(type).u16(value.length).u8(instance).octets(value);
    }

    /** A GTPv1 message without optional fields. */
    public PacketBuilder gtp(int type, int teid) {
        open(Kind.GTP);
        return u8(0x30).u8(type).u16(0).u32(teid);
    }

    /** A GTPv1 message with a sequence number. */
    public PacketBuilder gtp(int type, int teid, int sequence) {
        open(Kind.GTP);
        return u8(0x32).u8(type).u16(0).u32(teid).u16(sequence).u8(0).u8(0);
    }

    /** A G-PDU with a PDU session container, towards the UE (0) or from it (1). */
    public PacketBuilder gtpPdu(int teid, int direction, int qfi) {
        open(Kind.GTP);
        return u8(0x34).u8(255).u16(0).u32(teid).u16(0).u8(0).u8(0x85).u8(1).u8(direction << 4).u8(qfi).u8(0);
    }

    // values

    public PacketBuilder u8(int value) {
        room(1);
        buffer[at++] = (byte) value;
        return this;
    }

    public PacketBuilder u16(int value) {
        room(2);
        SHORT.set(buffer, at, (short) value);
        at += 2;
        return this;
    }

    public PacketBuilder u24(int value) {
        return u8(value >>> 16).u16(value);
    }

    public PacketBuilder u32(int value) {
        room(4);
        INT.set(buffer, at, value);
        at += 4;
        return this;
    }

    public PacketBuilder u40(long value) {
        return u8((int) (value >>> 32)).u32((int) value);
    }

    public PacketBuilder u48(long value) {
        return u16((int) (value >>> 32)).u32((int) value);
    }

    public PacketBuilder u64(long value) {
        room(8);
        LONG.set(buffer, at, value);
        at += 8;
        return this;
    }

    public PacketBuilder octets(byte[] octets) {
        return octets(octets, 0, octets.length);
    }

    public PacketBuilder octets(byte[] octets, int from, int length) {
        room(length);
        System.arraycopy(octets, from, buffer, at, length);
        at += length;
        return this;
    }

    /** As many zeros. */
    public PacketBuilder zeros(int length) {
        room(length);
        Arrays.fill(buffer, at, at + length, (byte) 0);
        at += length;
        return this;
    }

    public PacketBuilder hex(String digits) {
        return octets(Bytes.hex(digits));
    }

    public PacketBuilder text(String text) {
        return octets(text.getBytes(StandardCharsets.UTF_8));
    }

    // endings

    /** Ends the innermost open layer. */
    public PacketBuilder end() {
        endTo(depth - 1);
        return this;
    }

    /** Ends every layer. The packet then stands in {@link #buffer()} up to {@link #length()}. */
    public PacketBuilder finish() {
        endTo(0);
        return this;
    }

    /** The packet's octets, until the next packet begins; more than {@link #length()} may be there. */
    public byte[] buffer() {
        return buffer;
    }

    /** How many octets are written: also the place of the next one. */
    public int length() {
        return at;
    }

    /** How many IP headers the packet has. */
    int ipHeaders() {
        return ipHeaderCount;
    }

    /** Where one of the IP headers is, outermost first. */
    int ipHeaderAt(int index) {
        return ipHeaders[index];
    }

    /** Where the header of GTPv1 is; 0 if there is none. */
    int gtpAt() {
        return gtpAt;
    }

    /** A copy of the packet, every layer ended. */
    public byte[] toBytes() {
        finish();
        return Arrays.copyOf(buffer, at);
    }

    private void open(Kind kind) {
        if (kind == Kind.IPV4 || kind == Kind.IPV6) {
            ipHeaders[ipHeaderCount++] = at;
        } else if (kind == Kind.GTP) {
            gtpAt = at;
        }
        kinds[depth] = kind;
        begins[depth++] = at;
    }

    private int innermost(Kind kind) {
        for (int i = depth - 1; i >= 0; i--) {
            if (kinds[i] == kind) {
                return i;
            }
        }
        return -1;
    }

    private void endTo(int level) {
        while (depth > level) {
            depth--;
            end(kinds[depth], begins[depth]);
        }
    }

    private void end(Kind kind, int begin) {
        int length = at - begin;
        switch (kind) {
            case PLAIN -> {}
            case IPV4 -> {
                SHORT.set(buffer, begin + 2, (short) length);
                SHORT.set(buffer, begin + 10, (short) folded(sum(begin, 20)));
            }
            case IPV6 -> SHORT.set(buffer, begin + 4, (short) (length - 40));
            case UDP -> {
                SHORT.set(buffer, begin + 4, (short) length);
                int sum = folded(pseudo(17, length) + sum(begin, length));
                SHORT.set(buffer, begin + 6, (short) (sum == 0 ? 0xFFFF : sum));
            }
            case TCP -> SHORT.set(buffer, begin + 16, (short) folded(pseudo(6, length) + sum(begin, length)));
            case ICMP -> SHORT.set(buffer, begin + 2, (short) folded(sum(begin, length)));
            case ICMPV6 -> SHORT.set(buffer, begin + 2, (short) folded(pseudo(58, length) + sum(begin, length)));
            case PFCP, PFCP_IE -> SHORT.set(buffer, begin + 2, (short) (length - 4));
            case GTPV2 -> SHORT.set(buffer, begin + 2, (short) (length - 4));
            case GTPV2_IE -> SHORT.set(buffer, begin + 1, (short) (length - 4));
            case GTP -> SHORT.set(buffer, begin + 2, (short) (length - 8));
        }
    }

    /** The sum over addresses, protocol and length of the IP header that the ending layer lies in. */
    private long pseudo(int protocol, int length) {
        for (int i = depth - 1; i >= 0; i--) {
            if (kinds[i] == Kind.IPV4) {
                return sum(begins[i] + 12, 8) + protocol + length;
            }
            if (kinds[i] == Kind.IPV6) {
                return sum(begins[i] + 8, 32) + protocol + length;
            }
        }
        return (long) protocol + length;
    }

    private long sum(int from, int length) {
        long sum = 0;
        int i = from;
        int end = from + length;
        for (; i + 4 <= end; i += 4) {
            sum += (int) INT.get(buffer, i) & 0xFFFFFFFFL;
        }
        if (i + 2 <= end) {
            sum += (short) SHORT.get(buffer, i) & 0xFFFF;
            i += 2;
        }
        if (i < end) {
            sum += (buffer[i] & 0xFF) << 8;
        }
        return sum;
    }

    private static int folded(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (int) ~folded & 0xFFFF;
    }

    private PacketBuilder expect(int what) {
        names = what;
        nameAt = at;
        return this;
    }

    private void name(int etherType, int protocol) {
        switch (names) {
            case NAMES_ETHERTYPE -> SHORT.set(buffer, nameAt, (short) etherType);
            case NAMES_IP_PROTOCOL -> buffer[nameAt] = (byte) protocol;
            case NAMES_FAMILY -> buffer[nameAt] = (byte) (protocol == 4 ? 2 : 30);
            default -> {}
        }
        names = NAMES_NOTHING;
    }

    private void room(int length) {
        if (length > buffer.length - at) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, at + length));
        }
    }
}
