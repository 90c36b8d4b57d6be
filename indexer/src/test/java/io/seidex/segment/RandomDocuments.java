package io.seidex.segment;

import static io.seidex.schema.PacketSchema.SCTP_DSTPORT;
import static io.seidex.schema.PacketSchema.SCTP_SRCPORT;
import static io.seidex.schema.PacketSchema.TCP_DSTPORT;
import static io.seidex.schema.PacketSchema.TCP_SRCPORT;
import static io.seidex.schema.PacketSchema.UDP_DSTPORT;
import static io.seidex.schema.PacketSchema.UDP_SRCPORT;

import io.seidex.octets.Octets;
import io.seidex.schema.Flow;
import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Kind;
import io.seidex.schema.PacketSchema;
import io.seidex.schema.ValueSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Documents with values of every field of the schema, the same for the same seed: of each field, by chance, none, few or
 * many documents have values, of few or many distinct ones, once or repeatedly, extremes among them.
 */
final class RandomDocuments {
    /** Words of every field of labels, not in the order in which they sort. */
    static final List<String> LABELS =
            IntStream.range(0, 300).mapToObj(i -> "label " + Integer.toString(i * 7919 % 300, 36)).toList();

    private static final double[] SHARES = {0, 0.001, 0.1, 0.5, 0.97, 1};
    private static final int[] DISTINCT = {1, 2, 40, 3_000, 1 << 20};
    private static final long[] STEPS = {1, 7, 1000, 0x9E37_79B9_7F4A_7C15L};
    private static final int LONG_TEXT = Columns.TEXT_LIMIT + 3;

    private final long seed;
    private final int documents;
    private final byte[] buffer = new byte[1 << 17];
    private final Flow flow = new Flow();

    RandomDocuments(long seed, int documents) {
        this.seed = seed;
        this.documents = documents;
    }

    /** Gives every document to {@code sink}, and tells {@code end} where each ends. */
    void giveTo(ValueSink sink, End end) throws IOException {
        Random random = new Random(seed);
        random.nextBytes(buffer);
        List<Profile> profiles = new ArrayList<>();
        for (IndexField field : PacketSchema.builtIn().fields()) {
            profiles.add(new Profile(
                    field,
                    SHARES[random.nextInt(SHARES.length)],
                    DISTINCT[random.nextInt(DISTINCT.length)],
                    1 + random.nextInt(4),
                    random.nextBoolean(),
                    random.nextInt(3) == 0,
                    random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(1 << 20),
                    STEPS[random.nextInt(STEPS.length)]));
        }
        double flowShare = SHARES[random.nextInt(SHARES.length)];
        int distinctFlows = DISTINCT[random.nextInt(DISTINCT.length)];
        try (Octets octets = Octets.of(buffer)) {
            for (int document = 0; document < documents; document++) {
                int flows = random.nextDouble() < flowShare ? 1 + random.nextInt(3) : 0;
                int before = random.nextInt(profiles.size());
                for (Profile profile : profiles) {
                    if (before-- == 0) {
                        giveFlows(sink, octets, random, flows, distinctFlows);
                    }
                    if (random.nextDouble() < profile.share) {
                        int repeats = 1 + random.nextInt(profile.repeats);
                        for (int i = 0; i < repeats; i++) {
                            give(sink, octets, random, profile, document);
                        }
                    }
                }
                end.document();
            }
        }
    }

    private void give(ValueSink sink, Octets octets, Random random, Profile profile, int document) {
        IndexField field = profile.field;
        int choice = random.nextInt(profile.distinct);
        long value = profile.base + profile.step * (profile.ascending ? document + random.nextInt(3) : choice);
        switch (field.kind()) {
            case UNSIGNED, TIME, CAPTURE, INTERFACE -> {
                long number = switch (profile.extremes ? random.nextInt(50) : 50) {
                    case 0 -> 0;
                    case 1 -> -1;
                    case 2 -> Long.MIN_VALUE;
                    case 3 -> Long.MAX_VALUE;
                    default -> value;
                };
                if (random.nextInt(4) == 0) {
                    sink.number(field, number);
                } else {
                    sink.header(field, number);
                }
            }
            case LABEL -> sink.number(field, choice % LABELS.size());
            case SEID_ENDPOINT, TEID_ENDPOINT -> {
                boolean v4 = choice % 2 == 0;
                long low = v4 ? 0xFFFF_0000_0000L | value & 0xFFFF_FFFFL : ~value;
                sink.endpoint(field, v4 ? 0 : value, low, profile.repeats == 1 ? value : choice);
            }
            case OCTETS -> {
                // These do not go through columns.
            }
            case IPV4, IPV6, COMMUNITY_ID, TEXT -> {
                int length = field.kind() == Kind.TEXT ? textLength(random, choice) : Columns.octets(field);
                length += field.kind() != Kind.TEXT && random.nextInt(100) == 0 ? 1 : 0;
                int at = choice * 31 % (buffer.length - LONG_TEXT);
                if (random.nextBoolean()) {
                    sink.octets(field, octets, at, length);
                } else {
                    sink.text(field, octets.copy(at, length), length);
                }
            }
        }
    }

    private void giveFlows(ValueSink sink, Octets octets, Random random, int count, int distinct) {
        for (int i = 0; i < count; i++) {
            int choice = random.nextInt(distinct);
            flow.over(octets, choice * 13 % (buffer.length - 32), choice % 3 == 0 ? 16 : 4, choice % 7);
            int port = choice % 5 < 3 ? 8805 : choice & 0xFFFF;
            boolean first = random.nextInt(4) > 0;
            switch (choice % 11) {
                case 0 -> flow.icmp(choice % 256, 3);
                case 1 -> flow.ports(TCP_SRCPORT, port, TCP_DSTPORT, choice % 50, first);
                case 2 -> flow.ports(SCTP_SRCPORT, choice % 50, SCTP_DSTPORT, port, first);
                case 3 -> {
                    // Addresses alone.
                }
                default -> flow.ports(UDP_SRCPORT, port, UDP_DSTPORT, port, first);
            }
            sink.flow(flow);
        }
    }

    private static int textLength(Random random, int choice) {
        return switch (random.nextInt(400)) {
            case 0 -> 0;
            case 1 -> Columns.TEXT_LIMIT;
            case 2 -> LONG_TEXT;
            default -> choice % 40;
        };
    }

    /** What happens between two documents. */
    interface End {
        void document() throws IOException;
    }

    private record Profile(
            IndexField field, double share, int distinct, int repeats, boolean ascending, boolean extremes, long base,
            long step) {}
}
