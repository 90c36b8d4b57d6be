package io.seidex.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;
import org.apache.lucene.util.BytesRefComparator;
import org.apache.lucene.util.StringSorter;

/** Terms of any length up to {@link Columns#TEXT_LIMIT}, one after the other in a run of octets. */
final class TextTerms extends Dictionary {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long multiplier;
    private int last = -1;

    private byte[] octets = new byte[1 << 10];
    /** Where each text begins in {@link #octets}; it ends where the next begins. */
    private int[] begins = new int[firstCapacity() + 1];
    /** Upper half of the hash of each text. */
    private int[] hashes = new int[firstCapacity()];
    private int[] table = new int[NumberTerms.tableFor(firstCapacity())];

    TextTerms(DocumentLists lists, FirstValues firsts, long multiplier) {
        super(8, lists, firsts);
        this.multiplier = multiplier;
    }

    /** Adds {@code document} to the documents of the first {@code length} octets of {@code text}. */
    void add(byte[] text, int length, int document) {
        if (document != last) {
            last = document;
            count(1);
        }
        addTo(ordinal(text, length), document);
    }

    private int ordinal(byte[] text, int length) {
        int hash = hash(text, length);
        int slot = hash & table.length - 1;
        for (int found; (found = table[slot]) != 0; slot = slot + 1 & table.length - 1) {
            int begin = begins[found - 1];
            if (hashes[found - 1] == hash && begins[found] - begin == length
                    && Arrays.equals(octets, begin, begin + length, text, 0, length)) {
                return found - 1;
            }
        }
        int begin = begins[count];
        int ordinal = next();
        if (length > octets.length - begin) {
            octets = Arrays.copyOf(octets, Math.addExact(begin + length, begin >> 1));
        }
        System.arraycopy(text, 0, octets, begin, length);
        begins[count] = begin + length;
        lists.charge(length);
        hashes[ordinal] = hash;
        if (NumberTerms.SPREAD * count > table.length) {
            resize(2 * table.length);
        } else {
            table[slot] = count;
        }
        return ordinal;
    }

    private int hash(byte[] text, int length) {
        long hash = length * multiplier;
        int i = 0;
        for (; i <= length - 8; i += 8) {
            hash = mixed(hash ^ (long) LONGS.get(text, i));
        }
        if (i < length) {
            long rest = 0;
            for (; i < length; i++) {
                rest = rest << 8 | text[i] & 0xFF;
            }
            hash = mixed(hash ^ rest);
        }
        return (int) (hash >>> 32);
    }

    private long mixed(long word) {
        long product = word * multiplier;
        return (product ^ product >>> 32) * multiplier;
    }

    private void resize(int size) {
        table = new int[size];
        for (int i = 0; i < count; i++) {
            int slot = hashes[i] & size - 1;
            while (table[slot] != 0) {
                slot = slot + 1 & size - 1;
            }
            table[slot] = i + 1;
        }
    }

    @Override
    void sort(int[] order, SortRoom room) {
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        new StringSorter(BytesRefComparator.NATURAL) {
            @Override
            protected void get(BytesRefBuilder builder, BytesRef result, int i) {
                term(order[i], result);
            }

            @Override
            protected void swap(int i, int j) {
                int ordinal = order[i];
                order[i] = order[j];
                order[j] = ordinal;
            }
        }.sort(0, count);
    }

    @Override
    void term(int ordinal, BytesRef target) {
        target.bytes = octets;
        target.offset = begins[ordinal];
        target.length = begins[ordinal + 1] - target.offset;
    }

    @Override
    void grow(int capacity) {
        begins = Arrays.copyOf(begins, capacity + 1);
        hashes = Arrays.copyOf(hashes, capacity);
    }

    @Override
    void shrink(int capacity) {
        octets = new byte[Math.max(1 << 10, begins[count])];
        begins = new int[capacity + 1];
        hashes = new int[capacity];
        table = new int[NumberTerms.tableFor(capacity)];
    }

    @Override
    long bytes() {
        return super.bytes() + octets.length + 4L * (begins.length + hashes.length + table.length);
    }

    @Override
    void clear(int documents, boolean release) {
        Arrays.fill(table, 0);
        last = -1;
        super.clear(documents, release);
    }
}
