package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * IPv6 header, RFC 8200 3.
 * <pre>
 *  octet    0    version (4 bits), traffic class …
 *  octets  4-5   payload length, extension headers included; 0: jumbogram, or left to the network card
 *           6    next header
 *          8-23  source
 *         24-39  destination
 * </pre>
 */
public final class Ipv6Header extends Flyweight {
    public static final int LENGTH = 40;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < 1) {
            return Fault.HEADER_TRUNCATED;
        }
        if (version() != 6) {
            return Fault.VERSION_UNKNOWN;
        }
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int version() {
        return u8(0) >>> 4;
    }

    public int payloadLength() {
        return u16(4);
    }

    public int nextHeader() {
        return u8(6);
    }

    public long sourceAt() {
        return at + 8;
    }

    public long destinationAt() {
        return at + 24;
    }
}
