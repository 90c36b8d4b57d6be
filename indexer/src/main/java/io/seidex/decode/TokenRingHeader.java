package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Token Ring header, IEEE 802.5; of LLC frames an LLC header follows.
 * <pre>
 *  octet    0    access control
 *           1    frame control: the two highest bits are 01 in an LLC frame
 *  octets  2-7   destination
 *          8-13  source; its highest bit says that routing information follows
 *           14-  routing information: its length with itself in the lower 5 bits of the first octet, always even
 * </pre>
 */
public final class TokenRingHeader extends Flyweight {
    public static final int LENGTH = 14;
    private static final int SOURCE = 8;
    private static final int ROUTED = 0x80;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH || isRouted() && available == LENGTH || available < headerLength()
                ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public boolean isLlc() {
        return u8(1) >>> 6 == 1;
    }

    public int headerLength() {
        return isRouted() ? LENGTH + (u8(LENGTH) & 0x1E) : LENGTH;
    }

    private boolean isRouted() {
        return (u8(SOURCE) & ROUTED) != 0;
    }
}
