package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Begin of a PPP frame: the protocol field, RFC 1661 2, behind address and control octets where the link has them, RFC 1662 3.1.
 * <pre>
 *  octet    0    address, 0xFF    both may be left out
 *           1    control, 0x03
 *           -    protocol: 1 octet if its last bit is 1, else 2
 * </pre>
 */
public final class PppHeader extends Flyweight {
    private static final int ADDRESS = 0xFF;
    private static final int ADDRESS_AND_CONTROL = 2;

    private int protocolOffset;

    /** @param mayBeFramed whether address and control octets may stand before the protocol */
    public Fault wrap(Octets octets, long at, int available, boolean mayBeFramed) {
        over(octets, at, available);
        protocolOffset = mayBeFramed && available > 0 && u8(0) == ADDRESS ? ADDRESS_AND_CONTROL : 0;
        return available <= protocolOffset || available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int protocol() {
        return isCompressed() ? u8(protocolOffset) : u16(protocolOffset);
    }

    public int headerLength() {
        return protocolOffset + (isCompressed() ? 1 : 2);
    }

    private boolean isCompressed() {
        return (u8(protocolOffset) & 1) != 0;
    }
}
