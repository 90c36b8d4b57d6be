package io.seidex.query.dissect;

import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import java.util.HashMap;
import java.util.Map;

/** The shapes of one dictionary's elements, each made when it is first asked for. */
final class Vocabulary {
    private final FieldRegistry registry;
    private final Dictionary dictionary;
    private final Shape[] own = new Shape[65536 / 8];
    private final Map<Element, Shape> others = new HashMap<>();

    Vocabulary(FieldRegistry registry, Dictionary dictionary) {
        this.registry = registry;
        this.dictionary = dictionary;
    }

    Dictionary dictionary() {
        return dictionary;
    }

    /** Null if the element is unknown. */
    Shape element(int enterprise, int type) {
        if (enterprise == 0 && type < own.length && own[type] != null) {
            return own[type];
        }
        Element element = dictionary.element(enterprise, type);
        if (element == null) {
            return null;
        }
        if (enterprise == 0 && type < own.length) {
            own[type] = registry.shape(dictionary, element, element.name());
            return own[type];
        }
        return shape(element);
    }

    /** Of an extension header, as {@link Dictionary#header}. */
    Shape header(int type, int firstOctet) {
        Element element = dictionary.header(type, firstOctet);
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

    /** Makes all. */
    void complete() {
        dictionary.elements().forEach(element -> element(element.enterprise(), element.type()));
        dictionary.headers().forEach(this::shape);
    }
}
