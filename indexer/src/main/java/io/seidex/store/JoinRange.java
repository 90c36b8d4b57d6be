package io.seidex.store;

import io.seidex.reassemble.Seam;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A part of a capture that has pieces at its ends. Ordered as captures follow one another: by the time of their first packets. */
final class JoinRange implements Comparable<JoinRange> {
    private static final Comparator<JoinRange> ORDER = Comparator.<JoinRange>comparingLong(range -> range.firstNanos)
            .thenComparing(range -> range.capture)
            .thenComparingLong(range -> range.part.part().start().frame());

    final IndexedCapture capture;
    final ShardPart part;
    /** Earlier parts of a capture are not later, whatever its clock says. */
    final long firstNanos;
    final long lastNanos;
    /** Whether it was never joined with others. */
    final boolean isNew;
    /** The frames whose pieces are looked at, with the keys of these. */
    final SortedMap<Long, Set<Long>> frames = new TreeMap<>();
    /** Those of them that are far from the begin: what they put together alone is not in the list of pieces. */
    private final Set<Long> late = new TreeSet<>();
    /** Keys that are there behind the begin, too; and those of which that matters. */
    private final Set<Long> going = new HashSet<>();
    private final Set<Long> further = new HashSet<>();
    /** Frames behind the begin that have such a key, and of them those that show it only with the fragments of others. */
    private final Set<Long> behind = new HashSet<>();
    private final Set<Long> hidden = new HashSet<>();
    /** Keys of pieces that frames brought in what was put together of several ranges; alone they do not show them. */
    private final SortedMap<Long, Set<Long>> shown = new TreeMap<>();

    JoinRange(IndexedCapture capture, ShardPart part, long firstNanos, long lastNanos, boolean isNew) {
        this.capture = capture;
        this.part = part;
        this.firstNanos = firstNanos;
        this.lastNanos = lastNanos;
        this.isNew = isNew;
    }

    /** A frame brought a piece, put together with those of other ranges; false if that is known. */
    boolean shows(long frame, long key) {
        Set<Long> known = frames.get(frame);
        return (known == null || !known.contains(key))
                && shown.computeIfAbsent(frame, of -> new LinkedHashSet<>()).add(key);
    }

    /** Whether a frame is among those near the begin, of all of which the pieces of a key are looked at. */
    boolean isNearBegin(long frame) {
        return !late.contains(frame) && !behind.contains(frame);
    }

    /** A frame that was read again showed these keys; true, once, if none that it is known for is among them. */
    boolean hides(long frame, Set<Long> offered) {
        return behind.contains(frame) && frames.get(frame).stream().noneMatch(offered::contains) && hidden.add(frame);
    }

    /** The pieces of a key are wanted that follow those near the begin; false if there are none, or they were wanted before. */
    boolean goesOn(long key) {
        return going.contains(key) && further.add(key);
    }

    /** Takes the frames whose pieces have a key that is looked for, {@code most} of them or a few more. */
    void collect(Ends.OfPart ends, Set<Long> keys, long most) {
        frames.clear();
        late.clear();
        behind.clear();
        for (Ends.Pieces pieces : List.of(ends.begin(), ends.further(), ends.end())) {
            for (int i = 0; i < pieces.size() && frames.size() <= most; i++) {
                boolean isFurther = pieces == ends.further() && keys.contains(pieces.key(i));
                if (isFurther) {
                    going.add(pieces.key(i));
                }
                if (isFurther ? further.contains(pieces.key(i)) : keys.contains(pieces.key(i))) {
                    boolean isNew = pieces != ends.begin() && !frames.containsKey(pieces.frame(i));
                    frames.computeIfAbsent(pieces.frame(i), frame -> new LinkedHashSet<>()).add(pieces.key(i));
                    if (isNew && isFurther) {
                        behind.add(pieces.frame(i));
                    }
                    if (isNew && (!isFurther || hidden.contains(pieces.frame(i)))) {
                        late.add(pieces.frame(i));
                    }
                }
            }
        }
        shown.forEach((frame, of) -> frames.computeIfAbsent(frame, each -> new LinkedHashSet<>()).addAll(of));
    }

    /** Takes the frames without whose fragments a late frame has no piece. They have in common what no other frames have. */
    void addFragments(JoinFrames index) throws IOException {
        Deque<Long> todo = new ArrayDeque<>(late);
        while (!todo.isEmpty()) {
            long frame = todo.pop();
            for (long fragment : index.fragmentsOf(this, frame)) {
                frames.computeIfAbsent(frame, each -> new LinkedHashSet<>()).add(~frame);
                frames.computeIfAbsent(fragment, each -> new LinkedHashSet<>()).add(~frame);
                if (late.add(fragment)) {
                    todo.push(fragment);
                }
            }
        }
    }

    /** Takes a frame, with something that is no key in common with others; false if it was taken. */
    boolean mark(long frame, long mark) {
        Set<Long> known = frames.get(frame);
        frames.computeIfAbsent(frame, each -> new LinkedHashSet<>()).add(mark);
        return known == null;
    }

    boolean has(long frame) {
        long ahead = frame - part.part().start().frame();
        return ahead >= 0 && ahead < part.part().documents();
    }

    /** Whether what is open in the one for so long may be completed in the other. */
    boolean isNear(JoinRange other, long lifeNanos) {
        return firstNanos - other.lastNanos <= lifeNanos && other.firstNanos - lastNanos <= lifeNanos;
    }

    /** How long what its frames are looked at for may wait. */
    long lifeNanos() {
        boolean isLasting = frames.values().stream().anyMatch(keys -> keys.stream().anyMatch(Seam::isLasting));
        return isLasting ? Ends.STREAM_NANOS : Ends.LIFE_NANOS;
    }

    @Override
    public int compareTo(JoinRange other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** Reads the ends of ranges; those of a shard that was asked last are kept. */
    static final class Reader {
        private String shard = "";
        private List<Ends.OfPart> parts = List.of();

        Ends.OfPart of(JoinRange range) throws IOException {
            if (!range.part.shard().name().equals(shard)) {
                parts = Ends.of(range.part.shard());
                shard = range.part.shard().name();
            }
            return parts.get(range.part.ordinal());
        }
    }
}
