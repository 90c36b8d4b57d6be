package io.seidex.benchmarks;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.reassemble.Seam;
import io.seidex.reassemble.Streams;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.PacketBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * Cost of a segment of GTP' with 64 connections at once: decoded alone, with a message in each segment, with messages that
 * take three, and with every second segment before the one that it follows. Nothing may be allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class StreamBenchmark {
    private static final int CONNECTIONS = 64;
    private static final int SEGMENTS = 64 * CONNECTIONS;
    private static final int SEGMENT = 1200;
    private static final int SYN = 2;
    private static final int ACK = 0x10;
    private static final int FIN = 0x11;
    private static final int FIRST_PORT = 40_000;

    @Param({"decode", "whole", "divided", "disorder"})
    public String kind;

    private final PacketDecoder decoder = new PacketDecoder();
    private final Packet packet = new Packet();
    private Capture capture;
    private Streams streams;
    private FrameCursor cursor;
    private long expected;

    private final Seam seam = new Seam() {
        @Override
        public void offered(long key, boolean begins) {
            // Nobody wants to know.
        }

        @Override
        public void open(long key, int source, long frame) {
            // Nobody wants to know.
        }
    };

    @Setup
    public void write() {
        int message = kind.equals("whole") ? SEGMENT : 3 * SEGMENT;
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int perConnection = SEGMENTS / CONNECTIONS;
        while (stream.size() < perConnection * SEGMENT) {
            ByteBuffer each = ByteBuffer.allocate(message).put((byte) 0x4E).put((byte) 240)
                    .putShort((short) (message - 6));
            stream.writeBytes(each.array());
            expected += CONNECTIONS;
        }
        byte[] octets = stream.toByteArray();
        CaptureBuilder builder = CaptureBuilder.pcap();
        PacketBuilder packets = new PacketBuilder();
        for (int i = 0; i < perConnection; i++) {
            boolean isSwapped = kind.equals("disorder") && i > 0 && i < perConnection - 1;
            int segment = isSwapped ? (i - 1 ^ 1) + 1 : i;
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                packets.reset().ethernet().ipv4("192.0.2.1", "192.0.2.2")
                        .tcp(FIRST_PORT + connection, 3386, segment == 0 ? -1 : segment * SEGMENT,
                                segment == 0 ? SYN : i == perConnection - 1 ? FIN : ACK)
                        .octets(octets, segment * SEGMENT, SEGMENT);
                builder.packet(packets);
            }
        }
        expected = kind.equals("decode") ? 0 : expected;
        capture = Capture.of(Octets.of(builder.toBytes()), new FaultLog());
        streams = new Streams(DeclaredProtocols.builtIn(), 64 << 20, (whole, why) -> {});
        streams.seam(seam);
        streams.over(0, capture.octets());
    }

    @Setup(Level.Invocation)
    public void rewind() {
        cursor = capture.cursor(new FaultLog());
    }

    @TearDown
    public void close() {
        streams.close();
        capture.close();
    }

    @Benchmark
    @OperationsPerInvocation(SEGMENTS)
    public long segments() {
        long messages = 0;
        boolean isRead = expected > 0;
        while (cursor.next()) {
            decoder.decode(capture.octets(), cursor.frame(), packet);
            if (isRead && streams.complete(cursor.frame(), cursor.frame().number(), packet, decoder)) {
                messages += streams.messages().count();
            }
        }
        if (messages < expected - 2 * CONNECTIONS) {
            throw new AssertionError(messages + " messages of " + expected);
        }
        return messages;
    }
}
