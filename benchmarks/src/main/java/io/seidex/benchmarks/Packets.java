package io.seidex.benchmarks;

import io.seidex.capture.Capture;
import io.seidex.capture.Frame;
import io.seidex.capture.FrameCursor;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;

/** A few thousand packets in memory outside the heap, to be gone through again and again without reading records. */
final class Packets implements AutoCloseable {
    final int count;
    final int linkType;
    private final Capture capture;
    private final long[] at;
    private final int[] captured;

    Packets(String traffic, int count) {
        this.count = count;
        Traffic plan = Traffic.named(traffic, 42);
        FaultLog faults = new FaultLog();
        linkType = plan.linkType();
        capture = Capture.of(Octets.of(plan.steady(CaptureFormat.PCAP_NANOS, count)), faults);
        at = new long[count];
        captured = new int[count];
        FrameCursor cursor = capture.cursor(faults);
        Frame frame = cursor.frame();
        for (int i = 0; cursor.next(); i++) {
            at[i] = frame.at();
            captured[i] = frame.captured();
        }
    }

    Octets octets() {
        return capture.octets();
    }

    Capture capture() {
        return capture;
    }

    long at(int packet) {
        return at[packet];
    }

    int captured(int packet) {
        return captured[packet];
    }

    @Override
    public void close() {
        capture.close();
    }
}
