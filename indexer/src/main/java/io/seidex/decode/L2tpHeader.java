package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * L2TP header, RFC 2661 3.1, over UDP.
 * <pre>
 *  bit      0    T: a control message
 *           1    L: length present
 *           4    S: sequence numbers present
 *           6    O: offset present
 *         12-15  version: 2; version 3 (RFC 3931) does not tell what it carries
 *  octets   -    length, header included: if L
 *           -    tunnel (2), session (2)
 *           -    Ns (2), Nr (2): if S
 *           -    offset (2), and as many octets of padding: if O
 * </pre>
 */
public final class L2tpHeader extends Flyweight {
    public static final int LENGTH = 6;
    private static final int CONTROL = 0x8000;
    private static final int HAS_LENGTH = 0x4000;
    private static final int SEQUENCE = 0x0800;
    private static final int OFFSET = 0x0200;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < LENGTH) {
            return Fault.HEADER_TRUNCATED;
        }
        if (version() != 2) {
            return Fault.VERSION_UNKNOWN;
        }
        return available < fixedLength() || available < headerLength() ? Fault.HEADER_TRUNCATED : Fault.NONE;
    }

    public int version() {
        return u16(0) & 0x0F;
    }

    public boolean isControl() {
        return flag(CONTROL);
    }

    public int tunnelId() {
        return u16(idsOffset());
    }

    public int sessionId() {
        return u16(idsOffset() + 2);
    }

    public int headerLength() {
        int fixed = fixedLength();
        return flag(OFFSET) ? fixed + u16(fixed - 2) : fixed;
    }

    private int idsOffset() {
        return flag(HAS_LENGTH) ? 4 : 2;
    }

    private int fixedLength() {
        return idsOffset() + 4 + (flag(SEQUENCE) ? 4 : 0) + (flag(OFFSET) ? 2 : 0);
    }

    private boolean flag(int mask) {
        return (u16(0) & mask) != 0;
    }
}
