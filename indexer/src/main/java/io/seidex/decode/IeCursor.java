package io.seidex.decode;

import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;

/**
 * Visits every information element of a message as sent, groups before their members. No recursion, no allocation; work and
 * depth are bounded by the octets of the message and by {@link #MAX_DEPTH}.
 *
 * <pre>
 *  octets    PFCP, TS 29.244 8.1       GTPv2-C, TS 29.274 8.2     GTPv1-C, GTP-U, GTP', TS 29.060 7.7
 *    0       type                      type                       type
 *   1-2      type, length              length of what follows     below 128: the value, as long as the type says
 *    3       length of what follows    instance (low half)        from 128 on: length (octets 1-2; of few types
 *                                                                 octet 1 alone), value
 *    4-      value                     value
 * </pre>
 * The value of a PFCP element of type 32768 or more begins with the number of an enterprise, which its length counts. Types
 * 254 of GTPv2-C and 238 of GTPv1-C stand for the type of two octets, 256 or more, that their value begins with. Both are
 * taken from the value. The value of a group is elements.
 *
 * <p>An element that exceeds its group is cut to what is there and ends the group: the group's own length is still sound, and
 * the walk goes on behind it. So is one that reaches further than the capture, which is no fault of its own; nor is what
 * follows from a group that was cut. What a group that is too deep holds is not visited. A GTPv1 type below 128 that the
 * dictionary does not know tells no length: all that is left of the message is its value, and the walk ends.
 */
public final class IeCursor {
    /** Groups within one another. The deepest of TS 29.244 R19 needs 5. */
    public static final int MAX_DEPTH = 16;

    private static final int PFCP = 0;
    private static final int GTPV2 = 1;
    private static final int GTPV1 = 2;

    private static final int HEADER = 4;
    private static final int ENTERPRISE = 0x8000;
    private static final int ENTERPRISE_LENGTH = 2;
    private static final int NO_ENTERPRISE = -1;
    private static final int GTPV2_EXTENSION = 254;
    private static final int GTPV1_EXTENSION = 238;
    private static final int FIRST_EXTENDED = 256;
    private static final int GTPV1_TLV = 128;

    private final Layer layer;
    private final int framing;
    private final Dictionary dictionary;
    private final long[] groupEnd = new long[MAX_DEPTH + 1];
    /** Where each group says that it ends, which may be behind what is there. */
    private final long[] claimedEnd = new long[MAX_DEPTH + 1];
    private final int[] groupType = new int[MAX_DEPTH + 1];

    private Octets octets = Octets.EMPTY;
    private Packet packet;
    private long nextAt;
    private int depth;

    private long at;
    private int type;
    private int enterprise;
    private int instance;
    private long valueAt;
    private int length;
    private int missing;
    private int level;
    private Element element;
    private Fault fault = Fault.NONE;

    private IeCursor(Layer layer, int framing, Dictionary dictionary) {
        this.layer = layer;
        this.framing = framing;
        this.dictionary = dictionary;
    }

    /** For the messages of PFCP. */
    public static IeCursor pfcp(Dictionary dictionary) {
        return new IeCursor(Layer.PFCP, PFCP, dictionary);
    }

    /** For the messages of GTPv2-C. */
    public static IeCursor gtpv2(Dictionary dictionary) {
        return new IeCursor(Layer.GTPV2, GTPV2, dictionary);
    }

    /** For the messages of GTPv1-C or of GTP-U: the dictionary tells. */
    public static IeCursor gtpv1(Dictionary dictionary) {
        return new IeCursor(Layer.GTP, GTPV1, dictionary);
    }

    /** For the messages of GTP'. */
    public static IeCursor gtpPrime(Dictionary dictionary) {
        return new IeCursor(Layer.GTPPRIME, GTPV1, dictionary);
    }

    /**
     * Begins a walk.
     *
     * @param claimed how many octets the elements have, of which {@code length} are present
     * @param packet where faults are reported
     */
    public void over(Octets octets, long at, int length, int claimed, Packet packet) {
        this.octets = octets;
        this.packet = packet;
        this.nextAt = at;
        this.depth = 0;
        groupEnd[0] = at + length;
        claimedEnd[0] = at + claimed;
        groupType[0] = 0;
    }

    /** Moves to the next element. False behind the last. */
    public boolean next() {
        for (;;) {
            while (nextAt == groupEnd[depth]) {
                if (depth == 0) {
                    return false;
                }
                depth--;
            }
            at = nextAt;
            level = depth;
            fault = Fault.NONE;
            int left = (int) (groupEnd[depth] - at);
            if (read(left)) {
                nextAt = valueAt + length;
                if (missing != 0 && nextAt + missing > claimedEnd[depth]) {
                    report(Fault.IE_OVERRUN);
                }
                if (isGroup()) {
                    descend();
                }
                return true;
            }
            if (groupEnd[depth] == claimedEnd[depth]) {
                report(Fault.IE_OVERRUN);
            }
            nextAt = groupEnd[depth];
        }
    }

