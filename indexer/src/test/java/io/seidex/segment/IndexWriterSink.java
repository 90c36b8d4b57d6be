package io.seidex.segment;

import io.seidex.octets.Octets;
import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Kind;
import io.seidex.schema.IndexField.Values;
import io.seidex.schema.PacketSchema;
import io.seidex.schema.ValueSink;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;

/**
 * The same documents through {@code IndexWriter}: what the tests compare with, and what the benchmarks measure against. As
 * fast as {@code IndexWriter} is known to go: one thread, one document list, every field object and every octet buffer
 * used again, terms that are not analysed, a large buffer, no merges.
 *
 * <p>One difference: {@code IndexWriter} refuses a field that has terms in one document, terms and doc values in another. A
 * field of both has its doc values under another name here, {@link #valueName}.
 */
public final class IndexWriterSink extends ValueSink implements Closeable {
    private final IndexWriter writer;
    private final byte[][][] labels;
    private final boolean[] hasValue;
    private final NumberValue[] numbers;
    private final OctetsValue[] octets;
    private final TermPool[] terms;
    private final List<IndexableField> document = new ArrayList<>();
    private final List<TermPool> touched = new ArrayList<>();
    private final BytesRef scratch = new BytesRef(new byte[Columns.TEXT_LIMIT]);

    /** @param bufferMegabytes memory for documents that are not yet a segment */
    public IndexWriterSink(
            Directory directory, double bufferMegabytes, Function<IndexField, List<String>> labels) throws IOException {
        writer = new IndexWriter(
                directory,
                new IndexWriterConfig(null)
                        .setRAMBufferSizeMB(bufferMegabytes)
                        .setUseCompoundFile(false)
                        .setMergePolicy(NoMergePolicy.INSTANCE));
        int size = PacketSchema.builtIn().fields().size();
        this.labels = new byte[size][][];
        hasValue = new boolean[size];
        numbers = new NumberValue[size];
        octets = new OctetsValue[size];
        terms = new TermPool[size];
        for (IndexField field : PacketSchema.builtIn().fields()) {
            int f = field.ordinal();
            terms[f] = field.terms() ? new TermPool(field.name()) : null;
            octets[f] = field.values() == Values.OCTETS ? new OctetsValue(valueName(field)) : null;
            numbers[f] = switch (field.values()) {
                case NUMBER -> new NumberValue(valueName(field), NumericDocValuesField.TYPE);
                case NUMBER_SKIPPING -> new NumberValue(
                        valueName(field), NumericDocValuesField.indexedField(valueName(field), 0).fieldType());
                case NONE, OCTETS, BINARY, STORED -> null;
            };
            if (field.kind() == Kind.LABEL) {
                this.labels[f] = labels.apply(field).stream()
                        .map(label -> label.getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
            }
        }
    }

    /** The name under which the doc values of {@code field} stand in this index. */
    public static String valueName(IndexField field) {
        return field.terms() ? field.name() + " value" : field.name();
    }

    @Override
    public void number(IndexField field, long value) {
        int f = field.ordinal();
        if (terms[f] == null) {
            return;
        }
        if (field.kind() == Kind.LABEL) {
            byte[] label = labels[f][(int) value];
            add(f, label, 0, label.length);
        } else {
            int size = Columns.octets(field);
            for (int i = size - 1; i >= 0; i--, value >>>= 8) {
                scratch.bytes[i] = (byte) value;
            }
            add(f, scratch.bytes, 0, size);
        }
    }

    @Override
    public void header(IndexField field, long value) {
        int f = field.ordinal();
        if (numbers[f] != null && !hasValue[f]) {
            hasValue[f] = true;
            int size = Columns.octets(field);
            numbers[f].value.number = size == 8 ? value : value & (1L << 8 * size) - 1;
            document.add(numbers[f]);
        }
        number(field, value);
    }

    @Override
    public void octets(IndexField field, Octets octets, long at, int length) {
        int size = Math.min(length, Columns.TEXT_LIMIT);
        octets.copyTo(at, scratch.bytes, 0, size);
        text(field, scratch.bytes, length);
    }

    @Override
    public void text(IndexField field, byte[] text, int length) {
        if (field.kind() == Kind.TEXT || length == Columns.octets(field)) {
            add(field.ordinal(), text, 0, Math.min(length, Columns.TEXT_LIMIT));
        }
    }

    @Override
    public void endpoint(IndexField field, long high, long low, long id) {
        int size = Columns.octets(field);
        for (int i = 0; i < 8; i++) {
            scratch.bytes[i] = (byte) (high >>> 56 - 8 * i);
            scratch.bytes[8 + i] = (byte) (low >>> 56 - 8 * i);
        }
        for (int i = size - 1; i >= 16; i--, id >>>= 8) {
            scratch.bytes[i] = (byte) id;
        }
        add(field.ordinal(), scratch.bytes, 0, size);
    }

    private void add(int f, byte[] value, int at, int length) {
        TermPool pool = terms[f];
        if (pool.used == 0) {
            touched.add(pool);
        }
        document.add(pool.next(value, at, length));
        if (octets[f] != null && !hasValue[f]) {
            hasValue[f] = true;
            copy(value, at, length, octets[f].value);
            document.add(octets[f]);
        }
    }

    /** The values given since the last call were one document's. */
    public void endDocument() {
        try {
            writer.addDocument(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        document.clear();
        Arrays.fill(hasValue, false);
        for (TermPool pool : touched) {
            pool.used = 0;
        }
        touched.clear();
    }

    public void commit(Map<String, String> userData) throws IOException {
        writer.setLiveCommitData(userData.entrySet());
        writer.commit();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    private static void copy(byte[] value, int at, int length, BytesRef target) {
        if (target.bytes.length < length) {
            target.bytes = new byte[length];
        }
        System.arraycopy(value, at, target.bytes, 0, length);
        target.length = length;
    }

    /** As many field objects as a document ever had terms of the field. */
    private static final class TermPool {
        private final String name;
        private final List<StringField> fields = new ArrayList<>();
        private int used;

        TermPool(String name) {
            this.name = name;
        }

        StringField next(byte[] value, int at, int length) {
            if (used == fields.size()) {
                fields.add(new StringField(name, new BytesRef(new byte[24]), Field.Store.NO));
            }
            StringField field = fields.get(used++);
            copy(value, at, length, field.binaryValue());
            return field;
        }
    }

    private static final class OctetsValue extends SortedDocValuesField {
        private final BytesRef value;

        OctetsValue(String name) {
            super(name, new BytesRef(new byte[24]));
            value = binaryValue();
        }
    }

    /** A field whose number changes without an object for each. */
    private static final class NumberValue extends Field {
        private final Mutable value = new Mutable();

        NumberValue(String name, org.apache.lucene.index.IndexableFieldType type) {
            super(name, type);
            fieldsData = value;
        }
    }

    private static final class Mutable extends Number {
        private static final long serialVersionUID = 1;

        private long number;

        @Override
        public int intValue() {
            return (int) number;
        }

        @Override
        public long longValue() {
            return number;
        }

        @Override
        public float floatValue() {
            return number;
        }

        @Override
        public double doubleValue() {
            return number;
        }
    }
}
