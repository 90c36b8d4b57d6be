package io.seidex.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seidex.capture.CaptureInterface;
import io.seidex.fault.Fault;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import io.seidex.store.Manifest;
import io.seidex.store.Manifest.FaultRow;
import io.seidex.store.Overlays;
import io.seidex.store.PacketIndex;
import io.seidex.store.Settings;
import io.seidex.store.Shard;
import io.seidex.store.ShardPart;
import io.seidex.store.WritableIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/** Runs batches for tests, and reads everything that an index holds. */
public final class Runs {
    static final long MEMORY = 256L << 20;

    private Runs() {}

    /** Indexes files with the standard settings and one thread. */
    public static Summary index(Path index, Path... paths) {
        return index(index, 1, Settings.SPLIT_SIZE, new Heard(), paths);
    }

    /** Indexes files. */
    public static Summary index(Path index, int threads, long splitSize, Report report, Path... paths) {
        return index(index, Settings.standard().withSplitSize(splitSize), threads, report, paths);
    }

    /** Indexes files into an index of these settings. */
    public static Summary index(Path index, Settings settings, int threads, Report report, Path... paths) {
        try (WritableIndex writable = WritableIndex.open(index, settings, report::note)) {
            return new Batch(writable, threads, MEMORY, report).run(Inputs.of(List.of(paths)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts a program in a process of its own, with the options of this one; what it says goes into a file. */
    static Process child(Path says, Class<?> main, String... arguments) throws IOException {
        Path options = Path.of("..", ".mvn", "java.options");
        assumeTrue(Files.exists(options), options + " is missing: no child can be started");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + options,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(says.toFile()).start();
    }

    /** Keeps what it is told. */
    public static class Heard implements Report {
        final List<String> lines = new ArrayList<>();

        @Override
        public synchronized void damaged(String path, FaultRow row) {
            lines.add(Path.of(path).getFileName() + " " + row.layer().label() + " " + row.fault() + " " + row.count());
        }

        @Override
        public synchronized void refused(String path, Fault fault, String reason) {
            lines.add(Path.of(path).getFileName() + " " + fault);
        }

        @Override
        public synchronized void note(String line) {
            lines.add(line);
        }

        @Override
        public void progress(long octets) {}
    }

    /**
     * Every document of an index, in the order of results, with every value of every field; the capture and the interface
     * by their names; what overlays hold, in the place of what it replaces; so that two indexes of the same packets read the same whatever their shards are.
     */
    public static List<String> content(Path directory) {
        try {
            List<String> content = new ArrayList<>();
            PacketIndex index = PacketIndex.open(directory);
            TreeMap<String, List<String>> byShard = new TreeMap<>();
            for (Shard shard : index.shards()) {
                if (shard.documents() > 0) {
                    byShard.put(shard.name(), documents(shard));
                }
            }
            for (ShardPart part : index.parts()) {
                List<String> documents = byShard.getOrDefault(part.shard().name(), List.of());
                int first = (int) part.part().firstDocument();
                assertEquals(part.part().frames(), part.part().documents(), "a document for each frame");
                long frame = part.part().start().frame();
                for (int i = 0; i < part.part().documents(); i++) {
                    Overlays.Place place = index.overlays().of(part.capture().id(), frame + i);
                    content.add(place == null || !place.isReplaced()
                            ? documents.get(first + i)
                            : byShard.get(place.overlay().name()).get((int) place.row().document()));
                }
            }
            assertEquals(index.documents(), content.size(), "documents that belong to a part");
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lucene's own check of every shard. */
    public static void check(Path directory) {
        try {
            for (Shard shard : PacketIndex.open(directory).shards()) {
                if (!shard.manifest().parts().isEmpty() || shard.manifest().isOverlay()) {
                    ByteArrayOutputStream said = new ByteArrayOutputStream();
                    try (Directory lucene = FSDirectory.open(shard.path());
                            CheckIndex check = new CheckIndex(lucene)) {
                        check.setInfoStream(new PrintStream(said, true, StandardCharsets.UTF_8));
                        assertTrue(check.checkIndex().clean, () -> said.toString(StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> documents(Shard shard) throws IOException {
        List<TreeMap<String, String>> documents = new ArrayList<>();
        try (Directory lucene = FSDirectory.open(shard.path());
                DirectoryReader reader = DirectoryReader.open(lucene)) {
            assertEquals(shard.documents(), reader.maxDoc());
            for (LeafReaderContext leaf : reader.leaves()) {
                for (int i = 0; i < leaf.reader().maxDoc(); i++) {
                    documents.add(new TreeMap<>());
                }
                for (IndexField field : PacketSchema.builtIn().fields()) {
                    add(shard.manifest(), leaf.reader(), leaf.docBase, field, documents);
                }
            }
        }
        return documents.stream().map(TreeMap::toString).toList();
    }

    private static void add(
            Manifest manifest, LeafReader leaf, int base, IndexField field, List<TreeMap<String, String>> documents)
            throws IOException {
        NumericDocValues numbers = leaf.getNumericDocValues(field.name());
        if (numbers != null) {
            while (numbers.nextDoc() != NumericDocValues.NO_MORE_DOCS) {
                documents.get(base + numbers.docID()).put(field.name(), number(manifest, field, numbers.longValue()));
            }
        }
        SortedDocValues octets = leaf.getSortedDocValues(field.name());
        if (octets != null) {
            while (octets.nextDoc() != SortedDocValues.NO_MORE_DOCS) {
                String value = hex(octets.lookupOrd(octets.ordValue()));
                documents.get(base + octets.docID()).put(field.name(), value);
            }
        }
        Terms terms = leaf.terms(field.name());
        if (terms != null) {
            TermsEnum each = terms.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                PostingsEnum postings = each.postings(null, PostingsEnum.NONE);
                while (postings.nextDoc() != PostingsEnum.NO_MORE_DOCS) {
                    documents.get(base + postings.docID()).merge(field.name() + " terms", hex(term),
                            (a, b) -> a + "," + b);
                }
            }
        }
    }

    private static String number(Manifest manifest, IndexField field, long value) {
        return switch (field.kind()) {
            case CAPTURE -> name(manifest, (int) value);
            case INTERFACE -> {
                Manifest.InterfaceRow row = manifest.interfaces().get((int) value);
                CaptureInterface source = row.source();
                yield name(manifest, row.capture()) + " " + source;
            }
            default -> Long.toString(value);
        };
    }

    private static String name(Manifest manifest, int capture) {
        return Path.of(manifest.captures().get(capture).path()).getFileName().toString();
    }

    private static String hex(BytesRef term) {
        return HexFormat.of().formatHex(term.bytes, term.offset, term.offset + term.length);
    }
}
