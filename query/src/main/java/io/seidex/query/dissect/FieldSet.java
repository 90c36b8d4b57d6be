package io.seidex.query.dissect;

import java.util.BitSet;
import java.util.List;

/** Some fields of a registry: those of a name. Immutable. */
public final class FieldSet {
    private final List<Field> fields;
    private final BitSet ordinals = new BitSet();

    /** @param fields of one registry */
    public FieldSet(List<Field> fields) {
        this.fields = List.copyOf(fields);
        fields.forEach(field -> ordinals.set(field.ordinal()));
    }

    /** In the order of the registry. */
    public List<Field> fields() {
        return fields;
    }

    public boolean contains(Field field) {
        return ordinals.get(field.ordinal());
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }
}
