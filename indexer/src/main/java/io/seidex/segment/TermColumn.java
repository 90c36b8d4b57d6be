package io.seidex.segment;

import io.seidex.schema.IndexField;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/**
 * The terms of a field: a dictionary of the distinct values in the order in which they were met (a value's place there is
 * its <i>ordinal</i>), and the documents of each. Only the distinct values are ever sorted.
 */
abstract class TermColumn {
    private static final int FIRST_CAPACITY = 16;

    final IndexField field;
    final DocumentLists lists;

    /** Distinct values. */
    int count;

    private int[] states = new int[FIRST_CAPACITY * DocumentLists.STATE];

    /** Octets that a distinct value takes: its state, its key, its place in the table, and what sorting it needs. */
    private final int cost;

    TermColumn(IndexField field, int keyOctets, DocumentLists lists) {
        this.field = field;
        this.lists = lists;
        this.cost = 4 * DocumentLists.STATE + keyOctets + 8 + 12;
    }

    /** Adds {@code document} to the documents of the value of {@code ordinal}, once. */
    final void add(int ordinal, int document) {
        lists.add(states, ordinal * DocumentLists.STATE, document);
    }

    /** Takes the next ordinal, for a value met for the first time. */
    final int next() {
        int ordinal = count++;
        int s = ordinal * DocumentLists.STATE;
        if (s == states.length) {
            states = Arrays.copyOf(states, Math.multiplyExact(grown(ordinal), DocumentLists.STATE));
            grow(states.length / DocumentLists.STATE);
        }
        lists.begin(states, s);
        lists.charge(cost);
        return ordinal;
    }

    final void documents(int ordinal, DocumentLists.Reader reader) {
        reader.over(lists, states, ordinal * DocumentLists.STATE);
    }

    /** Writes the ordinals into {@code order} as their terms sort; {@code order} and {@code spare} have room for all. */
    abstract void sort(int[] order, int[] spare, RadixSort radix);

    /** Points {@code term} at the octets of the value of {@code ordinal}; valid until the next call. */
    abstract void term(int ordinal, BytesRef term);

    /** Makes room for {@code capacity} values. */
    abstract void grow(int capacity);

    /** Octets held. */
    long bytes() {
        return 4L * states.length;
    }

    /** Forgets all values; {@code release} gives back memory that they did not use. */
    void clear(boolean release) {
        if (release && (long) count * DocumentLists.STATE < states.length / 2) {
            int capacity = Math.max(FIRST_CAPACITY, count);
            states = new int[capacity * DocumentLists.STATE];
            shrink(capacity);
        }
        count = 0;
    }

    /** Gives back what is not needed for {@code capacity} values. */
    abstract void shrink(int capacity);

    static int grown(int capacity) {
        return Math.addExact(capacity, Math.max(FIRST_CAPACITY, capacity >> 1));
    }

    static int firstCapacity() {
        return FIRST_CAPACITY;
    }
}
