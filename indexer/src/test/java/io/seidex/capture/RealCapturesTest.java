package io.seidex.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seidex.fault.FaultLog;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Real captures: as many frames as tshark 4.0.17 counts, and each with tshark's number, time, lengths and place. The
 * captures lie beside the project ({@code -Dcaptures=DIRECTORY}); a test that misses them, or tshark, is skipped.
 */
class RealCapturesTest {
    private static final Path CAPTURES = Path.of(System.getProperty("captures", "../../shared/captures"));
    private static final String TSHARK = "TShark (Wireshark) 4.0.17";

    /** All of them take tshark several minutes: without this, one of each format and link type is compared. */
    private static final boolean ALL = Boolean.getBoolean("captures.all");

    private static final long NANO = 1_000_000_000;
    private static final int SUNATM = 123;

    private static final String LINK_TYPE =
            "tshark reads no file of this link type; here its packets are indexed as unknown";
    private static final String FUZZED =
            "/RegressionTests/regression_samples/clusterfuzz-testcase-minimized-FuzzTarget-";

    /** Captures in which not as many frames are found as tshark finds: the number, and why. */
    private record Difference(String path, int frames, String reason) {}

    private static final List<Difference> DIFFERENCES = List.of(
            new Difference(
                    "OISF+suricata-verify/tests/bug-6875-01/fuzz.pcap",
                    1,
                    "the second record is damaged; tshark then takes the file for Nokia's variant and reads nonsense"),
            new Difference(
                    "_derived/secdev+scapy/pfcp.cut_in_header.pcap",
                    0,
                    "20 octets of a section header, which tshark takes for one packet of an unknown kind"),
            new Difference(
                    "seladb+PcapPlusPlus/Tests/Fuzzers" + FUZZED + "5685520970809344",
                    1,
                    "bits of the link type that must be 0 are not: tshark reads no such file"),
            new Difference(
                    "seladb+PcapPlusPlus/Tests/Fuzzers" + FUZZED + "5766899836387328",
                    1,
                    "one record, whose fraction of a second is implausible: tshark takes it for Red Hat's variant"),
            new Difference(
                    "the-tcpdump-group+libpcap/tests/pcapng-invalid-vers-2.pcapng",
                    1,
                    "version 1.1: tshark knows 1.0 and 1.2 only; readers must accept any minor version"),
            new Difference("the-tcpdump-group+libpcap/tests/filter/brcm-tag.pcap", 15, LINK_TYPE),
            new Difference("the-tcpdump-group+tcpdump/tests/brcm-tag-prepend.pcap", 15, LINK_TYPE),
            new Difference("the-tcpdump-group+tcpdump/tests/brcm-tag.pcap", 23, LINK_TYPE),
            new Difference("the-tcpdump-group+tcpdump/tests/dsa-high-vid.pcap", 4, LINK_TYPE),
            new Difference("the-tcpdump-group+tcpdump/tests/edsa.pcap", 10, LINK_TYPE),
            new Difference("the-tcpdump-group+tcpdump/tests/juniper_es_oobr.pcap", 1, LINK_TYPE),
            new Difference("the-tcpdump-group+tcpdump/tests/juniper_monitor_invalid_cookie_length.pcap", 1, LINK_TYPE),
            new Difference("the-tcpdump-group+tcpdump/tests/kday6.pcap", 1, LINK_TYPE),
            new Difference("the-tcpdump-group+tcpdump/tests/vtp_asan-3.pcap", 1, LINK_TYPE),
            new Difference("the-tcpdump-group+tcpdump/tests/vtp_asan.pcap", 5, LINK_TYPE));

    private static final long FIRST_DAY_OF_TSHARK = 946_681_200;

    /** Their fractions exceed 4,294,967 microseconds, which tshark turns to nanoseconds in 32 bits: the result is nonsense. */
    private static final Set<String> TIMES_THAT_OVERFLOW_IN_TSHARK = Set.of(
            "appneta+tcpreplay/test/test2.replay_include",
            "seladb+PcapPlusPlus/Tests/Fuzzers/RegressionTests/regression_samples/"
                    + "crash-eec28dafde1f1ac2299674a75a914ae16d4046fa",
            "simsong+tcpflow/tests/bug8.pcap",
            "the-tcpdump-group+tcpdump/tests/atm-oam-loopback-print-overrun.pcap",
            "the-tcpdump-group+tcpdump/tests/timestamp_invalid_micro.pcap");

