package io.seidex.segment;

import java.util.Arrays;
import org.apache.lucene.util.FixedBitSet;

/**
 * The documents' own values of a field: the first of each document that has one. Values of up to four octets take four,
 * others eight; which documents have one is written down, a bit each, only from the first gap on.
 */
final class FirstValues implements Staging.Column {
    private static final int FIRST_CAPACITY = 64;

    /** Whether values take four octets. */
    private final boolean narrow;
    private int count;
    private int last = -1;
    private int[] ints = new int[0];
    private long[] longs = new long[0];
    /** Null as long as the i-th value is document i's. */
    private FixedBitSet documents;
    private FixedBitSet spareDocuments = new FixedBitSet(0);

    FirstValues(boolean narrow) {
        this.narrow = narrow;
    }

    @Override
    public void addAll(long[] values, int[] of, int at, int size) {
        addAll(values, at, of, at, size);
    }

    /** Adds values, the first at {@code from}, of documents, the first at {@code at}. */
    void addAll(long[] values, int from, int[] of, int at, int size) {
        int i = count;
        if (i + size > capacity()) {
            grow(i + size);
        }
        if (documents == null ? follow(of, at, size, i) : ascend(of, at, size)) {
            if (narrow) {
                for (int k = 0; k < size; k++) {
                    ints[i + k] = (int) values[from + k];
                }
            } else {
                System.arraycopy(values, from, longs, i, size);
            }
            if (documents != null) {
                mark(of, at, size);
            }
            count = i + size;
            last = of[at + size - 1];
        } else {
            for (int k = 0; k < size; k++) {
                first(of[at + k], values[from + k]);
            }
        }
    }

    /** Whether the documents are {@code first} and those that follow it. */
    private static boolean follow(int[] of, int at, int size, int first) {
        int different = 0;
        for (int k = 0; k < size; k++) {
            different |= of[at + k] ^ first + k;
        }
        return different == 0;
    }

    /** Whether each document has one value, and none has one yet. */
    private boolean ascend(int[] of, int at, int size) {
        int least = of[at] - last;
        for (int k = at + 1; k < at + size; k++) {
            least = Math.min(least, of[k] - of[k - 1]);
        }
        return least > 0;
    }

    /** Sets the bits of ascending documents: each word is put together before it is written. */
    private void mark(int[] of, int at, int size) {
        reserve(of[at + size - 1]);
        long[] words = documents.getBits();
        int place = of[at] >> 6;
        long word = 0;
        for (int k = at; k < at + size; k++) {
            int next = of[k] >> 6;
            if (next != place) {
                words[place] |= word;
                word = 0;
                place = next;
            }
            word |= 1L << of[k];
        }
        words[place] |= word;
    }

    private void reserve(int document) {
        if (document >= documents.length()) {
            documents = spareDocuments = FixedBitSet.ensureCapacity(documents, Math.max(capacity(), document + 1));
        }
    }

    /** Keeps {@code value} if it is the document's first. */
    void first(int document, long value) {
        if (document == last) {
            return;
        }
        last = document;
        int i = count;
        if (i >= capacity()) {
            grow(i + 1);
        }
        if (narrow) {
            ints[i] = (int) value;
        } else {
            longs[i] = value;
        }
        count = i + 1;
        if (documents != null) {
            reserve(document);
            documents.set(document);
        } else if (document != i) {
            beginGaps(i, document);
        }
    }

    int count() {
        return count;
    }

    /** The documents of the values, or null if the i-th value is document i's. */
    FixedBitSet documents() {
        return documents;
    }

    boolean isNarrow() {
        return narrow;
    }

    /** The values, if not narrow. */
    long[] longs() {
        return longs;
    }

    /** Writes the values, if narrow, into {@code room} as unsigned numbers. */
    void widen(long[] room) {
        for (int i = 0; i < count; i++) {
            room[i] = ints[i] & 0xFFFF_FFFFL;
        }
    }

    /** Octets that each document costs, but for a bit. */
    int cost() {
        return count == 0 ? 0 : narrow ? 4 : 8;
    }

    long bytes() {
        return 4L * ints.length + 8L * (longs.length + spareDocuments.getBits().length);
    }

    void clear(boolean release) {
        if (release && count < capacity() / 2) {
            ints = new int[0];
            longs = new long[0];
            spareDocuments = new FixedBitSet(0);
        }
        documents = null;
        count = 0;
        last = -1;
    }

    private int capacity() {
        return narrow ? ints.length : longs.length;
    }

    private void grow(int least) {
        int capacity = Math.max(Math.max(FIRST_CAPACITY, least), TermColumn.grown(capacity()));
        if (narrow) {
            ints = Arrays.copyOf(ints, capacity);
        } else {
            longs = Arrays.copyOf(longs, capacity);
        }
    }

    /** The first {@code i} documents have values, and the next that has one is {@code document}. */
    private void beginGaps(int i, int document) {
        documents = spareDocuments;
        reserve(document);
        documents.clear();
        if (i > 0) {
            documents.set(0, i);
        }
        documents.set(document);
    }
}
