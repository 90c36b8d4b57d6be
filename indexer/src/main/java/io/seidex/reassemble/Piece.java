package io.seidex.reassemble;

import io.seidex.octets.Octets;

/**
 * A piece of a whole: which positions of it, where its octets are, and what it says of the whole. Refilled for each piece
 * by {@link #over}, which forgets what the piece before it said.
 */
public final class Piece {
    /** A position or a size that is not told. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    Octets octets = Octets.EMPTY;
    int source;
    /** Whether the octets stay where they are. */
    boolean stays;
    long at;
    int length;
    boolean numbered;
    /** Whether its number runs on from whole to whole. */
    boolean runsOn;
    /** What such a number is counted by; 0: it never ends. */
    long modulus;
    /** Whether it follows those that came before it. */
    boolean follows;
    boolean first;
    boolean last;
    long from;
    long to;
    long begin;
    long end;
    long size;
    long note;
    long frame;
    long recordAt;
    long timeNanos;

    /** The octets that it brings, in memory that stays as long as the whole is open. */
    public Piece over(Wholes wholes, int source, long at, int length) {
        return over(wholes.source(source), source, true, at, length);
    }

    /** The octets that it brings, in memory that is used again: they are copied if they must wait. */
    public Piece over(Octets octets, int source, long at, int length) {
        return over(octets, source, false, at, length);
    }

    private Piece over(Octets octets, int source, boolean stays, long at, int length) {
        this.octets = octets;
        this.source = source;
        this.stays = stays;
        this.at = at;
        this.length = length;
        this.numbered = false;
        this.runsOn = false;
        this.modulus = 0;
        this.follows = false;
        this.first = false;
        this.last = false;
        this.from = 0;
        this.to = length;
        this.begin = 0;
        this.end = UNKNOWN;
        this.size = UNKNOWN;
        this.note = 0;
        return this;
    }

    /** Its first octet is octet {@code from} of the whole. */
    public Piece offset(long from) {
        this.from = from;
        this.to = from + length;
        return this;
    }

    /** It is the piece of this number. */
    public Piece number(long number) {
        this.numbered = true;
        this.from = number;
        this.to = number + 1;
        return this;
    }

    /** The next whole's numbers follow; behind the number {@code modulus - 1} comes 0, unless that is 0. */
    public Piece runsOn(long modulus) {
        this.runsOn = true;
        this.modulus = modulus;
        return this;
    }

    /** Counts on behind the end of the numbers, or back. */
    void shift(long by) {
        from += by;
        to += by;
        end = end == UNKNOWN ? end : end + by;
    }

    /** It belongs behind those that came before it, or begins another whole. */
    public Piece arrival(boolean first) {
        this.follows = true;
        this.first = first;
        return this;
    }

    /** Whether the whole ends with it. */
    public Piece last(boolean last) {
        this.last = last;
        this.end = last ? to : UNKNOWN;
        return this;
    }

    /** The position at which the whole begins, {@link #UNKNOWN} if it does not say; 0 if this is not called. */
    public Piece begin(long begin) {
        this.begin = begin;
        return this;
    }

    /** The position behind the whole. */
    public Piece end(long end) {
        this.end = end;
        return this;
    }

    /** How many octets the whole has. */
    public Piece size(long size) {
        this.size = size;
        return this;
    }

    /** Something that the piece at the begin says for the whole. */
    public Piece note(long note) {
        this.note = note;
        return this;
    }

    /** Where and when it was captured. */
    public Piece seen(long frame, long recordAt, long timeNanos) {
        this.frame = frame;
        this.recordAt = recordAt;
        this.timeNanos = timeNanos;
        return this;
    }
}
