package io.seidex.query.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.fault.FaultLog;
import io.seidex.dictionary.Dictionaries;
import io.seidex.octets.Octets;
import io.seidex.query.TestIndex;
import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.filter.LuceneQueries.Answer;
import io.seidex.schema.Extraction;
import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Kind;
import io.seidex.schema.PacketSchema;
import io.seidex.schema.ValueFormat;
import io.seidex.segment.IndexWriterSink;
import io.seidex.store.PacketIndex;
import io.seidex.store.Shard;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.FilterDirectoryReader;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every field's queries have the same answers on segments written from columns as on what {@code IndexWriter} wrote. */
class LuceneQueriesTest {
    @TempDir
    Path directory;

    @Test
    void shouldAnswerAsOnAnIndexThatIndexWriterWrote() throws IOException, FilterException {
        Path file = directory.resolve("a.pcapng");
        Traffic.seeded(3).sessions(40).bundled(20).userPlane(20).gtpv2(20).gtpv1(15).detailed(true).noise(20)
                .write(file, CaptureFormat.PCAPNG, 3_000);
        TestIndex index = TestIndex.of(directory.resolve("index"), file);
        List<Shard> shards = PacketIndex.open(index.directory()).shards();
        assertEquals(1, shards.size());
        try (Directory written = new ByteBuffersDirectory();
                Directory columns = FSDirectory.open(shards.getFirst().path())) {
            write(file, written);
            try (DirectoryReader ours = DirectoryReader.open(columns);
                    DirectoryReader theirs = new SameNames(
                            DirectoryReader.open(written), ours.leaves().getFirst().reader().getFieldInfos())) {
                int asked = 0;
                for (String filter : filters(ours.leaves().getFirst().reader())) {
                    Answer answer = answer(filter);
                    assertEquals(found(answer.sure(), theirs), found(answer.sure(), ours), filter);
                    assertEquals(found(answer.maybe(), theirs), found(answer.maybe(), ours), filter);
                    asked++;
                }
                assertTrue(asked > 3 * PacketSchema.builtIn().fields().size(), "filters: " + asked);
            }
        }
    }

    @Test
    void shouldKnowWhatTheIndexAloneCannotAnswer() throws FilterException {
        for (String exact : List.of("pfcp", "pfcp.seid == 1", "pfcp.seid > 1", "udp.port != 8805", "pfcp.msg_type",
                "frame.number > 5 && !(ip.addr == 10.0.0.0/8)", "frame.time_epoch < 5", "messages == 2")) {
            assertTrue(answer(exact).isExact(), exact);
        }
        for (String inexact : List.of("pfcp.seqno == 1", "!(gtpv2.seq == 1)", "pfcp.seid", "pfcp.seid != 1",
                "gtp.teid")) {
            assertFalse(answer(inexact).isExact(), inexact);
        }
    }

    @Test
    void shouldAnswerFlagsByTheWordsTheyAreIndexedAs() throws FilterException {
        Query word = answer("pfcp.usage_report_trigger == \"TERMR\"").maybe();
        for (String set : List.of("== 1", "== True", "> 0")) {
            Answer answer = answer("pfcp.usage_report_trigger.term " + set);
            assertTrue(answer.isExact(), set);
            assertEquals(word, answer.maybe(), set);
        }
        for (String other : List.of("", " == 0", " != 1", " != 0", " in {0, 1}")) {
            assertFalse(answer("pfcp.usage_report_trigger.term" + other).isExact(), other);
        }
        assertFalse(answer("pfcp.apply_action.buff == 1").isExact());
    }

    private static Answer answer(String filter) throws FilterException {
        FilterBinder binder =
                new FilterBinder((_, _) -> Optional.empty(), tail -> Map.of(tail, tail),
                        new DecodedFields(PacketSchema::builtIn, () -> new FieldRegistry(Dictionaries.builtIn())),
                        ZoneOffset.UTC);
        return new LuceneQueries(new int[] {0}).answer(binder.bind(FilterParser.parse(filter)));
    }

    /** For each field: existence, and every operator with values that occur. */
    private static List<String> filters(LeafReader reader) throws IOException {
        List<String> filters = new ArrayList<>();
        for (IndexField field : PacketSchema.builtIn().fields()) {
            if (field.kind() == Kind.CAPTURE || field.kind() == Kind.OCTETS || field == PacketSchema.PROTOCOL) {
                continue;
            }
            filters.add(field.name());
            for (String value : values(field, reader)) {
                for (String operator : List.of("==", "!=", "<", ">=")) {
                    filters.add(field.name() + " " + operator + " " + value);
                }
                filters.add(field.name() + " in {" + value + ", " + values(field, reader).getFirst() + " .. " + value
                        + "}");
            }
        }
        for (String protocol : FilterBinder.protocols(PacketSchema.builtIn())) {
            filters.add(protocol);
            filters.add("!" + protocol + " || udp.port == 8805");
        }
        return filters;
    }

