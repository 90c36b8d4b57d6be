package io.seidex.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.seidex.octets.Octets;
import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Kind;
import io.seidex.schema.PacketSchema;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void shouldKeepListsOfDocuments() {
        System.out.println("-Dseed=" + seed);
        DocumentLists lists = new DocumentLists(8);
        int count = 200;
        int dense = 30;
        for (int round = 0; round < 3; round++) {
            int[] states = new int[count * DocumentLists.STATE];
            TreeMap<Integer, List<Integer>> oracle = new TreeMap<>();
            int[] step = new int[count];
            for (int i = 0; i < count; i++) {
                step[i] = i < dense ? 1 + random.nextInt(3) : 1 << random.nextInt(25);
            }
            int[] document = new int[count];
            for (int n = 0; n < 600_000; n++) {
                int list = random.nextInt(1 + random.nextInt(count));
                long next = document[list] + (random.nextInt(4) == 0 ? 0L : random.nextInt(1 + step[list]));
                document[list] = (int) Math.min(next, Integer.MAX_VALUE - 1);
                List<Integer> documents = oracle.computeIfAbsent(list, key -> new ArrayList<>());
                if (documents.isEmpty()) {
                    DocumentLists.begin(states, list * DocumentLists.STATE);
                }
                if (documents.isEmpty() || documents.getLast() != document[list]) {
                    documents.add(document[list]);
                }
                lists.add(states, list * DocumentLists.STATE, document[list]);
            }
            DocumentLists.Reader reader = new DocumentLists.Reader();
            oracle.forEach((list, documents) -> {
                reader.over(lists, states, list * DocumentLists.STATE);
                List<Integer> read = new ArrayList<>();
                int[] block = new int[TermColumn.BLOCK];
                for (int size = reader.read(block); size > 0; size = reader.read(block)) {
                    for (int i = 0; i < size; i++) {
                        read.add(block[i]);
                    }
                }
                assertEquals(documents, read);
            });
            lists.clear(round == 1);
        }
    }

    @Test
    void shouldKeepTheDocumentsOfSmallNumbersHoweverFrequent() {
        System.out.println("-Dseed=" + seed);
        DocumentLists lists = new DocumentLists(10);
        NumberTerms terms = new NumberTerms(2, new byte[0][], lists, null, random.nextLong() | 1);
        for (int segment = 0; segment < 6; segment++) {
            int documents = 1 + random.nextInt(150_000);
            int values = 1 + random.nextInt(40);
            int shift = random.nextInt(30);
            TreeMap<Integer, List<Integer>> oracle = new TreeMap<>();
            for (int document = 0; document < documents; document++) {
                for (int i = random.nextInt(3); i > 0; i--) {
                    int value = shift + random.nextInt(1 + random.nextInt(values));
                    terms.add(value, document);
                    List<Integer> expected = oracle.computeIfAbsent(value, key -> new ArrayList<>());
                    if (expected.isEmpty() || expected.getLast() != document) {
                        expected.add(document);
                    }
                }
                if ((document + 1) % NumberSets.DOCUMENTS == 0 || document + 1 == documents) {
                    terms.drain(document / NumberSets.DOCUMENTS * NumberSets.DOCUMENTS);
                }
            }
            TreeMap<Integer, List<Integer>> read = new TreeMap<>();
            BytesRef term = new BytesRef();
            int[] block = new int[TermColumn.BLOCK];
            terms.settle();
            for (terms.open(new SortRoom()); terms.next(term);) {
                List<Integer> found = new ArrayList<>();
                for (int size = terms.read(block); size > 0; size = terms.read(block)) {
                    Arrays.stream(block, 0, size).forEach(found::add);
                }
                read.put((term.bytes[0] & 0xFF) << 8 | term.bytes[1] & 0xFF, found);
            }
            assertEquals(oracle, read);
            terms.clear(documents, random.nextInt(4) == 0);
            lists.clear(false);
        }
    }

    @Test
    void shouldSortKeysAsUnsignedOctets() {
        System.out.println("-Dseed=" + seed);
        for (int words = 1; words <= 3; words++) {
            for (int count : new int[] {0, 1, 2, 300, 5_000}) {
                int width = words;
                long mask = random.nextBoolean() ? -1 : 0xFF00_00FF_0000_0001L;
                long[] keys = random.longs((long) count * words).map(key -> key & mask).toArray();
                int[] order = new int[count];
                new SortRoom().sort(keys, words, count, order);
                int[] expected = IntStream.range(0, count)
                        .boxed()
                        .sorted((a, b) -> compare(keys, width, a, b))
                        .mapToInt(Integer::intValue)
                        .toArray();
                assertArrayEquals(expected, order);
            }
        }
    }

    @Test
    void shouldSortPairsAndKeepTheOrderOfEquals() {
        System.out.println("-Dseed=" + seed);
        SortRoom room = new SortRoom();
        for (int count : new int[] {0, 1, 2, 31, 32, 33, 700, 40_000}) {
            for (int kind = 0; kind < 5; kind++) {
                long[] values = new long[count];
                for (int i = 0; i < count; i++) {
                    values[i] = switch (kind) {
                        case 0 -> random.nextLong();
                        case 1 -> random.nextInt(500);
                        case 2 -> random.nextInt(50) == 0 ? -1 - random.nextInt(3) : random.nextInt(1 << 20);
                        case 3 -> random.nextLong() & 0x8000_0000_0010_0001L;
                        default -> 7;
                    };
                }
                Integer[] expected = IntStream.range(0, count).boxed().toArray(Integer[]::new);
                Arrays.sort(expected, (a, b) -> Long.compareUnsigned(values[a], values[b]));
                fillRoom(room, values);
                room.sortDivided(count);
                assertSorted(room, values, expected);
                fillRoom(room, values);
                room.sortPairs(count, 0);
                assertSorted(room, values, expected);
            }
        }
    }

    private static void fillRoom(SortRoom room, long[] values) {
        System.arraycopy(values, 0, room.keys(values.length), 0, values.length);
        for (int i = 0; i < values.length; i++) {
            room.companions(values.length)[i] = i;
        }
    }

    private static void assertSorted(SortRoom room, long[] values, Integer[] expected) {
        for (int i = 0; i < values.length; i++) {
            assertEquals(expected[i].longValue(), room.companions(values.length)[i]);
            assertEquals(values[expected[i]], room.keys(values.length)[i]);
        }
    }

    private static int compare(long[] keys, int words, int a, int b) {
        for (int w = 0; w < words; w++) {
            int order = Long.compareUnsigned(keys[a * words + w], keys[b * words + w]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a, b);
    }

    @Test
    void shouldAllocateNothingForAPacketOnceWarm() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] address = {10, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21};
        Columns columns =
                new Columns(PacketSchema.builtIn().fields(), 1 << 20, 1L << 30, field -> RandomDocuments.LABELS);
        try (Octets octets = Octets.of(address)) {
            int documents = 5_000;
            fill(columns, octets, address, documents);
            columns.clear();
            long before = threads.getCurrentThreadAllocatedBytes();
            fill(columns, octets, address, documents);
            columns.clear();
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            // Reading the counter allocates a little; a single object a packet would be 16 octets a packet and more.
            assertTrue(allocated < 2_000, allocated + " octets for " + documents + " packets");
        }
    }

    private static void fill(Columns columns, Octets octets, byte[] text, int documents) {
        List<IndexField> fields = PacketSchema.builtIn().fields();
        for (int document = 0; document < documents; document++) {
            for (int f = 0; f < fields.size(); f++) {
                IndexField field = fields.get(f);
                switch (field.kind()) {
                    case UNSIGNED, TIME, CAPTURE, INTERFACE -> {
                        columns.header(field, document * 31L);
                        columns.number(field, document);
                        columns.number(field, document);
                    }
                    case LABEL -> columns.number(field, document % 7);
                    case IPV4 -> columns.octets(field, octets, document % 8, 4);
                    case IPV6 -> columns.octets(field, octets, document % 4, 16);
                    case COMMUNITY_ID -> columns.text(field, text, 20);
                    case TEXT -> {
                        columns.octets(field, octets, document % 4, document % 16);
                        columns.text(field, text, document % 20);
                    }
                    case SEID_ENDPOINT, TEID_ENDPOINT -> columns.endpoint(field, 0, 77, document);
                    case OCTETS -> {
                        // These do not go through columns.
                    }
                }
            }
            columns.endDocument();
        }
    }

    @Test
    void shouldBeFullBeforeTheBudgetIsSpent() {
        long budget = 8 << 20;
        Columns columns =
                new Columns(PacketSchema.builtIn().fields(), 1 << 20, budget, field -> RandomDocuments.LABELS);
        long empty = columns.bytes();
        for (int segment = 0; segment < 6; segment++) {
            // Traffic of another kind in each segment, every value new: what one grew must not stay for the next.
            IndexField field = List.of(PacketSchema.PFCP_SEID, PacketSchema.IP_SRC, PacketSchema.SEID_ENDPOINT)
                    .get(segment % 3);
            while (!columns.isFull()) {
                long value = random.nextLong();
                if (field.kind() == Kind.SEID_ENDPOINT) {
                    columns.endpoint(field, 0, value, value);
                } else if (field.kind() == Kind.IPV4) {
                    columns.text(field, new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), 1}, 4);
                } else {
                    columns.header(field, value);
                }
                columns.endDocument();
            }
            assertTrue(columns.documents() > 10_000, field + " " + columns.documents());
            assertTrue(columns.bytes() < budget * 3 / 2 + empty, field + " " + columns.bytes() + ", empty " + empty);
            columns.clear();
            assertFalse(columns.isFull());
            assertEquals(0, columns.documents());
        }
    }

    @Test
    void shouldBeFullAfterItsDocuments() {
        Columns columns = new Columns(PacketSchema.builtIn().fields(), 3, 1 << 20, field -> RandomDocuments.LABELS);
        for (int i = 0; i < 3; i++) {
            assertFalse(columns.isFull());
            columns.endDocument();
        }
        assertTrue(columns.isFull());
    }

    @Test
    void shouldCutTextsWhereLuceneWould() {
        assertEquals(IndexWriter.MAX_TERM_LENGTH, Columns.TEXT_LIMIT);
        byte[] text = new byte[Columns.TEXT_LIMIT + 10];
        Arrays.fill(text, (byte) 'x');
        TextTerms terms = new TextTerms(new DocumentLists(0), null, 12345);
        terms.add(text, Columns.TEXT_LIMIT, 0);
        terms.add(text, Columns.TEXT_LIMIT, 1);
        assertEquals(1, terms.count);
        terms.add(text, 0, 1);
        assertEquals(2, terms.count);
    }
}
