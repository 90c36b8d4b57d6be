package io.seidex.reassemble;

import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.octets.Octets;
import java.util.Arrays;

/**
 * Reads messages of a stream again of which it is known where they stand, from the segments that brought them: nothing has to
 * be found out that {@link Streams} did.
 */
public final class StreamReplay implements AutoCloseable {
    private final Framing[] framings;
    private final Wholes wholes;
    private final StreamMessages messages;
    private final Segment segment = new Segment();
    private Octets capture = Octets.EMPTY;
    private int source;
    /** Where each row of messages begins and ends. */
    private long[] begin = new long[4];
    private long[] end = new long[4];
    private int rows;

    /** @param budget octets of memory */
    public StreamReplay(DeclaredProtocols protocols, long budget) {
        framings = Framing.all(protocols);
        wholes = new Wholes(budget, Long.MAX_VALUE, (whole, why) -> {});
        messages = new StreamMessages(wholes);
    }

    /** The frames that follow are of this capture. */
    public void over(int source, Octets capture) {
        this.source = source;
        this.capture = capture;
        wholes.source(source, capture);
    }

    /** Forgets everything; the segments that follow are of the stream of this packet. */
    public void begin() {
        wholes.clear();
        messages.clear();
        rows = 0;
    }

    /** Waits for messages in a row that begin with a sequence number and have so many octets. */
    public void expect(int sequence, int length) {
        if (rows == begin.length) {
            begin = Arrays.copyOf(begin, 2 * rows);
            end = Arrays.copyOf(end, 2 * rows);
        }
        begin[rows] = Segment.position(sequence);
        end[rows] = begin[rows] + length;
        rows++;
    }

    /** Takes a segment. */
    public void add(Frame frame, long number, Packet packet) {
        segment.over(frame, number, packet, Framing.of(framings, packet));
        segment.key(wholes.key());
        for (int row = 0; row < rows; row++) {
            segment.place(Segment.position(segment.sequence, begin[row]));
            long first = Math.max(segment.from, begin[row]);
            long last = Math.min(segment.behind, end[row]);
            wholes.key().last(row);
            int whole = wholes.find();
            if (first < last) {
                segment.into(wholes, source, capture, first, last);
                whole = whole == 0 ? wholes.openStream(begin[row]) : whole;
                if (whole != 0) {
                    wholes.put(whole);
                }
            }
        }
    }

    /**
     * Takes the segment that completes the messages, which are added to the packet's layers.
     *
     * @return whether any are there
     */
    public boolean complete(Frame frame, long number, Packet packet, PacketDecoder decoder) {
        add(frame, number, packet);
        for (int row = 0; row < rows; row++) {
            wholes.key().last(row);
            int whole = wholes.find();
            long reach = whole == 0 ? begin[row] : Math.min(end[row], wholes.reach(whole, begin[row]));
            segment.place(Segment.position(segment.sequence, begin[row]));
            boolean isCut = segment.sentTo > segment.behind && reach == segment.behind;
            if (reach == end[row] || isCut && reach > begin[row]) {
                messages.add(whole, segment, begin[row], reach, end[row]);
            }
        }
        return messages.emit(segment, decoder);
    }

    /** What was read. */
    public StreamMessages messages() {
        return messages;
    }

    @Override
    public void close() {
        wholes.close();
        messages.close();
    }
}
