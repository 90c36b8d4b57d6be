package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.dictionary.DictionaryFile;
import io.seidex.query.TestIndex;
import io.seidex.query.TestIndex.Run;
import io.seidex.store.Settings;
import io.seidex.testing.CaptureParts;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.PacketBuilder;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is wrong with pieces: a filter, {@code -e fault}, and what is shown of an index and of a capture say the same, but that
 * what only later packets tell is in an index alone.
 */
class FaultsOfPiecesTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int PACKETS = 2000;
    private static final Pattern FAULT =
            Pattern.compile("\"field\":\"fault\",\"title\":\"Fault\",\"value\":\"([^\"]*)\"");

    /** What only the packets behind tell: who shows a capture, reads it once. */
    private static final Set<String> TOLD_LATER = Set.of("tcp:stream-gap", "tcp:stream-unreadable");

    private static final Pattern FRAME =
            Pattern.compile("^\\{\"capture\":\"([^\"]*)\",\"frame.number\":\"([0-9]+)\"");

    @TempDir
    Path home;

    @Test
    void shouldSayTheSameOfFragmentsThatDisagree() throws IOException {
        CaptureBuilder capture = CaptureBuilder.pcap()
                .packet(fragment(7, 0x2000, "2265 2265 0010 0000"))
                .packet(fragment(7, 0x2000, "2265 2265 0010 ffff"))
                .packet(fragment(7, 0x0001, "0102030405060708"))
                .packet(fragment(8, 0x2000, "2265 2265 0010 0000 0102030405060708"))
                .packet(fragment(8, 0x0001, "01"))
                .packet(fragment(8, 0x0003, "01"))
                .packet(fragment(9, 0x2000, "01020304"))
                .packet(fragment(10, 0x3FFF, "0102030405060708 0102030405060708"));
        SortedMap<Long, Set<String>> found = check(Settings.standard(), capture.write(home.resolve("a.pcap")));
        assertEquals(Set.of("ip:piece-conflict"), found.get(2L));
        assertEquals(Set.of("ip:size-conflict"), found.get(6L));
        assertEquals(Set.of("ip:piece-length"), found.get(7L));
        assertEquals(Set.of("ip:piece-outside"), found.get(8L));
    }

    @Test
    void shouldSayTheSameOfPiecesWithoutNumbers() throws IOException {
        CaptureBuilder capture = CaptureBuilder.pcap()
                .packet(piece("01" + "80" + "61"))
                .packet(piece("01" + "00" + "62"))
                .packet(piece("01" + "40" + "63"))
                .packet(piece("02" + "00" + "64"))
                .packet(piece("03" + "80" + "65"))
                .packet(piece("03" + "00" + "66"));
        Settings settings = Settings.standard().withDictionaryFiles(List.of(new DictionaryFile("own.protocol", """
                protocol own
                over udp 5000
                header = id:u8; flags:u8{b8=first,b7=last}
                identity id
                first flags.first
                last flags.last
                message = text:text[rest]
                """)));
        Path file = capture.write(home.resolve("own.pcap"));
        SortedMap<Long, Set<String>> found = check(settings, file);
        assertEquals(Set.of("declared:piece-outside"), found.get(4L));
        assertEquals(Set.of(4L), found.keySet(), "the second piece has its place, and so has the sixth");
        Run run = TestIndex.at(home.resolve("index")).query("reassembly.missing", "-T", "fields", "-e", "frame.number");
        assertEquals(List.of("5", "6"), run.lines());
        assertEquals(List.of("1\t3", "2\t3"), TestIndex.at(home.resolve("index"))
                .fields("reassembly.in", "frame.number", "reassembly.in").lines());
    }

    @Test
    void shouldSayTheSameOfTraffic() throws IOException {
        Path file = home.resolve("pieces.pcap");
        Traffic.named(Traffic.PIECES, SEED).lost(10).duplicated(10).disordered(10)
                .write(file, CaptureFormat.PCAP, PACKETS);
        check(Settings.standard(), damaged(file));
    }

    @Test
    void shouldSayTheSameOfWhatIsJoined() throws IOException {
        Path file = home.resolve("pieces.pcap");
        Traffic.named(Traffic.PIECES, SEED).lost(10).write(file, CaptureFormat.PCAP, 1000);
        List<Path> parts = CaptureParts.of(damaged(file), 4, new Random(SEED));
        TestIndex index = TestIndex.of(home.resolve("parts"), parts.toArray(Path[]::new));
        SortedMap<String, Set<String>> shown = shown("show", "--index", index.directory().toString(), "-T", "json");
        assertTrue(shown.size() > 3, "-Dseed=" + SEED + shown);
        assertEquals(printed(index), shown, "-Dseed=" + SEED);
    }

    /** By frames, what {@code -e fault} prints. */
    private static SortedMap<String, Set<String>> printed(TestIndex index) {
        SortedMap<String, Set<String>> printed = new TreeMap<>();
        for (String line : index.fields("", "capture", "frame.number", "fault").lines()) {
            String[] cells = line.split("\t", -1);
            if (!cells[2].isEmpty()) {
                printed.put(cells[0] + ":" + cells[1], new TreeSet<>(List.of(cells[2].split(","))));
            }
        }
        return printed;
    }

    private static SortedMap<String, Set<String>> shown(String... arguments) {
        SortedMap<String, Set<String>> shown = new TreeMap<>();
        for (String line : TestIndex.run(arguments).lines()) {
            Matcher frame = FRAME.matcher(line);
            assertTrue(frame.find(), line);
            for (Matcher fault = FAULT.matcher(line); fault.find();) {
                shown.computeIfAbsent(frame.group(1) + ":" + frame.group(2), any -> new TreeSet<>())
                        .add(fault.group(1));
            }
        }
        return shown;
    }

    /** What is wrong with the frames of one capture, if all say the same. */
    private SortedMap<Long, Set<String>> check(Settings settings, Path file) throws IOException {
        TestIndex index = TestIndex.of(home.resolve("index"), settings, file);
        SortedMap<String, Set<String>> printed = printed(index);
        Set<String> kinds = new TreeSet<>();
        printed.values().forEach(kinds::addAll);
        SortedMap<String, Set<String>> filtered = new TreeMap<>();
        for (String kind : kinds) {
            for (String frame : index.fields("fault == \"" + kind + "\"", "frame.number").lines()) {
                filtered.computeIfAbsent(file + ":" + frame, any -> new TreeSet<>()).add(kind);
            }
        }
        String hint = "-Dseed=" + SEED;
        assertEquals(filtered, printed, hint);
        assertEquals(index.query("fault", "--count").out().strip(), Integer.toString(printed.size()), hint);
        List<String> show = new ArrayList<>(List.of("show", file.toString(), "-T", "json"));
        for (DictionaryFile dictionary : settings.dictionaryFiles()) {
            show.addAll(List.of("--dictionary",
                    Files.writeString(home.resolve(dictionary.name()), dictionary.text()).toString()));
        }
        SortedMap<String, Set<String>> straight = shown(show.toArray(String[]::new));
        printed.forEach((frame, faults) -> faults.stream().filter(TOLD_LATER::contains).forEach(
                fault -> straight.computeIfAbsent(frame, any -> new TreeSet<>()).add(fault)));
        assertEquals(printed, straight, hint);
        assertEquals(printed, shown("show", "--index", index.directory().toString(), "-T", "json"), hint);
        SortedMap<Long, Set<String>> byNumber = new TreeMap<>();
        printed.forEach(
                (frame, faults) -> byNumber.put(Long.parseLong(frame.substring(frame.lastIndexOf(':') + 1)), faults));
        return byNumber;
    }

    /** The same capture, of which some octets are others: fragments and pieces contradict those that are captured twice. */
    private Path damaged(Path file) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        Random random = new Random(SEED);
        for (int at = 24; at + 16 < octets.length;) {
            int length = (octets[at + 8] & 0xFF) | (octets[at + 9] & 0xFF) << 8 | (octets[at + 10] & 0xFF) << 16;
            if (length > 40 && random.nextInt(20) == 0) {
                octets[at + 16 + 34 + random.nextInt(length - 34)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            }
            at += 16 + length;
        }
        return Files.write(home.resolve("damaged.pcap"), octets);
    }

    private static PacketBuilder fragment(int id, int flagsAndOffset, String octets) {
        return new PacketBuilder().ethernet()
                .ipv4(new byte[] {10, 0, 0, 1}, new byte[] {10, 0, 0, 2}, id, flagsAndOffset)
                .protocol(17).hex(octets).end();
    }

    private static PacketBuilder piece(String hex) {
        return new PacketBuilder().ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(40_000, 5000).hex(hex).end();
    }
}
