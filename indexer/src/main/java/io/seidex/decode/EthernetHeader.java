package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Ethernet header, IEEE 802.3 clause 3.
 * <pre>
 *  octets  0-5   destination
 *          6-11  source
 *         12-13  EtherType, or the length of an LLC frame
 * </pre>
 */
public final class EthernetHeader extends Flyweight {
    public static final int LENGTH = 14;
    /** Where the type stands. */
    static final int TYPE = 12;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    /** The type; up to {@link EtherType#MAX_LENGTH} it is a length. */
    public int type() {
        return u16(TYPE);
    }
}
