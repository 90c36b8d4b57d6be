package io.seidex.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.octets.GrowingOctets;
import io.seidex.octets.Octets;
import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Values;
import io.seidex.schema.PacketSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Octets that documents keep, against what {@code IndexWriter} makes of the same. */
class StoredOctetsTest {
    private static final long BUDGET = 64 << 20;
    private static final List<IndexField> STORED =
            List.of(PacketSchema.FRAME_OCTETS, PacketSchema.PAYLOAD, PacketSchema.IP_REASSEMBLED_DATA);

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Octets source = Octets.of(octets());

    private byte[] octets() {
        byte[] octets = new byte[1 << 18];
        random.nextBytes(octets);
        // What packets hold is compressible.
        for (int i = 0; i < octets.length; i += 3) {
            octets[i] = 0;
        }
        return octets;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, false", "10, 0, false", "300, 0.05, true", "5000, 1, false", "5000, 0.002, true"})
    void shouldStoreWhatIndexWriterStores(int documents, double share, boolean compound) throws IOException {
        System.out.println("-Dseed=" + seed);
        try (Directory expected = new ByteBuffersDirectory();
                Directory actual = new ByteBuffersDirectory();
                IndexWriter lucene = new IndexWriter(expected,
                        new IndexWriterConfig(null).setMergePolicy(NoMergePolicy.INSTANCE));
                SegmentWriter writer = SegmentWriter.open(actual).compound(compound)) {
            Columns columns = new Columns(PacketSchema.builtIn(), 1_000, BUDGET);
            for (int i = 0; i < documents; i++) {
                Document document = new Document();
                document.add(new NumericDocValuesField(PacketSchema.FRAME_NUMBER.name(), i));
                columns.header(PacketSchema.FRAME_NUMBER, i);
                Map<IndexField, ByteArrayOutputStream> binary = new HashMap<>();
                for (int values = random.nextDouble() < share ? 1 + random.nextInt(3) : 0; values > 0; values--) {
                    IndexField field = STORED.get(random.nextInt(STORED.size()));
                    int length = random.nextInt(20) == 0 ? random.nextInt(1 << 17) : random.nextInt(2_000);
                    int at = random.nextInt(1 << 17);
                    if (field.values() == Values.BINARY) {
                        append(binary.computeIfAbsent(field, _ -> new ByteArrayOutputStream()),
                                source.copy(at, length));
                    } else {
                        document.add(new StoredField(field.name(), source.copy(at, length)));
                    }
                    assertTrue(writer.store(columns.documents(), field, source, at, length));
                }
                binary.forEach((field, value) -> document.add(
                        new BinaryDocValuesField(field.name(), new BytesRef(value.toByteArray()))));
                lucene.addDocument(document);
                columns.endDocument();
                if (columns.isFull()) {
                    writer.write(columns);
                    columns.clear();
                }
            }
            writer.write(columns);
            writer.commit(Map.of());
            lucene.commit();
            SameIndex.assertClean(actual);
            SameIndex.assertWholeSchema(actual);
            SameIndex.assertSame(expected, actual);
            try (IndexWriter merging = new IndexWriter(actual,
                    new IndexWriterConfig(null).setMergePolicy(new LogDocMergePolicy()))) {
                merging.forceMerge(1);
            }
            SameIndex.assertClean(actual);
            SameIndex.assertSame(expected, actual);
        }
    }

    /** Length as a vInt, octets. */
    private static void append(ByteArrayOutputStream value, byte[] octets) {
        int rest = octets.length;
        for (; rest > 0x7F; rest >>>= 7) {
            value.write(rest | 0x80);
        }
        value.write(rest);
        value.writeBytes(octets);
    }

    @Test
    void shouldNotStoreMoreThanTheLimitInOnePiece() throws IOException {
        try (Directory directory = new ByteBuffersDirectory();
                SegmentWriter writer = SegmentWriter.open(directory);
                GrowingOctets large = new GrowingOctets()) {
            large.reserve(SegmentWriter.STORED_LIMIT + 1L);
            assertFalse(writer.store(0, PacketSchema.PAYLOAD, large.octets(), 0, SegmentWriter.STORED_LIMIT + 1L));
            assertEquals(0, directory.listAll().length);
            assertTrue(writer.store(0, PacketSchema.PAYLOAD, large.octets(), 0, SegmentWriter.STORED_LIMIT));
        }
    }

    @Test
    void shouldLeaveNothingOfASegmentThatIsNotWritten() throws IOException {
        try (Directory directory = new ByteBuffersDirectory(); SegmentWriter writer = SegmentWriter.open(directory)) {
            Columns columns = new Columns(PacketSchema.builtIn(), 10, BUDGET);
            assertTrue(writer.store(3, PacketSchema.PAYLOAD, source, 0, 100_000));
            assertTrue(writer.store(3, PacketSchema.FRAME_OCTETS, source, 0, 100_000));
            writer.forget();
            assertEquals(0, directory.listAll().length);
            assertTrue(writer.store(0, PacketSchema.PAYLOAD, source, 7, 5));
            assertTrue(writer.store(0, PacketSchema.FRAME_OCTETS, source, 8, 5));
            columns.endDocument();
            columns.endDocument();
            writer.write(columns);
            writer.commit(Map.of());
            assertTrue(Stream.of(directory.listAll()).noneMatch(file -> file.endsWith(".tmp")));
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                assertArrayEquals(source.copy(8, 5),
                        reader.storedFields().document(0).getBinaryValue(PacketSchema.FRAME_OCTETS.name()).bytes);
                BinaryDocValues values = MultiDocValues.getBinaryValues(reader, PacketSchema.PAYLOAD.name());
                assertEquals(0, values.nextDoc());
                ByteArrayOutputStream expected = new ByteArrayOutputStream();
                append(expected, source.copy(7, 5));
                assertEquals(new BytesRef(expected.toByteArray()), values.binaryValue());
                assertEquals(DocIdSetIterator.NO_MORE_DOCS, values.nextDoc());
                assertEquals(0, reader.storedFields().document(1).getFields().size());
            }
        }
    }
}
