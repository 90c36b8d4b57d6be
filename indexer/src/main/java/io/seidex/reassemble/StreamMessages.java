package io.seidex.reassemble;

import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.GrowingOctets;
import io.seidex.octets.Octets;
import java.util.Arrays;

/**
 * The messages that a segment completes: rows of them, one behind the other, and which frames brought them. A segment
 * completes several rows if it fills a hole, or its stream was read behind it already. Those that lie in the segment are
 * read there; the others are put together behind a copy of the packet. Valid until the next segment.
 */
public final class StreamMessages implements AutoCloseable {
    private final Wholes wholes;
    private final Extents extents;
    /** Messages of several segments. */
    private final GrowingOctets gathered = new GrowingOctets();
    /** The packet, and these behind it. */
    private final GrowingOctets together = new GrowingOctets();
    private long gatheredAt;
    private boolean isTogether;
    private int count;

    private int rows;
    private int[] sequence = new int[4];
    private int[] length = new int[4];
    // Where its octets are, and how many of them are in the capture.
    private boolean[] isGathered = new boolean[4];
    private long[] at = new long[4];
    private int[] present = new int[4];

    private int pieces;
    private long[] frames = new long[16];
    private int[] sources = new int[16];

    StreamMessages(Wholes wholes) {
        this.wholes = wholes;
        this.extents = wholes.extents();
    }

    void clear() {
        rows = 0;
        count = 0;
        pieces = 0;
        isTogether = false;
    }

    /**
     * Adds messages in a row.
     *
     * @param whole in which what did not come with the segment waits
     * @param claimed where they end; behind {@code last}, if the capture cut them
     */
    void add(int whole, Segment segment, long first, long last, long claimed) {
        boolean isApart = first < segment.from || last > segment.behind || hasWaited(whole, segment, first, last);
        if (isApart && !isTogether) {
            isTogether = true;
            gathered.clear();
        }
        int row = rows - 1;
        boolean goesOn = row >= 0 && isGathered[row] == isApart && sequence[row] + length[row] == (int) first
                && present[row] == length[row];
        if (!goesOn) {
            row = begin(isApart, isApart ? gathered.length() : segment.at(first), (int) first);
        }
        length[row] += (int) (claimed - first);
        present[row] += (int) (last - first);
        if (isApart) {
            gather(whole, first, last);
        }
    }

    /** Whether octets of them came before the segment, too. */
    private boolean hasWaited(int whole, Segment segment, long first, long last) {
        int extent = whole == 0 ? 0 : extents.behind(wholes.root(whole), first);
        while (extent != 0 && extents.from(extent) < last) {
            if (extents.frame(extent) != segment.number) {
                return true;
            }
            extent = extents.behind(wholes.root(whole), extents.to(extent));
        }
        return false;
    }

    private int begin(boolean isApart, long begin, int first) {
        if (rows == at.length) {
            sequence = Arrays.copyOf(sequence, 2 * rows);
            length = Arrays.copyOf(length, 2 * rows);
            isGathered = Arrays.copyOf(isGathered, 2 * rows);
            at = Arrays.copyOf(at, 2 * rows);
            present = Arrays.copyOf(present, 2 * rows);
        }
        sequence[rows] = first;
        length[rows] = 0;
        isGathered[rows] = isApart;
        at[rows] = begin;
        present[rows] = 0;
        return rows++;
    }

    private void gather(int whole, long first, long last) {
        for (long position = first; position < last;) {
            int extent = extents.behind(wholes.root(whole), position);
            long to = Math.min(last, extents.to(extent));
            gathered.append(extents.octets(extent), extents.at(extent) + position - extents.from(extent),
                    to - position);
            contribute(extent);
            position = to;
        }
    }

    private void contribute(int extent) {
        if (pieces == frames.length) {
            frames = Arrays.copyOf(frames, 2 * pieces);
            sources = Arrays.copyOf(sources, 2 * pieces);
        }
        frames[pieces] = extents.frame(extent);
        sources[pieces++] = extents.sourceOf(extent);
    }

    /** Adds them to the packet's layers; false if there are none. */
    boolean emit(Segment segment, PacketDecoder decoder) {
        Packet packet = segment.packet;
        long begin = packet.at(0);
        if (isTogether) {
            gatheredAt = packet.available(0);
            together.clear();
            together.append(packet.octets(), begin, gatheredAt);
            together.append(gathered.octets(), 0, gathered.length());
            decoder.move(packet, together.octets(), -begin);
        }
        for (int row = 0; row < rows; row++) {
            long place = isGathered[row] ? gatheredAt + at[row] : isTogether ? at[row] - begin : at[row];
            emit(segment, decoder, place, present[row]);
        }
        return count > 0;
    }

    private void emit(Segment segment, PacketDecoder decoder, long begin, int available) {
        Packet packet = segment.packet;
        Octets octets = packet.octets();
        Framing framing = segment.framing;
        int delimiter = framing.delimiter().length;
        for (int read = 0; read < available;) {
            long place = begin + read;
            int rest = available - read;
            int whole = delimiter > 0
                    ? framing.behindDelimiter(octets, place, rest)
                    : (int) framing.length(octets, place, framing.headerLength());
            int message = Math.min(whole, rest) - delimiter;
            boolean isMessage = whole > 0
                    && (delimiter == 0 || framing.length(octets, place, message) != Framing.NO_MESSAGE);
            if (isMessage) {
                decoder.message(packet, place, message, whole - delimiter);
                count++;
            } else {
                packet.report(Layer.TCP, Fault.STREAM_UNREADABLE, place);
            }
            read += whole > 0 ? Math.min(whole, rest) : rest;
        }
    }

    /** How many messages there are. */
    public int count() {
        return count;
    }

    /** How many rows of them. */
    public int rows() {
        return rows;
    }

    /** The sequence number of the first octet of a row. */
    public int sequence(int row) {
        return sequence[row];
    }

    /** How many octets it has, those that the capture cut included. */
    public int length(int row) {
        return length[row];
    }

    /** Whether some of them came in several segments: then the packet's octets are {@link #octets}. */
    public boolean isTogether() {
        return isTogether;
    }

    /** The packet, and what was put together behind it. */
    public Octets octets() {
        return together.octets();
    }

    /** Where in {@link #octets} those messages begin that came in several segments. */
    public long gatheredAt() {
        return gatheredAt;
    }

    /** How many octets these have. */
    public long length() {
        return isTogether ? gathered.length() : 0;
    }

    /** Whether what stands at a place of the packet came in several segments. */
    public boolean isGathered(long place) {
        return isTogether && place >= gatheredAt;
    }

    /** In how many pieces these came. */
    public int pieces() {
        return pieces;
    }

    /** The frame of a piece; they are in the order of the stream. */
    public long frame(int piece) {
        return frames[piece];
    }

    /** The source of that frame, as it was named. */
    public int source(int piece) {
        return sources[piece];
    }

    @Override
    public void close() {
        gathered.close();
        together.close();
    }
}
