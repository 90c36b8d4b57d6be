package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Header of a capture of a Juniper router: LINKTYPE_JUNIPER_ETHER (178).
 * <pre>
 *  octets  0-2   "MGC"; a capture without it begins with the frame
 *           3    flags: 0x80 extensions follow, 0x02 no link layer follows
 *          4-5   length of the extensions; only with them
 *           6-   extensions
 * </pre>
 */
public final class JuniperHeader extends Flyweight {
    public static final int LENGTH = 4;
    private static final int MAGIC = 0x4D4743;
    private static final int EXTENDED = 0x80;
    private static final int NO_LINK_LAYER = 0x02;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < LENGTH) {
            return Fault.HEADER_TRUNCATED;
        }
        return isExtended() && available < LENGTH + 2 || available < headerLength()
                ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public boolean hasMagic() {
        return u24(0) == MAGIC;
    }

    public boolean hasLinkLayer() {
        return !hasMagic() || (u8(3) & NO_LINK_LAYER) == 0;
    }

    public int headerLength() {
        return !hasMagic() ? 0 : isExtended() ? LENGTH + 2 + u16(4) : LENGTH;
    }

    private boolean isExtended() {
        return hasMagic() && (u8(3) & EXTENDED) != 0;
    }
}
