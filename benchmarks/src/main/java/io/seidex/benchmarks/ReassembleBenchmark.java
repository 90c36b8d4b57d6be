package io.seidex.benchmarks;

import io.seidex.octets.Octets;
import io.seidex.reassemble.Overlaps;
import io.seidex.reassemble.Piece;
import io.seidex.reassemble.Wholes;
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
 * Cost of a piece while so many wholes are open: each invocation opens a thousand and completes the oldest
 * thousand, whose memory is cold. The time is what it would be at 100,000 pieces a second. Nothing may be
 * allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReassembleBenchmark {
    private static final int PIECES = 2000;
    private static final int LENGTH = 1480;
    private static final long STEP_NANOS = 10_000;
    private static final long SCATTER = 0x9E37_79B9_7F4A_7C15L;

    @Param({"1000", "1000000"})
    public int open;

    private Octets octets;
    private Wholes wholes;
    private long opened;
    private long completed;
    private long pieces;

    @Setup
    public void open() {
        octets = Octets.of(new byte[LENGTH]);
        wholes = new Wholes(1L << 30, Long.MAX_VALUE, (whole, why) -> {
            throw new AssertionError(why);
        });
        wholes.source(0, octets);
        while (opened < open) {
            begin();
        }
    }

    @TearDown
    public void close() {
        wholes.close();
        octets.close();
    }

    @Benchmark
    @OperationsPerInvocation(PIECES)
    public long pieces() {
        long length = 0;
        for (int i = 0; i < PIECES / 2; i++) {
            begin();
            length += complete();
        }
        return length;
    }

    private void begin() {
        piece(opened++).offset(0);
        wholes.offer(Overlaps.ANEW);
    }

    private long complete() {
        piece(completed++).offset(LENGTH).end(2 * LENGTH);
        if (!wholes.offer(Overlaps.ANEW)) {
            throw new AssertionError("not complete");
        }
        return wholes.completed().length();
    }

    private Piece piece(long identity) {
        // As the key of an IPv4 fragment: the layer, addresses, protocol and identification.
        wholes.key().clear().add(10).add(identity * SCATTER).add(identity);
        long frame = pieces++;
        return wholes.piece().over(wholes, 0, 0, LENGTH).seen(frame, 0, frame * STEP_NANOS);
    }
}
