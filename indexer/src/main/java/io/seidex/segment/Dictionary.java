package io.seidex.segment;

import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/**
 * Terms as a dictionary of the distinct values in the order in which they were met (a value's place there is its
 * <i>ordinal</i>), and the documents of each. Only the distinct values are ever sorted.
 */
abstract class Dictionary extends TermColumn {
    private static final int FIRST_CAPACITY = 16;

    final DocumentLists lists;
    final FirstValues firsts;

    /** Distinct values. */
    int count;

    /** Keeps reads that serve only to warm caches from being optimised away. */
    int unused;

    /** Terms that are got ready together when they are walked. */
    private static final int AHEAD = 64;

    private final DocumentLists.Reader reader = new DocumentLists.Reader();
    private int[] order;
    private int rank;

    private int[] states = new int[FIRST_CAPACITY * DocumentLists.STATE];

    /** Octets that a distinct value takes: its state, its key, its place in the table, and what sorting it needs. */
    private final int cost;

    /** @param firsts where the documents' first values are kept, as ordinals; null if nobody wants them */
    Dictionary(int keyOctets, DocumentLists lists, FirstValues firsts) {
        this.lists = lists;
        this.firsts = firsts;
        this.cost = 4 * DocumentLists.STATE + keyOctets + 24 + 12;
    }

    /** Adds {@code document} to the documents of the value of {@code ordinal}, once. */
    final void addTo(int ordinal, int document) {
        lists.add(states, ordinal * DocumentLists.STATE, document);
        if (firsts != null) {
            firsts.first(document, ordinal);
        }
    }

    /** Adds documents to those of {@code ordinals}, and counts them. */
    final void addOrdinals(int[] ordinals, int[] documents, int at, int size) {
        count(documents, at, size);
        addAll(ordinals, documents, at, size);
    }

    /**
     * Adds documents to those of {@code ordinals}. A dictionary of a hundred thousand values is not in the processor's
     * caches: looked up one by one, each occurrence would wait for memory three times, one wait after another. Looked up
     * together, step by step, they wait at the same time.
     */
    final void addAll(int[] ordinals, int[] documents, int at, int size) {
        unused += lists.touch(states, ordinals, 0, size, DocumentLists.AT);
        for (int i = 0; i < size; i++) {
            addTo(ordinals[i], documents[at + i]);
        }
    }

    /** Gets ready for reading the documents of {@code count} ordinals, and their values. */
    void touch(int[] ordinals, int from, int count) {
        unused += lists.touch(states, ordinals, from, count, DocumentLists.START);
    }

    /** Whether the value's list of documents has grown long, and nobody has said yet that it {@linkplain #stay stays}. */
    final boolean isLong(int ordinal) {
        return lists.isLong(states, ordinal * DocumentLists.STATE);
    }

    final void stay(int ordinal) {
        lists.stay(states, ordinal * DocumentLists.STATE);
    }

    /** Goes to the beginning of the documents of the value of {@code ordinal}. */
    void read(int ordinal, DocumentLists.Reader reader) {
        reader.over(lists, states, ordinal * DocumentLists.STATE);
    }

    /** Takes the next ordinal, for a value met for the first time. */
    final int next() {
        int ordinal = count++;
        int s = ordinal * DocumentLists.STATE;
        if (s == states.length) {
            states = Arrays.copyOf(states, Math.multiplyExact(grown(ordinal), DocumentLists.STATE));
            grow(states.length / DocumentLists.STATE);
        }
        DocumentLists.begin(states, s);
        lists.charge(cost);
        return ordinal;
    }

    @Override
    boolean isEmpty() {
        return count == 0;
    }

    @Override
    void open(SortRoom room) {
        order = room.order(count);
        sort(order, room);
        rank = -1;
    }

    /** Walks an order of its own: the room is used again while the walk lasts. */
    final void keepOrder() {
        order = Arrays.copyOf(order, count);
    }

    @Override
    boolean next(BytesRef term) {
        if (++rank >= count) {
            return false;
        }
        if ((rank & AHEAD - 1) == 0) {
            touch(order, rank, Math.min(AHEAD, count - rank));
        }
        term(order[rank], term);
        read(order[rank], reader);
        return true;
    }

    @Override
    int read(int[] block) {
        return reader.read(block);
    }

    /** Writes the ordinals into {@code order} as their terms sort. */
    abstract void sort(int[] order, SortRoom room);

    /** Points {@code term} at the octets of the value of {@code ordinal}; valid until the next call. */
    abstract void term(int ordinal, BytesRef term);

    /** Makes room for {@code capacity} values. */
    abstract void grow(int capacity);

    @Override
    long bytes() {
        return 4L * states.length;
    }

    @Override
    void clear(int documents, boolean release) {
        if (release && (long) count * DocumentLists.STATE < states.length / 2) {
            int capacity = Math.max(FIRST_CAPACITY, count);
            states = new int[capacity * DocumentLists.STATE];
            shrink(capacity);
        }
        count = 0;
        super.clear(documents, release);
    }

    /** Gives back what is not needed for {@code capacity} values. */
    abstract void shrink(int capacity);

    static int firstCapacity() {
        return FIRST_CAPACITY;
    }
}
