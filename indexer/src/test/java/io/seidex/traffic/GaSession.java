package io.seidex.traffic;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A connection over which a node hands charging records to a gateway function: GTP', TS 32.295, over TCP.
 *
 * <p>Requests come in bursts, cut into segments that know nothing of messages. If frames come out of order, segments are
 * sent again now and then, and reach over those before. The gateway answers a burst in one segment. After some bursts the
 * connection is closed, and another one is opened.
 */
final class GaSession extends Actor {
    private static final int PORT = 3386;
    private static final int DATA_RECORD_TRANSFER_REQUEST = 240;
    private static final int DATA_RECORD_TRANSFER_RESPONSE = 241;
    private static final int PACKET_TRANSFER_COMMAND = 126;
    private static final int CAUSE = 1;
    private static final int ACCEPTED = 128;
    private static final int DATA_RECORD_PACKET = 252;
    private static final int REQUESTS_RESPONDED = 253;

    private static final int FIN = 0x01;
    private static final int SYN = 0x02;
    private static final int PUSH = 0x08;
    private static final int ACK = 0x10;

    private static final int MOST_SEGMENT = 1400;
    private static final int BURSTS = 12;

    private enum Step {
        OPEN,
        OPENED,
        ESTABLISHED,
        BURST,
        ANSWER,
        CLOSE,
        CLOSED
    }

    private record Segment(int from, int to) {}

    private final Network network;
    private final int place;
    private final byte[] node;
    private final byte[] gateway = Bytes.address("198.51.100.241");
    private final PacketBuilder burst = new PacketBuilder();
    private final PacketBuilder answer = new PacketBuilder();
    private final Deque<Segment> segments = new ArrayDeque<>();

    private Step step = Step.OPEN;
    private int connections;
    private int port;
    private int requestSequence;
    private int responseSequence;
    /** Octets of the streams before the burst, or its answer. */
    private long requested;
    private long responded;
    private Stream requests;
    private Stream responses;
    private int bursts;
    private int number;
    private int messages;

    GaSession(Network network, int place) {
        this.network = network;
        this.place = place;
        node = Bytes.address("192.0.2." + (211 + place % 20));
    }

    @Override
    void act() {
        Dice dice = network.dice;
        switch (step) {
            case OPEN -> {
                open(dice);
                packet(true, -1, SYN);
                then(Step.OPENED, 1, 5);
            }
            case OPENED -> {
                packet(false, -1, SYN | ACK);
                then(Step.ESTABLISHED, 1, 5);
            }
            case ESTABLISHED -> {
                packet(true, 0, ACK);
                then(Step.BURST, 1, 20);
            }
            case BURST -> {
                if (segments.isEmpty()) {
                    write(dice);
                }
                Segment segment = segments.remove();
                packet(true, segment.from(), segments.isEmpty() ? ACK | PUSH : ACK)
                        .octets(burst.buffer(), segment.from(), segment.to() - segment.from());
                network.brings(requests, requested + segment.from(), requested + segment.to());
                if (segments.isEmpty()) {
                    then(Step.ANSWER, 1, 5);
                } else {
                    network.schedule(this, dice.between(1, Network.MILLISECOND));
                }
            }
            case ANSWER -> {
                requested += burst.length();
                respond();
                packet(false, 0, ACK | PUSH).octets(answer.buffer(), 0, answer.length());
                network.brings(responses, responded, responded + answer.length());
                responded += answer.length();
                burst.reset();
                then(++bursts == BURSTS ? Step.CLOSE : Step.BURST, 20, 200);
            }
            case CLOSE -> {
                packet(true, 0, FIN | ACK);
                then(Step.CLOSED, 1, 5);
            }
            case CLOSED -> {
                packet(false, 0, FIN | ACK);
                then(Step.OPEN, 20, 200);
            }
        }
    }

    private void then(Step next, int from, int to) {
        step = next;
        network.schedule(this, network.dice.between(from * Network.MILLISECOND, to * Network.MILLISECOND));
    }

    private void open(Dice dice) {
        port = 30_000 + place * 64 + connections++ % 64;
        // Some pass 2^32.
        requestSequence = place % 2 == 0 ? -dice.below(20_000) : (int) dice.bits();
        responseSequence = (int) dice.bits();
        requested = 0;
        responded = 0;
        requests = new Stream();
        responses = new Stream();
        bursts = 0;
    }

    /** Opens a segment. {@code at} is its place behind what was sent before; -1 for the first of all. */
    private PacketBuilder packet(boolean byNode, int at, int flags) {
        int sent = requestSequence + 1 + (int) requested;
        int received = responseSequence + 1 + (int) responded;
        network.link(0).ip(byNode ? node : gateway, byNode ? gateway : node);
        return byNode
                ? network.p.tcp(port, PORT, sent + at, (flags & ACK) == 0 ? 0 : received, flags)
                : network.p.tcp(PORT, port, received + at, sent, flags);
    }

    private void write(Dice dice) {
        messages = dice.between(1, 4);
        burst.reset();
        for (int i = 0; i < messages; i++) {
            int from = burst.length();
            int records = dice.between(1, 5);
            int size = dice.between(60, 900);
            int packet = 4 + records * (2 + size);
            burst.u8(0x0F).u8(DATA_RECORD_TRANSFER_REQUEST).u16(2 + 3 + packet).u16(++number);
            burst.u8(PACKET_TRANSFER_COMMAND).u8(1);
            burst.u8(DATA_RECORD_PACKET).u16(packet).u8(records).u8(2).u16(0x1001);
            for (int record = 0; record < records; record++) {
                burst.u16(size);
                for (int octet = 0; octet < size; octet++) {
                    burst.u8(number + octet);
                }
            }
            message(requests, burst, from, "request " + (number & 0xFFFF));
        }
        boolean again = network.plan.disordered() > 0;
        for (int from = 0; from < burst.length();) {
            int to = Math.min(burst.length(), from + dice.between(1, MOST_SEGMENT));
            segments.add(new Segment(from, to));
            if (again && dice.below(20) == 0) {
                segments.add(new Segment(Math.max(0, from - dice.below(MOST_SEGMENT - (to - from) + 1)), to));
            }
            from = to;
        }
    }

    private void respond() {
        answer.reset();
        for (int i = messages - 1; i >= 0; i--) {
            int from = answer.length();
            answer.u8(0x0F).u8(DATA_RECORD_TRANSFER_RESPONSE).u16(2 + 3 + 2).u16(number - i);
            answer.u8(CAUSE).u8(ACCEPTED).u8(REQUESTS_RESPONDED).u16(2).u16(number - i);
            message(responses, answer, from, "response " + (number - i & 0xFFFF));
        }
    }

    private void message(Stream stream, PacketBuilder written, int from, String name) {
        int length = written.length() - from;
        stream.write(new Message(network.ledger, Truth.Kind.GTPPRIME,
                Bytes.hex(node) + ":" + port + " " + name, length, written.buffer(), from, length), length);
    }
}
