package io.seidex.segment;

import java.util.Arrays;

/**
 * The documents of every term of every field, in one run of octets: a list is a chain of slices, each list's slices growing
 * as the list does.
 *
 * <pre>
 *  slice of level n   16 &lt;&lt; n octets, at most 16 &lt;&lt; {@link #TOP}
 *      data           the differences of ascending documents, the first from -1, as vInts that may cross into the next slice
 *      last 4 octets  where the list's next slice begins
 * </pre>
 *
 * A term in every packet costs an octet a packet here, where a pair (ordinal, document) would cost eight and have to be
 * sorted. Who owns a list keeps its {@link #STATE} integers; that a document is in it already is seen from the first of them.
 */
final class DocumentLists {
    /** Integers of state a list: last document, where to write, end and level of the last slice, where the list begins. */
    static final int STATE = 4;

    static final int LAST = 0;
    static final int AT = 1;
    static final int SLICE = 2;
    static final int START = 3;

    private static final int FIRST_SLICE = 16;
    private static final int TOP = 8;
    private static final int LINK = 4;
    private static final int LEVEL = 15;
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

    private byte[] octets = new byte[1 << 12];
    private int length;
    private long charged;

    /** Begins a list, its state at {@code s}. */
    void begin(int[] state, int s) {
        int start = slice(0);
        state[s + LAST] = -1;
        state[s + AT] = start;
        state[s + SLICE] = length;
        state[s + START] = start;
    }

    /** Adds {@code document} to the list whose state is at {@code s}, unless it is there. */
    void add(int[] state, int s, int document) {
        int delta = document - state[s + LAST];
        if (delta == 0) {
            return;
        }
        state[s + LAST] = document;
        int at = state[s + AT];
        int limit = (state[s + SLICE] & ~LEVEL) - LINK;
        while (delta > 0x7F) {
            if (at == limit) {
                at = next(state, s, at);
                limit = (state[s + SLICE] & ~LEVEL) - LINK;
            }
            octets[at++] = (byte) (delta | 0x80);
            delta >>>= 7;
        }
        if (at == limit) {
            at = next(state, s, at);
        }
        octets[at] = (byte) delta;
        state[s + AT] = at + 1;
    }

    /** Counts octets that a column takes beside its lists. */
    void charge(int octets) {
        charged += octets;
    }

    /** Octets in use, by the lists and by what was charged. */
    long used() {
        return length + charged;
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
        int level = Math.min((state[s + SLICE] & LEVEL) + 1, TOP);
        int start = slice(level);
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
        static final int BLOCK = 256;

        /** The documents that {@link #read} found. */
        final int[] documents = new int[BLOCK];

        private byte[] octets;
        private int at;
        private int limit;
        private int sliceEnd;
        private int level;
        private int stop;
        private int document;

        /** Goes to the beginning of the list whose state is at {@code s}. */
        void over(DocumentLists lists, int[] state, int s) {
            octets = lists.octets;
            stop = state[s + AT];
            document = -1;
            level = 0;
            enter(state[s + START]);
        }

        /** How many more documents there are in {@link #documents}, at most {@link #BLOCK}; 0 at the end of the list. */
        int read() {
            byte[] from = octets;
            int count = 0;
            int doc = document;
            int i = at;
            while (count < BLOCK) {
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
