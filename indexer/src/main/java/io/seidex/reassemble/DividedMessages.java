package io.seidex.reassemble;

import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.fault.Fault;
import io.seidex.octets.GrowingOctets;
import io.seidex.octets.Octets;

/**
 * Puts messages together that a protocol divides over several datagrams itself.
 *
 * <p>Pieces belong together if the protocol, the VLANs and tunnels, both addresses, both ports and the identity that the
 * protocol declares are the same; they may come in any order, twice, or never. An identity may be used again: after
 * completion, after {@code lifeNanos}, and, with a fault, as soon as a piece contradicts those that came before it. Messages
 * that follow each other may have pieces in common, {@link Wholes}.
 *
 * <pre>{@code
 * messages.begin(protocol, packet, udpLayer).add(identity);
 * if (messages.offer(division, frame, at, length, number, count, first, last)) decode(messages.octets(), messages.length());
 * if (messages.fault() != Fault.NONE) packet.report(layer, messages.fault(), at);
 * }</pre>
 */
public final class DividedMessages implements AutoCloseable {
    private final Wholes wholes;
    private final Surroundings surroundings = new Surroundings();
    private final GrowingOctets together = new GrowingOctets();
    private Octets capture = Octets.EMPTY;
    private Octets octets = Octets.EMPTY;
    private int source;
    private long timeNanos;

    /**
     * @param budget octets of memory for messages that are not complete
     * @param lifeNanos how long a message waits for its pieces
     * @param abandoned is told of messages that do not become complete
     */
    public DividedMessages(long budget, long lifeNanos, Abandoned abandoned) {
        wholes = new Wholes(budget, lifeNanos, abandoned);
    }

    /** The packets that follow are of this capture, which stays until {@link #end}. */
    public void over(int source, Octets capture) {
        this.source = source;
        this.capture = capture;
        wholes.source(source, capture);
    }

    /**
     * Begins a piece. To the key that is returned the identity is to be added.
     *
     * @param protocol a number of the protocol
     * @param transport the layer that has the ports
     */
    public Key begin(int protocol, Packet packet, int transport) {
        octets = packet.octets();
        Key key = wholes.key().clear().add(protocol);
        surroundings.add(key, packet, transport);
        surroundings.ports(key, packet, transport);
        return key;
    }

    /**
     * Takes the piece that was begun.
     *
     * @param at where its octets are, behind the protocol's header
     * @param number its number or offset; whatever, where order of arrival counts
     * @param size how many pieces or octets there are, if they tell; {@link Piece#UNKNOWN} if this one does not
     * @param first whether it is flagged as the first, if there is such a flag
     * @param last whether it is flagged as the last, if there is such a flag
     * @return whether its message is whole, and in {@link #octets}
     */
    public boolean offer(
            Division division, Frame frame, long at, int length, long number, long size, boolean first, boolean last) {
        if (frame.hasTime()) {
            timeNanos = frame.timeNanos();
        }
        Piece piece = wholes.piece();
        if (octets == capture) {
            piece.over(wholes, source, at, length);
        } else {
            piece.over(octets, source, at, length);
        }
        piece.seen(frame.number(), frame.recordAt(), timeNanos);
        long begin = division.base();
        switch (division.place()) {
            case NUMBER -> piece.number(number);
            case OFFSET -> piece.offset(number - begin);
            case ARRIVAL -> piece.arrival(first);
        }
        if (division.place() != Division.Place.NUMBER) {
            begin = 0;
        }
        if (division.runsOn()) {
            piece.runsOn(division.modulus());
        }
        piece.begin(!division.runsOn() ? begin : first ? piece.from : Piece.UNKNOWN);
        switch (division.end()) {
            case COUNT -> piece.end(size == Piece.UNKNOWN || piece.begin == Piece.UNKNOWN ? Piece.UNKNOWN
                    : piece.begin + size);
            case FLAG -> piece.last(last);
            case LENGTH -> {
                if (division.place() == Division.Place.NUMBER) {
                    piece.size(size);
                } else {
                    piece.end(size);
                }
            }
        }
        boolean complete = wholes.offer(Overlaps.ANEW);
        if (complete) {
            together.clear();
            wholes.completed().appendTo(together);
        }
        return complete;
    }

    /** What was wrong with the piece that was offered last, or with its message. */
    public Fault fault() {
        return wholes.fault();
    }

    /** The pieces of the message that the last one completed; valid until the next is offered. */
    public Whole completed() {
        return wholes.completed();
    }

    /** The message that the last piece completed, from 0 to {@link #length}; valid until the next is completed. */
    public Octets octets() {
        return together.octets();
    }

    /** How many octets it has. */
    public long length() {
        return together.length();
    }

    /** Who is told of the pieces that are taken. */
    public void seam(Seam seam) {
        wholes.seam(seam);
    }

    /** Tells of the pieces that are kept for packets to come after {@code nowNanos}. */
    public void open(long nowNanos, Seam to) {
        wholes.open(nowNanos, to);
    }

    /** How many messages are not complete. */
    public int open() {
        return wholes.open();
    }

    /** Octets of memory that are held for messages that are not complete. */
    public long bytes() {
        return wholes.bytes();
    }

    /** There are no more packets: all that is open is handed over, and everything is forgotten. */
    public void end() {
        wholes.end();
    }

    /** Forgets everything. */
    public void clear() {
        wholes.clear();
    }

    @Override
    public void close() {
        wholes.close();
        together.close();
    }
}
