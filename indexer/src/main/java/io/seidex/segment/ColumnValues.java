package io.seidex.segment;

import java.io.IOException;
import java.util.Arrays;

import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.EmptyDocValuesProducer;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/**
 * The documents' own values of one field after the other, as Lucene's doc values format wants to see them. The format walks
 * a field several times, so each walk is over plain arrays made ready once. Nothing is looked up by document.
 */
final class ColumnValues extends EmptyDocValuesProducer {
    private final Columns columns;
    private int count;
    private FixedBitSet documents;
    private long[] values;

    private Dictionary terms;
    private int[] order;
    private int distinct;

    private BinaryValues binary;

    ColumnValues(Columns columns) {
        this.columns = columns;
    }

    /** Goes to the field of ordinal {@code f}, whose values are numbers. */
    void overNumbers(int f) {
        FirstValues firsts = columns.values(f);
        count = firsts.count();
        documents = firsts.documents();
        if (firsts.isNarrow()) {
            values = columns.room().keys(count);
            firsts.widen(values);
        } else {
            values = firsts.longs();
        }
    }

    /** Goes to the field of ordinal {@code f}, whose values are octets: ordinals of terms become ranks among those in use. */
    void overOctets(int f) {
        overNumbers(f);
        terms = (Dictionary) columns.terms(f);
        int size = terms.count;
        order = columns.room().order(size);
        terms.sort(order, columns.room());
        int[] ranks = columns.room().ranks(size);
        Arrays.fill(ranks, 0, size, -1);
        for (int i = 0; i < count; i++) {
            ranks[(int) values[i]] = 0;
        }
        distinct = 0;
        for (int i = 0; i < size; i++) {
            int ordinal = order[i];
            if (ranks[ordinal] == 0) {
                ranks[ordinal] = distinct;
                order[distinct++] = ordinal;
            }
        }
        for (int i = 0; i < count; i++) {
            values[i] = ranks[(int) values[i]];
        }
    }

    /** Writes the numbers of the field that this is at. */
    void writeNumbers(NumberValuesWriter writer, FieldInfo field, boolean skipped) throws IOException {
        writer.write(field.number, skipped, values, count, new Numbers(), skipped ? documentsInOrder() : null);
    }

    /** Null if the i-th value is document i's. */
    private int[] documentsInOrder() {
        if (documents == null) {
            return null;
        }
        int[] inOrder = new int[count];
        Numbers each = new Numbers();
        for (int i = 0; i < count; i++) {
            inOrder[i] = each.nextDoc();
        }
        return inOrder;
    }

    /** Goes to a field whose values waited elsewhere; null if there are none. */
    void overBinary(BinaryValues waiting) {
        binary = waiting;
        count = waiting == null ? 0 : waiting.count();
        documents = waiting == null ? null : waiting.documents();
    }

    @Override
    public BinaryDocValues getBinary(FieldInfo field) {
        return new Binary();
    }

    @Override
    public NumericDocValues getNumeric(FieldInfo field) {
        return new Numbers();
    }

    @Override
    public SortedDocValues getSorted(FieldInfo field) {
        return new Octets();
    }

    private final class Numbers extends NumericDocValues {
        private final int size = count;
        private final FixedBitSet of = documents;
        private final long[] numbers = values;
        private int i = -1;
        private int document = -1;

        @Override
        public int nextDoc() {
            if (++i >= size) {
                return document = NO_MORE_DOCS;
            }
            return document = of == null ? i : of.nextSetBit(document + 1);
        }

        @Override
        public int docID() {
            return document;
        }

        @Override
        public long longValue() {
            return numbers[i];
        }

        @Override
        public int advance(int target) {
            while (nextDoc() < target) {
                // values are only ever walked from the first to the last
            }
            return docID();
        }

        /** Where not every document has a value, Lucene asks so, block by block; nothing else is asked then. */
        @Override
        public void intoBitSet(int upTo, FixedBitSet into, int offset) {
            int from = Math.max(document, 0);
            int to = Math.min(upTo, of == null ? size : of.length());
            if (from < to) {
                if (of == null) {
                    into.set(from - offset, to - offset);
                } else {
                    FixedBitSet.orRange(of, from, into, from - offset, to - from);
                }
            }
            document = to < (of == null ? size : of.length()) ? of == null ? to : of.nextSetBit(to) : NO_MORE_DOCS;
        }

        @Override
        public boolean advanceExact(int target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long cost() {
            return count;
        }
    }

    private final class Binary extends BinaryDocValues {
        private final Numbers places = new Numbers();

        @Override
        public int nextDoc() {
            return places.nextDoc();
        }

        @Override
        public int docID() {
            return places.docID();
        }

        @Override
        public BytesRef binaryValue() throws IOException {
            return binary.value(places.i);
        }

        @Override
        public int advance(int target) {
            return places.advance(target);
        }

        @Override
        public void intoBitSet(int upTo, FixedBitSet into, int offset) {
            places.intoBitSet(upTo, into, offset);
        }

        @Override
        public boolean advanceExact(int target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long cost() {
            return count;
        }
    }

    private final class Octets extends SortedDocValues {
        private final Numbers ranks = new Numbers();
        private final BytesRef term = new BytesRef();

        @Override
        public int nextDoc() {
            return ranks.nextDoc();
        }

        @Override
        public int docID() {
            return ranks.docID();
        }

        @Override
        public int ordValue() {
            return (int) ranks.longValue();
        }

        @Override
        public BytesRef lookupOrd(int rank) {
            terms.term(order[rank], term);
            return term;
        }

        @Override
        public int getValueCount() {
            return distinct;
        }

        @Override
        public int advance(int target) {
            return ranks.advance(target);
        }

        @Override
        public void intoBitSet(int upTo, FixedBitSet into, int offset) {
            ranks.intoBitSet(upTo, into, offset);
        }

        @Override
        public boolean advanceExact(int target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long cost() {
            return count;
        }
    }
}
