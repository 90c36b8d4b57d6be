package io.seidex.store;

import io.seidex.store.Manifest.CaptureRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the overlays of an index say of single frames: which documents take the place of the frames' own, and with which other
 * frames a frame is put together. Of joins that share a frame the latest holds; joins only grow, so that the others are in it.
 */
public final class Overlays {
    private final Map<String, NavigableMap<Long, Place>> byCapture = new HashMap<>();
    private final List<Place> joins = new ArrayList<>();

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
                isLive &= of(overlay.manifest().captures().get(row.capture()).id(), row.frame()) == null;
            }
            if (isLive) {
                joins.add(new Place(overlay, join, join.frames().getFirst()));
                join.frames().forEach(row -> places.add(new Place(overlay, join, row)));
            }
        }
        for (Place place : places) {
            byCapture.computeIfAbsent(place.capture(place.row).id(), id -> new TreeMap<>())
                    .put(place.row.frame(), place);
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
        Set<String> names = new LinkedHashSet<>();
        joins.forEach(place -> names.add(place.overlay.name()));
        return names;
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
