package io.seidex.query.filter;

/** Which values of a decoded field are wanted. */
public sealed interface Wanted {
    /** Any: the field is there. */
    record Any() implements Wanted {}

    /** Numbers and times in the set. */
    record Numbers(NumberSet set) implements Wanted {}

    /** Addresses, octets, texts in the set. */
    record Strings(OctetSet set) implements Wanted {}

    /** Octets and texts that have these octets in a row. */
    record Containing(OctetString part) implements Wanted {}
}
