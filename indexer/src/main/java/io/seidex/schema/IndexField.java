package io.seidex.schema;

/**
 * One searchable field.
 *
 * @param ordinal its place in {@link PacketSchema#FIELDS}, and its Lucene field number
 * @param name Wireshark's display-filter name where there is one
 * @param kind what its values are
 * @param octets size of a value, for {@link Kind#UNSIGNED}: 1, 2, 3 (never with terms), 4 or 8
 * @param terms whether every occurrence is a term
 * @param values what is kept for the document itself
 * @param display how numbers are printed
 * @param labels name of the list of labels of the values, empty if there is none
 * @param description one sentence
 */
public record IndexField(
        int ordinal,
        String name,
        Kind kind,
        int octets,
        boolean terms,
        Values values,
        Display display,
        String labels,
        String description) {

    /** What the values of a field are, and so what its terms look like. */
    public enum Kind {
        /** An unsigned integer; its term is {@code octets} octets, big-endian, so that terms sort as numbers. */
        UNSIGNED,
        /** Four octets. */
        IPV4,
        /** Sixteen octets. */
        IPV6,
        /** UTF-8. */
        TEXT,
        /** Octets of any length; no terms. */
        OCTETS,
        /** One of a fixed list of words; handed over as the word's place in the list, written as the word. */
        LABEL,
        /** An address in 16 octets (IPv4 as ::ffff:a.b.c.d) followed by a SEID in 8. */
        SEID_ENDPOINT,
        /** An address in 16 octets (IPv4 as ::ffff:a.b.c.d) followed by a TEID in 4. */
        TEID_ENDPOINT,
        /** The 20 octets of SHA-1 that a Community ID of version 1 prints in base64. */
        COMMUNITY_ID,
        /** Nanoseconds since 1970-01-01 UTC. */
        TIME,
        /** A capture: the place of its row in the shard's manifest. */
        CAPTURE,
        /** An interface: the place of its row in the shard's manifest. */
        INTERFACE
    }

    /** What a document keeps of a field as doc values. */
    public enum Values {
        /** Nothing. */
        NONE,
        /** The first header value, as a number. */
        NUMBER,
        /** As {@link #NUMBER}, with a skip index: the values follow the order of the documents. */
        NUMBER_SKIPPING,
        /** The first value's octets, sorted. */
        OCTETS,
        /**
         * Octets of any length as one binary value, of the few documents that have some: every one of a document's, each
         * behind its length, a vInt. Nothing is compressed; a document without costs nothing.
         */
        BINARY,
        /** Octets of any length in Lucene's stored fields, compressed: of every document, or of none. */
        STORED
    }

    /** How a number is printed. */
    public enum Display {
        DECIMAL,
        /** {@code 0x} and two digits for each octet. */
        HEX,
        /** Seconds since 1970, modulo 2 to the 32nd, as a date and time in UTC. */
        UTC
    }

    @Override
    public String toString() {
        return name;
    }
}
