package io.seidex.query.filter;

import io.seidex.query.filter.Filter.Literal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a field's values are compared with. With {@link Operator#EQUAL} from the first to the last literal; with another operator
 * both are the same.
 */
record Bounded(Operator operator, Literal first, Literal last) {
    /** Reads the number that a literal stands for, or the range of them: of a label. */
    @FunctionalInterface
    interface NumberReader {
        NumberSet.Range read(Literal literal) throws FilterException;
    }

    /** Reads the octets that a literal stands for, or the range of them: of a network. */
    @FunctionalInterface
    interface OctetReader {
        OctetSet.Range read(Literal literal) throws FilterException;
    }

    private boolean isOne() {
        return first == last;
    }

    /** The numbers that are meant, all of them from {@code least} to {@code most}. */
    static NumberSet numbers(List<Bounded> ranges, boolean signed, long least, long most, NumberReader reader)
            throws FilterException {
        List<NumberSet.Range> list = new ArrayList<>();
        for (Bounded range : ranges) {
            NumberSet.Range first = reader.read(range.first);
            NumberSet.Range last = range.isOne() ? first : reader.read(range.last);
            switch (range.operator) {
                case EQUAL, NOT_EQUAL -> list.add(new NumberSet.Range(first.from(), last.to()));
                case AT_LEAST -> list.add(new NumberSet.Range(first.from(), most));
                case AT_MOST -> list.add(new NumberSet.Range(least, first.to()));
                case GREATER -> {
                    if (first.to() != most) {
                        list.add(new NumberSet.Range(first.to() + 1, most));
                    }
                }
                case CONTAINS -> throw new IllegalArgumentException("numbers contain nothing");
                case LESS -> {
                    if (first.from() != least) {
                        list.add(new NumberSet.Range(least, first.from() - 1));
                    }
                }
            }
        }
        return NumberSet.of(signed, list);
    }

    /** The strings of octets that are meant. */
    static OctetSet octets(List<Bounded> ranges, OctetReader reader) throws FilterException {
        return OctetSet.of(ranges(ranges, reader, false));
    }

    /** As {@link #octets}, in the order that octets without further meaning have in Wireshark 4.0: the shorter first. */
    static OctetSet octetsByNumber(List<Bounded> ranges, OctetReader reader) throws FilterException {
        return OctetSet.byNumber(ranges(ranges, reader, true));
    }

    private static List<OctetSet.Range> ranges(List<Bounded> ranges, OctetReader reader, boolean isByNumber)
            throws FilterException {
        List<OctetSet.Range> list = new ArrayList<>();
        for (Bounded range : ranges) {
            OctetSet.Range first = reader.read(range.first);
            OctetSet.Range last = range.isOne() ? first : reader.read(range.last);
            list.add(switch (range.operator) {
                case EQUAL, NOT_EQUAL -> new OctetSet.Range(first.from(), last.to());
                case AT_LEAST -> new OctetSet.Range(first.from(), null);
                case AT_MOST -> new OctetSet.Range(new byte[0], first.to());
                case GREATER -> new OctetSet.Range(after(first.to(), isByNumber), null);
                case LESS -> new OctetSet.Range(new byte[0], first.from(), false);
                case CONTAINS -> throw new IllegalArgumentException("what is contained is in no range");
            });
        }
        return list;
    }

    /** The string that follows in order: one zero octet longer, or, of as many octets, the next number. */
    private static byte[] after(byte[] octets, boolean isByNumber) {
        byte[] next = octets.clone();
        for (int i = next.length - 1; isByNumber && i >= 0; i--) {
            if (++next[i] != 0) {
                return next;
            }
        }
        return isByNumber ? new byte[octets.length + 1] : Arrays.copyOf(octets, octets.length + 1);
    }
}
