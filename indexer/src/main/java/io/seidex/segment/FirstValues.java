package io.seidex.segment;

import java.util.Arrays;

/**
 * The documents' own values of a field: the first of each document that has one. Values of up to four octets take four,
 * others eight; the documents are written down only from the first gap on.
 */
final class FirstValues {
    private static final int FIRST_CAPACITY = 64;

    /** Whether values take four octets. */
    final boolean narrow;

    private int count;
    private int last = -1;
    private int[] ints;
    private long[] longs;
    /** Null as long as the i-th value is document i's. */
    private int[] documents;
    private int[] spareDocuments = new int[0];

    FirstValues(boolean narrow) {
        this.narrow = narrow;
        this.ints = new int[narrow ? FIRST_CAPACITY : 0];
        this.longs = new long[narrow ? 0 : FIRST_CAPACITY];
    }

    /** Keeps {@code value} if it is the document's first. */
    void first(int document, long value) {
        if (document == last) {
            return;
        }
        last = document;
        int i = count++;
        if (i == capacity()) {
            grow();
        }
        if (narrow) {
            ints[i] = (int) value;
        } else {
            longs[i] = value;
        }
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

    /** The values, as unsigned numbers; in {@code room}, if they are kept narrower. */
    long[] values(long[] room) {
        if (!narrow) {
            return longs;
        }
        for (int i = 0; i < count; i++) {
            room[i] = ints[i] & 0xFFFF_FFFFL;
        }
        return room;
    }

    /** The i-th value, if narrow. */
    int narrow(int i) {
        return ints[i];
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
            int capacity = Math.max(FIRST_CAPACITY, count);
            ints = new int[narrow ? capacity : 0];
            longs = new long[narrow ? 0 : capacity];
            spareDocuments = new int[0];
        }
        documents = null;
        count = 0;
        last = -1;
    }

    private int capacity() {
        return narrow ? ints.length : longs.length;
    }

    private void grow() {
        int capacity = TermColumn.grown(capacity());
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
