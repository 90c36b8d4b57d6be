package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * What stands before 802.11 frames in captures of old drivers: Prism's header (LINKTYPE_PRISM_HEADER, 119) or that of AVS
 * (LINKTYPE_IEEE802_11_AVS, 163), which is found under Prism's number too.
 * <pre>
 *             Prism                              AVS
 *  octets  0-3   message code                  0-3   0x8021, version (2 octets): network order
 *          4-7   length, header included:      4-7   length, header included: network order
 *                order of the machine
 * </pre>
 */
public final class MonitorHeader extends Flyweight {
    public static final int LENGTH = 8;
    private static final int AVS = 0x8021;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < LENGTH) {
            return Fault.HEADER_TRUNCATED;
        }
        long length = claimedLength();
        if (length < LENGTH) {
            return Fault.LENGTH_IMPOSSIBLE;
        }
        return available < length ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public boolean isAvs() {
        return u16(0) == AVS;
    }

    public int headerLength() {
        return (int) claimedLength();
    }

    /** No such header has 65,536 octets, so the order shows. */
    private long claimedLength() {
        long length = u32(4);
        return isAvs() || length >>> 16 == 0 ? length : octets.u32le(at + 4);
    }
}
