package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Cisco's meta data behind its EtherType. Behind GRE the EtherType of what follows comes first.
 * <pre>
 *            Ethernet                           GRE
 *  octets   -                                  0-1   EtherType of what follows
 *  octet    0    version                        2    version
 *           1    length                         3    length
 *  octets  2-3   option                        4-5   option
 *          4-5   security group                6-7   security group
 *          6-7   EtherType of what follows
 * </pre>
 */
public final class CmdTag extends Flyweight {
    public static final int LENGTH = 8;

    private boolean isBehindGre;

    public Fault wrap(Octets octets, long at, int available, boolean isBehindGre) {
        over(octets, at, available);
        this.isBehindGre = isBehindGre;
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int type() {
        return u16(isBehindGre ? 0 : 6);
    }
}
