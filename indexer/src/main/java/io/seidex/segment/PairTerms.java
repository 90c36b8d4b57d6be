package io.seidex.segment;

import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/**
 * Terms as pairs (value, document), one an occurrence, sorted when they are written. For fields of many distinct values:
 * a dictionary of them is too large for the processor's caches, and an occurrence that has to be looked up there costs
 * several times what sorting it costs.
 *
 * <p>Sorting takes as many steps as the values have octets of difference. The bits in which all values agree are left out,
 * and where value and document then fit into 64 bits together they are sorted as one number.
 *
 * <p>An endpoint is an address and a number. Addresses are few, and do come from a dictionary.
 */
final class PairTerms extends TermColumn implements Staging.Column {
    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int ADDRESS = 16;

    private final DocumentLists lists;
    private final int octets;
    /** Octets that an occurrence takes, with what sorting needs. */
    private final int cost;
    /** Of endpoints; else null. */
    private final KeyTerms addresses;
    private final byte[] term;

    private int count;
    private long[] values = new long[0];
    private int[] documents = new int[0];
    /** Ordinals of the addresses. */
    private int[] groups = new int[0];

    // The walk. An occurrence is a number whose lower bits are the document; if wide, the value stands apart.
    private boolean wide;
    private long[] sorted;
    private long[] companions;
    private int documentBits;
    private int valueBits;
    private long varying;
    private long common;
    private int[] addressOrder;
    private int at;
    private int end;
    private int last;

    /**
     * @param octets of the number, without the address
     * @param addresses the dictionary of addresses, of endpoints; else null
     */
    PairTerms(int octets, DocumentLists lists, KeyTerms addresses) {
        this.octets = octets;
        this.cost = Long.BYTES + Integer.BYTES + (addresses == null ? 0 : Integer.BYTES) + 2 * Long.BYTES;
        this.lists = lists;
        this.addresses = addresses;
        this.term = new byte[(addresses == null ? 0 : ADDRESS) + octets];
    }

    /** Adds occurrences: of numbers no greater than the field has octets for, or of a high and a low half and a number. */
    @Override
    public void addAll(long[] from, int[] fromDocuments, int at, int size) {
        count(fromDocuments, at, size);
        int i = count;
        if (i + size > documents.length) {
            grow();
        }
        lists.charge(size * cost);
        System.arraycopy(fromDocuments, at, documents, i, size);
        if (addresses == null) {
            System.arraycopy(from, at, values, i, size);
        } else {
            System.arraycopy(from, at + 2 * Staging.STRIDE, values, i, size);
            for (int k = 0; k < size; k++) {
                groups[i + k] = addresses.ordinal(from[at + k], from[at + k + Staging.STRIDE], 0);
            }
        }
        count = i + size;
    }

    private void grow() {
        int capacity = Math.max(FIRST_CAPACITY, grown(documents.length));
        values = Arrays.copyOf(values, capacity);
        documents = Arrays.copyOf(documents, capacity);
        groups = addresses == null ? groups : Arrays.copyOf(groups, capacity);
    }

    @Override
    boolean isEmpty() {
        return count == 0;
    }

    @Override
    void open(SortRoom room) {
        common = count == 0 ? 0 : values[0];
        varying = 0;
        for (int i = 0; i < count; i++) {
            varying |= values[i] ^ common;
        }
        common &= ~varying;
        valueBits = Long.bitCount(varying);
        documentBits = count == 0 ? 0 : bits(documents[count - 1]);
        int[] ranks = addresses == null ? groups : addressRanks(room);
        int groupBits = addresses == null ? 0 : bits(addresses.count - 1);
        wide = groupBits + valueBits + documentBits > Long.SIZE;
        long[] keys = room.keys(count);
        if (!wide) {
            pack(keys, ranks);
            room.sortKeys(count, documentBits, groupBits + valueBits + documentBits);
            sorted = room.keys(count);
        } else {
            sortWide(keys, ranks, room);
        }
        at = 0;
        end = 0;
    }

    private int[] addressRanks(SortRoom room) {
        addressOrder = room.order(addresses.count);
        addresses.sort(addressOrder, room);
        int[] ranks = room.ranks(addresses.count);
        for (int rank = 0; rank < addresses.count; rank++) {
            ranks[addressOrder[rank]] = rank;
        }
        return ranks;
    }

    private void pack(long[] keys, int[] ranks) {
        if (addresses == null) {
            for (int i = 0; i < count; i++) {
                keys[i] = Long.compress(values[i], varying) << documentBits | documents[i];
            }
        } else {
            for (int i = 0; i < count; i++) {
                long value = (long) ranks[groups[i]] << valueBits | Long.compress(values[i], varying);
                keys[i] = value << documentBits | documents[i];
            }
        }
    }

    /** Values of 64 bits of difference: two numbers an occurrence, sorted by value, and then by address. */
    private void sortWide(long[] keys, int[] ranks, SortRoom room) {
        long[] pairs = room.companions(count);
        for (int i = 0; i < count; i++) {
            keys[i] = values[i];
            pairs[i] = (addresses == null ? 0L : (long) ranks[groups[i]] << 32) | documents[i];
        }
        room.sortDivided(count);
        if (addresses != null) {
            room.swap();
            room.sortPairs(count, 32);
            room.swap();
        }
        sorted = room.keys(count);
        companions = room.companions(count);
    }

    private static int bits(int greatest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(greatest);
    }

    @Override
    boolean next(BytesRef target) {
        at = end;
        if (at == count) {
            return false;
        }
        long value;
        int rank;
        end = at + 1;
        if (wide) {
            value = sorted[at];
            rank = (int) (companions[at] >>> 32);
            while (end < count && sorted[end] == value && (int) (companions[end] >>> 32) == rank) {
                end++;
            }
        } else {
            long key = key(at);
            value = Long.expand(key, varying) | common;
            rank = valueBits == Long.SIZE ? 0 : (int) (key >>> valueBits);
            while (end < count && key(end) == key) {
                end++;
            }
        }
        last = -1;
        int from = 0;
        if (addresses != null) {
            addresses.term(addressOrder[rank], target);
            System.arraycopy(target.bytes, target.offset, term, 0, ADDRESS);
            from = ADDRESS;
        }
        for (int i = from + octets - 1; i >= from; i--, value >>>= 8) {
            term[i] = (byte) value;
        }
        target.bytes = term;
        target.offset = 0;
        target.length = term.length;
        return true;
    }

    private long key(int i) {
        return documentBits == Long.SIZE ? 0 : sorted[i] >>> documentBits;
    }

    @Override
    int read(int[] block) {
        int size = 0;
        long[] from = wide ? companions : sorted;
        int bits = (1 << documentBits) - 1;
        int before = last;
        int i = at;
        for (; i < end && size < BLOCK; i++) {
            int document = (int) from[i] & bits;
            // A document that has a value twice has it once.
            if (document != before) {
                block[size++] = document;
                before = document;
            }
        }
        at = i;
        last = before;
        return size;
    }

    @Override
    long bytes() {
        return 8L * values.length + 4L * (documents.length + groups.length)
                + (addresses == null ? 0 : addresses.bytes());
    }

    @Override
    void clear(int documentCount, boolean release) {
        if (release && count < documents.length / 2) {
            values = new long[0];
            documents = new int[0];
            groups = new int[0];
        }
        if (addresses != null) {
            addresses.clear(documentCount, release);
        }
        sorted = null;
        companions = null;
        count = 0;
        super.clear(documentCount, release);
    }
}
