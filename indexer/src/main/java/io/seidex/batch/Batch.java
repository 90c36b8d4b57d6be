package io.seidex.batch;

import io.seidex.batch.Coverage.Known;
import io.seidex.batch.Summary.FaultTotal;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.segment.Columns;
import io.seidex.store.Join;
import io.seidex.store.Joiner;
import io.seidex.store.Manifest;
import io.seidex.store.Manifest.CaptureRow;
import io.seidex.store.Manifest.FaultRow;
import io.seidex.store.Manifest.Part;
import io.seidex.store.Manifest.RefusedRow;
import io.seidex.store.Overlays;
import io.seidex.store.ShardBuilder;
import io.seidex.store.Split;
import io.seidex.store.WritableIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Indexes files: one thread plans, the others build shards and publish each as soon as it is whole. At most one split a
 * thread waits to be built, so the scan for the cuts runs no farther ahead.
 *
 * <p>When one thread fails, the others stop at their next look, and the failure is the run's. What is published stays; the
 * next run goes on from there.
 */
public final class Batch {
    /** The share of the memory that columns may take; the rest is for writing segments and for the virtual machine. */
    private static final double COLUMNS_SHARE = 0.6;

    /** Columns of less memory would make segments too small to be worth it: there are fewer threads instead. */
    private static final long COLUMNS_LEAST = 24L << 20;

    /** A file that changes between plan and reading is planned anew, so often at most. */
    private static final int PASSES = 3;

    private static final Split END = new Split("", List.of());

    private final WritableIndex index;
    private final Report report;
    private final int threads;
    private final long columnsMemory;
    private final long joinMemory;
    private final BlockingQueue<Split> queue;

    // Guarded by this.
    private final Map<String, FaultTotal> faults = new TreeMap<>();
    /** The captures in which each was met; parts of one may be in several splits. */
    private final Map<String, Set<String>> faulty = new HashMap<>();
    private final Set<String> captures = new HashSet<>();
    /** The captures that the inputs are, those that were known included. */
    private final Set<String> met = new HashSet<>();
    private final Set<Path> changed = new LinkedHashSet<>();
    private final List<CaptureRow> named = new ArrayList<>();
    private final List<RefusedRow> refusedNew = new ArrayList<>();
    private long known;
    private long refused;
    private long shards;
    private long packets;
    private long documents;
    private long joined;
    private long octets;
    private long done;

    private volatile Throwable failure;

    /**
     * @param threads how many shards are built at a time, at most
     * @param memory octets of memory to keep within
     */
    public Batch(WritableIndex index, int threads, long memory, Report report) {
        this.index = index;
        this.report = report;
        long forColumns = (long) (memory * COLUMNS_SHARE);
        this.threads = Math.clamp(forColumns / COLUMNS_LEAST, 1, threads);
        this.columnsMemory = forColumns / this.threads;
        // Columns are gone by then.
        this.joinMemory = forColumns;
        this.queue = new ArrayBlockingQueue<>(this.threads);
        if (this.threads < threads) {
            report.note("the memory is enough for " + this.threads + " of " + threads + " threads");
        }
    }

    /**
     * Indexes what is new of the inputs.
     *
     * @throws IOException if the machine fails; bad inputs are in the summary
     */
    public Summary run(Inputs inputs) throws IOException, InterruptedException {
        long began = System.nanoTime();
        try (PrivateMemory memory = new PrivateMemory()) {
            inputs.unreadable().forEach(this::unreadable);
            List<Path> files = inputs.files();
            for (int pass = 0; pass < PASSES && !files.isEmpty(); pass++) {
                pass(files);
                files = takeChanged();
            }
            publishNames();
            join();
            index.removeReplaced();
            index.refreshCatalog();
            return summary(System.nanoTime() - began, memory.peak());
        }
    }

