package io.seidex.segment;

import java.util.Iterator;
import java.util.List;
import org.apache.lucene.index.BaseTermsEnum;
import org.apache.lucene.index.Fields;
import org.apache.lucene.index.ImpactsEnum;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/**
 * Term columns as Lucene's postings format wants to see them: one field after the other, its terms ascending, the documents
 * of each, once. One set of views serves all of them. Nothing can be sought.
 */
final class ColumnTerms extends Fields {
    private final Columns columns;
    private final RadixSort radix;
    private final SegmentCosts.Clock clock;
    private final List<String> names;
    private final View view = new View();

    ColumnTerms(Columns columns, RadixSort radix, SegmentCosts.Clock clock) {
        this.columns = columns;
        this.radix = radix;
        this.clock = clock;
        this.names = columns.fields().stream()
                .filter(field -> columns.terms(field.ordinal()) != null && columns.terms(field.ordinal()).count > 0)
                .map(field -> field.name())
                .sorted()
                .toList();
    }

    @Override
    public Iterator<String> iterator() {
        return names.iterator();
    }

    @Override
    public Terms terms(String name) {
        for (int f = 0; f < columns.fields().size(); f++) {
            if (columns.fields().get(f).name().equals(name)) {
                clock.begin(f);
                return view.over(columns.terms(f));
            }
        }
        return null;
    }

    @Override
    public int size() {
        return names.size();
    }

    private final class View extends Terms {
        private TermColumn column;
        private int[] order;

        View over(TermColumn column) {
            this.column = column;
            order = columns.order(column.count);
            column.sort(order, columns.spare(column.count), radix);
            return this;
        }

        @Override
        public TermsEnum iterator() {
            return new Cursor(column, order);
        }

        @Override
        public long size() {
            return column.count;
        }

        @Override
        public long getSumTotalTermFreq() {
            return getSumDocFreq();
        }

        @Override
        public long getSumDocFreq() {
            Cursor cursor = new Cursor(column, order);
            long sum = 0;
            while (cursor.next() != null) {
                sum += cursor.docFreq();
            }
            return sum;
        }

        @Override
        public int getDocCount() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasFreqs() {
            return false;
        }

        @Override
        public boolean hasOffsets() {
            return false;
        }

        @Override
        public boolean hasPositions() {
            return false;
        }

        @Override
        public boolean hasPayloads() {
            return false;
        }
    }

    private static final class Cursor extends BaseTermsEnum {
        /** Terms that are got ready together. */
        private static final int AHEAD = 64;

        private final TermColumn column;
        private final int[] order;
        private final BytesRef term = new BytesRef();
        private final Documents documents = new Documents();
        private int rank = -1;

        Cursor(TermColumn column, int[] order) {
            this.column = column;
            this.order = order;
        }

        @Override
        public BytesRef next() {
            if (++rank >= column.count) {
                return null;
            }
            if ((rank & AHEAD - 1) == 0) {
                column.touch(order, rank, Math.min(AHEAD, column.count - rank));
            }
            column.term(order[rank], term);
            return term;
        }

        @Override
        public BytesRef term() {
            return term;
        }

        @Override
        public PostingsEnum postings(PostingsEnum reuse, int flags) {
            documents.over(column, order[rank]);
            return documents;
        }

        @Override
        public int docFreq() {
            Documents counted = new Documents();
            counted.over(column, order[rank]);
            return (int) counted.cost();
        }

        @Override
        public long totalTermFreq() {
            return docFreq();
        }

        @Override
        public ImpactsEnum impacts(int flags) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SeekStatus seekCeil(BytesRef text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void seekExact(long ord) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long ord() {
            return rank;
        }
    }

    private static final class Documents extends PostingsEnum {
        private final DocumentLists.Reader reader = new DocumentLists.Reader();
        private final int[] block = reader.documents;
        private TermColumn column;
        private int ordinal;
        private int size;
        private int i;
        private int document;

        void over(TermColumn column, int ordinal) {
            this.column = column;
            this.ordinal = ordinal;
            column.documents(ordinal, reader);
            size = 0;
            i = 0;
            document = -1;
        }

        @Override
        public int nextDoc() {
            if (i < size) {
                return document = block[i++];
            }
            size = reader.read();
            i = 1;
            return document = size == 0 ? NO_MORE_DOCS : block[0];
        }

        @Override
        public int docID() {
            return document;
        }

        @Override
        public int advance(int target) {
            while (nextDoc() < target) {
                // the lists are only ever read from their beginnings to their ends
            }
            return document;
        }

        @Override
        public long cost() {
            DocumentLists.Reader counting = new DocumentLists.Reader();
            column.documents(ordinal, counting);
            long count = 0;
            for (int read; (read = counting.read()) > 0;) {
                count += read;
            }
            return count;
        }

        @Override
        public int freq() {
            return 1;
        }

        @Override
        public int nextPosition() {
            return -1;
        }

        @Override
        public int startOffset() {
            return -1;
        }

        @Override
        public int endOffset() {
            return -1;
        }

        @Override
        public BytesRef getPayload() {
            return null;
        }
    }
}
