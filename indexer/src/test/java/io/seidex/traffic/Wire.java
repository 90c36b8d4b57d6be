package io.seidex.traffic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lies between the network and whoever captures it: cuts datagrams into fragments, loses frames, repeats them, lets
 * others overtake them, and counts them.
 */
final class Wire {
    /** Where frames go. */
    interface Sink {
        void frame(long timeNanos, byte[] octets, int length) throws IOException;
    }

    /** A frame that others may overtake: so many more of them. */
    private static final class Late {
        final byte[] octets;
        final Arrival into;
        final long from;
        final long to;
        final long packet;
        int others;

        Late(byte[] octets, Arrival into, long from, long to, long packet, int others) {
            this.octets = octets;
            this.into = into;
            this.from = from;
            this.to = to;
            this.packet = packet;
            this.others = others;
        }
    }

    private static final int MOST_OTHERS = 12;
    /** Datagrams with fewer octets behind the IP header stay whole. */
    private static final int LEAST = 48;
    private static final int UNIT = 8;
    private static final int STEP_NANOS = 100;

    private final Traffic plan;
    private final Dice dice;
    private final Sink sink;
    private final Ledger ledger;
    private final List<Late> late = new ArrayList<>();
    /** The last identification of each pair of addresses. */
    private final Map<String, Integer> identifications = new TreeMap<>();
    private long frames;
    private long timeNanos;

    Wire(Traffic plan, Ledger ledger, Sink sink) {
        this.plan = plan;
        this.dice = new Dice(plan.seed() * 31 + 7);
        this.sink = sink;
        this.ledger = ledger;
    }

    /** Takes the packet that the network wrote last. */
    void send(Network network) throws IOException {
        timeNanos = Math.max(network.timeNanos(), timeNanos + STEP_NANOS);
        PacketBuilder p = network.p;
        if (plan.isPlain()) {
            frames++;
            sink.frame(timeNanos, p.buffer(), p.length());
            ledger.readable(network.number(), frames);
            arrived(network.into(), network.from(), network.to(), frames);
            return;
        }
        if (p.ipHeaders() > 0 && dice.below(100) < plan.fragmented() && cut(network)) {
            return;
        }
        pass(Arrays.copyOf(p.buffer(), p.length()), network.into(), network.from(), network.to(), network.number());
    }

    /** No more packets come: frames that were overtaken are captured. */
    void end() throws IOException {
        while (!late.isEmpty()) {
            capture(late.removeFirst());
        }
    }

    /** How many frames were captured. */
    long frames() {
        return frames;
    }

    private boolean cut(Network network) throws IOException {
        PacketBuilder p = network.p;
        byte[] frame = Arrays.copyOf(p.buffer(), p.length());
        boolean inTunnel = p.gtpAt() > 0 && p.ipHeaders() > 1 && dice.below(2) == 0;
        int headerAt = p.ipHeaderAt(inTunnel ? 1 : 0);
        boolean six = frame[headerAt] >>> 4 == 6;
        int payloadAt = headerAt + (six ? 40 : (frame[headerAt] & 0xF) << 2);
        int length = frame.length - payloadAt;
        if (length < LEAST) {
            return false;
        }
        int parts = dice.between(2, 4);
        int most = (length / parts + UNIT - 1) / UNIT * UNIT;
        String name = addresses(frame, headerAt, six);
        int identification = identifications.merge(name, 1, Integer::sum) & 0xFFFF;
        List<byte[]> fragments = inTunnel
                ? Fragmenter.cutInTunnel(frame, p.ipHeaderAt(0), p.gtpAt(), headerAt, most, identification)
                : Fragmenter.cut(frame, headerAt, most, identification);
        Message datagram = new Message(ledger, six ? Truth.Kind.IPV6 : Truth.Kind.IP,
                name + " id " + identification, length, frame, payloadAt, length)
                .within(network.into(), network.from(), network.to(), network.number());
        int shift = plan.disordered() > 0 && dice.below(4) == 0 ? dice.below(fragments.size()) : 0;
        for (int i = 0; i < fragments.size(); i++) {
            int place = (i + shift) % fragments.size();
            long from = (long) place * most;
            pass(fragments.get(place), datagram, from, Math.min(length, from + most), 0);
        }
        return true;
    }

    private static String addresses(byte[] frame, int headerAt, boolean six) {
        int length = six ? 16 : 4;
        int at = headerAt + (six ? 8 : 12);
        return Bytes.hex(Arrays.copyOfRange(frame, at, at + length)) + ">"
                + Bytes.hex(Arrays.copyOfRange(frame, at + length, at + 2 * length));
    }

    private void pass(byte[] octets, Arrival into, long from, long to, long packet) throws IOException {
        if (dice.perMille(plan.lost())) {
            return;
        }
        int copies = dice.perMille(plan.duplicated()) ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            int others = dice.perMille(plan.disordered()) ? dice.between(1, MOST_OTHERS) : 0;
            Late frame = new Late(octets, into, from, to, packet, others);
            if (others > 0) {
                late.add(frame);
            } else {
                capture(frame);
            }
        }
        for (int i = 0; i < late.size(); i++) {
            if (--late.get(i).others < 0) {
                capture(late.remove(i--));
            }
        }
    }

    private void capture(Late frame) throws IOException {
        timeNanos += STEP_NANOS;
        frames++;
        sink.frame(timeNanos, frame.octets, frame.octets.length);
        if (frame.packet != 0) {
            ledger.readable(frame.packet, frames);
        }
        arrived(frame.into, frame.from, frame.to, frames);
    }

    private static void arrived(Arrival into, long from, long to, long frame) {
        if (into != null) {
            into.arrived(from, to, frame);
        }
    }
}
