package io.seidex.segment;

import org.apache.lucene.codecs.DocValuesFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;

/** The default codec, by its name and by its files, with doc values written from arrays. */
final class ColumnCodec extends Lucene104Codec {
    private final DocValuesFormat values = new ColumnValuesFormat();

    @Override
    public DocValuesFormat getDocValuesFormatForField(String field) {
        return values;
    }
}
