package io.seidex.batch;

import io.seidex.batch.Coverage.Gap;
import io.seidex.batch.Coverage.Known;
import io.seidex.batch.Coverage.Sighting;
import io.seidex.capture.Border;
import io.seidex.capture.Capture;
import io.seidex.capture.CaptureFormat;
import io.seidex.capture.FrameCursor;
import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.store.Manifest.CaptureRow;
import io.seidex.store.Manifest.RefusedRow;
import io.seidex.store.OneLine;
import io.seidex.store.PacketIndex;
import io.seidex.store.ShardBuilder;
import io.seidex.store.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares files with what the index covers, and cuts what is new into splits.
 *
 * <p>A file that was seen before with the same path, size and modification time is passed over without being opened. Any
 * other is compared by content: if it begins with all that is covered of a capture, only what is not covered is planned.
 *
 * <p>A capture that is larger than a split is cut at the first record that begins at or behind each multiple of the split
 * size; so the cuts depend on the capture alone. Finding them walks the record headers, and the plan waits for
 * {@link Steps#split} before it walks on. Smaller captures are put together, in their order, until they are as much as a
 * split.
 */
final class Plan {
    /** A group of small captures ends here even if they are less than a split: its manifest has a row for each. */
    static final int GROUP = 4096;

    private static final int ATTEMPTS = 3;

    private final Coverage coverage;
    private final long splitSize;
    private final Steps steps;
    private final List<Split.Range> group = new ArrayList<>();
    private long grouped;

    /** What a plan finds, in the order of the files. */
    interface Steps {
        /** Ranges that must be read; called for each as soon as it is known, and may wait. */
        void split(Split split) throws IOException, InterruptedException;

        /** A file whose content the index holds already. */
        void known(Known capture, Path file);

        /** The same, under a name or with a time that the index did not know. */
        void named(CaptureRow row);

        /** A file that gives nothing; {@code before} says that a manifest has it. */
        void refused(RefusedRow row, String reason, boolean before);
    }

    Plan(PacketIndex index, Steps steps) {
        this.coverage = Coverage.of(index);
        this.splitSize = index.settings().splitSize();
        this.steps = steps;
    }

    void files(List<Path> files) throws IOException, InterruptedException {
        for (Path file : files) {
            file(file);
        }
        endGroup();
    }

    private void file(Path file) throws IOException, InterruptedException {
        for (int attempt = 1;; attempt++) {
            try {
                if (Files.isRegularFile(file)) {
                    file(file, Sighting.of(file));
                } else {
                    refuse(Sighting.of(file.toString()), Fault.FILE_UNREADABLE, notRegular(file));
                }
                return;
            } catch (ShardBuilder.CancelledException e) {
                throw e;
            } catch (IOException e) {
                refuse(Sighting.of(file.toString()), Fault.FILE_UNREADABLE, OneLine.reason(e));
                return;
            } catch (InternalError e) {
                // It was cut while it was compared: its content is another one now.
                if (attempt == ATTEMPTS) {
                    refuse(Sighting.of(file.toString()), Fault.FILE_UNREADABLE, "it changes while it is read");
                    return;
                }
            }
        }
    }

    private void file(Path file, Sighting sighting) throws IOException, InterruptedException {
        RefusedRow before = coverage.refused(sighting);
        if (before != null && before.fault() != Fault.FILE_UNREADABLE) {
            steps.refused(before, before.fault().meaning(), true);
            return;
        }
        Known seen = coverage.seen(sighting);
        if (seen != null && seen.isComplete(sighting.size())) {
            steps.known(seen, file);
            return;
        }
        FaultLog faults = new FaultLog();
        Capture capture;
        try {
            capture = Capture.open(file, faults);
        } catch (IOException e) {
            refuse(sighting, Fault.FILE_UNREADABLE, OneLine.reason(e));
            return;
        }
        try (capture) {
            if (capture.format() == CaptureFormat.UNKNOWN) {
                refuse(sighting, fault(faults), capture.looksLike());
                return;
            }
            Sighting opened = new Sighting(sighting.path(), capture.length(), sighting.modifiedNanos());
            Known known = seen != null ? seen : find(capture, file, opened);
            if (known == null) {
                known = coverage.begin(
                        capture.octets(),
                        startNanos(capture),
                        capture.format().name().toLowerCase(Locale.ROOT),
                        sighting.path());
            } else if (known.planned != null || known.isComplete(opened.size())) {
                coverage.sighted(known, opened);
                steps.named(known.row(opened));
                steps.known(known, file);
                return;
            }
            plan(capture, known, opened);
        }
    }

    /** The capture that the file is, whole, grown, or in part; null if it is a new one. */
    private Known find(Capture capture, Path file, Sighting sighting) throws IOException {
        for (Known known : coverage.likely(capture.octets(), sighting.path())) {
            if (known.planned != null) {
                if (known.planned.size() == sighting.size() && isSame(file, Path.of(known.planned.path()))) {
                    return known;
                }
                continue;
            }
            // A longer file under another name is another capture, unless the name under which this one was read is now
            // that of something else: then it was renamed.
            boolean whole = known.end() == sighting.size() && known.isComplete(sighting.size());
            boolean here = known.wasAt(sighting.path());
            if ((whole || here || !known.standsElsewhere(sighting.path())) && known.isIn(capture.octets())) {
                return known;
            }
        }
        return null;
    }

    private void plan(Capture capture, Known known, Sighting sighting) throws IOException, InterruptedException {
        known.planned = sighting;
        coverage.sighted(known, sighting);
        long startNanos = known.parts.stream().anyMatch(part -> part.frames() > 0)
                ? known.startNanos
                : startNanos(capture);
        for (Gap gap : known.gaps(capture.first(), sighting.size())) {
            long from = gap.from();
            Border start = gap.start();
            while (start != null) {
                Border next = cut(capture, start, gap.to());
                long to = next == null ? gap.to() : next.at();
                Split.Range range = new Split.Range(
                        known.id,
                        known.headLength,
                        sighting.path(),
                        sighting.size(),
                        sighting.modifiedNanos(),
                        startNanos,
                        from,
                        start,
                        to);
                if (sighting.size() > splitSize) {
                    steps.split(Split.of(List.of(range)));
                } else {
                    group(range);
                }
                start = next;
                from = to;
            }
        }
    }

    /** Where the range that begins at {@code start} ends; null if it goes on to {@code to}. */
    private Border cut(Capture capture, Border start, long to) {
        long target = (start.at() / splitSize + 1) * splitSize;
        if (target >= to) {
            return null;
        }
        Border border = capture.border(start, target);
        return border.at() >= target && border.at() < to ? border : null;
    }

    private void group(Split.Range range) throws IOException, InterruptedException {
        group.add(range);
        grouped += range.to() - range.from();
        if (grouped >= splitSize || group.size() >= GROUP) {
            endGroup();
        }
    }

    private void endGroup() throws IOException, InterruptedException {
        if (!group.isEmpty()) {
            steps.split(Split.of(group));
            group.clear();
            grouped = 0;
        }
    }

    private void refuse(Sighting sighting, Fault fault, String reason) {
        RefusedRow row = new RefusedRow(sighting.path(), sighting.size(), sighting.modifiedNanos(), fault);
        steps.refused(row, reason, row.equals(coverage.refused(sighting)));
    }

    private static boolean isSame(Path file, Path other) throws IOException {
        return Files.isSameFile(file, other) || Files.mismatch(file, other) < 0;
    }

    private static long startNanos(Capture capture) {
        FrameCursor cursor = capture.cursor(new FaultLog());
        return cursor.next() && cursor.frame().hasTime() ? cursor.frame().timeNanos() : 0;
    }

    private static Fault fault(FaultLog faults) {
        for (Fault fault : Fault.values()) {
            if (faults.count(Layer.FILE, fault) > 0) {
                return fault;
            }
        }
        return Fault.FILE_UNKNOWN;
    }

    private static String notRegular(Path file) {
        if (Files.exists(file)) {
            return "not a regular file";
        }
        return Inputs.exists(file) ? "a link that leads nowhere, or permission denied" : "no such file";
    }
}
