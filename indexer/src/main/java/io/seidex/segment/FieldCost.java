package io.seidex.segment;

import io.seidex.schema.IndexField;

/**
 * What a field costs in the segments written so far: nanoseconds of the processor and octets of index, those of its doc values
 * apart from those of its terms.
 */
public record FieldCost(IndexField field, long valueNanos, long valueBytes, long termNanos, long termBytes) {
    public long nanos() {
        return valueNanos + termNanos;
    }

    public long bytes() {
        return valueBytes + termBytes;
    }
}
