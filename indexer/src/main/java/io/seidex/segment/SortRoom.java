package io.seidex.segment;

import java.util.Arrays;

/**
 * The memory that sorting needs, used again from field to field and from segment to segment, and the sorts themselves: by
 * radix, an octet at a time, the last first, skipping octets that are the same in all.
 */
final class SortRoom {
    private static final int RADIX = 8;
    private static final int BUCKETS = 1 << RADIX;

    /** Bits of the first division: a million values make heaps that fit into the nearest cache, and the next step ends it. */
    private static final int FIRST_HEAPS = 11;
    /** So few are sorted by insertion. */
    private static final int SMALL = 32;

    private final int[] histogram = new int[8 * BUCKETS];
    /** Of each step of division, where its heaps begin. */
    private final int[][] heaps = new int[8][];
    private int[] order = new int[0];
    private int[] spareOrder = new int[0];
    private int[] ranks = new int[0];
    private long[] keys = new long[0];
    private long[] spareKeys = new long[0];
    private long[] companions = new long[0];
    private long[] spareCompanions = new long[0];

    /** Room for the order of {@code size} values. */
    int[] order(int size) {
        return order = ensured(order, size);
    }

    /** Room for the ranks of {@code size} values. */
    int[] ranks(int size) {
        return ranks = ensured(ranks, size);
    }

    /** Room for {@code size} numbers, which {@link #sortPairs} sorts. */
    long[] keys(int size) {
        return keys = ensured(keys, size);
    }

    /** Room for a number with each of {@link #keys}. */
    long[] companions(int size) {
        return companions = ensured(companions, size);
    }

    long bytes() {
        return 4L * (order.length + spareOrder.length + ranks.length)
                + 8L * (keys.length + spareKeys.length + companions.length + spareCompanions.length);
    }

    void release() {
        order = spareOrder = ranks = new int[0];
        keys = spareKeys = companions = spareCompanions = new long[0];
    }

    /**
     * Writes into {@code order} the places 0 to {@code count} - 1 as their values ascend, compared as unsigned octets.
     *
     * @param values of value i, its {@code words} integers begin at {@code i * words}
     */
    void sort(long[] values, int words, int count, int[] order) {
        int[] from = order;
        int[] to = spareOrder = ensured(spareOrder, count);
        for (int i = 0; i < count; i++) {
            from[i] = i;
        }
        for (int w = words - 1; w >= 0; w--) {
            count(values, words, w, count);
            for (int digit = 0; digit < 8; digit++) {
                int shift = RADIX * digit;
                if (count == 0 || !begins(digit, (int) (values[w] >>> shift) & 0xFF, count)) {
                    continue;
                }
                for (int i = 0; i < count; i++) {
                    int place = from[i];
                    int bucket = digit << RADIX | (int) (values[place * words + w] >>> shift) & 0xFF;
                    to[histogram[bucket]++] = place;
                }
                int[] swap = from;
                from = to;
                to = swap;
            }
        }
        if (from != order) {
            System.arraycopy(from, 0, order, 0, count);
        }
    }

    /** Sorts the first {@code count} of {@link #keys}, numbers below 2^top; the lower {@code skip} bits ascend already. */
    void sortKeys(int count, int skip, int top) {
        long[] from = keys;
        long[] to = spareKeys = ensured(spareKeys, count);
        for (int shift = skip; shift < top && count > 1; shift += RADIX) {
            Arrays.fill(histogram, 0, BUCKETS, 0);
            for (int i = 0; i < count; i++) {
                histogram[(int) (from[i] >>> shift) & 0xFF]++;
            }
            if (!begins(0, (int) (from[0] >>> shift) & 0xFF, count)) {
                continue;
            }
            for (int i = 0; i < count; i++) {
                long key = from[i];
                to[histogram[(int) (key >>> shift) & 0xFF]++] = key;
            }
            long[] swap = from;
            from = to;
            to = swap;
        }
        keys = from;
        spareKeys = to;
    }

    /**
     * Sorts the first {@code count} of {@link #keys} as unsigned numbers, and {@link #companions} with them. What is equal
     * stays in order. For numbers of many different bits: by the first bits in which they differ, then each heap by the
     * next, so that soon every heap is in the cache, and small.
     */
    void sortDivided(int count) {
        spareKeys = ensured(spareKeys, count);
        spareCompanions = ensured(spareCompanions, count);
        divide(keys, companions, spareKeys, spareCompanions, true, 0, count, 0);
    }

