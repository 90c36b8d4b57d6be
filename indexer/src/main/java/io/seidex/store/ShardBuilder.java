package io.seidex.store;

import io.seidex.capture.Border;
import io.seidex.capture.Capture;
import io.seidex.capture.CaptureFormat;
import io.seidex.capture.CaptureInterface;
import io.seidex.capture.Frame;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.reassemble.Reassembly;
import io.seidex.reassemble.Streams;
import io.seidex.reassemble.Whole;
import io.seidex.schema.PacketSchema;
import io.seidex.segment.Columns;
import io.seidex.segment.SegmentWriter;
import io.seidex.store.Manifest.CaptureRow;
import io.seidex.store.Manifest.FaultRow;
import io.seidex.store.Manifest.InterfaceRow;
import io.seidex.store.Manifest.Part;
import io.seidex.store.Manifest.RefusedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Makes the shard of a split: reads its ranges, writes a Lucene index into an empty directory, and says in a manifest what
 * is in it. The result depends on the split, the settings and the captures alone.
 *
 * <p>One builder for each worker: it keeps its columns from split to split. Damaged captures end in the manifest; only
 * trouble with the machine throws.
 *
 * <p>A capture that is cut while it is read may have shown one wrong value before the error, so the whole shard is begun
 * again, with the capture as long as it is then.
 */
public final class ShardBuilder {
    /** Segments of fewer documents are written as compound files: fewer mappings, where there are many. */
    static final int COMPOUND = 1 << 17;

    /** Frames between two questions whether to go on. */
    private static final int ASK = 1 << 14;

    /** A capture that was cut so often while it was read is given up. */
    private static final int ATTEMPTS = 16;

    /** Of the memory, what each kind of what is not complete may take. */
    private static final int INCOMPLETE_SHARE = 8;

    private final Settings settings;
    private final BooleanSupplier cancelled;
    private final FrameDocuments frames;
    private final Columns columns;
    private final Reassembly reassembly;
    private final Packet packet;
    private final RangeDigest digest = new RangeDigest();

    // Of the shard that is being built.
    private SegmentWriter writer;
    private List<CaptureRow> captures;
    private List<Part> parts;
    private List<InterfaceRow> interfaces;
    private List<RefusedRow> refused;
    private long documents;
    private final Ends.Writer ends = new Ends.Writer();

    // Of the range that is being read.
    private FaultLog rangeFaults;
    private long firstNanos;
    private long lastNanos;

    /**
     * @param packets documents of a segment, at most
     * @param memory octets that the columns and datagrams that are not complete may take
     * @param cancelled asked now and then; once true, {@link #build} ends with a {@link CancelledException}
     */
    public ShardBuilder(Settings settings, int packets, long memory, BooleanSupplier cancelled) {
        this.settings = settings;
        this.cancelled = cancelled;
        long incomplete = Math.min(Reassembly.MEMORY, memory / INCOMPLETE_SHARE);
        this.frames =
                new FrameDocuments(settings, packets, memory - 3 * incomplete, incomplete, this::incomplete);
        this.columns = frames.columns();
        this.reassembly = frames.reassembly();
        this.packet = frames.packet();
        reassembly.seam(ends);
    }

    /** The run is over; what was built is of no use. */
    public static final class CancelledException extends IOException {
        private static final long serialVersionUID = 1;

        public CancelledException() {
            super("cancelled");
        }
    }

    /** A capture became shorter while it was read. */
    private static final class CutException extends Exception {
        private static final long serialVersionUID = 1;

        final int range;

        CutException(int range, Throwable cause) {
            super(cause);
            this.range = range;
        }
    }

    /**
     * Builds the shard of {@code split} in {@code directory}, which is empty. All of it is on the disk when this returns;
     * the manifest is not written.
     */
    public Manifest build(Split split, Path directory) throws IOException {
        int[] cuts = new int[split.ranges().size()];
        while (true) {
            try {
                return attempt(split, directory, cuts);
            } catch (CutException e) {
                if (++cuts[e.range] > ATTEMPTS) {
                    throw new IOException(split.ranges().get(e.range).path() + " changes all the time", e);
                }
                for (Path file : Layout.entries(directory)) {
                    Layout.delete(file);
                }
            } finally {
                frames.close();
            }
        }
    }

