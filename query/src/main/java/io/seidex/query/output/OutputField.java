package io.seidex.query.output;

import io.seidex.query.dissect.FieldSet;
import io.seidex.query.filter.DecodedFields;
import io.seidex.query.filter.FilterBinder;
import io.seidex.query.search.PacketValues;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.util.List;
import java.util.Optional;

/**
 * A field to print: one of the index, one that stands for two, as {@code ip.addr}, or one that is decoded from the capture.
 *
 * @param name as it was asked for
 * @param fields of the index, in packet order; none if it is decoded
 * @param asDate whether a time is printed as a date
 * @param decoded the fields of the name if the index holds none; else null
 */
public record OutputField(String name, List<IndexField> fields, boolean asDate, FieldSet decoded) {
    private static final List<IndexField> RECORD = List.of(PacketSchema.CAPTURE, PacketSchema.FRAME_NUMBER,
            PacketSchema.FRAME_OFFSET, PacketSchema.FRAME_CAPTURED, PacketSchema.FRAME_LENGTH,
            PacketSchema.FRAME_INTERFACE, PacketSchema.FRAME_TIME);

    /** The field of a name; empty if there is none. */
    public static Optional<OutputField> of(String name, DecodedFields all) {
        if (name.equals(FilterBinder.ABSOLUTE_TIME)) {
            return Optional.of(new OutputField(name, List.of(PacketSchema.FRAME_TIME), true, null));
        }
        List<IndexField> either = FilterBinder.EITHER.get(name);
        if (either != null) {
            return Optional.of(new OutputField(name, either, false, null));
        }
        // What the index holds of the protocols is in no order.
        Optional<IndexField> indexed = all.schema().field(name).filter(field -> field != PacketSchema.PROTOCOL);
        return indexed.isPresent() ? indexed.map(OutputField::of)
                : all.values(name).map(decoded -> new OutputField(name, List.of(), false, decoded));
    }

    static OutputField of(IndexField field) {
        return new OutputField(field.name(), List.of(field), false, null);
    }

    boolean isCapture() {
        return !isDecoded() && fields.getFirst() == PacketSchema.CAPTURE;
    }

    boolean isDecoded() {
        return decoded != null;
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
        return !isDecoded() && RECORD.contains(fields.getFirst());
    }
}
