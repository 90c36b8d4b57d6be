package io.seidex.segment;

import io.seidex.schema.IndexField;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.codecs.StoredFieldsFormat;
import org.apache.lucene.codecs.StoredFieldsWriter;
import org.apache.lucene.codecs.lucene90.Lucene90StoredFieldsFormat;
import org.apache.lucene.codecs.lucene90.compressing.Lucene90CompressingStoredFieldsFormat;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.util.BytesRef;

/**
 * The stored fields of a segment that is being filled. Every document of a segment has stored fields, if only none: those
 * between two that have some are written when the second comes.
 */
final class StoredDocuments implements Closeable {
    /**
     * Lucene's own format, as it is read by every Lucene, but for the documents of a chunk: 16 times as many, since mostly
     * none of ours have stored fields, and a chunk costs the same without octets as with many.
     */
    private static final StoredFieldsFormat FORMAT = new Lucene90CompressingStoredFieldsFormat(
            "Lucene90StoredFieldsFastData", Lucene90StoredFieldsFormat.BEST_SPEED_MODE, 80 << 10, 1 << 14, 10);

    private final StoredFieldsWriter writer;
    private final Map<String, FieldInfo> infos = new HashMap<>();
    /** Documents begun; the last one is not finished. */
    private int documents;

    private StoredDocuments(StoredFieldsWriter writer) {
        this.writer = writer;
    }

    /** The stored fields of a segment, in files in {@code directory}. */
    static StoredDocuments of(Directory directory, SegmentInfo info) throws IOException {
        info.putAttribute(Lucene90StoredFieldsFormat.MODE_KEY, Lucene90StoredFieldsFormat.Mode.BEST_SPEED.name());
        return new StoredDocuments(FORMAT.fieldsWriter(directory, info, IOContext.DEFAULT));
    }

    /** Adds a value to a document, which is the last one's successor or the last one itself. */
    void add(int document, IndexField field, BytesRef value) throws IOException {
        while (documents <= document) {
            begin();
        }
        FieldInfo info = infos.get(field.name());
        if (info == null) {
            info = SegmentSchema.info(field);
            infos.put(field.name(), info);
        }
        writer.writeField(info, value);
    }

    private void begin() throws IOException {
        if (documents > 0) {
            writer.finishDocument();
        }
        writer.startDocument();
        documents++;
    }

    /** There are so many documents, and no more values. */
    void finish(int count) throws IOException {
        while (documents < count) {
            begin();
        }
        writer.finishDocument();
        writer.finish(count);
        writer.close();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
