package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * IPv4 header, RFC 791 3.1.
 * <pre>
 *  octet    0    version (4 bits), header length in units of 4 octets (4 bits)
 *  octets  2-3   total length, header included; 0: left to the network card, the datagram is as long as what is there
 *          4-5   identification
 *          6-7   flags (3 bits), fragment offset in units of 8 octets (13 bits)
 *           9    protocol
 *         12-15  source
 *         16-19  destination
 *         20-    options
 * </pre>
 */
public final class Ipv4Header extends Flyweight {
    public static final int LENGTH = 20;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int OFFSET = 0x1FFF;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < 1) {
            return Fault.HEADER_TRUNCATED;
        }
        if (version() != 4) {
            return Fault.VERSION_UNKNOWN;
        }
        if (available < LENGTH) {
            return Fault.HEADER_TRUNCATED;
        }
        if (headerLength() < LENGTH) {
            return Fault.LENGTH_IMPOSSIBLE;
        }
        if (available < headerLength()) {
            return Fault.HEADER_TRUNCATED;
        }
        int claimed = totalLength();
        return claimed != 0 && claimed < headerLength() ? Fault.LENGTH_IMPOSSIBLE : Fault.NONE;
    }

    public int version() {
        return u8(0) >>> 4;
    }

    public int headerLength() {
        return (u8(0) & 0x0F) << 2;
    }

    public int totalLength() {
        return u16(2);
    }

    public int identification() {
        return u16(4);
    }

    public boolean moreFragments() {
        return (u16(6) & MORE_FRAGMENTS) != 0;
    }

    /** Where the fragment begins in its datagram's payload, in octets. */
    public int fragmentOffset() {
        return (u16(6) & OFFSET) << 3;
    }

    public boolean isFragment() {
        return (u16(6) & (MORE_FRAGMENTS | OFFSET)) != 0;
    }

    public int protocol() {
        return u8(9);
    }

    public long sourceAt() {
        return at + 12;
    }

    public long destinationAt() {
        return at + 16;
    }
}
