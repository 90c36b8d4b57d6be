package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * PPPoE header, RFC 2516 4; of a session (EtherType 0x8864) PPP's protocol field follows.
 * <pre>
 *  octet    0    version (4 bits), type (4 bits)
 *           1    code; 0 in a session
 *  octets  2-3   session
 *          4-5   length of what follows
 * </pre>
 */
public final class PppoeHeader extends Flyweight {
    public static final int LENGTH = 6;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int sessionId() {
        return u16(2);
    }

    public int payloadLength() {
        return u16(4);
    }
}
