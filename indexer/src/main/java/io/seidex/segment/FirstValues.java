package io.seidex.segment;

import java.util.Arrays;

/**
 * The documents' own values of a field: the first of each document that has one. Values of up to four octets take four,
 * others eight; the documents are written down only from the first gap on.
 *
 * <p>The values of a packet go to a dozen such columns, each to the same place of its own array. The arrays of one size tend
 * to begin at the same place of a memory page, and then what is written together would compete for the same few lines of
 * the processor's cache. So each column leaves another part of a page unused before its first value.
 */
final class FirstValues {
    private static final int FIRST_CAPACITY = 64;
    /** Lines of 64 octets in a page, and an odd step through them. */
    private static final int LINES = 64;
    private static final int LINE_STEP = 29;

    /** Whether values take four octets. */
    private final boolean narrow;
    /** Where the first value stands. */
    private final int from;

    private int next;
    private int last = -1;
    private int[] ints = new int[0];
    private long[] longs = new long[0];
    /** Null as long as the i-th value is document i's. */
    private int[] documents;
    private int[] spareDocuments = new int[0];

    /** @param column tells it from the others that are filled together with it */
    FirstValues(boolean narrow, int column) {
        this.narrow = narrow;
        this.from = (column * LINE_STEP & LINES - 1) * (narrow ? 16 : 8);
        this.next = from;
    }

    /** Keeps {@code value} if it is the document's first. */
    void first(int document, long value) {
        if (document == last) {
            return;
        }
        last = document;
        int i = next;
        if (i >= capacity()) {
            grow();
        }
        if (narrow) {
            ints[i] = (int) value;
        } else {
            longs[i] = value;
        }
        next = i + 1;
        if (documents != null) {
            documents[i] = document;
        } else if (document != i - from) {
            beginGaps(i, document);
        }
    }

    int count() {
        return next - from;
    }

    /** Where in {@link #documents()}, and in {@link #longs()}, the first value's stands. */
    int from() {
        return from;
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
        for (int i = 0, count = count(); i < count; i++) {
            room[i] = ints[from + i] & 0xFFFF_FFFFL;
        }
    }

    /** Octets that each document costs. */
    int cost() {
        return next == from ? 0 : (narrow ? 4 : 8) + (documents == null ? 0 : 4);
    }

    long bytes() {
        return 4L * (ints.length + spareDocuments.length) + 8L * longs.length;
    }

    void clear(boolean release) {
        if (release && next < capacity() / 2) {
            ints = new int[0];
            longs = new long[0];
            spareDocuments = new int[0];
        }
        documents = null;
        next = from;
        last = -1;
    }

    private int capacity() {
        return narrow ? ints.length : longs.length;
    }

    private void grow() {
        int capacity = Math.max(from + FIRST_CAPACITY, TermColumn.grown(capacity()));
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
        for (int before = from; before < i; before++) {
            documents[before] = before - from;
        }
        documents[i] = document;
    }
}
