package io.seidex.segment;

import java.util.Arrays;

/**
 * The documents of every term of every field, in one run of octets: a list is a chain of slices, each list's slices growing
 * as the list does.
 *
 * <pre>
 *  slice of level n   32 &lt;&lt; n octets, at most 32 &lt;&lt; {@link #TOP}
 *      data           the differences of ascending documents, the first from -1, as vInts that may cross into the next slice
 *      last 4 octets  where the list's next slice begins
 * </pre>
 *
 * A term in every packet costs an octet a packet here, where a pair (ordinal, document) would cost eight and have to be
 * sorted. Who owns a list keeps its {@link #STATE} integers; that a document is in it already is seen from the first of them.
 */
final class DocumentLists {
    /**
     * Integers of state a list: its last document, where to write, end and level of its last slice, where it begins. A list
     * of one document has no slice.
     */
    static final int STATE = 4;

    static final int LAST = 0;
    static final int AT = 1;
    static final int SLICE = 2;
    static final int START = 3;

    private static final int FIRST_SLICE = 32;
    private static final int TOP = 7;
    /** The level of a list that has reached the top, and was told to stay a list. */
    private static final int STAYING = TOP + 1;
    /** Octets of a list that is long. */
    static final int LONG = (FIRST_SLICE << TOP) - FIRST_SLICE;

    private static final int NOWHERE = -1;
    private static final int LINK = 4;
    private static final int LEVEL = 15;
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

    private final int bitmapLimit;
    private byte[] octets = new byte[1 << 12];
    private int length;
    private long charged;
    private int bitmaps;
    private long bitmapWords;

    /** @param bitmapLimit how many {@link Bitmaps} there may be */
    DocumentLists(int bitmapLimit) {
        this.bitmapLimit = bitmapLimit;
    }

    /** Begins a list of no documents, its state at {@code s}. */
    static void begin(int[] state, int s) {
        state[s + LAST] = -1;
        state[s + AT] = 0;
        state[s + SLICE] = 0;
        state[s + START] = NOWHERE;
    }

    /** Adds {@code document} to the list whose state is at {@code s}, unless it is there. */
    void add(int[] state, int s, int document) {
        int last = state[s + LAST];
        if (document == last) {
            return;
        }
        state[s + LAST] = document;
        if (state[s + START] == NOWHERE) {
            if (last < 0) {
                return;
            }
            int start = slice(0);
            state[s + START] = start;
            state[s + AT] = start;
            state[s + SLICE] = length;
            write(state, s, last + 1);
        }
        write(state, s, document - last);
    }

    /**
     * Whether the list whose state is at {@code s} has about {@link #LONG} octets: so many that another form may suit it. Once the answer
     * was that it does not, {@link #stay} spares the question.
     */
    boolean isLong(int[] state, int s) {
        return state[s + START] != NOWHERE && (state[s + SLICE] & LEVEL) == TOP;
    }

    void stay(int[] state, int s) {
        state[s + SLICE] = state[s + SLICE] & ~LEVEL | STAYING;
    }

    /** Takes one of the bitmaps that there may be; false if there are none left. */
    boolean takeBitmap() {
        if (bitmaps == bitmapLimit) {
            return false;
        }
        bitmaps++;
        return true;
    }

    void returnBitmap(int words) {
        bitmaps--;
        bitmapWords -= words;
    }

    void growBitmap(int words) {
        bitmapWords += words;
    }

