package io.seidex.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.seidex.batch.Batch;
import io.seidex.batch.Inputs;
import io.seidex.batch.Report;
import io.seidex.batch.Summary;
import io.seidex.capture.Capture;
import io.seidex.capture.Frame;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.Dictionaries;
import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.schema.Extraction;
import io.seidex.schema.PacketSchema;
import io.seidex.schema.ValueSink;
import io.seidex.segment.Columns;
import io.seidex.segment.IndexWriterSink;
import io.seidex.segment.SegmentCosts;
import io.seidex.segment.SegmentWriter;
import io.seidex.store.Manifest.FaultRow;
import io.seidex.store.Settings;
import io.seidex.store.WritableIndex;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.CaptureWriter;
import io.seidex.traffic.Flood;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * How fast is a capture indexed, from the first octet to an index that is committed, forced to the disk and published?
 *
 * <p>Two ways, in turns, in one process: through columns, by the program's own {@link Batch}; and the same packets with
 * the same fields through {@code IndexWriter}, which neither digests the capture nor writes a manifest. After one turn
 * of each that does not count, medians. {@code --help} names the options.
 */
public final class EndToEnd {
    private static final String USAGE = """
            EndToEnd [OPTION]...
              --packets N      packets of the capture (4000000)
              --traffic NAME   what it holds (n4-session-churn); FRAGMENTS or DIVISIONS for pieces that never become whole
              --fragments N    per cent of its datagrams that are divided (0)
              --against        in turns also the same traffic without fragments
              --capture FILE   this capture instead
              --directory DIR  for capture and indexes (seidex-end-to-end in java.io.tmpdir)
              --runs N         turns that count (5)
              --threads N      of the column way (1)
              --memory MIB     that the batch is told to keep within (1024)
              --buffer MIB     of IndexWriter (1024)
              --only WAY       columns or index-writer: for the peak of memory
              --costs          then a table of nanoseconds and octets of each field
            """;
    private static final double MEBIBYTE = 1 << 20;

    private Path directory = Path.of(System.getProperty("java.io.tmpdir"), "seidex-end-to-end");
    private Path capture;
    private String traffic = "n4-session-churn";
    private long packets = 4_000_000;
    private int fragmented;
    private boolean against;
    private int runs = 5;
    private int threads = 1;
    private long memory = 1024;
    private long buffer = 1024;
    private String only = "";
    private boolean costs;

