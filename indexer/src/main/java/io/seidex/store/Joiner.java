package io.seidex.store;

import io.seidex.capture.Frame;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.segment.Columns;
import io.seidex.segment.SegmentWriter;
import io.seidex.store.JoinFrames.Wanted;
import io.seidex.store.JoinReplay.GoneException;
import io.seidex.store.JoinReplay.Said;
import io.seidex.store.JoinReplay.Trouble;
import io.seidex.store.Manifest.CaptureRow;
import io.seidex.store.Manifest.InterfaceRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Puts together what lies in several ranges of captures, whatever the order in which they were indexed, and publishes it as an
 * overlay, so that the documents are those that one pass over all of it would have made.
 *
 * <p>What may belong together is found by the {@linkplain Ends ends} of the ranges: a key that is open at the end of one, or of
 * a join with it, and occurs near the begin of another that follows within the time that a whole waits. The frames that brought pieces of such a
 * key are read again, those of captures that follow one another ({@link Lanes}) in one order, and are given to the same
 * reassembly that read the ranges. Captures of different lanes stay apart, so that nothing that a probe completes is lost
 * beside another; only of what none of them completes alone it is tried whether they do together. A place
 * where a whole begins in this order and began when its range was read alone parts what came before from what follows; what
 * lies between two such places and in more than one range is a {@link Join}. Of its frames those get new documents of which
 * something else became than in the range alone. Where there is no such place near the begin of a range, for a sender uses
 * one key for all its messages and the range begins within one, the further pieces of the key are read, too, up to the range's
 * end if need be, and so in the next.
 *
 * <p>A join is made of frames alone, not of the order in which they came into the index. When a later range adds frames to it,
 * or fits better, it is made anew, or dropped, and the earlier one does not hold any more, {@link Overlays}. A join whose
 * captures cannot be read, and of which the index keeps no copies, is left for a later run. One of more frames than there is
 * memory for is not made: the ranges are right for themselves.
 */
public final class Joiner {
    /** A frame's pieces may show keys that it did not have alone, where tunnels are divided, too; seldom more than once. */
    private static final int MOST_ROUNDS = 8;
    /** What a frame takes while it is looked at whether it is in a join, with all that is known of it. */
    private static final int FRAME_MEMORY = 1 << 11;
    private static final int LEAST_FRAMES = 1 << 12;

    private final WritableIndex writable;
    private final PacketIndex index;
    private final Lanes lanes;
    private final List<JoinRange> ranges = new ArrayList<>();
    private final Map<String, List<JoinRange>> byCapture = new HashMap<>();
    private long longestNanos;
    private final JoinRange.Reader reader = new JoinRange.Reader();
    /** The keys that may have pieces in several ranges. */
    private final Set<Long> keys = new HashSet<>();
    /** The ranges whose pieces of these keys are looked at. */
    private final Set<JoinRange> active = new LinkedHashSet<>();
    /** Those that have more pieces than there is room for. */
    private final Set<Long> left = new HashSet<>();
    /** How many frames may be looked at together. */
    private final long mostFrames;
    private final Set<String> gone = new TreeSet<>();
    private final Set<String> unfinished = new HashSet<>();
    private final List<Found> found = new ArrayList<>();
    /** Joins of overlays that do not hold any more. */
    private final Map<Join, Overlays.Place> dropped = new IdentityHashMap<>();

    /**
     * What was done.
     *
     * @param joins how many wholes, or trains of them, lie in several ranges
     * @param documents how many packets have a new document
     * @param gone paths of captures that could not be read, so that something is left open
     * @param left of how many keys there are too many pieces to be looked at together
     */
    public record Joined(long joins, long documents, List<String> gone, long left) {}

    /** A join that does not hold yet: its frames in their order, and those that get new documents, of none if one is dropped. */
    private record Found(
            List<Wanted> frames, Set<Wanted> replaced, List<Join.Change> changes, long open, List<Long> keys) {
        /** As {@link Join#isNone}. */
        boolean isNone() {
            return replaced.isEmpty() && changes.isEmpty() && open == 0;
        }
    }

    private Joiner(WritableIndex writable, long memory) throws IOException {
        this.writable = writable;
        this.mostFrames = Math.max(LEAST_FRAMES, memory / FRAME_MEMORY);
        this.index = writable.read();
        this.lanes = new Lanes(index.captures());
    }

