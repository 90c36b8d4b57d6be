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
 * of each, once, in order. Nothing can be sought, and nothing is counted before it is read: the format asks for neither.
 */
final class ColumnTerms extends Fields {
    private final Columns columns;
    private final SegmentCosts.Clock clock;
    private final List<String> names;

    ColumnTerms(Columns columns, SegmentCosts.Clock clock) {
        this.columns = columns;
        this.clock = clock;
        this.names = columns.fields().stream()
                .filter(field -> columns.terms(field.ordinal()) != null && !columns.terms(field.ordinal()).isEmpty())
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
                return view(columns.terms(f), columns.room());
            }
        }
        return null;
    }

    @Override
    public int size() {
        return names.size();
    }

    /** @param room for sorting the terms */
    static Terms view(TermColumn column, SortRoom room) {
        return new View(column, room);
    }

    private static final class View extends Terms {
        private final TermColumn column;
        private final SortRoom room;

        View(TermColumn column, SortRoom room) {
            this.column = column;
            this.room = room;
        }

        @Override
        public TermsEnum iterator() {
            column.open(room);
            return new Cursor(column);
        }

        @Override
        public long size() {
            return -1;
        }

        @Override
        public long getSumTotalTermFreq() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long getSumDocFreq() {
            throw new UnsupportedOperationException();
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

    /** The terms of a column; {@link DocumentsWriter} takes the documents from the column itself. */
    static final class Cursor extends BaseTermsEnum {
        private final TermColumn column;
        private final BytesRef term = new BytesRef();
        private final Documents documents;

        Cursor(TermColumn column) {
            this.column = column;
            this.documents = new Documents(column);
        }

        TermColumn column() {
            return column;
        }

        @Override
        public BytesRef next() {
            return column.next(term) ? term : null;
        }

        @Override
        public BytesRef term() {
            return term;
        }

        @Override
        public PostingsEnum postings(PostingsEnum reuse, int flags) {
            documents.begin();
            return documents;
        }

        @Override
        public int docFreq() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long totalTermFreq() {
            throw new UnsupportedOperationException();
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
            throw new UnsupportedOperationException();
        }
    }

    private static final class Documents extends PostingsEnum {
        private final TermColumn column;
        private final int[] block = new int[TermColumn.BLOCK];
        private int size;
        private int i;
        private int document;

        Documents(TermColumn column) {
            this.column = column;
        }

        void begin() {
            size = 0;
            i = 0;
            document = -1;
        }

        @Override
        public int nextDoc() {
            if (i < size) {
                return document = block[i++];
            }
            size = column.read(block);
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
            throw new UnsupportedOperationException();
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