    private static List<String> values(IndexField field, LeafReader reader) throws IOException {
        List<String> values = new ArrayList<>();
        Terms terms = field.terms() ? reader.terms(field.name()) : null;
        if (field.terms() && terms == null) {
            return List.of();
        }
        if (terms == null) {
            NumericDocValues numbers = reader.getNumericDocValues(field.name());
            for (int i = 0; i < 3 && numbers.nextDoc() != NumericDocValues.NO_MORE_DOCS; i++) {
                byte[] text = new byte[ValueFormat.MAX_NUMBER];
                int length = field.kind() == Kind.TIME ? ValueFormat.number(field, numbers.longValue(), text, 0)
                        : ValueFormat.decimal(numbers.longValue(), text, 0);
                values.add(new String(text, 0, length, StandardCharsets.US_ASCII));
            }
            return values;
        }
        TermsEnum each = terms.iterator();
        int step = (int) Math.max(1, terms.size() / 3);
        int place = 0;
        for (BytesRef term = each.next(); term != null; term = each.next()) {
            if (place++ % step == 0) {
                values.add(text(field, BytesRef.deepCopyOf(term).bytes));
            }
        }
        return values;
    }

    private static String text(IndexField field, byte[] term) throws IOException {
        String hex = HexFormat.of().formatHex(term);
        return switch (field.kind()) {
            case UNSIGNED -> "0x" + hex;
            case IPV4, IPV6 -> InetAddress.getByAddress(term).getHostAddress();
            case TEXT, LABEL -> '"' + new String(term, StandardCharsets.UTF_8) + '"';
            case COMMUNITY_ID -> "\"1:" + Base64.getEncoder().encodeToString(term) + '"';
            case SEID_ENDPOINT, TEID_ENDPOINT -> {
                byte[] address = Arrays.copyOf(term, 16);
                // Java reads ::ffff:a.b.c.d as the IPv4 address.
                yield '"' + InetAddress.getByAddress(address).getHostAddress() + ",0x" + hex.substring(32) + '"';
            }
            case TIME, CAPTURE, INTERFACE, OCTETS -> throw new IllegalArgumentException(field.name());
        };
    }

    private static List<Integer> found(Query query, DirectoryReader reader) throws IOException {
        IndexSearcher searcher = new IndexSearcher(reader);
        List<Integer> documents = new ArrayList<>();
        for (ScoreDoc hit : searcher.search(query, reader.maxDoc(), Sort.INDEXORDER).scoreDocs) {
            documents.add(hit.doc);
        }
        return documents;
    }

    private static void write(Path file, Directory directory) throws IOException {
        Packet packet = new Packet();
        PacketDecoder decoder = new PacketDecoder();
        Extraction extraction = Extraction.forIndexing(Dictionaries.builtIn());
        try (Octets octets = Octets.of(Files.readAllBytes(file)); Capture capture = Capture.of(octets, new FaultLog());
                IndexWriterSink sink = new IndexWriterSink(directory, 64, PacketSchema.builtIn()::labels)) {
            FrameCursor cursor = capture.cursor(new FaultLog());
            while (cursor.next()) {
                extraction.frame(cursor.frame(), 0, 0, sink);
                decoder.decode(octets, cursor.frame(), packet);
                extraction.extract(octets, packet, sink);
                sink.endDocument();
            }
            sink.commit(Map.of());
        }
    }

    /** An index of {@code IndexWriter}, whose doc values have other names, under the names of the schema. */
    private static final class SameNames extends FilterDirectoryReader {
        private final FieldInfos infos;

        SameNames(DirectoryReader in, FieldInfos infos) throws IOException {
            super(in, new SubReaderWrapper() {
                @Override
                public LeafReader wrap(LeafReader reader) {
                    return new SameNamesLeaf(reader, infos);
                }
            });
            this.infos = infos;
        }

        @Override
        protected DirectoryReader doWrapDirectoryReader(DirectoryReader reader) throws IOException {
            return new SameNames(reader, infos);
        }

        @Override
        public CacheHelper getReaderCacheHelper() {
            return null;
        }
    }

    private static final class SameNamesLeaf extends FilterLeafReader {
        private final FieldInfos infos;

        SameNamesLeaf(LeafReader in, FieldInfos infos) {
            super(in);
            this.infos = infos;
        }

        private static String name(String field) {
            return IndexWriterSink.valueName(PacketSchema.builtIn().field(field).orElseThrow());
        }

        @Override
        public FieldInfos getFieldInfos() {
            return infos;
        }

        @Override
        public NumericDocValues getNumericDocValues(String field) throws IOException {
            return in.getNumericDocValues(name(field));
        }

        @Override
        public SortedDocValues getSortedDocValues(String field) throws IOException {
            return in.getSortedDocValues(name(field));
        }

        @Override
        public DocValuesSkipper getDocValuesSkipper(String field) throws IOException {
            return in.getDocValuesSkipper(name(field));
        }

        @Override
        public CacheHelper getCoreCacheHelper() {
            return null;
        }

        @Override
        public CacheHelper getReaderCacheHelper() {
            return null;
        }
    }
}
