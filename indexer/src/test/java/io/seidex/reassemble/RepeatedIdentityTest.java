package io.seidex.reassemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import io.seidex.traffic.Truth;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One identity for message after message, some of whose pieces are the same, and that may be captured more than once. */
class RepeatedIdentityTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int PACKETS = 20_000;
    private static final long MILLISECOND = 1_000_000;

    private final List<String> said = new ArrayList<>();
    private final Wholes wholes = new Wholes(1 << 20, 60_000 * MILLISECOND, (whole, why) -> {
        StringBuilder line = new StringBuilder().append(why).append(" of");
        while (whole.next()) {
            line.append(' ').append(whole.frame());
        }
        said.add(line.toString());
    });
    private long frame;
    private long time;
    private Supplier<String> about = () -> "";

    @AfterEach
    void close() {
        wholes.close();
    }

    /** A piece of a message, which is numbered, or of a datagram, which has an offset and ends with the last. */
    private void offer(int number, int count, String text, boolean isNumbered, Overlaps overlaps) {
        frame++;
        time += MILLISECOND;
        try (Octets octets = Octets.of(text.getBytes(StandardCharsets.ISO_8859_1))) {
            wholes.key().clear().add(7);
            if (isNumbered) {
                wholes.piece().over(octets, 0, 0, text.length()).number(number).begin(1).end(count + 1L);
            } else {
                wholes.piece().over(octets, 0, 0, text.length()).offset(number - 1L)
                        .end(number == count ? count : Piece.UNKNOWN);
            }
            wholes.piece().seen(frame, 0, time);
            if (wholes.offer(overlaps)) {
                said.add(frame + " = " + text());
            }
            if (wholes.fault() != Fault.NONE) {
                said.add(frame + " !" + wholes.fault().label());
            }
        }
    }

    private String text() {
        return new String(WholesOracleTest.together(wholes.completed()), StandardCharsets.ISO_8859_1);
    }

    /** Pieces as {@code 1a}, their number and text; {@code +2000} are milliseconds. */
    private List<String> say(String pieces, int count, boolean isNumbered, Overlaps overlaps) {
        for (String piece : pieces.split(" ")) {
            if (piece.startsWith("+")) {
                time += Long.parseLong(piece.substring(1)) * MILLISECOND;
            } else {
                offer(piece.charAt(0) - '0', count, piece.substring(1), isNumbered, overlaps);
            }
        }
        wholes.end();
        return said;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1a 1a 2b 2b,                         2, 3 = ab",
        "1a 2b 1a 2b,                         2, 2 = ab|4 = ab",
        "1a 2b 1a 2c,                         2, 2 = ab|4 = ac|4 !piece-repeated",
        "1a 2b 1c 2b,                         2, 2 = ab|4 = cb|4 !piece-repeated",
        "1a 2b 1a 2c 1a 2b,                   2, 2 = ab|4 = ac|4 !piece-repeated|6 = ab",
        "1a 1a 2b 2b 1a 1a 2b 2b,             2, 3 = ab|7 = ab",
        "1a 1a 1a 2b 2b 2b 1a 1a 1a 2c 2c 2c, 2, 4 = ab|10 = ac|10 !piece-repeated",
        "1a 2b 1a 1c 2b 2d 1c 2d,             2, 2 = ab|6 = cd|8 = cd",
        "1a 2b 1a 1c 2d,                      2, 2 = ab|5 = cd|5 !piece-repeated",
        "1a 2b 1a 3c 2b 3c 1a 2b 1a 3d 2b 3d, 3, 4 = abc|10 = abd|10 !piece-repeated",
        "1a 2b 1a 3c 2b 3c 1d 2b 1d 3c 2b 3c, 3, 4 = abc|10 = dbc|10 !piece-repeated",
        "1a 1a 1a,                            1, 1 = a|2 = a|3 = a",
        // What came again may be another's, or a copy: never in silence.
        "2b 1a 2b 1c 2b,                      2, 2 = ab|4 = cb|4 !piece-repeated",
        "2b 1a 2b 1c 2d 1e,                   2, 2 = ab|4 = cb|4 !piece-repeated|6 = ed|6 !piece-repeated",
        "2b 1a 2b 1c 2d 1a,                   2, 2 = ab|4 = cb|4 !piece-repeated|6 = ad|6 !piece-repeated",
        "2b 1a 2b 1c 1a 2d,                   2, 2 = ab|4 = cb|4 !piece-repeated|6 = ad|6 !piece-repeated",
        "2b 1a 2b 1c 2b 1d 2e 1f,             2, 2 = ab|4 = cb|4 !piece-repeated|6 = db|6 !piece-repeated|8 = fe|8 !piece-repeated",
        "2b 1a 2b 1c +1100 2d 1a,             2, 2 = ab|4 = cb|4 !piece-repeated|6 = ad",
        "2b 1a 2b 1a 2b 1a,                   2, 2 = ab|4 = ab|6 = ab",
        "3c 2b 1a 3c 2b 1d,                   3, 3 = abc|6 = dbc|6 !piece-repeated",
        "1a 2b 3c 2b 1a 3c,                   3, 3 = abc|6 = abc",
        "1a 2b 3c 2b 1a 3d,                   3, 3 = abc|6 = abd|6 !piece-repeated",
        "1a 2b 3c 2b,                         3, 3 = abc",
        "1a 2b 3c 2b 1d 2e 3f,                3, 3 = abc|7 = def|7 !piece-repeated",
        // What comes directly behind what it repeats is a copy.
        "1a 2b 2b 1c 2d,                      2, 2 = ab|5 = cd|5 !piece-repeated",
        "1a 2b 3c 1d 2b 2e 3f,                3, 3 = abc|7 = def|7 !piece-repeated",
        "1a 2b 1a 3c 2b 1d 3c 2e 1d 3f 2e 3f, 3, 4 = abc|10 = def",
        "1a 2b 1a,                            2, 2 = ab",
        "1a 2b 1a 1a +2000 1c 2d,             2, 2 = ab|6 = cd",
        "1a 2b +2000 1a 2c,                   2, 2 = ab|4 = ac",
        // What came long after is not put to a repetition; without its first piece it is incomplete.
        "1a 2b 1a +1500 2c,                   2, 2 = ab|NONE of 4",
        // Repetitions in front of another first piece are taken for copies.
        "1a 2b 1a 3c 2b 1d 3c,                3, 4 = abc|NONE of 6",
        // Where nothing came twice before, they may be of the next.
        "1a 2b 3c 2b 1d 3c,                   3, 3 = abc|6 = dbc|6 !piece-repeated",
        // Once it was put to another, what comes in its place may be of that.
        "1a 2b 1c 2b 2d 1e 2f,                2, 2 = ab|4 = cb|4 !piece-repeated|5 = cd|5 !piece-repeated|7 = ef|7 !piece-repeated",
        "1a 1c 2b 2d 1e 2f,                   2, PIECE_CONFLICT of 1|2 !piece-conflict|3 = cb|3 !piece-conflict|4 = cd|4 !piece-conflict|6 = ef|6 !piece-repeated",
        "1d 2s 2s 1e 2g 1f,                   2, 2 = ds|5 = eg|5 !piece-repeated|NONE of 6",
        // Of one before the last.
        "1a 2b 1c 2d 2b 1e 2f,                2, 2 = ab|4 = cd|6 = eb|6 !piece-repeated|7 = ef|7 !piece-repeated",
        // A whole that is contradicted before it is complete.
        "1a 1b 2c,                            2, PIECE_CONFLICT of 1|2 !piece-conflict|3 = bc|3 !piece-conflict"
    })
    void shouldMakeMessagesOf(String pieces, int count, String expected) {
        assertEquals(List.of(expected.split("\\|")), say(pieces, count, true, Overlaps.ANEW));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1a 1a 2b 2b,                         2, 3 = ab",
        "1a 2b 1a 2b,                         2, 2 = ab|4 = ab",
        "2b 1a 2b 1a,                         2, 2 = ab|4 = ab",
        "1a 2b 1c 2b,                         2, 2 = ab|4 = cb|4 !piece-repeated",
        "1a 2b 1a 3c 2b 3c,                   3, 4 = abc",
        "1a 2b 1a 3c 2b 3c 1a 2b 3c,          3, 4 = abc|9 = abc",
        "1a 2b 1a 1c 2b 2d 1c 2d,             2, 2 = ab|6 = cd|8 = cd",
        "1a 2b 1a 2c,                         2, 2 = ab|4 = ac|4 !piece-repeated",
        "2b 1a 2b 1c 2d 1e,                   2, 2 = ab|4 = cb|4 !piece-repeated|6 = ed|6 !piece-repeated",
        "2b 1a 2b 1c 2d 1a,                   2, 2 = ab|4 = cb|4 !piece-repeated|6 = ad|6 !piece-repeated",
        "1a 2b 2b 1c 2d,                      2, 2 = ab|5 = cd|5 !piece-repeated",
        "1a 2b 3c 1d 2b 2e 3f,                3, 3 = abc|7 = def|7 !piece-repeated",
        "2b 2b 1a 2b 1c 2d,                   2, 3 = ab|5 = cb|5 !piece-repeated|NONE of 6"
    })
    void shouldMakeDatagramsOf(String pieces, int count, String expected) {
        assertEquals(List.of(expected.split("\\|")), say(pieces, count, false, Overlaps.ANEW));
        frame = 0;
        said.clear();
        assertEquals(List.of(expected.split("\\|")), say(pieces, count, false, Overlaps.NONE));
    }

    /** Of IPv4, and of IPv6, whose identifications do not come again so soon. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1a 1b 2c,                             2, PIECE_CONFLICT of 1|2 !piece-conflict|3 = bc|3 !piece-conflict, "
                + "2 !piece-overlap|3 !piece-overlap|PIECE_OVERLAP of 1 2 3",
        "1a 2b 1c 2d 3e,                       3, "
                + "PIECE_CONFLICT of 1 2|3 !piece-conflict|5 = cde|5 !piece-conflict, "
                + "3 !piece-overlap|4 !piece-overlap|5 !piece-overlap|PIECE_OVERLAP of 1 2 3 4 5",
        "1a 2b +2000 1c 2d 3e +2000 1f 2g 3h,  3, "
                + "PIECE_CONFLICT of 1 2|3 !piece-conflict|5 = cde|5 !piece-conflict|8 = fgh, "
                + "3 !piece-overlap|4 !piece-overlap|5 !piece-overlap|6 !piece-overlap|7 !piece-overlap|8 !piece-overlap|PIECE_OVERLAP of 1 2 3 4 5 6 7 8",
        // What is late of the one that was given up is put to the next, but not in silence.
        "1a 2b 1c 3d 2e,                       3, "
                + "PIECE_CONFLICT of 1 2|3 !piece-conflict|5 = ced|5 !piece-conflict, "
                + "3 !piece-overlap|4 !piece-overlap|5 !piece-overlap|PIECE_OVERLAP of 1 2 3 4 5",
        "1a 2b 2c 3d,                          3, PIECE_CONFLICT of 1 2|3 !piece-conflict|NONE of 3 4, "
                + "3 !piece-overlap|4 !piece-overlap|PIECE_OVERLAP of 1 2 3 4",
        // Two ends.
        "1a 3b 2c 4d,                          3, 3 = acb|NONE of 4, 3 = acb|NONE of 4"
    })
    void shouldMakeDatagramsOfPiecesThatDisagree(String pieces, int count, String ipv4, String ipv6) {
        assertEquals(List.of(ipv4.split("\\|")), say(pieces, count, false, Overlaps.ANEW));
        frame = 0;
        said.clear();
        assertEquals(List.of(ipv6.split("\\|")), say(pieces, count, false, Overlaps.NONE));
    }

    /** A piece as it was sent, or captured. */
    private record Part(long at, int number, int count, String text) {}

    /**
     * Random messages whose pieces come in order are captured up to three times, each copy behind the one before it but
     * before the next message: every message is complete, nothing else is, and nothing is missing.
     */
    @Test
    void shouldNeitherLoseNorMixMessagesThatAreCapturedMoreThanOnce() {
        Random random = new Random(SEED);
        for (int run = 0; run < 5_000; run++) {
            int pieces = 2 + random.nextInt(4);
            Set<String> messages = capture(random, pieces, 2, 200, random.nextInt(3), random.nextInt(4 * pieces));
            Set<String> texts = new LinkedHashSet<>();
            Set<String> doubtful = new HashSet<>();
            for (String line : said) {
                if (line.endsWith(" !piece-repeated")) {
                    doubtful.add(line.substring(0, line.indexOf(' ')));
                }
            }
            for (String line : said) {
                boolean isSure = !doubtful.contains(line.substring(0, line.indexOf(' ')));
                if (line.contains("=") && (isSure || messages.contains(line.substring(line.indexOf(' '))))) {
                    texts.add(line.substring(line.indexOf(' ')));
                }
            }
            assertEquals(List.copyOf(messages), List.copyOf(texts), about);
        }
    }

    /** One copy, of messages that have nothing in common, comes behind pieces of the next message, too. */
    @Test
    void shouldNotMixMessagesInSilence() {
        Random random = new Random(SEED);
        long whole = 0;
        for (int run = 0; run < 5_000; run++) {
            int pieces = 2 + random.nextInt(4);
            Set<String> messages = capture(random, pieces, 0, random.nextInt(12), 1, random.nextInt(pieces));
            said.removeIf(line -> !line.contains("="));
            Set<String> texts = new LinkedHashSet<>();
            said.forEach(line -> texts.add(line.substring(line.indexOf(' '))));
            assertTrue(messages.containsAll(texts), about);
            whole += texts.size();
        }
        assertEquals(40_000, whole, "-Dseed=" + SEED);
    }

    /**
     * Messages in any order of their pieces, of which some are lost, late behind those of the next, captured more than once,
     * or the same as of the message before. What is complete without a fault is a message as it was sent, unless the
     * train so far looks like one of whole messages: nothing in it contradicts anything, and what came twice did so with all
     * pieces of its message.
     */
    @Test
    void shouldNotMixWhatAnyTrainBringsInSilence() {
        Random random = new Random(SEED);
        int sure = 0;
        int doubted = 0;
        int mixed = 0;
        for (int run = 0; run < 60_000; run++) {
            boolean isNumbered = random.nextInt(4) > 0;
            List<Part> sent = new ArrayList<>();
            Set<String> messages = train(random, isNumbered, sent);
            said.clear();
            frame = 0;
            time += 2_000 * MILLISECOND;
            Plain plain = new Plain();
            about = () -> "-Dseed=" + SEED + ", " + sent.stream().map(part -> part.number + part.text).toList() + ": "
                    + said;
            for (Part part : sent) {
                int before = said.size();
                offer(part.number, part.count, part.text, isNumbered, Overlaps.ANEW);
                plain.offer(part);
                boolean isComplete = said.stream().skip(before).anyMatch(line -> line.contains(" = "));
                boolean isSure = said.stream().skip(before).noneMatch(line -> line.contains(" !"));
                if (isComplete) {
                    boolean isOne = messages.contains(text());
                    assertTrue(isOne || !isSure || !plain.isDoubtful(), about);
                    sure += isSure ? 1 : 0;
                    doubted += isSure ? 0 : 1;
                    mixed += isOne ? 0 : 1;
                }
            }
            wholes.end();
        }
        assertTrue(sure > 50_000 && doubted > 50_000 && mixed > 10_000, sure + " " + doubted + " " + mixed);
    }

    /** Six messages: fewer than are remembered. */
    private static Set<String> train(Random random, boolean tellCount, List<Part> sent) {
        Set<String> messages = new LinkedHashSet<>();
        int alike = random.nextInt(3);
        int lost = random.nextInt(3);
        int twice = random.nextInt(4);
        int late = random.nextInt(3) * random.nextInt(4);
        int count = 2 + random.nextInt(3);
        String[] texts = new String[4];
        char next = 'A';
        for (int message = 0; message < 6; message++) {
            count = tellCount && random.nextInt(6) == 0 ? 2 + random.nextInt(3) : count;
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                texts[i] = texts[i] == null || random.nextInt(4) >= alike ? Character.toString(next++) : texts[i];
                order.add(i);
            }
            if (random.nextBoolean()) {
                Collections.shuffle(order, random);
            }
            messages.add(String.join("", Arrays.asList(texts).subList(0, count)));
            for (int i = 0; i < count; i++) {
                int number = order.get(i) + 1;
                long at = 100L * (4 * message + i);
                for (int copy = random.nextInt(8) < lost ? 1 : 0; copy < (random.nextInt(8) < twice ? 2 : 1); copy++) {
                    sent.add(new Part(at + copy + random.nextInt(1 + 100 * late), number, count, texts[number - 1]));
                }
            }
        }
        sent.sort(Comparator.comparingLong(Part::at));
        return messages;
    }

    /** What can be known of a train: what is whole in it, what comes again of that, and what contradicts what is open. */
    private static final class Plain {
        private final List<Map<Integer, Part>> wholes = new ArrayList<>();
        private final List<Set<Integer>> again = new ArrayList<>();
        private final BitSet isLate = new BitSet();
        private Map<Integer, Part> open = new TreeMap<>();
        private Set<Integer> twice = new HashSet<>();
        private boolean isContradicted;

        void offer(Part part) {
            for (int i = wholes.size() - 1; i >= 0; i--) {
                Part had = wholes.get(i).get(part.number);
                if (had != null && isSame(had, part)) {
                    isLate.set(i);
                    again.get(i).add(part.number);
                    return;
                }
            }
            if (open.containsKey(part.number) && isSame(open.get(part.number), part)) {
                twice.add(part.number);
                return;
            }
            if (open.containsKey(part.number) || open.values().stream().anyMatch(each -> each.count != part.count)) {
                isContradicted = true;
                open.clear();
                twice.clear();
            }
            open.put(part.number, part);
            if (open.size() == part.count) {
                wholes.add(open);
                again.add(twice);
                open = new TreeMap<>();
                twice = new HashSet<>();
            }
        }

        private static boolean isSame(Part one, Part other) {
            return one.count == other.count && one.text.equals(other.text);
        }

        boolean isDoubtful() {
            return isContradicted
                    || isLate.stream().anyMatch(whole -> again.get(whole).size() < wholes.get(whole).size());
        }
    }

    /** Clients that use one identity for messages which have pieces in common, some of them captured twice. */
    @Test
    void shouldPutTogetherWhatRepeatsItself() {
        Traffic traffic =
                Traffic.named(Traffic.PIECES, SEED).divided(60).lost(0).disordered(0).duplicated(200).fragmented(0);
        Map<Long, String> expected = new TreeMap<>();
        for (Truth.Whole whole : traffic.truth(PACKETS).wholes()) {
            if (whole.kind() == Truth.Kind.UDP_DIV && whole.frames().size() > 1 && whole.completing() > 0) {
                expected.put(whole.completing(), whole.octets() + " " + whole.crc() + " " + whole.frames());
            }
        }
        Map<Long, String> found = new TreeMap<>();
        Packet packet = new Packet();
        try (Capture capture = Capture.of(Octets.of(traffic.capture(CaptureFormat.PCAP, PACKETS)), new FaultLog());
                Reassembly reassembly = new Reassembly(DeclaredProtocols.builtIn(), (layer, whole, why) -> {})) {
            reassembly.over(0, capture.octets());
            for (FrameCursor cursor = capture.cursor(new FaultLog()); cursor.next();) {
                reassembly.read(cursor.frame(), packet);
                for (int i = 0; i < packet.faults(); i++) {
                    assertEquals(Fault.PIECE_REPEATED, packet.fault(i),
                            "-Dseed=" + SEED + " " + cursor.frame().number());
                }
                DeclaredMessages messages = reassembly.messages();
                if (reassembly.completesMessage() && messages.isDivided()) {
                    List<Long> frames = new ArrayList<>();
                    while (messages.pieces().next()) {
                        frames.add(messages.pieces().frame());
                    }
                    CRC32 sum = new CRC32();
                    sum.update(messages.octets().copy(messages.at(), (int) messages.length()));
                    frames.sort(null);
                    found.put(cursor.frame().number(), messages.length() + " " + sum.getValue() + " " + frames);
                }
            }
        }
        assertTrue(expected.size() > 200, expected.size() + " messages");
        assertEquals(expected, found, "-Dseed=" + SEED);
    }

    /** Many identities, in every state, in memory for a few: each piece is in one whole at most, and no whole is of two identities. */
    @Test
    void shouldForgetInAnyStateForWantOfMemory() {
        Random random = new Random(SEED);
        long budget = 24 << 10;
        long[] complete = new long[1];
        for (Overlaps overlaps : Overlaps.values()) {
            try (Wholes small = new Wholes(budget, 60_000 * MILLISECOND, (whole, why) -> {
                long identity = whole.keyWord(0);
                while (whole.next()) {
                    assertEquals(identity, whole.recordAt(), "-Dseed=" + SEED);
                }
            })) {
                for (int i = 0; i < 200_000; i++) {
                    long identity = random.nextInt(200);
                    int number = random.nextInt(3);
                    byte[] text = {(byte) identity, (byte) random.nextInt(2)};
                    time += random.nextInt(4) * MILLISECOND;
                    try (Octets octets = Octets.of(text)) {
                        small.key().clear().add(identity);
                        small.piece().over(octets, 0, 0, 2).offset(2L * number).end(number == 2 ? 6 : Piece.UNKNOWN)
                                .seen(i, identity, time);
                        if (small.offer(overlaps)) {
                            byte[] whole = WholesOracleTest.together(small.completed());
                            assertTrue(
                                    whole.length == 6 && whole[0] == text[0] && whole[2] == text[0]
                                            && whole[4] == text[0],
                                    "-Dseed=" + SEED);
                            complete[0]++;
                        }
                    }
                    assertTrue(small.bytes() <= budget, small.bytes() + " octets");
                }
                assertTrue(small.givenUp() > 100, small.givenUp() + " were given up");
                small.end();
                assertEquals(0, small.open());
            }
        }
        assertTrue(complete[0] > 3_000, complete[0] + " were complete");
    }

    private Set<String> capture(Random random, int pieces, int alike, int gap, int copies, int behind) {
        List<Part> sent = new ArrayList<>();
        Set<String> messages = messages(random, pieces, alike, gap, sent);
        List<Part> captured = new ArrayList<>(sent);
        for (int copy = 1; copy <= copies; copy++) {
            for (Part part : sent) {
                captured.add(new Part(part.at + copy * (2L * behind + 1), part.number, part.count, part.text));
            }
        }
        captured.sort(Comparator.comparingLong(Part::at));
        said.clear();
        frame = 0;
        time += 2_000 * MILLISECOND;
        captured.forEach(part -> offer(part.number, part.count, part.text, true, Overlaps.ANEW));
        wholes.end();
        about = () -> "-Dseed=" + SEED + ", " + captured.stream().map(part -> part.number + part.text).toList() + ": "
                + said;
        return messages;
    }

    /** Messages of which each has pieces of the one before it, at the same place, or all. */
    private static Set<String> messages(Random random, int pieces, int alike, int gap, List<Part> sent) {
        Set<String> messages = new LinkedHashSet<>();
        String[] texts = new String[pieces];
        char next = 'A';
        long at = 0;
        for (int message = 0; message < 8; message++) {
            int same = message == 0 ? 0 : random.nextInt(1 + alike);
            for (int i = 0; i < pieces; i++) {
                if (same == 0 || same == 1 && random.nextBoolean()) {
                    texts[i] = Character.toString(next++);
                }
                sent.add(new Part(at, i + 1, pieces, texts[i]));
                at += 2;
            }
            at += gap;
            messages.add(" = " + String.join("", texts));
        }
        return messages;
    }
}
