package io.seidex.segment;

import io.seidex.schema.CommunityId;
import io.seidex.schema.Flow;
import java.util.Arrays;

/**
 * The addresses and Community IDs of flows, on their way into their columns. Most packets belong to a flow of a moment ago:
 * one look into a direct-mapped table says the places of all three in their dictionaries. What is not there is looked up
 * one by one.
 *
 * <pre>
 *  table, of each flow 8 words:
 *      0-3   source and destination address, high and low halves
 *       4    protocol and ports; 0 where there is no flow
 *       5    ordinal of the destination, ordinal of the source
 *       6    ordinal of the Community ID
 *       7    nothing
 * </pre>
 *
 * A staged value is the words 0 to 4.
 */
final class Flows implements Staging.Column {
    /** Words of a staged value. */
    static final int WORDS = 5;

    private static final int LINE = 8;
    private static final int PARTS = 5;
    private static final int FIRST_SLOTS = 1 << 11;
    private static final int MOST_SLOTS = 1 << 16;

    private final NumberTerms sources;
    private final NumberTerms destinations;
    private final KeyTerms sources6;
    private final KeyTerms destinations6;
    private final KeyTerms ids;
    private final CommunityId communityId = new CommunityId();
    private final long multiplier;

    private long[] table = new long[FIRST_SLOTS * LINE];
    private int shift = Long.SIZE - Integer.numberOfTrailingZeros(FIRST_SLOTS);
    /** Flows looked up in vain, of one segment. */
    private long misses;

    // What the values of a batch are found to be: all, and those of either version.
    private final int[] slots = new int[Staging.BATCH];
    private final int[] idOrdinals = new int[Staging.BATCH];
    private final Pairs pairs = new Pairs();
    private final Pairs pairs6 = new Pairs();

    /** Ordinals of sources and destinations, with their documents. */
    private static final class Pairs {
        private final int[] sources = new int[Staging.BATCH];
        private final int[] destinations = new int[Staging.BATCH];
        private final int[] documents = new int[Staging.BATCH];
        private int size;

        void add(long both, int document) {
            sources[size] = (int) both;
            destinations[size] = (int) (both >>> 32);
            documents[size++] = document;
        }

        void giveTo(Dictionary source, Dictionary destination) {
            if (size > 0) {
                source.addOrdinals(sources, documents, 0, size);
                destination.addOrdinals(destinations, documents, 0, size);
                size = 0;
            }
        }
    }

    /** @param multiplier odd and random: nobody can write a capture whose flows collide */
    Flows(
            NumberTerms sources, NumberTerms destinations, KeyTerms sources6, KeyTerms destinations6, KeyTerms ids,
            long multiplier) {
        this.sources = sources;
        this.destinations = destinations;
        this.sources6 = sources6;
        this.destinations6 = destinations6;
        this.ids = ids;
        this.multiplier = multiplier;
    }

    /** Stages a flow. */
    static void stage(Staging staging, int slot, Flow flow, int document) {
        staging.add(
                slot, flow.sourceHigh(), flow.sourceLow(), flow.destinationHigh(), flow.destinationLow(), flow.rest(),
                document);
    }

    @Override
    public void addAll(long[] values, int[] documents, int at, int size) {
        int unlike = 0;
        for (int i = 0, k = at; i < size; i++, k++) {
            slots[i] = slot(values, k);
        }
        // Without a branch, so that no flow is waited for before the next one is asked for.
        for (int i = 0, k = at; i < size; i++, k++) {
            long different = difference(values, k, slots[i]);
            slots[i] = different == 0 ? slots[i] : ~slots[i];
            unlike |= slots[i];
        }
        if (unlike >= 0) {
            for (int i = 0, k = at; i < size; i++, k++) {
                take(i, values[k + 4 * Staging.STRIDE], documents[k]);
            }
        } else {
            for (int i = 0, k = at; i < size; i++, k++) {
                // One that was found may have lost its place to another meanwhile, and one that was not may have come.
                slots[i] = slots[i] < 0 ? ~slots[i] : slots[i];
                if (difference(values, k, slots[i]) != 0) {
                    misses++;
                    enter(values, k, slots[i]);
                }
                take(i, values[k + 4 * Staging.STRIDE], documents[k]);
            }
        }
        pairs.giveTo(sources, destinations);
        pairs6.giveTo(sources6, destinations6);
        ids.addOrdinals(idOrdinals, documents, at, size);
    }

    private void take(int i, long rest, int document) {
        int part = slots[i] + PARTS;
        idOrdinals[i] = (int) table[part + 1];
        (CommunityId.isIpv4(rest) ? pairs : pairs6).add(table[part], document);
    }

    private long difference(long[] values, int k, int slot) {
        return table[slot] ^ values[k]
                | table[slot + 1] ^ values[k + Staging.STRIDE]
                | table[slot + 2] ^ values[k + 2 * Staging.STRIDE]
                | table[slot + 3] ^ values[k + 3 * Staging.STRIDE]
                | table[slot + 4] ^ values[k + 4 * Staging.STRIDE];
    }

    private int slot(long[] values, int k) {
        long hash = values[k] * 31 + values[k + Staging.STRIDE];
        hash = (hash ^ hash >>> 32) * multiplier + values[k + 2 * Staging.STRIDE] * 31 + values[k + 3 * Staging.STRIDE];
        hash = (hash ^ hash >>> 32) * multiplier + values[k + 4 * Staging.STRIDE];
        return (int) ((hash ^ hash >>> 32) * multiplier >>> shift) * LINE;
    }

    /** Looks a flow up in the dictionaries, and keeps it in place of the one that was there. */
    private void enter(long[] values, int k, int slot) {
        for (int w = 0; w < WORDS; w++) {
            table[slot + w] = values[k + w * Staging.STRIDE];
        }
        long sourceHigh = table[slot];
        long sourceLow = table[slot + 1];
        long destinationHigh = table[slot + 2];
        long destinationLow = table[slot + 3];
        long rest = table[slot + 4];
        int source;
        int destination;
        if (CommunityId.isIpv4(rest)) {
            source = sources.ordinal(sourceLow);
            destination = destinations.ordinal(destinationLow);
        } else {
            source = sources6.ordinal(sourceHigh, sourceLow, 0);
            destination = destinations6.ordinal(destinationHigh, destinationLow, 0);
        }
        byte[] id = communityId.of(sourceHigh, sourceLow, destinationHigh, destinationLow, rest);
        table[slot + PARTS] = (long) destination << 32 | source;
        table[slot + PARTS + 1] = ids.ordinal(KeyTerms.i64(id, 0), KeyTerms.i64(id, 8), KeyTerms.u32(id, 16));
    }

    long bytes() {
        return 8L * table.length;
    }

    /** Forgets every flow. A table that was too small gets larger. */
    void clear(boolean release) {
        int slots = table.length / LINE;
        if (release) {
            slots = FIRST_SLOTS;
        } else if (misses > 4L * slots && slots < MOST_SLOTS) {
            slots *= 2;
        }
        if (slots * LINE == table.length) {
            Arrays.fill(table, 0);
        } else {
            table = new long[slots * LINE];
            shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
        }
        misses = 0;
    }
}
