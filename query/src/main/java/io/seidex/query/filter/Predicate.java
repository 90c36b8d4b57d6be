package io.seidex.query.filter;

import io.seidex.schema.IndexField;
import java.util.List;
import java.util.Set;

/**
 * A filter whose names are fields and whose texts are values. Every comparison is a question whether some occurrence lies in a
 * set of values; {@code !=} is the field's existence without it.
 */
public sealed interface Predicate {
    /** Every packet, or none. */
    record Constant(boolean holds) implements Predicate {}

    /** At least one holds. */
    record Or(List<Predicate> terms) implements Predicate {
        public Or {
            terms = List.copyOf(terms);
        }
    }

    /** All hold. */
    record And(List<Predicate> terms) implements Predicate {
        public And {
            terms = List.copyOf(terms);
        }
    }

    /** It does not hold. */
    record Not(Predicate term) implements Predicate {}

    /** The packet holds the protocol. */
    record HasProtocol(String label) implements Predicate {}

    /** The packet holds the field. */
    record Occurs(IndexField field) implements Predicate {}

    /** Some occurrence of a field of numbers is in the set. */
    record NumberIn(IndexField field, NumberSet set) implements Predicate {}

    /** Some occurrence of a field of octets is in the set. */
    record OctetsIn(IndexField field, OctetSet set) implements Predicate {}

    /** Some occurrence of a field of octets or texts has these octets in a row. */
    record OctetsContain(IndexField field, OctetString part) implements Predicate {}

    /** Some occurrence of a field that the index does not hold is wanted. */
    record Decoded(DecodedField field, Wanted wanted) implements Predicate {}

    /** The packet is in one of these captures, named by their ids. */
    record InCapture(Set<String> ids) implements Predicate {
        public InCapture {
            ids = Set.copyOf(ids);
        }
    }

    /** At least one of the terms, which may be none or one. */
    static Predicate anyOf(List<Predicate> terms) {
        return terms.size() == 1 ? terms.getFirst() : terms.isEmpty() ? new Constant(false) : new Or(terms);
    }

    /** All of the terms, which may be none or one. */
    static Predicate allOf(List<Predicate> terms) {
        return terms.size() == 1 ? terms.getFirst() : terms.isEmpty() ? new Constant(true) : new And(terms);
    }
}
