package io.seidex.query.search;

import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.filter.OctetSet;
import io.seidex.query.filter.Predicate;
import io.seidex.schema.PacketSchema;
import io.seidex.store.IndexedCapture;
import io.seidex.store.PacketIndex;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The packets of which a predicate holds, and the packets that brought pieces of what these complete, in whatever capture, all
 * in capture order. The pieces are found first, by the frames that the documents name; of each only its place is kept.
 */
public final class WithFragments implements Closeable {
    private final PacketSearch search;
    /** Reads pieces while the search is at a packet of its own. */
    private final PacketSearch pieces;
    private final List<IndexedCapture> captures;
    private final Map<String, Integer> orders = new HashMap<>();
    /** By the order of the captures, the numbers of frames still to be handed over. */
    private final TreeMap<Integer, TreeSet<Long>> frames = new TreeMap<>();

    /** As {@link PacketSearch#PacketSearch}. */
    public WithFragments(PacketIndex index, Supplier<FieldRegistry> fields, Consumer<String> trouble) {
        search = new PacketSearch(index, fields, trouble);
        pieces = new PacketSearch(index, fields, trouble);
        captures = index.captures();
        for (IndexedCapture capture : captures) {
            orders.put(capture.id(), orders.size());
        }
    }

    /** Hands them to {@code sink}, until it wants no more. */
    public void each(Predicate predicate, HitSink sink) throws IOException {
        frames.clear();
        byte[] whole = PacketSchema.WHOLE.getBytes(StandardCharsets.UTF_8);
        Predicate completes = new Predicate.OctetsIn(PacketSchema.REASSEMBLY,
                OctetSet.of(List.of(new OctetSet.Range(whole, whole))));
        search.each(Predicate.allOf(List.of(completes, predicate)), hit -> {
            hit.eachPiece((capture, frame) -> {
                Integer order = orders.get(capture);
                if (order != null) {
                    frames.computeIfAbsent(order, _ -> new TreeSet<>()).add(frame);
                }
            });
            return true;
        });
        boolean[] goesOn = {true};
        search.each(predicate, hit -> {
            int order = orders.get(hit.capture().id());
            long number = hit.number();
            goesOn[0] = before(order, number, sink);
            TreeSet<Long> here = frames.get(order);
            if (here != null) {
                here.remove(number);
            }
            goesOn[0] = goesOn[0] && sink.accept(hit);
            return goesOn[0];
        });
        if (goesOn[0]) {
            before(captures.size(), 0, sink);
        }
    }

    /** Hands over the pieces that stand before a frame; false if the sink wants no more. */
    private boolean before(int order, long number, HitSink sink) throws IOException {
        boolean[] goesOn = {true};
        while (goesOn[0] && !frames.isEmpty() && frames.firstKey() <= order) {
            int first = frames.firstKey();
            TreeSet<Long> numbers = frames.get(first);
            if (numbers.isEmpty()) {
                frames.remove(first);
            } else if (first == order && numbers.first() >= number) {
                break;
            } else {
                pieces.frame(captures.get(first), numbers.removeFirst(), hit -> goesOn[0] = sink.accept(hit));
            }
        }
        return goesOn[0];
    }

    @Override
    public void close() throws IOException {
        try (search) {
            pieces.close();
        }
    }
}
