package io.seidex.reassemble;

import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.decode.UdpHeader;
import io.seidex.dictionary.DeclaredProtocol;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.dictionary.LayoutReader;
import io.seidex.dictionary.Member;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;

/**
 * The messages of declared protocols: those that a datagram carries whole, and those that are put together from the
 * datagrams over which the protocol divides them, as its declaration says.
 *
 * <p>A message waits {@value #LIFE_SECONDS} s for its pieces. A datagram whose octets are not all in the capture is not
 * used.
 */
public final class DeclaredMessages implements AutoCloseable {
    private static final int LIFE_SECONDS = 60;
    /** No datagrams make a message that is larger: a number or an offset beyond is a lie. */
    private static final long MOST = 1L << 40;

    private final DeclaredProtocols protocols;
    private final Division[] divisions;
    private final DividedMessages messages;
    private final LayoutReader reader = new LayoutReader();
    private final UdpHeader udp = new UdpHeader();
    /** What the members of the header say, by their index. */
    private long[] values = new long[16];

    private Octets octets = Octets.EMPTY;
    private long at;
    private long length;
    private int source;
    private boolean isPiece;
    private boolean isDivided;

    /**
     * @param budget octets of memory for messages that are not complete
     * @param abandoned is told of messages that do not become complete
     */
    public DeclaredMessages(DeclaredProtocols protocols, long budget, Abandoned abandoned) {
        this.protocols = protocols;
        this.messages = new DividedMessages(budget, LIFE_SECONDS * 1_000_000_000L, abandoned);
        this.divisions = new Division[protocols.all().size()];
        for (int place = 0; place < divisions.length; place++) {
            divisions[place] = division(protocols.get(place));
        }
    }

    private static Division division(DeclaredProtocol protocol) {
        Division.Place place = switch (protocol.place()) {
            case NUMBER -> Division.Place.NUMBER;
            case OFFSET -> Division.Place.OFFSET;
            case ARRIVAL, WHOLE -> Division.Place.ARRIVAL;
        };
        Division.End end = switch (protocol.end()) {
            case COUNT -> Division.End.COUNT;
            case SIZE -> Division.End.LENGTH;
            case LAST, MORE, WHOLE -> Division.End.FLAG;
        };
        boolean runsOn = protocol.place() == DeclaredProtocol.Place.NUMBER && protocol.first() != null;
        return new Division(place, protocol.base(), runsOn, end, runsOn ? modulus(protocol.placed()) : 0);
    }

    /** How many values a member has; 0 if they are too many to be used up. */
    public static long modulus(Member member) {
        int bits = member.whole() == null ? member.size() * Byte.SIZE : member.bits();
        return bits > Integer.SIZE ? 0 : 1L << bits;
    }

    /** The packets that follow are of this capture, which stays until {@link #end}. */
    public void over(int source, Octets capture) {
        this.source = source;
        messages.over(source, capture);
    }

    /**
     * Takes what a layer {@link Layer#DECLARED} of a packet carries. What is wrong with it is added to the packet's faults.
     *
     * @return whether it completes a message, which then is in {@link #octets}
     */
    public boolean complete(Frame frame, Packet packet, int index) {
        isPiece = false;
        isDivided = false;
        int unusable = Packet.QUOTED | Packet.FRAGMENT | Packet.CUT;
        if ((packet.marks(index) & unusable) != 0 || isShort(packet, index)) {
            return false;
        }
        DeclaredProtocol protocol = protocols.get(packet.protocol(index));
        if (protocol.place() == DeclaredProtocol.Place.WHOLE && protocol.carried() == null) {
            return completes(protocol, packet, index, packet.available(index) - protocol.headerLength());
        }
        readHeader(protocol, packet, index);
        int dataLength = dataLength(protocol, packet, index);
        if (dataLength < 0) {
            return false;
        }
        if (protocol.place() == DeclaredProtocol.Place.WHOLE) {
            return completes(protocol, packet, index, dataLength);
        }
        boolean first = protocol.first() == null || values[protocol.first().index()] != 0;
        long number = protocol.placed() == null ? 0 : value(protocol.placed());
        long told = values[protocol.ended().index()];
        boolean last = protocol.end() == DeclaredProtocol.End.LAST && told != 0
                || protocol.end() == DeclaredProtocol.End.MORE && told == 0;
        if (protocol.end() == DeclaredProtocol.End.COUNT || protocol.end() == DeclaredProtocol.End.SIZE) {
            told = protocol.amount(told);
            if (told <= 0 || told > MOST) {
                packet.report(Layer.DECLARED, Fault.PIECE_OUTSIDE, packet.at(index));
                return false;
            }
        }
        if (number > MOST) {
            packet.report(Layer.DECLARED, Fault.PIECE_OUTSIDE, packet.at(index));
            return false;
        }
        if (leavesAGap(protocol, number, told, last, dataLength)) {
            packet.report(Layer.DECLARED, Fault.PIECE_LENGTH, packet.at(index));
            return false;
        }
        if (isAlone(protocol, first, number, told, last, dataLength)) {
            return completes(protocol, packet, index, dataLength);
        }
        beginPiece(protocol, packet, index);
        boolean isComplete = messages.offer(divisions[packet.protocol(index)], frame,
                packet.at(index) + protocol.headerLength(), dataLength, number * protocol.unit(), told, first, last);
        if (messages.fault() != Fault.NONE) {
            packet.report(Layer.DECLARED, messages.fault(), packet.at(index));
        }
        isPiece = !isComplete && isTaken(messages.fault());
        if (isComplete) {
            isDivided = isOfOthers(messages.completed(), frame.number());
            octets = isDivided ? messages.octets() : packet.octets();
            at = isDivided ? 0 : packet.at(index) + protocol.headerLength();
            length = messages.length();
        }
        return isComplete;
    }

