package io.seidex.segment;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.lucene.codecs.BlockTermState;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.codecs.NormsProducer;
import org.apache.lucene.codecs.PostingsWriterBase;
import org.apache.lucene.codecs.lucene104.Lucene104PostingsFormat;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.DataOutput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.BitUtil;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.IOUtils;

/**
 * Writes the documents of every term as Lucene's own writer does, octet for octet, a block at a time. Lucene's is handed
 * one document after the other through several layers, and notes each in a set; a column gives blocks, and knows its
 * documents.
 *
 * <pre>
 *  .doc   of each term of two documents or more:
 *           groups of 32 blocks, each group behind
 *             difference of the last document to that of the group before : vInt, octets of the group : vLong
 *           blocks that are no whole group
 *           the rest, fewer than 256 documents: their differences, as group-varints
 *         a block, 256 documents:
 *           octets of the two numbers behind this : vLong
 *           difference of the last document to that of the block before, octets of what is behind this : vInt15
 *           0                              if the documents follow one another
 *           bits, 256 differences packed   if, with a bit more for each, they take no more than
 *           -words, words                  a bit for each document from the block's first possible on
 *  .psm   impacts (none: zeros), length of .doc
 * </pre>
 *
 * Documents are differences to the one before, the first to -1. A vInt15 is two octets with the low 15 bits, and a vLong
 * with the others if there are some; then the sign is set.
 *
 * <p>Packing: of differences of up to 8 (16) bits four (two) stand in each of 64 (128) lanes of 32 bits, lane i holding
 * differences i, i + 64, i + 128, i + 192 from the high bits down; of larger ones each in one of 256. Then 8 * bits lanes
 * take the others' bits behind their own.
 */
final class DocumentsWriter extends PostingsWriterBase {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final String TERMS_CODEC = "Lucene104PostingsWriterTerms";
    private static final String META_CODEC = "Lucene104PostingsWriterMeta";
    private static final String DOC_CODEC = "Lucene104PostingsWriterDoc";
    private static final int VERSION = 0;

    private static final int BLOCK = Lucene104PostingsFormat.BLOCK_SIZE;
    private static final int GROUP_BLOCKS = Lucene104PostingsFormat.LEVEL1_FACTOR;
    /** The longest block, and more than the longest rest. */
    private static final int LONGEST_BLOCK = 2 * BLOCK * Integer.BYTES;
    /** More than stands before a group. */
    private static final int GROUP_HEADER = 16;
    private static final int ROOM = GROUP_HEADER + GROUP_BLOCKS * LONGEST_BLOCK;
    /** What is written waits until it is so many octets. */
    private static final int WAITING = 1 << 14;
    private static final int NO_SINGLE = -1;

    private final IndexOutput meta;
    private final IndexOutput documents;

    private final int[] block = new int[TermColumn.BLOCK];
    private final int[] packed = new int[BLOCK];
    private final long[] bits = new long[BLOCK * Integer.SIZE / Long.SIZE + 1];

    /** What was not yet handed to the file, whose length before that is {@code written}. */
    private final byte[] octets = new byte[WAITING + ROOM];
    private int at;
    private long written;

    private boolean counted;
    private State last;

    /** Where a term's documents are: in the file, or, if there is one only, here. */
    private static final class State extends BlockTermState {
        private static final State NONE = new State(0, NO_SINGLE);

        private final long start;
        private final int single;

        State(long start, int single) {
            this.start = start;
            this.single = single;
        }
    }

    DocumentsWriter(SegmentWriteState state) throws IOException {
        meta = output(state, Lucene104PostingsFormat.META_EXTENSION);
        IndexOutput open = null;
        try {
            open = documents = output(state, Lucene104PostingsFormat.DOC_EXTENSION);
            header(meta, META_CODEC, state);
            header(documents, DOC_CODEC, state);
        } catch (Throwable failure) {
            IOUtils.closeWhileSuppressingExceptions(failure, meta, open);
            throw failure;
        }
        written = documents.getFilePointer();
    }

    private static IndexOutput output(SegmentWriteState state, String extension) throws IOException {
        return state.directory.createOutput(
                IndexFileNames.segmentFileName(state.segmentInfo.name, state.segmentSuffix, extension), state.context);
    }

