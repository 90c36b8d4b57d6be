package io.seidex.segment;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.codecs.lucene90.IndexedDISI;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.MathUtil;
import org.apache.lucene.util.packed.DirectWriter;

/**
 * Writes the numeric doc values of a field as Lucene's own writer does, octet for octet, from arrays. Lucene's walks an
 * iterator several times and asks a hash set about every value; over arrays the same takes a fifth of the time.
 *
 * <pre>
 *  .dvm   field number : int, 0 : octet                      (numeric)
 *         skip index : start, length, greatest, least : long, documents, last document, values a document : int
 *                                                             (only of a field that has one)
 *         which documents : start, length : long, jumps : short, rank power : octet
 *                                                             (start -2: none, -1: all)
 *         values : long
 *         table size : int, its entries : long               (-1: no table; -2 - 14: blocks of 2^14 values)
 *         bits a value : octet, least, divisor : long         (0 bits: all are the least; 0xFF: each block its own)
 *         start, length, start of the blocks' table : long
 *  .dvd   (value - least) / divisor, or the value's place in the table, packed
 *         or of each block: bits : octet, least : long, length : int, packed values; at the end where each begins
 *  .dvp   which documents, as {@link IndexedDISI} writes them
 *  .dvs   the skip index: of every 4,096 documents with values, and of every 8, 64 and 512 such intervals, the greatest and
 *         least document and value and how many documents
 * </pre>
 */
final class NumberValuesWriter {
    private static final byte NUMERIC = 0;
    private static final int BLOCK_SHIFT = 14;
    private static final int BLOCK = 1 << BLOCK_SHIFT;
    private static final int NO_TABLE = -1;
    private static final int EACH_BLOCK_ITS_OWN = 0xFF;
    /** Blocks of their own bits must save a tenth. */
    private static final double WORTH_BLOCKS = 0.9;
    /** Values beyond these have no common divisor but one: differences to them may overflow. */
    private static final long DIVISIBLE = Long.MAX_VALUE / 2;
    private static final int TABLE = 256;
    /** Values that are this near to one another are looked up by place. */
    private static final int NEAR = 1 << 16;
    private static final int SLOTS = 1 << 11;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private static final int SKIP_INTERVAL = 4096;
    private static final int SKIP_SHIFT = 3;
    private static final int SKIP_LEVELS = 4;
    private static final int SKIP_GROUP = 1 << SKIP_SHIFT * (SKIP_LEVELS - 1);

    private final IndexOutput meta;
    private final IndexOutput data;
    private final IndexOutput which;
    private final IndexOutput skips;
    private final int maxDocument;

    // The field's values.
    private long[] values;
    private int count;

    // What is known of them.
    private long least;
    private long greatest;
    private long divisor;
    private long bitsTogether;
    private long bitsByBlock;

    // Distinct values, as long as they are at most 256, and the place of each among them.
    private final long[] table = new long[TABLE];
    private int tableSize;
    private boolean near;
    private final short[] places = new short[NEAR];
    private final long[] slotValues = new long[SLOTS];
    private final short[] slotPlaces = new short[SLOTS];

    private final Multiples multiples = new Multiples();
    private final Interval[] intervals = new Interval[SKIP_GROUP];

    NumberValuesWriter(IndexOutput meta, IndexOutput data, IndexOutput which, IndexOutput skips, int maxDocument) {
        this.meta = meta;
        this.data = data;
        this.which = which;
        this.skips = skips;
        this.maxDocument = maxDocument;
        Arrays.setAll(intervals, i -> new Interval());
    }

    /**
     * Writes a field.
     *
     * @param skipped whether it has a skip index
     * @param documents an iterator of the documents that have a value
     * @param documentOf the document of value i at {@code i}; null if it is i
     */
    void write(
            int field,
            boolean skipped,
            long[] values,
            int count,
            DocIdSetIterator documents,
            int[] documentOf) throws IOException {
        this.values = values;
        this.count = count;
        meta.writeInt(field);
        meta.writeByte(NUMERIC);
        if (skipped) {
            writeSkipIndex(documentOf);
        }
        measure();
        writeWhich(documents);
        meta.writeLong(count);
        writeValues();
    }

