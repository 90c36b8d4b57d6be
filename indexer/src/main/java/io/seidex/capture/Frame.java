package io.seidex.capture;

/**
 * One captured packet, as its record states it. A window that a {@link FrameCursor} moves: valid until the next
 * {@code next()}. Offsets are absolute in the capture's octets, lengths in octets.
 */
public final class Frame {
    private long number;
    private long recordAt;
    private long at;
    private int captured;
    private long original;
    private long timeNanos;
    private boolean hasTime;
    private CaptureInterface source;
    private int sourceOrdinal;

    /** Counts from 1 within the capture, as {@code frame.number}. */
    public long number() {
        return number;
    }

    /** Where the record (pcapng: the block) begins. */
    public long recordAt() {
        return recordAt;
    }

    /** Where the packet's octets begin. */
    public long at() {
        return at;
    }

    /** How many of the packet's octets are in the capture. */
    public int captured() {
        return captured;
    }

    /**
     * How many octets the packet had on the wire, as the record says: it may be smaller than {@link #captured()}. At most
     * 2^31 - 1, as {@code frame.len}.
     */
    public long original() {
        return original;
    }

    /** Nanoseconds since 1970-01-01 UTC; meaningful only if {@link #hasTime()}. */
    public long timeNanos() {
        return timeNanos;
    }

    /** False for pcapng's simple packet blocks, which carry no time. */
    public boolean hasTime() {
        return hasTime;
    }

    /** The interface that captured it: its link type and how its times are written. */
    public CaptureInterface source() {
        return source;
    }

    /** The place of {@link #source()} in {@link FrameCursor#interfaces()}. */
    public int sourceOrdinal() {
        return sourceOrdinal;
    }

    void move(
            long number,
            long recordAt,
            long at,
            int captured,
            long original,
            CaptureInterface source,
            int sourceOrdinal) {
        this.number = number;
        this.recordAt = recordAt;
        this.at = at;
        this.captured = captured;
        this.original = Math.min(original, Integer.MAX_VALUE);
        this.source = source;
        this.sourceOrdinal = sourceOrdinal;
        this.hasTime = false;
        this.timeNanos = 0;
    }

    void time(long nanos) {
        this.timeNanos = nanos;
        this.hasTime = true;
    }
}