    private void report(Fault found) {
        packet.report(layer, found, at);
        if (fault == Fault.NONE) {
            fault = found;
        }
    }

    /** Reads what stands before the value; false if that does not fit into what is left. */
    private boolean read(int left) {
        if (framing == PFCP) {
            return pfcp(left);
        }
        return framing == GTPV2 ? gtpv2(left) : gtpv1(left);
    }

    private boolean pfcp(int left) {
        if (left < HEADER) {
            return false;
        }
        int header = (int) octets.u32(at);
        type = header >>> Short.SIZE;
        value(HEADER, header & 0xFFFF, left);
        enterprise = 0;
        if (type >= ENTERPRISE) {
            if (length < ENTERPRISE_LENGTH) {
                enterprise = NO_ENTERPRISE;
                if (missing == 0) {
                    report(Fault.IE_MALFORMED);
                }
            } else {
                enterprise = octets.u16(valueAt);
                valueAt += ENTERPRISE_LENGTH;
                length -= ENTERPRISE_LENGTH;
            }
        }
        element = dictionary.element(enterprise, type);
        return true;
    }

    private boolean gtpv2(int left) {
        if (left < HEADER) {
            return false;
        }
        type = octets.u8(at);
        instance = octets.u8(at + 3) & 0xF;
        value(HEADER, octets.u16(at + 1), left);
        element = dictionary.element(0, type);
        if (type == GTPV2_EXTENSION) {
            extend();
        }
        return true;
    }

    private boolean gtpv1(int left) {
        type = octets.u8(at);
        element = dictionary.element(0, type);
        int fixed = element == null ? -1 : element.fixedLength();
        if (fixed < 0 && type < GTPV1_TLV) {
            report(Fault.IE_ENDLESS);
            fixed = left - 1;
        }
        int header = fixed >= 0 ? 1 : element != null && element.lengthOctets() == 1 ? 2 : 3;
        if (left < header) {
            return false;
        }
        value(header, header == 1 ? fixed : header == 2 ? octets.u8(at + 1) : octets.u16(at + 1), left);
        if (type == GTPV1_EXTENSION) {
            extend();
        }
        return true;
    }

    /** The value behind a header, of a length that the element claims. */
    private void value(int header, int claimed, int left) {
        valueAt = at + header;
        length = Math.min(claimed, left - header);
        missing = claimed - length;
    }

    /** The type is the one that the value begins with, if there is such a type. */
    private void extend() {
        if (length >= 2 && octets.u16(valueAt) >= FIRST_EXTENDED) {
            type = octets.u16(valueAt);
            valueAt += 2;
            length -= 2;
            element = dictionary.element(0, type);
        }
    }

    private void descend() {
        if (depth == MAX_DEPTH) {
            report(Fault.TOO_DEEP);
            return;
        }
        depth++;
        groupEnd[depth] = nextAt;
        claimedEnd[depth] = nextAt + missing;
        groupType[depth] = type;
        nextAt = valueAt;
    }

    /** Where the element begins. */
    public long at() {
        return at;
    }

    public int type() {
        return type;
    }

    /** The enterprise of a vendor's element, 0 for those of 3GPP; negative if the value ends before it. */
    public int enterprise() {
        return enterprise;
    }

    /** Whether the type is one of a vendor, of PFCP; the enterprise says of which. */
    public boolean isEnterprise() {
        return framing == PFCP && type >= ENTERPRISE;
    }

    /** Tells elements of one type in a message of GTPv2-C apart; of other protocols 0. */
    public int instance() {
        return instance;
    }

    public long valueAt() {
        return valueAt;
    }

    /** Octets of the value, as many as are there. */
    public int length() {
        return length;
    }

    /** Octets that the value has by its length and that are not there. */
    public int missing() {
        return missing;
    }

    public boolean isGroup() {
        return element != null && element.isGroup();
    }

    /** What the dictionary knows of the element, null if it is unknown. */
    public Element element() {
        return element;
    }

    /**
     * What is wrong with the element, as far as its value need not be read to know: {@link Fault#IE_OVERRUN}, {@link
     * Fault#IE_ENDLESS}, {@link Fault#IE_MALFORMED} of a vendor's that does not say whose, {@link Fault#TOO_DEEP}.
     */
    public Fault fault() {
        return fault;
    }

    /** 0 for the elements of the message itself, 1 for those of its groups, and so on. */
    public int level() {
        return level;
    }

    /** The type of the group that the element is in, 0 for the message itself. */
    public int parent() {
        return groupType[level];
    }
}
