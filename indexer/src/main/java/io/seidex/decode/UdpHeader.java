package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * UDP header, RFC 768.
 * <pre>
 *  octets  0-1   source port
 *          2-3   destination port
 *          4-5   length, header included; 0 in a jumbogram: as long as what is there
 *          6-7   checksum
 * </pre>
 */
public final class UdpHeader extends Flyweight {
    public static final int LENGTH = 8;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < LENGTH) {
            return Fault.HEADER_TRUNCATED;
        }
        return length() != 0 && length() < LENGTH ? Fault.LENGTH_IMPOSSIBLE : Fault.NONE;
    }

    /** Readable from 2 octets on. */
    public int sourcePort() {
        return u16(0);
    }

    /** Readable from 4 octets on. */
    public int destinationPort() {
        return u16(2);
    }

    /** As claimed. */
    public int length() {
        return u16(4);
    }
}
