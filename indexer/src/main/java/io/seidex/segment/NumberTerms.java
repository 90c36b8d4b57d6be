package io.seidex.segment;

import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/**
 * Terms that are unsigned numbers of 1 to 8 octets, or labels. Numbers of one or two octets and labels find their ordinal
 * in a table by value, and the documents of the frequent ones are {@link Bitmaps}; larger ones find it by a hash.
 */
final class NumberTerms extends Dictionary implements Staging.Column {
    /** Places of a hash table for each value: with so many, nearly every value is found at its first. */
    static final int SPREAD = 4;

    private final int octets;
    private final boolean direct;
    /** Of the latest documents, if direct. */
    private final NumberSets sets = new NumberSets();
    private final byte[][] labels;
    private final long multiplier;
    private final BytesRef term;
    private final Bitmaps bitmaps;
    private final DocumentLists.Reader listReader = new DocumentLists.Reader();
    /** What values that are added together are found to be. */
    private final int[] ordinals;

    private long[] keys = new long[firstCapacity()];

    /** By value, or by hash: the ordinal plus one; 0 where there is none. */
    private int[] table;
    private int shift;

    /**
     * @param labels the words of a field of labels; of another field, none
     * @param multiplier odd and random: nobody can write a capture whose values collide
     */
    NumberTerms(int octets, byte[][] labels, DocumentLists lists, FirstValues firsts, long multiplier) {
        super(8, lists, firsts);
        this.octets = octets;
        this.labels = labels;
        this.multiplier = multiplier;
        this.direct = octets <= 2;
        this.term = new BytesRef(new byte[octets]);
        this.bitmaps = new Bitmaps(lists);
        this.ordinals = new int[direct ? 0 : Staging.BATCH];
        resize(tableFor(firstCapacity()));
    }

    /** Adds {@code document} to those of a value of one or two octets. {@link #drain} must be called behind each 64th. */
    void add(int value, int document) {
        sets.add(value, document);
    }

    /** Takes in what was added of the 64 documents from {@code first} on. */
    void drain(int first) {
        long any = 0;
        for (int i = 0; i < sets.count(); i++) {
            int value = sets.number(i);
            long documents = sets.documents(value);
            any |= documents;
            if (!bitmaps.setAll(value, first, documents)) {
                for (long rest = documents; rest != 0; rest &= rest - 1) {
                    addDirect(value, first + Long.numberOfTrailingZeros(rest));
                }
            }
        }
        count(Long.bitCount(any));
        sets.clear();
    }

    private void addDirect(int value, int document) {
        if (bitmaps.set(value, document)) {
            return;
        }
        if (bitmaps.has(value)) {
            bitmaps.grow(value, document);
            return;
        }
        int ordinal = inTable(value);
        addTo(ordinal, document);
        if (isLong(ordinal)) {
            if (bitmaps.begin(value, document)) {
                super.read(ordinal, listReader);
                bitmaps.fill(value, listReader);
            } else {
                stay(ordinal);
            }
        }
    }

    @Override
    void read(int ordinal, DocumentLists.Reader reader) {
        if (direct && bitmaps.has((int) keys[ordinal])) {
            bitmaps.read((int) keys[ordinal], reader);
        } else {
            super.read(ordinal, reader);
        }
    }

    @Override
    void settle() {
        for (int value = 0; value < bitmaps.size(); value++) {
            if (!bitmaps.isEmpty(value)) {
                inTable(value);
            }
        }
    }

    /** Adds documents to those of values of no more octets than the field has. */
    @Override
    public void addAll(long[] values, int[] documents, int at, int size) {
        count(documents, at, size);
        for (int i = 0; i < size; i++) {
            ordinals[i] = table[slot(values[at + i])] - 1;
        }
        // Without a branch, so that no key is waited for before the next one is asked for.
        for (int i = 0; i < size; i++) {
            int ordinal = ordinals[i];
            ordinals[i] = keys[Math.max(ordinal, 0)] == values[at + i] ? ordinal : -1;
        }
        for (int i = 0; i < size; i++) {
            if (ordinals[i] < 0) {
                ordinals[i] = ordinal(values[at + i]);
            }
        }
        addAll(ordinals, documents, at, size);
    }

