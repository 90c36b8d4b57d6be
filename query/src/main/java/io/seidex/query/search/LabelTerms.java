package io.seidex.query.search;

import io.seidex.schema.IndexField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/**
 * Which words of a field the documents of a segment have: of one that is only indexed by its terms, such as {@code fault}, and
 * has few of them. Documents are asked for in ascending order at no cost, in another at some.
 */
final class LabelTerms {
    private final Terms terms;
    private final List<Row> rows = new ArrayList<>();

    /** The documents that a term is of, from one of them on. */
    private static final class Row {
        final BytesRef term;
        final int label;
        PostingsEnum documents;

        Row(BytesRef term, int label) {
            this.term = term;
            this.label = label;
        }
    }

    /** @param words of the field, at the places that its values are */
    LabelTerms(LeafReader leaf, IndexField field, List<String> words) throws IOException {
        terms = leaf.terms(field.name());
        if (terms != null) {
            TermsEnum each = terms.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                int label = words.indexOf(term.utf8ToString());
                if (label >= 0) {
                    rows.add(new Row(BytesRef.deepCopyOf(term), label));
                }
            }
        }
    }

    /** Hands over the places of a document's words. */
    void of(int document, IntConsumer sink) throws IOException {
        for (Row row : rows) {
            if (row.documents == null || row.documents.docID() > document) {
                TermsEnum found = terms.iterator();
                found.seekExact(row.term);
                row.documents = found.postings(null, PostingsEnum.NONE);
            }
            int at = row.documents.docID();
            if ((at < document ? row.documents.advance(document) : at) == document) {
                sink.accept(row.label);
            }
        }
    }
}
