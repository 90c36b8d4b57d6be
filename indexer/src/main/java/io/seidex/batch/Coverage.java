package io.seidex.batch;

import io.seidex.capture.Border;
import io.seidex.octets.Octets;
import io.seidex.store.IndexedCapture;
import io.seidex.store.Manifest;
import io.seidex.store.Manifest.CaptureRow;
import io.seidex.store.Manifest.Part;
import io.seidex.store.Manifest.RefusedRow;
import io.seidex.store.PacketIndex;
import io.seidex.store.RangeDigest;
import io.seidex.store.Shard;
import io.seidex.store.ShardPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Which captures are covered, by published manifests and by what the run has planned so far. */
final class Coverage {
    /** Octets whose digest names a capture. */
    static final int HEAD = 4096;

    private final Map<String, Known> byId = new HashMap<>();
    private final Map<String, List<Known>> byPath = new HashMap<>();
    private final Map<Integer, Map<String, List<Known>>> byHead = new TreeMap<>();
    private final Map<String, RefusedRow> refused = new HashMap<>();

    static Coverage of(PacketIndex index) {
        Coverage coverage = new Coverage();
        for (IndexedCapture capture : index.captures()) {
            CaptureRow row = capture.parts().getFirst().capture();
            Known known = new Known(row.id(), row.headLength(), capture.startNanos(), row.format(), capture.path());
            for (ShardPart part : capture.parts()) {
                if (part.part().to() > part.part().from()) {
                    known.parts.add(part.part());
                }
            }
            known.parts.sort((a, b) -> Long.compare(a.from(), b.from()));
            coverage.add(known);
        }
        for (Shard shard : index.shards()) {
            for (CaptureRow row : shard.manifest().captures()) {
                Known known = coverage.byId.get(row.id());
                if (known != null) {
                    for (String path : row.paths()) {
                        coverage.sighted(known, new Sighting(path, row.size(), row.modifiedNanos()));
                    }
                }
            }
            for (RefusedRow row : shard.manifest().refused()) {
                coverage.refused.put(row.path(), row);
            }
        }
        return coverage;
    }

    /** Why the file gave nothing when it was looked at last; null if it has changed since, or was never refused. */
    RefusedRow refused(Sighting sighting) {
        RefusedRow row = refused.get(sighting.path);
        return row != null && row.size() == sighting.size && row.modifiedNanos() == sighting.modifiedNanos ? row : null;
    }

    /** The capture that a file was when it was seen with this size and time; null if it never was. */
    Known seen(Sighting sighting) {
        for (Known known : byPath.getOrDefault(sighting.path, List.of())) {
            if (known.sightings.contains(sighting)) {
                return known;
            }
        }
        return null;
    }

    /** Captures that were seen under the path, and then those that begin as these octets do. */
    Collection<Known> likely(Octets octets, String path) {
        Map<String, Known> found = new LinkedHashMap<>();
        for (Known known : byPath.getOrDefault(path, List.of())) {
            found.put(known.id, known);
        }
        byHead.forEach((length, captures) -> {
            if (length <= octets.length()) {
                for (Known known : captures.getOrDefault(RangeDigest.of(octets, 0, length), List.of())) {
                    found.putIfAbsent(known.id, known);
                }
            }
        });
        return found.values();
    }

    /** A capture of which nothing is covered yet. */
    Known begin(Octets octets, long startNanos, String format, String path) {
        int headLength = (int) Math.min(HEAD, octets.length());
        String digest = RangeDigest.of(octets, 0, headLength);
        String id = digest;
        for (int i = 2; byId.containsKey(id); i++) {
            id = digest + "-" + i;
        }
        Known known = new Known(id, headLength, startNanos, format, path);
        add(known);
        return known;
    }

    void sighted(Known known, Sighting sighting) {
        known.sightings.add(sighting);
        List<Known> atPath = byPath.computeIfAbsent(sighting.path, path -> new ArrayList<>());
        if (!atPath.contains(known)) {
            atPath.add(known);
        }
    }

    private void add(Known known) {
        byId.put(known.id, known);
        byHead.computeIfAbsent(known.headLength, length -> new HashMap<>())
                .computeIfAbsent(known.headDigest(), digest -> new ArrayList<>())
                .add(known);
    }

    /** A file as it was found. */
    record Sighting(String path, long size, long modifiedNanos) {
        /** Of a file whose size and time nobody knows. */
        static Sighting of(String path) {
            return new Sighting(path, -1, -1);
        }

        static Sighting of(Path file) throws IOException {
            FileTime modified = Files.getLastModifiedTime(file);
            return new Sighting(file.toString(), Files.size(file), modified.to(TimeUnit.NANOSECONDS));
        }
    }

    /** A range that is still to be read: from the border to an offset. {@code from} is the first octet that it covers. */
    record Gap(long from, Border start, long to) {}

    /** A capture of which something is covered, or planned. */
    static final class Known {
        final String id;
        final int headLength;
        final long startNanos;
        final String format;
        final String path;
        final List<Part> parts = new ArrayList<>();
        final List<Sighting> sightings = new ArrayList<>();
        /** The file whose rest the run reads; null if it reads nothing of the capture. */
        Sighting planned;

        Known(String id, int headLength, long startNanos, String format, String path) {
            this.id = id;
            this.headLength = headLength;
            this.startNanos = startNanos;
            this.format = format;
            this.path = path;
        }

        String headDigest() {
            int suffix = id.indexOf('-');
            return suffix < 0 ? id : id.substring(0, suffix);
        }

        boolean wasAt(String file) {
            return sightings.stream().anyMatch(sighting -> sighting.path.equals(file));
        }

        /** Behind the last octet that is covered. */
        long end() {
            long end = 0;
            for (Part part : parts) {
                end = Math.max(end, part.to());
            }
            return end;
        }

        /** What is not covered of a file of this size. {@code first} is where a capture's first record stands. */
        List<Gap> gaps(Border first, long size) {
            List<Gap> gaps = new ArrayList<>();
            long covered = 0;
            long from = 0;
            Border border = first;
            for (Part part : parts) {
                if (part.from() > covered) {
                    gaps.add(new Gap(from, border, part.from()));
                }
                if (part.to() >= covered) {
                    covered = part.to();
                    border = part.end();
                    from = border.at();
                }
            }
            if (size > covered) {
                gaps.add(new Gap(from, border, size));
            }
            return gaps;
        }

        boolean isComplete(long size) {
            long covered = 0;
            for (Part part : parts) {
                if (part.from() > covered) {
                    return false;
                }
                covered = Math.max(covered, part.to());
            }
            return covered >= size;
        }

        /** Whether everything that is covered stands in these octets too. */
        boolean isIn(Octets octets) {
            if (end() > octets.length()) {
                return false;
            }
            for (Part part : parts) {
                if (!RangeDigest.of(octets, part.from(), part.to()).equals(part.digest())) {
                    return false;
                }
            }
            return true;
        }

        /** Whether some other file than {@code path} still stands where and as the capture was seen. */
        boolean standsElsewhere(String notAt) {
            for (Sighting sighting : sightings) {
                try {
                    if (!sighting.path.equals(notAt) && Sighting.of(Path.of(sighting.path)).equals(sighting)) {
                        return true;
                    }
                } catch (IOException e) {
                    // It has gone.
                }
            }
            return false;
        }

        CaptureRow row(Sighting sighting) {
            return new CaptureRow(
                    id,
                    headLength,
                    List.of(sighting.path),
                    sighting.size,
                    sighting.modifiedNanos,
                    startNanos,
                    format);
        }
    }
}