    private void write(int[] state, int s, int difference) {
        int rest = difference;
        int at = state[s + AT];
        int limit = (state[s + SLICE] & ~LEVEL) - LINK;
        while (rest > 0x7F) {
            if (at == limit) {
                at = next(state, s, at);
                limit = (state[s + SLICE] & ~LEVEL) - LINK;
            }
            octets[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        if (at == limit) {
            at = next(state, s, at);
        }
        octets[at] = (byte) rest;
        state[s + AT] = at + 1;
    }

    /**
     * Reads a little of each of {@code count} lists, and so brings what is about to be used near the processor: the reads
     * wait for memory together, where the use would wait list after list. What is returned is of no use.
     *
     * @param lists places in {@code state}, divided by {@link #STATE}
     * @param place {@link #AT} before writing, {@link #START} before reading
     */
    int touch(int[] state, int[] lists, int from, int count, int place) {
        int sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += state[lists[i] * STATE];
        }
        for (int i = from; i < from + count; i++) {
            sum += octets[Math.max(0, state[lists[i] * STATE + place])];
        }
        return sum;
    }

    /** Counts octets that a column takes beside its lists. */
    void charge(int octets) {
        charged += octets;
    }

    /** Octets in use, by the lists, the bitmaps and by what was charged. */
    long used() {
        return length + charged + Long.BYTES * bitmapWords;
    }

    /** Octets held. */
    long bytes() {
        return octets.length;
    }

    /** Forgets all lists; {@code release} gives back memory that they did not use. */
    void clear(boolean release) {
        if (release && length < octets.length / 2) {
            octets = new byte[Math.max(1 << 12, length)];
        }
        length = 0;
        charged = 0;
    }

    private int next(int[] state, int s, int link) {
        int level = state[s + SLICE] & LEVEL;
        level += level < TOP ? 1 : 0;
        int start = slice(Math.min(level, TOP));
        octets[link] = (byte) (start >>> 24);
        octets[link + 1] = (byte) (start >>> 16);
        octets[link + 2] = (byte) (start >>> 8);
        octets[link + 3] = (byte) start;
        state[s + SLICE] = length | level;
        return start;
    }

    private int slice(int level) {
        int start = length;
        int size = FIRST_SLICE << level;
        if (size > octets.length - start) {
            if (start > MAX_LENGTH - size) {
                throw new IllegalStateException(
                        "Columns hold more than they can: look at isFull() after each document.");
            }
            octets = Arrays.copyOf(octets,
                    (int) Math.min(MAX_LENGTH, octets.length + (octets.length >> 1) + (long) size));
        }
        length = start + size;
        return start;
    }

    /** Reads one list after another; a block of documents is decoded at a time. */
    static final class Reader {
        private byte[] octets;
        private int at;
        private int limit;
        private int sliceEnd;
        private int level;
        private int stop;
        private int document;
        private int single;

        // Of a bitmap: where it begins, the word that is read, and what of that is left.
        private long[] bitmap;
        private int from;
        private int word;
        private long bits;

        /** Goes to the beginning of the list whose state is at {@code s}. */
        void over(DocumentLists lists, int[] state, int s) {
            octets = lists.octets;
            bitmap = null;
            stop = state[s + AT];
            level = 0;
            if (state[s + START] == NOWHERE) {
                single = state[s + LAST];
                at = limit = stop;
            } else {
                single = -1;
                document = -1;
                enter(state[s + START]);
            }
        }

        /** Goes to the first document of a bitmap, whose bit is the first of word {@code from}. */
        void over(long[] bitmap, int from) {
            this.bitmap = bitmap;
            this.from = from;
            word = from - 1;
            bits = 0;
            single = -1;
        }

        /** Reads up to {@link TermColumn#BLOCK} more documents: how many; 0 at the end of the list. */
        int read(int[] documents) {
            if (single >= 0) {
                documents[0] = single;
                single = -1;
                return 1;
            }
            if (bitmap != null) {
                return readBits(documents);
            }
            byte[] from = octets;
            int count = 0;
            int doc = document;
            int i = at;
            while (count < TermColumn.BLOCK) {
                if (i == limit) {
                    if (i == stop) {
                        break;
                    }
                    i = follow();
                }
                int b = from[i++];
                if (b >= 0) {
                    doc += b;
                } else {
                    int delta = b & 0x7F;
                    int shift = 7;
                    do {
                        if (i == limit) {
                            i = follow();
                        }
                        b = from[i++];
                        delta |= (b & 0x7F) << shift;
                        shift += 7;
                    } while (b < 0);
                    doc += delta;
                }
                documents[count++] = doc;
            }
            at = i;
            document = doc;
            return count;
        }

        private int readBits(int[] documents) {
            int count = 0;
            while (count < TermColumn.BLOCK) {
                if (bits != 0) {
                    documents[count++] = (word - from << 6) + Long.numberOfTrailingZeros(bits);
                    bits &= bits - 1;
                } else if (word + 1 < bitmap.length) {
                    bits = bitmap[++word];
                } else {
                    break;
                }
            }
            return count;
        }

        private int follow() {
            int link = sliceEnd - LINK;
            level = Math.min(level + 1, TOP);
            enter((octets[link] & 0xFF) << 24
                    | (octets[link + 1] & 0xFF) << 16
                    | (octets[link + 2] & 0xFF) << 8
                    | octets[link + 3] & 0xFF);
            return at;
        }

        private void enter(int start) {
            at = start;
            sliceEnd = start + (FIRST_SLICE << level);
            limit = stop >= start && stop <= sliceEnd - LINK ? stop : sliceEnd - LINK;
        }
    }
}
