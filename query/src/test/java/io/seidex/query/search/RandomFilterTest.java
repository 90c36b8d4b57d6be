package io.seidex.query.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.query.TestIndex;
import io.seidex.query.filter.FilterBinder;
import io.seidex.query.search.Expression.Compared;
import io.seidex.query.search.Expression.Field;
import io.seidex.query.search.Expression.Joined;
import io.seidex.query.search.Expression.Member;
import io.seidex.query.search.Expression.Not;
import io.seidex.query.search.Expression.Present;
import io.seidex.query.search.Expression.Protocol;
import io.seidex.query.search.Expression.Value;
import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Kind;
import io.seidex.schema.PacketSchema;
import io.seidex.store.Settings;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.PacketBuilder;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filters of every field and operator, made at random, find what a plain look at every packet finds. */
class RandomFilterTest {
    private static final List<String> PROTOCOLS = FilterBinder.protocols(PacketSchema.builtIn());
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final String[] OPERATORS = {"==", "!=", "<", "<=", ">", ">="};

    @TempDir
    static Path directory;

    private static final List<Field> FIELDS = fields();
    private static final DecodedPackets DECODED = new DecodedPackets();
    private static final List<String> NAMES = new ArrayList<>();
    private static TestIndex index;

    private static List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (IndexField field : PacketSchema.builtIn().fields()) {
            if (field != PacketSchema.PROTOCOL && field.kind() != Kind.OCTETS) {
                fields.add(new Field(field.name(), List.of(field.name())));
            }
        }
        for (String protocol : List.of("udp", "tcp", "sctp")) {
            fields.add(new Field(protocol + ".port", List.of(protocol + ".srcport", protocol + ".dstport")));
        }
        for (String protocol : List.of("ip", "ipv6")) {
            fields.add(new Field(protocol + ".addr", List.of(protocol + ".src", protocol + ".dst")));
        }
        return fields;
    }

    @BeforeAll
    static void index() throws IOException {
        List<Path> captures = List.of(directory.resolve("a.pcap"), directory.resolve("b.pcapng"), odd());
        Traffic.named("every-interface", 7).sessions(40).write(captures.get(0), CaptureFormat.PCAP, 1_500);
        Traffic.seeded(8).sessions(30).bundled(30).userPlane(10).gtpv2(10).noise(20)
                .write(captures.get(1), CaptureFormat.PCAPNG_BIG, 1_500);
        // Parts of the captures are in shards of their own, and one shard holds several captures.
        index = TestIndex.of(directory.resolve("index"), Settings.standard().withSplitSize(1 << 18),
                captures.toArray(new Path[0]));
        List<String> inOrder = index.query("-e", "capture").lines().stream().distinct().toList();
        for (String path : inOrder) {
            int before = DECODED.packets.size();
            DECODED.add(Path.of(path));
            for (int number = 1; number <= DECODED.packets.size() - before; number++) {
                NAMES.add(path + "\t" + number);
            }
        }
    }

    /** What generated traffic has none of. */
    private static Path odd() {
        PacketBuilder quoted = new PacketBuilder().ethernet().ipv4("10.1.1.1", "10.1.1.2").icmp(3, 3, 0)
                .ipv4("10.1.1.2", "10.1.1.1").udp(8805, 8805).pfcp(52, 0x77L, 19).end();
        PacketBuilder several = new PacketBuilder().ethernet().vlan(7).vlan(8).ipv6("2001:db8::1", "2001:db8::2")
                .udp(8805, 8805).pfcp(1, 21).u32Ie(96, 5).pfcp(50, 0x8000_0000_0000_0001L, 22).u8Ie(19, 1).end();
        return CaptureBuilder.pcapng().packet(quoted).packet(several).packet(new byte[3])
                .packet(new PacketBuilder().ethernet().ipv4("10.1.1.1", "10.1.1.2").tcp(80, 1234, 1, 2).end())
                .packet(new PacketBuilder().ethernet().ipv4("10.1.1.1", "10.1.1.2").udp(2123, 2123).gtpv2(1, 5).end())
                .simplePacket(new PacketBuilder().ethernet().ipv4("10.1.1.1", "10.1.1.2").udp(1, 2).end().toBytes())
                .write(directory.resolve("odd.pcapng"));
    }

    @Test
    void shouldFindEveryPacketWithoutAFilter() {
        assertEquals(NAMES, index.query("-e", "capture", "-e", "frame.number").lines());
    }

    @Test
    void shouldAnswerEveryOperatorOnEveryField() {
        Random random = new Random(SEED);
        int matched = 0;
        for (Field field : FIELDS) {
            matched += check(new Present(field));
            for (String operator : OPERATORS) {
                boolean ordered = !field.name().equals("capture");
                if (ordered || operator.equals("==") || operator.equals("!=")) {
                    matched += check(new Compared(field, operator, value(field, random)));
                }
            }
            matched += check(member(field, random));
        }
        assertTrue(matched > 100, "filters that find something: " + matched);
    }

    @Test
    void shouldAnswerRandomFilters() {
        Random random = new Random(SEED + 1);
        for (int i = 0; i < 150; i++) {
            check(random(random, 3));
        }
    }

    private static List<String> without(List<String> lines, List<String> others) {
        Set<String> known = new HashSet<>(others);
        return lines.stream().filter(line -> !known.contains(line)).toList();
    }

    /** Whether it finds something. */
    private static int check(Expression expression) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            if (expression.holds(DECODED.packets.get(i))) {
                expected.add(NAMES.get(i));
            }
        }
        String about = expression.text() + " -Dseed=" + SEED;
        TestIndex.Run run = index.query("-e", "capture", "-e", "frame.number", expression.text());
        assertEquals("", run.err(), about);
        assertEquals(List.of(), without(expected, run.lines()), about + ": not found");
        assertEquals(List.of(), without(run.lines(), expected), about + ": found and should not be");
        assertEquals(expected, run.lines(), about + ": in another order, or twice");
        assertEquals(expected.size() + "\n", index.query("--count", expression.text()).out(), about);
        return expected.isEmpty() ? 0 : 1;
    }

    private static Expression random(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            if (random.nextInt(4) == 0) {
                return new Not(random(random, depth - 1) instanceof Joined joined ? joined
                        : new Joined(true, List.of(random(random, depth - 1))));
            }
            List<Expression> terms = new ArrayList<>();
            for (int i = random.nextInt(3) + 2; i > 0; i--) {
                terms.add(random(random, depth - 1));
            }
            return new Joined(random.nextBoolean(), terms);
        }
        Field field = FIELDS.get(random.nextInt(FIELDS.size()));
        return switch (random.nextInt(6)) {
            case 0 -> new Present(field);
            case 1 -> new Protocol(
                    PROTOCOLS.get(random.nextInt(PROTOCOLS.size())));
            case 2 -> member(field, random);
            default -> new Compared(field, OPERATORS[random.nextInt(field.name().equals("capture") ? 2 : 6)],
                    value(field, random));
        };
    }

    private static Member member(Field field, Random random) {
        List<List<Value>> ranges = new ArrayList<>();
        for (int i = random.nextInt(3) + 1; i > 0; i--) {
            Value first = value(field, random);
            ranges.add(random.nextBoolean() || field.name().equals("capture") ? List.of(first)
                    : List.of(first, value(field, random)));
        }
        return new Member(field, random.nextInt(3) == 0, ranges);
    }

    /** Mostly one that occurs. */
    private static Value value(Field field, Random random) {
        IndexField known = PacketSchema.builtIn().field(field.parts().getFirst()).orElseThrow();
        byte[] octets = null;
        for (int i = 0; i < 200 && octets == null; i++) {
            Map<String, List<byte[]>> packet = DECODED.packets.get(random.nextInt(DECODED.packets.size()));
            List<byte[]> values = field.values(packet);
            octets = values.isEmpty() ? null : values.get(random.nextInt(values.size()));
        }
        return value(known, octets == null ? some(known, random) : octets, random);
    }

    private static byte[] some(IndexField field, Random random) {
        return switch (field.kind()) {
            case UNSIGNED, TIME, CAPTURE, INTERFACE -> DecodedPackets.sortable(field, random.nextInt(256));
            case IPV4 -> new byte[] {10, 1, 1, 1};
            case IPV6 -> new byte[16];
            case OCTETS -> new byte[] {0x61, 0x62};
            case TEXT -> "internet".getBytes(StandardCharsets.UTF_8);
            case LABEL -> PacketSchema.builtIn().labels(field).getFirst().getBytes(StandardCharsets.UTF_8);
            case SEID_ENDPOINT -> new byte[24];
            case TEID_ENDPOINT, COMMUNITY_ID -> new byte[20];
        };
    }

    private static Value value(IndexField field, byte[] octets, Random random) {
        return switch (field.kind()) {
            case UNSIGNED, INTERFACE -> {
                long number = ByteBuffer.wrap(octets).getLong();
                yield exact(switch (random.nextInt(3)) {
                    case 0 -> Long.toUnsignedString(number);
                    case 1 -> "0x" + Long.toHexString(number);
                    default -> "0" + Long.toOctalString(number);
                }, octets);
            }
            case TIME -> {
                long nanos = ByteBuffer.wrap(octets).getLong() ^ Long.MIN_VALUE;
                yield exact("%d.%09d".formatted(nanos / 1_000_000_000, nanos % 1_000_000_000), octets);
            }
            case OCTETS -> exact(HexFormat.ofDelimiter(":").formatHex(octets), octets);
            case CAPTURE -> exact(Path.of(new String(octets, StandardCharsets.UTF_8)).getFileName().toString(), octets);
            case TEXT, LABEL -> exact(quoted(new String(octets, StandardCharsets.UTF_8)), octets);
            case COMMUNITY_ID -> exact(quoted("1:" + Base64.getEncoder().encodeToString(octets)), octets);
            case IPV4, IPV6 -> address(octets, random);
            case SEID_ENDPOINT, TEID_ENDPOINT -> {
                boolean mapped = Arrays.equals(octets, 0, 12, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1}, 0, 12);
                String host = text(Arrays.copyOfRange(octets, mapped ? 12 : 0, 16));
                ByteBuffer id = ByteBuffer.wrap(octets, 16, octets.length - 16);
                long number = field.kind() == Kind.SEID_ENDPOINT ? id.getLong() : id.getInt() & 0xFFFF_FFFFL;
                yield exact(quoted(host + ",0x" + Long.toHexString(number)), octets);
            }
        };
    }

    private static Value address(byte[] octets, Random random) {
        if (random.nextInt(3) > 0) {
            return exact(text(octets), octets);
        }
        int bits = random.nextInt(8 * octets.length + 1);
        byte[] low = octets.clone();
        byte[] high = octets.clone();
        for (int bit = bits; bit < 8 * octets.length; bit++) {
            low[bit / 8] &= (byte) ~(128 >> bit % 8);
            high[bit / 8] |= (byte) (128 >> bit % 8);
        }
        return new Value(text(octets) + "/" + bits, low, high);
    }

    private static String text(byte[] address) {
        try {
            // Java prints ::ffff:a.b.c.d as the IPv4 address.
            return address.length == 16 && InetAddress.getByAddress(address).getAddress().length == 4
                    ? "::ffff:" + InetAddress.getByAddress(address).getHostAddress()
                    : InetAddress.getByAddress(address).getHostAddress();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Value exact(String text, byte[] octets) {
        return new Value(text, octets, octets);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
