package io.seidex.segment;

import org.apache.lucene.codecs.DocValuesFormat;
import org.apache.lucene.codecs.PostingsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;

/** The default codec, by its name and by its files, with doc values and documents written from arrays. */
final class ColumnCodec extends Lucene104Codec {
    private final DocValuesFormat values = new ColumnValuesFormat();
    private final PostingsFormat postings = new ColumnPostingsFormat();

    @Override
    public DocValuesFormat getDocValuesFormatForField(String field) {
        return values;
    }

    @Override
    public PostingsFormat getPostingsFormatForField(String field) {
        return postings;
    }
}
