package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Header of an ATM frame as SunATM captures it: LINKTYPE_SUNATM (123).
 * <pre>
 *  octet    0    direction (1 bit), traffic in the lower 4 bits: 1 LAN emulation, 2 LLC
 *           1    virtual path
 *  octets  2-3   virtual channel
 *          4-5   LAN emulation only: identifier of the client; an Ethernet frame follows
 * </pre>
 */
public final class SunAtmHeader extends Flyweight {
    public static final int LENGTH = 4;
    private static final int CLIENT_LENGTH = 2;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH || available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public boolean isLanEmulation() {
        return (u8(0) & 0x0F) == 1;
    }

    public int headerLength() {
        return isLanEmulation() ? LENGTH + CLIENT_LENGTH : LENGTH;
    }
}
