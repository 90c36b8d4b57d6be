package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Geneve header, RFC 8926 3.4.
 * <pre>
 *  bits   0-1    version
 *         2-7    length of the options in units of 4 octets
 *         8-15   OAM, critical options, reserved
 *  octets  2-3   EtherType of what follows
 *          4-6   network identifier
 *           7    reserved
 *           8-   options
 * </pre>
 */
public final class GeneveHeader extends Flyweight {
    public static final int LENGTH = 8;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH || available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int type() {
        return u16(2);
    }

    public int networkId() {
        return u24(4);
    }

    public int headerLength() {
        return LENGTH + ((u8(0) & 0x3F) << 2);
    }
}
