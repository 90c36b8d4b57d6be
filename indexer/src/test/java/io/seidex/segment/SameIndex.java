package io.seidex.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Values;
import io.seidex.schema.PacketSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;

/**
 * Whether two indexes hold the same documents in the same order: every term with its documents, every value. What is
 * expected was written by {@link IndexWriterSink}, or is a merge of what it wrote.
 */
final class SameIndex {
    private SameIndex() {}

    static void assertSame(Directory expected, Directory actual) throws IOException {
        try (DirectoryReader a = DirectoryReader.open(expected); DirectoryReader b = DirectoryReader.open(actual)) {
            assertEquals(a.maxDoc(), b.maxDoc(), "documents");
            for (IndexField field : PacketSchema.builtIn().fields()) {
                assertSameInfo(field, a, b);
                assertSameTerms(field, a, b);
                if (field.values() == Values.OCTETS) {
                    assertSameOctets(field, a, b);
                } else if (field.values() == Values.BINARY) {
                    assertSameBinary(field, a, b);
                } else if (field.values() == Values.STORED) {
                    assertSameStored(field, a, b);
                } else if (field.values() != Values.NONE) {
                    assertSameNumbers(field, a, b);
                }
            }
        }
    }

    /** Whether Lucene finds nothing to object to. */
    static void assertClean(Directory directory) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (CheckIndex check = new CheckIndex(directory)) {
            check.setLevel(CheckIndex.Level.MIN_LEVEL_FOR_SLOW_CHECKS);
            check.setThreadCount(1);
            check.setInfoStream(new PrintStream(said, true, StandardCharsets.UTF_8));
            assertTrue(check.checkIndex().clean, () -> said.toString(StandardCharsets.UTF_8));
        }
    }

    /** Whether every segment carries the whole schema. */
    static void assertWholeSchema(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            for (LeafReaderContext leaf : reader.leaves()) {
                FieldInfos infos = leaf.reader().getFieldInfos();
                assertEquals(PacketSchema.builtIn().fields().size(), infos.size());
                for (IndexField field : PacketSchema.builtIn().fields()) {
                    assertEquals(field.ordinal(), infos.fieldInfo(field.name()).number, field.name());
                    switch (field.values()) {
                        case NONE, STORED -> {
                            // No doc values.
                        }
                        case NUMBER, NUMBER_SKIPPING -> assertNotNull(leaf.reader().getNumericDocValues(field.name()));
                        case OCTETS -> assertNotNull(leaf.reader().getSortedDocValues(field.name()));
                        case BINARY -> assertNotNull(leaf.reader().getBinaryDocValues(field.name()));
                    }
                    boolean skips = field.values() == Values.NUMBER_SKIPPING;
                    DocValuesSkipper skipper = leaf.reader().getDocValuesSkipper(field.name());
                    assertEquals(skips, skipper != null, field.name());
                }
            }
        }
    }

    private static void assertSameInfo(IndexField field, DirectoryReader a, DirectoryReader b) {
        FieldInfo x = FieldInfos.getMergedFieldInfos(a).fieldInfo(field.name());
        FieldInfo values = FieldInfos.getMergedFieldInfos(a).fieldInfo(valueName(a, field));
        FieldInfo y = FieldInfos.getMergedFieldInfos(b).fieldInfo(field.name());
        assertNotNull(y, field.name());
        assertFalse(y.hasNorms() || y.hasPayloads() || y.hasTermVectors() || y.hasVectorValues(), field.name());
        assertFalse(y.isSoftDeletesField() || y.isParentField(), field.name());
        assertEquals(-1, y.getDocValuesGen(), field.name());
        assertEquals(0, y.getPointDimensionCount(), field.name());
        // IndexWriter knows only the fields that some document has.
        if (x != null && field.terms()) {
            assertEquals(x.getIndexOptions(), y.getIndexOptions(), field.name());
            assertEquals(x.omitsNorms(), y.omitsNorms(), field.name());
        }
        if (values != null) {
            assertEquals(values.getDocValuesType(), y.getDocValuesType(), field.name());
            assertEquals(values.docValuesSkipIndexType(), y.docValuesSkipIndexType(), field.name());
        }
    }

    private static String valueName(DirectoryReader reader, IndexField field) {
        FieldInfo info = FieldInfos.getMergedFieldInfos(reader).fieldInfo(field.name());
        boolean together = info != null && info.getDocValuesType() != DocValuesType.NONE;
        return together ? field.name() : IndexWriterSink.valueName(field);
    }

    private static Terms terms(DirectoryReader reader, IndexField field) {
        try {
            return MultiTerms.getTerms(reader, field.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertSameTerms(IndexField field, DirectoryReader a, DirectoryReader b) throws IOException {
        Terms x = terms(a, field);
        Terms y = terms(b, field);
        if (x == null) {
            assertNull(y, field.name());
            return;
        }
        assertNotNull(y, field.name());
        assertTrue(field.terms(), field.name());
        assertEquals(x.getDocCount(), y.getDocCount(), field.name());
        assertEquals(x.getSumDocFreq(), y.getSumDocFreq(), field.name());
        TermsEnum i = x.iterator();
        TermsEnum j = y.iterator();
        for (BytesRef term = i.next(); term != null; term = i.next()) {
            assertEquals(term, j.next(), field.name());
            assertEquals(i.docFreq(), j.docFreq(), field.name());
            PostingsEnum p = i.postings(null, PostingsEnum.NONE);
            PostingsEnum q = j.postings(null, PostingsEnum.NONE);
            for (int doc = p.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = p.nextDoc()) {
                if (doc != q.nextDoc()) {
                    assertEquals(doc, q.docID(), field.name() + " " + term);
                }
            }
            assertEquals(DocIdSetIterator.NO_MORE_DOCS, q.nextDoc(), field.name());
        }
        assertNull(j.next(), field.name());
    }

    private static void assertSameStored(IndexField field, DirectoryReader a, DirectoryReader b) throws IOException {
        for (int doc = 0; doc < a.maxDoc(); doc++) {
            BytesRef[] x = a.storedFields().document(doc, Set.of(field.name())).getBinaryValues(field.name());
            BytesRef[] y = b.storedFields().document(doc, Set.of(field.name())).getBinaryValues(field.name());
            assertArrayEquals(x, y, field.name());
        }
    }

    private static void assertSameBinary(IndexField field, DirectoryReader a, DirectoryReader b) throws IOException {
        BinaryDocValues x = MultiDocValues.getBinaryValues(a, field.name());
        BinaryDocValues y = MultiDocValues.getBinaryValues(b, field.name());
        assertNotNull(y, field.name());
        if (x != null) {
            for (int doc = x.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = x.nextDoc()) {
                assertEquals(doc, y.nextDoc(), field.name());
                assertEquals(x.binaryValue(), y.binaryValue(), field.name());
            }
        }
        assertEquals(DocIdSetIterator.NO_MORE_DOCS, y.nextDoc(), field.name());
    }

    private static void assertSameNumbers(IndexField field, DirectoryReader a, DirectoryReader b) throws IOException {
        NumericDocValues x = MultiDocValues.getNumericValues(a, valueName(a, field));
        NumericDocValues y = MultiDocValues.getNumericValues(b, field.name());
        assertNotNull(y, field.name());
        if (x == null) {
            assertEquals(DocIdSetIterator.NO_MORE_DOCS, y.nextDoc(), field.name());
            return;
        }
        for (int doc = x.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = x.nextDoc()) {
            if (doc != y.nextDoc() || x.longValue() != y.longValue()) {
                assertEquals(doc, y.docID(), field.name());
                assertEquals(x.longValue(), y.longValue(), field.name());
            }
        }
        assertEquals(DocIdSetIterator.NO_MORE_DOCS, y.nextDoc(), field.name());
    }

    private static void assertSameOctets(IndexField field, DirectoryReader a, DirectoryReader b) throws IOException {
        SortedDocValues x = MultiDocValues.getSortedValues(a, valueName(a, field));
        SortedDocValues y = MultiDocValues.getSortedValues(b, field.name());
        assertNotNull(y, field.name());
        if (x == null) {
            assertEquals(DocIdSetIterator.NO_MORE_DOCS, y.nextDoc(), field.name());
            return;
        }
        assertEquals(x.getValueCount(), y.getValueCount(), field.name());
        for (int doc = x.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = x.nextDoc()) {
            assertEquals(doc, y.nextDoc(), field.name());
            assertEquals(x.ordValue(), y.ordValue(), field.name());
            assertEquals(x.lookupOrd(x.ordValue()), y.lookupOrd(y.ordValue()), field.name());
        }
        assertEquals(DocIdSetIterator.NO_MORE_DOCS, y.nextDoc(), field.name());
    }
}