    private Manifest attempt(Split split, Path directory, int[] cuts) throws IOException, CutException {
        captures = new ArrayList<>();
        parts = new ArrayList<>();
        interfaces = new ArrayList<>();
        refused = new ArrayList<>();
        documents = 0;
        columns.clear();
        ends.clear();
        try (Directory index = FSDirectory.open(directory)) {
            try (SegmentWriter opened = SegmentWriter.open(index)) {
                writer = opened;
                frames.into(writer);
                for (int i = 0; i < split.ranges().size(); i++) {
                    range(split.ranges().get(i), i, cuts[i] > 0);
                }
                flush();
                writer.commit(Map.of("shard", split.name()));
            }
            List<String> protocols;
            try (IndexReader reader = DirectoryReader.open(index)) {
                protocols = protocols(reader);
                Layout.write(directory.resolve(Layout.IDENTIFIERS), Identifiers.of(reader, frames.schema()));
            }
            byte[] pieces = ends.file();
            if (pieces != null) {
                Layout.write(directory.resolve(Layout.ENDS), pieces);
            }
            return new Manifest(
                    split.name(),
                    Program.VERSION,
                    settings.schema(),
                    settings.dictionaryWords(),
                    captures,
                    parts,
                    interfaces,
                    refused,
                    documents,
                    documents,
                    protocols,
                    List.of(),
                    0,
                    List.of());
        }
    }

    /** Reads one range into documents, and adds its rows. {@code wasCut} says that an attempt before found it cut. */
    private void range(Split.Range range, int ordinal, boolean wasCut) throws IOException, CutException {
        Path path = Path.of(range.path());
        FaultLog faults = new FaultLog();
        Capture capture;
        try {
            capture = Capture.open(path, faults);
        } catch (IOException e) {
            refused.add(new RefusedRow(range.path(), -1, -1, Fault.FILE_UNREADABLE));
            return;
        }
        try (capture) {
            if (capture.format() == CaptureFormat.UNKNOWN || !beginsAsPlanned(capture, range)) {
                // Cut to almost nothing, or rotated: another file has the name now. It must be planned anew.
                refused.add(new RefusedRow(range.path(), -1, -1, Fault.FILE_CUT));
                return;
            }
            long size = Math.min(range.size(), capture.length());
            boolean cut = wasCut || size < range.size();
            if (cut) {
                faults.report(Layer.FILE, Fault.FILE_CUT, 0, capture.length());
            }
            long to = Math.min(range.to(), size);
            if (range.from() > 0 && to <= range.start().at()) {
                // Nothing is left of the range: the part before it ends where the file does.
                to = range.start().at();
            }
            Part part = read(capture, range, to, faults);
            throwIfCut(path, Math.min(capture.length(), part.to()), ordinal, null);
            // Of a file that was cut the time is not known: the next run compares its content.
            long modifiedNanos = cut ? 0 : range.modifiedNanos();
            captures.add(new CaptureRow(
                    range.id(),
                    range.headLength(),
                    List.of(range.path()),
                    size,
                    modifiedNanos,
                    range.startNanos(),
                    capture.format().name().toLowerCase(Locale.ROOT)));
            parts.add(part);
        } catch (InternalError e) {
            // Chronicle's answer to a page that is gone.
            throwIfCut(path, Math.min(capture.length(), range.to()), ordinal, e);
            throw new IOException("cannot read " + path, e);
        } catch (RuntimeException e) {
            // What a wrong value may lead to that was read before the error.
            throwIfCut(path, Math.min(capture.length(), range.to()), ordinal, e);
            throw e;
        }
    }

    private static boolean beginsAsPlanned(Capture capture, Split.Range range) {
        return capture.length() >= range.headLength()
                && range.id().startsWith(RangeDigest.of(capture.octets(), 0, range.headLength()));
    }

