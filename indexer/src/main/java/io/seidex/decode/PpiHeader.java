package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Header of CACE's per-packet information: LINKTYPE_PPI (192). Everything is in little-endian order.
 * <pre>
 *  octet    0    version, 0
 *           1    flags
 *  octets  2-3   length, header included
 *          4-7   link type of what follows
 *           8-   fields: type (2 octets), length (2 octets), value
 * </pre>
 */
public final class PpiHeader extends Flyweight {
    public static final int LENGTH = 8;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < LENGTH) {
            return Fault.HEADER_TRUNCATED;
        }
        if (headerLength() < LENGTH) {
            return Fault.LENGTH_IMPOSSIBLE;
        }
        return available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int headerLength() {
        return u16le(2);
    }

    public int linkType() {
        return (int) octets.u32le(at + 4);
    }
}
