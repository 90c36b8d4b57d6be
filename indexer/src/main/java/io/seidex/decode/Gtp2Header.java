package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * GTPv2-C message header, TS 29.274 5.1.
 * <pre>
 *  octet     8   7   6   5   4   3   2   1
 *    1     | version   | P | T | MP| spare |
 *    2     | message type                  |   6.1
 *   3-4    | length                        |   of everything after octet 4
 *   5-8    | TEID                          |   only if T = 1
 *  next 3  | sequence number               |
 *  last    | priority      | spare         |   priority only if MP = 1
 * </pre>
 */
public final class Gtp2Header extends Flyweight {
    public static final int LENGTH = 8;
    public static final int TEID_LENGTH = 12;
    private static final int UNCOUNTED = 4;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < 1) {
            return Fault.HEADER_TRUNCATED;
        }
        if (version() != 2) {
            return Fault.VERSION_UNKNOWN;
        }
        if (available < headerLength()) {
            return Fault.HEADER_TRUNCATED;
        }
        if (messageLength() < headerLength()) {
            return Fault.LENGTH_IMPOSSIBLE;
        }
        return messageLength() > available ? Fault.PAYLOAD_TRUNCATED : Fault.NONE;
    }

    public int version() {
        return u8(0) >>> 5;
    }

    /** P: another message follows in the datagram. */
    public boolean isPiggybacked() {
        return (u8(0) & 0x10) != 0;
    }

    /** The T bit. */
    public boolean isTunnelled() {
        return (u8(0) & 0x08) != 0;
    }

    public boolean hasType() {
        return has(2);
    }

    /** Meaningful only if {@link #hasType()}. */
    public int messageType() {
        return u8(1);
    }

    /** Octets of the whole message, as claimed. */
    public int messageLength() {
        return u16(2) + UNCOUNTED;
    }

    /** Whether there is a TEID, and it is present. */
    public boolean hasTeid() {
        return has(8) && isTunnelled();
    }

    /** Meaningful only if {@link #hasTeid()}. */
    public long teid() {
        return u32(4);
    }

    public boolean hasSequence() {
        return has(headerLength() - 1);
    }

    public int sequence() {
        return u24(headerLength() - 4);
    }

    public int headerLength() {
        return isTunnelled() ? TEID_LENGTH : LENGTH;
    }
}
