package io.seidex.traffic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;

/** A message on its way in pieces: an IP datagram's fragments, a divided message's datagrams, a part of a stream. */
final class Message implements Arrival {
    private record Piece(long from, long to, long frame) {}

    final Truth.Kind kind;
    final String name;
    private final Ledger ledger;
    private final long positions;
    private final long octets;
    private final long crc;
    private final List<Piece> pieces = new ArrayList<>();
    /** The frame with which all of it is there. */
    private long there;
    private long completing;

    // What it is a piece of itself.
    private Arrival into;
    private long intoFrom;
    private long intoTo;
    /** The network's packet that is readable when it is complete; 0 for none. */
    private long packet;

    /**
     * @param positions where it ends: octets, or pieces if these are numbered
     * @param octets where the octets are that it is put together of
     */
    Message(Ledger ledger, Truth.Kind kind, String name, long positions, byte[] octets, int from, int length) {
        this.ledger = ledger;
        this.kind = kind;
        this.name = name;
        this.positions = positions;
        this.octets = length;
        CRC32 sum = new CRC32();
        sum.update(octets, from, length);
        this.crc = sum.getValue();
        ledger.open(this);
    }

    /** When it is complete, a piece of something else has come, and a packet of the network. */
    Message within(Arrival larger, long from, long to, long carried) {
        into = larger;
        intoFrom = from;
        intoTo = to;
        packet = carried;
        return this;
    }

    @Override
    public void arrived(long from, long to, long frame) {
        if (completing != 0) {
            return;
        }
        add(from, to, frame);
        if (there != 0) {
            complete(frame);
        }
    }

    /** Takes a piece; whether that completes it somebody else says. */
    void add(long from, long to, long frame) {
        if (there == 0) {
            pieces.add(new Piece(from, to, frame));
            pieces.sort(Comparator.comparingLong(Piece::from));
            there = missing().isEmpty() ? frame : 0;
        }
    }

    void complete(long frame) {
        completing = frame;
        ledger.close(this);
        if (packet != 0) {
            ledger.readable(packet, frame);
        }
        if (into != null) {
            into.arrived(intoFrom, intoTo, frame);
        }
    }

    boolean isSeen() {
        return !pieces.isEmpty();
    }

    /** What is missing, as {@code 0-127, 256-}: octets, or numbers of pieces from 1; empty if nothing is. */
    String missing() {
        StringBuilder text = new StringBuilder();
        long there = 0;
        boolean endKnown = kind != Truth.Kind.IP && kind != Truth.Kind.IPV6;
        for (Piece piece : pieces) {
            gap(text, there, piece.from(), true);
            there = Math.max(there, piece.to());
        }
        gap(text, there, positions, endKnown);
        return text.toString();
    }

    private void gap(StringBuilder text, long from, long to, boolean endKnown) {
        if (from >= to) {
            return;
        }
        int first = kind == Truth.Kind.UDP_DIV ? 1 : 0;
        text.append(text.isEmpty() ? "" : ", ").append(from + first);
        if (!endKnown) {
            text.append('-');
        } else if (to > from + 1) {
            text.append('-').append(to - 1 + first);
        }
    }

    /** What became of it. A part of a stream all of which came, but not all before it, is complete all the same. */
    Truth.Whole whole() {
        List<Long> frames = pieces.stream().map(Piece::frame).toList();
        String missing = missing();
        boolean behindLoss = completing == 0 && missing.isEmpty();
        return new Truth.Whole(
                kind, name, octets, crc, frames, behindLoss ? there : completing, missing, behindLoss);
    }
}
