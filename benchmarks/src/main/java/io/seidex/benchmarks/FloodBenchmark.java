package io.seidex.benchmarks;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.reassemble.Fragments;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.CaptureWriter;
import io.seidex.traffic.Flood;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
 * Cost of a fragment, decoded and kept, of a capture of nothing but {@link Flood#FRAGMENTS}: datagrams that claim 64 KiB and never
 * become complete, so many at once, with the memory that a run has for them. With a million the oldest are given up all the
 * time; with a thousand each has a thousand pieces, among which the place of the next is looked up. Nothing may be allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class FloodBenchmark {
    private static final int FRAMES = 1 << 20;
    private static final long BUDGET = 64L << 20;

    @Param({"1024", "65536", "1048576"})
    public int wholes;

    private final FaultLog faults = new FaultLog();
    private final Packet packet = new Packet();
    private final PacketDecoder decoder = new PacketDecoder();
    private Capture capture;
    private Fragments fragments;
    private long abandoned;

    @Setup
    public void open() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureWriter.to(octets, CaptureFormat.PCAP, CaptureWriter.ETHERNET)) {
            Flood.FRAGMENTS.write(writer, wholes, FRAMES);
        }
        capture = Capture.of(Octets.of(octets.toByteArray()), faults);
        fragments = new Fragments(BUDGET, (whole, why) -> abandoned++);
    }

    @TearDown
    public void close() {
        fragments.close();
        capture.close();
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long fragments() {
        fragments.over(0, capture.octets());
        FrameCursor cursor = capture.cursor(faults);
        while (cursor.next()) {
            decoder.decode(capture.octets(), cursor.frame(), packet);
            fragments.complete(cursor.frame(), cursor.frame().number(), packet, decoder);
        }
        fragments.end();
        return abandoned;
    }
}
