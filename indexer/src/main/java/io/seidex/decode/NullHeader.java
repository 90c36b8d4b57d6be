package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * BSD loopback header: LINKTYPE_NULL (0), family in the byte order of the machine that captured; LINKTYPE_LOOP (108),
 * in network order. Families are below 65,536, so the order shows.
 */
public final class NullHeader extends Flyweight {
    public static final int LENGTH = 4;
    private static final int PPP = 0xFF03;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int family() {
        long family = u32(0);
        return (int) ((family & 0xFFFF_0000L) == 0 ? family : octets.u32le(at));
    }

    /** Whether it is no family: some systems write the PPP frames of a dialled connection under this link type. */
    public boolean isPpp() {
        return u16(0) == PPP;
    }

    /** The EtherType that the family stands for, {@link EtherType#NONE} for others. */
    public int etherType() {
        return switch (family()) {
            case 2 -> EtherType.IPV4;
            // Linux; NetBSD, OpenBSD; FreeBSD; macOS
            case 10, 24, 28, 30 -> EtherType.IPV6;
            default -> EtherType.NONE;
        };
    }
}
