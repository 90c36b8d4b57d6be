package io.seidex.segment;

import java.util.Arrays;

/**
 * The documents' own values of a field: the first of each document that has one. Values of up to four octets take four,
 * others eight; the documents are written down only from the first gap on.
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
    private int[] documents;
    private int[] spareDocuments = new int[0];

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
                System.arraycopy(of, at, documents, i, size);
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
            documents[i] = document;
        } else if (document != i) {
            beginGaps(i, document);
        }
    }

    int count() {
        return count;
    }

    /** The documents of the values, ascending, or null if the i-th value is document i's. */
    int[] documents() {
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

    /** Octets that each document costs. */
    int cost() {
        return count == 0 ? 0 : (narrow ? 4 : 8) + (documents == null ? 0 : 4);
    }

    long bytes() {
        return 4L * (ints.length + spareDocuments.length) + 8L * longs.length;
    }

    void clear(boolean release) {
        if (release && count < capacity() / 2) {
            ints = new int[0];
            longs = new long[0];
            spareDocuments = new int[0];
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
        if (documents != null) {
            documents = spareDocuments = Arrays.copyOf(documents, capacity);
        }
    }

    private void beginGaps(int i, int document) {
        if (spareDocuments.length < capacity()) {
            spareDocuments = new int[capacity()];
        }
        documents = spareDocuments;
        for (int before = 0; before < i; before++) {
            documents[before] = before;
        }
        documents[i] = document;
    }
}
