package io.seidex.segment;

import java.util.Arrays;

/** Orders keys of one or more long integers as unsigned big-endian octets: an octet at a time, the last first. */
final class RadixSort {
    private final int[] histogram = new int[8 * 256];

    /**
     * Writes into {@code order} the places 0 to {@code count} - 1 as their keys ascend.
     *
     * @param keys of key i, its {@code words} integers begin at {@code i * words}
     */
    void sort(long[] keys, int words, int count, int[] order, int[] spare) {
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int w = words - 1; w >= 0; w--) {
            sortByWord(keys, words, w, count, order, spare);
        }
    }

    private void sortByWord(long[] keys, int words, int w, int count, int[] order, int[] spare) {
        Arrays.fill(histogram, 0);
        for (int i = 0, k = w; i < count; i++, k += words) {
            long key = keys[k];
            for (int octet = 0; octet < 8; octet++, key >>>= 8) {
                histogram[octet << 8 | (int) key & 0xFF]++;
            }
        }
        int[] from = order;
        int[] to = spare;
        for (int octet = 0; octet < 8; octet++) {
            int shift = 8 * octet;
            int base = octet << 8;
            // Most octets of most keys are the same in all: nothing to do.
            if (count == 0 || histogram[base | (int) (keys[w] >>> shift) & 0xFF] == count) {
                continue;
            }
            int place = 0;
            for (int b = base; b < base + 256; b++) {
                int size = histogram[b];
                histogram[b] = place;
                place += size;
            }
            for (int i = 0; i < count; i++) {
                int key = from[i];
                to[histogram[base | (int) (keys[key * words + w] >>> shift) & 0xFF]++] = key;
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        if (from != order) {
            System.arraycopy(from, 0, order, 0, count);
        }
    }
}