    private static void header(IndexOutput output, String codec, SegmentWriteState state) throws IOException {
        CodecUtil.writeIndexHeader(output, codec, VERSION, state.segmentInfo.getId(), state.segmentSuffix);
    }

    @Override
    public void init(IndexOutput terms, SegmentWriteState state) throws IOException {
        header(terms, TERMS_CODEC, state);
        terms.writeVInt(BLOCK);
    }

    @Override
    public void setField(FieldInfo field) {
        last = State.NONE;
        counted = false;
    }

    @Override
    public BlockTermState writeTerm(BytesRef term, TermsEnum terms, FixedBitSet seen, NormsProducer norms)
            throws IOException {
        TermColumn column = ((ColumnTerms.Cursor) terms).column();
        if (!counted) {
            // All that is asked of the set is how many it has.
            seen.set(0, column.documents());
            counted = true;
        }
        long start = written + at;
        int size = column.read(block);
        State state;
        if (size == 1) {
            state = new State(start, block[0]);
            state.docFreq = 1;
        } else {
            state = new State(start, NO_SINGLE);
            state.docFreq = write(column, size);
        }
        state.totalTermFreq = -1;
        return state;
    }

    /** Writes the {@code size} documents in {@link #block} and what the column has behind them: how many. */
    private int write(TermColumn column, int size) throws IOException {
        int count = 0;
        int before = -1;
        int blocks = 0;
        int group = at;
        int groupBefore = -1;
        while (size == BLOCK) {
            before = writeBlock(before);
            count += BLOCK;
            size = column.read(block);
            if (++blocks == GROUP_BLOCKS) {
                closeGroup(group, before - groupBefore);
                blocks = 0;
                group = at;
                groupBefore = before;
            }
        }
        writeRest(before, size);
        drain();
        return count + size;
    }

    /** Puts a whole group behind its header. */
    private void closeGroup(int group, int difference) throws IOException {
        int length = at - group;
        System.arraycopy(octets, group, octets, group + GROUP_HEADER, length);
        at = group;
        vLong(difference);
        vLong(length);
        System.arraycopy(octets, group + GROUP_HEADER, octets, at, length);
        at += length;
        drain();
    }

    private void drain() throws IOException {
        if (at >= WAITING) {
            flush();
        }
    }

    private void flush() throws IOException {
        documents.writeBytes(octets, 0, at);
        written += at;
        at = 0;
    }

    /** Writes a whole block: its last document. */
    private int writeBlock(int before) {
        int[] differences = block;
        int end = differences[BLOCK - 1];
        int range = end - before;
        int words = range + Long.SIZE - 1 >>> 6;
        if (range == BLOCK) {
            blockHeader(range, 1);
            octets[at++] = 0;
            return end;
        }
        int any = differences[0] - before;
        for (int i = 1; i < BLOCK; i++) {
            any |= differences[i] - differences[i - 1];
        }
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(any);
        if (Math.min(Integer.SIZE, width + 1) * BLOCK <= range) {
            blockHeader(range, 1 + width * BLOCK / Byte.SIZE);
            octets[at++] = (byte) width;
            pack(before, width);
        } else {
            blockHeader(range, 1 + words * Long.BYTES);
            octets[at++] = (byte) -words;
            writeBits(before + 1, words);
        }
        return end;
    }

    private void blockHeader(int range, int length) {
        int from = at++;
        vInt15(range);
        vInt15(length);
        octets[from] = (byte) (at - from - 1);
    }

    private void writeBits(int first, int words) {
        for (int i = 0; i < words; i++) {
            bits[i] = 0;
        }
        for (int i = 0; i < BLOCK; i++) {
            int place = block[i] - first;
            bits[place >>> 6] |= 1L << place;
        }
        for (int i = 0; i < words; i++, at += Long.BYTES) {
            LONGS.set(octets, at, bits[i]);
        }
    }

