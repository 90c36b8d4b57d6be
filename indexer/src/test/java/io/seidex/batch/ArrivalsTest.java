package io.seidex.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.schema.FieldTerms;
import io.seidex.store.Overlays;
import io.seidex.store.PacketIndex;
import io.seidex.store.Settings;
import io.seidex.store.ShardPart;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A capture that was cut into files anywhere, which come in any order, in any number of runs, with any number of threads and
 * size of splits: every document is the one that the capture has as one file, and names the same frames.
 */
class ArrivalsTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int ROUNDS = Integer.getInteger("arrivals.rounds", 4);
    private static final int PACKETS = 300;
    /** Where a packet is; and what is wanted of the others, with the numbers of frames in the whole capture. */
    private static final Pattern PLACES =
            Pattern.compile("(capture|frame\\.number|frame\\.file_off|frame\\.interface_id)"
                    + "( terms)?=[^ ]*( CaptureInterface\\[.*?\\])?(, |(?=\\}))");
    private static final Pattern LINKS = Pattern.compile("((ip|ipv6|reassembly)\\.fragment) terms=([0-9a-f,]*)");

    @TempDir
    Path directory;

    private record Packet(long nanos, byte[] octets) {}

    static LongStream seeds() {
        return LongStream.range(SEED, SEED + ROUNDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldHoldTheSameHoweverTheFilesCome(long seed) throws IOException {
        Random random = new Random(seed);
        List<Packet> packets = packets(seed, random);
        Path whole = write("whole.pcap", packets);
        Runs.index(directory.resolve("whole"), whole);
        List<String> expected = content(directory.resolve("whole"), Map.of(whole, 0L));
        Map<Path, Long> ahead = new HashMap<>();
        List<Path> files = new ArrayList<>();
        TreeSet<Integer> cuts = new TreeSet<>(List.of(0, PACKETS));
        while (cuts.size() < 11) {
            cuts.add(random.nextInt(PACKETS));
        }
        List<Integer> ends = List.copyOf(cuts);
        for (int i = 0; i + 1 < ends.size(); i++) {
            files.add(write("part" + i + ".pcap", packets.subList(ends.get(i), ends.get(i + 1))));
            ahead.put(files.getLast(), (long) ends.get(i));
        }
        Map<String, List<Integer>> runs = new TreeMap<>();
        List<Integer> one = Collections.nCopies(files.size(), 1);
        runs.put("in one run", List.of(files.size()));
        runs.put("in order", one);
        runs.put("in reverse", one);
        runs.put("in any order", one);
        runs.put("some at a time", List.of(4, 1, 3, 2));
        for (Map.Entry<String, List<Integer>> each : runs.entrySet()) {
            String way = each.getKey();
            List<Path> order = new ArrayList<>(files);
            if (way.equals("in reverse")) {
                Collections.reverse(order);
            } else if (!way.equals("in order")) {
                Collections.shuffle(order, random);
            }
            long splitSize = random.nextBoolean() ? Settings.SPLIT_SIZE : 1L << 12 + random.nextInt(10);
            int threads = 1 + random.nextInt(4);
            Path index = directory.resolve(way);
            for (int count : each.getValue()) {
                Runs.index(index, threads, splitSize, new Runs.Heard(), order.subList(0, count).toArray(Path[]::new));
                order = order.subList(count, order.size());
            }
            List<String> found = content(index, ahead);
            for (int i = 0; i < PACKETS; i++) {
                assertEquals(expected.get(i), found.get(i), "frame " + (i + 1) + ", files " + way + ", splits of "
                        + splitSize + ", -Dseed=" + seed + " -Darrivals.rounds=1");
            }
        }
    }

    /** Messages in pieces, some lost or late or twice; of half a second or some minutes, with times that may be the same. */
    private List<Packet> packets(long seed, Random random) throws IOException {
        // Where a copy comes late, and into another file, nobody can tell whether another probe saw it.
        boolean isLate = random.nextBoolean();
        Path made = directory.resolve("made.pcap");
        Traffic.named(Traffic.PIECES, seed).fragmented(random.nextInt(60)).lost(random.nextInt(20))
                .duplicated(isLate ? 0 : random.nextInt(20)).disordered(isLate ? random.nextInt(30) : 0)
                .write(made, CaptureFormat.PCAP, PACKETS);
        List<Packet> packets = new ArrayList<>();
        double pace = List.of(1.0, 50.0, 700.0).get(random.nextInt(3));
        long grain = List.of(1L, 1000L, 10_000_000L).get(random.nextInt(3));
        long first = 0;
        try (Capture capture = Capture.open(made, new FaultLog())) {
            for (FrameCursor cursor = capture.cursor(new FaultLog()); cursor.next();) {
                first = packets.isEmpty() ? cursor.frame().timeNanos() : first;
                long since = (long) ((cursor.frame().timeNanos() - first) * pace);
                packets.add(new Packet(CaptureBuilder.START + since / grain * grain,
                        cursor.frame().octets().copy(cursor.frame().at(), cursor.frame().captured())));
            }
        }
        return packets.subList(0, PACKETS);
    }

    private Path write(String name, List<Packet> packets) {
        CaptureBuilder capture = CaptureBuilder.pcap();
        packets.forEach(packet -> capture.packet(packet.nanos, packet.octets));
        return capture.write(directory.resolve(name));
    }

    /** The documents in the order of the whole capture, of which so many frames are ahead of the file that each is in. */
    private static List<String> content(Path directory, Map<Path, Long> ahead) throws IOException {
        PacketIndex index = PacketIndex.open(directory);
        List<String> documents = Runs.content(directory);
        String[] content = new String[documents.size()];
        int next = 0;
        for (ShardPart part : index.parts()) {
            long before = ahead.get(Path.of(part.capture().path()));
            long first = part.part().start().frame();
            for (long frame = first; frame < first + part.part().documents(); frame++) {
                Overlays.Place place = index.overlays().of(part.capture().id(), frame);
                Matcher links = LINKS.matcher(PLACES.matcher(documents.get(next++)).replaceAll(""));
                content[(int) (before + frame - 1)] = links.replaceAll(link -> link.group(1) + "="
                        + (place == null || !place.isReplaced() ? own(link).map(each -> each + before)
                                : joined(link, place, ahead)).boxed().toList());
            }
        }
        return List.of(content);
    }

    private static LongStream own(MatchResult link) {
        return Pattern.compile(",").splitAsStream(link.group(3))
                .mapToLong(hex -> FieldTerms.number(new BytesRef(HexFormat.of().parseHex(hex))));
    }

    /** What is said of the frames of all captures; the index has the numbers that they have in theirs. */
    private static LongStream joined(MatchResult link, Overlays.Place place, Map<Path, Long> ahead) {
        Layer layer = link.group(2).equals("ip") ? Layer.IP
                : link.group(2).equals("ipv6") ? Layer.IPV6 : Layer.DECLARED;
        assertEquals(own(link).boxed().toList(),
                place.pieces(layer).stream().map(row -> row.frame()).sorted().distinct().toList());
        return place.distinct(layer).stream()
                .mapToLong(row -> ahead.get(Path.of(place.capture(row).path())) + row.frame());
    }
}
