package io.seidex.query.filter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Numbers of 64 bits as sorted ranges that neither overlap nor touch, both ends included. Unsigned, or signed where the field
 * is a time.
 */
public final class NumberSet {
    private final boolean signed;
    private final long[] from;
    private final long[] to;

    /** From one number to another, both included; a range whose end is below its beginning holds nothing. */
    public record Range(long from, long to) {
        static Range of(long number) {
            return new Range(number, number);
        }
    }

    private NumberSet(boolean signed, long[] from, long[] to) {
        this.signed = signed;
        this.from = from;
        this.to = to;
    }

    public static NumberSet of(boolean signed, List<Range> ranges) {
        long bias = signed ? 0 : Long.MIN_VALUE;
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.removeIf(range -> (range.from ^ bias) > (range.to ^ bias));
        sorted.sort(Comparator.comparingLong(range -> range.from ^ bias));
        long[] from = new long[sorted.size()];
        long[] to = new long[sorted.size()];
        int count = 0;
        for (Range range : sorted) {
            long end = count == 0 ? 0 : to[count - 1] ^ bias;
            if (count > 0 && (end == Long.MAX_VALUE || (range.from ^ bias) <= end + 1)) {
                to[count - 1] = Math.max(end, range.to ^ bias) ^ bias;
            } else {
                from[count] = range.from;
                to[count++] = range.to;
            }
        }
        return new NumberSet(signed, Arrays.copyOf(from, count), Arrays.copyOf(to, count));
    }

    public boolean contains(long value) {
        long bias = signed ? 0 : Long.MIN_VALUE;
        for (int i = 0; i < from.length; i++) {
            if ((value ^ bias) < (from[i] ^ bias)) {
                return false;
            }
            if ((value ^ bias) <= (to[i] ^ bias)) {
                return true;
            }
        }
        return false;
    }

    /** Whether any number from {@code first} to {@code last}, in the order of the set, is in it. */
    public boolean overlaps(long first, long last) {
        long bias = signed ? 0 : Long.MIN_VALUE;
        for (int i = 0; i < from.length; i++) {
            if ((from[i] ^ bias) <= (last ^ bias) && (to[i] ^ bias) >= (first ^ bias)) {
                return true;
            }
        }
        return false;
    }

    /** How many ranges there are. */
    public int size() {
        return from.length;
    }

    public long from(int range) {
        return from[range];
    }

    public long to(int range) {
        return to[range];
    }

    public boolean isSigned() {
        return signed;
    }

    /** Whether every range is one number. */
    public boolean isPoints() {
        return Arrays.equals(from, to);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberSet set && signed == set.signed && Arrays.equals(from, set.from)
                && Arrays.equals(to, set.to);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(from) * 31 + Arrays.hashCode(to);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < from.length; i++) {
            text.append(i == 0 ? "" : ", ").append(text(from[i]));
            if (from[i] != to[i]) {
                text.append("..").append(text(to[i]));
            }
        }
        return text.append('}').toString();
    }

    private String text(long value) {
        return signed ? Long.toString(value) : Long.toUnsignedString(value);
    }
}
