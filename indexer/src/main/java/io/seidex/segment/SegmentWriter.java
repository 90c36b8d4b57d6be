package io.seidex.segment;

import io.seidex.octets.Octets;
import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Values;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.DocValuesConsumer;
import org.apache.lucene.codecs.FieldsConsumer;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FlushInfo;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.TrackingDirectoryWrapper;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.InfoStream;
import org.apache.lucene.util.StringHelper;
import org.apache.lucene.util.Version;

/**
 * Writes columns into a directory as segments of an ordinary Lucene index. Nothing is visible to a reader before
 * {@link #commit}, and nothing is lost after it.
 *
 * <p>Octets of any length do not wait in columns, but go to files as they come ({@link #store}): those of
 * {@link Values#STORED} to the segment's stored fields, in whose chunks Lucene compresses them; those of
 * {@link Values#BINARY} to a file of the field's own, from which they are copied when the segment is written.
 *
 * <p>One writer a directory, one thread at a time. A writer that is given up leaves files that no commit names;
 * the next one of the directory removes them.
 */
public final class SegmentWriter implements Closeable {
    /** More octets in one piece are not stored: they go through the heap. */
    public static final int STORED_LIMIT = 1 << 24;

    private static final String NO_SUFFIX = "";
    private static final int UNKNOWN = -1;

    private final Directory directory;
    private final SegmentInfos infos;
    /** Written and not yet known to be on the disk. */
    private final Set<String> unsynced = new TreeSet<>();

    private Codec codec = new ColumnCodec();
    private Supplier<byte[]> identities = StringHelper::randomId;
    private boolean compound;
    private SegmentCosts costs;
    /** The segment that is next written, if documents of it have stored octets already. */
    private Begun begun;
    private byte[] scratch = new byte[1 << 12];
    private final BytesRef stored = new BytesRef();

    /**
     * A segment that is not yet written.
     *
     * @param info its name, its identity, and what its stored fields note; how many documents it has is not known yet
     * @param binary of the fields that have values
     */
    private record Begun(
            SegmentInfo info,
            SegmentCosts.Clock clock,
            TrackingDirectoryWrapper target,
            StoredDocuments stored,
            Map<IndexField, BinaryValues> binary)
            implements Closeable {
        BinaryValues binary(IndexField field) throws IOException {
            BinaryValues values = binary.get(field);
            if (values == null) {
                values = new BinaryValues(target, info.name, field.name());
                binary.put(field, values);
            }
            return values;
        }

        void finish(int documents) throws IOException {
            stored.finish(documents);
            for (BinaryValues values : binary.values()) {
                values.finish();
            }
        }

        /** The files go in which values waited. */
        void removeWaiting() throws IOException {
            IOUtils.close(binary.values());
            binary.clear();
        }

        @Override
        public void close() throws IOException {
            try (stored) {
                removeWaiting();
            }
        }
    }

    private SegmentWriter(Directory directory, SegmentInfos infos) {
        this.directory = directory;
        this.infos = infos;
    }

    /** A writer that adds to the index in {@code directory}, or begins one there. What no commit names goes. */
    public static SegmentWriter open(Directory directory) throws IOException {
        boolean present = SegmentInfos.getLastCommitGeneration(directory) >= 0;
        SegmentInfos infos =
                present ? SegmentInfos.readLatestCommit(directory) : new SegmentInfos(Version.LATEST.major);
        Collection<String> committed = present ? infos.files(true) : Set.of();
        for (String file : directory.listAll()) {
            boolean ours = IndexFileNames.CODEC_FILE_PATTERN.matcher(file).matches()
                    || file.startsWith(IndexFileNames.PENDING_SEGMENTS);
            if (ours && !committed.contains(file)) {
                directory.deleteFile(file);
            }
        }
        return new SegmentWriter(directory, infos);
    }

    /** Whether segments become one file each (and one for its entries): fewer mappings when read, more work now. */
    public SegmentWriter compound(boolean compound) {
        this.compound = compound;
        return this;
    }

