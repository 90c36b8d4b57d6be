package io.seidex.query.search;

import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.filter.LuceneQueries;
import io.seidex.query.filter.Predicate;
import io.seidex.store.IndexedCapture;
import io.seidex.store.Manifest;
import io.seidex.store.Overlays;
import io.seidex.store.PacketIndex;
import io.seidex.store.Shard;
import io.seidex.store.ShardPart;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    /** Documents of a part that overlays hide, and those in their place that are still to be handed over, in their order. */
    private record Replaced(BitSet hidden, ArrayDeque<Overlays.Place> found) {
        boolean isDue(ShardPart part, int document) {
            return !found.isEmpty() && documentOf(part, found.getFirst()) < document;
        }
    }

    /** A question to a shard's identifiers. */
    private record Asked(String shard, Predicate predicate) {}

    /**
     * @param fields those that filters and outputs were bound to; asked for when one is not indexed
     * @param trouble is told of each capture that is gone or has changed, in one line
     */
    public PacketSearch(PacketIndex index, Supplier<FieldRegistry> fields, Consumer<String> trouble) {
        this.index = index;
        this.reader = new PacketReader(index, fields, trouble);
        this.hit = new Hit(index, reader);
    }

    /** Hands every packet of which the predicate holds to {@code sink}, until it wants no more. */
    public void each(Predicate predicate, HitSink sink) throws IOException {
        Map<Asked, Boolean> asked = new HashMap<>();
        boolean asksForCapture = asksForCapture(predicate);
        try {
            for (IndexedCapture capture : index.captures()) {
                Predicate inside = asksForCapture ? LuceneQueries.within(capture.id(), predicate) : predicate;
                for (ShardPart part : capture.parts()) {
                    if (part.part().documents() > 0 && !each(inside, capture, part, asked, sink)) {
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
            if (part.part().documents() > 0
                    && !each(new Predicate.Constant(true), capture, part, new HashMap<>(), sink)) {
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
                Overlays.Place place = index.overlays().of(capture.id(), number);
                boolean isReplaced = place != null && place.isReplaced();
                move(capture, part, isReplaced ? place.overlay() : part.shard(),
                        isReplaced ? place.row().document() : part.part().firstDocument() + ahead);
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
                // Of an overlay, those documents count that take the place of others.
                if (!shard.manifest().isOverlay() && mayHold(predicate, shard.manifest())
                        && mayHold(predicate, shard, new HashMap<>())) {
                    OpenShard open = shards.get(shard);
                    Weight weight = open.prepare(predicate).sure();
                    for (LeafReaderContext segment : open.leaves()) {
                        int quick = weight.count(segment);
                        count += quick >= 0 ? quick : walked(weight, segment);
                    }
                }
            }
            return count + replacedMore(predicate);
        } finally {
            shards.forget();
        }
    }

    /** Of how many documents of overlays a predicate holds that the index can answer, less those that they take the place of. */
    private long replacedMore(Predicate predicate) throws IOException {
        if (index.overlays().isEmpty()) {
            return 0;
        }
        long more = 0;
        for (IndexedCapture capture : index.captures()) {
            for (ShardPart part : capture.parts()) {
                Replaced replaced = replaced(predicate, capture, part, new HashMap<>());
                if (replaced != null && mayHold(predicate, part.shard().manifest())) {
                    OpenShard open = shards.get(part.shard());
                    more -= matching(open, open.prepare(predicate).sure(), replaced.hidden).cardinality();
                }
                more += replaced == null ? 0 : replaced.found.size();
            }
        }
        return more;
    }

    /** What is hidden of a part, and what holds in its place; null if nothing is hidden. */
    private Replaced replaced(
            Predicate predicate, IndexedCapture capture, ShardPart part, Map<Asked, Boolean> asked)
            throws IOException {
        long from = part.part().start().frame();
        List<Overlays.Place> places = index.overlays().isEmpty() ? List.of()
                : index.overlays().replaced(capture.id(), from, from + part.part().documents());
        if (places.isEmpty()) {
            return null;
        }
        BitSet hidden = new BitSet();
        Map<Shard, BitSet> byOverlay = new LinkedHashMap<>();
        for (Overlays.Place place : places) {
            hidden.set(documentOf(part, place));
            byOverlay.computeIfAbsent(place.overlay(), overlay -> new BitSet()).set((int) place.row().document());
        }
        Map<Shard, BitSet> sure = new HashMap<>();
        Map<Shard, BitSet> maybe = new HashMap<>();
        for (Map.Entry<Shard, BitSet> each : byOverlay.entrySet()) {
            if (Pruning.mayHold(predicate, each.getKey().manifest(), part.part())
                    && mayHold(predicate, each.getKey(), asked)) {
                OpenShard open = shards.get(each.getKey());
                OpenShard.Prepared prepared = open.prepare(predicate);
                maybe.put(each.getKey(), matching(open, prepared.maybe(), each.getValue()));
                sure.put(each.getKey(), matching(open, prepared.sure(), each.getValue()));
            }
        }
        ValueTest test = new ValueTest(predicate);
        ArrayDeque<Overlays.Place> found = new ArrayDeque<>();
        for (Overlays.Place place : places) {
            int document = (int) place.row().document();
            if (maybe.containsKey(place.overlay()) && maybe.get(place.overlay()).get(document)) {
                boolean holds = sure.get(place.overlay()).get(document);
                if (!holds) {
                    move(capture, part, place.overlay(), document);
                    holds = test.holds(hit);
                }
                if (holds) {
                    found.add(place);
                }
            }
        }
        return new Replaced(hidden, found);
    }

    private static int documentOf(ShardPart part, Overlays.Place place) {
        return (int) (part.part().firstDocument() + place.row().frame() - part.part().start().frame());
    }

    /** Which of these documents match. */
    private static BitSet matching(OpenShard open, Weight weight, BitSet documents) throws IOException {
        BitSet matching = new BitSet();
        for (LeafReaderContext segment : open.leaves()) {
            int end = segment.docBase + segment.reader().maxDoc();
            int document = documents.nextSetBit(segment.docBase);
            DocIdSetIterator matches = document < 0 || document >= end ? null : iterator(weight, segment);
            for (; document >= 0 && document < end; document = documents.nextSetBit(document + 1)) {
                matching.set(document, isAt(matches, document - segment.docBase));
            }
        }
        return matching;
    }

    /** Moves the hit to a document of a shard. */
    private void move(IndexedCapture capture, ShardPart part, Shard holder, long document) throws IOException {
        OpenShard open = shards.get(holder);
        List<LeafReaderContext> segments = open.leaves();
        LeafReaderContext segment = segments.get(segmentOf(segments, document));
        hit.enter(capture, part, holder, open, segment);
        hit.move((int) (document - segment.docBase));
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

    /** The packets of one part, in their order; false if the sink wants no more. */
    private boolean each(
            Predicate predicate, IndexedCapture capture, ShardPart part, Map<Asked, Boolean> asked, HitSink sink)
            throws IOException {
        Replaced replaced = replaced(predicate, capture, part, asked);
        boolean mayHold = Pruning.mayHold(predicate, part.shard().manifest(), part.part())
                && mayHold(predicate, part.shard(), asked);
        return (!mayHold || each(predicate, capture, part, replaced, sink))
                && (replaced == null || replacedBefore(Long.MAX_VALUE, replaced, capture, part, sink));
    }

    /** Hands over what holds of the documents in the place of those before {@code document}. */
    private boolean replacedBefore(
            long document, Replaced replaced, IndexedCapture capture, ShardPart part, HitSink sink)
            throws IOException {
        while (!replaced.found.isEmpty() && documentOf(part, replaced.found.getFirst()) < document) {
            Overlays.Place place = replaced.found.removeFirst();
            move(capture, part, place.overlay(), place.row().document());
            if (!sink.accept(hit)) {
                return false;
            }
        }
        return true;
    }

    /** The documents of one part; false if the sink wants no more. */
    private boolean each(
            Predicate predicate, IndexedCapture capture, ShardPart part, Replaced replaced, HitSink sink)
            throws IOException {
        OpenShard open = shards.get(part.shard());
        OpenShard.Prepared prepared = open.prepare(predicate);
        ValueTest residue = ValueTest.ofResidue(predicate);
        long from = part.part().firstDocument();
        long to = from + part.part().documents();
        List<LeafReaderContext> segments = open.leaves();
        for (int i = segmentOf(segments, from); i < segments.size() && segments.get(i).docBase < to; i++) {
            LeafReaderContext segment = segments.get(i);
            int first = (int) Math.max(0, from - segment.docBase);
            int last = (int) Math.min(segment.reader().maxDoc(), to - segment.docBase);
            hit.enter(capture, part, part.shard(), open, segment);
            DocIdSetIterator candidates = iterator(prepared.maybe(), segment);
            DocIdSetIterator sure = prepared.isExact() ? candidates : iterator(prepared.sure(), segment);
            for (int document = candidates.advance(first); document < last; document = candidates.nextDoc()) {
                if (replaced != null) {
                    int place = segment.docBase + document;
                    if (replaced.isDue(part, place)) {
                        if (!replacedBefore(place, replaced, capture, part, sink)) {
                            return false;
                        }
                        hit.enter(capture, part, part.shard(), open, segment);
                    }
                    if (replaced.hidden.get(place)) {
                        continue;
                    }
                }
                hit.move(document);
                if ((isAt(sure, document) || residue.holds(hit)) && !sink.accept(hit)) {
                    return false;
                }
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
