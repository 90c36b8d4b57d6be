package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Network service header, RFC 8300 2.
 * <pre>
 *  bits   0-3    version (2 bits), OAM, reserved
 *         4-9    time to live
 *        10-15   length in units of 4 octets, header included
 *        20-23   kind of the context
 *        24-31   next protocol
 *  octets  4-7   service path (3 octets), service index
 *           8-   context
 * </pre>
 */
public final class NshHeader extends Flyweight {
    public static final int LENGTH = 8;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH || available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int nextProtocol() {
        return u8(3);
    }

    /** At least {@link #LENGTH}, whatever the header says. */
    public int headerLength() {
        return Math.max(LENGTH, (u16(0) & 0x3F) << 2);
    }
}
