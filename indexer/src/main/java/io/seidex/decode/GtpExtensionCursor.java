package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;

/**
 * Visits the chain of extension headers of a GTP version 1 message as sent: TS 29.281 5.2.1 for the user plane, TS 29.060 6
 * for control. Each is
 * <pre>
 *  octet    0    length of all of it, in units of 4 octets
 *           1-   content
 *  last octet    type of the next, 0 if there is none
 * </pre>
 * so that an extension header's own type stands before it: in the last octet of the one before, or of the fixed header. A
 * length of 0, or one that reaches beyond the message, ends the chain.
 */
public final class GtpExtensionCursor {
    public static final int PDU_SET_INFORMATION = 0x04;
    /** As of drafts. */
    public static final int OLD_PDU_SET_INFORMATION = 0x86;
    public static final int PDCP_PDU_NUMBER = 0xC0;
    public static final int NR_RAN_CONTAINER = 0x84;
    public static final int PDU_SESSION_CONTAINER = 0x85;

    private static final int TYPE = 11;

    private final Gtp1Header gtp = new Gtp1Header();

    private Octets octets = Octets.EMPTY;
    private long nextAt;
    private long end;
    private int nextType;
    private Fault fault = Fault.NONE;

    private long at;
    private int type;
    private int length;

    /** Begins a walk over the message at a place that a {@link Packet} lists, whose header is not {@link Packet#CUT}. */
    public void over(Octets octets, long at, int available) {
        gtp.over(octets, at, available);
        over(gtp);
    }

    /** Begins a walk. The fixed header must be there. */
    public void over(Gtp1Header message) {
        octets = message.octets;
        nextAt = message.at() + message.headerLength();
        end = message.at() + message.available();
        nextType = message.hasExtensions() ? message.u8(TYPE) : 0;
        fault = Fault.NONE;
    }

    /** Moves to the next extension header. False behind the last, and at one that lies: then there is a {@link #fault()}. */
    public boolean next() {
        if (nextType == 0) {
            return false;
        }
        int size = nextAt < end ? octets.u8(nextAt) << 2 : 0;
        if (size == 0 || size > end - nextAt) {
            nextType = 0;
            fault = Fault.EXTENSION_MALFORMED;
            return false;
        }
        type = nextType;
        at = nextAt;
        length = size;
        nextAt += size;
        nextType = octets.u8(nextAt - 1);
        return true;
    }

    public int type() {
        return type;
    }

    /** The absolute offset of the length octet. */
    public long at() {
        return at;
    }

    /** Octets of all of it: length, content and type of the next. */
    public int length() {
        return length;
    }

    public long contentAt() {
        return at + 1;
    }

    /** Octets of the content; at least 2. */
    public int contentLength() {
        return length - 2;
    }

    /** What ended the walk. */
    public Fault fault() {
        return fault;
    }

    /** Behind the walk: where the payload begins, or the extension header that lies. */
    public long endAt() {
        return nextAt;
    }
}
