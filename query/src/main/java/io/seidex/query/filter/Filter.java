package io.seidex.query.filter;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A filter as it was written: names and values are texts with their places. Its text is its tree in parentheses, operators
 * first.
 */
public sealed interface Filter {
    /** No filter: every packet. */
    record Everything() implements Filter {
        @Override
        public String toString() {
            return "(everything)";
        }
    }

    /** At least one holds. */
    record Or(List<Filter> terms) implements Filter {
        public Or {
            terms = List.copyOf(terms);
        }

        @Override
        public String toString() {
            return joined("or", terms);
        }
    }

    /** All hold. */
    record And(List<Filter> terms) implements Filter {
        public And {
            terms = List.copyOf(terms);
        }

        @Override
        public String toString() {
            return joined("and", terms);
        }
    }

    /** It does not hold. */
    record Not(Filter term) implements Filter {
        @Override
        public String toString() {
            return "(not " + term + ")";
        }
    }

    /** The packet holds the protocol or the field. */
    record Present(Name name) implements Filter {
        @Override
        public String toString() {
            return name.toString();
        }
    }

    /** A field compared with one value. */
    record Comparison(Name name, Operator operator, Literal literal) implements Filter {
        @Override
        public String toString() {
            return "(" + operator + " " + name + " " + literal + ")";
        }
    }

    /** Some occurrence of a field is one of several values or lies in one of several ranges. */
    record Membership(Name name, List<Element> elements) implements Filter {
        public Membership {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return joined("in " + name, elements);
        }
    }

    /** A word that should name a field or a protocol. */
    record Name(String text, int at) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A value, without its quotes; {@code at} and {@code length} cover what was written. */
    record Literal(String text, boolean quoted, int at, int length) {
        @Override
        public String toString() {
            return quoted ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : text;
        }
    }

    /** One member of a set: a range, both ends included, or a value, whose ends are the same. */
    record Element(Literal first, Literal last) {
        public boolean isRange() {
            return first != last;
        }

        @Override
        public String toString() {
            return isRange() ? first + " .. " + last : first.toString();
        }
    }

    private static String joined(String operator, List<?> terms) {
        return terms.stream().map(Object::toString).collect(Collectors.joining(" ", "(" + operator + " ", ")"));
    }
}
