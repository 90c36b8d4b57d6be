package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import java.util.Arrays;

/**
 * The layers found in one frame, outermost first, and what was wrong with them. One instance for each worker, refilled for
 * each packet; its arrays grow once and stay, and a frame of n octets has fewer than n layers.
 *
 * <p>Of each layer: what it is, where it begins, how many octets may be read from there (the smaller of what it claims and
 * what it is granted), and marks.
 */
public final class Packet {
    /** The layer stands in a datagram that an ICMP error quotes: it is seen, and takes part in nothing. */
    public static final int QUOTED = 1;
    /** An IP layer that holds a fragment, or a layer within one. */
    public static final int FRAGMENT = 2;
    /** The header itself is cut: only what says it is present may be read. */
    public static final int CUT = 4;
    /** The layer stands in a tunnel. */
    public static final int INNER = 8;

    /** What {@link #streamProtocol} answers of a stream of GTP'. */
    public static final int GTP_PRIME = -1;

    private static final Layer[] LAYERS = Layer.values();

    private Octets octets = Octets.EMPTY;
    private int count;
    private byte[] layer = new byte[16];
    private byte[] marks = new byte[16];
    private long[] at = new long[16];
    private int[] available = new int[16];
    private byte[] payload = new byte[16];

    private int linkType;

    private int fragment;
    private long fragmentAt;

    private int stream;
    private int streamProtocol;
    private long streamAt;
    private int streamLength;

    private int faults;
    private Layer[] faultLayer = new Layer[8];
    private Fault[] fault = new Fault[8];
    private long[] faultAt = new long[8];

    /** What the layers' places are places in. */
    public Octets octets() {
        return octets;
    }

    /** How many layers were found. */
    public int count() {
        return count;
    }

    /** What the layer is, as {@link Layer#ordinal()}. */
    public int ordinal(int index) {
        return layer[index];
    }

    public Layer layer(int index) {
        return LAYERS[layer[index]];
    }

    public long at(int index) {
        return at[index];
    }

    public int available(int index) {
        return available[index];
    }

    public int marks(int index) {
        return marks[index];
    }

    /**
     * Of an IP layer: the protocol number of what it carries, behind extension headers. Of a layer {@link Layer#DECLARED}:
     * the place of its protocol among those that are declared.
     */
    public int protocol(int index) {
        return payload[index] & 0xFF;
    }

    /** Of a layer {@link Layer#FRAME}: the link type, which is not decoded. */
    public int linkType() {
        return linkType;
    }

    /**
     * Where the packet ends because an IP datagram is divided, and all octets of its fragment are there: the place of the
     * IP header among the layers; otherwise -1.
     */
    public int fragment() {
        return fragment;
    }

    /** Where the octets of that fragment begin, behind all headers; they reach to the end of the layer. */
    public long fragmentAt() {
        return fragmentAt;
    }

    /**
     * Where the packet is a segment of a stream whose messages are read: the place of the TCP header among the layers;
     * otherwise -1.
     */
    public int stream() {
        return stream;
    }

    /** The place of that stream's protocol among those that are declared; {@link #GTP_PRIME} if it is that. */
    public int streamProtocol() {
        return streamProtocol;
    }

    /** Where what the segment carries begins, behind options; it is present up to the end of the layer. */
    public long streamAt() {
        return streamAt;
    }

    /** How many octets the segment carried, those that were not captured included. */
    public int streamLength() {
        return streamLength;
    }

    public boolean isQuoted(int index) {
        return (marks[index] & QUOTED) != 0;
    }

    public boolean isFragment(int index) {
        return (marks[index] & FRAGMENT) != 0;
    }

    public boolean isInner(int index) {
        return (marks[index] & INNER) != 0;
    }

    /** How many kinds of faults were met. */
    public int faults() {
        return faults;
    }

    public Layer faultLayer(int index) {
        return faultLayer[index];
    }

    public Fault fault(int index) {
        return fault[index];
    }

    /** The absolute offset of the first fault of its kind. */
    public long faultAt(int index) {
        return faultAt[index];
    }

    /** Notes a fault; of each kind the first place stays, so there are no more than kinds of faults. */
    public void report(Layer where, Fault what, long place) {
        for (int i = 0; i < faults; i++) {
            if (fault[i] == what && faultLayer[i] == where) {
                return;
            }
        }
        if (faults == fault.length) {
            faultLayer = Arrays.copyOf(faultLayer, 2 * faults);
            fault = Arrays.copyOf(fault, 2 * faults);
            faultAt = Arrays.copyOf(faultAt, 2 * faults);
        }
        faultLayer[faults] = where;
        fault[faults] = what;
        faultAt[faults++] = place;
    }

    /** Takes back the faults of pieces: who read the packet without those before it cannot know them. */
    public void forgetFaultsOfPieces() {
        int kept = 0;
        for (int i = 0; i < faults; i++) {
            if (!fault[i].isOfPieces()) {
                faultLayer[kept] = faultLayer[i];
                fault[kept] = fault[i];
                faultAt[kept++] = faultAt[i];
            }
        }
        faults = kept;
    }

    void clear(Octets octets) {
        this.octets = octets;
        this.count = 0;
        this.fragment = -1;
        this.stream = -1;
        this.faults = 0;
    }

    void add(Layer what, long place, int length, int marks) {
        if (count == layer.length) {
            layer = Arrays.copyOf(layer, 2 * count);
            this.marks = Arrays.copyOf(this.marks, 2 * count);
            at = Arrays.copyOf(at, 2 * count);
            available = Arrays.copyOf(available, 2 * count);
            payload = Arrays.copyOf(payload, 2 * count);
        }
        layer[count] = (byte) what.ordinal();
        this.marks[count] = (byte) marks;
        at[count] = place;
        payload[count] = 0;
        available[count++] = length;
    }

    void fragment(int index, long place) {
        this.fragment = index;
        this.fragmentAt = place;
    }

    void stream(int index, int protocol, long place, int length) {
        this.stream = index;
        this.streamProtocol = protocol;
        this.streamAt = place;
        this.streamLength = length;
    }

    /** The octets were copied: their places moved by {@code distance}. */
    void move(Octets copy, long distance) {
        octets = copy;
        for (int i = 0; i < count; i++) {
            at[i] += distance;
        }
        fragmentAt += distance;
        streamAt += distance;
    }

    void undecoded(int linkType) {
        this.linkType = linkType;
    }

    /** Lowers what may be read of a layer that is listed. */
    void bound(int index, int length) {
        available[index] = Math.min(available[index], length);
    }

    void protocol(int index, int number) {
        payload[index] = (byte) number;
    }

    void mark(int index, int mark) {
        marks[index] |= (byte) mark;
    }
}
