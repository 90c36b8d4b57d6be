package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Header of GTP version 1 (TS 29.060 6, TS 29.281 5.1), of GTP version 0, and of GTP' (TS 32.295), which share the first
 * four octets.
 * <pre>
 *             version 1                         version 0           GTP'
 *  octet    1     version (3 bits), PT (1 bit): 0 is GTP', spare (1 bit), E, S, PN
 *           2     message type
 *          3-4    length
 *          5-8    TEID                          sequence, flow      sequence
 *          9-10   sequence number               …
 *           11    N-PDU number                  tunnel identifier
 *           12    type of the next extension header
 * </pre>
 * Octets 9-12 exist if any of E, S, PN is 1. The length counts what follows octet 8; of version 0, octet 20; of GTP', octet 6,
 * or 20 in its version 0 if the last bit of octet 1 is 0.
 * Extension headers follow if E is 1: {@link GtpExtensionCursor}.
 */
public final class Gtp1Header extends Flyweight {
    public static final int LENGTH = 8;
    public static final int VERSION_0_LENGTH = 20;
    public static final int PRIME_LENGTH = 6;
    private static final int OPTIONAL = 4;
    private static final int TUNNELLED = 255;

    // Message types of TS 29.060 7.1, TS 29.281 6.1 and TS 32.295, a bit each: an unknown type on these ports is something else.
    private static final long[] MESSAGES = new long[4];

    static {
        messages(1, 7);
        messages(16, 37);
        messages(48, 62);
        messages(70, 70);
        messages(96, 105);
        messages(112, 121);
        messages(128, 129);
        messages(240, 241);
        messages(253, 255);
    }

    public Fault wrap(Octets octets, long at, int available) {
        over(octets, at, available);
        if (available < 2) {
            return Fault.HEADER_TRUNCATED;
        }
        if (version() > 2) {
            return Fault.VERSION_UNKNOWN;
        }
        if (available < headerLength()) {
            return Fault.HEADER_TRUNCATED;
        }
        return messageLength() > available ? Fault.PAYLOAD_TRUNCATED : Fault.NONE;
    }

    public int version() {
        return u8(0) >>> 5;
    }

    /** PT = 0: the charging protocol GTP'. */
    public boolean isPrime() {
        return (u8(0) & 0x10) == 0;
    }

    /** Version 0, of GSM 09.60, whose IEs differ. */
    public boolean isVersion0() {
        return version() == 0 && !isPrime();
    }

    /** Whether the type is one that only the user plane has, TS 29.281 6.1. */
    public boolean isUserPlane() {
        return switch (messageType()) {
            case 26, 31, 253, 254, TUNNELLED -> true;
            default -> false;
        };
    }

    /** Readable from 2 octets on. */
    public int messageType() {
        return u8(1);
    }

    public boolean isKnownType() {
        int type = messageType();
        return (MESSAGES[type >>> 6] >>> type & 1) != 0;
    }

    /** Whether a packet of the tunnel follows: a G-PDU, TS 29.281 6.1, or the T-PDU of older versions. */
    public boolean isTunnelled() {
        return messageType() == TUNNELLED;
    }

    /** Octets of the whole message, as claimed. */
    public int messageLength() {
        return u16(2) + (isPrime() ? primeLength() : version() == 0 ? VERSION_0_LENGTH : LENGTH);
    }

    /** The fixed header, with the optional octets if it has them; without extension headers. */
    public int headerLength() {
        if (isPrime()) {
            return primeLength();
        }
        if (version() == 0) {
            return VERSION_0_LENGTH;
        }
        return (u8(0) & 0x07) != 0 ? LENGTH + OPTIONAL : LENGTH;
    }

    /** Of GTP', version 0 alone has the length of GTP's unless a bit says that it has not, TS 32.295 6.1.1. */
    private int primeLength() {
        return (u8(0) & 0xE1) == 0 ? VERSION_0_LENGTH : PRIME_LENGTH;
    }

    /** Whether there is a TEID, and it is present. */
    public boolean hasTeid() {
        return has(LENGTH) && !isPrime() && version() != 0;
    }

    /** Meaningful only if {@link #hasTeid()}. */
    public long teid() {
        return u32(4);
    }

    /** Whether there is a sequence number that means something, and it is present. */
    public boolean hasSequence() {
        if (isPrime() || version() == 0) {
            return has(PRIME_LENGTH);
        }
        return (u8(0) & 0x02) != 0 && has(10);
    }

    /** Meaningful only if {@link #hasSequence()}. */
    public int sequence() {
        return u16(isPrime() || version() == 0 ? 4 : 8);
    }

    /** Whether extension headers follow. */
    public boolean hasExtensions() {
        return !isPrime() && version() != 0 && (u8(0) & 0x04) != 0;
    }

    private static void messages(int first, int last) {
        for (int type = first; type <= last; type++) {
            MESSAGES[type >>> 6] |= 1L << type;
        }
    }
}
