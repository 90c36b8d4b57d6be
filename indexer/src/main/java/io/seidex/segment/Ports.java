package io.seidex.segment;

/** Source and destination ports of one protocol, staged together, on their way into their columns. */
final class Ports implements Staging.Column {
    private static final int DESTINATION = 16;
    private static final int PORT = 0xFFFF;
    private static final long FIRST = 1L << 32;

    private final NumberTerms sources;
    private final NumberTerms destinations;
    private final FirstValues firstSources;
    private final FirstValues firstDestinations;
    private final long[] ports = new long[Staging.BATCH];

    Ports(
            NumberTerms sources, NumberTerms destinations, FirstValues firstSources, FirstValues firstDestinations) {
        this.sources = sources;
        this.destinations = destinations;
        this.firstSources = firstSources;
        this.firstDestinations = firstDestinations;
    }

    /** @param isFirst whether the document keeps them as its own */
    static long value(int source, int destination, boolean isFirst) {
        return (isFirst ? FIRST : 0) | (long) destination << DESTINATION | source;
    }

    @Override
    public void addAll(long[] values, int[] documents, int at, int size) {
        long both = FIRST;
        for (int k = at; k < at + size; k++) {
            long value = values[k];
            both &= value;
            sources.add((int) value & PORT, documents[k]);
            destinations.add((int) (value >>> DESTINATION) & PORT, documents[k]);
        }
        if (both == 0) {
            for (int k = at; k < at + size; k++) {
                if ((values[k] & FIRST) != 0) {
                    firstSources.first(documents[k], values[k] & PORT);
                    firstDestinations.first(documents[k], values[k] >>> DESTINATION & PORT);
                }
            }
            return;
        }
        for (int i = 0; i < size; i++) {
            ports[i] = values[at + i] & PORT;
        }
        firstSources.addAll(ports, 0, documents, at, size);
        for (int i = 0; i < size; i++) {
            ports[i] = values[at + i] >>> DESTINATION & PORT;
        }
        firstDestinations.addAll(ports, 0, documents, at, size);
    }
}