    /** Range, common divisor, and what packing would take, together or by block. */
    private void measure() {
        least = Long.MAX_VALUE;
        greatest = Long.MIN_VALUE;
        divisor = 0;
        bitsTogether = 0;
        bitsByBlock = 0;
        for (int begin = 0; begin < count; begin += BLOCK) {
            int end = Math.min(begin + BLOCK, count);
            long min = Long.MAX_VALUE;
            long max = Long.MIN_VALUE;
            for (int i = begin; i < end; i++) {
                min = Math.min(min, values[i]);
                max = Math.max(max, values[i]);
            }
            bitsByBlock += max > min ? (long) DirectWriter.unsignedBitsRequired(max - min) * (end - begin) : 0;
            least = Math.min(least, min);
            greatest = Math.max(greatest, max);
            if (divisor != 1) {
                divide(begin, end, min, max);
            }
        }
        bitsTogether = greatest > least ? (long) DirectWriter.unsignedBitsRequired(greatest - least) * count : 0;
    }

    private void divide(int begin, int end, long min, long max) {
        if (min < Long.MIN_VALUE / 2 || max > DIVISIBLE) {
            divisor = 1;
            return;
        }
        long first = values[0];
        long common = divisor;
        multiples.of(common);
        for (int i = begin; i < end && common != 1; i++) {
            long difference = values[i] - first;
            if (common == 0 ? difference != 0 : !multiples.contain(Math.abs(difference))) {
                common = MathUtil.gcd(common, difference);
                multiples.of(common);
            }
        }
        divisor = common;
    }

    /** The multiples of a number, told and divided by a multiplication each: a division takes ten times as long. */
    private static final class Multiples {
        private int zeros;
        private long inverse;
        private long most;

        /** @param number positive; or 0, and then nothing may be asked */
        void of(long number) {
            if (number > 0) {
                zeros = Long.numberOfTrailingZeros(number);
                long odd = number >>> zeros;
                // Each step doubles how many low bits of odd * inverse are those of 1: three to begin with.
                inverse = odd;
                for (int i = 0; i < 5; i++) {
                    inverse *= 2 - odd * inverse;
                }
                most = Long.divideUnsigned(-1, number);
            }
        }

        boolean contain(long value) {
            return Long.compareUnsigned(Long.rotateRight(value * inverse, zeros), most) <= 0;
        }

        /** How often the number is in one of its multiples. */
        long divide(long multiple) {
            return (multiple >>> zeros) * inverse;
        }
    }

    private void writeWhich(DocIdSetIterator documents) throws IOException {
        if (count > 0 && count < maxDocument) {
            long start = which.getFilePointer();
            meta.writeLong(start);
            short jumps = IndexedDISI.writeBitSet(documents, which, IndexedDISI.DEFAULT_DENSE_RANK_POWER);
            meta.writeLong(which.getFilePointer() - start);
            meta.writeShort(jumps);
            meta.writeByte(IndexedDISI.DEFAULT_DENSE_RANK_POWER);
        } else {
            meta.writeLong(count == 0 ? -2 : -1);
            meta.writeLong(0);
            meta.writeShort((short) -1);
            meta.writeByte((byte) -1);
        }
    }

