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
final class PairTerms extends TermColumn {
    private static final int FIRST_CAPACITY = 64;
    /** Occurrences that are charged together. */
    private static final int CHARGE = 1 << 10;
    private static final int ADDRESS = 16;

    private final DocumentLists lists;
    private final int octets;
    private final long mask;
    /** Of endpoints; else null. */
    private final KeyTerms addresses;
    private final byte[] term;

    private int count;
    private long[] values = new long[FIRST_CAPACITY];
    private int[] documents = new int[FIRST_CAPACITY];
    /** Ordinals of the addresses. */
    private int[] groups;

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
        this.mask = octets == 8 ? -1 : (1L << 8 * octets) - 1;
        this.lists = lists;
        this.addresses = addresses;
        this.groups = new int[addresses == null ? 0 : FIRST_CAPACITY];
        this.term = new byte[(addresses == null ? 0 : ADDRESS) + octets];
    }

    /** Adds {@code document} to the documents of {@code value}: of it, the lower octets that the field has. */
    void add(long value, int document) {
        int i = count;
        if ((i & CHARGE - 1) == 0) {
            charge();
        }
        values[i] = value & mask;
        documents[i] = document;
        count = i + 1;
    }

    /** Adds {@code document} to the documents of an endpoint. */
    void add(long high, long low, long id, int document) {
        int i = count;
        add(id, document);
        groups[i] = addresses.ordinal(high, low, 0);
    }

    private void charge() {
        int each = Long.BYTES + Integer.BYTES + (addresses == null ? 0 : Integer.BYTES) + 2 * Long.BYTES;
        lists.charge(CHARGE * each);
        if (count + CHARGE > documents.length) {
            int capacity = Math.max(count + CHARGE, grown(documents.length));
            values = Arrays.copyOf(values, capacity);
            documents = Arrays.copyOf(documents, capacity);
            groups = addresses == null ? groups : Arrays.copyOf(groups, capacity);
        }
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
            int capacity = Math.max(FIRST_CAPACITY, count);
            values = new long[capacity];
            documents = new int[capacity];
            groups = new int[addresses == null ? 0 : capacity];
        }
        if (addresses != null) {
            addresses.clear(documentCount, release);
        }
        sorted = null;
        companions = null;
        count = 0;
    }
}
