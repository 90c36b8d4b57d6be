package io.seidex.segment;

import org.apache.lucene.util.BytesRef;

/** The terms of a field, each with its documents: filled in the order of the documents, walked in the order of the terms. */
abstract class TermColumn {
    /** Documents that are read at a time. */
    static final int BLOCK = 256;

    private static final int LEAST_GROWTH = 16;

    private int documents;
    private int lastDocument = -1;

    /** Counts documents that something is added to: ascending, from {@code at} on. */
    final void count(int[] of, int at, int size) {
        int different = Math.min(1, of[at] - lastDocument);
        for (int k = at + 1; k < at + size; k++) {
            different += Math.min(1, of[k] - of[k - 1]);
        }
        documents += different;
        lastDocument = of[at + size - 1];
    }

    /** Counts {@code different} documents. */
    final void count(int different) {
        documents += different;
    }

    /** How many documents have a value. */
    final int documents() {
        return documents;
    }

    /** Makes ready for being walked: everything has been added. */
    void settle() {}

    abstract boolean isEmpty();

    /** Sorts the terms, and goes before the first. */
    abstract void open(SortRoom room);

    /** Goes to the next term, and points {@code term} at it until the next call; false after the last. */
    abstract boolean next(BytesRef term);

    /** Reads up to {@link #BLOCK} more documents of the term: how many; 0 at the end. */
    abstract int read(int[] block);

    /** Octets held. */
    abstract long bytes();

    /** Forgets everything, of {@code documents} documents; {@code release} gives back memory that was not needed. */
    void clear(int documents, boolean release) {
        this.documents = 0;
        lastDocument = -1;
    }

    /** A larger capacity. */
    static int grown(int capacity) {
        return Math.addExact(capacity, Math.max(LEAST_GROWTH, capacity >> 1));
    }
}
