package io.seidex.benchmarks;

import io.seidex.capture.Capture;
import io.seidex.capture.Frame;
import io.seidex.capture.FrameCursor;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of walking from one record of a capture to the next. Reads every record's place, lengths and time; touches no
 * packet.
 *
 * <p>A walk of 65,536 records opens one cursor: that is all it allocates.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CursorBenchmark {
    static final int PACKETS = 1 << 16;

    @Param({"PCAP", "PCAP_NANOS_BIG", "PCAPNG"})
    public CaptureFormat format;

    private final FaultLog faults = new FaultLog();
    private Capture capture;

    @Setup
    public void open() {
        byte[] octets = Traffic.named("n4-session-churn", 42).steady(format, PACKETS);
        capture = Capture.of(Octets.of(octets), faults);
    }

    @TearDown
    public void close() {
        capture.close();
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long walk() {
        long sum = 0;
        FrameCursor cursor = capture.cursor(faults);
        Frame frame = cursor.frame();
        while (cursor.next()) {
            sum += frame.at() + frame.captured() + frame.original() + frame.timeNanos();
        }
        return sum;
    }
}
