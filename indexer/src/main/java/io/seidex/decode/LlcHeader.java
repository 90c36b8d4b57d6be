package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Logical link control header, IEEE 802.2, with the SNAP header that may follow it.
 * <pre>
 *  octet    0    destination service access point     0xAA: SNAP, 0x06: IP, 0xFE: a network layer protocol identifier
 *           1    source service access point
 *           2    control                              0x03: unnumbered information; 2 octets of numbered frames
 *          then   SNAP only: organisation (3 octets)   0: an EtherType follows
 *                                                     0x0080C2: a bridged frame follows, behind 2 octets of padding
 *                 SNAP only: type (2 octets)
 * </pre>
 */
public final class LlcHeader extends Flyweight {
    public static final int LENGTH = 3;
    private static final int SNAP_LENGTH = 5;
    private static final int SNAP = 0xAA;
    private static final int IP = 0x06;
    private static final int NETWORK_LAYER = 0xFE;
    private static final int UNNUMBERED_INFORMATION = 0x03;
    /** Organisation of IEEE 802.1H bridges: the EtherType is meant as well. */
    private static final int TUNNELLED = 0x0000F8;
    private static final int BRIDGED = 0x0080C2;
    private static final int BRIDGE_PADDING = 2;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < LENGTH || available < controlEnd()) {
            return Fault.HEADER_TRUNCATED;
        }
        return isSnap() && available < controlEnd() + SNAP_LENGTH || isNetworkLayer() && available == LENGTH
                || available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public boolean isSnap() {
        return u8(0) == SNAP && u8(1) == SNAP && isInformation();
    }

    /** The EtherType of what follows, {@link EtherType#NONE} if it has none; of a bridged frame {@link EtherType#BRIDGED}. */
    public int etherType() {
        if (isSnap()) {
            int organisation = u24(controlEnd());
            int type = u16(controlEnd() + 3);
            return organisation == 0 || organisation == TUNNELLED ? type
                    : isBridged(organisation, type) ? EtherType.BRIDGED
                    : EtherType.NONE;
        }
        return u8(0) == IP && isInformation() ? EtherType.IPV4 : EtherType.NONE;
    }

    /** Whether a network layer protocol identifier follows. */
    public boolean isNetworkLayer() {
        return u8(0) == NETWORK_LAYER && u8(1) == NETWORK_LAYER && u8(2) == UNNUMBERED_INFORMATION;
    }

    /** Meaningful only if {@link #isNetworkLayer()}. */
    public int nlpid() {
        return u8(LENGTH);
    }

    public int headerLength() {
        int end = controlEnd();
        if (isSnap()) {
            return end + SNAP_LENGTH + (isBridged(u24(end), u16(end + 3)) ? BRIDGE_PADDING : 0);
        }
        return isNetworkLayer() ? end + 1 : end;
    }

    /** Whether the frame is numbered or unnumbered information: others carry nothing for a protocol above. */
    private boolean isInformation() {
        return (u8(2) & 1) == 0 || u8(2) == UNNUMBERED_INFORMATION;
    }

    private int controlEnd() {
        return (u8(2) & 3) == 3 ? LENGTH : LENGTH + 1;
    }

    /** With the check sequence of Ethernet, or without. */
    static boolean isBridged(int organisation, int type) {
        return organisation == BRIDGED && (type == 1 || type == 7);
    }
}
