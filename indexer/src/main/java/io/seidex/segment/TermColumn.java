package io.seidex.segment;

import org.apache.lucene.util.BytesRef;

/** The terms of a field, each with its documents: filled in the order of the documents, walked in the order of the terms. */
abstract class TermColumn {
    /** Documents that are read at a time. */
    static final int BLOCK = 256;

    private static final int LEAST_GROWTH = 16;

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
    abstract void clear(int documents, boolean release);

    /** A larger capacity. */
    static int grown(int capacity) {
        return Math.addExact(capacity, Math.max(LEAST_GROWTH, capacity >> 1));
    }
}