    private void writeValues() throws IOException {
        int bits = 0;
        long subtract = least;
        boolean byTable = false;
        boolean byBlock = false;
        if (least >= greatest) {
            meta.writeInt(NO_TABLE);
        } else if (hasTable() && bits(tableSize - 1) < bits((greatest - least) / divisor)) {
            byTable = true;
            bits = bits(tableSize - 1);
            meta.writeInt(tableSize);
            for (int i = 0; i < tableSize; i++) {
                meta.writeLong(table[i]);
            }
            subtract = 0;
            divisor = 1;
        } else {
            byBlock = bitsTogether > 0 && (double) bitsByBlock / bitsTogether <= WORTH_BLOCKS;
            bits = byBlock ? EACH_BLOCK_ITS_OWN : bits((greatest - least) / divisor);
            if (!byBlock && divisor == 1 && least > 0 && bits(greatest) == bits(greatest - least)) {
                subtract = 0;
            }
            meta.writeInt(byBlock ? -2 - BLOCK_SHIFT : NO_TABLE);
        }
        meta.writeByte((byte) bits);
        meta.writeLong(subtract);
        meta.writeLong(divisor);
        long start = data.getFilePointer();
        meta.writeLong(start);
        long blocks = -1;
        if (byBlock) {
            blocks = writeBlocks();
        } else if (byTable) {
            writePlaces(bits);
        } else if (bits > 0) {
            pack(0, count, bits, subtract);
        }
        meta.writeLong(data.getFilePointer() - start);
        meta.writeLong(blocks);
    }

    private static int bits(long greatest) {
        return DirectWriter.unsignedBitsRequired(greatest);
    }

    private void pack(int begin, int end, int bits, long subtract) throws IOException {
        DirectWriter writer = DirectWriter.getInstance(data, end - begin, bits);
        if (divisor == 1) {
            for (int i = begin; i < end; i++) {
                writer.add(values[i] - subtract);
            }
        } else {
            multiples.of(divisor);
            for (int i = begin; i < end; i++) {
                writer.add(multiples.divide(values[i] - subtract));
            }
        }
        writer.finish();
    }

    private long writeBlocks() throws IOException {
        long[] starts = new long[(count + BLOCK - 1) >>> BLOCK_SHIFT];
        for (int block = 0; block < starts.length; block++) {
            starts[block] = data.getFilePointer();
            int begin = block << BLOCK_SHIFT;
            int end = Math.min(begin + BLOCK, count);
            long min = values[begin];
            long max = min;
            for (int i = begin; i < end; i++) {
                min = Math.min(min, values[i]);
                max = Math.max(max, values[i]);
            }
            int bits = min == max ? 0 : bits((max - min) / divisor);
            data.writeByte((byte) bits);
            data.writeLong(min);
            if (bits > 0) {
                data.writeInt(Math.toIntExact(DirectWriter.bytesRequired(end - begin, bits)));
                pack(begin, end, bits, min);
            }
        }
        long tableStart = data.getFilePointer();
        for (long start : starts) {
            data.writeLong(start);
        }
        data.writeLong(tableStart);
        return tableStart;
    }

    /** Whether there are more than one and at most 256 distinct values; then they are in {@link #table}, ascending. */
    private boolean hasTable() {
        near = greatest - least >= 0 && greatest - least < NEAR;
        return near ? hasTableOfNear() : hasTableOfAny();
    }

    private boolean hasTableOfNear() {
        int range = (int) (greatest - least) + 1;
        Arrays.fill(places, 0, range, (short) 0);
        for (int i = 0; i < count; i++) {
            places[(int) (values[i] - least)] = 1;
        }
        tableSize = 0;
        for (int i = 0; i < range; i++) {
            if (places[i] != 0) {
                if (tableSize == TABLE) {
                    return false;
                }
                places[i] = (short) tableSize;
                table[tableSize++] = least + i;
            }
        }
        return true;
    }

    private boolean hasTableOfAny() {
        Arrays.fill(slotPlaces, (short) 0);
        tableSize = 0;
        long last = ~values[0];
        for (int i = 0; i < count; i++) {
            long value = values[i];
            if (value == last) {
                continue;
            }
            last = value;
            int slot = slot(value);
            if (slotPlaces[slot] == 0) {
                if (tableSize == TABLE) {
                    return false;
                }
                slotPlaces[slot] = 1;
                slotValues[slot] = value;
                table[tableSize++] = value;
            }
        }
        Arrays.sort(table, 0, tableSize);
        for (int i = 0; i < tableSize; i++) {
            slotPlaces[slot(table[i])] = (short) i;
        }
        return true;
    }

