package io.seidex.capture;

import io.seidex.octets.Octets;

/**
 * How the records of one pcap file are laid out. Its header tells most of it; the length of the record header it does not.
 * <pre>
 *  octets  0-3   seconds since 1970, UTC, unsigned
 *          4-7   micro- or nanoseconds
 *          8-11  captured length: octets that follow the record header
 *         12-15  original length
 *         16-    4, 8 or 12 more octets in some variants
 * </pre>
 *
 * @param first where the first record begins
 * @param bigEndian byte order of the headers
 * @param fractionNanos nanoseconds in a unit of octets 4-7: 1 or 1000
 * @param headerLength octets of a record header
 * @param lengths which of the two lengths comes first
 * @param maxCaptured longest captured length that is believed
 */
record PcapRecords(
        long first, boolean bigEndian, int fractionNanos, int headerLength, LengthOrder lengths, int maxCaptured) {

    /** Files before version 2.4 have the two lengths the other way round; those of version 2.3 may. */
    enum LengthOrder {
        CAPTURED_FIRST,
        ORIGINAL_FIRST,
        SMALLER_IS_CAPTURED
    }

    /** Octets of a record header as the format says; of every variant, the first ones. */
    static final int HEADER = 16;

    private static final long NANO = 1_000_000_000;

    PcapRecords withHeaderLength(int octets) {
        return new PcapRecords(first, bigEndian, fractionNanos, octets, lengths, maxCaptured);
    }

    long u32(Octets octets, long at) {
        return bigEndian ? octets.u32(at) : octets.u32le(at);
    }

    long captured(Octets octets, long record) {
        long one = u32(octets, record + 8);
        if (lengths == LengthOrder.CAPTURED_FIRST) {
            return one;
        }
        long other = u32(octets, record + 12);
        return lengths == LengthOrder.ORIGINAL_FIRST ? other : Math.min(one, other);
    }

    long original(Octets octets, long record) {
        long other = u32(octets, record + 12);
        if (lengths == LengthOrder.CAPTURED_FIRST) {
            return other;
        }
        long one = u32(octets, record + 8);
        return lengths == LengthOrder.ORIGINAL_FIRST ? one : Math.max(one, other);
    }

    long fraction(Octets octets, long record) {
        return u32(octets, record + 4);
    }

    /** A fraction of a second or more, which no writer should write, counts as what it is. */
    long timeNanos(Octets octets, long record) {
        return u32(octets, record) * NANO + fraction(octets, record) * fractionNanos;
    }
}
