package io.seidex.query.cli;

import io.seidex.query.output.TimeTexts;
import io.seidex.store.IndexedCapture;
import io.seidex.store.Join;
import io.seidex.store.Manifest;
import io.seidex.store.OneLine;
import io.seidex.store.Overlays;
import io.seidex.store.PacketIndex;
import io.seidex.store.Shard;
import io.seidex.store.ShardPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code seidex info}: what an index holds. */
@Command(name = "info", description = "Says what an index holds.", optionListHeading = "%nOptions:%n")
final class InfoCommand implements Callable<Integer> {
    private static final int CAPTURES_NAMED = 3;

    private final Terminal terminal;

    @Option(names = "--index", required = true, paramLabel = "DIR", description = "The index.")
    Path directory;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this and exit.")
    boolean help;

    InfoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        PacketIndex index = PacketIndex.open(directory);
        long packets = 0;
        long read = 0;
        long octets = 0;
        int segments = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        int refused = 0;
        Set<String> protocols = new TreeSet<>();
        Map<String, Long> faults = new TreeMap<>();
        for (Shard shard : index.shards()) {
            Manifest manifest = shard.manifest();
            packets += manifest.packets();
            refused += manifest.refused().size();
            protocols.addAll(manifest.protocols());
            for (Manifest.Part part : manifest.parts()) {
                read += part.to() - part.from();
                first = Math.min(first, part.firstNanos());
                last = Math.max(last, part.lastNanos());
            }
            octets += octets(shard.path());
            segments += segments(shard);
        }
        long open = 0;
        long dropped = 0;
        for (IndexedCapture capture : index.captures()) {
            long end = capture.parts().stream().mapToLong(part -> part.part().to()).max().orElse(0);
            for (ShardPart part : capture.parts()) {
                open += part.part().ends().wholes();
                dropped += part.part().ends().dropped();
                for (Manifest.FaultRow fault : part.part().faultsIn(end)) {
                    faults.merge(fault.layer().label() + ":" + fault.fault().label(), fault.count(), Long::sum);
                }
            }
        }
        long joined = 0;
        for (Overlays.Place place : index.overlays().joins()) {
            open += place.join().open();
            joined += place.join().frames().stream().filter(row -> row.document() != Join.NONE).count();
            for (Join.Change change : place.join().changes()) {
                faults.merge(change.layer().label() + ":" + change.fault().label(), change.count(), Long::sum);
            }
        }
        faults.values().removeIf(count -> count == 0);
        ZoneId zone = ZoneId.systemDefault();
        StringBuilder text = new StringBuilder();
        line(text, "captures", index.captures().size() + names(index));
        line(text, "packets", packets);
        line(text, "time",
                first > last ? "none" : TimeTexts.sortable(first, zone) + " to " + TimeTexts.sortable(last, zone));
        line(text, "protocols", String.join(" ", protocols));
        line(text, "read", read + " octets of captures");
        line(text, "index", octets + " octets in " + index.shards().size() + " shards of " + segments + " segments");
        line(text, "refused", refused + " files that are no captures or cannot be read");
        if (!index.overlays().isEmpty()) {
            line(text, "joined", index.overlays().joins().size() + " times pieces of several captures or splits, in "
                    + joined + " packets");
        }
        if (open > 0) {
            line(text, "open", open + " datagrams and messages that wait for what follows their captures");
        }
        if (dropped > 0) {
            line(text, "dropped", dropped + " pieces near ends of captures or splits, more than are kept for joining");
        }
        faults.forEach((fault, count) -> line(text, "fault", fault + ", " + count));
        terminal.out().write(text.toString().getBytes(StandardCharsets.UTF_8));
        return ExitCode.DONE;
    }

    private static String names(PacketIndex index) {
        StringBuilder names = new StringBuilder();
        for (IndexedCapture capture : index.captures().stream().limit(CAPTURES_NAMED).toList()) {
            names.append(names.isEmpty() ? ": " : ", ").append(OneLine.of(capture.path()));
        }
        return names.append(index.captures().size() > CAPTURES_NAMED ? ", …" : "").toString();
    }

    private static long octets(Path shard) throws IOException {
        long octets = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(shard)) {
            for (Path file : files) {
                octets += Files.size(file);
            }
        }
        return octets;
    }

    private static int segments(Shard shard) throws IOException {
        if (shard.documents() == 0) {
            return 0;
        }
        try (Directory lucene = new NIOFSDirectory(shard.path())) {
            return SegmentInfos.readLatestCommit(lucene).size();
        }
    }

    private static void line(StringBuilder text, String what, Object value) {
        text.append(what).append(':').repeat(' ', 11 - what.length()).append(value).append('\n');
    }
}
