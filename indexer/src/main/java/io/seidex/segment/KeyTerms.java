package io.seidex.segment;

import io.seidex.schema.IndexField;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/**
 * Terms of a fixed length of 16 to 24 octets, kept as long integers: IPv6 addresses, endpoints, Community IDs. If the
 * length is 20, the last integer holds four octets.
 */
final class KeyTerms extends TermColumn {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final int octets;
    private final int words;
    private final long[] multipliers;
    private final byte[] term;

    private long[] keys;
    private int[] table = new int[2 * firstCapacity()];
    private int shift;

    KeyTerms(IndexField field, int octets, DocumentLists lists, long[] multipliers) {
        super(field, 24, lists);
        this.octets = octets;
        this.words = (octets + 7) / 8;
        this.multipliers = multipliers;
        this.term = new byte[8 * words];
        this.keys = new long[words * firstCapacity()];
        this.shift = 64 - Integer.numberOfTrailingZeros(table.length);
    }

    /** The eight octets at {@code at}, big-endian. */
    static long i64(byte[] octets, int at) {
        return (long) LONGS.get(octets, at);
    }

    /** The four octets at {@code at}, big-endian, unsigned. */
    static long u32(byte[] octets, int at) {
        return (int) INTS.get(octets, at) & 0xFFFF_FFFFL;
    }

    /** Adds {@code document} to the documents of a key of two words, or of three. Its ordinal. */
    int add(long first, long second, long third, int document) {
        int ordinal = words == 2 ? ordinal(first, second) : ordinal(first, second, third);
        add(ordinal, document);
        return ordinal;
    }

    private int ordinal(long first, long second) {
        int slot = (int) (hash(first, second, 0) >>> shift);
        for (int found; (found = table[slot]) != 0; slot = slot + 1 & table.length - 1) {
            int k = 2 * (found - 1);
            if (keys[k + 1] == second && keys[k] == first) {
                return found - 1;
            }
        }
        return intern(slot, first, second, 0);
    }

    private int ordinal(long first, long second, long third) {
        int slot = (int) (hash(first, second, third) >>> shift);
        for (int found; (found = table[slot]) != 0; slot = slot + 1 & table.length - 1) {
            int k = 3 * (found - 1);
            if (keys[k + 2] == third && keys[k + 1] == second && keys[k] == first) {
                return found - 1;
            }
        }
        return intern(slot, first, second, third);
    }

    private long hash(long first, long second, long third) {
        long hash = first * multipliers[0] + second * multipliers[1] + third * multipliers[2];
        return (hash ^ hash >>> 32) * multipliers[3];
    }

    private int intern(int slot, long first, long second, long third) {
        int ordinal = next();
        int k = words * ordinal;
        keys[k] = first;
        keys[k + 1] = second;
        if (words == 3) {
            keys[k + 2] = third;
        }
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
        for (int i = 0, k = 0; i < count; i++, k += words) {
            int slot = (int) (hash(keys[k], keys[k + 1], words == 3 ? keys[k + 2] : 0) >>> shift);
            while (table[slot] != 0) {
                slot = slot + 1 & size - 1;
            }
            table[slot] = i + 1;
        }
    }

    @Override
    void sort(int[] order, int[] spare, RadixSort radix) {
        radix.sort(keys, words, count, order, spare);
    }

    @Override
    void term(int ordinal, BytesRef target) {
        int k = words * ordinal;
        for (int w = 0; w < words; w++) {
            long word = keys[k + w];
            int size = Math.min(8, octets - 8 * w);
            for (int i = 8 * w + size - 1; i >= 8 * w; i--, word >>>= 8) {
                term[i] = (byte) word;
            }
        }
        target.bytes = term;
        target.offset = 0;
        target.length = octets;
    }

    @Override
    void grow(int capacity) {
        keys = Arrays.copyOf(keys, Math.multiplyExact(capacity, words));
    }

    @Override
    void shrink(int capacity) {
        keys = new long[capacity * words];
        count = 0;
        resize(NumberTerms.tableFor(capacity));
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
}
