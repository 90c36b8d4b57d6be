package io.seidex.query.dissect;

import io.seidex.dictionary.FieldFormat;
import io.seidex.dictionary.Member;
import io.seidex.dictionary.MemberType;
import io.seidex.dictionary.Scale;
import io.seidex.dictionary.ValueText;
import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Everything in one packet, as nodes in packet order: a parent before its children, these in the order of their octets. One
 * instance for each worker, refilled for each packet; its arrays grow to the largest packet and stay.
 *
 * <pre>
 *  node  depth  field
 *   0      0    frame
 *   1      1    frame.number
 *   5      0    pfcp                     a layer
 *   6      1    pfcp.msg_type            a value
 *   9      1    F-SEID                   an element
 *  10      2    flags                    an integer
 *  11      3    pfcp.f_seid_flags.v4     bits of it
 * </pre>
 *
 * <p>A node's octets are those of {@link #octets}, valid as long as the capture is open. What is wrong stands at its node:
 * {@link #fault}.
 *
 * <p>Besides the frame there may be views of what was put together from several frames: a node is in one of them, and
 * {@link #at} is a place there.
 */
public final class PacketTree {
    private int size;
    private Field[] fields = new Field[256];
    private byte[] depths = new byte[256];
    private int[] parents = new int[256];
    private int[] ends = new int[256];
    private long[] places = new long[256];
    private int[] lengths = new int[256];
    private long[] numbers = new long[256];
    private Fault[] faults = new Fault[256];

    private Octets octets = Octets.EMPTY;
    private long frameNumber;
    private long frameAt;
    private int captured;
    private Octets frameOctets = Octets.EMPTY;
    private long frameBegin;
    /** Views besides the frame. */
    private int views;
    private String[] viewTitles = new String[2];
    private Octets[] viewOctets = new Octets[2];
    private long[] viewFrom = new long[2];
    private long[] viewTo = new long[2];
    private long[] viewBase = new long[2];
    private byte[] texts = new byte[256];
    /** By node, of frames of other captures. */
    private final Map<Integer, byte[]> captures = new HashMap<>();
    private int used;

    /** How many nodes there are. */
    public int size() {
        return size;
    }

    public Field field(int node) {
        return fields[node];
    }

    /** 0 for layers. */
    public int depth(int node) {
        return depths[node];
    }

    /** The node that it belongs to; -1 for layers. */
    public int parent(int node) {
        return parents[node];
    }

    /** The first node behind all that belongs to it. */
    public int end(int node) {
        return ends[node];
    }

    /** What the {@link #place} of a node is a place in. */
    public Octets octets(int node) {
        int view = view(node);
        return view == 0 ? octets : viewOctets[view - 1];
    }

    /** How many views there are: of the frame, and of what was put together from several frames. */
    public int views() {
        return 1 + views;
    }

    /** The view that a node is in; 0 is the frame. */
    public int view(int node) {
        for (int i = views - 1; i >= 0; i--) {
            if (places[node] >= viewFrom[i] && places[node] < viewTo[i]) {
                return i + 1;
            }
        }
        return 0;
    }

    /** What a view is called: {@code Frame}, {@code Reassembled IPv4}. */
    public String viewTitle(int view) {
        return view == 0 ? "Frame" : viewTitles[view - 1];
    }

    /** How many octets a view has. */
    public int viewLength(int view) {
        return view == 0 ? captured : (int) (viewTo[view - 1] - viewFrom[view - 1]);
    }

    /** An octet of a view. */
    public int viewOctet(int view, int at) {
        return view == 0 ? frameOctets.u8(frameBegin + at)
                : viewOctets[view - 1].u8(viewFrom[view - 1] - viewBase[view - 1] + at);
    }

    /** Where its octets begin in {@link #octets}. */
    public long place(int node) {
        int view = view(node);
        return view == 0 ? places[node] : places[node] - viewBase[view - 1];
    }

    /** Where its octets begin in its view. Meaningless where {@link #length} is 0. */
    public int at(int node) {
        int view = view(node);
        return (int) (places[node] - (view == 0 ? frameAt : viewFrom[view - 1]));
    }

    /** How many octets it has; 0 of what is not in the octets: frame.number. Of bits, those of their integer. */
    public int length(int node) {
        return lengths[node];
    }

    /** The value of a number, a flag, or a time. */
    public long number(int node) {
        return numbers[node];
    }

    /** The number as the octets have it: before its scale, the digits and the sign of a time zone together. */
    public long raw(int node) {
        Member member = fields[node].member();
        if (fields[node].scale() == null && (member == null || member.type() != MemberType.ZONE)) {
            return numbers[node];
        }
        long whole = octets.uint(places[node], lengths[node]);
        return member.whole() == null ? whole : member.of(whole);
    }

    /** What the value is called; empty if it has no name. */
    public String label(int node) {
        Field field = fields[node];
        if (field.member() != null && field.member().type() == MemberType.ZONE) {
            return ValueText.zone((int) raw(node));
        }
        if (field.format() == FieldFormat.LABEL) {
            return "";
        }
        boolean isScaled = field.scale() != null && field.scale().covers(raw(node)) && !field.scale().isNone(raw(node));
        return isScaled ? "" : field.label(numbers[node]);
    }

    /** What the value counts; empty if that is not said. */
    public String unit(int node) {
        Scale scale = fields[node].scale();
        String unit = scale == null ? "" : scale.unit(raw(node));
        return unit.isEmpty() ? fields[node].unit() : unit;
    }

    /** What is wrong there; {@link Fault#NONE} if nothing is. */
    public Fault fault(int node) {
        return faults[node];
    }

    /** The first node from {@code node} on that is one of some fields; -1 if there is none. */
    public int next(FieldSet wanted, int node) {
        for (int i = node; i < size; i++) {
            if (wanted.contains(fields[i])) {
                return i;
            }
        }
        return -1;
    }

    /** The frame's number within its capture. */
    public long frameNumber() {
        return frameNumber;
    }

    /** Where the frame begins in {@link #octets}. */
    public long frameAt() {
        return frameAt;
    }

    /** How many octets of the frame were captured. */
    public int captured() {
        return captured;
    }

    /** Whether a text is not in the octets of the packet, but in {@link #texts}. */
    boolean isOwnText(int node) {
        return fields[node].member() == null && fields[node].type() == Field.Type.TEXT;
    }

    byte[] texts() {
        return texts;
    }

    int ownAt(int node) {
        return (int) (numbers[node] >>> 32);
    }

    int ownLength(int node) {
        return (int) numbers[node];
    }

    void clear(Octets octets, long frameNumber, long frameAt, int captured) {
        this.octets = octets;
        this.frameOctets = octets;
        this.frameBegin = frameAt;
        this.views = 0;
        this.frameNumber = frameNumber;
        this.frameAt = frameAt;
        this.captured = captured;
        this.captures.clear();
        this.size = 0;
        this.used = 0;
    }

    /** The frame's own octets, where those of the packet are others. */
    void frame(Octets frameOctets, long frameBegin) {
        this.frameOctets = frameOctets;
        this.frameBegin = frameBegin;
    }

    /**
     * Adds a view: nodes whose places are from {@code from} to before {@code to} are in it, which stand in {@code octets} at
     * those places less {@code base}.
     */
    void view(String title, Octets octets, long from, long to, long base) {
        if (views == viewTitles.length) {
            viewTitles = Arrays.copyOf(viewTitles, 2 * views);
            viewOctets = Arrays.copyOf(viewOctets, 2 * views);
            viewFrom = Arrays.copyOf(viewFrom, 2 * views);
            viewTo = Arrays.copyOf(viewTo, 2 * views);
            viewBase = Arrays.copyOf(viewBase, 2 * views);
        }
        viewTitles[views] = title;
        viewOctets[views] = octets;
        viewFrom[views] = from;
        viewTo[views] = to;
        viewBase[views++] = base;
    }

    /** Adds a node below {@code parent}, -1 for a layer. */
    int add(Field field, int parent, long place, int length, long number) {
        if (size == fields.length) {
            grow();
        }
        int node = size++;
        fields[node] = field;
        parents[node] = parent;
        depths[node] = (byte) (parent < 0 ? 0 : depths[parent] + 1);
        places[node] = place;
        lengths[node] = length;
        numbers[node] = number;
        faults[node] = Fault.NONE;
        ends[node] = size;
        for (int above = parent; above >= 0; above = parents[above]) {
            ends[above] = size;
        }
        return node;
    }

    /** Adds a node whose text is not in the octets of the packet; {@code place} and {@code length} say what it is about. */
    int add(Field field, int parent, long place, int length, byte[] text) {
        int node = add(field, parent, place, length, 0);
        ownText(node, text, text.length);
        return node;
    }

    /** Adds a frame that has to do with the packet. */
    int add(Field field, int parent, long place, FrameLink frame) {
        int node = add(field, parent, place, 0, frame.number());
        if (frame.capture().length > 0) {
            captures.put(node, frame.capture());
        }
        return node;
    }

    /** Of a node that is a frame of another capture, that; else null. */
    byte[] capture(int node) {
        return captures.isEmpty() ? null : captures.get(node);
    }

    /** Sets the text of a node that is not in the octets of the packet. */
    void ownText(int node, byte[] text, int length) {
        if (texts.length - used < length) {
            texts = Arrays.copyOf(texts, Math.max(2 * texts.length, used + length));
        }
        System.arraycopy(text, 0, texts, used, length);
        numbers[node] = (long) used << 32 | length;
        used += length;
    }

    private void grow() {
        int room = 2 * size;
        fields = Arrays.copyOf(fields, room);
        depths = Arrays.copyOf(depths, room);
        parents = Arrays.copyOf(parents, room);
        ends = Arrays.copyOf(ends, room);
        places = Arrays.copyOf(places, room);
        lengths = Arrays.copyOf(lengths, room);
        numbers = Arrays.copyOf(numbers, room);
        faults = Arrays.copyOf(faults, room);
    }

    /** A node reaches at least to a place. */
    void extend(int node, long end) {
        lengths[node] = (int) Math.max(lengths[node], end - places[node]);
    }

    void length(int node, int length) {
        lengths[node] = length;
    }

    void number(int node, long number) {
        numbers[node] = number;
    }

    void fault(int node, Fault fault) {
        faults[node] = fault;
    }
}
