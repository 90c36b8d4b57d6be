package io.seidex.benchmarks;

import io.seidex.decode.IeCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.decode.PfcpHeader;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.Element;
import io.seidex.dictionary.LayoutReader;
import io.seidex.dictionary.Program;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.schema.Extraction;
import io.seidex.schema.PacketSchema;
import io.seidex.segment.Columns;
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
 * Cost of one packet on its way from octets to columns, in four depths, each of which holds the one before except where
 * it says otherwise. Nothing is written, and nothing may be allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
    static final int PACKETS = 4096;

    @Param({"n4-session-churn", "n4-heartbeats", "mixed-core"})
    public String traffic;

    private final PacketDecoder decoder = new PacketDecoder();
    private final Packet packet = new Packet();
    private final PfcpHeader pfcp = new PfcpHeader();
    private final Dictionary dictionary = Dictionary.pfcp();
    private final Program[] programs = new Program[1 << 16];
    private final IeCursor elements = IeCursor.pfcp(dictionary);
    private final LayoutReader reader = new LayoutReader();
    private final Extraction extraction = Extraction.forIndexing(Dictionaries.builtIn());
    private final SummingSink sums = new SummingSink();

    private Packets packets;
    private Columns columns;

    @Setup
    public void open() {
        packets = new Packets(traffic, PACKETS);
        columns = new Columns(PacketSchema.builtIn(), PACKETS, 256L << 20);
        for (Element element : dictionary.elements()) {
            if (element.enterprise() == 0) {
                programs[element.type()] = element.layout().program();
            }
        }
    }

    @TearDown
    public void close() {
        packets.close();
    }

    /** Peels the layers. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long layers() {
        long sum = 0;
        for (int i = 0; i < PACKETS; i++) {
            decode(i);
            sum += packet.count();
        }
        return sum;
    }

    /** Peels the layers, and reads every member of every information element of PFCP by the dictionary. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long everyElement() {
        long sum = 0;
        for (int i = 0; i < PACKETS; i++) {
            decode(i);
            for (int layer = 0; layer < packet.count(); layer++) {
                if (packet.layer(layer) == Layer.PFCP) {
                    sum += elements(packet.at(layer), packet.available(layer));
                }
            }
        }
        return sum;
    }

    private long elements(long at, int available) {
        Octets octets = packets.octets();
        pfcp.over(octets, at, available);
        int header = pfcp.headerLength();
        int length = Math.min(available, pfcp.messageLength());
        long sum = pfcp.messageType();
        for (elements.over(octets, at + header, length - header, length - header, packet); elements.next();) {
            Program program = elements.enterprise() == 0 ? programs[elements.type()] : null;
            if (program != null && !elements.isGroup()) {
                reader.over(program, octets, elements.valueAt(), elements.length());
                while (reader.next()) {
                    sum += reader.at() + reader.number();
                }
            }
        }
        return sum;
    }

    /** Peels the layers, and reads what the index keeps of them and of their information elements. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long indexedFields() {
        sums.sum = 0;
        for (int i = 0; i < PACKETS; i++) {
            decode(i);
            extraction.extract(packets.octets(), packet, sums);
        }
        return sums.sum;
    }

    /** As {@link #indexedFields}, and appends it to columns. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int columns() {
        columns.clear();
        for (int i = 0; i < PACKETS; i++) {
            decode(i);
            extraction.extract(packets.octets(), packet, columns);
            columns.endDocument();
        }
        return columns.documents();
    }

    private void decode(int i) {
        int captured = packets.captured(i);
        decoder.decode(packets.octets(), packets.at(i), captured, captured, packets.linkType, packet);
    }
}