    private static void throwIfCut(Path path, long length, int ordinal, Throwable cause)
            throws IOException, CutException {
        try {
            if (Files.size(path) < length) {
                throw new CutException(ordinal, cause);
            }
        } catch (NoSuchFileException e) {
            // Its name is gone; its octets stay as long as they are mapped.
        }
    }

    private Part read(Capture capture, Split.Range range, long to, FaultLog faults) throws IOException {
        Octets octets = capture.octets();
        int captureRow = captures.size();
        int interfaceRows = interfaces.size();
        long firstDocument = documents;
        firstNanos = Long.MAX_VALUE;
        lastNanos = Long.MIN_VALUE;
        FrameCursor cursor = capture.cursor(range.start(), to, faults);
        Frame frame = cursor.frame();
        frames.over(0, octets);
        rangeFaults = faults;
        digest.begin(octets, range.from());
        ends.begin(frame, () -> firstNanos);
        long digestDue = digest.due();
        while (cursor.next()) {
            frames.read(frame);
            frames.add(frame, captureRow, interfaceRows + frame.sourceOrdinal());
            if (reassembly.isStreamed() && reassembly.streams().isJoined()) {
                faults.report(Layer.TCP, Fault.STREAM_JOINED, frame.number(), frame.recordAt());
            }
            for (int i = 0; i < packet.faults(); i++) {
                // What was put together is in no place of the capture.
                long place = reassembly.isTogether() ? frame.at() : packet.faultAt(i);
                faults.report(packet.faultLayer(i), packet.fault(i), frame.number(), place);
            }
            if (frame.hasTime()) {
                firstNanos = Math.min(firstNanos, frame.timeNanos());
                lastNanos = Math.max(lastNanos, frame.timeNanos());
            }
            documents++;
            if (columns.isFull()) {
                flush();
            }
            if (frame.recordAt() >= digestDue) {
                digest.advance(frame.recordAt());
                digestDue = digest.due();
            }
            if ((documents & ASK - 1) == 0 && cancelled.getAsBoolean()) {
                throw new CancelledException();
            }
        }
        long endNanos = firstNanos <= lastNanos ? lastNanos : 0;
        reassembly.open(endNanos, ends);
        long open = reassembly.open();
        reassembly.end();
        Border end = cursor.border();
        // The last record of a file that grows meanwhile may end behind what was planned.
        long covered = Math.max(to, Math.min(end.at(), octets.length()));
        for (CaptureInterface source : cursor.interfaces()) {
            interfaces.add(new InterfaceRow(captureRow, source));
        }
        return new Part(
                captureRow,
                range.from(),
                covered,
                digest.finish(covered),
                range.start(),
                end,
                documents - firstDocument,
                firstDocument,
                documents - firstDocument,
                firstNanos,
                lastNanos,
                FaultRow.of(faults, cursor.interfaces()),
                ends.end(open));
    }

    /**
     * What was still open when the range ended is no fault: another range may complete it. That a stream lacks octets is
     * one, until another range brings them.
     */
    private void incomplete(Layer layer, Whole whole, Fault why) {
        if (layer == Layer.TCP && why == Fault.NONE) {
            Streams.unsaid(whole, fault -> rangeFaults.report(layer, fault, whole.frame(), whole.recordAt()));
        }
        // Of a gap in a stream, the packet says it that comes behind.
        boolean isLost = why == Fault.WHOLE_INCOMPLETE || why == Fault.WHOLE_GIVEN_UP;
        if (isLost && whole.next()) {
            rangeFaults.report(layer, why, whole.frame(), whole.recordAt());
        }
    }

    private void flush() throws IOException {
        writer.compound(columns.documents() < COMPOUND);
        writer.write(columns);
        columns.clear();
    }

    static List<String> protocols(IndexReader reader) throws IOException {
        List<String> protocols = new ArrayList<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms(PacketSchema.PROTOCOL.name());
            if (terms != null) {
                TermsEnum each = terms.iterator();
                for (BytesRef term = each.next(); term != null; term = each.next()) {
                    String label = term.utf8ToString();
                    if (!protocols.contains(label)) {
                        protocols.add(label);
                    }
                }
            }
        }
        protocols.sort(null);
        return protocols;
    }
}
