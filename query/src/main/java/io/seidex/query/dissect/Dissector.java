package io.seidex.query.dissect;

import io.seidex.capture.Frame;
import io.seidex.decode.IeCursor;
import io.seidex.decode.Packet;
import io.seidex.dictionary.LayoutReader;
import io.seidex.dictionary.MemberType;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Fills a {@link PacketTree} with everything that is in a packet: its record, every layer's header, every information
 * element at any depth, every member. One instance for each thread; nothing is allocated per packet.
 *
 * <p>Whatever the octets are, it answers with a tree: what is wrong stands at its place, what no dictionary knows is there with
 * its octets, and the work is bounded by the octets of the packet.
 */
public final class Dissector {
    private static final long NANOS = 1_000_000_000L;
    private static final long NTP_TO_1970 = 2_208_988_800L;
    private static final long NTP_ERA = 0x8000_0000L;
    private static final byte[] COLON = {':'};
    private static final byte[] NOTHING = {};
    private static final byte[][] FAULTS = new byte[Layer.count() * Fault.count()][];
    private static final byte[][] LAYERS = new byte[Layer.count()][];

    static {
        for (int layer = 0; layer < Layer.count(); layer++) {
            LAYERS[layer] = Layer.of(layer).label().getBytes(StandardCharsets.US_ASCII);
            for (int fault = 0; fault < Fault.count(); fault++) {
                FAULTS[layer * Fault.count() + fault] =
                        (Layer.of(layer).label() + ':' + Fault.of(fault).label()).getBytes(StandardCharsets.US_ASCII);
            }
        }
    }

    private final FieldRegistry fields;
    private final Shape[] headers = new Shape[Layer.count()];
    private final LayoutReader reader = new LayoutReader();
    private final IeCursor pfcpElements;
    /** Takes what the cursor reports: the tree says it at its place. */
    private final Packet ignored = new Packet();
    private final int[] nodeOfLevel = new int[IeCursor.MAX_DEPTH + 2];
    private final long[] endOfLevel = new long[IeCursor.MAX_DEPTH + 2];
    private final long[] readOfLevel = new long[IeCursor.MAX_DEPTH + 2];
    /** The node of each member of the layout that is read. */
    private int[] nodeOfMember = new int[64];
    private boolean[] isPlaced = new boolean[8];

    private Octets octets;
    private Packet packet;
    private PacketTree tree;

    public Dissector(FieldRegistry fields) {
        this.fields = fields;
        this.pfcpElements = IeCursor.pfcp(fields.pfcp.dictionary());
    }

    /** @param packet the frame's layers, as a {@link io.seidex.decode.PacketDecoder} found them */
    public void dissect(Octets octets, Frame frame, Packet packet, PacketTree into) {
        dissect(octets, frame, frame.number(), packet, into);
    }

    /** @param number of the frame, for one that was read without those before it */
    public void dissect(Octets octets, Frame frame, long number, Packet packet, PacketTree into) {
        this.octets = octets;
        this.packet = packet;
        this.tree = into;
        into.clear(octets, number, frame.at(), frame.captured());
        if (isPlaced.length < packet.faults()) {
            isPlaced = new boolean[2 * packet.faults()];
        }
        Arrays.fill(isPlaced, false);
        record(frame);
        int count = packet.count();
        for (int i = 0; i < count; i++) {
            switch (packet.layer(i)) {
                case FRAME -> {
                    // A link type that is not decoded: the frame is all there is.
                }
                case PFCP -> pfcp(i);
                default -> header(i);
            }
        }
        homelessFaults();
    }

    private void record(Frame frame) {
        long at = frame.at();
        int root = tree.add(fields.frame, -1, at, frame.captured(), 0);
        tree.add(fields.frameNumber, root, at, 0, tree.frameNumber());
        if (frame.hasTime()) {
            tree.add(fields.frameTime, root, at, 0, frame.timeNanos());
            tree.add(fields.frameTimeEpoch, root, at, 0, frame.timeNanos());
        }
        tree.add(fields.frameLength, root, at, 0, frame.original());
        tree.add(fields.frameCaptured, root, at, 0, frame.captured());
        tree.add(fields.frameOffset, root, at, 0, frame.recordAt());
        int begin = tree.ownEnd();
        int protocols = tree.add(fields.frameProtocols, root, at, 0, NOTHING);
        for (int i = 0; i < packet.count(); i++) {
            if (i > 0) {
                tree.own(COLON);
            }
            tree.own(LAYERS[packet.ordinal(i)]);
        }
        tree.number(protocols, (long) begin << 32 | tree.ownEnd() - begin);
    }

    private Shape shape(int layer) {
        Shape known = headers[layer];
        if (known == null) {
            known = fields.layer(Layer.of(layer));
            headers[layer] = known;
        }
        return known;
    }

    /** A layer whose node ends with its header. */
    private void header(int index) {
        int node = layer(index);
        long end = members(shape(packet.ordinal(index)), node, packet.at(index), packet.available(index));
        tree.length(node, (int) (end - packet.at(index)));
    }

    private int layer(int index) {
        Shape shape = shape(packet.ordinal(index));
        int node = tree.add(shape.self(), -1, packet.at(index), packet.available(index), 0);
        faults(index, node);
        return node;
    }

