package io.seidex.segment;

import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Values;
import java.util.HashMap;
import java.util.List;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;

/** The schema in Lucene's words: which field is indexed how. The same in every segment, field numbers included. */
final class SegmentSchema {
    private SegmentSchema() {}

    /** Field infos of all {@code fields}: new ones, because a segment's formats leave their marks in them. */
    static FieldInfos infos(List<IndexField> fields) {
        return new FieldInfos(fields.stream().map(SegmentSchema::info).toArray(FieldInfo[]::new));
    }

    static FieldInfo info(IndexField field) {
        boolean omitNorms = field.terms();
        return new FieldInfo(
                field.name(),
                field.ordinal(),
                false,
                omitNorms,
                false,
                field.terms() ? IndexOptions.DOCS : IndexOptions.NONE,
                valuesType(field.values()),
                field.values() == Values.NUMBER_SKIPPING ? DocValuesSkipIndexType.RANGE : DocValuesSkipIndexType.NONE,
                -1,
                new HashMap<>(),
                0,
                0,
                0,
                0,
                VectorEncoding.FLOAT32,
                VectorSimilarityFunction.EUCLIDEAN,
                false,
                false);
    }

    private static DocValuesType valuesType(Values values) {
        return switch (values) {
            case NONE, STORED -> DocValuesType.NONE;
            case NUMBER, NUMBER_SKIPPING -> DocValuesType.NUMERIC;
            case OCTETS -> DocValuesType.SORTED;
            case BINARY -> DocValuesType.BINARY;
        };
    }
}
