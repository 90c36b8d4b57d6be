package io.seidex.query.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Strings of octets as sorted ranges, both ends included; compared octet by octet, unsigned. An open end is null. */
public final class OctetSet {
    private final List<Range> ranges;

    /**
     * From one string to another, both included.
     *
     * @param to null if the range has no end
     */
    public record Range(byte[] from, byte[] to) {
        public boolean isPoint() {
            return Arrays.equals(from, to);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Range range && Arrays.equals(from, range.from) && Arrays.equals(to, range.to);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(from) * 31 + Arrays.hashCode(to);
        }

        @Override
        public String toString() {
            HexFormat hex = HexFormat.of();
            return isPoint() ? hex.formatHex(from) : hex.formatHex(from) + ".." + (to == null ? "" : hex.formatHex(to));
        }
    }

    private OctetSet(List<Range> ranges) {
        this.ranges = ranges;
    }

    public static OctetSet of(List<Range> ranges) {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.removeIf(range -> range.to != null && Arrays.compareUnsigned(range.from, range.to) > 0);
        sorted.sort((a, b) -> Arrays.compareUnsigned(a.from, b.from));
        return new OctetSet(List.copyOf(sorted));
    }

    /** The ranges by their beginnings; they may overlap. */
    public List<Range> ranges() {
        return ranges;
    }

    /** Whether the {@code length} octets of {@code octets} from {@code at} on are in the set. */
    public boolean contains(byte[] octets, int at, int length) {
        for (Range range : ranges) {
            if (Arrays.compareUnsigned(octets, at, at + length, range.from, 0, range.from.length) < 0) {
                return false;
            }
            if (range.to == null
                    || Arrays.compareUnsigned(octets, at, at + length, range.to, 0, range.to.length) <= 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OctetSet set && ranges.equals(set.ranges);
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
