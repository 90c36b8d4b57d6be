package io.seidex.query.output;

import io.seidex.query.filter.FilterBinder;
import io.seidex.query.search.PacketValues;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.util.List;
import java.util.Optional;

/**
 * A field to print: one of the index, or one that stands for two, as {@code ip.addr}.
 *
 * @param name as it was asked for
 * @param fields of the index, in packet order
 * @param asDate whether a time is printed as a date
 */
public record OutputField(String name, List<IndexField> fields, boolean asDate) {
    /** The field of a name; empty if there is none. */
    public static Optional<OutputField> of(String name) {
        if (name.equals(FilterBinder.ABSOLUTE_TIME)) {
            return Optional.of(new OutputField(name, List.of(PacketSchema.FRAME_TIME), true));
        }
        List<IndexField> either = FilterBinder.EITHER.get(name);
        if (either != null) {
            return Optional.of(new OutputField(name, either, false));
        }
        return PacketSchema.field(name).map(OutputField::of);
    }

    static OutputField of(IndexField field) {
        return new OutputField(field.name(), List.of(field), false);
    }

    /** The first occurrence from {@code index} on, or -1. */
    int next(PacketValues values, int index) {
        int found = values.next(fields.getFirst(), index);
        for (int i = 1; i < fields.size(); i++) {
            int other = values.next(fields.get(i), index);
            found = found < 0 || other >= 0 && other < found ? other : found;
        }
        return found;
    }

    /** Whether the document itself knows all values: there is one, and it is the record's. */
    boolean isOfRecord() {
        return RECORD.contains(fields.getFirst());
    }

    private static final List<IndexField> RECORD = List.of(PacketSchema.CAPTURE, PacketSchema.FRAME_NUMBER,
            PacketSchema.FRAME_OFFSET, PacketSchema.FRAME_CAPTURED, PacketSchema.FRAME_LENGTH,
            PacketSchema.FRAME_INTERFACE, PacketSchema.FRAME_TIME);
}