    private EndToEnd() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        EndToEnd program = new EndToEnd();
        if (!program.parse(arguments)) {
            System.err.print(USAGE);
            System.exit(2);
        }
        program.run();
    }

    private boolean parse(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--costs")) {
                costs = true;
                continue;
            }
            if (arguments[i].equals("--against")) {
                against = true;
                continue;
            }
            if (i + 1 == arguments.length) {
                return false;
            }
            String value = arguments[i + 1];
            switch (arguments[i++]) {
                case "--fragments" -> fragmented = Integer.parseInt(value);
                case "--packets" -> packets = Long.parseLong(value);
                case "--traffic" -> traffic = value;
                case "--capture" -> capture = Path.of(value);
                case "--directory" -> directory = Path.of(value);
                case "--runs" -> runs = Integer.parseInt(value);
                case "--threads" -> threads = Integer.parseInt(value);
                case "--memory" -> memory = Long.parseLong(value);
                case "--buffer" -> buffer = Long.parseLong(value);
                case "--only" -> only = value;
                default -> {
                    return false;
                }
            }
        }
        return only.isEmpty() || only.equals("columns") || only.equals("index-writer");
    }

    /** One index made. {@code cpuNanos} is the time of all threads of the process, compiler and collector included. */
    private record Run(long octets, long nanos, long cpuNanos, long packets, long indexOctets, long privateOctets) {}

    private void run() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path plain = against ? generated(0) : null;
        if (capture == null) {
            capture = generated(fragmented);
        }
        boolean both = only.isEmpty();
        List<Run> whole = new ArrayList<>();
        List<Run> columns = new ArrayList<>();
        List<Run> indexWriter = new ArrayList<>();
        for (int turn = 0; turn <= runs; turn++) {
            if (both || only.equals("columns")) {
                columns.add(show(turn, "columns", throughColumns(capture)));
            }
            if (against) {
                whole.add(show(turn, "unfragmented", throughColumns(plain)));
            }
            if (both || only.equals("index-writer")) {
                indexWriter.add(show(turn, "index-writer", throughIndexWriter()));
            }
        }
        System.out.println();
        double fast = median("columns", columns);
        double slow = median("index-writer", indexWriter);
        if (against) {
            median("unfragmented", whole);
            System.out.printf(Locale.ROOT, "time with fragments / without: %.3f, CPU %.3f; frames %.3f%n",
                    byTime(columns).nanos() / (double) byTime(whole).nanos(),
                    byCpu(columns) / (double) byCpu(whole),
                    columns.getFirst().packets() / (double) whole.getFirst().packets());
        }
        if (both) {
            System.out.printf(Locale.ROOT, "columns / index-writer: %.2f%n", fast / slow);
        }
        System.out.printf(Locale.ROOT, "peak resident memory, mapped capture included: %.0f MiB%n",
                Memory.peak() / MEBIBYTE);
        if (costs) {
            System.out.println();
            costs();
        }
    }

    private Path generated(int perCent) throws IOException {
        String name = traffic + "-" + packets + (perCent == 0 ? "" : "-fragments-" + perCent);
        Path file = directory.resolve(name + CaptureFormat.PCAP.ending());
        if (!Files.exists(file)) {
            Path unfinished = directory.resolve("unfinished.pcap");
            if (Arrays.stream(Flood.values()).anyMatch(flood -> flood.name().equals(traffic))) {
                try (CaptureWriter writer =
                        CaptureWriter.to(unfinished, CaptureFormat.PCAP, CaptureWriter.ETHERNET)) {
                    Flood.valueOf(traffic).write(writer, 1 << 16, packets);
                }
            } else {
                Traffic.named(traffic, 42).fragmented(perCent).write(unfinished, CaptureFormat.PCAP, packets);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    private Run show(int turn, String way, Run run) {
        System.out.printf(
                Locale.ROOT, "%-8s %-13s %s%n", turn == 0 ? "warm-up" : "turn " + turn, way, line(run));
        return run;
    }

    /** The median of the turns that count; packets a second. */
    private double median(String way, List<Run> runs) {
        if (runs.size() < 2) {
            return Double.NaN;
        }
        Run median = byTime(runs);
        System.out.printf(Locale.ROOT, "%-8s %-13s %s%n", "median", way, line(median));
        return median.packets() * 1e9 / median.nanos();
    }

    /** The one of the median time of those that count. */
    private static Run byTime(List<Run> runs) {
        List<Run> byTime = runs.stream().skip(1).sorted(Comparator.comparingLong(Run::nanos)).toList();
        return byTime.get(byTime.size() / 2);
    }

    /** The median of the times of the processor. */
    private static long byCpu(List<Run> runs) {
        return runs.stream().skip(1).mapToLong(Run::cpuNanos).sorted().toArray()[(runs.size() - 1) / 2];
    }

    private String line(Run run) {
        String line = String.format(
                Locale.ROOT,
                "%,11.0f packets/s %7.1f MB/s, %5.0f ns of CPU and %.1f octets of index a packet",
                run.packets() * 1e9 / run.nanos(),
                run.octets() * 1e3 / run.nanos(),
                (double) run.cpuNanos() / run.packets(),
                (double) run.indexOctets() / run.packets());
        return run.privateOctets() == 0
                ? line
                : line + String.format(Locale.ROOT, ", peak private memory %.0f MiB", run.privateOctets() / MEBIBYTE);
    }

    private Run throughColumns(Path file) throws IOException, InterruptedException {
        Path folder = emptied("columns");
        long cpuBegan = cpuNanos();
        long began = System.nanoTime();
        Summary summary;
        try (WritableIndex index = WritableIndex.open(folder, Settings.standard(), System.err::println)) {
            summary = new Batch(index, threads, memory << 20, new Complaints()).run(Inputs.of(List.of(file)));
        }
        long nanos = System.nanoTime() - began;
        Run run = new Run(Files.size(file), nanos, cpuNanos() - cpuBegan, summary.documents(), Folders.size(folder),
                summary.privateOctets());
        Folders.delete(folder);
        return run;
    }

    private Run throughIndexWriter() throws IOException {
        Path folder = emptied("index-writer");
        long cpuBegan = cpuNanos();
        long began = System.nanoTime();
        long documents;
        try (Directory index = FSDirectory.open(folder);
                IndexWriterSink sink = new IndexWriterSink(index, buffer, PacketSchema.builtIn()::labels)) {
            documents = each(sink, sink::endDocument);
            sink.commit(Map.of());
        }
        long nanos = System.nanoTime() - began;
        Run run = new Run(Files.size(capture), nanos, cpuNanos() - cpuBegan, documents, Folders.size(folder), 0);
        Folders.delete(folder);
        return run;
    }

    /** A step that may fail. */
    private interface Step {
        void take() throws IOException;
    }

    private long each(ValueSink sink, Step endDocument) throws IOException {
        FaultLog faults = new FaultLog();
        PacketDecoder decoder = new PacketDecoder();
        Packet packet = new Packet();
        Extraction extraction = Extraction.forIndexing(Dictionaries.builtIn());
        long documents = 0;
        try (Capture opened = Capture.open(capture, faults)) {
            FrameCursor cursor = opened.cursor(faults);
            Frame frame = cursor.frame();
            while (cursor.next()) {
                decoder.decode(opened.octets(), frame, packet);
                extraction.frame(frame, 0, 0, sink);
                extraction.extract(opened.octets(), packet, sink);
                endDocument.take();
                documents++;
            }
        }
        return documents;
    }

    /** The column way once more, by hand, with the clock read between fields: slower than without. */
    private void costs() throws IOException {
        Path folder = emptied("costs");
        SegmentCosts costs = new SegmentCosts(PacketSchema.builtIn());
        long[] writing = new long[1];
        long began = System.nanoTime();
        long documents;
        long beforeCommit;
        try (Directory index = FSDirectory.open(folder)) {
            SegmentWriter writer = SegmentWriter.open(index).costs(costs);
            Columns columns = new Columns(PacketSchema.builtIn(), Columns.DOCUMENTS, (memory << 20) * 6 / 10);
            Step write = () -> {
                long from = System.nanoTime();
                writer.write(columns);
                columns.clear();
                writing[0] += System.nanoTime() - from;
            };
            documents = each(columns, () -> {
                columns.endDocument();
                if (columns.isFull()) {
                    write.take();
                }
            });
            write.take();
            beforeCommit = System.nanoTime();
            writer.commit(Map.of());
        }
        long ended = System.nanoTime();
        System.out.printf(
                Locale.ROOT,
                "nanoseconds a packet: read, decode, append to columns %.0f, write segments %.0f, commit %.0f%n%n",
                (double) (beforeCommit - began - writing[0]) / documents,
                (double) writing[0] / documents,
                (double) (ended - beforeCommit) / documents);
        System.out.print(costs.table());
        Folders.delete(folder);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private Path emptied(String name) throws IOException {
        Path folder = directory.resolve(name);
        Folders.delete(folder);
        System.gc();
        return Files.createDirectories(folder);
    }

    /** Nothing is wrong with the capture; if something is, the figures are of something else. */
    static final class Complaints implements Report {
        @Override
        public void damaged(String path, FaultRow row) {
            System.err.println(path + ": " + row);
        }

        @Override
        public void refused(String path, Fault fault, String reason) {
            throw new IllegalStateException(path + ": " + reason);
        }

        @Override
        public void note(String line) {
            System.err.println(line);
        }

        @Override
        public void progress(long octets) {
            // Nobody looks.
        }
    }
}