    /** Whether a piece with a fault belongs to a message all the same: to the one that begins anew with it. */
    private static boolean isTaken(Fault fault) {
        return fault == Fault.NONE || fault == Fault.PIECE_REPEATED || fault == Fault.PIECE_CONFLICT
                || fault == Fault.WHOLE_SIZE_CONFLICT;
    }

    /** A message that is all in its datagram. */
    private boolean completes(DeclaredProtocol protocol, Packet packet, int index, int dataLength) {
        octets = packet.octets();
        at = packet.at(index) + protocol.headerLength();
        length = dataLength;
        return true;
    }

    /** Whether a piece ends where none can begin, since offsets count by more than an octet, and others are to follow. */
    private static boolean leavesAGap(
            DeclaredProtocol protocol, long number, long told, boolean last, int dataLength) {
        if (protocol.place() != DeclaredProtocol.Place.OFFSET || dataLength % protocol.unit() == 0) {
            return false;
        }
        return protocol.end() == DeclaredProtocol.End.SIZE
                ? number * protocol.unit() + dataLength < told : !last;
    }

    /** Whether a piece is a message: no other is waited for, whatever else waits under its identity. */
    private static boolean isAlone(
            DeclaredProtocol protocol, boolean first, long number, long told, boolean last, int dataLength) {
        boolean begins = switch (protocol.place()) {
            case NUMBER -> protocol.first() == null ? number == protocol.base() : first;
            case OFFSET -> number == 0;
            // What waits can wait no longer when another begins.
            case ARRIVAL, WHOLE -> false;
        };
        return begins && switch (protocol.end()) {
            case COUNT -> told == 1;
            case SIZE -> told == dataLength;
            case LAST, MORE, WHOLE -> last;
        };
    }

    /** How many octets the datagram brings behind its header; -1 if it says what cannot be. */
    private int dataLength(DeclaredProtocol protocol, Packet packet, int index) {
        int present = packet.available(index) - protocol.headerLength();
        if (protocol.carried() == null) {
            return present;
        }
        long carried = protocol.carriedLength(values[protocol.carried().index()]);
        if (carried < 0 || carried > present) {
            packet.report(Layer.DECLARED, carried < 0 ? Fault.LENGTH_IMPOSSIBLE : Fault.PAYLOAD_TRUNCATED,
                    packet.at(index));
            return -1;
        }
        return (int) carried;
    }

    private void beginPiece(DeclaredProtocol protocol, Packet packet, int index) {
        Key key = messages.begin(packet.protocol(index), packet, index - 1);
        for (int i = 0; i < protocol.identity().size(); i++) {
            Member member = protocol.identity().get(i);
            if (member.type().isNumber()) {
                key.add(values[member.index()]);
            } else {
                key.add(packet.octets(), packet.at(index) + protocol.identityAt(i), member.size());
            }
        }
    }

    private boolean isOfOthers(Whole whole, long frame) {
        for (whole.rewind(); whole.next();) {
            if (whole.frame() != frame || whole.source() != source) {
                whole.rewind();
                return true;
            }
        }
        return false;
    }

    /** Whether the capture holds less of the datagram than was sent. */
    private boolean isShort(Packet packet, int index) {
        udp.over(packet.octets(), packet.at(index - 1), UdpHeader.LENGTH);
        return udp.length() > UdpHeader.LENGTH + packet.available(index);
    }

    private void readHeader(DeclaredProtocol protocol, Packet packet, int index) {
        int members = protocol.header().members().size();
        if (values.length < members) {
            values = new long[members];
        }
        for (reader.over(protocol.header().program(), packet.octets(), packet.at(index), protocol.headerLength());
                reader.next();) {
            values[reader.index()] = reader.number();
        }
    }

    /** Unsigned values that a long cannot hold are as good as the largest that it can. */
    private long value(Member member) {
        long value = values[member.index()];
        return value < 0 ? Long.MAX_VALUE : value;
    }

    /** Whether the last layer holds a piece of a message that it does not complete. */
    public boolean isPiece() {
        return isPiece;
    }

    /** Whether other frames brought pieces of the message that the last layer completed. */
    public boolean isDivided() {
        return isDivided;
    }

    /** What the message that the last layer completed lies in, from {@link #at} on; valid until the next is completed. */
    public Octets octets() {
        return octets;
    }

    public long at() {
        return at;
    }

    /** How many octets it has. */
    public long length() {
        return length;
    }

    /** The pieces of the divided message that the last layer completed; valid until the next is offered. */
    public Whole pieces() {
        return messages.completed();
    }

    /** Who is told of the pieces that are taken. */
    public void seam(Seam seam) {
        messages.seam(seam);
    }

    /** Tells of the pieces that are kept for packets to come after {@code nowNanos}. */
    public void open(long nowNanos, Seam to) {
        messages.open(nowNanos, to);
    }

    /** How many messages are not complete. */
    public int open() {
        return messages.open();
    }

    /** Octets of memory that are held for messages that are not complete. */
    public long bytes() {
        return messages.bytes();
    }

    /** There are no more packets: all that is open is handed over, and everything is forgotten. */
    public void end() {
        messages.end();
    }

    /** Forgets everything. */
    public void clear() {
        messages.clear();
    }

    @Override
    public void close() {
        messages.close();
    }
}
