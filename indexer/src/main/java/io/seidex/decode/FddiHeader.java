package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * FDDI header, ISO 9314-2; of LLC frames an LLC header follows.
 * <pre>
 *  octet    0    frame control: 0x50-0x57 are asynchronous LLC frames
 *  octets  1-6   destination
 *          7-12  source
 * </pre>
 */
public final class FddiHeader extends Flyweight {
    public static final int LENGTH = 13;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        return available < LENGTH ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public boolean isLlc() {
        return (u8(0) & 0xF8) == 0x50;
    }
}