    /**
     * Sorts what stands in {@code from} between {@code begin} and {@code end}.
     *
     * @param stays whether the result is to be there too, or else in {@code to}
     */
    private void divide(
            long[] from, long[] fromToo, long[] to, long[] toToo, boolean stays, int begin, int end, int depth) {
        if (end - begin <= SMALL) {
            insert(from, fromToo, stays ? from : to, stays ? fromToo : toToo, begin, end);
            return;
        }
        long varying = 0;
        long first = from[begin];
        for (int i = begin; i < end; i++) {
            varying |= from[i] ^ first;
        }
        if (varying == 0) {
            if (!stays) {
                move(from, fromToo, to, toToo, begin, end);
            }
            return;
        }
        int bits = depth == 0 ? FIRST_HEAPS : RADIX;
        int[] places = heaps[depth] == null ? heaps[depth] = new int[1 << bits] : heaps[depth];
        int mask = (1 << bits) - 1;
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(varying) - bits);
        Arrays.fill(places, 0);
        for (int i = begin; i < end; i++) {
            places[(int) (from[i] >>> shift) & mask]++;
        }
        int place = begin;
        for (int b = 0; b <= mask; b++) {
            int size = places[b];
            places[b] = place;
            place += size;
        }
        for (int i = begin; i < end; i++) {
            long key = from[i];
            int target = places[(int) (key >>> shift) & mask]++;
            to[target] = key;
            toToo[target] = fromToo[i];
        }
        if (shift == 0) {
            if (stays) {
                move(to, toToo, from, fromToo, begin, end);
            }
            return;
        }
        // Now each of the places is where its heap ends, and the next begins.
        int at = begin;
        for (int b = 0; b <= mask; b++) {
            int next = places[b];
            if (next > at) {
                divide(to, toToo, from, fromToo, !stays, at, next, depth + 1);
            }
            at = next;
        }
    }

    private static void move(long[] from, long[] fromToo, long[] to, long[] toToo, int begin, int end) {
        System.arraycopy(from, begin, to, begin, end - begin);
        System.arraycopy(fromToo, begin, toToo, begin, end - begin);
    }

    private static void insert(long[] from, long[] fromToo, long[] to, long[] toToo, int begin, int end) {
        for (int i = begin; i < end; i++) {
            long key = from[i];
            long companion = fromToo[i];
            int place = i;
            for (; place > begin && Long.compareUnsigned(to[place - 1], key) > 0; place--) {
                to[place] = to[place - 1];
                toToo[place] = toToo[place - 1];
            }
            to[place] = key;
            toToo[place] = companion;
        }
    }

    /** Lets {@link #keys} and {@link #companions} change places. */
    void swap() {
        long[] swap = keys;
        keys = companions;
        companions = swap;
        swap = spareKeys;
        spareKeys = spareCompanions;
        spareCompanions = swap;
    }

    /**
     * Sorts the first {@code count} of {@link #keys} as unsigned numbers by the bits from {@code skip} on, a multiple of 8,
     * and {@link #companions} with them. What is equal stays in order.
     */
    void sortPairs(int count, int skip) {
        long[] from = keys;
        long[] fromToo = companions;
        long[] to = spareKeys = ensured(spareKeys, count);
        long[] toToo = spareCompanions = ensured(spareCompanions, count);
        count(from, 1, 0, count);
        for (int digit = skip / RADIX; digit < 8; digit++) {
            int shift = RADIX * digit;
            if (count == 0 || !begins(digit, (int) (from[0] >>> shift) & 0xFF, count)) {
                continue;
            }
            for (int i = 0; i < count; i++) {
                long key = from[i];
                int place = histogram[digit << RADIX | (int) (key >>> shift) & 0xFF]++;
                to[place] = key;
                toToo[place] = fromToo[i];
            }
            long[] swap = from;
            from = to;
            to = swap;
            swap = fromToo;
            fromToo = toToo;
            toToo = swap;
        }
        keys = from;
        spareKeys = to;
        companions = fromToo;
        spareCompanions = toToo;
    }

    /** Counts how often every octet occurs in every place of word {@code w}. */
    private void count(long[] values, int words, int w, int count) {
        Arrays.fill(histogram, 0);
        for (int i = 0, k = w; i < count; i++, k += words) {
            long value = values[k];
            for (int digit = 0; digit < 8; digit++, value >>>= RADIX) {
                histogram[digit << RADIX | (int) value & 0xFF]++;
            }
        }
    }

    /** Turns the counts of a digit into the places where each bucket begins; false if all fall into one, {@code any}. */
    private boolean begins(int digit, int any, int count) {
        int base = digit << RADIX;
        if (histogram[base | any] == count) {
            return false;
        }
        int place = 0;
        for (int b = base; b < base + BUCKETS; b++) {
            int size = histogram[b];
            histogram[b] = place;
            place += size;
        }
        return true;
    }

    private static int[] ensured(int[] array, int size) {
        return array.length < size ? new int[TermColumn.grown(size)] : array;
    }

    private static long[] ensured(long[] array, int size) {
        return array.length < size ? new long[TermColumn.grown(size)] : array;
    }
}