    @Override
    void touch(int[] order, int from, int size) {
        super.touch(order, from, size);
        for (int i = from; i < from + size; i++) {
            unused += (int) keys[order[i]];
        }
    }

    private int inTable(int value) {
        if (value >= table.length) {
            table = Arrays.copyOf(table, Integer.highestOneBit(value) << 1);
        }
        int ordinal = table[value] - 1;
        if (ordinal < 0) {
            ordinal = next();
            keys[ordinal] = value;
            table[value] = ordinal + 1;
        }
        return ordinal;
    }

    /** The ordinal of a value of more than two octets, which is added if it is not there. */
    int ordinal(long value) {
        int slot = slot(value);
        for (int found; (found = table[slot]) != 0; slot = slot + 1 & table.length - 1) {
            if (keys[found - 1] == value) {
                return found - 1;
            }
        }
        int ordinal = next();
        keys[ordinal] = value;
        if (SPREAD * count > table.length) {
            resize(2 * table.length);
        } else {
            table[slot] = count;
        }
        return ordinal;
    }

    /** Two multiplications: after one alone, values that ascend by a constant would crowd in a few places. */
    private int slot(long value) {
        long hash = value * multiplier;
        return (int) ((hash ^ hash >>> 32) * multiplier >>> shift);
    }

    private void resize(int size) {
        table = new int[size];
        shift = 64 - Integer.numberOfTrailingZeros(size);
        for (int i = 0; i < count; i++) {
            if (direct) {
                table[(int) keys[i]] = i + 1;
            } else {
                int slot = slot(keys[i]);
                while (table[slot] != 0) {
                    slot = slot + 1 & size - 1;
                }
                table[slot] = i + 1;
            }
        }
    }

    @Override
    void sort(int[] order, SortRoom room) {
        if (labels.length == 0) {
            room.sort(keys, 1, count, order);
        } else {
            for (int i = 0; i < count; i++) {
                int place = i;
                byte[] label = labels[(int) keys[i]];
                for (; place > 0 && Arrays.compareUnsigned(labels[(int) keys[order[place - 1]]], label) > 0; place--) {
                    order[place] = order[place - 1];
                }
                order[place] = i;
            }
        }
    }

    @Override
    void term(int ordinal, BytesRef target) {
        long key = keys[ordinal];
        if (labels.length == 0) {
            for (int i = octets - 1; i >= 0; i--, key >>>= 8) {
                term.bytes[i] = (byte) key;
            }
            target.bytes = term.bytes;
            target.length = octets;
        } else {
            target.bytes = labels[(int) key];
            target.length = target.bytes.length;
        }
        target.offset = 0;
    }

    @Override
    void grow(int capacity) {
        keys = Arrays.copyOf(keys, capacity);
    }

    @Override
    void shrink(int capacity) {
        keys = new long[capacity];
        count = 0;
        resize(direct ? firstCapacity() : tableFor(capacity));
    }

    @Override
    long bytes() {
        return super.bytes() + 8L * keys.length + 4L * table.length + bitmaps.bytes() + sets.bytes();
    }

    @Override
    void clear(int documents, boolean release) {
        Arrays.fill(table, 0);
        if (release) {
            sets.release();
        } else {
            sets.clear();
        }
        bitmaps.clear(release ? Integer.MAX_VALUE : documents);
        super.clear(documents, release);
    }

    /** Places of a hash table that has room for {@code capacity} values. */
    static int tableFor(int capacity) {
        return Integer.highestOneBit(2 * SPREAD * capacity - 1);
    }
}
