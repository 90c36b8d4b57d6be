package io.seidex.query.cli;

import io.seidex.dictionary.FieldFormat;
import io.seidex.fault.Fault;
import io.seidex.query.dissect.Field;
import io.seidex.schema.IndexField;
import java.util.Arrays;
import java.util.List;

/** What people read of a field. */
final class FieldTexts {
    private FieldTexts() {}

    /** The faults that are about something. */
    static List<Fault> faults(Fault.Subject subject) {
        return Arrays.stream(Fault.values()).filter(fault -> fault != Fault.NONE && fault.subject() == subject)
                .toList();
    }

    /** What its values are. */
    static String type(IndexField field) {
        return switch (field.kind()) {
            case UNSIGNED -> switch (field.display()) {
                case DECIMAL -> "number";
                case HEX -> "hex number";
                case UTC -> "time";
            } + ", " + counted(field.octets(), "octet");
            case IPV4 -> "IPv4 address";
            case IPV6 -> "IPv6 address";
            case TEXT -> "text";
            case OCTETS -> "octets";
            case LABEL -> "word";
            case SEID_ENDPOINT -> "address and SEID";
            case TEID_ENDPOINT -> "address and TEID";
            case COMMUNITY_ID -> "Community ID";
            case TIME -> "time";
            case CAPTURE -> "capture";
            case INTERFACE -> "number";
        };
    }

    /** What the values of a field are that is decoded. */
    static String type(Field field) {
        return switch (field.type()) {
            case NONE -> "presence";
            case UNSIGNED, SIGNED -> {
                String number = field.type() == Field.Type.SIGNED ? "signed number"
                        : field.format() == FieldFormat.HEX ? "hex number" : "number";
                yield number + (field.isBits() ? ", " + counted(Long.bitCount(field.mask()), "bit")
                        : field.octets() > 0 ? ", " + counted(field.octets(), "octet") : "");
            }
            case FLAG -> "flag";
            case IPV4 -> "IPv4 address";
            case IPV6 -> "IPv6 address";
            case MAC -> "MAC address";
            case OCTETS -> "octets";
            case TEXT -> "text";
            case TIME -> "time";
            case PLMN -> "MCC and MNC";
        };
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** What a field is that is decoded: the element that it is in, and its own name. */
    static String description(Field field) {
        if (field.element() == null) {
            return field.title() + ".";
        }
        String element = field.element().name();
        String meaning = field.meaning().isEmpty() ? field.title() : field.title() + " (" + field.meaning() + ")";
        return element.substring(element.indexOf('/') + 1) + ": " + meaning + ".";
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