    private void pack(int before, int width) {
        int[] lanes = block;
        for (int i = BLOCK - 1; i > 0; i--) {
            lanes[i] -= lanes[i - 1];
        }
        lanes[0] -= before;
        int laneBits = Integer.SIZE;
        if (width <= 8) {
            laneBits = 8;
            for (int i = 0; i < 64; i++) {
                lanes[i] = lanes[i] << 24 | lanes[i + 64] << 16 | lanes[i + 128] << 8 | lanes[i + 192];
            }
        } else if (width <= 16) {
            laneBits = 16;
            for (int i = 0; i < 128; i++) {
                lanes[i] = lanes[i] << 16 | lanes[i + 128];
            }
        }
        int size = 8 * width;
        int shift = laneBits - width;
        int next = 0;
        for (int i = 0; i < size; i++) {
            packed[i] = lanes[next++] << shift;
        }
        for (shift -= width; shift >= 0; shift -= width) {
            for (int i = 0; i < size; i++) {
                packed[i] |= lanes[next++] << shift;
            }
        }
        divide(next, BLOCK * laneBits / Integer.SIZE, laneBits, width, shift + width);
        for (int i = 0; i < size; i++, at += Integer.BYTES) {
            INTS.set(octets, at, packed[i]);
        }
    }

    /** Fills the {@code free} low bits that are left in each packed lane with the bits of lanes {@code from} to {@code to}. */
    private void divide(int from, int to, int laneBits, int width, int free) {
        int[] lanes = block;
        int target = 0;
        int room = free;
        for (int i = from; i < to; i++) {
            for (int left = width; left > 0;) {
                int taken = Math.min(left, room);
                int part = lanes[i] >>> left - taken & repeated(taken, laneBits);
                packed[target] |= part << room - taken;
                left -= taken;
                room -= taken;
                if (room == 0) {
                    target++;
                    room = free;
                }
            }
        }
    }

    /** The low {@code count} bits of each part of {@code laneBits} bits. */
    private static int repeated(int count, int laneBits) {
        int mask = (int) ((1L << count) - 1);
        return laneBits == 8 ? mask * 0x0101_0101 : laneBits == 16 ? mask * 0x0001_0001 : mask;
    }

    /** Writes the differences of fewer documents than a block has: four behind an octet of their lengths; vInts at the end. */
    private void writeRest(int before, int size) {
        int last = before;
        int i = 0;
        for (; i + 4 <= size; i += 4) {
            int lengths = at++;
            int flags = 0;
            for (int k = i; k < i + 4; k++) {
                int difference = block[k] - last;
                last = block[k];
                int length = Integer.BYTES - (Integer.numberOfLeadingZeros(difference) >>> 3);
                INTS.set(octets, at, difference);
                at += length;
                flags = flags << 2 | length - 1;
            }
            octets[lengths] = (byte) flags;
        }
        for (; i < size; i++) {
            vLong(block[i] - last);
            last = block[i];
        }
    }

    private void vInt15(int value) {
        if (value <= Short.MAX_VALUE) {
            SHORTS.set(octets, at, (short) value);
            at += Short.BYTES;
        } else {
            SHORTS.set(octets, at, (short) (value | Short.MIN_VALUE));
            at += Short.BYTES;
            vLong(value >>> 15);
        }
    }

    private void vLong(long value) {
        long rest = value;
        for (; rest > 0x7F; rest >>>= 7) {
            octets[at++] = (byte) (rest | 0x80);
        }
        octets[at++] = (byte) rest;
    }

    @Override
    public void encodeTerm(DataOutput out, FieldInfo field, BlockTermState term, boolean absolute)
            throws IOException {
        State state = (State) term;
        State before = absolute ? State.NONE : last;
        if (before.single != NO_SINGLE && state.single != NO_SINGLE && state.start == before.start) {
            out.writeVLong(BitUtil.zigZagEncode((long) state.single - before.single) << 1 | 1);
        } else {
            out.writeVLong(state.start - before.start << 1);
            if (state.single != NO_SINGLE) {
                out.writeVInt(state.single);
            }
        }
        last = state;
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
            CodecUtil.writeFooter(documents);
            for (int i = 0; i < 4; i++) {
                meta.writeInt(0);
            }
            meta.writeLong(documents.getFilePointer());
            CodecUtil.writeFooter(meta);
        } finally {
            IOUtils.close(meta, documents);
        }
    }
}
