package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * What TCP (RFC 9293 3.1) and SCTP (RFC 9260 3.1) begin with; of most packets no more of them is read.
 * <pre>
 *  octets  0-1   source port
 *          2-3   destination port
 * </pre>
 */
public final class PortsHeader extends Flyweight {
    public static final int LENGTH = 4;
    /** SCTP's ports count only if its whole common header is there. */
    public static final int SCTP_LENGTH = 12;

    /** @param needed {@link #LENGTH} or {@link #SCTP_LENGTH} */
    public Fault wrap(Octets octets, long at, int available, int needed) {
        over(octets, at, available);
        return available < needed ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int sourcePort() {
        return u16(0);
    }

    public int destinationPort() {
        return u16(2);
    }
}
