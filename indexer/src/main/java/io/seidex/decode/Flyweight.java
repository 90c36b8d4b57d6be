package io.seidex.decode;

import io.seidex.octets.Octets;

/** A window over octets. Readers take offsets from the window's begin. */
public abstract class Flyweight {
    protected Octets octets = Octets.EMPTY;
    protected long at;
    protected int available;

    /** Moves the window without looking. For places that a {@link Packet} lists. */
    public final void over(Octets octets, long at, int available) {
        this.octets = octets;
        this.at = at;
        this.available = available;
    }

    /** The absolute offset of the first octet. */
    public final long at() {
        return at;
    }

    /** How many octets may be read. */
    public final int available() {
        return available;
    }

    /** Whether the first {@code count} octets are there. */
    public final boolean has(int count) {
        return available >= count;
    }

    protected final int u8(int offset) {
        return octets.u8(at + offset);
    }

    protected final int u16(int offset) {
        return octets.u16(at + offset);
    }

    protected final int u16le(int offset) {
        return octets.u8(at + offset) | octets.u8(at + offset + 1) << 8;
    }

    protected final int u24(int offset) {
        return octets.u24(at + offset);
    }

    protected final long u32(int offset) {
        return octets.u32(at + offset);
    }

    protected final long i64(int offset) {
        return octets.i64(at + offset);
    }

    /** What a layer may read: its own claim, cut to what the layer outside granted. */
    protected final int bounded(int claimed) {
        return Math.min(claimed, available);
    }
}