    /** A line of the list of captures; {@code packets} is tshark's count. */
    private record Listed(String path, int packets, String format, String linkType) {
        boolean isRead() {
            return isText() || format.startsWith("pcap")
                    && !format.endsWith(".gzip")
                    && !format.endsWith(".lz4")
                    && !format.endsWith(".zstd");
        }

        boolean isText() {
            return format.equals("k12text");
        }
    }

    private static final Map<String, Difference> DIFFERENT = new HashMap<>();
    private static List<Listed> listed;

    @BeforeAll
    static void shouldFindTheCaptures() throws IOException {
        Path list = CAPTURES.resolve("INDEX.tsv");
        assumeTrue(Files.exists(list), "needs the real captures: " + list.toAbsolutePath().normalize() + " is missing");
        listed = Files.readAllLines(list).stream()
                .skip(1)
                .map(line -> line.split("\t"))
                .map(cell -> new Listed(cell[0], Integer.parseInt(cell[6]), cell[7], cell[8]))
                .toList();
        DIFFERENCES.forEach(difference -> DIFFERENT.put(difference.path, difference));
    }

    @Test
    void shouldFindAsManyFramesAsTshark() {
        Map<String, Integer> expected = new HashMap<>();
        Map<String, Integer> found = new HashMap<>();
        for (Listed file : listed) {
            if (file.isRead()) {
                Difference difference = DIFFERENT.get(file.path);
                assertTrue(
                        difference == null || difference.frames != file.packets,
                        file.path + " is no difference any more");
                expected.put(file.path, difference == null ? file.packets : difference.frames);
                found.put(file.path, frames(file.path).size());
            }
        }
        found.entrySet().removeAll(Set.copyOf(expected.entrySet()));
        assertEquals(Map.of(), found);
    }

    @Test
    void shouldFindTheSameFramesInParts() throws IOException {
        for (Listed file : listed) {
            try (Capture capture = Capture.open(CAPTURES.resolve(file.path), new FaultLog())) {
                FaultLog faultsOfTheWhole = new FaultLog();
                FaultLog faultsOfTheParts = new FaultLog();
                List<String> whole = new ArrayList<>();
                List<String> parts = new ArrayList<>();
                walk(capture.cursor(faultsOfTheWhole), whole);
                Border from = capture.first();
                for (int part = 1; part <= 3; part++) {
                    Border to = capture.border(from, capture.length() * part / 3);
                    long end = part == 3 ? capture.length() : to.at();
                    walk(capture.cursor(from, end, faultsOfTheParts), parts);
                    from = to;
                }
                assertEquals(whole, parts, file.path);
                assertEquals(faultsOfTheWhole.isEmpty(), faultsOfTheParts.isEmpty(), file.path);
            }
        }
    }

    private static void walk(FrameCursor cursor, List<String> into) {
        while (cursor.next()) {
            Frame frame = cursor.frame();
            into.add(frame.number() + " " + frame.recordAt() + " " + frame.captured() + " " + frame.timeNanos() + " "
                    + frame.source());
        }
    }

    @Test
    void shouldSayWhatTheOthersLookLike() throws IOException {
        for (Listed file : listed) {
            if (!file.isRead()) {
                try (Capture capture = Capture.open(CAPTURES.resolve(file.path), new FaultLog())) {
                    String what = file.format.substring(file.format.lastIndexOf('.') + 1);
                    String expected = switch (what) {
                        case "other" -> file.path.endsWith(".erf") ? "ERF" : "LANalyzer";
                        case "netmon2" -> "Network Monitor 2";
                        default -> what;
                    };
                    assertEquals(CaptureFormat.UNKNOWN, capture.format(), file.path);
                    assertTrue(capture.looksLike().contains(expected), file.path + ": " + capture.looksLike());
                }
            }
        }
    }

