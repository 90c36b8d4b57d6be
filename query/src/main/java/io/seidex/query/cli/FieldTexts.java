package io.seidex.query.cli;

import io.seidex.schema.IndexField;

/** What people read of a field. */
final class FieldTexts {
    /** The longest answer of {@link #indexed}. */
    static final int INDEXED_WIDTH = "terms, value".length();

    private FieldTexts() {}

    /** What its values are. */
    static String type(IndexField field) {
        return switch (field.kind()) {
            case UNSIGNED -> switch (field.display()) {
                case DECIMAL -> "number";
                case HEX -> "hex number";
                case UTC -> "time";
            } + ", " + field.octets() + (field.octets() == 1 ? " octet" : " octets");
            case IPV4 -> "IPv4 address";
            case IPV6 -> "IPv6 address";
            case TEXT -> "text";
            case LABEL -> "word";
            case SEID_ENDPOINT -> "address and SEID";
            case TEID_ENDPOINT -> "address and TEID";
            case COMMUNITY_ID -> "Community ID";
            case TIME -> "time";
            case CAPTURE -> "capture";
            case INTERFACE -> "number";
        };
    }

    /**
     * What the index holds: {@code terms}, every occurrence; {@code value}, of a packet the first header's, which is printed
     * where the capture is gone.
     */
    static String indexed(IndexField field) {
        boolean value = field.values() != IndexField.Values.NONE;
        return field.terms() ? value ? "terms, value" : "terms" : "value";
    }
}
