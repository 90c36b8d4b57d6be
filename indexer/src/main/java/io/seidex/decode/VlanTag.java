package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * VLAN tag behind its EtherType, IEEE 802.1Q clause 9.
 * <pre>
 *  bits   0-2    priority
 *          3     drop eligible
 *         4-15   VLAN identifier
 *        16-31   EtherType of what follows, or a length
 * </pre>
 */
public final class VlanTag extends Flyweight {
    public static final int LENGTH = 4;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int id() {
        return u16(0) & 0x0FFF;
    }

    public int type() {
        return u16(2);
    }
}
