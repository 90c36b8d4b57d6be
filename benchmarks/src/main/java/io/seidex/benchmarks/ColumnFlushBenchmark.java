package io.seidex.benchmarks;

import io.seidex.capture.Capture;
import io.seidex.capture.Frame;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.Dictionaries;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.schema.Extraction;
import io.seidex.schema.PacketSchema;
import io.seidex.segment.Columns;
import io.seidex.segment.SegmentWriter;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
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
 * Cost of a document when full columns become a segment: sorting, postings, doc values, files. The files are written
 * and not yet forced to the disk. The columns are filled once: a megadocument, as in a batch.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ColumnFlushBenchmark {
    @Param({"n4-session-churn", "mixed-core"})
    public String traffic;

    private Columns columns;
    private Path folder;
    private Directory directory;
    private SegmentWriter writer;

    @Setup
    public void fill() throws IOException {
        columns = new Columns(PacketSchema.builtIn(), Columns.DOCUMENTS, 2L << 30);
        FaultLog faults = new FaultLog();
        PacketDecoder decoder = new PacketDecoder();
        Packet packet = new Packet();
        Extraction extraction = Extraction.forIndexing(Dictionaries.builtIn());
        byte[] steady = Traffic.named(traffic, 42).steady(CaptureFormat.PCAP_NANOS, Columns.DOCUMENTS);
        try (Capture capture = Capture.of(Octets.of(steady), faults)) {
            FrameCursor cursor = capture.cursor(faults);
            Frame frame = cursor.frame();
            while (cursor.next()) {
                decoder.decode(capture.octets(), frame, packet);
                extraction.frame(frame, 0, 0, columns);
                extraction.extract(capture.octets(), packet, columns);
                columns.endDocument();
            }
        }
        if (columns.documents() != Columns.DOCUMENTS) {
            throw new IllegalStateException("only " + columns.documents() + " documents");
        }
    }

    @Setup(Level.Invocation)
    public void open() throws IOException {
        folder = Files.createTempDirectory("seidex-flush");
        directory = FSDirectory.open(folder);
        writer = SegmentWriter.open(directory);
    }

    @TearDown(Level.Invocation)
    public void delete() throws IOException {
        directory.close();
        Folders.delete(folder);
    }

    @Benchmark
    @OperationsPerInvocation(Columns.DOCUMENTS)
    public int flush() throws IOException {
        writer.write(columns);
        return writer.documents();
    }
}
