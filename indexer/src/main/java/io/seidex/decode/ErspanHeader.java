package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * ERSPAN header behind GRE, draft-foschiano-erspan. Type I has none.
 * <pre>
 *             type II                            type III
 *  bits   0-3    version, 1                    0-3    version, 2
 *         4-15   VLAN                          4-15   VLAN
 *        16-21   priority, encapsulation, cut 16-21   priority, BSO, cut
 *        22-31   session                      22-31   session
 *  octets  4-7   index                         4-7   time stamp
 *           -                                  8-9   security group
 *           -                                 10-11  P, frame type (5 bits), hardware, direction, granularity,
 *                                                    O: 8 more octets follow
 * </pre>
 * Of type III only frame type 0 is an Ethernet frame.
 */
public final class ErspanHeader extends Flyweight {
    public static final int LENGTH = 8;
    private static final int TYPE_3_LENGTH = 12;
    private static final int SUBHEADER_LENGTH = 8;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < LENGTH) {
            return Fault.HEADER_TRUNCATED;
        }
        if (version() != 1 && version() != 2) {
            return Fault.VERSION_UNKNOWN;
        }
        return version() == 2 && available < TYPE_3_LENGTH || available < headerLength()
                ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int version() {
        return u8(0) >>> 4;
    }

    public int session() {
        return u16(2) & 0x03FF;
    }

    public boolean isEthernet() {
        return version() == 1 || (u16(10) >>> 10 & 0x1F) == 0;
    }

    public int headerLength() {
        return version() == 1 ? LENGTH : (u8(11) & 1) == 0 ? TYPE_3_LENGTH : TYPE_3_LENGTH + SUBHEADER_LENGTH;
    }
}
