package io.seidex.benchmarks;

import io.seidex.dictionary.Dictionaries;
import io.seidex.batch.Batch;
import io.seidex.batch.Inputs;
import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.filter.DecodedFields;
import io.seidex.query.filter.FilterBinder;
import io.seidex.query.filter.FilterException;
import io.seidex.query.filter.FilterParser;
import io.seidex.query.filter.Predicate;
import io.seidex.query.search.PacketSearch;
import io.seidex.schema.PacketSchema;
import io.seidex.store.PacketIndex;
import io.seidex.store.Settings;
import io.seidex.store.Shard;
import io.seidex.store.WritableIndex;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time from the text of a filter for one SEID to its answer, in a warm process: the filter is read, bound, and run over
 * all shards. Each operation asks for another of 1024 SEIDs, spread over all that the index holds.
 *
 * <p>The index is built on first use from generated packets (20 million: 2.8 GB, and 0.9 GB of index) in the folder of
 * the property {@code seidex.lookup}, or in {@code seidex-lookup} below java.io.tmpdir, and stays there.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class SeidLookupBenchmark {
    private static final int SEIDS = 1024;

    @Param("20000000")
    public long packets;

    private final DecodedFields decoded =
            new DecodedFields(PacketSchema::builtIn, () -> new FieldRegistry(Dictionaries.builtIn()));
    private final FilterBinder binder =
            new FilterBinder((field, label) -> Optional.empty(), tail -> Map.of(), decoded, ZoneOffset.UTC);
    private final List<String> filters = new ArrayList<>();
    private PacketSearch search;
    private int next;

    @Setup
    public void open() throws IOException, InterruptedException {
        PacketIndex index = PacketIndex.open(built());
        if (index.documents() != packets) {
            throw new IllegalStateException(index.directory() + " holds " + index.documents() + " documents");
        }
        for (Shard shard : index.shards()) {
            collect(shard.path());
        }
        Collections.shuffle(filters, new Random(42));
        filters.subList(Math.min(SEIDS, filters.size()), filters.size()).clear();
        search = new PacketSearch(index, decoded::registry, line -> {
            throw new IllegalStateException(line);
        });
    }

    @TearDown
    public void close() throws IOException {
        search.close();
    }

    /** How many packets hold it. */
    @Benchmark
    public long count() throws IOException, FilterException {
        return search.count(predicate());
    }

    /** The number of every packet that holds it. */
    @Benchmark
    public long numbers() throws IOException, FilterException {
        long[] sum = new long[1];
        search.each(predicate(), hit -> {
            sum[0] += hit.number();
            return true;
        });
        return sum[0];
    }

    /** Every packet that holds it, decoded again from the capture, as every result line needs it. */
    @Benchmark
    public long packets() throws IOException, FilterException {
        long[] sum = new long[1];
        search.each(predicate(), hit -> {
            sum[0] += hit.values().size();
            return true;
        });
        return sum[0];
    }

    private Predicate predicate() throws FilterException {
        next = (next + 1) % filters.size();
        return binder.bind(FilterParser.parse(filters.get(next)));
    }

    /** Some SEIDs of each segment, at even distances. */
    private void collect(Path shard) throws IOException {
        try (Directory directory = FSDirectory.open(shard); DirectoryReader reader = DirectoryReader.open(directory)) {
            for (LeafReaderContext segment : reader.leaves()) {
                Terms terms = segment.reader().terms(PacketSchema.PFCP_SEID.name());
                long distance = Math.max(1, terms.size() / SEIDS);
                TermsEnum each = terms.iterator();
                long place = 0;
                for (BytesRef term = each.next(); term != null; term = each.next()) {
                    if (++place % distance == 0) {
                        filters.add("pfcp.seid == 0x" + HexFormat.of().formatHex(term.bytes, term.offset,
                                term.offset + term.length));
                    }
                }
            }
        }
    }

    private Path built() throws IOException, InterruptedException {
        Path folder = Path.of(System.getProperty(
                "seidex.lookup", Path.of(System.getProperty("java.io.tmpdir"), "seidex-lookup").toString()));
        Files.createDirectories(folder);
        Path capture = folder.resolve(packets + CaptureFormat.PCAP.ending());
        Path index = folder.resolve(packets + "-index");
        if (!Files.exists(capture)) {
            Path unfinished = folder.resolve("unfinished.pcap");
            Traffic.named("n4-session-churn", 42).write(unfinished, CaptureFormat.PCAP, packets);
            Files.move(unfinished, capture, StandardCopyOption.ATOMIC_MOVE);
        }
        // What is published already is not indexed again.
        try (WritableIndex writable = WritableIndex.open(index, Settings.standard(), System.err::println)) {
            long memory = Runtime.getRuntime().maxMemory();
            new Batch(writable, 2, memory, new EndToEnd.Complaints()).run(Inputs.of(List.of(capture)));
        }
        return index;
    }
}
