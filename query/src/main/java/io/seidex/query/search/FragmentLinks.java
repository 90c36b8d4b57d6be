package io.seidex.query.search;

import io.seidex.fault.Layer;
import io.seidex.schema.FieldTerms;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;

/**
 * Which documents of a shard complete divided datagrams and messages, and from which frames: what the terms of
 * {@code ip.fragment}, {@code ipv6.fragment} and {@code reassembly.fragment} say, in both directions. Frames are numbers
 * within the capture of the document.
 */
final class FragmentLinks {
    static final List<IndexField> FIELDS =
            List.of(PacketSchema.IP_FRAGMENT, PacketSchema.IPV6_FRAGMENT, PacketSchema.REASSEMBLY_FRAGMENT);

    private final List<Link> byDocument = new ArrayList<>();
    private final List<Link> byFrame;

    /** A frame brought a fragment of what a document completes; {@code field} is the place in {@link #FIELDS}. */
    private record Link(int document, long frame, int field) {}

    FragmentLinks(List<LeafReaderContext> leaves) throws IOException {
        for (LeafReaderContext leaf : leaves) {
            for (int field = 0; field < FIELDS.size(); field++) {
                Terms terms = leaf.reader().terms(FIELDS.get(field).name());
                if (terms != null) {
                    read(terms, leaf.docBase, field);
                }
            }
        }
        byFrame = new ArrayList<>(byDocument);
        byDocument.sort(Comparator.comparingInt(Link::document).thenComparingLong(Link::frame));
        byFrame.sort(Comparator.comparingLong(Link::frame).thenComparingInt(Link::document));
    }

    /** What joins call the pieces that a field names the frames of. */
    static Layer layer(IndexField field) {
        return field == PacketSchema.IP_FRAGMENT ? Layer.IP
                : field == PacketSchema.IPV6_FRAGMENT ? Layer.IPV6 : Layer.DECLARED;
    }

    private void read(Terms terms, int base, int field) throws IOException {
        TermsEnum each = terms.iterator();
        PostingsEnum documents = null;
        for (BytesRef term = each.next(); term != null; term = each.next()) {
            long frame = FieldTerms.number(term);
            documents = each.postings(documents, PostingsEnum.NONE);
            for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                byDocument.add(new Link(base + doc, frame, field));
            }
        }
    }

    /** The frames of which a document was put together, its own among them, ascending; none if it completes nothing. */
    long[] pieces(int document) {
        return of(document).mapToLong(Link::frame).distinct().toArray();
    }

    /** Those of which a field names the fragments. */
    long[] pieces(int document, IndexField field) {
        return of(document).filter(link -> FIELDS.get(link.field) == field).mapToLong(Link::frame).toArray();
    }

    /**
     * The documents that are completed with a fragment of a frame.
     *
     * @param firstDocument of the part of the capture that the frame is in
     * @param field one of {@link #FIELDS}
     */
    int[] completed(long frame, long firstDocument, long documents, IndexField field) {
        int from = first(byFrame, Comparator.comparingLong(Link::frame), new Link(0, frame, 0));
        return byFrame.subList(from, byFrame.size()).stream().takeWhile(link -> link.frame == frame)
                .filter(link -> FIELDS.get(link.field) == field && link.document >= firstDocument
                        && link.document < firstDocument + documents)
                .mapToInt(Link::document).distinct().toArray();
    }

    private Stream<Link> of(int document) {
        int from = first(byDocument, Comparator.comparingInt(Link::document), new Link(document, 0, 0));
        return byDocument.subList(from, byDocument.size()).stream().takeWhile(link -> link.document == document);
    }

    private static int first(List<Link> links, Comparator<Link> order, Link wanted) {
        int low = 0;
        int high = links.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (order.compare(links.get(middle), wanted) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
