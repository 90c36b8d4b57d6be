package io.seidex.traffic;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A connection over which messages of {@link Traffic#RECORDS} go one way, back to back, in segments as long as they may be: their
 * borders know nothing of messages.
 */
final class RecordSession extends Actor {
    private static final int PORT = 9000;
    private static final int SYN = 0x02;
    private static final int FIN_ACK = 0x11;
    private static final int ACK = 0x10;
    private static final int SEGMENT = 1400;
    private static final int BURSTS = 40;
    private static final int LONGEST = 700;

    private record Segment(int from, int to) {}

    private final Network network;
    private final int place;
    private final byte[] sender;
    private final byte[] receiver = Bytes.address("198.51.100.242");
    private final PacketBuilder burst = new PacketBuilder();
    private final Deque<Segment> segments = new ArrayDeque<>();
    private int connections;
    private int bursts;
    private int port;
    private int sequence;
    /** Octets of the stream before the burst. */
    private long sent;
    private Stream stream;
    private int number;

    RecordSession(Network network, int place) {
        this.network = network;
        this.place = place;
        sender = Bytes.address("192.0.2." + (231 + place % 20));
    }

    @Override
    void act() {
        Dice dice = network.dice;
        if (stream == null) {
            port = 40_000 + place * 64 + connections++ % 64;
            sequence = (int) dice.bits();
            sent = 0;
            bursts = 0;
            stream = new Stream();
            packet(-1, SYN);
        } else if (segments.isEmpty() && bursts == BURSTS) {
            packet(0, FIN_ACK);
            stream = null;
        } else {
            if (segments.isEmpty()) {
                write(dice);
            }
            Segment segment = segments.remove();
            packet(segment.from(), ACK).octets(burst.buffer(), segment.from(), segment.to() - segment.from());
            network.brings(stream, sent + segment.from(), sent + segment.to());
            if (segments.isEmpty()) {
                sent += burst.length();
            }
        }
        network.schedule(this, dice.between(1, 2 * Network.MILLISECOND));
    }

    /** Opens a segment at a place behind what was sent before. */
    private PacketBuilder packet(int at, int flags) {
        network.link(0).ip(sender, receiver);
        return network.p.tcp(port, PORT, sequence + 1 + (int) sent + at, flags);
    }

    private void write(Dice dice) {
        bursts++;
        burst.reset();
        for (int messages = dice.between(5, 40); messages > 0; messages--) {
            int from = burst.length();
            int length = dice.between(1, LONGEST);
            burst.u16(4 + length).u32(++number);
            for (int octet = 0; octet < length; octet++) {
                burst.u8(dice.below(256));
            }
            int size = burst.length() - from;
            stream.write(new Message(network.ledger, Truth.Kind.RECORDS,
                    Bytes.hex(sender) + ":" + port + " " + number, size, burst.buffer(), from, size), size);
        }
        for (int from = 0; from < burst.length(); from += SEGMENT) {
            segments.add(new Segment(from, Math.min(burst.length(), from + SEGMENT)));
        }
    }
}