    /** Where to count what writing costs; null, as in the beginning, counts nothing. */
    public SegmentWriter costs(SegmentCosts costs) {
        this.costs = costs;
        return this;
    }

    /** Who writes, and under which identity: for comparison with what the default codec itself writes. */
    SegmentWriter as(Codec codec, Supplier<byte[]> identities) {
        this.codec = codec;
        this.identities = identities;
        return this;
    }

    /** Segments in the index, the uncommitted included. */
    public int segments() {
        return infos.size();
    }

    /** Documents in the index, the uncommitted included. */
    public int documents() {
        return infos.totalMaxDoc();
    }

    /**
     * Stores octets of a document of the segment that is next written. Documents come in ascending order; one may have several
     * values. More than {@link #STORED_LIMIT} octets are not stored.
     *
     * @param document its number in that segment: {@link Columns#documents}, before {@link Columns#endDocument}
     * @return whether they are stored
     */
    public boolean store(int document, IndexField field, Octets octets, long at, long length) throws IOException {
        if (length > STORED_LIMIT) {
            return false;
        }
        if (begun == null) {
            begun = begin();
        }
        if (scratch.length < length) {
            scratch = new byte[Math.max(2 * scratch.length, (int) length)];
        }
        octets.copyTo(at, scratch, 0, (int) length);
        if (field.values() == Values.BINARY) {
            begun.binary(field).add(document, scratch, (int) length);
        } else {
            stored.bytes = scratch;
            stored.length = (int) length;
            begun.stored.add(document, field, stored);
        }
        return true;
    }

    private Begun begin() throws IOException {
        String name = "_" + Long.toString(infos.counter++, Character.MAX_RADIX);
        SegmentCosts.Clock clock = new SegmentCosts.Clock(costs, directory);
        TrackingDirectoryWrapper target = new TrackingDirectoryWrapper(clock.directory());
        SegmentInfo info = info(name, UNKNOWN, false, identities.get(), Map.of());
        try {
            StoredDocuments documents = StoredDocuments.of(target, info);
            return new Begun(info, clock, target, documents, new IdentityHashMap<>());
        } catch (Throwable failure) {
            IOUtils.deleteFilesIgnoringExceptions(directory, List.copyOf(target.getCreatedFiles()));
            throw failure;
        }
    }

    /** Forgets the octets that were stored for the segment that is next written. */
    public void forget() {
        if (begun != null) {
            IOUtils.closeWhileHandlingException(begun);
            IOUtils.deleteFilesIgnoringExceptions(directory, List.copyOf(begun.target.getCreatedFiles()));
            begun = null;
        }
    }

    /** Closes what is open of a segment that is not going to be written. */
    @Override
    public void close() {
        forget();
    }

    /** Writes {@code columns} as one more segment, and leaves them as they are. Columns of no documents write nothing. */
    public void write(Columns columns) throws IOException {
        int documents = columns.documents();
        if (documents == 0) {
            return;
        }
        columns.settle();
        Begun segment = begun == null ? begin() : begun;
        begun = null;
        SegmentCosts.Clock clock = segment.clock;
        TrackingDirectoryWrapper tracked = segment.target;
        boolean written = false;
        try (segment) {
            segment.finish(documents);
            SegmentInfo info =
                    info(segment.info.name, documents, false, segment.info.getId(), segment.info.getAttributes());
            write(columns, info, segment);
            segment.removeWaiting();
            info.setFiles(Set.copyOf(tracked.getCreatedFiles()));
            if (compound) {
                info = packed(info, tracked);
            }
            codec.segmentInfoFormat().write(tracked, info, context(columns));
            clock.finish(documents);
            unsynced.addAll(info.files());
            infos.add(new SegmentCommitInfo(info, 0, 0, -1, -1, -1, StringHelper.randomId()));
            infos.changed();
            written = true;
        } finally {
            if (!written) {
                IOUtils.deleteFilesIgnoringExceptions(directory, List.copyOf(tracked.getCreatedFiles()));
            }
        }
    }

