package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * PFCP message header, TS 29.244 7.2.2.
 * <pre>
 *  octet     8   7   6   5   4   3   2   1
 *    1     | version   | spare | FO| MP| S |
 *    2     | message type                  |   7.3
 *   3-4    | length                        |   of everything after octet 4
 *  5-12    | SEID                          |   only if S = 1
 *  next 3  | sequence number               |
 *  last    | priority      | spare         |   priority only if MP = 1
 * </pre>
 * Where the header is cut, what is present may still be read: {@link #hasType}, {@link #hasSeid}, {@link #hasSequence} tell.
 */
public final class PfcpHeader extends Flyweight {
    public static final int NODE_LENGTH = 8;
    public static final int SESSION_LENGTH = 16;
    private static final int ASSOCIATION_UPDATE_REQUEST = 7;
    private static final int SESSION_MODIFICATION_REQUEST = 52;
    private static final int SESSION_REPORT_RESPONSE = 57;
    private static final int UNCOUNTED = 4;

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < NODE_LENGTH || available < headerLength()) {
            return Fault.HEADER_TRUNCATED;
        }
        if (messageLength() < headerLength()) {
            return Fault.LENGTH_IMPOSSIBLE;
        }
        return messageLength() > available ? Fault.PAYLOAD_TRUNCATED : Fault.NONE;
    }

    /** 1. Other versions have no layout yet; they are read as if they were 1, as Wireshark does. Readable from 1 octet on. */
    public int version() {
        return u8(0) >>> 5;
    }

    /** FO: another message follows in the datagram, 6.5. */
    public boolean followOn() {
        return (u8(0) & 0x04) != 0;
    }

    public boolean hasType() {
        return has(2);
    }

    public int messageType() {
        return u8(1);
    }

    /**
     * Whether an element without a value is sound: in messages that change what was said before it takes back what it
     * names, 5.6.3.
     */
    public boolean mayRemove() {
        return switch (messageType()) {
            case ASSOCIATION_UPDATE_REQUEST, SESSION_MODIFICATION_REQUEST, SESSION_REPORT_RESPONSE -> true;
            default -> false;
        };
    }

    /** Octets of the whole message, as claimed. */
    public int messageLength() {
        return u16(2) + UNCOUNTED;
    }

    /** The S bit. */
    public boolean isSession() {
        return (u8(0) & 0x01) != 0;
    }

    /** Whether there is a SEID, and it is present. */
    public boolean hasSeid() {
        return has(12) && isSession();
    }

    /** Meaningful only if {@link #hasSeid()}. A pattern of 64 bits, unsigned. */
    public long seid() {
        return i64(4);
    }

    public boolean hasSequence() {
        return has(headerLength() - 1);
    }

    public int sequence() {
        return u24(headerLength() - 4);
    }

    public int headerLength() {
        return isSession() ? SESSION_LENGTH : NODE_LENGTH;
    }
}
