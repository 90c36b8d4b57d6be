package io.seidex.capture;

import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import java.util.List;

/** Finds nothing, in a file that is no capture. */
final class EmptyCursor extends FrameCursor {
    private final Border border;

    EmptyCursor(Octets octets, Border from) {
        super(octets, from, from.at(), new FaultLog());
        this.border = from;
    }

    @Override
    public boolean next() {
        return false;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return border.interfaces();
    }

    @Override
    public Border border() {
        return border;
    }
}
