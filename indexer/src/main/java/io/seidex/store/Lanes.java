package io.seidex.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which captures follow one another, as the files of a capture that is rotated do: those are a lane, and pieces are put
 * together as if they were one file. Captures that run at the same time are different probes: they are in different lanes,
 * since what each of them saw is to be found in each of them, even if it is the same.
 *
 * <pre>
 *  probe A   [ 1 ][   2   ][  3  ]      lane 1-2-3
 *  probe B    [   1   ][ 2 ][   3   ]   lane 1-2-3
 * </pre>
 *
 * <p>A capture follows another if it begins when that has ended, or so little earlier that it is disorder: by
 * {@value #MOST_OVERLAP} ns at most, and by an eighth of the longest capture of the lane, so that two short captures of the
 * same time do not follow one another. Of the lanes that it may follow it takes the one whose last file has a name like its
 * own, digits aside, and of those the one that ended nearest; unless another capture, which begins soon after it and must
 * have a lane of its own, fits better. A lane is begun only if there is none to follow: the files of one capture are in one
 * lane whatever their names are.
 *
 * <p>Probes that change their files at the same moments may be taken for one another by this. So lanes are made once of all
 * captures, and then of those that have pieces in common, which follow one another by preference as they do among all.
 */
final class Lanes {
    /** The clocks of two captures of which one follows the other need not be the same. */
    private static final long MOST_OVERLAP = 1_000_000_000L;
    private static final int OVERLAP_SHARE = 8;

    private final Map<String, Span> spans = new HashMap<>();

    /**
     * Captures that follow one another.
     *
     * @param runs their ranges in order. Captures in different runs overlap a little, so that it is not sure that they are
     *     one capture
     */
    record Lane(List<List<JoinRange>> runs) {
        List<JoinRange> ranges() {
            return runs.stream().flatMap(List::stream).toList();
        }
    }

    /** A capture. */
    private static final class Span {
        static final Comparator<Span> ORDER =
                Comparator.<Span>comparingLong(span -> span.firstNanos).thenComparing(span -> span.capture);

        final IndexedCapture capture;
        final long firstNanos;
        final long lastNanos;
        final Path directory;
        final String name;
        /** Among all captures; null as long as it is not known. */
        Tail lane;

        Span(IndexedCapture capture) {
            long first = Long.MAX_VALUE;
            long last = Long.MIN_VALUE;
            for (ShardPart part : capture.parts()) {
                if (part.part().hasTimes()) {
                    first = Math.min(first, part.part().firstNanos());
                    last = Math.max(last, part.part().lastNanos());
                }
            }
            this.capture = capture;
            this.firstNanos = first <= last ? first : 0;
            this.lastNanos = first <= last ? last : 0;
            Path path = Path.of(capture.path());
            this.directory = path.getParent();
            this.name = withoutDigits(capture.path());
        }

        private static String withoutDigits(String text) {
            StringBuilder without = new StringBuilder();
            text.codePoints().filter(each -> !Character.isDigit(each)).forEach(without::appendCodePoint);
            return without.toString();
        }

        long lengthNanos() {
            return lastNanos - firstNanos;
        }

        /** How like one another two captures are: in one lane, or of names that are the same apart from digits. */
        int likeness(Span other) {
            if (lane != null && lane == other.lane) {
                return 3;
            }
            return !name.equals(other.name) ? 0 : directory != null && directory.equals(other.directory) ? 2 : 1;
        }
    }

    /** A lane, up to the capture that was added last. */
    private static final class Tail {
        final List<Span> spans = new ArrayList<>();
        long lastNanos = Long.MIN_VALUE;
        long longestNanos;

        Tail(Span first) {
            add(first);
        }

        void add(Span next) {
            spans.add(next);
            lastNanos = Math.max(lastNanos, next.lastNanos);
            longestNanos = Math.max(longestNanos, next.lengthNanos());
        }

        boolean mayPrecede(Span next) {
            long overlap = lastNanos - next.firstNanos;
            long most = next.lane == spans.getLast().lane
                    ? Math.min(MOST_OVERLAP, Math.max(longestNanos, next.lengthNanos()) / OVERLAP_SHARE)
                    : 0;
            return overlap <= most;
        }

        /** Whether a capture fits better behind this lane than another one behind another lane. */
        boolean fits(Span next, Tail otherTail, Span other) {
            int likeness = spans.getLast().likeness(next);
            int otherLikeness = otherTail.spans.getLast().likeness(other);
            return likeness != otherLikeness ? likeness > otherLikeness : distance(next) < otherTail.distance(other);
        }

        private long distance(Span next) {
            return Math.abs(next.firstNanos - lastNanos);
        }
    }

    /** Finds the lanes of all captures. */
    Lanes(Collection<IndexedCapture> captures) {
        captures.forEach(capture -> spans.put(capture.id(), new Span(capture)));
        List<Tail> lanes = lanes(new ArrayList<>(spans.values()));
        lanes.forEach(lane -> lane.spans.forEach(span -> span.lane = lane));
    }

    /** The lanes of the captures that ranges are of. */
    List<Lane> of(Collection<JoinRange> ranges) {
        Map<Span, List<JoinRange>> bySpan = new LinkedHashMap<>();
        ranges.stream().sorted().forEach(range -> bySpan
                .computeIfAbsent(spans.get(range.capture.id()), span -> new ArrayList<>()).add(range));
        return lanes(new ArrayList<>(bySpan.keySet())).stream().map(tail -> lane(tail, bySpan)).toList();
    }

    private static Lane lane(Tail tail, Map<Span, List<JoinRange>> ranges) {
        List<List<JoinRange>> runs = new ArrayList<>();
        long lastNanos = Long.MIN_VALUE;
        for (Span span : tail.spans) {
            if (runs.isEmpty() || span.firstNanos <= lastNanos) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().addAll(ranges.get(span));
            lastNanos = Math.max(lastNanos, span.lastNanos);
        }
        return new Lane(runs);
    }

    private static List<Tail> lanes(List<Span> captures) {
        captures.sort(Span.ORDER);
        List<Tail> lanes = new ArrayList<>();
        List<Tail> tails = new ArrayList<>();
        for (int i = 0; i < captures.size(); i++) {
            Span span = captures.get(i);
            tails.removeIf(tail -> span.firstNanos - tail.lastNanos > Ends.STREAM_NANOS);
            Tail best = null;
            for (Tail tail : tails) {
                if (tail.mayPrecede(span) && (best == null || tail.fits(span, best, span))
                        && !isForAnother(tail, span, captures.subList(i + 1, captures.size()))) {
                    best = tail;
                }
            }
            if (best == null) {
                tails.add(new Tail(span));
                lanes.add(tails.getLast());
            } else {
                best.add(span);
            }
        }
        return lanes;
    }

    /** Whether a capture that begins soon, and must have a lane of its own, fits better behind a lane. */
    private static boolean isForAnother(Tail tail, Span span, List<Span> later) {
        Tail after = new Tail(span);
        for (Span other : later) {
            if (other.firstNanos - span.firstNanos > MOST_OVERLAP || after.mayPrecede(other)) {
                return false;
            }
            if (tail.mayPrecede(other) && tail.fits(other, tail, span)) {
                return true;
            }
        }
        return false;
    }
}