    @Test
    void shouldReadEachFrameAsTshark() throws IOException, InterruptedException {
        assumeTrue(tsharkIsThere(), "needs tshark 4.0.17");
        Set<String> kinds = new HashSet<>();
        for (Listed file : listed) {
            boolean another = kinds.add(file.format + " " + file.linkType) || file.path.startsWith("_derived/");
            if (file.isRead() && !DIFFERENT.containsKey(file.path) && (ALL || another)) {
                List<String[]> expected = tshark(file.path);
                List<String[]> found = frames(file.path);
                assertEquals(expected.size(), found.size(), file.path);
                for (int i = 0; i < expected.size(); i++) {
                    String what = file.path + ", frame " + (i + 1);
                    if (isOdd(expected.get(i)[2]) || TIMES_THAT_OVERFLOW_IN_TSHARK.contains(file.path)) {
                        expected.get(i)[2] = found.get(i)[2];
                    }
                    if (file.isText()) {
                        expected.get(i)[2] = onTheFirstDay(expected.get(i)[2]);
                    }
                    assertEquals(List.of(expected.get(i)), List.of(found.get(i)), what);
                }
            }
        }
    }

    /** K12 text has no date. tshark takes the first day of 2000 in its author's time zone, where we take that of 1970. */
    private static String onTheFirstDay(String time) {
        int point = time.indexOf('.');
        return Long.parseLong(time.substring(0, point)) - FIRST_DAY_OF_TSHARK + time.substring(point);
    }

    /**
     * tshark prints seconds and fraction apart, even if the fraction is a second or more or too large for its 32 bits, and
     * seconds that nanoseconds in 64 bits cannot say.
     */
    private static boolean isOdd(String time) {
        int point = time.indexOf('.');
        return point >= 0 && (time.startsWith("-") || time.length() - point != 10 || point > 10);
    }

    /** number, interface, time, length, captured length, place */
    private static List<String[]> frames(String path) {
        FaultLog faults = new FaultLog();
        List<String[]> frames = new ArrayList<>();
        try (Capture capture = Capture.open(CAPTURES.resolve(path), faults)) {
            boolean hasInterfaces = capture.format() == CaptureFormat.PCAPNG;
            FrameCursor cursor = capture.cursor(faults);
            while (cursor.next()) {
                Frame frame = cursor.frame();
                int id = frame.source().id();
                // tshark takes off the 4 octets that stand before an ATM cell's content.
                int off = frame.source().linkType() == SUNATM ? 4 : 0;
                frames.add(new String[] {
                    Long.toString(frame.number()),
                    hasInterfaces && id >= 0 ? Integer.toString(id) : "",
                    frame.hasTime() ? seconds(frame.timeNanos()) : "",
                    Long.toString(frame.original() - off),
                    Integer.toString(frame.captured() - off),
                    Long.toString(frame.recordAt())
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frames;
    }

    private static String seconds(long nanos) {
        String fraction = Long.toString(NANO + Math.floorMod(nanos, NANO)).substring(1);
        return Math.floorDiv(nanos, NANO) + "." + fraction;
    }

    private static boolean tsharkIsThere() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("tshark", "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String version = new String(process.getInputStream().readAllBytes());
            return process.waitFor() == 0 && version.startsWith(TSHARK);
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String[]> tshark(String path) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", CAPTURES.resolve(path).toString()));
        // Only the frame is of interest.
        command.addAll(List.of("--disable-protocol", "eth", "--disable-protocol", "ip"));
        command.addAll(List.of("-o", "frame.show_file_off:TRUE", "-T", "fields"));
        for (String field : List.of("number", "interface_id", "time_epoch", "len", "cap_len", "file_off")) {
            command.addAll(List.of("-e", "frame." + field));
        }
        File errors = ProcessBuilder.Redirect.DISCARD.file();
        Process process = new ProcessBuilder(command).redirectError(errors).start();
        List<String[]> frames = new String(process.getInputStream().readAllBytes())
                .lines()
                .map(line -> line.split("\t", -1))
                .toList();
        process.waitFor();
        return frames;
    }
}