    private void pass(List<Path> files) throws IOException, InterruptedException {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().name("builder-" + i).start(this::work));
        }
        try {
            new Plan(index.read(), new Planned()).files(files);
        } catch (ShardBuilder.CancelledException e) {
            // A worker failed: its failure is told below.
        } catch (Throwable e) {
            fail(e);
        } finally {
            end(workers);
        }
        rethrow();
    }

    /** Files that are no longer what they were when they were planned. */
    private synchronized List<Path> takeChanged() {
        List<Path> files = List.copyOf(changed);
        changed.clear();
        return files;
    }

    private void unreadable(String path, String reason) {
        refuse(new RefusedRow(path, -1, -1, Fault.FILE_UNREADABLE), reason, true);
    }

    /** Lets the workers finish what is queued, or nothing if the run has failed. */
    private void end(List<Thread> workers) throws InterruptedException {
        for (int i = 0; i < workers.size(); i++) {
            queue.put(END);
        }
        for (Thread worker : workers) {
            worker.join();
        }
    }

    private void rethrow() throws IOException, InterruptedException {
        switch (failure) {
            case InterruptedException e -> throw e;
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IOException(e);
        }
    }

    private void work() {
        ShardBuilder builder = null;
        try {
            for (Split split = queue.take(); split != END; split = queue.take()) {
                if (failure == null) {
                    try {
                        if (builder == null) {
                            builder = new ShardBuilder(
                                    index.settings(), Columns.DOCUMENTS, columnsMemory, () -> failure != null);
                        }
                        build(builder, split);
                    } catch (ShardBuilder.CancelledException e) {
                        // Another worker failed.
                    } catch (Throwable e) {
                        builder = null;
                        fail(e);
                    }
                }
            }
        } catch (InterruptedException e) {
            fail(e);
        }
    }

    private void build(ShardBuilder builder, Split split) throws IOException {
        Path directory = index.begin(split.name());
        Manifest manifest = builder.build(split, directory);
        boolean first = index.publish(directory, manifest);
        published(split, manifest, first);
    }

    private synchronized void fail(Throwable e) {
        if (failure == null) {
            failure = e;
        } else if (failure != e) {
            failure.addSuppressed(e);
        }
    }

    private synchronized void published(Split split, Manifest manifest, boolean first) {
        if (first) {
            shards++;
            packets += manifest.packets();
            documents += manifest.documents();
            for (Part part : manifest.parts()) {
                CaptureRow capture = manifest.captures().get(part.capture());
                captures.add(capture.id());
                met.add(capture.id());
                octets += part.to() - part.from();
                damaged(capture.path(), part.faults());
                if (part.ends().dropped() > 0) {
                    report.note(part.ends().dropped() + " pieces near the ends of " + capture.path()
                            + " were too many to be kept: what they belong to is not joined with other captures");
                }
            }
            for (RefusedRow row : manifest.refused()) {
                refuse(row, row.fault().meaning(), true);
                if (row.fault() == Fault.FILE_CUT) {
                    changed.add(Path.of(row.path()));
                }
            }
        }
        done += split.length();
        report.progress(done);
    }

    private synchronized void damaged(String path, List<FaultRow> rows) {
        for (FaultRow row : rows) {
            report.damaged(path, row);
            String key = key(row.layer(), row.fault());
            boolean isNew = faulty.computeIfAbsent(key, of -> new HashSet<>()).add(path);
            FaultTotal one = new FaultTotal(row.layer(), row.fault(), row.count(), isNew ? 1 : 0, path, row);
            faults.merge(key, one, Batch::sum);
        }
    }

    private static FaultTotal sum(FaultTotal a, FaultTotal b) {
        int order = a.firstPath().compareTo(b.firstPath());
        FaultTotal first = order < 0 || order == 0 && a.first().firstAt() <= b.first().firstAt() ? a : b;
        return new FaultTotal(
                a.layer(),
                a.fault(),
                a.count() + b.count(),
                a.captures() + b.captures(),
                first.firstPath(),
                first.first());
    }

    private synchronized void refuse(RefusedRow row, String reason, boolean before) {
        refused++;
        if (!before) {
            refusedNew.add(row);
        }
        report.refused(row.path(), row.fault(), reason);
    }

    /** Publishes what was learned without indexing: other names of captures, and files that gave nothing. */
    private void publishNames() throws IOException {
        if (named.isEmpty() && refusedNew.isEmpty()) {
            return;
        }
        Manifest content = names("");
        String name = Split.nameOf(content.toJson());
        Path directory = index.begin(name);
        index.publish(directory, names(name));
    }

    /** Puts together what lies in several ranges, those of earlier runs among them. */
    private void join() throws IOException {
        Joiner.Joined done = Joiner.join(index, joinMemory);
        joined = done.documents();
        done.gone().forEach(path -> report.note("something that begins or ends in " + path
                + " stays open: the capture is gone or has changed; index again when it is back"));
        if (done.left() > 0) {
            report.note("pieces of " + done.left() + (done.left() == 1 ? " sender stay" : " senders stay")
                    + " as each capture alone has them: there are too many to put together all that belongs to them;"
                    + " more --memory has more room");
        }
        for (Overlays.Place place : index.read().overlays().joins()) {
            List<Join.FrameRow> frames = place.join().frames();
            if (frames.stream().anyMatch(row -> met.contains(place.capture(row).id()))) {
                place.join().changes().forEach(change -> change(change, place));
            }
        }
    }

    /** What the captures have together is not what was wrong with each of them. */
    private void change(Join.Change change, Overlays.Place place) {
        FaultTotal none = new FaultTotal(change.layer(), change.fault(), 0, 1, place.capture(place.row()).path(),
                new FaultRow(change.layer(), change.fault(), 0, place.row().frame(), place.row().recordAt(), ""));
        faults.compute(
                key(change.layer(), change.fault()),
                (key, total) -> (total == null ? none : total).plus(change.count()));
    }

    private static String key(Layer layer, Fault fault) {
        return String.format("%03d%03d", layer.ordinal(), fault.ordinal());
    }

    private Manifest names(String name) {
        return Manifest.ofNames(name, index.settings(), named, refusedNew);
    }

    private Summary summary(long nanos, long privateOctets) {
        return new Summary(
                captures.size(),
                known,
                refused,
                shards,
                packets,
                documents,
                joined,
                octets,
                nanos,
                privateOctets,
                List.copyOf(faults.values()));
    }

    /** What the plan finds goes into the queue, or straight into the summary. */
    private final class Planned implements Plan.Steps {
        @Override
        public void split(Split split) throws IOException, InterruptedException {
            if (failure != null) {
                throw new ShardBuilder.CancelledException();
            }
            queue.put(split);
        }

        @Override
        public void known(Known capture, Path file) {
            synchronized (Batch.this) {
                known++;
                met.add(capture.id);
                long end = capture.end();
                for (Part part : capture.parts) {
                    damaged(file.toString(), part.faultsIn(end));
                }
                advance(file);
            }
        }

        @Override
        public void named(CaptureRow row) {
            synchronized (Batch.this) {
                named.add(row);
            }
        }

        @Override
        public void refused(RefusedRow row, String reason, boolean before) {
            synchronized (Batch.this) {
                refuse(row, reason, before);
                done += Math.max(0, row.size());
                report.progress(done);
            }
        }

        private void advance(Path file) {
            try {
                done += Files.size(file);
            } catch (IOException e) {
                // Only the progress suffers.
            }
            report.progress(done);
        }
    }
}
