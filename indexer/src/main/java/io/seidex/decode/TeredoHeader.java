package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * What may stand before the IPv6 datagram of Teredo, RFC 4380 5.1.1.
 * <pre>
 *  octets  0-1   1: authentication
 *           2    length of the client's identifier
 *           3    length of the authentication value
 *           -    both, nonce (8), confirmation (1)
 *  octets  0-1   0: origin
 *          2-7   port, address
 * </pre>
 */
public final class TeredoHeader extends Flyweight {
    private static final int AUTHENTICATION = 1;
    private static final int ORIGIN = 0;
    private static final int ORIGIN_LENGTH = 8;
    private static final int AUTHENTICATION_LENGTH = 13;

    private int headerLength;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        headerLength = 0;
        if (available >= 4 && u16(0) == AUTHENTICATION) {
            headerLength = AUTHENTICATION_LENGTH + u8(2) + u8(3);
        }
        if (available >= headerLength + 2 && u16(headerLength) == ORIGIN) {
            headerLength += ORIGIN_LENGTH;
        }
        return available < headerLength ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    /** After {@link #wrap} only. */
    public int headerLength() {
        return headerLength;
    }
}
