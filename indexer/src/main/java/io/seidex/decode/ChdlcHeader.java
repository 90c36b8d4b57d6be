package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Header of Cisco's HDLC.
 * <pre>
 *  octet    0    address: 0x0F unicast, 0x8F broadcast
 *           1    control, 0
 *  octets  2-3   EtherType
 * </pre>
 */
public final class ChdlcHeader extends Flyweight {
    public static final int LENGTH = 4;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int type() {
        return u16(2);
    }

    /** Whether octets that may be PPP's begin like this header. */
    static boolean isBegin(int address) {
        return address == 0x0F || address == 0x8F;
    }
}
