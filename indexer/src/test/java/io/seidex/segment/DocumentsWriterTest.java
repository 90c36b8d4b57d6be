package io.seidex.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.seidex.schema.PacketSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.codecs.FieldsConsumer;
import org.apache.lucene.codecs.PostingsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104PostingsFormat;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.Fields;
import org.apache.lucene.index.SegmentInfo;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.Terms;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.InfoStream;
import org.apache.lucene.util.Version;
import org.junit.jupiter.api.Test;

/** The oracle is Lucene's writer: the same documents, and every octet of every file compared. */
class DocumentsWriterTest {
    /** Above 505 differences of the greatest width, each the greatest, behind the first document. */
    private static final int MAX_DOCUMENT = 1 << 28;
    private static final byte[] IDENTITY = new byte[16];

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void shouldWriteDifferencesOfEveryWidth() throws IOException {
        System.out.println("-Dseed=" + seed);
        int[][] lists = new int[80][];
        for (int i = 0; i < lists.length; i++) {
            // The last of 20 widths that 256 documents and some can have under the greatest.
            int width = i % 20;
            int size = width > 12 ? 256 + random.nextInt(250) : 256 * random.nextInt(80) + random.nextInt(3);
            lists[i] = documents(size, 1 << width);
        }
        assertSameFiles(lists);
    }

    @Test
    void shouldWriteListsOfEveryLength() throws IOException {
        System.out.println("-Dseed=" + seed);
        int[][] lists = new int[700][];
        for (int i = 0; i < lists.length; i++) {
            lists[i] = documents(1 + i, 1 + random.nextInt(1 << random.nextInt(17)));
        }
        assertSameFiles(lists);
    }

    @Test
    void shouldWriteGroupsOfBlocks() throws IOException {
        System.out.println("-Dseed=" + seed);
        int group = Lucene104PostingsFormat.LEVEL1_NUM_DOCS;
        assertSameFiles(new int[][] {
            documents(group - 1, 1), documents(group, 1), documents(group, 9), documents(group + 1, 1000),
            documents(3 * group, 2), documents(3 * group + 255, 40), documents(2 * group + 256, 1)
        });
    }

    /** Ascending documents, each at most {@code step} behind the one before. */
    private int[] documents(int size, int step) {
        int[] documents = new int[Math.max(1, size)];
        int last = random.nextInt(3) == 0 ? -1 : random.nextInt(5000);
        for (int i = 0; i < documents.length; i++) {
            documents[i] = last += 1 + random.nextInt(step);
        }
        return documents;
    }

    private static void assertSameFiles(int[][] lists) throws IOException {
        try (Directory lucene = new ByteBuffersDirectory(); Directory ours = new ByteBuffersDirectory()) {
            write(new Lucene104PostingsFormat(), lists, lucene);
            write(new ColumnPostingsFormat(), lists, ours);
            assertArrayEquals(lucene.listAll(), ours.listAll());
            for (String file : lucene.listAll()) {
                assertArrayEquals(content(lucene, file), content(ours, file), file);
            }
        }
    }

    private static byte[] content(Directory directory, String file) throws IOException {
        try (IndexInput input = directory.openInput(file, IOContext.READONCE)) {
            byte[] content = new byte[(int) input.length()];
            input.readBytes(content, 0, content.length);
            return content;
        }
    }

    private static void write(PostingsFormat format, int[][] lists, Directory directory) throws IOException {
        FieldInfos infos = SegmentSchema.infos(List.of(PacketSchema.PFCP_SEID));
        SegmentInfo info = new SegmentInfo(
                directory, Version.LATEST, Version.LATEST, "_0", MAX_DOCUMENT, false, false, new Lucene104Codec(),
                Map.of(), IDENTITY, Map.of(), null);
        SegmentWriteState state =
                new SegmentWriteState(InfoStream.NO_OUTPUT, directory, info, infos, null, IOContext.DEFAULT);
        try (FieldsConsumer consumer = format.fieldsConsumer(state)) {
            consumer.write(new OneField(new Lists(lists)), null);
        }
    }

    /** Terms that are numbers from 0 on, each with a list of documents. */
    private static final class Lists extends TermColumn {
        private final int[][] lists;
        private final byte[] octets = new byte[2];
        private int term = -1;
        private int at;

        Lists(int[][] lists) {
            this.lists = lists;
            int[] all = Arrays.stream(lists).flatMapToInt(Arrays::stream).sorted().toArray();
            count(all, 0, all.length);
        }

        @Override
        boolean isEmpty() {
            return false;
        }

        @Override
        void open(SortRoom room) {
            term = -1;
        }

        @Override
        boolean next(BytesRef target) {
            if (++term == lists.length) {
                return false;
            }
            at = 0;
            octets[0] = (byte) (term >>> 8);
            octets[1] = (byte) term;
            target.bytes = octets;
            target.offset = 0;
            target.length = octets.length;
            return true;
        }

        @Override
        int read(int[] block) {
            int size = Math.min(BLOCK, lists[term].length - at);
            System.arraycopy(lists[term], at, block, 0, size);
            at += size;
            return size;
        }

        @Override
        long bytes() {
            return 0;
        }
    }

    private static final class OneField extends Fields {
        private final TermColumn column;

        OneField(TermColumn column) {
            this.column = column;
        }

        @Override
        public Iterator<String> iterator() {
            return List.of(PacketSchema.PFCP_SEID.name()).iterator();
        }

        @Override
        public Terms terms(String name) {
            return ColumnTerms.view(column, new SortRoom());
        }

        @Override
        public int size() {
            return 1;
        }
    }
}
