package io.seidex.segment;

import io.seidex.schema.IndexField.Values;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.IOUtils;

/**
 * The values of a field of {@link Values#BINARY} of a segment that is being filled. Their octets wait in a file of their own,
 * for Lucene's doc values want all of a field's at once; in memory are its documents, and where the value of each ends.
 *
 * <pre>
 *  file    value of a document, those of the documents behind it
 *  value   length : vInt, octets; those of further ones of the document
 * </pre>
 */
final class BinaryValues implements Closeable {
    private static final int FIRST_CAPACITY = 64;

    private final Directory directory;
    private final IndexOutput file;
    private IndexInput input;
    private int count;
    private int last = -1;
    private FixedBitSet documents = new FixedBitSet(0);
    private long[] ends = new long[FIRST_CAPACITY];
    private final BytesRef value = new BytesRef();

    /** @param segment the name of the segment */
    BinaryValues(Directory directory, String segment, String field) throws IOException {
        this.directory = directory;
        file = directory.createTempOutput(segment, field, IOContext.DEFAULT);
    }

    /** Adds octets to those of a document, which is the last one or comes behind it. */
    void add(int document, byte[] octets, int length) throws IOException {
        if (document != last) {
            last = document;
            if (count++ == ends.length) {
                ends = Arrays.copyOf(ends, 2 * ends.length);
            }
            documents = FixedBitSet.ensureCapacity(documents, document + 1);
            documents.set(document);
        }
        file.writeVInt(length);
        file.writeBytes(octets, length);
        ends[count - 1] = file.getFilePointer();
    }

    /** There are no more values. */
    void finish() throws IOException {
        file.close();
        input = directory.openInput(file.getName(), IOContext.READONCE);
    }

    int count() {
        return count;
    }

    /** Those that have values. */
    FixedBitSet documents() {
        return documents;
    }

    /** The value of the i-th of the documents; valid until the next is asked for. Cheap in ascending order. */
    BytesRef value(int i) throws IOException {
        long at = i == 0 ? 0 : ends[i - 1];
        value.length = Math.toIntExact(ends[i] - at);
        if (value.bytes.length < value.length) {
            value.bytes = new byte[Math.max(2 * value.bytes.length, value.length)];
        }
        input.seek(at);
        input.readBytes(value.bytes, 0, value.length);
        return value;
    }

    /** The file goes. */
    @Override
    public void close() throws IOException {
        IOUtils.close(file, input);
        directory.deleteFile(file.getName());
    }
}
