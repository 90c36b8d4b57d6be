package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * GRE header, RFC 2784 2 and RFC 2890 2; version 1 is that of PPTP, RFC 2637 4.1.
 * <pre>
 *  bit      0    C: checksum present
 *           1    R: routing present (RFC 1701)
 *           2    K: key present
 *           3    S: sequence number present
 *           8    A: acknowledgement present; of version 1 only
 *         13-15  version
 *  octets  2-3   EtherType of what follows
 *           -    checksum (2), offset (2): if C or R
 *           -    key (4): if K. Version 1: length of what follows (2), call (2)
 *           -    sequence number (4): if S
 *           -    acknowledgement (4): if A
 *           -    routing entries: if R. Each: family (2), offset, length of the route, route; one of length 0 is the last
 * </pre>
 */
public final class GreHeader extends Flyweight {
    public static final int LENGTH = 4;
    private static final int CHECKSUM = 0x8000;
    private static final int ROUTING = 0x4000;
    private static final int KEY = 0x2000;
    private static final int SEQUENCE = 0x1000;
    private static final int ACKNOWLEDGEMENT = 0x0080;
    private static final int ROUTE = 4;

    private int headerLength;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        headerLength = LENGTH;
        if (available < LENGTH) {
            return Fault.HEADER_TRUNCATED;
        }
        headerLength += optionsLength();
        for (boolean more = flag(ROUTING); more;) {
            if (available < headerLength + ROUTE) {
                return Fault.HEADER_TRUNCATED;
            }
            int route = u8(headerLength + 3);
            headerLength += ROUTE + route;
            more = route != 0;
        }
        return available < headerLength ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int version() {
        return u16(0) & 7;
    }

    public int type() {
        return u16(2);
    }

    public boolean hasKey() {
        return flag(KEY);
    }

    /** Meaningful only if {@link #hasKey()}. */
    public long key() {
        return u32(flag(CHECKSUM | ROUTING) ? LENGTH + 4 : LENGTH);
    }

    public boolean hasSequence() {
        return flag(SEQUENCE);
    }

    /** Meaningful only if {@link #hasSequence()}. */
    public long sequence() {
        return u32(LENGTH + (flag(CHECKSUM | ROUTING) ? 4 : 0) + (hasKey() ? 4 : 0));
    }

    /** After {@link #wrap} only. */
    public int headerLength() {
        return headerLength;
    }

    private int optionsLength() {
        int words = flag(CHECKSUM | ROUTING) ? 1 : 0;
        words += hasKey() ? 1 : 0;
        words += hasSequence() ? 1 : 0;
        words += version() == 1 && flag(ACKNOWLEDGEMENT) ? 1 : 0;
        return 4 * words;
    }

    private boolean flag(int mask) {
        return (u16(0) & mask) != 0;
    }
}
