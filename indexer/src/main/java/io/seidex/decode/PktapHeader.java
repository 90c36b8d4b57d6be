package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Header of Apple's PKTAP: LINKTYPE_PKTAP (258), and under 149. Everything is in little-endian order.
 * <pre>
 *  octets  0-3   length, header included
 *          4-7   type: 1 if a packet follows
 *          8-11  link type of what follows
 *         12-    interface, process …
 * </pre>
 */
public final class PktapHeader extends Flyweight {
    public static final int LENGTH = 12;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < LENGTH) {
            return Fault.HEADER_TRUNCATED;
        }
        long length = octets.u32le(at);
        if (length < LENGTH) {
            return Fault.LENGTH_IMPOSSIBLE;
        }
        return available < length ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int headerLength() {
        return (int) octets.u32le(at);
    }

    public boolean hasPacket() {
        return octets.u32le(at + 4) == 1;
    }

    public int linkType() {
        return (int) octets.u32le(at + 8);
    }
}
