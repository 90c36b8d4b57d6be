package io.seidex.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values of the latest packets, a few of each column, close together in memory. A packet's values go to thirty columns,
 * each with memory of its own. They wait here until there are {@link #BATCH} of a column, and what the column then does
 * with them is a short loop over all.
 *
 * <pre>
 *  values, documents   of each column in turn, {@link #STRIDE} places: the values that wait, from the first place on;
 *                      a column of keys of several words has as many turns, and the documents stand with the first word
 * </pre>
 */
final class Staging {
    /** Values of a column that go into it together. */
    static final int BATCH = 64;
    /** Not a power of two: what columns write at the same time is to fall into different lines of the cache. */
    static final int STRIDE = BATCH + 8;

    /** A column. */
    interface Column {
        /**
         * Adds {@code size} values, the first at {@code at}, the others behind it; word w of a key stands {@code w * STRIDE}
         * further on. The documents, ascending, stand at the same places.
         */
        void addAll(long[] values, int[] documents, int at, int size);
    }

    private final List<Column> assigned = new ArrayList<>();
    private Column[] columns = new Column[0];
    /** Where the next value of a column goes, and where the last goes that there is room for. */
    private int[] next = new int[0];
    private int[] last = new int[0];
    private long[] values = new long[0];
    private int[] documents = new int[0];

    /** Gives a place to {@code column}, whose values have {@code words} words: its number. */
    int assign(Column column, int words) {
        int slot = assigned.size();
        assigned.add(column);
        for (int w = 1; w < words; w++) {
            assigned.add(null);
        }
        columns = assigned.toArray(Column[]::new);
        next = new int[columns.length];
        last = new int[columns.length];
        Arrays.setAll(last, s -> s * STRIDE + BATCH - 1);
        values = new long[columns.length * STRIDE];
        documents = new int[columns.length * STRIDE];
        clear();
        return slot;
    }

    void add(int slot, long value, int document) {
        int i = next[slot];
        values[i] = value;
        documents[i] = document;
        next[slot] = i + 1;
        if (i == last[slot]) {
            drain(slot);
        }
    }

    void add(int slot, long first, long second, int document) {
        values[next[slot] + STRIDE] = second;
        add(slot, first, document);
    }

    void add(int slot, long first, long second, long third, int document) {
        values[next[slot] + 2 * STRIDE] = third;
        add(slot, first, second, document);
    }

    void add(int slot, long first, long second, long third, long fourth, long fifth, int document) {
        int i = next[slot];
        values[i + 4 * STRIDE] = fifth;
        values[i + 3 * STRIDE] = fourth;
        add(slot, first, second, third, document);
    }

    /** Adds everything to the columns. */
    void drain() {
        for (int slot = 0; slot < columns.length; slot++) {
            drain(slot);
        }
    }

    /** Adds to a column what waits for it. */
    void drain(int slot) {
        int at = slot * STRIDE;
        int size = next[slot] - at;
        if (size == 0) {
            return;
        }
        next[slot] = at;
        columns[slot].addAll(values, documents, at, size);
    }

    void clear() {
        Arrays.setAll(next, slot -> slot * STRIDE);
    }

    long bytes() {
        return 8L * values.length + 4L * documents.length;
    }
}
