package io.seidex.store;

import io.seidex.capture.Capture;
import io.seidex.capture.CaptureInterface;
import io.seidex.capture.Frame;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.schema.FieldTerms;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.index.TermsEnum.SeekStatus;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Reads single frames again: where they are stands in their documents, and what they hold in their captures; in their documents,
 * too, if the index keeps all octets.
 */
final class JoinFrames implements AutoCloseable {
    private static final int MOST_SHARDS = 32;
    private static final int MOST_CAPTURES = 256;
    /** Fragments are looked for in so many frames before the last of their datagram. */
    private static final long MOST_BEFORE = 1 << 16;

    private final boolean hasFrames;
    private final Map<String, OpenIndex> indexes = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Capture> captures = new LinkedHashMap<>(16, 0.75f, true);

    /** A frame, and what its document says of its record. */
    record Wanted(
            JoinRange range,
            long number,
            long recordAt,
            int interfaceRow,
            boolean hasTime,
            long timeNanos,
            long captured,
            long original) {
        CaptureInterface source() {
            return range.part.shard().manifest().interfaces().get(interfaceRow).source();
        }
    }

    private record OpenIndex(Directory directory, DirectoryReader reader) {
        void close() throws IOException {
            try (directory) {
                reader.close();
            }
        }
    }

    /** @param hasFrames whether the index keeps the octets of all frames */
    JoinFrames(boolean hasFrames) {
        this.hasFrames = hasFrames;
    }

    /** What the documents of a range's frames say. */
    List<Wanted> of(JoinRange range, Iterable<Long> numbers) throws IOException {
        DirectoryReader reader = reader(range.part.shard());
        Manifest.Part part = range.part.part();
        NumericDocValues offset = values(reader, PacketSchema.FRAME_OFFSET);
        NumericDocValues source = values(reader, PacketSchema.FRAME_INTERFACE);
        NumericDocValues time = values(reader, PacketSchema.FRAME_TIME);
        NumericDocValues captured = values(reader, PacketSchema.FRAME_CAPTURED);
        NumericDocValues original = values(reader, PacketSchema.FRAME_LENGTH);
        List<Wanted> wanted = new ArrayList<>();
        for (long number : numbers) {
            long ahead = number - part.start().frame();
            if (ahead >= 0 && ahead < part.documents()) {
                int document = (int) (part.firstDocument() + ahead);
                long length = value(original, document);
                boolean hasTime = time != null && time.advanceExact(document);
                wanted.add(new Wanted(
                        range,
                        number,
                        value(offset, document),
                        (int) value(source, document),
                        hasTime,
                        hasTime ? time.longValue() : 0,
                        captured != null && captured.advanceExact(document) ? captured.longValue() : length,
                        length));
            }
        }
        return wanted;
    }

    /** The other frames that brought the fragments of what a frame put together in its range alone. */
    Set<Long> fragmentsOf(JoinRange range, long number) throws IOException {
        DirectoryReader reader = reader(range.part.shard());
        Manifest.Part part = range.part.part();
        int document = (int) (part.firstDocument() + number - part.start().frame());
        LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(document, reader.leaves()));
        Set<Long> frames = new TreeSet<>();
        for (IndexField field : List.of(PacketSchema.IP_FRAGMENT, PacketSchema.IPV6_FRAGMENT)) {
            Terms terms = leaf.reader().terms(field.name());
            if (terms != null) {
                fragments(terms.iterator(), field, number, document - leaf.docBase, frames);
            }
        }
        frames.remove(number);
        return frames;
    }

    /** The terms are the fragments' frames, which come before the one that they complete. */
    private static void fragments(TermsEnum each, IndexField field, long number, int document, Set<Long> into)
            throws IOException {
        BytesRef end = FieldTerms.number(field, number + 1);
        PostingsEnum postings = null;
        BytesRef term = each.seekCeil(FieldTerms.number(field, Math.max(0, number - MOST_BEFORE))) == SeekStatus.END
                ? null
                : each.term();
        for (; term != null && term.compareTo(end) < 0; term = each.next()) {
            postings = each.postings(postings, PostingsEnum.NONE);
            if (postings.advance(document) == document) {
                into.add(FieldTerms.number(term));
            }
        }
    }

    private static NumericDocValues values(DirectoryReader reader, IndexField field) throws IOException {
        return MultiDocValues.getNumericValues(reader, field.name());
    }

    private static long value(NumericDocValues values, int document) throws IOException {
        return values != null && values.advanceExact(document) ? values.longValue() : 0;
    }

    private DirectoryReader reader(Shard shard) throws IOException {
        OpenIndex known = indexes.get(shard.name());
        if (known == null) {
            if (indexes.size() == MOST_SHARDS) {
                Iterator<OpenIndex> oldest = indexes.values().iterator();
                oldest.next().close();
                oldest.remove();
            }
            Directory directory = new NIOFSDirectory(shard.path());
            known = new OpenIndex(directory, DirectoryReader.open(directory));
            indexes.put(shard.name(), known);
        }
        return known.reader;
    }

    /** Makes room for captures that are used together from now on; those that were used before may be closed. */
    void rest() {
        for (Iterator<Capture> oldest = captures.values().iterator(); captures.size() > MOST_CAPTURES;) {
            oldest.next().close();
            oldest.remove();
        }
    }

    /**
     * Moves {@code into} to a frame, and answers with the memory that it lies in for long; nothing if that is a copy that
     * the index has, null if its capture is gone or is another one now.
     */
    Octets read(Wanted wanted, Frame into) throws IOException {
        for (String path : wanted.range.capture.paths()) {
            Capture capture = capture(path);
            if (capture != null && capture.frameAt(wanted.recordAt, wanted.source(), into) && isSame(wanted, into)) {
                into.number(wanted.number);
                return capture.octets();
            }
        }
        return hasFrames && restore(wanted, into) ? Octets.EMPTY : null;
    }

    private boolean restore(Wanted wanted, Frame into) throws IOException {
        Manifest.Part part = wanted.range.part.part();
        int document = (int) (part.firstDocument() + wanted.number - part.start().frame());
        BytesRef kept = reader(wanted.range.part.shard()).storedFields()
                .document(document, Set.of(PacketSchema.FRAME_OCTETS.name()))
                .getBinaryValue(PacketSchema.FRAME_OCTETS.name());
        if (kept == null) {
            return false;
        }
        into.restore(kept.bytes, wanted.number, wanted.recordAt, wanted.original, wanted.source(),
                wanted.hasTime ? OptionalLong.of(wanted.timeNanos) : OptionalLong.empty());
        return true;
    }

    private Capture capture(String path) {
        Capture known = captures.get(path);
        if (known == null) {
            try {
                known = Capture.open(Path.of(path), new FaultLog());
            } catch (IOException | InvalidPathException e) {
                return null;
            }
            captures.put(path, known);
        }
        return known;
    }

    private static boolean isSame(Wanted wanted, Frame frame) {
        return frame.captured() == wanted.captured && frame.original() == wanted.original
                && frame.hasTime() == wanted.hasTime && frame.timeNanos() == wanted.timeNanos;
    }

    /** Gives back all captures: one was cut while it was read. */
    void drop() {
        captures.values().forEach(Capture::close);
        captures.clear();
    }

    @Override
    public void close() throws IOException {
        drop();
        for (OpenIndex index : indexes.values()) {
            index.close();
        }
        indexes.clear();
    }
}
