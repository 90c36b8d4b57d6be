package io.seidex.segment;

import java.util.Arrays;

/**
 * The small numbers that up to {@link #DOCUMENTS} neighbouring documents have, as a bit a document for each number: what a
 * packet holds as sets, types of information elements and protocols, is much the same in the packets beside it. A number
 * costs a bit when it comes, and one word for all these documents when they go into the column.
 */
final class NumberSets {
    /** As many as a word has bits. The first document of each run is a multiple of it. */
    static final int DOCUMENTS = Long.SIZE;

    private static final int FIRST_CAPACITY = 64;

    /** Of each number, the documents that have it. */
    private long[] words = new long[FIRST_CAPACITY];
    /** Numbers that a document has. */
    private int[] numbers = new int[FIRST_CAPACITY];
    private int count;

    void add(int number, int document) {
        if (number >= words.length) {
            words = Arrays.copyOf(words, Integer.highestOneBit(number) << 1);
        }
        long word = words[number];
        words[number] = word | 1L << document;
        if (word == 0) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, TermColumn.grown(count));
            }
            numbers[count++] = number;
        }
    }

    int count() {
        return count;
    }

    /** The i-th number that a document has. */
    int number(int i) {
        return numbers[i];
    }

    /** The documents that have it, a bit each. */
    long documents(int number) {
        return words[number];
    }

    void clear() {
        for (int i = 0; i < count; i++) {
            words[numbers[i]] = 0;
        }
        count = 0;
    }

    /** Gives memory back. */
    void release() {
        words = new long[FIRST_CAPACITY];
        numbers = new int[FIRST_CAPACITY];
        count = 0;
    }

    long bytes() {
        return 8L * words.length + 4L * numbers.length;
    }
}
