package io.seidex.query.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Strings of octets as sorted ranges, compared octet by octet, unsigned; or by their number first. */
public final class OctetSet {
    private final boolean isByNumber;
    private final List<Range> ranges;

    /**
     * From one string, included, to another.
     *
     * @param to null if the range has no end
     * @param includesTo whether {@code to} itself is in the range; meaningless if it is null
     */
    public record Range(byte[] from, byte[] to, boolean includesTo) {
        /** Both ends are included. */
        public Range(byte[] from, byte[] to) {
            this(from, to, true);
        }

        public boolean isPoint() {
            return includesTo && Arrays.equals(from, to);
        }

        private boolean isEmpty(boolean isByNumber) {
            int order = to == null ? -1 : order(isByNumber, from, 0, from.length, to);
            return order > 0 || order == 0 && !includesTo;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Range range && Arrays.equals(from, range.from) && Arrays.equals(to, range.to)
                    && includesTo == range.includesTo;
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(from) * 31 + Arrays.hashCode(to);
        }

        @Override
        public String toString() {
            HexFormat hex = HexFormat.of();
            return isPoint() ? hex.formatHex(from)
                    : hex.formatHex(from) + (includesTo ? ".." : "..<") + (to == null ? "" : hex.formatHex(to));
        }
    }

    private OctetSet(boolean isByNumber, List<Range> ranges) {
        this.isByNumber = isByNumber;
        this.ranges = ranges;
    }

    public static OctetSet of(List<Range> ranges) {
        return of(false, ranges);
    }

    /** Of strings whose order is that of their lengths, and of their octets only where these are the same. */
    static OctetSet byNumber(List<Range> ranges) {
        return of(true, ranges);
    }

    private static OctetSet of(boolean isByNumber, List<Range> ranges) {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.removeIf(range -> range.isEmpty(isByNumber));
        sorted.sort((a, b) -> order(isByNumber, a.from, 0, a.from.length, b.from));
        return new OctetSet(isByNumber, List.copyOf(sorted));
    }

    private static int order(boolean isByNumber, byte[] octets, int at, int length, byte[] other) {
        return isByNumber && length != other.length ? Integer.compare(length, other.length)
                : Arrays.compareUnsigned(octets, at, at + length, other, 0, other.length);
    }

    /** The ranges by their beginnings; they may overlap. */
    public List<Range> ranges() {
        return ranges;
    }

    /** Whether the {@code length} octets of {@code octets} from {@code at} on are in the set. */
    public boolean contains(byte[] octets, int at, int length) {
        for (Range range : ranges) {
            if (order(isByNumber, octets, at, length, range.from) < 0) {
                return false;
            }
            int order = range.to == null ? -1 : order(isByNumber, octets, at, length, range.to);
            if (order < 0 || order == 0 && range.includesTo) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OctetSet set && isByNumber == set.isByNumber && ranges.equals(set.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
