package io.seidex.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.fault.Fault;
import io.seidex.store.Manifest;
import io.seidex.store.Overlays;
import io.seidex.store.PacketIndex;
import io.seidex.store.Settings;
import io.seidex.store.ShardPart;
import io.seidex.store.WritableIndex;
import io.seidex.testing.CaptureParts;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Fragmenter;
import io.seidex.traffic.PacketBuilder;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traffic in pieces, cut into many ranges: the index is that of one range. */
class OverlaysTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int PACKETS = 1500;
    private static final int ETHERNET = 14;
    /** What must differ when a capture is cut into files: names and places. */
    private static final String PLACES =
            "(capture|frame\\.number|frame\\.file_off|frame\\.interface_id|(ip|ipv6|reassembly)\\.fragment)( terms)?=[^ ]*( CaptureInterface\\[.*?\\])?(, |(?=\\}))";

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private Path whole;
    private List<String> expected;

    @BeforeEach
    void write() throws IOException {
        whole = directory.resolve("whole.pcap");
        Traffic.named(Traffic.PIECES, SEED).lost(5).duplicated(5).write(whole, CaptureFormat.PCAP, PACKETS);
        Path index = directory.resolve("expected");
        Runs.index(index, whole);
        expected = Runs.content(index);
        assertTrue(PacketIndex.open(index).overlays().isEmpty());
    }

    @Test
    void shouldHoldTheSameWhereverSplitsEnd() throws IOException {
        for (long splitSize : List.of(1L << 13, 50_000L)) {
            Path index = directory.resolve("splits" + splitSize);
            Runs.index(index, 1 + random.nextInt(3), splitSize, new Runs.Heard(), whole);
            assertFalse(PacketIndex.open(index).overlays().isEmpty());
            assertSame(expected, Runs.content(index), "splits of " + splitSize);
            assertEquals(troubles(directory.resolve("expected")), troubles(index), "splits of " + splitSize);
            Runs.check(index);
        }
    }

    @Test
    void shouldHoldTheSameForManyFilesInAnyOrderAndManyRuns() throws IOException {
        List<Path> files = CaptureParts.of(whole, 10, random);
        for (int round = 0; round < 2; round++) {
            Path index = directory.resolve("files" + round);
            long splitSize = 1L << 12 + random.nextInt(12);
            List<Path> inOrder = new ArrayList<>(files);
            Collections.shuffle(inOrder, random);
            while (!inOrder.isEmpty()) {
                List<Path> some = new ArrayList<>(inOrder.subList(0, 1 + random.nextInt(inOrder.size())));
                inOrder.removeAll(some);
                Runs.index(index, 1 + random.nextInt(3), splitSize, new Runs.Heard(),
                        some.toArray(Path[]::new));
                if (random.nextBoolean()) {
                    // As if the run had been killed before it wrote down what it had joined.
                    Files.deleteIfExists(index.resolve("joined"));
                }
            }
            assertSame(withoutPlaces(expected), withoutPlaces(Runs.content(index)), "round " + round);
            assertEquals(troubles(directory.resolve("expected")), troubles(index), "round " + round);
        }
    }

    /**
     * Messages under one identity that repeat pieces of those before them or contradict them, some of them captured twice, cut
     * at any place.
     */
    @Test
    void shouldHoldTheSameOfMessagesThatRepeatThoseBefore() throws IOException {
        List<byte[]> packets = new ArrayList<>();
        for (String trains : List.of("1a 2b 1a 2b 1a 2c", "1a 1a 2b 2b 1a 1a 2c 2c", "1a 2b 1a 1c 2b 2d 1c 2d",
                "1a 2b 3c 1a 2b 3d 2b 1e 2b 3d 3d", "1a 2b 1a 3c 2b 3c 1d 2b 3e", "1a 1b 2c 1b 2d 1e 2e",
                "1a 2b 2b 1c 2b")) {
            int identity = packets.size();
            for (String piece : trains.split(" ")) {
                packets.add(new PacketBuilder().ethernet().ipv4("192.0.2.3", "192.0.2.4").udp(4352, 4352).u16(identity)
                        .u16(piece.charAt(0) - '0').u16(trains.contains("3") ? 3 : 2)
                        .u32(0).text(piece.substring(1)).toBytes());
            }
        }
        Path one = capture("one.pcap", packets, 0, packets.size());
        Path all = directory.resolve("one");
        Runs.index(all, one);
        for (int at = 1; at < packets.size(); at++) {
            Path index = directory.resolve("cut" + at);
            Runs.index(index, capture(at + "a.pcap", packets, 0, at),
                    capture(at + "b.pcap", packets, at, packets.size()));
            assertSame(withoutPlaces(Runs.content(all)), withoutPlaces(Runs.content(index)), "cut at " + at);
            assertEquals(troubles(all), troubles(index), "cut at " + at);
        }
    }

    /**
     * One client that sends messages of two pieces under one identity, all the time and far longer than a message waits. Of a
     * part that begins with the second piece, alone, all pieces are out of step.
     */
    @Test
    void shouldComeIntoStepHoweverLateInALongCapture() throws IOException {
        List<byte[]> packets = new ArrayList<>();
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < 2 * 360; i++) {
            PacketBuilder packet = new PacketBuilder().ethernet().ipv4("192.0.2.3", "192.0.2.4").udp(4352, 4352).u16(7)
                    .u16(1 + i % 2).u16(2);
            if (i % 2 == 0) {
                packet.u32(8);
            }
            packets.add(packet.text("m" + 1000 * (1 + i % 2) + i / 2).toBytes());
            nanos.add(CaptureBuilder.START + i / 2 * 500_000_000L + i % 2 * 100_000_000L);
        }
        // Behind a lost piece everything may be in step again. 0: the second pieces come in fragments.
        for (int lost : List.of(-1, 0, 441)) {
            List<byte[]> sent = new ArrayList<>();
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < packets.size(); i++) {
                List<byte[]> parts = lost == 0 && i % 2 == 1
                        ? Fragmenter.cut(packets.get(i), ETHERNET, 8, i) : List.of(packets.get(i));
                if (lost <= 0 || i != lost) {
                    sent.addAll(parts);
                    for (int part = 0; part < parts.size(); part++) {
                        times.add(nanos.get(i) + part * 1_000_000L);
                    }
                }
            }
            Path all = directory.resolve("step" + lost);
            Runs.index(all, capture("step" + lost + ".pcap", sent, times, 0, sent.size()));
            List<String> content = withoutPlaces(Runs.content(all));
            // A part of 100 s is open at its end before what is open behind its first minute has waited too long.
            int[] cuts = {0, lost < 0 ? 401 : 21, 405 + random.nextInt(150), sent.size()};
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                files.add(capture("step" + lost + "-" + i + ".pcap", sent, times, cuts[i], cuts[i + 1]));
            }
            for (List<Integer> runs : List.of(List.of(0, 1, 2), List.of(2, 1, 0), List.of(1, 2, 0))) {
                Path index = directory.resolve("step" + lost + runs);
                for (int run : runs) {
                    Runs.index(index, files.get(run));
                }
                assertSame(content, withoutPlaces(Runs.content(index)), lost + " lost, files " + runs);
                assertEquals(troubles(all), troubles(index), lost + " lost, files " + runs);
            }
        }
    }

    /** A connection may be silent for longer than a datagram waits, around the end of a capture as within one. */
    @Test
    void shouldKnowAStreamAgainThatWasSilent() throws IOException {
        byte[] message = new byte[306];
        Arrays.fill(message, (byte) 0x55);
        System.arraycopy(new byte[] {0x0F, (byte) 0xF0, 1, 44, 0, 1}, 0, message, 0, 6);
        List<byte[]> packets = List.of(segment(99, 2), piece(1, 0, 0), piece(1, 1, 0),
                segment(200, 16, Arrays.copyOfRange(message, 100, 306)),
                segment(100, 16, Arrays.copyOfRange(message, 0, 100)), piece(2, 0, 0));
        List<Long> nanos = new ArrayList<>();
        for (int second : new int[] {0, 10, 20, 200, 202, 203}) {
            nanos.add(CaptureBuilder.START + second * 1_000_000_000L);
        }
        Path all = directory.resolve("silent");
        Runs.index(all, capture("silent.pcap", packets, nanos, 0, packets.size()));
        List<String> content = withoutPlaces(Runs.content(all));
        assertTrue(content.get(4).contains("reassembly.fragment.count=2"), content.get(4));
        List<Path> files = List.of(capture("silent1.pcap", packets, nanos, 0, 2),
                capture("silent2.pcap", packets, nanos, 2, packets.size()));
        for (List<Integer> runs : List.of(List.of(0, 1), List.of(1, 0))) {
            Path index = directory.resolve("silent" + runs);
            for (int run : runs) {
                Runs.index(index, files.get(run));
            }
            assertSame(content, withoutPlaces(Runs.content(index)), "files " + runs);
        }
    }

    private static byte[] segment(int sequence, int flags, byte... octets) {
        PacketBuilder packet = new PacketBuilder().ethernet().ipv4("192.0.2.1", "192.0.2.2")
                .tcp(40_000, 3386, sequence, flags);
        for (byte octet : octets) {
            packet.u8(octet);
        }
        return packet.toBytes();
    }

    /** One client is out of step for longer than there is memory for; a message of another one is joined all the same. */
    @Test
    void shouldLeaveAloneWhatThereIsNoRoomFor() throws IOException, InterruptedException {
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < 9001; i++) {
            packets.add(piece(7, i % 2, i / 2));
        }
        int cut = 4501;
        packets.add(cut - 1, piece(8, 0, 1));
        packets.add(cut + 1, piece(8, 1, 1));
        Path all = directory.resolve("all");
        Runs.index(all, capture("all.pcap", packets, 0, packets.size()));
        Path[] files = {capture("a.pcap", packets, 0, cut), capture("b.pcap", packets, cut, packets.size())};
        Path index = directory.resolve("little");
        Runs.Heard heard = new Runs.Heard();
        try (WritableIndex writable = WritableIndex.open(index, Settings.standard(), heard::note)) {
            new Batch(writable, 1, 24L << 20, heard).run(Inputs.of(List.of(files)));
        }
        assertTrue(heard.lines.stream().anyMatch(line -> line.contains("pieces of 1 sender stay")),
                heard.lines.toString());
        List<Overlays.Place> joins = PacketIndex.open(index).overlays().joins();
        assertEquals(List.of(2), joins.stream().map(place -> place.join().frames().size()).toList());
        Files.delete(index.resolve("joined"));
        heard.lines.clear();
        Runs.index(index, 1, Settings.SPLIT_SIZE, heard, files);
        assertEquals(List.of(), heard.lines);
        assertSame(withoutPlaces(Runs.content(all)), withoutPlaces(Runs.content(index)), "with more memory");
    }

    /** The first or the second piece of a message. */
    private static byte[] piece(int identity, int piece, int message) {
        PacketBuilder packet = new PacketBuilder().ethernet().ipv4("192.0.2.3", "192.0.2.4").udp(4352, 4352)
                .u16(identity).u16(1 + piece).u16(2);
        if (piece == 0) {
            packet.u32(8);
        }
        return packet.u32(message).toBytes();
    }

    private Path capture(String name, List<byte[]> packets, List<Long> nanos, int from, int to) throws IOException {
        CaptureBuilder capture = CaptureBuilder.pcap();
        for (int i = from; i < to; i++) {
            capture.packet(nanos.get(i), packets.get(i));
        }
        return Files.write(directory.resolve(name), capture.toBytes());
    }

    private Path capture(String name, List<byte[]> packets, int from, int to) throws IOException {
        CaptureBuilder capture = CaptureBuilder.pcap();
        for (int i = from; i < to; i++) {
            capture.packet(CaptureBuilder.START + i * 1_000_000L, packets.get(i));
        }
        return Files.write(directory.resolve(name), capture.toBytes());
    }

    @Test
    void shouldPublishNothingTwice() throws IOException {
        Path index = directory.resolve("again");
        Runs.index(index, 2, 1L << 14, new Runs.Heard(), whole);
        List<String> shards = shards(index);
        for (boolean forgets : List.of(false, true)) {
            if (forgets) {
                Files.delete(index.resolve("joined"));
            }
            Runs.index(index, 2, 1L << 14, new Runs.Heard(), whole);
            assertEquals(shards, shards(index));
        }
    }

    @Test
    void shouldMakeAnOverlayAgainThatWasLost() throws IOException {
        Path index = directory.resolve("lost");
        Runs.index(index, 2, 1L << 14, new Runs.Heard(), whole);
        String overlay = overlay(index);
        delete(index.resolve("shards").resolve(overlay));
        Files.delete(index.resolve("joined"));
        Runs.index(index, 2, 1L << 14, new Runs.Heard(), whole);
        assertSame(expected, Runs.content(index), "made again");
        assertTrue(shards(index).contains(overlay), "the same joins give the same overlay");
    }

    @Test
    void shouldRemoveOverlaysLongAfterTheyWereReplaced() throws IOException {
        Path first = message("first.pcap", 0, 0);
        Path middle = message("middle.pcap", 1, 1);
        Path last = message("last.pcap", 2, 2);
        Path index = directory.resolve("replaced");
        Runs.index(index, first, last);
        // Begins within the message of the other two.
        Path replaced = index.resolve("shards").resolve(overlay(index));
        Runs.index(index, middle);
        List<String> content = Runs.content(index);
        assertTrue(content.stream().anyMatch(document -> document.contains("udp_div.Data")), content.toString());
        assertTrue(Files.exists(replaced), "readers that began before may need it");
        Runs.index(index, whole);
        assertTrue(Files.exists(replaced), "readers that began before may need it");
        for (Path shard : shardPaths(index)) {
            Files.setLastModifiedTime(shard.resolve("manifest.json"), FileTime.fromMillis(0));
        }
        try (Directory lucene = FSDirectory.open(replaced); DirectoryReader reader = DirectoryReader.open(lucene)) {
            Runs.index(index, message("another.pcap", 0, 1000));
            assertFalse(Files.exists(replaced));
            for (int i = 0; i < reader.maxDoc(); i++) {
                reader.storedFields().document(i);
            }
        }
        assertTrue(Runs.content(index).containsAll(content));
        Runs.check(index);
    }

    /** A capture with a piece of a message of three. */
    private Path message(String name, int piece, int second) {
        PacketBuilder packet = new PacketBuilder().ethernet().ipv4("192.0.2.7", "192.0.2.8").udp(4352, 4352)
                .u16(5).u16(piece + 1).u16(3);
        if (piece == 0) {
            packet.u32(12);
        }
        for (int i = 0; i < 4; i++) {
            packet.u8('a' + piece);
        }
        return CaptureBuilder.pcap().packet(CaptureBuilder.START + second * 1_000_000_000L, packet.toBytes())
                .write(directory.resolve(name));
    }

    private static String overlay(Path index) throws IOException {
        return PacketIndex.open(index).overlays().joins().getFirst().overlay().name();
    }

    private static List<Path> shardPaths(Path index) throws IOException {
        try (var paths = Files.list(index.resolve("shards"))) {
            return paths.toList();
        }
    }

    @Test
    void shouldJoinWithoutCapturesIfTheIndexKeepsAllFrames() throws IOException {
        List<Path> files = CaptureParts.of(whole, 6, random);
        Path index = directory.resolve("kept");
        for (Path file : files) {
            Runs.index(index, Settings.standard().withPayload(Settings.PAYLOAD_ALL), 1, new Runs.Heard(), file);
            Files.delete(file);
        }
        List<String> kept = withoutPlaces(Runs.content(index));
        assertSame(withoutPlaces(expected), kept, "without captures");
    }

    @Test
    void shouldJoinLaterWhatCannotBeReadNow() throws IOException {
        List<Path> files = CaptureParts.of(whole, 6, random);
        Path index = directory.resolve("gone");
        Path away = directory.resolve("away");
        Runs.index(index, files.get(0), files.get(1));
        Files.move(files.get(1), away);
        Runs.Heard heard = new Runs.Heard();
        Runs.index(index, 1, Settings.SPLIT_SIZE, heard, files.get(2), files.get(3));
        assertTrue(heard.lines.stream().anyMatch(line -> line.contains(files.get(1) + " stays open")),
                heard.lines.toString());
        Files.move(away, files.get(1));
        Runs.index(index, files.get(4), files.get(5));
        assertSame(withoutPlaces(expected), withoutPlaces(Runs.content(index)), "after it was back");
    }

    /** Of what is far from the begin of a capture only what is open is known, and what it was put together of is looked up. */
    @Test
    void shouldJoinWhatIsOpenAtTheEndOfALongCapture() throws IOException {
        PacketBuilder packet = new PacketBuilder();
        byte[] filler = packet.reset().ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(8805, 8805).pfcp(1, 7).toBytes();
        byte[] other = packet.reset().ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(8805, 8805)
                .pfcp(52, 0x77, 7).ie(22, new byte[300]).toBytes();
        byte[][] message = new byte[2][];
        for (int piece = 0; piece < 2; piece++) {
            packet.reset().ethernet().ipv4("192.0.2.3", "192.0.2.4").udp(4352, 4352).u16(5).u16(piece + 1).u16(2);
            if (piece == 0) {
                packet.u32(60);
            }
            for (int i = 0; i < 30; i++) {
                packet.u8('a' + piece);
            }
            message[piece] = packet.toBytes();
        }
        List<byte[]> divided = Fragmenter.cut(message[0], ETHERNET, 16, 77);
        List<byte[]> fragments = Fragmenter.cut(other, ETHERNET, 160, 78);
        List<byte[]> packets = new ArrayList<>(List.of(filler, filler));
        List<Integer> seconds = new ArrayList<>(List.of(0, 100));
        for (byte[] each : divided) {
            packets.add(each);
            seconds.add(200);
        }
        packets.addAll(List.of(filler, fragments.get(0), filler, fragments.get(1), message[1], filler));
        seconds.addAll(List.of(203, 204, 205, 206, 210, 400));
        int cut = divided.size() + 5;
        Path one = directory.resolve("one.pcap");
        CaptureBuilder all = CaptureBuilder.pcap();
        CaptureBuilder[] parts = {CaptureBuilder.pcap(), CaptureBuilder.pcap()};
        for (int i = 0; i < packets.size(); i++) {
            long nanos = CaptureBuilder.START + seconds.get(i) * 1_000_000_000L;
            all.packet(nanos, packets.get(i));
            parts[i < cut ? 0 : 1].packet(nanos, packets.get(i));
        }
        all.write(one);
        Runs.index(directory.resolve("one"), one);
        List<String> content = withoutPlaces(Runs.content(directory.resolve("one")));
        assertTrue(content.stream().anyMatch(document -> document.contains("udp_div.Data")), content.toString());
        for (int first : List.of(0, 1)) {
            Path index = directory.resolve("two" + first);
            for (int part : List.of(first, 1 - first)) {
                Runs.index(index, parts[part].write(directory.resolve("two" + part + ".pcap")));
            }
            assertSame(content, withoutPlaces(Runs.content(index)), "the part " + first + " first");
            assertEquals(troubles(directory.resolve("one")), troubles(index));
        }
    }

    private static List<String> withoutPlaces(List<String> content) {
        return content.stream().map(document -> document.replaceAll(PLACES, "")).toList();
    }

    private static void assertSame(List<String> expected, List<String> actual, String what) {
        assertEquals(expected.size(), actual.size(), what);
        for (int i = 0; i < expected.size(); i++) {
            if (!expected.get(i).equals(actual.get(i))) {
                Set<String> lacks = new TreeSet<>(List.of(expected.get(i).split(", ")));
                Set<String> more = new TreeSet<>(List.of(actual.get(i).split(", ")));
                lacks.removeAll(more);
                more.removeAll(List.of(expected.get(i).split(", ")));
                assertEquals(lacks, more, what + ", document " + i + ", -Dseed=" + SEED);
            }
        }
    }

    /**
     * What is wrong with all packets together, and how many wholes did not become complete. That a capture begins within a
     * stream is said of each capture, whether another one has the beginning or not.
     */
    private static List<String> troubles(Path directory) throws IOException {
        PacketIndex index = PacketIndex.open(directory);
        List<String> troubles = new ArrayList<>();
        long incomplete = 0;
        java.util.Map<String, Long> faults = new java.util.TreeMap<>();
        for (ShardPart part : index.parts()) {
            incomplete += part.part().ends().wholes();
            for (Manifest.FaultRow row : part.part().faults()) {
                faults.merge(row.layer() + " " + row.fault(), row.count(), Long::sum);
            }
        }
        for (Overlays.Place place : index.overlays().joins()) {
            incomplete += place.join().open();
            place.join().changes()
                    .forEach(each -> faults.merge(each.layer() + " " + each.fault(), each.count(), Long::sum));
        }
        for (var each : faults.entrySet()) {
            if (each.getKey().endsWith(Fault.WHOLE_INCOMPLETE.name())) {
                incomplete += each.getValue();
            } else if (each.getValue() != 0 && !each.getKey().endsWith(Fault.STREAM_JOINED.name())) {
                troubles.add(each.toString());
            }
        }
        troubles.add("incomplete " + incomplete);
        return troubles;
    }

    private static List<String> shards(Path index) throws IOException {
        try (var names = Files.list(index.resolve("shards"))) {
            return names.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static void delete(Path shard) throws IOException {
        try (var files = Files.list(shard)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(shard);
    }
}
