package io.seidex.segment;

import java.io.IOException;
import org.apache.lucene.codecs.FieldsConsumer;
import org.apache.lucene.codecs.FieldsProducer;
import org.apache.lucene.codecs.PostingsFormat;
import org.apache.lucene.codecs.lucene103.blocktree.Lucene103BlockTreeTermsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104PostingsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.util.IOUtils;

/** The default codec's postings format: Lucene writes the terms, {@link DocumentsWriter} the documents of each. */
final class ColumnPostingsFormat extends PostingsFormat {
    private static final PostingsFormat FORMAT = new Lucene104PostingsFormat();

    ColumnPostingsFormat() {
        super(FORMAT.getName());
    }

    @Override
    public FieldsConsumer fieldsConsumer(SegmentWriteState state) throws IOException {
        DocumentsWriter documents = new DocumentsWriter(state);
        try {
            return new Lucene103BlockTreeTermsWriter(
                    state,
                    documents,
                    Lucene103BlockTreeTermsWriter.DEFAULT_MIN_BLOCK_SIZE,
                    Lucene103BlockTreeTermsWriter.DEFAULT_MAX_BLOCK_SIZE);
        } catch (Throwable failure) {
            IOUtils.closeWhileSuppressingExceptions(failure, documents);
            throw failure;
        }
    }

    @Override
    public FieldsProducer fieldsProducer(SegmentReadState state) throws IOException {
        return FORMAT.fieldsProducer(state);
    }
}
