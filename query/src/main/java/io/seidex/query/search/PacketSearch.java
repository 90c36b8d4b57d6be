package io.seidex.query.search;

import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.filter.LuceneQueries;
import io.seidex.query.filter.Predicate;
import io.seidex.store.IndexedCapture;
import io.seidex.store.Manifest;
import io.seidex.store.PacketIndex;
import io.seidex.store.Shard;
import io.seidex.store.ShardPart;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/**
 * Searches an index. Packets come in capture order: captures by the time of their first packet, then by path; their packets
 * by number. What the index cannot answer is decided by decoding the packet again.
 *
 * <p>One thread at a time. Shards and captures stay open between searches, a bounded number of them.
 */
public final class PacketSearch implements Closeable {
    private final PacketIndex index;
    private final OpenShards shards = new OpenShards();
    private final PacketReader reader;
    private final Hit hit;

    /** A question to a shard's identifiers. */
    private record Asked(String shard, Predicate predicate) {}

    /**
     * @param fields those that filters and outputs were bound to; asked for when one is not indexed
     * @param trouble is told of each capture that is gone or has changed, in one line
     */
    public PacketSearch(PacketIndex index, Supplier<FieldRegistry> fields, Consumer<String> trouble) {
        this.index = index;
        this.reader = new PacketReader(index, fields, trouble);
        this.hit = new Hit(index.schema(), reader);
    }

    /** Hands every packet of which the predicate holds to {@code sink}, until it wants no more. */
    public void each(Predicate predicate, HitSink sink) throws IOException {
        Map<Asked, Boolean> asked = new HashMap<>();
        boolean asksForCapture = asksForCapture(predicate);
        try {
            for (IndexedCapture capture : index.captures()) {
                Predicate inside = asksForCapture ? LuceneQueries.within(capture.id(), predicate) : predicate;
                for (ShardPart part : capture.parts()) {
                    Manifest manifest = part.shard().manifest();
                    if (part.part().documents() > 0 && Pruning.mayHold(inside, manifest, part.part())
                            && mayHold(inside, part.shard(), asked) && !each(inside, capture, part, sink)) {
                        return;
                    }
                }
            }
        } finally {
            shards.forget();
        }
    }

    /** Hands every packet of a capture to {@code sink}, until it wants no more. */
    public void each(IndexedCapture capture, HitSink sink) throws IOException {
        for (ShardPart part : capture.parts()) {
            if (part.part().documents() > 0 && !each(new Predicate.Constant(true), capture, part, sink)) {
                return;
            }
        }
    }

    /**
     * Hands one packet of a capture to {@code sink}. Nothing is searched: a part's manifest says which frame its documents begin
     * with, and they follow in the order of the frames.
     *
     * @return false if the capture has no such frame in the index
     */
    public boolean frame(IndexedCapture capture, long number, HitSink sink) throws IOException {
        for (ShardPart part : capture.parts()) {
            long ahead = number - part.part().start().frame();
            if (ahead >= 0 && ahead < part.part().documents()) {
                long document = part.part().firstDocument() + ahead;
                OpenShard open = shards.get(part.shard());
                List<LeafReaderContext> segments = open.leaves();
                LeafReaderContext segment = segments.get(segmentOf(segments, document));
                hit.enter(capture, part, open, segment);
                hit.move((int) (document - segment.docBase));
                if (hit.number() == number) {
                    sink.accept(hit);
                    return true;
                }
            }
        }
        return false;
    }

    /** How many packets there are of which the predicate holds. Nothing is decoded if the index can answer. */
    public long count(Predicate predicate) throws IOException {
        if (predicate.equals(new Predicate.Constant(true))) {
            return index.documents();
        }
        if (asksForCapture(predicate) || !LuceneQueries.isExact(predicate)) {
            long[] count = new long[1];
            each(predicate, found -> ++count[0] > 0);
            return count[0];
        }
        try {
            long count = 0;
            for (Shard shard : index.shards()) {
                if (mayHold(predicate, shard.manifest()) && mayHold(predicate, shard, new HashMap<>())) {
                    OpenShard open = shards.get(shard);
                    Weight weight = open.prepare(predicate).sure();
                    for (LeafReaderContext segment : open.leaves()) {
                        int quick = weight.count(segment);
                        count += quick >= 0 ? quick : walked(weight, segment);
                    }
                }
            }
            return count;
        } finally {
            shards.forget();
        }
    }

    private static boolean asksForCapture(Predicate predicate) {
        return !LuceneQueries.within("", predicate).equals(predicate);
    }

    /** Asks a shard that is not open anyway, once. */
    private boolean mayHold(Predicate predicate, Shard shard, Map<Asked, Boolean> asked) throws IOException {
        if (shards.isOpen(shard)) {
            return true;
        }
        Asked question = new Asked(shard.name(), predicate);
        Boolean known = asked.get(question);
        if (known == null) {
            known = Pruning.mayHold(predicate, shard);
            asked.put(question, known);
        }
        return known;
    }

    private static boolean mayHold(Predicate predicate, Manifest manifest) throws IOException {
        for (Manifest.Part part : manifest.parts()) {
            if (part.documents() > 0 && Pruning.mayHold(predicate, manifest, part)) {
                return true;
            }
        }
        return false;
    }

    private static long walked(Weight weight, LeafReaderContext segment) throws IOException {
        Scorer scorer = weight.scorer(segment);
        if (scorer == null) {
            return 0;
        }
        long count = 0;
        DocIdSetIterator documents = scorer.iterator();
        while (documents.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            count++;
        }
        return count;
    }

    /** The documents of one part; false if the sink wants no more. */
    private boolean each(Predicate predicate, IndexedCapture capture, ShardPart part, HitSink sink) throws IOException {
        OpenShard open = shards.get(part.shard());
        OpenShard.Prepared prepared = open.prepare(predicate);
        long from = part.part().firstDocument();
        long to = from + part.part().documents();
        List<LeafReaderContext> segments = open.leaves();
        for (int i = segmentOf(segments, from); i < segments.size() && segments.get(i).docBase < to; i++) {
            LeafReaderContext segment = segments.get(i);
            int first = (int) Math.max(0, from - segment.docBase);
            int last = (int) Math.min(segment.reader().maxDoc(), to - segment.docBase);
            hit.enter(capture, part, open, segment);
            if (!each(predicate, prepared, segment, first, last, sink)) {
                return false;
            }
        }
        return true;
    }

    private boolean each(
            Predicate predicate, OpenShard.Prepared prepared, LeafReaderContext segment, int first, int last,
            HitSink sink)
            throws IOException {
        DocIdSetIterator candidates = iterator(prepared.maybe(), segment);
        DocIdSetIterator sure = prepared.isExact() ? candidates : iterator(prepared.sure(), segment);
        for (int document = candidates.advance(first); document < last; document = candidates.nextDoc()) {
            hit.move(document);
            if (!isAt(sure, document) && !ValueTest.holds(predicate, hit)) {
                continue;
            }
            if (!sink.accept(hit)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAt(DocIdSetIterator documents, int document) throws IOException {
        return documents.docID() == document || documents.docID() < document && documents.advance(document) == document;
    }

    private static DocIdSetIterator iterator(Weight weight, LeafReaderContext segment) throws IOException {
        Scorer scorer = weight.scorer(segment);
        return scorer == null ? DocIdSetIterator.empty() : scorer.iterator();
    }

    /** The last segment that begins at or before a document. */
    private static int segmentOf(List<LeafReaderContext> segments, long document) {
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (segments.get(middle).docBase <= document) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    @Override
    public void close() throws IOException {
        try (reader) {
            shards.close();
        }
    }
}
