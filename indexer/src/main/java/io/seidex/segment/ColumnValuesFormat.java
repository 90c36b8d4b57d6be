package io.seidex.segment;

import java.io.IOException;
import org.apache.lucene.codecs.DocValuesConsumer;
import org.apache.lucene.codecs.DocValuesFormat;
import org.apache.lucene.codecs.DocValuesProducer;
import org.apache.lucene.codecs.lucene90.Lucene90DocValuesFormat;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/**
 * The default codec's doc values format. Lucene's writer opens the files, writes whatever is not a number, and closes
 * them; {@link NumberValuesWriter} writes the numbers between, into the same files.
 */
final class ColumnValuesFormat extends DocValuesFormat {
    private static final DocValuesFormat FORMAT = new Lucene90DocValuesFormat();

    ColumnValuesFormat() {
        super(FORMAT.getName());
    }

    @Override
    public DocValuesConsumer fieldsConsumer(SegmentWriteState state) throws IOException {
        Outputs outputs = new Outputs(state.directory);
        DocValuesConsumer lucene = FORMAT.fieldsConsumer(new SegmentWriteState(
                state.infoStream,
                outputs,
                state.segmentInfo,
                state.fieldInfos,
                state.segUpdates,
                state.context,
                state.segmentSuffix));
        return new Consumer(
                lucene,
                new NumberValuesWriter(
                        outputs.meta, outputs.data, outputs.which, outputs.skips, state.segmentInfo.maxDoc()));
    }

    @Override
    public DocValuesProducer fieldsProducer(SegmentReadState state) throws IOException {
        return FORMAT.fieldsProducer(state);
    }

    /** Keeps the files that Lucene's writer opens. */
    private static final class Outputs extends FilterDirectory {
        private IndexOutput meta;
        private IndexOutput data;
        private IndexOutput which;
        private IndexOutput skips;

        Outputs(Directory directory) {
            super(directory);
        }

        @Override
        public IndexOutput createOutput(String name, IOContext context) throws IOException {
            IndexOutput output = super.createOutput(name, context);
            switch (name.substring(name.lastIndexOf('.') + 1)) {
                case "dvm" -> meta = output;
                case "dvd" -> data = output;
                case "dvp" -> which = output;
                case "dvs" -> skips = output;
                default -> throw new AssertionError("a file that doc values did not have: " + name);
            }
            return output;
        }
    }

    private static final class Consumer extends DocValuesConsumer {
        private final DocValuesConsumer lucene;
        private final NumberValuesWriter numbers;

        Consumer(DocValuesConsumer lucene, NumberValuesWriter numbers) {
            this.lucene = lucene;
            this.numbers = numbers;
        }

        @Override
        public void addNumericField(FieldInfo field, DocValuesProducer values) throws IOException {
            boolean skipped = field.docValuesSkipIndexType() != DocValuesSkipIndexType.NONE;
            ((ColumnValues) values).writeNumbers(numbers, field, skipped);
        }

        @Override
        public void addSortedField(FieldInfo field, DocValuesProducer values) throws IOException {
            lucene.addSortedField(field, values);
        }

        @Override
        public void addBinaryField(FieldInfo field, DocValuesProducer values) throws IOException {
            lucene.addBinaryField(field, values);
        }

        @Override
        public void addSortedNumericField(FieldInfo field, DocValuesProducer values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addSortedSetField(FieldInfo field, DocValuesProducer values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() throws IOException {
            lucene.close();
        }
    }
}
