package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Logical link control header, IEEE 802.2, with the SNAP header that may follow it.
 * <pre>
 *  octet    0    destination service access point     0xAA: SNAP
 *           1    source service access point          0xAA: SNAP
 *           2    control                              0x03: unnumbered information
 *  octets  3-5   organisation                         0: an EtherType follows
 *          6-7   EtherType
 * </pre>
 */
public final class LlcHeader extends Flyweight {
    public static final int LENGTH = 3;
    public static final int SNAP_LENGTH = 8;
    private static final int SNAP = 0xAA;
    private static final int IP = 0x06;
    private static final int UNNUMBERED_INFORMATION = 0x03;
    /** Organisation of IEEE 802.1H bridges: the EtherType is meant as well. */
    private static final int BRIDGED = 0x0000F8;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < LENGTH) {
            return Fault.HEADER_TRUNCATED;
        }
        return isSnap() && available < SNAP_LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public boolean isSnap() {
        return u8(0) == SNAP && u8(1) == SNAP && u8(2) == UNNUMBERED_INFORMATION;
    }

    /** The EtherType of what follows, {@link EtherType#NONE} if it has none. */
    public int etherType() {
        if (isSnap()) {
            int organisation = u24(3);
            return organisation == 0 || organisation == BRIDGED ? u16(6) : EtherType.NONE;
        }
        return u8(0) == IP && u8(2) == UNNUMBERED_INFORMATION ? EtherType.IPV4 : EtherType.NONE;
    }

    public int headerLength() {
        return isSnap() ? SNAP_LENGTH : LENGTH;
    }
}