    /** Places the faults of a layer that were met before the next layer of its kind begins. */
    private void faults(int index, int node) {
        int layer = packet.ordinal(index);
        long end = Long.MAX_VALUE;
        for (int i = index + 1; i < packet.count(); i++) {
            if (packet.ordinal(i) == layer) {
                end = packet.at(i);
                break;
            }
        }
        for (int i = 0; i < packet.faults(); i++) {
            if (!isPlaced[i] && packet.faultLayer(i).ordinal() == layer && packet.faultAt(i) < end) {
                isPlaced[i] = true;
                fault(layer, packet.fault(i), node, packet.faultAt(i), 0);
            }
        }
    }

    /** Faults of layers that are not in the packet: the decoder stopped before them. */
    private void homelessFaults() {
        for (int i = 0; i < packet.faults(); i++) {
            if (!isPlaced[i]) {
                Layer layer = packet.faultLayer(i);
                long at = packet.faultAt(i);
                int left = (int) (tree.frameAt() + tree.captured() - at);
                int node = layer == Layer.FRAME ? 0 : tree.add(shape(layer.ordinal()).self(), -1, at, left, 0);
                fault(layer.ordinal(), packet.fault(i), node, at, 0);
            }
        }
    }

    private void fault(int layer, Fault fault, int node, long at, int length) {
        if (tree.fault(node) == Fault.NONE) {
            tree.fault(node, fault);
        }
        int said = tree.add(fields.fault, node, at, length, FAULTS[layer * Fault.count() + fault.ordinal()]);
        tree.fault(said, fault);
    }

    private void pfcp(int index) {
        int node = layer(index);
        int layer = packet.ordinal(index);
        long at = packet.at(index);
        int available = packet.available(index);
        long end = members(shape(layer), node, at, available);
        if ((packet.marks(index) & Packet.CUT) != 0) {
            return;
        }
        int left = (int) (at + available - end);
        boolean isCut = octets.u16(at + 2) + 4 > available;
        pfcpElements.over(octets, end, left, isCut, ignored);
        begin(0, node, end, end + left);
        int level = 0;
        while (pfcpElements.next()) {
            close(layer, level, pfcpElements.level(), isCut);
            level = pfcpElements.level();
            level = element(layer, level);
        }
        close(layer, level, -1, isCut);
    }

    private void begin(int level, int node, long at, long end) {
        nodeOfLevel[level] = node;
        readOfLevel[level] = at;
        endOfLevel[level] = end;
    }

    /** Leaves groups; what was not read at the end of one is an element that exceeds it. */
    private void close(int layer, int from, int to, boolean isCut) {
        for (int level = from; level > to; level--) {
            int left = (int) (endOfLevel[level] - readOfLevel[level]);
            if (left > 0) {
                int node = tree.add(fields.undescribed, nodeOfLevel[level], readOfLevel[level], left, 0);
                boolean isEnd = isCut && endOfLevel[level] == endOfLevel[0];
                if (!isEnd) {
                    fault(layer, Fault.IE_OVERRUN, node, readOfLevel[level], left);
                }
            }
        }
    }

    /** Adds the element at the cursor; answers the level that its successor is expected at. */
    private int element(int layer, int level) {
        IeCursor cursor = pfcpElements;
        Shape shape = fields.pfcp.element(cursor.enterprise(), cursor.type());
        if (shape == null) {
            shape = fields.unknownElement;
        }
        long valueAt = cursor.valueAt();
        long end = valueAt + cursor.length();
        int node = tree.add(shape.self(), nodeOfLevel[level], cursor.at(), (int) (end - cursor.at()),
                (long) cursor.enterprise() << 32 | cursor.type());
        readOfLevel[level] = end;
        members(fields.pfcpElementHeader, node, cursor.at(), (int) (valueAt - cursor.at()));
        if (shape.isGroup() && level < IeCursor.MAX_DEPTH) {
            begin(level + 1, node, valueAt, end);
            return level + 1;
        }
        value(layer, shape, node, valueAt, cursor.length());
        return level;
    }

    /** Reads a value; what its layout does not describe stands behind its members. */
    private void value(int layer, Shape shape, int node, long at, int length) {
        long end = members(shape, node, at, length);
        if (shape.program() != null && reader.fault() != Fault.NONE) {
            fault(layer, reader.fault(), node, reader.faultAt(), (int) (at + length - reader.faultAt()));
        }
        if (end < at + length) {
            tree.add(fields.undescribed, node, end, (int) (at + length - end), 0);
        }
    }

    /** Adds the members that a shape finds; answers the end of the last. */
    private long members(Shape shape, int node, long at, int length) {
        if (shape.program() == null) {
            return at;
        }
        Field[] members = shape.members();
        if (nodeOfMember.length < members.length) {
            nodeOfMember = new int[2 * members.length];
        }
        long end = at;
        for (reader.over(shape.program(), octets, at, length); reader.next();) {
            int index = reader.member().index();
            Field field = members[index];
            int above = shape.parents()[index];
            int parent = above < 0 ? node : nodeOfMember[above];
            nodeOfMember[index] = tree.add(field, parent, reader.at(), reader.length(), number(field));
            end = Math.max(end, reader.at() + reader.length());
        }
        return end;
    }

    private long number(Field field) {
        return switch (field.type()) {
            case UNSIGNED, SIGNED, FLAG -> field.times() * reader.number();
            case TIME -> nanos(field.member().type(), reader.number());
            default -> 0;
        };
    }

    private static long nanos(MemberType type, long value) {
        long seconds = type == MemberType.NTP64 ? value >>> 32 : value;
        long fraction = type == MemberType.NTP64 ? value & 0xFFFF_FFFFL : 0;
        long since1900 = seconds < NTP_ERA ? seconds + (1L << 32) : seconds;
        return (since1900 - NTP_TO_1970) * NANOS + (fraction * NANOS >>> 32);
    }
}