    /**
     * Joins what is new in an index with all that is near it. Nothing is published if that changes nothing.
     *
     * @param memory octets that the frames may take which are looked at together
     */
    public static Joined join(WritableIndex writable, long memory) throws IOException {
        return new Joiner(writable, memory).join();
    }

    private Joined join() throws IOException {
        Set<String> joined = writable.joined();
        Set<String> shards = new HashSet<>();
        index.parts().forEach(part -> shards.add(part.shard().name()));
        if (joined.containsAll(shards)) {
            return new Joined(0, 0, List.of(), 0);
        }
        ranges(joined);
        findKeys();
        long documents = 0;
        if (!keys.isEmpty()) {
            try (JoinFrames frames = new JoinFrames(index.settings().storesFrames());
                    JoinReplay replay = new JoinReplay(index.settings(), frames)) {
                find(frames, replay);
                documents = publish(replay);
            }
        }
        shards.removeAll(unfinished);
        writable.joined(shards);
        return new Joined(found.size(), documents, List.copyOf(gone), left.size());
    }

    /** All ranges that have pieces at their ends, in their order. */
    private void ranges(Set<String> joined) {
        for (IndexedCapture capture : index.captures()) {
            long first = Long.MIN_VALUE;
            for (ShardPart part : capture.parts()) {
                Manifest.Part of = part.part();
                Manifest.EndsRow ends = of.ends();
                first = Math.max(first, of.hasTimes() ? of.firstNanos() : 0);
                if (ends.begin() + ends.end() > 0) {
                    JoinRange range = new JoinRange(
                            capture,
                            part,
                            first,
                            Math.max(first, of.hasTimes() ? of.lastNanos() : 0),
                            !joined.contains(part.shard().name()));
                    ranges.add(range);
                    byCapture.computeIfAbsent(capture.id(), id -> new ArrayList<>()).add(range);
                }
            }
        }
        ranges.sort(null);
        ranges.forEach(range -> longestNanos = Math.max(longestNanos, range.lastNanos - range.firstNanos));
    }

    /** The ranges in which something may be completed that is open in this one, or the other way round; itself among them. */
    private List<JoinRange> near(JoinRange range, long lifeNanos) {
        int from = firstFrom(range.firstNanos - lifeNanos - longestNanos);
        int to = firstFrom(range.lastNanos + lifeNanos + 1);
        return ranges.subList(from, to).stream().filter(other -> range.isNear(other, lifeNanos)).toList();
    }

