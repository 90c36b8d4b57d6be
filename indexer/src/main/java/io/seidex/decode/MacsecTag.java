package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * SecTAG behind its EtherType, IEEE 802.1AE 9.3.
 * <pre>
 *  octet    0    version, ES, SC (0x20): an identifier follows, SCB, E (0x08), C (0x04), association number
 *           1    short length
 *  octets  2-5   packet number
 *          6-13  secure channel identifier; only if SC
 *           -    EtherType of what follows; readable only if neither E nor C: authenticated, not encrypted
 * </pre>
 * 16 octets of check value end the frame.
 */
public final class MacsecTag extends Flyweight {
    public static final int LENGTH = 6;
    private static final int IDENTIFIER_LENGTH = 8;
    private static final int TYPE_LENGTH = 2;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH || available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public boolean isEncrypted() {
        return (u8(0) & 0x0C) != 0;
    }

    /** Meaningful only if not {@link #isEncrypted()}. */
    public int type() {
        return u16(headerLength() - TYPE_LENGTH);
    }

    /** With the type, if that is readable. */
    public int headerLength() {
        return LENGTH + ((u8(0) & 0x20) != 0 ? IDENTIFIER_LENGTH : 0) + (isEncrypted() ? 0 : TYPE_LENGTH);
    }
}
