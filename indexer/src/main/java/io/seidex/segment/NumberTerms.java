package io.seidex.segment;

import io.seidex.schema.IndexField;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/**
 * Terms that are unsigned numbers of 1 to 8 octets, or labels. Numbers of one or two octets and labels find their ordinal
 * in a table by value; larger ones by a hash.
 */
final class NumberTerms extends TermColumn {
    private final int octets;
    private final long mask;
    private final boolean direct;
    private final byte[][] labels;
    private final long multiplier;
    private final BytesRef term;

    private long[] keys = new long[firstCapacity()];

    /** By value, or by hash: the ordinal plus one; 0 where there is none. */
    private int[] table;
    private int shift;

    /**
     * @param labels the words of a field of labels; of another field, none
     * @param multiplier odd and random: nobody can write a capture whose values collide
     */
    NumberTerms(IndexField field, int octets, byte[][] labels, DocumentLists lists, long multiplier) {
        super(field, 8, lists);
        this.octets = octets;
        this.labels = labels;
        this.multiplier = multiplier;
        this.mask = octets == 8 ? -1 : (1L << 8 * octets) - 1;
        this.direct = octets <= 2;
        this.term = new BytesRef(new byte[octets]);
        resize(direct ? firstCapacity() : 2 * firstCapacity());
    }

    /** Adds {@code document} to the documents of {@code value}; of it, the lower octets that the field has. Its ordinal. */
    int add(long value, int document) {
        int ordinal = direct ? inTable((int) (value & mask)) : hashed(value & mask);
        add(ordinal, document);
        return ordinal;
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

    private int hashed(long value) {
        int slot = (int) (value * multiplier >>> shift);
        for (int found; (found = table[slot]) != 0; slot = slot + 1 & table.length - 1) {
            if (keys[found - 1] == value) {
                return found - 1;
            }
        }
        int ordinal = next();
        keys[ordinal] = value;
        if (2 * count > table.length) {
            resize(2 * table.length);
        } else {
            table[slot] = count;
        }
        return ordinal;
    }

    private void resize(int size) {
        table = new int[size];
        shift = 64 - Integer.numberOfTrailingZeros(size);
        for (int i = 0; i < count; i++) {
            if (direct) {
                table[(int) keys[i]] = i + 1;
            } else {
                int slot = (int) (keys[i] * multiplier >>> shift);
                while (table[slot] != 0) {
                    slot = slot + 1 & size - 1;
                }
                table[slot] = i + 1;
            }
        }
    }

    @Override
    void sort(int[] order, int[] spare, RadixSort radix) {
        if (labels.length == 0) {
            radix.sort(keys, 1, count, order, spare);
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
        return super.bytes() + 8L * keys.length + 4L * table.length;
    }

    @Override
    void clear(boolean release) {
        Arrays.fill(table, 0);
        super.clear(release);
    }

    static int tableFor(int capacity) {
        return Math.max(32, Integer.highestOneBit(capacity) << 2);
    }
}
