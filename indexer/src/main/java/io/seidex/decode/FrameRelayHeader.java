package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Frame relay header, ITU-T Q.922 Annex A, with RFC 2427's identification of what follows, or Cisco's.
 * <pre>
 *  octets  0-    address: 2 to 4 octets, the last has its lowest bit set
 *           -    RFC 2427: control 0x03, padding 0 if present, network layer protocol identifier; 0x80: a SNAP header
 *           -    Cisco: EtherType
 * </pre>
 */
public final class FrameRelayHeader extends Flyweight {
    private static final int MAX_ADDRESS = 4;
    private static final int UNNUMBERED_INFORMATION = 0x03;

    private int addressLength;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        addressLength = 0;
        do {
            if (available <= addressLength || addressLength == MAX_ADDRESS) {
                return Fault.HEADER_TRUNCATED;
            }
            addressLength++;
        } while ((u8(addressLength - 1) & 1) == 0);
        return available < addressLength + 2 || available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    /** Whether the protocol is told as RFC 2427 has it. */
    public boolean isStandard() {
        return u8(addressLength) == UNNUMBERED_INFORMATION;
    }

    /** Meaningful only if {@link #isStandard()}. */
    public int nlpid() {
        return u8(headerLength() - 1);
    }

    /** Meaningful only if not {@link #isStandard()}. */
    public int type() {
        return u16(addressLength);
    }

    public int headerLength() {
        boolean isPadded = isStandard() && u8(addressLength + 1) == 0;
        return addressLength + (isPadded ? 3 : 2);
    }
}
