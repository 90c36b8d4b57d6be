package io.seidex.store;

import io.seidex.fault.Layer;
import io.seidex.store.Manifest.CaptureRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the overlays of an index say of single frames: which documents take the place of the frames' own, and with which other
 * frames a frame is put together. Of joins that share a frame the latest holds. What an overlay does not join any more it
 * names, too, so that no frame falls back into a join of an overlay before.
 */
public final class Overlays {
    private final Map<String, NavigableMap<Long, Place>> byCapture = new HashMap<>();
    private final List<Place> joins = new ArrayList<>();
    /** Frames that the latest overlay that names them has in no join, by captures. */
    private final Map<String, Set<Long>> dropped = new HashMap<>();
    private final Set<String> live = new LinkedHashSet<>();

    /**
     * A frame in a join.
     *
     * @param overlay holds the documents, and knows the captures
     */
    public record Place(Shard overlay, Join join, Join.FrameRow row) {
        /** The capture of a frame of the join, as the overlay knows it. */
        public CaptureRow capture(Join.FrameRow of) {
            return overlay.manifest().captures().get(of.capture());
        }

        /** The frames that brought pieces of what the frame completes in a layer, in their order. */
        public List<Join.FrameRow> pieces(Layer layer) {
            return row.pieces().stream().filter(piece -> piece.layer() == layer)
                    .map(piece -> join.frames().get(piece.frame())).toList();
        }

        /** Those frames, each once, in the order of reassembly. */
        public List<Join.FrameRow> distinct(Layer layer) {
            return row.pieces().stream().filter(piece -> piece.layer() == layer)
                    .map(Join.PieceRow::frame).sorted().distinct().map(join.frames()::get).toList();
        }

        /** The frames without which what the frame completes cannot be put together, itself not among them. */
        public List<Join.FrameRow> pieces() {
            SortedSet<Integer> needed = new TreeSet<>();
            Deque<Join.FrameRow> todo = new ArrayDeque<>(List.of(row));
            while (!todo.isEmpty()) {
                for (Join.PieceRow piece : todo.pop().pieces()) {
                    if (needed.add(piece.frame())) {
                        todo.push(join.frames().get(piece.frame()));
                    }
                }
            }
            return needed.stream().map(join.frames()::get).filter(each -> each != row).toList();
        }

        /** Whether a document of the overlay takes the place of the frame's own. */
        public boolean isReplaced() {
            return row.document() != Join.NONE;
        }
    }

    static Overlays of(List<Shard> shards) {
        Overlays overlays = new Overlays();
        shards.stream()
                .filter(shard -> shard.manifest().isOverlay())
                .sorted(Comparator.<Shard>comparingLong(shard -> -shard.manifest().sequence())
                        .thenComparing(Shard::name))
                .forEach(overlays::add);
        return overlays;
    }

    private void add(Shard overlay) {
        List<Place> places = new ArrayList<>();
        for (Join join : overlay.manifest().joins()) {
            boolean isLive = !join.frames().isEmpty();
            for (Join.FrameRow row : join.frames()) {
                String capture = overlay.manifest().captures().get(row.capture()).id();
                isLive &= of(capture, row.frame()) == null
                        && !dropped.getOrDefault(capture, Set.of()).contains(row.frame());
            }
            if (isLive) {
                live.add(overlay.name());
                if (!join.isNone()) {
                    joins.add(new Place(overlay, join, join.frames().getFirst()));
                }
                join.frames().forEach(row -> places.add(new Place(overlay, join, row)));
            }
        }
        for (Place place : places) {
            String capture = place.capture(place.row).id();
            if (place.join.isNone()) {
                dropped.computeIfAbsent(capture, id -> new HashSet<>()).add(place.row.frame());
            } else {
                byCapture.computeIfAbsent(capture, id -> new TreeMap<>()).put(place.row.frame(), place);
            }
        }
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return joins.isEmpty();
    }

    /** Every join that holds, by its first frame. */
    public List<Place> joins() {
        return List.copyOf(joins);
    }

    /** Those of the overlays of which a join holds, by name. */
    Set<String> live() {
        return Set.copyOf(live);
    }

    /** The join that a frame is in; null if it is in none. */
    public Place of(String capture, long frame) {
        NavigableMap<Long, Place> frames = byCapture.get(capture);
        return frames == null ? null : frames.get(frame);
    }

    /** The frames whose documents are in overlays, from {@code from} on and before {@code to}, ascending. */
    public List<Place> replaced(String capture, long from, long to) {
        NavigableMap<Long, Place> frames = byCapture.get(capture);
        return frames == null ? List.of()
                : frames.subMap(from, to).values().stream().filter(Place::isReplaced).toList();
    }
}
