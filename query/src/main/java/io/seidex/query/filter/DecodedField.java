package io.seidex.query.filter;

import io.seidex.query.dissect.Field;
import io.seidex.query.dissect.FieldSet;

/**
 * A field whose values are decoded from the capture: the index does not hold it.
 *
 * @param name as filters write it
 * @param fields those of the name whose values are compared alike
 * @param where which packets may hold it, as far as the index knows; no {@link Predicate.Decoded} is in it
 */
public record DecodedField(String name, FieldSet fields, Predicate where) {
    /** How its values are compared. */
    enum Order {
        /** Not at all: there is no value. */
        NONE,
        UNSIGNED,
        SIGNED,
        FLAG,
        TIME,
        IPV4,
        IPV6,
        MAC,
        OCTETS,
        TEXT
    }

    Order order() {
        return order(fields.fields().getFirst());
    }

    static Order order(Field field) {
        return switch (field.type()) {
            case NONE -> Order.NONE;
            case UNSIGNED -> Order.UNSIGNED;
            case SIGNED -> Order.SIGNED;
            case FLAG -> Order.FLAG;
            case TIME -> Order.TIME;
            case IPV4 -> Order.IPV4;
            case IPV6 -> Order.IPV6;
            case MAC -> Order.MAC;
            case OCTETS -> Order.OCTETS;
            case TEXT, PLMN -> Order.TEXT;
        };
    }
}
