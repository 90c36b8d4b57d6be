package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * I-TAG of a provider backbone bridge behind its EtherType, IEEE 802.1Q 9.7, with the customer's addresses.
 * <pre>
 *  bits   0-2    priority
 *          3     drop eligible
 *          4     customer addresses are in use
 *         8-31   service instance
 *  octets  4-9   customer's destination
 *         10-15  customer's source
 *         16-17  EtherType of what follows, or a length
 * </pre>
 */
public final class BackboneTag extends Flyweight {
    public static final int LENGTH = 18;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int serviceInstance() {
        return u24(1);
    }

    public int type() {
        return u16(16);
    }
}
