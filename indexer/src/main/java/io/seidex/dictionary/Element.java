package io.seidex.dictionary;

import java.util.Collection;
import java.util.Map;

/**
 * An information element, a GTP extension header, or a named part of one, as a dictionary describes it. Immutable; its
 * layout is read on first use.
 */
public final class Element {
    /** The length is carried in two octets. */
    static final int LENGTH_U16 = -1;
    /** The length is carried in one octet. */
    static final int LENGTH_U8 = -2;

    private final int enterprise;
    private final int type;
    private final int variant;
    private final String name;
    private final String clause;
    private final int framing;
    private final boolean group;
    private final Source source;
    private final Map<String, Element> parts;
    private final int layoutAt;
    private volatile Layout layout;

    /**
     * @param variant which content of the type, -1 if there is but one
     * @param framing octets of the value if the type fixes them, or {@link #LENGTH_U16}, {@link #LENGTH_U8}
     * @param source the statement, null if no layout is given
     * @param parts of the dictionary, which the layout may refer to
     */
    Element(int enterprise, int type, int variant, String name, String clause, int framing, boolean group,
            Source source, Map<String, Element> parts) {
        this.enterprise = enterprise;
        this.type = type;
        this.variant = variant;
        this.name = name;
        this.clause = clause;
        this.framing = framing;
        this.group = group;
        this.source = source;
        this.parts = parts;
        this.layoutAt = source == null ? 0 : source.at();
        this.layout = source == null ? Layout.NONE : null;
    }

    /** 0 for the protocol's own elements. */
    public int enterprise() {
        return enterprise;
    }

    public int type() {
        return type;
    }

    /** Of an extension header, the PDU type (high half of the first octet) that it describes; -1: any. */
    public int variant() {
        return variant;
    }

    public String name() {
        return name;
    }

    /** Where the specification describes it; empty if that is not known. */
    public String clause() {
        return clause;
    }

    /** Whether its value is a list of elements. */
    public boolean isGroup() {
        return group;
    }

    /** Octets of the value of a GTPv1 element that carries no length (type, value); -1 if it carries one. */
    public int fixedLength() {
        return Math.max(framing, -1);
    }

    /** The same, of a GTPv1 element whose type fixes its length. */
    Element fixed(int octets) {
        return new Element(enterprise, type, variant, name, clause, octets, group,
                source == null ? null : layoutSource(),
                parts);
    }

    /** How many octets the length field of a GTPv1 element has: 0, 1 or 2. */
    public int lengthOctets() {
        return framing >= 0 ? 0 : framing == LENGTH_U8 ? 1 : 2;
    }

    /**
     * Without members for a group, and where the content is not described.
     *
     * @throws DictionaryException on first use, if the layout cannot be read
     */
    public Layout layout() {
        Layout read = layout;
        if (read == null) {
            synchronized (source) {
                read = layout;
                if (read == null) {
                    read = new LayoutParser(layoutSource(), parts).parse();
                    layout = read;
                }
            }
        }
        return read;
    }

    /** The statement, from where the layout begins. */
    Source layoutSource() {
        return new Source(source.name(), source.text(), layoutAt, source.end());
    }

    /** Whether a layout is given. */
    boolean hasLayout() {
        return source != null;
    }

    /** Whether its description may hold a text, such as the name of a field. Reads no layout. */
    public boolean mentions(String text) {
        return says(text)
                || says("part ") && (say(parts.values(), text) || say(Dictionary.common().parts(), text));
    }

    private boolean says(String text) {
        return source != null && source.holds(text, layoutAt);
    }

    private static boolean say(Collection<Element> parts, String text) {
        return parts.stream().anyMatch(part -> part.says(text));
    }

    @Override
    public String toString() {
        return (enterprise == 0 ? "" : enterprise + ":") + type + " " + name;
    }
}
