package io.seidex.segment;

import java.util.Arrays;

/**
 * The documents of the frequent values of a column, a bit a document: of values below 65,536, by value. A bit is set in a
 * third of the time that a difference takes in a {@linkplain DocumentLists list}, and a value in every eighth document takes
 * no more memory so.
 *
 * <p>A bitmap outlives the segment, because what is frequent in one is so in the next: it is given up when it is not.
 *
 * <p>The bitmaps that a packet sets bits in are at the same place of their arrays, more or less. So that they are not in
 * each other's way in the processor's cache, each begins at another line of a memory page.
 */
final class Bitmaps {
    private static final long[] NONE = new long[0];
    private static final int LINES = 64;
    private static final int LINE_STEP = 29;
    private static final int LINE_WORDS = 8;
    private static final int FIRST_WORDS = 1 << 10;
    /** One of so many documents has a value that is frequent. */
    private static final int FREQUENT = 32;

    private final DocumentLists lists;
    private long[][] bitmaps = new long[0][];

    Bitmaps(DocumentLists lists) {
        this.lists = lists;
    }

    private static int from(int value) {
        return (value * LINE_STEP & LINES - 1) * LINE_WORDS;
    }

    /** Sets the bits of {@code word}, the first for document {@code first}; false if the bitmap of {@code value} is too short. */
    boolean setAll(int value, int first, long word) {
        if (value < bitmaps.length) {
            long[] bitmap = bitmaps[value];
            int place = (first >>> 6) + from(value);
            if (place < bitmap.length) {
                bitmap[place] |= word;
                return true;
            }
        }
        return false;
    }

    /** Sets the bit of {@code document}, if {@code value} has a bitmap that is long enough. */
    boolean set(int value, int document) {
        if (value < bitmaps.length) {
            long[] bitmap = bitmaps[value];
            int word = (document >>> 6) + from(value);
            if (word < bitmap.length) {
                bitmap[word] |= 1L << document;
                return true;
            }
        }
        return false;
    }

    /** Values that may have a bitmap: those below. */
    int size() {
        return bitmaps.length;
    }

    boolean has(int value) {
        return value < bitmaps.length && bitmaps[value].length > 0;
    }

    boolean isEmpty(int value) {
        for (long word : bitmaps[value]) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    /** Sets the bit of a document for which the value's bitmap is too short. */
    void grow(int value, int document) {
        long[] bitmap = bitmaps[value];
        int word = (document >>> 6) + from(value);
        bitmaps[value] = Arrays.copyOf(bitmap, Math.max(2 * bitmap.length, word + FIRST_WORDS));
        lists.growBitmap(bitmaps[value].length - bitmap.length);
        set(value, document);
    }

    /** Begins a bitmap for a value whose list has grown long by {@code document}; false if it is not frequent. */
    boolean begin(int value, int document) {
        if (document > FREQUENT * DocumentLists.LONG || !lists.takeBitmap()) {
            return false;
        }
        if (value >= bitmaps.length) {
            int before = bitmaps.length;
            bitmaps = Arrays.copyOf(bitmaps, value + 1);
            Arrays.fill(bitmaps, before, value + 1, NONE);
        }
        grow(value, document);
        return true;
    }

    /** Sets the bits of the documents of a list. */
    void fill(int value, DocumentLists.Reader list) {
        int[] block = new int[TermColumn.BLOCK];
        for (int size = list.read(block); size > 0; size = list.read(block)) {
            for (int i = 0; i < size; i++) {
                set(value, block[i]);
            }
        }
    }

    /** Goes to the beginning of the documents of a value that has a bitmap. */
    void read(int value, DocumentLists.Reader reader) {
        reader.over(bitmaps[value], from(value));
    }

    long bytes() {
        long bytes = 0;
        for (long[] bitmap : bitmaps) {
            bytes += 8L * bitmap.length;
        }
        return bytes;
    }

    /** Forgets everything, of {@code documents} documents, and gives up what was not frequent among them. */
    void clear(int documents) {
        for (int value = 0; value < bitmaps.length; value++) {
            long[] bitmap = bitmaps[value];
            long count = 0;
            for (long word : bitmap) {
                count += Long.bitCount(word);
            }
            if (bitmap.length > 0 && count < documents / FREQUENT) {
                lists.returnBitmap(bitmap.length);
                bitmaps[value] = NONE;
            } else {
                Arrays.fill(bitmap, 0);
            }
        }
    }
}
