package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * VN-Tag behind its EtherType.
 * <pre>
 *  bits   0-1    direction, pointer
 *         2-15   destination
 *        16-17   looped, reserved
 *        18-19   version
 *        20-31   source
 *  octets  4-5   EtherType of what follows, or a length
 * </pre>
 */
public final class VnTag extends Flyweight {
    public static final int LENGTH = 6;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int type() {
        return u16(4);
    }
}