    /**
     * Makes every written segment part of the index, together with {@code userData}, which replaces what was there. When
     * this returns, all of it is on the disk; if it does not, the index is as it was.
     */
    public void commit(Map<String, String> userData) throws IOException {
        // The commit syncs only itself: what it names must be there before.
        directory.sync(unsynced);
        directory.syncMetaData();
        infos.setUserData(Map.copyOf(userData), true);
        infos.commit(directory);
        unsynced.clear();
    }

    private void write(Columns columns, SegmentInfo info, Begun segment) throws IOException {
        Directory target = segment.target;
        SegmentCosts.Clock clock = segment.clock;
        IOContext context = context(columns);
        FieldInfos fieldInfos = SegmentSchema.infos(columns.fields());
        SegmentWriteState state =
                new SegmentWriteState(InfoStream.NO_OUTPUT, target, info, fieldInfos, null, context);
        clock.part(SegmentCosts.Part.VALUES);
        try (DocValuesConsumer consumer = codec.docValuesFormat().fieldsConsumer(state)) {
            ColumnValues values = new ColumnValues(columns);
            for (IndexField field : columns.fields()) {
                if (field.values() == Values.NONE || field.values() == Values.STORED) {
                    continue;
                }
                FieldInfo fieldInfo = fieldInfos.fieldInfo(field.ordinal());
                clock.begin(field.ordinal());
                // A field that is declared and not written breaks the index at some later merge: all are written.
                switch (field.values()) {
                    case OCTETS -> {
                        values.overOctets(field.ordinal());
                        consumer.addSortedField(fieldInfo, values);
                    }
                    case BINARY -> {
                        values.overBinary(segment.binary.get(field));
                        consumer.addBinaryField(fieldInfo, values);
                    }
                    case NUMBER, NUMBER_SKIPPING -> {
                        values.overNumbers(field.ordinal());
                        consumer.addNumericField(fieldInfo, values);
                    }
                    case NONE, STORED -> throw new AssertionError(field);
                }
            }
            clock.end();
        }
        clock.part(SegmentCosts.Part.TERMS);
        try (FieldsConsumer consumer = codec.postingsFormat().fieldsConsumer(state)) {
            consumer.write(new ColumnTerms(columns, clock), null);
            clock.end();
        }
        // Last: the formats above have noted in the field infos who wrote them.
        codec.fieldInfosFormat().write(target, info, NO_SUFFIX, fieldInfos, context);
    }

    /** Puts the files of a segment into one. */
    private SegmentInfo packed(SegmentInfo info, TrackingDirectoryWrapper tracked) throws IOException {
        List<String> parts = List.copyOf(info.files());
        TrackingDirectoryWrapper target = new TrackingDirectoryWrapper(directory);
        SegmentInfo packed = info(info.name, info.maxDoc(), true, info.getId(), info.getAttributes());
        try {
            codec.compoundFormat().write(target, info, IOContext.DEFAULT);
            packed.setFiles(Set.copyOf(target.getCreatedFiles()));
        } catch (Throwable failure) {
            IOUtils.deleteFilesIgnoringExceptions(directory, target.getCreatedFiles());
            throw failure;
        }
        for (String part : parts) {
            tracked.deleteFile(part);
        }
        return packed;
    }

    private SegmentInfo info(String name, int documents, boolean compound, byte[] id, Map<String, String> attributes) {
        return new SegmentInfo(
                directory,
                Version.LATEST,
                Version.LATEST,
                name,
                documents,
                compound,
                false,
                codec,
                Map.of("source", "seidex", "lucene.version", Version.LATEST.toString()),
                id,
                attributes,
                null);
    }

    private static IOContext context(Columns columns) {
        return IOContext.flush(new FlushInfo(columns.documents(), columns.bytes()));
    }
}
