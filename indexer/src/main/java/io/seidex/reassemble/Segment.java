package io.seidex.reassemble;

import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.decode.TcpHeader;
import io.seidex.octets.Octets;

/**
 * A segment of a stream: which positions its octets have, and where they lie. Refilled for each; a part of it may be looked at
 * alone.
 */
final class Segment {
    /** What sequence numbers count from: a position before the first is a position still. */
    private static final long EPOCH = 1L << 40;

    final TcpHeader tcp = new TcpHeader();
    Packet packet;
    Framing framing;
    long number;
    long timeNanos;
    /** How many octets it has that were sent, and of these, how many are in the capture. */
    int sent;
    int present;
    /** The sequence number of its first octet. */
    int sequence;
    /** Where its first octet lies in the packet's. */
    long dataAt;
    /** The positions of its octets, and of what was sent and is not in the capture. */
    long from;
    long behind;
    long sentTo;

    private final Surroundings surroundings = new Surroundings();
    private long recordAt;
    private long firstAt;

    /** Its positions are to be told by {@link #place}. */
    void over(Frame frame, long number, Packet packet, Framing framing) {
        this.packet = packet;
        this.framing = framing;
        this.number = number;
        this.recordAt = frame.recordAt();
        if (frame.hasTime()) {
            timeNanos = frame.timeNanos();
        }
        int index = packet.stream();
        tcp.over(packet.octets(), packet.at(index), packet.available(index));
        dataAt = packet.streamAt();
        sent = Math.max(0, packet.streamLength());
        present = (int) Math.min(sent, packet.at(index) + packet.available(index) - dataAt);
        sequence = tcp.isSyn() ? tcp.sequence() + 1 : tcp.sequence();
    }

    /** Fills the key of its stream, whose last word is 0. */
    void key(Key key) {
        int index = packet.stream();
        key.clear();
        surroundings.add(key, packet, index);
        surroundings.ports(key, packet, index);
        key.add(0);
    }

    /** The position of a sequence number, of which nothing else is known. */
    static long position(int sequence) {
        return EPOCH + (sequence & 0xFFFF_FFFFL);
    }

    /** The position of a sequence number that is next to another. */
    static long position(int sequence, long near) {
        return near + (sequence - (int) near);
    }

    /** Its first octet has this position. */
    void place(long position) {
        from = position;
        behind = from + present;
        sentTo = from + sent;
        firstAt = dataAt;
    }

    /** Leaves only what lies between two positions. */
    void narrow(long first, long last) {
        dataAt += first - from;
        from = first;
        behind = last;
        sentTo = last;
    }

    /** Takes back what {@link #narrow} left out. */
    void widen() {
        place(from - (dataAt - firstAt), firstAt);
    }

    private void place(long position, long at) {
        dataAt = at;
        place(position);
    }

    /** Where an octet lies. */
    long at(long position) {
        return dataAt + position - from;
    }

    /** Fills the piece that is offered next with octets of it. */
    void into(Wholes wholes, int source, Octets capture, long first, long last) {
        Piece piece = wholes.piece();
        int length = (int) (last - first);
        if (packet.octets() == capture) {
            piece.over(wholes, source, at(first), length);
        } else {
            piece.over(packet.octets(), source, at(first), length);
        }
        piece.offset(first).seen(number, recordAt, timeNanos);
    }
}
