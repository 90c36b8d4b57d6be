package io.seidex.query.dissect;

import io.seidex.dictionary.Element;
import io.seidex.dictionary.FieldFormat;
import io.seidex.dictionary.Labels;
import io.seidex.dictionary.Member;
import io.seidex.dictionary.Scale;
import io.seidex.schema.IndexField;
import java.util.Optional;

/**
 * What a node of a {@link PacketTree} is: a layer, an information element, or a value of one of them. Immutable; made by a
 * {@link FieldRegistry}, once for each member of each layout, so fields are compared by identity. Several may share a name, as
 * in Wireshark: {@code pfcp.seid} is in the header and in the F-SEID.
 */
public final class Field {
    /** What stands at a node. */
    public enum Kind {
        /** A protocol's header or message; its name is the protocol's, as {@code pfcp}. */
        LAYER,
        /** An information element, an extension header, a part of a layer. It has no value, only children. */
        ELEMENT,
        /** A value, or bits of the value that is its parent. */
        VALUE
    }

    /** What a value is, whatever its encoding. */
    public enum Type {
        /** No value: layers and elements. */
        NONE,
        /** {@link PacketTree#number}, unsigned; of {@link Field#mask()} where it is bits. */
        UNSIGNED,
        /** {@link PacketTree#number}, two's complement. */
        SIGNED,
        /** One bit: {@link PacketTree#number} is 0 or 1. */
        FLAG,
        /** 4 octets. */
        IPV4,
        /** 16 octets. */
        IPV6,
        /** 6 octets. */
        MAC,
        /** Octets without further meaning. */
        OCTETS,
        /** {@link NodeText#write} decodes it: labels, digits, UTF-8. */
        TEXT,
        /** {@link PacketTree#number} is nanoseconds since 1970-01-01 UTC. */
        TIME,
        /** Digits of MCC and MNC: {@link NodeText#write} decodes them. */
        PLMN
    }

    private final int ordinal;
    private final Kind kind;
    private final Type type;
    private final String name;
    private final boolean isWiresharks;
    private final String title;
    private final Element element;
    private final Member member;
    private final Labels labels;
    private final String meaning;
    private final Scale scale;
    private final Field otherwise;
    private final boolean isHolder;
    private final boolean isOfElementHeader;

    Field(
            int ordinal,
            Kind kind,
            Type type,
            String name,
            boolean isWiresharks,
            String title,
            Element element,
            Member member,
            Labels labels,
            String meaning,
            Scale scale,
            Field otherwise,
            boolean isHolder,
            boolean isOfElementHeader) {
        this.ordinal = ordinal;
        this.kind = kind;
        this.type = type;
        this.name = name;
        this.isWiresharks = isWiresharks;
        this.title = title;
        this.element = element;
        this.member = member;
        this.labels = labels;
        this.meaning = meaning;
        this.scale = scale;
        this.otherwise = otherwise;
        this.isHolder = isHolder;
        this.isOfElementHeader = isOfElementHeader;
    }

    /** Its place among the registry's fields. */
    public int ordinal() {
        return ordinal;
    }

    public Kind kind() {
        return kind;
    }

    public Type type() {
        return type;
    }

    /**
     * The name that filters and {@code -e} know: Wireshark's, or, where Wireshark has none, our own: protocol, element and
     * member of the notation. Of an element, empty.
     */
    public String name() {
        return name;
    }

    /** Whether {@link #name()} is Wireshark's. */
    public boolean isWiresharks() {
        return isWiresharks;
    }

    /** What people call it: {@code Message Type}, {@code F-TEID}. */
    public String title() {
        return title;
    }

    /** The element or header part that it is, or is a member of; null for what no notation describes, as frame.number. */
    public Element element() {
        return element;
    }

    /** The member of the notation; null for layers, elements and what no notation describes. */
    public Member member() {
        return member;
    }

    /** What its values are called; null if they have no names. */
    public Labels labels() {
        return labels;
    }

    /** What a value is called; empty if it has no name. */
    public String label(long value) {
        return labels == null ? "" : labels.of(value);
    }

    /** What a flag says when it is set, in words; empty if that is not known. */
    public String meaning() {
        return meaning;
    }

    /** Such as {@code s}, {@code kbit/s}; empty if there is none, or if it differs from value to value. */
    public String unit() {
        return member == null ? "" : member.unit();
    }

    /** What a number of the octets stands for; null: itself. */
    public Scale scale() {
        return scale;
    }

    /**
     * The field that it is instead where the octets hold a {@linkplain Scale#isNone number that is no value}, or a text that
     * cannot be printed; null if it is always this one.
     */
    Field otherwise() {
        return otherwise;
    }

    /** How Wireshark prints it. */
    public FieldFormat format() {
        return member == null ? FieldFormat.PLAIN : member.format();
    }

    /** Digits behind {@code 0x} where Wireshark prints it in hex; 0 otherwise. */
    public int hexDigits() {
        return member == null || member.format() != FieldFormat.HEX ? 0 : member.hexDigits();
    }

    /** Octets that it takes (of bits, their integer), -1 if that differs from value to value. */
    public int octets() {
        return member == null ? -1 : member.size();
    }

    /** Whether it belongs to the header that every element of a protocol has: its type, its length. */
    public boolean isOfElementHeader() {
        return isOfElementHeader;
    }

    /** Whether it is all that a layer carries, whatever reads it: {@code udp.payload}. */
    public boolean isPayload() {
        return member == null && name.endsWith(".payload");
    }

    /** Whether it only holds bits: an integer that has no name of Wireshark's, but whose bits have names. */
    public boolean isHolder() {
        return isHolder;
    }

    /** Whether it is bits without a meaning, which say something only if they are not 0. */
    public boolean isSpare() {
        boolean mayBe = isWiresharks || member != null && !member.isNamed();
        return mayBe && (type == Type.UNSIGNED || type == Type.FLAG) && name.contains("spare");
    }

    /** Whether it is some bits of an integer. */
    public boolean isBits() {
        return member != null && member.whole() != null;
    }

    /** Of bits, where they are in their integer; otherwise 0. */
    public long mask() {
        return isBits() ? member.mask() : 0;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? title : name;
    }
}
