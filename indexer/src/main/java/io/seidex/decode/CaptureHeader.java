package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * What Radiotap and PPI headers begin with. Everything is in little-endian order.
 * <pre>
 *  octet    0    version, 0
 *  octets  2-3   length, header included
 *          4-7   see the subclasses
 * </pre>
 */
abstract sealed class CaptureHeader extends Flyweight permits RadiotapHeader, PpiHeader {
    public static final int LENGTH = 8;

    public final Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < LENGTH) {
            return Fault.HEADER_TRUNCATED;
        }
        if (headerLength() < LENGTH) {
            return Fault.LENGTH_IMPOSSIBLE;
        }
        return available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public final int headerLength() {
        return u16le(2);
    }
}
