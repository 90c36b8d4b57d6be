package io.seidex.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.schema.PacketSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.StringHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is {@code IndexWriter}: the same documents both ways, and every term and every value compared. */
class SegmentWriterTest {
    private static final long BUDGET = 1L << 30;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 127, 128, 129, 255, 256, 257, 4095, 4096, 4097, 20_000})
    void shouldWriteWhatIndexWriterWrites(int documents) throws IOException {
        RandomDocuments random = documents(documents);
        try (Directory expected = new ByteBuffersDirectory(); Directory actual = new ByteBuffersDirectory()) {
            index(random, expected);
            Columns columns = columns(documents);
            SegmentWriter writer = SegmentWriter.open(actual);
            fill(random, columns, writer);
            writer.write(columns);
            writer.commit(Map.of());
            SameIndex.assertClean(expected);
            SameIndex.assertClean(actual);
            SameIndex.assertWholeSchema(actual);
            SameIndex.assertSame(expected, actual);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldWriteManySegmentsThatMerge(boolean compound) throws IOException {
        int documents = 4_500;
        RandomDocuments random = documents(documents);
        try (Directory expected = new ByteBuffersDirectory(); Directory actual = new ByteBuffersDirectory()) {
            index(random, expected);
            Columns columns = columns(700);
            SegmentWriter writer = SegmentWriter.open(actual).compound(compound);
            fill(random, columns, writer);
            writer.write(columns);
            writer.commit(Map.of());
            assertEquals(7, writer.segments());
            assertEquals(documents, writer.documents());
            SameIndex.assertClean(actual);
            SameIndex.assertWholeSchema(actual);
            SameIndex.assertSame(expected, actual);

            shouldMergeInto(new ByteBuffersDirectory(), expected, actual);
            shouldMergeInto(copyOf(actual), doubled(expected), actual);
            try (IndexWriter merging = new IndexWriter(actual, inOrder())) {
                merging.forceMerge(1);
            }
            SameIndex.assertClean(actual);
            SameIndex.assertSame(expected, actual);
        }
    }

    private static void shouldMergeInto(Directory target, Directory expected, Directory segments) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(segments);
                IndexWriter adding = new IndexWriter(target, new IndexWriterConfig(null))) {
            adding.addIndexes(
                    reader.leaves().stream().map(leaf -> (CodecReader) leaf.reader()).toArray(CodecReader[]::new));
            adding.commit();
        }
        SameIndex.assertClean(target);
        SameIndex.assertSame(expected, target);
    }

    private static IndexWriterConfig inOrder() {
        return new IndexWriterConfig(null).setMergePolicy(new LogDocMergePolicy());
    }

    private static Directory copyOf(Directory directory) throws IOException {
        Directory copy = new ByteBuffersDirectory();
        for (String file : directory.listAll()) {
            copy.copyFrom(directory, file, file, IOContext.DEFAULT);
        }
        return copy;
    }

    private static Directory doubled(Directory directory) throws IOException {
        Directory twice = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(twice, new IndexWriterConfig(null))) {
            writer.addIndexes(directory);
            writer.addIndexes(directory);
        }
        return twice;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 128, 4_096, 4_097, 40_000})
    void shouldWriteTheFilesThatLuceneWrites(int documents) throws IOException {
        RandomDocuments random = documents(documents);
        try (Directory lucene = new ByteBuffersDirectory(); Directory ours = new ByteBuffersDirectory()) {
            Columns columns = columns(documents + 1);
            fill(random, columns, SegmentWriter.open(lucene));
            byte[] identity = StringHelper.randomId();
            SegmentWriter.open(lucene).as(Codec.getDefault(), () -> identity).write(columns);
            SegmentWriter.open(ours).as(new ColumnCodec(), () -> identity).write(columns);
            assertArrayEquals(lucene.listAll(), ours.listAll());
            for (String file : lucene.listAll()) {
                assertArrayEquals(content(lucene, file), content(ours, file), file);
            }
        }
    }

    private static byte[] content(Directory directory, String file) throws IOException {
        try (IndexInput input = directory.openInput(file, IOContext.READONCE)) {
            byte[] content = new byte[(int) input.length()];
            input.readBytes(content, 0, content.length);
            return content;
        }
    }

    @Test
    void shouldForgetTheSegmentBefore() throws IOException {
        RandomDocuments first = documents(3_000);
        RandomDocuments second = new RandomDocuments(seed + 1, 2_000);
        try (Directory used = new ByteBuffersDirectory(); Directory fresh = new ByteBuffersDirectory()) {
            Columns columns = columns(1 << 20);
            fill(first, columns, SegmentWriter.open(new ByteBuffersDirectory()));
            columns.clear();
            writeAll(second, columns, used);
            writeAll(second, columns(1 << 20), fresh);
            SameIndex.assertSame(fresh, used);
        }
    }

    @Test
    void shouldGiveBackMemoryOverTheBudgetAndStillBeRight() throws IOException {
        long budget = 2 << 20;
        Columns columns =
                new Columns(PacketSchema.builtIn().fields(), 1 << 20, budget, field -> RandomDocuments.LABELS);
        RandomDocuments random = documents(8_000);
        try (Directory expected = new ByteBuffersDirectory(); Directory actual = new ByteBuffersDirectory()) {
            index(random, expected);
            SegmentWriter writer = SegmentWriter.open(actual);
            fill(random, columns, writer);
            writer.write(columns);
            writer.commit(Map.of());
            SameIndex.assertSame(expected, actual);
        }
    }

    @Test
    void shouldWriteNothingForNoDocuments() throws IOException {
        try (Directory directory = new ByteBuffersDirectory()) {
            SegmentWriter writer = SegmentWriter.open(directory);
            writer.write(columns(10));
            assertEquals(0, directory.listAll().length);
            writer.commit(Map.of("why", "an empty capture"));
            SameIndex.assertClean(directory);
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                assertEquals(0, reader.maxDoc());
                assertEquals("an empty capture", reader.getIndexCommit().getUserData().get("why"));
            }
        }
    }

    @Test
    void shouldAddToAnIndexThatIsThere() throws IOException {
        RandomDocuments random = documents(500);
        try (Directory once = new ByteBuffersDirectory(); Directory twice = new ByteBuffersDirectory()) {
            index(random, once);
            writeAll(random, columns(500), twice);
            writeAll(random, columns(500), twice);
            SameIndex.assertClean(twice);
            SameIndex.assertSame(doubled(once), twice);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSyncEveryFileBeforeTheCommit(boolean compound) throws IOException {
        try (Recording directory = new Recording(new ByteBuffersDirectory())) {
            SegmentWriter writer = SegmentWriter.open(directory).compound(compound);
            Columns columns = columns(100);
            fill(documents(100), columns, writer);
            writer.write(columns);
            writer.write(columns);
            assertTrue(directory.events.stream().noneMatch(event -> event.contains(IndexFileNames.SEGMENTS)));
            assertFalse(DirectoryReader.indexExists(directory));
            writer.commit(Map.of());

            int commit = directory.first("create pending_segments_1");
            for (String file : directory.listAll()) {
                if (!file.startsWith(IndexFileNames.SEGMENTS)) {
                    assertTrue(directory.last("create " + file) < directory.first("sync " + file), file);
                    assertTrue(directory.first("sync " + file) < commit, file);
                }
            }
            assertTrue(directory.first("sync directory") < commit);
            assertTrue(directory.first("sync pending_segments_1") < directory.first("rename segments_1"));
            assertTrue(directory.first("rename segments_1") < directory.last("sync directory"));
        }
    }

    @Test
    void shouldLeaveTheIndexAsItWasWhenTheDiskFails() throws IOException {
        RandomDocuments random = documents(100);
        try (Directory whole = new ByteBuffersDirectory()) {
            writeAll(random, columns(100), whole);
            int writes = Failing.countWrites(copyOf(whole), random);
            Random chance = new Random(seed);
            for (int i = 0; i < 20; i++) {
                Directory disk = copyOf(whole);
                Failing failing = new Failing(disk, chance.nextInt(writes));
                assertThrows(IOException.class, () -> writeAll(random, columns(100), failing));
                SameIndex.assertClean(disk);
                SameIndex.assertSame(whole, disk);
                assertEquals(new TreeSet<>(List.of(whole.listAll())), committed(disk));
                // and the next attempt is not in the way of what the failed one left
                writeAll(random, columns(100), disk);
                SameIndex.assertSame(doubled(whole), disk);
            }
        }
    }

    private static Collection<String> committed(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            return new TreeSet<>(reader.getIndexCommit().getFileNames());
        }
    }

    @Test
    void shouldCountWhatFieldsCost() throws IOException {
        try (Directory directory = new ByteBuffersDirectory()) {
            SegmentCosts costs = new SegmentCosts(PacketSchema.builtIn());
            SegmentWriter writer = SegmentWriter.open(directory).costs(costs);
            Columns columns = columns(1_000);
            for (int i = 0; i < 1_000; i++) {
                columns.header(PacketSchema.PFCP_SEID, i * 77L);
                columns.endDocument();
            }
            writer.write(columns);
            assertEquals(1_000, costs.documents());
            long sum = costs.otherBytes() + costs.fields().stream().mapToLong(FieldCost::bytes).sum();
            long files = 0;
            for (String file : directory.listAll()) {
                files += directory.fileLength(file);
            }
            assertEquals(files, sum);
            FieldCost seid = costs.fields().get(PacketSchema.PFCP_SEID.ordinal());
            assertTrue(seid.valueBytes() > 1_000 && seid.termBytes() > 1_000, costs.table());
        }
    }

    private RandomDocuments documents(int documents) {
        System.out.println("-Dseed=" + seed);
        return new RandomDocuments(seed, documents);
    }

    private static Columns columns(int limit) {
        return new Columns(PacketSchema.builtIn().fields(), limit, BUDGET, field -> RandomDocuments.LABELS);
    }

    private static void index(RandomDocuments documents, Directory directory) throws IOException {
        try (IndexWriterSink sink = new IndexWriterSink(directory, 256, field -> RandomDocuments.LABELS)) {
            documents.giveTo(sink, sink::endDocument);
            sink.commit(Map.of());
        }
    }

    private static void writeAll(RandomDocuments documents, Columns columns, Directory directory) throws IOException {
        SegmentWriter writer = SegmentWriter.open(directory);
        fill(documents, columns, writer);
        writer.write(columns);
        writer.commit(Map.of());
    }

    /** Writes whenever the columns are full; what is left at the end stays in them. */
    private static void fill(RandomDocuments documents, Columns columns, SegmentWriter writer) throws IOException {
        documents.giveTo(columns, () -> {
            columns.endDocument();
            if (columns.isFull()) {
                writer.write(columns);
                columns.clear();
            }
        });
    }

    /** Notes, in order, what was made, synced and renamed. */
    private static final class Recording extends FilterDirectory {
        private final List<String> events = new ArrayList<>();

        Recording(Directory directory) {
            super(directory);
        }

        @Override
        public IndexOutput createOutput(String name, IOContext context) throws IOException {
            events.add("create " + name);
            return super.createOutput(name, context);
        }

        @Override
        public void sync(Collection<String> names) throws IOException {
            names.forEach(name -> events.add("sync " + name));
            super.sync(names);
        }

        @Override
        public void syncMetaData() throws IOException {
            events.add("sync directory");
            super.syncMetaData();
        }

        @Override
        public void rename(String source, String target) throws IOException {
            events.add("rename " + target);
            super.rename(source, target);
        }

        private int first(String event) {
            assertTrue(events.contains(event), () -> event + " in " + events);
            return events.indexOf(event);
        }

        private int last(String event) {
            return events.lastIndexOf(event);
        }
    }

    /** A disk on which creating, syncing and renaming fail from some moment on. */
    private static final class Failing extends FilterDirectory {
        private int left;

        Failing(Directory directory, int left) {
            super(directory);
            this.left = left;
        }

        static int countWrites(Directory directory, RandomDocuments documents) throws IOException {
            Failing counting = new Failing(directory, Integer.MAX_VALUE);
            writeAll(documents, columns(100), counting);
            return Integer.MAX_VALUE - counting.left;
        }

        private void use() throws IOException {
            if (left-- <= 0) {
                throw new IOException("No space left on device");
            }
        }

        @Override
        public IndexOutput createOutput(String name, IOContext context) throws IOException {
            use();
            return super.createOutput(name, context);
        }

        @Override
        public void sync(Collection<String> names) throws IOException {
            use();
            super.sync(names);
        }

        @Override
        public void rename(String source, String target) throws IOException {
            use();
            super.rename(source, target);
        }
    }
}
