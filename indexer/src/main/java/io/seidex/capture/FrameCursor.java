package io.seidex.capture;

/**
 * Walks the records of a capture, or of a part of it, in order. Reads record headers only; allocates nothing per record.
 *
 * <p>It does not believe the file: no length is used before it is compared with what is there. What cannot be read ends the
 * walk with a fault in the {@link io.seidex.fault.FaultLog} that the cursor was opened with; everything before it has been
 * delivered.
 */
public abstract class FrameCursor {
    protected final Frame frame = new Frame();

    /** Moves {@link #frame()} to the next packet. False at the end of the part, or where reading must stop. */
    public abstract boolean next();

    /** The packet that the last {@code next()} found. */
    public final Frame frame() {
        return frame;
    }

    /** The place before the next record. Allocates; for those who cut captures into parts. */
    public abstract Border border();
}