    /** Where {@code value} is, or would be, while the table is filled. */
    private int slot(long value) {
        int slot = (int) (value * SPREAD >>> 64 - 11);
        while (slotPlaces[slot] != 0 && slotValues[slot] != value) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }

    private void writePlaces(int bits) throws IOException {
        DirectWriter writer = DirectWriter.getInstance(data, count, bits);
        if (near) {
            for (int i = 0; i < count; i++) {
                writer.add(places[(int) (values[i] - least)]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                writer.add(Arrays.binarySearch(table, 0, tableSize, values[i]));
            }
        }
        writer.finish();
    }

    /** A run of documents with values, as the skip index describes it. */
    private static final class Interval {
        private int firstDocument;
        private int lastDocument;
        private int documents;
        private long least;
        private long greatest;

        void over(Interval first) {
            firstDocument = first.firstDocument;
            documents = 0;
            least = Long.MAX_VALUE;
            greatest = Long.MIN_VALUE;
        }

        void add(Interval next) {
            lastDocument = next.lastDocument;
            documents += next.documents;
            least = Math.min(least, next.least);
            greatest = Math.max(greatest, next.greatest);
        }
    }

    private void writeSkipIndex(int[] documentOf) throws IOException {
        long start = skips.getFilePointer();
        Interval all = new Interval();
        all.least = Long.MAX_VALUE;
        all.greatest = Long.MIN_VALUE;
        all.lastDocument = -1;
        int size = 0;
        for (int begin = 0; begin < count;) {
            int end = Math.min(begin + SKIP_INTERVAL, count);
            long min = Long.MAX_VALUE;
            long max = Long.MIN_VALUE;
            for (int i = begin; i < end; i++) {
                min = Math.min(min, values[i]);
                max = Math.max(max, values[i]);
            }
            int first = documentOf == null ? begin : documentOf[begin];
            if (min == max) {
                // The same value in every document from the first on: one interval, however long.
                while (end < count
                        && values[end] == min
                        && (documentOf == null ? end : documentOf[end]) - first == end - begin) {
                    end++;
                }
            }
            if (size == SKIP_GROUP) {
                writeIntervals(size);
                size = 0;
            }
            Interval interval = intervals[size++];
            interval.firstDocument = first;
            interval.lastDocument = documentOf == null ? end - 1 : documentOf[end - 1];
            interval.documents = end - begin;
            interval.least = min;
            interval.greatest = max;
            all.add(interval);
            begin = end;
        }
        writeIntervals(size);
        meta.writeLong(start);
        meta.writeLong(skips.getFilePointer() - start);
        meta.writeLong(all.greatest);
        meta.writeLong(all.least);
        meta.writeInt(all.documents);
        meta.writeInt(all.lastDocument);
        meta.writeInt(count == 0 ? 0 : 1);
    }

    /** Writes the first {@code size} intervals; before the first of each 8, 64 and 512, if all are there, those together. */
    private void writeIntervals(int size) throws IOException {
        Interval together = new Interval();
        for (int i = 0; i < size; i++) {
            int levels = 1;
            while (levels < SKIP_LEVELS
                    && (i & (1 << SKIP_SHIFT * levels) - 1) == 0
                    && size - i >= 1 << SKIP_SHIFT * levels) {
                levels++;
            }
            skips.writeByte((byte) levels);
            for (int level = levels - 1; level >= 0; level--) {
                together.over(intervals[i]);
                for (int j = i; j < i + (1 << SKIP_SHIFT * level); j++) {
                    together.add(intervals[j]);
                }
                skips.writeInt(together.lastDocument);
                skips.writeInt(together.firstDocument);
                skips.writeLong(together.greatest);
                skips.writeLong(together.least);
                skips.writeInt(together.documents);
            }
        }
    }
}
