package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * One entry of an MPLS label stack, RFC 3032 2.1.
 * <pre>
 *  bits   0-19   label
 *        20-22   traffic class
 *         23     bottom of the stack
 *        24-31   time to live
 * </pre>
 * No field tells what stands behind the bottom of the stack.
 */
public final class MplsLabel extends Flyweight {
    public static final int LENGTH = 4;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int label() {
        return u24(0) >>> 4;
    }

    public boolean isBottom() {
        return (u8(2) & 1) != 0;
    }
}
