package io.seidex.fault;

import java.util.Arrays;

/**
 * How often each (layer, fault) pair was met in one capture, and where first.
 *
 * <p>Its size is fixed: a hostile file cannot grow it. One instance per thread; {@link #add} joins them.
 */
public final class FaultLog {
    private static final int SLOTS = Layer.count() * Fault.count();

    private final long[] count = new long[SLOTS];
    private final long[] firstFrame = new long[SLOTS];
    private final long[] firstAt = new long[SLOTS];

    /** Counts one fault. {@code frame} is 0 where no frame is concerned; {@code at} is the absolute offset. */
    public void report(Layer layer, Fault fault, long frame, long at) {
        int slot = slot(layer, fault);
        if (count[slot]++ == 0) {
            firstFrame[slot] = frame;
            firstAt[slot] = at;
        }
    }

    /** Adds what another log of the same capture met; of two first places the lower offset stays. */
    public void add(FaultLog other) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (other.count[slot] > 0) {
                if (count[slot] == 0 || other.firstAt[slot] < firstAt[slot]) {
                    firstFrame[slot] = other.firstFrame[slot];
                    firstAt[slot] = other.firstAt[slot];
                }
                count[slot] += other.count[slot];
            }
        }
    }

    /** How many faults of this kind were met. */
    public long count(Layer layer, Fault fault) {
        return count[slot(layer, fault)];
    }

    /** The frame of the first, 0 where no frame is concerned. */
    public long firstFrame(Layer layer, Fault fault) {
        return firstFrame[slot(layer, fault)];
    }

    /** The absolute offset of the first. */
    public long firstAt(Layer layer, Fault fault) {
        return firstAt[slot(layer, fault)];
    }

    /** Whether nothing was met. */
    public boolean isEmpty() {
        for (long n : count) {
            if (n != 0) {
                return false;
            }
        }
        return true;
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(count, 0);
    }

    private static int slot(Layer layer, Fault fault) {
        return layer.ordinal() * Fault.count() + fault.ordinal();
    }
}
