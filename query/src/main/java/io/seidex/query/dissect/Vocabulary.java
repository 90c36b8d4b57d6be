package io.seidex.query.dissect;

import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import java.util.HashMap;
import java.util.Map;

/** The shapes of one dictionary's elements, each made when it is first asked for. */
final class Vocabulary {
    /** Types from here on are rare: those of enterprises, and GTPv2-C's long ones. */
    private static final int TYPES = 1024;

    private final FieldRegistry registry;
    private final Dictionary dictionary;
    private final Shape[] own = new Shape[TYPES];
    private final Map<Element, Shape> others = new HashMap<>();

    Vocabulary(FieldRegistry registry, Dictionary dictionary) {
        this.registry = registry;
        this.dictionary = dictionary;
    }

    Dictionary dictionary() {
        return dictionary;
    }

    /** @param element what the dictionary knows of it; null if it is unknown */
    Shape shape(int enterprise, int type, Element element) {
        if (element == null) {
            return registry.unknownElement;
        }
        if (enterprise != 0 || type >= own.length) {
            return shape(element);
        }
        Shape known = own[type];
        if (known == null) {
            known = registry.shape(dictionary, element, element.name());
            own[type] = known;
        }
        return known;
    }

    /** Of an extension header, as {@link Dictionary#header(int, int)}. */
    Shape header(int type, int firstOctet) {
        Element element = dictionary.header(type, firstOctet);
        return element == null ? null : shape(element);
    }

    /** Of an extension header without content, as {@link Dictionary#header(int)}. */
    Shape header(int type) {
        Element element = dictionary.header(type);
        return element == null ? null : shape(element);
    }

    private Shape shape(Element element) {
        Shape known = others.get(element);
        if (known == null) {
            known = registry.shape(dictionary, element, element.name());
            others.put(element, known);
        }
        return known;
    }

    /** Makes those that may have a member of a name. */
    void complete(String name) {
        boolean isCode = name.equals("e212.mcc") || name.equals("e212.mnc");
        boolean isDerived = name.startsWith(dictionary.protocol() + '.');
        for (Element element : dictionary.elements()) {
            if (mayName(element, name, isCode, isDerived)) {
                shape(element.enterprise(), element.type(), element);
            }
        }
        for (Element header : dictionary.headers()) {
            if (mayName(header, name, isCode, isDerived)) {
                shape(header);
            }
        }
    }

    /** The codes of a PLMN have their names unless the description says otherwise. */
    private boolean mayName(Element element, String name, boolean isCode, boolean isDerived) {
        return element.mentions(name)
                || isCode && element.mentions("plmn")
                || isDerived && name.startsWith(FieldRegistry.prefix(dictionary, element.name()));
    }

    /** Makes all. */
    void complete() {
        dictionary.elements().forEach(element -> shape(element.enterprise(), element.type(), element));
        dictionary.headers().forEach(this::shape);
    }
}
