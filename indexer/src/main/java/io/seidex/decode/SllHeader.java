package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Header of a Linux cooked capture: LINKTYPE_LINUX_SLL (113) or LINKTYPE_LINUX_SLL2 (276).
 * <pre>
 *            version 1                          version 2
 *  octets  0-1   packet type                  0-1   protocol
 *          2-3   ARPHRD type                  2-3   reserved
 *          4-5   address length               4-7   interface index
 *          6-13  address                      8-9   ARPHRD type
 *         14-15  protocol                      10   packet type
 *                                              11   address length
 *                                            12-19  address
 * </pre>
 * The protocol is an EtherType, or a small number of Linux: 3 for Ethernet, 4 for LLC, 7 for PPP; of some devices nothing.
 */
public final class SllHeader extends Flyweight {
    public static final int LENGTH_1 = 16;
    public static final int LENGTH_2 = 20;
    public static final int PROTOCOL_ETHERNET = 0x0003;
    public static final int PROTOCOL_LLC = 0x0004;
    public static final int PROTOCOL_PPP = 0x0007;
    public static final int DEVICE_FRAME_RELAY = 770;
    public static final int DEVICE_RADIOTAP = 803;

    private int version = 1;

    public Fault wrap(Octets octets, long at, int available, int version) {
        over(octets, at, available);
        this.version = version;
        return available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int protocol() {
        return u16(version == 1 ? 14 : 0);
    }

    /** The ARPHRD number of the device. */
    public int device() {
        return u16(version == 1 ? 2 : 8);
    }

    public int headerLength() {
        return version == 1 ? LENGTH_1 : LENGTH_2;
    }
}
