package io.seidex.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/**
 * Terms of a fixed length of 16 to 24 octets, kept as long integers: IPv6 addresses, endpoints, Community IDs. If the
 * length is 20, the last integer holds four octets.
 */
final class KeyTerms extends Dictionary implements Staging.Column {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final int octets;
    /** Whether a key's last octet says how many of the others are the term. */
    private final boolean texts;
    private final int words;
    private final long[] multipliers;
    private final byte[] term;

    /** What keys that are added together are found to be. */
    private final int[] ordinals = new int[Staging.BATCH];

    private long[] keys;
    private int[] table = new int[NumberTerms.tableFor(firstCapacity())];
    private int shift;

    KeyTerms(int octets, DocumentLists lists, FirstValues firsts, long[] multipliers) {
        this(octets, false, lists, firsts, multipliers);
    }

    private KeyTerms(int octets, boolean texts, DocumentLists lists, FirstValues firsts, long[] multipliers) {
        super(24, lists, firsts);
        this.octets = octets;
        this.texts = texts;
        this.words = (octets + 7) / 8;
        this.multipliers = multipliers;
        this.term = new byte[8 * words];
        this.keys = new long[words * firstCapacity()];
        this.shift = 64 - Integer.numberOfTrailingZeros(table.length);
    }

    /** Texts as {@link TextColumn} makes keys of them. */
    static KeyTerms ofTexts(DocumentLists lists, long[] multipliers) {
        return new KeyTerms(TextColumn.WORDS * Long.BYTES, true, lists, null, multipliers);
    }

    /** The eight octets at {@code at}, big-endian. */
    static long i64(byte[] octets, int at) {
        return (long) LONGS.get(octets, at);
    }

    /** The four octets at {@code at}, big-endian, unsigned. */
    static long u32(byte[] octets, int at) {
        return (int) INTS.get(octets, at) & 0xFFFF_FFFFL;
    }

    /** Adds documents to those of keys. */
    @Override
    public void addAll(long[] values, int[] documents, int at, int size) {
        count(documents, at, size);
        int second = at + Staging.STRIDE;
        int third = words == 3 ? second + Staging.STRIDE : at;
        long thirdMask = words == 3 ? -1 : 0;
        for (int i = 0; i < size; i++) {
            ordinals[i] = table[slot(values[at + i], values[second + i], values[third + i] & thirdMask)] - 1;
        }
        // Without a branch, so that no key is waited for before the next one is asked for.
        for (int i = 0; i < size; i++) {
            int ordinal = ordinals[i];
            int k = words * Math.max(ordinal, 0);
            long difference = keys[k] ^ values[at + i] | keys[k + 1] ^ values[second + i];
            if (words == 3) {
                difference |= keys[k + 2] ^ values[third + i];
            }
            ordinals[i] = difference == 0 ? ordinal : -1;
        }
        for (int i = 0; i < size; i++) {
            if (ordinals[i] < 0) {
                ordinals[i] = ordinal(values[at + i], values[second + i], values[third + i] & thirdMask);
            }
        }
        addAll(ordinals, documents, at, size);
    }

    @Override
    void touch(int[] order, int from, int size) {
        super.touch(order, from, size);
        for (int i = from; i < from + size; i++) {
            unused += (int) keys[order[i] * words];
        }
    }

    /** The ordinal of a key, which is added if it is not there. */
    int ordinal(long first, long second, long third) {
        int slot = slot(first, second, third);
        for (int found; (found = table[slot]) != 0; slot = slot + 1 & table.length - 1) {
            int k = words * (found - 1);
            if (keys[k + 1] == second && keys[k] == first && (words == 2 || keys[k + 2] == third)) {
                return found - 1;
            }
        }
        int ordinal = next();
        int k = words * ordinal;
        keys[k] = first;
        keys[k + 1] = second;
        if (words == 3) {
            keys[k + 2] = third;
        }
        if (NumberTerms.SPREAD * count > table.length) {
            resize(2 * table.length);
        } else {
            table[slot] = count;
        }
        return ordinal;
    }

    private int slot(long first, long second, long third) {
        long hash = first * multipliers[0] + second * multipliers[1] + third * multipliers[2];
        return (int) ((hash ^ hash >>> 32) * multipliers[3] >>> shift);
    }

    private void resize(int size) {
        table = new int[size];
        shift = 64 - Integer.numberOfTrailingZeros(size);
        for (int i = 0, k = 0; i < count; i++, k += words) {
            int slot = slot(keys[k], keys[k + 1], words == 3 ? keys[k + 2] : 0);
            while (table[slot] != 0) {
                slot = slot + 1 & size - 1;
            }
            table[slot] = i + 1;
        }
    }

    @Override
    void sort(int[] order, SortRoom room) {
        room.sort(keys, words, count, order);
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
        target.length = texts ? term[octets - 1] : octets;
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
    void clear(int documents, boolean release) {
        Arrays.fill(table, 0);
        super.clear(documents, release);
    }
}