    private int firstFrom(long nanos) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (ranges.get(middle).firstNanos < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Finds the keys that are open at the end of a range, or of a join, and occur near the begin of another, one of them new. */
    private void findKeys() throws IOException {
        Map<Long, List<JoinRange>> open = new HashMap<>();
        Map<JoinRange, Set<Long>> joined = new HashMap<>();
        eachUnlisted((key, range, frame) -> joined.computeIfAbsent(range, of -> new LinkedHashSet<>()).add(key));
        ranges.stream().filter(range -> range.isNew).forEach(range -> active.addAll(near(range, Ends.STREAM_NANOS)));
        for (JoinRange range : active.stream().sorted().toList()) {
            Ends.OfPart ends = reader.of(range);
            Set<Long> unlisted = joined.getOrDefault(range, Set.of());
            LongStream.concat(
                    IntStream.range(0, ends.begin().size()).mapToLong(ends.begin()::key),
                    unlisted.stream().mapToLong(key -> key))
                    .filter(key -> open.getOrDefault(key, List.of()).stream()
                            .anyMatch(each -> (each.isNew || range.isNew) && each.isNear(range, Ends.lifeNanos(key))))
                    .forEach(keys::add);
            open.entrySet().removeIf(at -> {
                at.getValue().removeIf(each -> range.firstNanos - each.lastNanos > Ends.lifeNanos(at.getKey()));
                return at.getValue().isEmpty();
            });
            Set<Long> waiting = new LinkedHashSet<>(unlisted);
            for (int i = 0; i < ends.end().size(); i++) {
                waiting.add(ends.end().key(i));
            }
            waiting.forEach(key -> open.computeIfAbsent(key, of -> new ArrayList<>(1)).add(range));
        }
    }

    private interface UnlistedSink {
        void key(long key, JoinRange range, long frame);
    }

    /** Hands over the frames of all joins with keys that the ends of their ranges do not list. */
    private void eachUnlisted(UnlistedSink sink) {
        for (Overlays.Place place : index.overlays().joins()) {
            for (long key : place.join().keys()) {
                for (Join.FrameRow row : place.join().frames()) {
                    JoinRange range = range(place.capture(row).id(), row.frame());
                    if (range != null) {
                        sink.key(key, range, row.frame());
                    }
                }
            }
        }
    }

    /** Takes the frames of the joins that have the keys although the ends of their ranges do not. */
    private void addUnlisted() {
        eachUnlisted((key, range, frame) -> {
            if (keys.contains(key)) {
                active.add(range);
                range.mark(frame, key);
            }
        });
    }

    /**
     * Collects the frames of all pieces of the keys. If there is no room for all, the keys with the most pieces are left: what
     * they are of stays as the ranges have it, or an overlay before.
     */
    private void collect() throws IOException {
        while (!collectNear()) {
            Map<Long, Integer> pieces = new HashMap<>();
            active.forEach(range -> range.frames.values()
                    .forEach(of -> of.forEach(key -> pieces.merge(key, 1, Integer::sum))));
            long rest = pieces.values().stream().mapToLong(count -> count).sum();
            List<Map.Entry<Long, Integer>> longest = pieces.entrySet().stream()
                    .filter(each -> keys.contains(each.getKey()))
                    .sorted(Map.Entry.<Long, Integer>comparingByValue().reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .toList();
            for (int i = 0; i < longest.size() && (i == 0 || rest > mostFrames / 2); i++) {
                rest -= longest.get(i).getValue();
                keys.remove(longest.get(i).getKey());
                left.add(longest.get(i).getKey());
            }
        }
    }

    /** Collects from the ranges that are near one another; false if there are too many frames. */
    private boolean collectNear() throws IOException {
        active.forEach(range -> range.frames.clear());
        long room = mostFrames;
        List<JoinRange> next = List.copyOf(active);
        while (!next.isEmpty()) {
            for (JoinRange range : next) {
                range.collect(reader.of(range), keys, room);
                room -= range.frames.size();
                if (room <= 0) {
                    return false;
                }
            }
            Set<JoinRange> near = new LinkedHashSet<>();
            for (JoinRange range : next) {
                if (!range.frames.isEmpty()) {
                    near(range, range.lifeNanos()).stream().filter(other -> !active.contains(other)).forEach(near::add);
                }
            }
            active.addAll(near);
            next = List.copyOf(near);
        }
        return true;
    }

    private void find(JoinFrames frames, JoinReplay replay) throws IOException {
        for (int round = 0;; round++) {
            collect();
            for (JoinRange range : active) {
                range.addFragments(frames);
            }
            addUnlisted();
            addJoined();
            found.clear();
            dropped.clear();
            gone.clear();
            unfinished.clear();
            boolean shown = false;
            for (List<JoinPlace> component : components()) {
                shown |= component(component, frames, replay);
            }
            if (!shown || round == MOST_ROUNDS) {
                drop(frames);
                found.sort(Comparator.<Found, JoinRange>comparing(each -> each.frames.getFirst().range())
                        .thenComparingLong(each -> each.frames.getFirst().number()));
                return;
            }
        }
    }

    /**
     * Takes the other frames of the joins that frames are in: a join may be known by keys that no frame shows before others
     * are put together with it.
     */
    private void addJoined() {
        Map<Join, Long> added = new IdentityHashMap<>();
        Deque<JoinPlace> todo = new ArrayDeque<>();
        active.forEach(range -> range.frames.keySet().forEach(frame -> todo.add(new JoinPlace(range, frame))));
        while (!todo.isEmpty()) {
            JoinPlace next = todo.pop();
            Overlays.Place place = index.overlays().of(next.range.capture.id(), next.frame);
            if (place != null && !added.containsKey(place.join())) {
                long mark = Long.MIN_VALUE + added.size();
                added.put(place.join(), mark);
                for (Join.FrameRow row : place.join().frames()) {
                    JoinRange range = range(place.capture(row).id(), row.frame());
                    if (range != null) {
                        active.add(range);
                        if (range.mark(row.frame(), mark)) {
                            todo.add(new JoinPlace(range, row.frame()));
                        }
                    }
                }
            }
        }
    }

    private record JoinPlace(JoinRange range, long frame) {}

    /** The frames that have to do with one another, directly or by others: those with a piece of the same key. */
    private List<List<JoinPlace>> components() {
        List<JoinPlace> places = new ArrayList<>();
        List<JoinRange> inOrder = new ArrayList<>(active);
        inOrder.sort(null);
        Map<Long, Integer> byKey = new HashMap<>();
        Sets sets = new Sets();
        for (JoinRange range : inOrder) {
            range.frames.forEach((frame, of) -> {
                int place = sets.add();
                places.add(new JoinPlace(range, frame));
                of.forEach(key -> sets.unite(place, byKey.computeIfAbsent(key, first -> place)));
            });
        }
        Map<Integer, List<JoinPlace>> components = new LinkedHashMap<>();
        for (int i = 0; i < places.size(); i++) {
            components.computeIfAbsent(sets.of(i), set -> new ArrayList<>()).add(places.get(i));
        }
        return List.copyOf(components.values());
    }

    /** Finds the joins of a component; true if frames showed keys that they were not known to have: it is larger. */
    private boolean component(List<JoinPlace> places, JoinFrames frames, JoinReplay replay) throws IOException {
        if (isOneRange(places.stream().map(JoinPlace::range).toList())) {
            return false;
        }
        try {
            boolean shown = false;
            List<List<Wanted>> trains = new ArrayList<>();
            Map<JoinRange, List<Wanted>> wanted = wanted(places, frames);
            List<Lanes.Lane> of = lanes.of(wanted.keySet());
            for (Lanes.Lane lane : of) {
                for (List<Wanted> order : orders(lane, wanted, replay)) {
                    shown |= trains(order, replay, trains);
                }
            }
            if (shown) {
                return true;
            }
            Set<Join> kept = Collections.newSetFromMap(new IdentityHashMap<>());
            for (List<Wanted> train : of.size() > 1 ? across(trains, replay) : trains) {
                if (!isOneRange(train.stream().map(Wanted::range).toList()) && add(train, replay)) {
                    kept.add(overlaid(train.getFirst()).join());
                }
            }
            for (List<Wanted> each : wanted.values()) {
                each.stream().map(this::overlaid).filter(place -> place != null && !kept.contains(place.join()))
                        .forEach(place -> dropped.put(place.join(), place));
            }
            return false;
        } catch (GoneException e) {
            gone.add(e.range.capture.path());
            places.forEach(place -> unfinished.add(place.range.part.shard().name()));
        }
        return false;
    }

    private Overlays.Place overlaid(Wanted wanted) {
        return index.overlays().of(wanted.range().capture.id(), wanted.number());
    }

    private static boolean isOneRange(List<JoinRange> of) {
        return of.stream().allMatch(range -> range == of.getFirst());
    }

    private static void nothing(Wanted wanted, Frame frame) {
        // What pieces there are is all that is wanted.
    }

    private static Map<JoinRange, List<Wanted>> wanted(List<JoinPlace> places, JoinFrames frames) throws IOException {
        Map<JoinRange, Set<Long>> numbers = new LinkedHashMap<>();
        places.forEach(
                place -> numbers.computeIfAbsent(place.range, range -> new TreeSet<>()).add(place.frame));
        Map<JoinRange, List<Wanted>> wanted = new LinkedHashMap<>();
        for (Map.Entry<JoinRange, Set<Long>> each : numbers.entrySet()) {
            wanted.put(each.getKey(), frames.of(each.getKey(), each.getValue()));
        }
        return wanted;
    }

    private static List<Wanted> order(List<JoinRange> ranges, Map<JoinRange, List<Wanted>> wanted) {
        return ranges.stream().flatMap(range -> wanted.get(range).stream()).toList();
    }

    /**
     * The frames of a lane in the order in which they are put together: all of them; or, where the captures overlap and one
     * would lose something that it completes alone, the frames of each for themselves.
     */
    private static List<List<Wanted>> orders(
            Lanes.Lane lane, Map<JoinRange, List<Wanted>> wanted, JoinReplay replay)
            throws IOException, GoneException {
        List<Wanted> all = order(lane.ranges(), wanted);
        if (lane.runs().size() == 1) {
            return List.of(all);
        }
        List<List<Wanted>> apart = lane.runs().stream().map(run -> order(run, wanted)).toList();
        Said together = replay.run(all, 0, Joiner::nothing);
        int from = 0;
        for (List<Wanted> run : apart) {
            if (!together.completesAll(replay.run(run, 0, Joiner::nothing), from)) {
                return apart;
            }
            from += run.size();
        }
        return List.of(all);
    }

    /** Parts frames into trains that have to do with one another; true if they showed keys that they were not known to have. */
    private boolean trains(List<Wanted> order, JoinReplay replay, List<List<Wanted>> trains)
            throws IOException, GoneException {
        List<Map<Long, Boolean>> together = replay.run(order, 0, Joiner::nothing).offers;
        List<Map<Long, Boolean>> alone = alone(order, replay);
        boolean shown = false;
        for (int i = 0; i < order.size(); i++) {
            Wanted wanted = order.get(i);
            Set<Long> of = new LinkedHashSet<>(together.get(i).keySet());
            of.addAll(alone.get(i).keySet());
            of.removeAll(left);
            keys.addAll(of);
            shown |= wanted.range().hides(wanted.number(), of);
            for (long key : of) {
                shown |= wanted.range().shows(wanted.number(), key);
            }
        }
        trains.addAll(parted(order, together, alone));
        return shown | goesOn(order, together, alone);
    }

    /**
     * Has the further pieces looked at of keys that near the begin of a range nowhere begin a whole together as alone, so that
     * all that follows may be out of step; and of those that are open at its end so soon that what is near the begin would
     * seem to wait for it. True if there are any. It is rare that there are: most keys are not used again.
     */
    private static boolean goesOn(
            List<Wanted> order, List<Map<Long, Boolean>> together, List<Map<Long, Boolean>> alone) {
        Map<Long, JoinRange> first = new HashMap<>();
        Map<JoinRange, Map<Long, Boolean>> begun = new LinkedHashMap<>();
        Map<JoinRange, Map<Long, Wanted>> last = new HashMap<>();
        boolean any = false;
        for (int i = 0; i < order.size(); i++) {
            Wanted wanted = order.get(i);
            JoinRange range = wanted.range();
            boolean isNear = range.isNearBegin(wanted.number());
            Map<Long, Wanted> near = last.computeIfAbsent(range, of -> new HashMap<>());
            for (Map.Entry<Long, Boolean> offer : alone.get(i).entrySet()) {
                long key = offer.getKey();
                boolean isFirst = first.computeIfAbsent(key, of -> range) == range;
                if (!isNear) {
                    Wanted before = near.get(key);
                    any |= before != null && wanted.timeNanos() - before.timeNanos() <= Ends.lifeNanos(key)
                            && range.goesOn(key);
                    continue;
                }
                near.put(key, wanted);
                if (!isFirst) {
                    boolean begins = offer.getValue() && together.get(i).getOrDefault(key, false);
                    begun.computeIfAbsent(range, of -> new LinkedHashMap<>()).merge(key, begins, Boolean::logicalOr);
                }
            }
        }
        for (Map.Entry<JoinRange, Map<Long, Boolean>> each : begun.entrySet()) {
            for (Map.Entry<Long, Boolean> of : each.getValue().entrySet()) {
                any |= !of.getValue() && each.getKey().goesOn(of.getKey());
            }
        }
        return any;
    }

    /**
     * Puts together, in the order of their times, trains of different lanes of which none completes anything for itself, if
     * they do together: probes of which each saw a part.
     */
    private static List<List<Wanted>> across(List<List<Wanted>> trains, JoinReplay replay)
            throws IOException, GoneException {
        List<List<Wanted>> result = new ArrayList<>();
        List<List<Wanted>> waiting = new ArrayList<>();
        Sets sets = new Sets();
        Map<Long, Integer> byKey = new HashMap<>();
        for (List<Wanted> train : trains) {
            Said said = replay.run(train, 0, Joiner::nothing);
            if (said.completesAny()) {
                result.add(train);
            } else {
                waiting.add(train);
                int place = sets.add();
                for (Map<Long, Boolean> offered : said.offers) {
                    offered.keySet().forEach(key -> sets.unite(place, byKey.computeIfAbsent(key, first -> place)));
                }
            }
        }
        Map<Integer, List<List<Wanted>>> groups = new LinkedHashMap<>();
        for (int i = 0; i < waiting.size(); i++) {
            groups.computeIfAbsent(sets.of(i), set -> new ArrayList<>()).add(waiting.get(i));
        }
        for (List<List<Wanted>> group : groups.values()) {
            List<Wanted> merged = byTime(group);
            boolean isComplete = group.size() > 1 && replay.run(merged, 0, Joiner::nothing).completesAny();
            result.addAll(isComplete ? List.of(merged) : group);
        }
        return result;
    }

    /** By the times of the frames, the order of each train kept. */
    private static List<Wanted> byTime(List<List<Wanted>> trains) {
        record Placed(Wanted wanted, long nanos) {}
        List<Placed> placed = new ArrayList<>();
        for (List<Wanted> train : trains) {
            long clock = Long.MIN_VALUE;
            for (Wanted wanted : train) {
                clock = Math.max(clock, wanted.hasTime() ? wanted.timeNanos() : Long.MIN_VALUE);
                placed.add(new Placed(wanted, clock));
            }
        }
        placed.sort(Comparator.comparingLong(Placed::nanos));
        return placed.stream().map(Placed::wanted).toList();
    }

    /** What each range offers, read for itself, at the places of the common order. */
    private static List<Map<Long, Boolean>> alone(List<Wanted> order, JoinReplay replay)
            throws IOException, GoneException {
        Map<Wanted, Map<Long, Boolean>> offers = new HashMap<>();
        for (List<Wanted> of : byRange(order)) {
            Said said = replay.run(of, 0, Joiner::nothing);
            for (int i = 0; i < of.size(); i++) {
                offers.put(of.get(i), said.offers.get(i));
            }
        }
        return order.stream().map(offers::get).toList();
    }

    private static List<List<Wanted>> byRange(List<Wanted> order) {
        Map<JoinRange, List<Wanted>> byRange = new LinkedHashMap<>();
        order.forEach(wanted -> byRange.computeIfAbsent(wanted.range(), range -> new ArrayList<>()).add(wanted));
        return List.copyOf(byRange.values());
    }

    /** Parts an order where wholes begin, together as alone. */
    private static List<List<Wanted>> parted(
            List<Wanted> order, List<Map<Long, Boolean>> together, List<Map<Long, Boolean>> alone) {
        Sets sets = new Sets();
        Map<Long, Integer> last = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            int place = sets.add();
            Set<Long> of = new LinkedHashSet<>(together.get(i).keySet());
            of.addAll(alone.get(i).keySet());
            for (long key : of) {
                boolean begins = together.get(i).getOrDefault(key, false) && alone.get(i).getOrDefault(key, false);
                Integer before = begins ? null : last.get(key);
                if (before != null) {
                    sets.unite(place, before);
                }
                last.put(key, place);
            }
        }
        Map<Integer, List<Wanted>> joins = new LinkedHashMap<>();
        for (int i = 0; i < order.size(); i++) {
            joins.computeIfAbsent(sets.of(i), set -> new ArrayList<>()).add(order.get(i));
        }
        return List.copyOf(joins.values());
    }

    /** Adds a join, unless it is what the ranges say already; or an overlay, which is answered by true. */
    private boolean add(List<Wanted> order, JoinReplay replay) throws IOException, GoneException {
        long endNanos = order.stream().mapToLong(wanted -> wanted.range().lastNanos).max().orElse(0);
        Said together = replay.run(order, endNanos, (wanted, frame) -> replay.documents().look());
        Map<Wanted, Long> alone = new HashMap<>();
        Map<Trouble, Long> changes = new HashMap<>(together.faults);
        long open = together.open;
        Set<Long> unlisted = new TreeSet<>();
        Set<JoinReplay.Waiting> waiting = together.waiting;
        Map<Wanted, Map<Long, Boolean>> offers = new HashMap<>();
        for (List<Wanted> of : byRange(order)) {
            Said said = replay.run(of, of.getFirst().range().lastNanos, (wanted, frame) -> replay.documents().look());
            for (int i = 0; i < of.size(); i++) {
                alone.put(of.get(i), said.outcomes.get(i));
                offers.put(of.get(i), said.offers.get(i));
            }
            said.faults.forEach((trouble, count) -> changes.merge(trouble, -count, Long::sum));
            open -= said.open;
            waiting.removeAll(said.waiting);
        }
        Set<Wanted> replaced = new HashSet<>();
        for (int i = 0; i < order.size(); i++) {
            if (!together.outcomes.get(i).equals(alone.get(order.get(i)))) {
                replaced.add(order.get(i));
            }
            Set<Long> known = offers.get(order.get(i)).keySet();
            together.offers.get(i).keySet().stream().filter(key -> !known.contains(key)).forEach(unlisted::add);
        }
        List<Join.Change> rows = changes(changes);
        if (replaced.isEmpty() && rows.isEmpty() && open == 0) {
            return false;
        }
        boolean holds = holds(order, replaced);
        if (!holds) {
            waiting.forEach(piece -> unlisted.add(piece.key()));
            found.add(new Found(order, replaced, rows, open, List.copyOf(unlisted)));
        }
        return holds;
    }

    /** Adds that joins of overlays do not hold any more, for those of their frames that are in no other now. */
    private void drop(JoinFrames frames) throws IOException {
        Set<JoinPlace> joined = new HashSet<>();
        found.forEach(
                each -> each.frames.forEach(wanted -> joined.add(new JoinPlace(wanted.range(), wanted.number()))));
        for (Overlays.Place place : dropped.values()) {
            List<Wanted> left = new ArrayList<>();
            for (Join.FrameRow row : place.join().frames()) {
                JoinRange range = range(place.capture(row).id(), row.frame());
                if (range != null && !joined.contains(new JoinPlace(range, row.frame()))) {
                    left.addAll(frames.of(range, List.of(row.frame())));
                }
            }
            if (!left.isEmpty()) {
                found.add(new Found(left, Set.of(), List.of(), 0, List.of()));
            }
        }
    }

    /** The range that a frame is in; null if it has no pieces at its ends. */
    private JoinRange range(String capture, long frame) {
        for (JoinRange range : byCapture.getOrDefault(capture, List.of())) {
            if (range.has(frame)) {
                return range;
            }
        }
        return null;
    }

    private static List<Join.Change> changes(Map<Trouble, Long> changes) {
        List<Join.Change> rows = new ArrayList<>();
        for (Layer layer : Layer.values()) {
            for (Fault fault : Fault.values()) {
                long count = changes.getOrDefault(new Trouble(layer, fault), 0L);
                if (count != 0) {
                    rows.add(new Join.Change(layer, fault, count));
                }
            }
        }
        return rows;
    }

    /** Whether a join of the same frames holds already. */
    private boolean holds(List<Wanted> order, Set<Wanted> replaced) {
        Overlays.Place place = overlaid(order.getFirst());
        if (place == null || place.join().frames().size() != order.size()) {
            return false;
        }
        for (int i = 0; i < order.size(); i++) {
            Join.FrameRow row = place.join().frames().get(i);
            Wanted wanted = order.get(i);
            if (row.frame() != wanted.number() || !place.capture(row).id().equals(wanted.range().capture.id())
                    || (row.document() != Join.NONE) != replaced.contains(wanted)) {
                return false;
            }
        }
        return true;
    }

    /** Makes an overlay of the joins that were found, and publishes it. Says how many documents it has. */
    private long publish(JoinReplay replay) throws IOException {
        if (found.isEmpty()) {
            return 0;
        }
        Rows rows = new Rows();
        Path built = writable.begin("overlay");
        List<Join> joins = new ArrayList<>();
        List<String> protocols;
        try (Directory directory = FSDirectory.open(built); SegmentWriter writer = SegmentWriter.open(directory)) {
            Output output = new Output(writer, replay.documents().columns());
            replay.documents().into(writer);
            for (Found each : found) {
                long first = output.documents;
                Said said;
                try {
                    said = each.isNone() ? null : replay.make(each.frames, (wanted, frame) -> {
                        if (each.replaced.contains(wanted)) {
                            replay.documents().add(frame, rows.capture(wanted), rows.source(wanted));
                            output.added();
                        }
                    });
                } catch (GoneException e) {
                    // It was there a moment ago: the next run begins anew.
                    throw new IOException(e.range.capture.path() + " goes away while it is read", e);
                }
                joins.add(join(each, said, rows, first));
            }
            output.flush();
            writer.commit(Map.of("shard", "overlay"));
            try (IndexReader written = DirectoryReader.open(directory)) {
                protocols = ShardBuilder.protocols(written);
                Layout.write(built.resolve(Layout.IDENTIFIERS),
                        Identifiers.of(written, replay.documents().schema()));
            }
            long documents = output.documents;
            Manifest manifest = manifest(rows, documents, protocols, joins);
            writable.publish(built, manifest);
            return documents;
        }
    }

    private static Join join(Found found, Said said, Rows rows, long firstDocument) {
        record Place(String capture, long frame) {}
        Map<Place, Integer> places = new HashMap<>();
        for (Wanted wanted : found.frames) {
            places.put(new Place(wanted.range().capture.id(), wanted.number()), places.size());
        }
        List<Join.FrameRow> frames = new ArrayList<>();
        long document = firstDocument;
        for (int i = 0; i < found.frames.size(); i++) {
            Wanted wanted = found.frames.get(i);
            frames.add(new Join.FrameRow(
                    rows.capture(wanted),
                    rows.source(wanted),
                    wanted.number(),
                    wanted.recordAt(),
                    found.replaced.contains(wanted) ? document++ : Join.NONE,
                    said == null ? List.of() : said.pieces.get(i).stream().map(piece -> new Join.PieceRow(
                            piece.layer(), places.get(new Place(piece.capture(), piece.frame())))).toList()));
        }
        return new Join(frames, found.changes, found.open, found.keys);
    }

    private Manifest manifest(Rows rows, long documents, List<String> protocols, List<Join> joins) {
        long sequence = 1;
        for (Shard shard : index.shards()) {
            sequence = Math.max(sequence, shard.manifest().sequence() + 1);
        }
        StringBuilder content = new StringBuilder().append(sequence).append('\n');
        for (Join join : joins) {
            join.frames().forEach(row -> content.append(rows.captures.get(row.capture()).id())
                    .append(' ')
                    .append(row.frame())
                    .append(' ')
                    .append(row.document())
                    .append('\n'));
            content.append('\n');
        }
        String name = Split.nameOf(content.toString().getBytes(StandardCharsets.UTF_8));
        Manifest manifest = manifest(name, rows, documents, protocols, List.of(), sequence, joins);
        List<Shard> after = new ArrayList<>(index.shards());
        after.add(new Shard(writable.directory(), manifest, Identifiers.NONE));
        Set<String> live = Overlays.of(after).live();
        List<String> replaces = index.shards().stream()
                .filter(shard -> shard.manifest().isOverlay() && !live.contains(shard.name()))
                .map(Shard::name)
                .toList();
        return manifest(name, rows, documents, protocols, replaces, sequence, joins);
    }

    private Manifest manifest(
            String name, Rows rows, long documents, List<String> protocols, List<String> replaces, long sequence,
            List<Join> joins) {
        Settings settings = index.settings();
        return new Manifest(
                name,
                Program.VERSION,
                settings.schema(),
                settings.dictionaryWords(),
                rows.captures,
                List.of(),
                rows.interfaces,
                List.of(),
                documents,
                0,
                protocols,
                replaces,
                sequence,
                joins);
    }

    private static final class Output {
        final SegmentWriter writer;
        final Columns columns;
        long documents;

        Output(SegmentWriter writer, Columns columns) {
            this.writer = writer;
            this.columns = columns;
        }

        void added() throws IOException {
            documents++;
            if (columns.isFull()) {
                flush();
            }
        }

        void flush() throws IOException {
            writer.compound(columns.documents() < ShardBuilder.COMPOUND);
            writer.write(columns);
            columns.clear();
        }
    }

    /** The rows of captures and interfaces of the overlay's manifest. */
    private static final class Rows {
        final List<CaptureRow> captures = new ArrayList<>();
        final List<InterfaceRow> interfaces = new ArrayList<>();
        private final Map<String, Integer> byId = new HashMap<>();
        private final Map<InterfaceRow, Integer> byInterface = new TreeMap<>(
                Comparator.comparingInt(InterfaceRow::capture).thenComparing(row -> row.source().toString()));

        int capture(Wanted wanted) {
            return byId.computeIfAbsent(wanted.range().capture.id(), id -> {
                captures.add(wanted.range().part.capture());
                return captures.size() - 1;
            });
        }

        int source(Wanted wanted) {
            return byInterface.computeIfAbsent(new InterfaceRow(capture(wanted), wanted.source()), row -> {
                interfaces.add(row);
                return interfaces.size() - 1;
            });
        }
    }

    /** Disjoint sets of numbers from 0 on. */
    private static final class Sets {
        private final List<Integer> parents = new ArrayList<>();

        int add() {
            parents.add(parents.size());
            return parents.size() - 1;
        }

        int of(int number) {
            int set = number;
            while (parents.get(set) != set) {
                parents.set(set, parents.get(parents.get(set)));
                set = parents.get(set);
            }
            return set;
        }

        void unite(int one, int other) {
            int a = of(one);
            int b = of(other);
            parents.set(Math.max(a, b), Math.min(a, b));
        }
    }
}
