package io.seidex.capture;

import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import java.util.List;

/**
 * Walks the records of a capture, or of a part of it, in order. Reads record headers only; allocates nothing per record.
 *
 * <p>It does not believe the file: no length is used before it is compared with what is there. What cannot be read ends the
 * walk with a fault in the {@link io.seidex.fault.FaultLog} that the cursor was opened with; everything before it has been
 * delivered.
 */
public abstract sealed class FrameCursor permits EmptyCursor, PcapCursor, PcapngCursor, TextCursor {
    protected final Frame frame = new Frame();
    protected final Octets octets;
    /** Records that begin at or behind it belong to the next part. */
    protected final long to;

    private final FaultLog faults;

    /** Where the next record begins. */
    protected long place;
    /** Number of the last frame. */
    protected long number;
    protected boolean stopped;

    FrameCursor(Octets octets, Border from, long to, FaultLog faults) {
        this.octets = octets;
        this.place = from.at();
        this.number = from.frame() - 1;
        this.to = Math.min(to, octets.length());
        this.faults = faults;
        frame.over(octets);
    }

    /** Moves {@link #frame()} to the next packet. False at the end of the part, or where reading must stop. */
    public abstract boolean next();

    /** Walks to the end of the part, or to where reading must stop. */
    void skip() {
        while (next()) {
            // only the place matters
        }
    }

    /** The packet that the last {@code next()} found. */
    public final Frame frame() {
        return frame;
    }

    /**
     * The interfaces that have been met: those of the border that the walk began at, then each in the order of its
     * description. It grows while the cursor walks; an interface keeps its place.
     */
    public abstract List<CaptureInterface> interfaces();

    /** The place before the next record. Allocates; for those who cut captures into parts. */
    public abstract Border border();

    /** Ends the walk for good, before the record at {@link #place}. */
    protected final boolean stop(Fault fault) {
        stopped = true;
        return report(fault);
    }

    /** Counts a fault of the record at {@link #place}. */
    protected final boolean report(Fault fault) {
        report(fault, place);
        return false;
    }

    /** Counts a fault within the record at {@link #place}. */
    protected final void report(Fault fault, long at) {
        faults.report(Layer.RECORD, fault, number + 1, at);
    }
}
