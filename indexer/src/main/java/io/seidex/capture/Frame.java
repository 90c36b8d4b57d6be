package io.seidex.capture;

import io.seidex.octets.OctetBuffer;
import io.seidex.octets.Octets;
import java.util.OptionalLong;

/**
 * One captured packet, as its record states it. A window that a {@link FrameCursor} moves: valid until the next
 * {@code next()}. Lengths are in octets.
 *
 * <p>The packet's octets are {@link #captured()} ones of {@link #octets()} from {@link #at()} on. Those are the capture's
 * own, unless the capture spells its packets in text: then they are a buffer, which the next packet takes.
 */
public final class Frame {
    private static final int FIRST_CAPACITY = 2048;

    private Octets octets;
    /** Of a text's packets; null until there is one. */
    private OctetBuffer buffer;

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

    /** The memory that the packet lies in. */
    public Octets octets() {
        return octets;
    }

    /** Says which one it is of a frame that was read alone: its record does not. */
    public void number(long number) {
        this.number = number;
    }

    /** Where in the capture the record (pcapng: the block; of a text: the packet's first line) begins. */
    public long recordAt() {
        return recordAt;
    }

    /** Where in {@link #octets()} the packet begins. */
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

    /** Makes this the packet of a record of which all that was known is kept elsewhere; its octets are copied. */
    public void restore(
            byte[] kept, long number, long recordAt, long original, CaptureInterface source, OptionalLong nanos) {
        if (buffer == null || buffer.capacity() < kept.length) {
            buffer = new OctetBuffer(Math.max(FIRST_CAPACITY, kept.length));
        }
        buffer.put(0, kept, kept.length);
        overBuffer();
        move(number, recordAt, 0, kept.length, original, source, 0);
        nanos.ifPresent(this::time);
    }

    /** From now on packets lie in {@code memory}. */
    void over(Octets memory) {
        this.octets = memory;
    }

    /** The packet lies in the frame's own buffer. */
    void overBuffer() {
        if (buffer == null) {
            buffer = new OctetBuffer(FIRST_CAPACITY);
        }
        this.octets = buffer.octets();
    }

    /** Writes an octet of a packet into the frame's own buffer, behind those that are there. */
    void put(int place, int octet) {
        if (buffer == null) {
            buffer = new OctetBuffer(FIRST_CAPACITY);
        } else if (place == buffer.capacity()) {
            buffer = buffer.longer(2 * place);
        }
        buffer.put(place, octet);
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
