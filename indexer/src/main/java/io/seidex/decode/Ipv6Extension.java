package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * One extension header of IPv6, RFC 8200 4, or an authentication header, RFC 4302 2, which IPv4 uses too.
 * <pre>
 *  octet    0    next header
 *           1    length in units of 8 octets, the first 8 not counted; authentication: in units of 4, less 2;
 *                fragment: reserved, it is always 8 octets
 *  octets  2-3   fragment: offset in units of 8 octets (13 bits), more fragments (bit 0)
 *          4-7   fragment: identification; hop-by-hop: a jumbo option's type (0xC2), length (4) at 2-3, length at 4-7
 * </pre>
 */
public final class Ipv6Extension extends Flyweight {
    public static final int LENGTH = 8;
    private static final int JUMBO_OPTION = 0xC204;

    private int kind;

    /** @param kind the next-header number that led here */
    public Fault wrap(Octets octets, long at, int available, int kind) {
        over(octets, at, available);
        this.kind = kind;
        return available < LENGTH || available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int nextHeader() {
        return u8(0);
    }

    public int headerLength() {
        return switch (kind) {
            case IpProtocol.FRAGMENT -> LENGTH;
            case IpProtocol.AUTHENTICATION -> u8(1) + 2 << 2;
            default -> u8(1) + 1 << 3;
        };
    }

    /** Whether it is a fragment header of a datagram that really is divided. */
    public boolean isFragment() {
        return kind == IpProtocol.FRAGMENT && (u16(2) & 0xFFF9) != 0;
    }

    /** Meaningful only in a fragment header. */
    public boolean moreFragments() {
        return (u16(2) & 1) != 0;
    }

    /** Where the fragment begins in its datagram's payload, in octets. Meaningful only in a fragment header. */
    public int fragmentOffset() {
        return u16(2) & 0xFFF8;
    }

    /** Meaningful only in a fragment header. */
    public long identification() {
        return u32(4);
    }

    /** The payload length of a jumbogram, RFC 2675; 0 if the header does not begin with that option. */
    public long jumboLength() {
        return kind == IpProtocol.HOP_BY_HOP && u16(2) == JUMBO_OPTION ? u32(4) : 0;
    }
}
