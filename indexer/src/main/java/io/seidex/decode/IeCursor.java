package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;

/**
 * Visits every information element of a message as sent, groups before their members. No recursion, no allocation; work and
 * depth are bounded by the octets of the message and by {@link #MAX_DEPTH}.
 *
 * <p>PFCP, TS 29.244 8.1:
 * <pre>
 *  octets  0-1   type
 *          2-3   length of what follows
 *          4-5   enterprise number, only if the type is 32768 or more; the length counts it
 *           4-   value (behind the enterprise number), of a group: elements
 * </pre>
 * An element that exceeds its group ends the group: the group's own length is still sound, and the walk goes on behind it.
 * What a group that is too deep holds is not visited.
 */
public final class IeCursor {
    /** Groups within one another. The deepest of TS 29.244 R19 needs 5. */
    public static final int MAX_DEPTH = 16;
    private static final int HEADER = 4;
    private static final int ENTERPRISE = 0x8000;
    private static final int ENTERPRISE_LENGTH = 2;

    private final Groups groups;
    private final Layer layer;
    private final long[] groupEnd = new long[MAX_DEPTH + 1];
    private final int[] groupType = new int[MAX_DEPTH + 1];

    private Octets octets = Octets.EMPTY;
    private Packet packet;
    private boolean isCut;
    private long nextAt;
    private int depth;

    private long at;
    private int type;
    private int enterprise;
    private long valueAt;
    private int length;
    private int level;
    private boolean isGroup;

    /** Which elements hold elements. Asked for every element: it must be a look into a table. */
    @FunctionalInterface
    public interface Groups {
        /** @param enterprise 0 for those of 3GPP */
        boolean contains(int enterprise, int type);
    }

    /** @param layer the protocol, for faults */
    public IeCursor(Layer layer, Groups groups) {
        this.layer = layer;
        this.groups = groups;
    }

    /**
     * Begins a walk.
     *
     * @param isCut whether the elements reach further than what is present: then one that does not fit is no lie
     * @param packet where faults are reported
     */
    public void over(Octets octets, long at, int length, boolean isCut, Packet packet) {
        this.octets = octets;
        this.packet = packet;
        this.isCut = isCut;
        this.nextAt = at;
        this.depth = 0;
        groupEnd[0] = at + length;
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
            if (read((int) (groupEnd[depth] - at))) {
                nextAt = valueAt + length;
                isGroup = groups.contains(enterprise, type);
                if (isGroup) {
                    descend();
                }
                return true;
            }
            if (!isCut || groupEnd[depth] != groupEnd[0]) {
                packet.report(layer, Fault.IE_OVERRUN, at);
            }
            nextAt = groupEnd[depth];
        }
    }

    private boolean read(int left) {
        if (left < HEADER) {
            return false;
        }
        type = octets.u16(at);
        length = octets.u16(at + 2);
        valueAt = at + HEADER;
        enterprise = 0;
        if (length > left - HEADER) {
            return false;
        }
        if (type >= ENTERPRISE) {
            if (length < ENTERPRISE_LENGTH) {
                return false;
            }
            enterprise = octets.u16(valueAt);
            valueAt += ENTERPRISE_LENGTH;
            length -= ENTERPRISE_LENGTH;
        }
        return true;
    }

    private void descend() {
        if (depth == MAX_DEPTH) {
            packet.report(layer, Fault.TOO_DEEP, at);
            return;
        }
        depth++;
        groupEnd[depth] = nextAt;
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

    /** The enterprise of a vendor's element, 0 for those of 3GPP. */
    public int enterprise() {
        return enterprise;
    }

    /** Whether the type is one of a vendor; the enterprise says of which. */
    public boolean isEnterprise() {
        return type >= ENTERPRISE;
    }

    public long valueAt() {
        return valueAt;
    }

    /** Octets of the value. */
    public int length() {
        return length;
    }

    public boolean isGroup() {
        return isGroup;
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
