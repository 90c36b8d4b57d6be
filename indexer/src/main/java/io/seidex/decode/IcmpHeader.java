package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * ICMP header (RFC 792) or ICMPv6 header (RFC 4443 2.1).
 * <pre>
 *  octet    0    type
 *           1    code
 *  octets  2-3   checksum
 *          4-7   by type
 *          8-    of an error: the datagram that caused it, as much of it as fits
 * </pre>
 */
public final class IcmpHeader extends Flyweight {
    public static final int LENGTH = 4;
    /** Where an error's quoted datagram begins. */
    public static final int QUOTE = 8;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int type() {
        return u8(0);
    }

    public int code() {
        return u8(1);
    }

    /** Whether an ICMP message of this type quotes a datagram: unreachable, quench, redirect, time, parameter. */
    public boolean quotesIpv4() {
        return switch (type()) {
            case 3, 4, 5, 11, 12 -> true;
            default -> false;
        };
    }

    /** Whether an ICMPv6 message of this type quotes a datagram: unreachable, too big, time, parameter. */
    public boolean quotesIpv6() {
        return type() >= 1 && type() <= 4;
    }
}
