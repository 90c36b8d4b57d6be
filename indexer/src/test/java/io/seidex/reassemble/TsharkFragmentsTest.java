package io.seidex.reassemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Which frames complete which datagrams in the real captures, as {@code tshark -2} says. */
class TsharkFragmentsTest {
    private static final Path CAPTURES = Path.of(System.getProperty("captures", "../../shared/captures"));
    private static final String TSHARK = "TShark (Wireshark) 4.0.17";
    private static final String[] FIELDS = {"frame.number", "ip.reassembled_in", "ip.fragment.count", "ip.fragment",
        "ip.reassembled.length", "ipv6.reassembled.in", "ipv6.fragment.count", "ipv6.fragment",
        "ipv6.reassembled.length"};

    private static final String OVERLAP = "overlaps in IPv6, RFC 5722";
    private static final String CONFLICT = "fragments that hold different octets of one place";
    private static final String TOO_LONG = "longer than a datagram may be, RFC 8200 4.5";
    private static final String SAME = "a fragment in a tunnel whose own has the same addresses and identification";

    /** A capture that may differ: why, and in which frames, all others being the same. */
    private record Meant(String reason, String frames) {}

    /** Captures with datagrams that tshark puts together, and we do not, or otherwise. */
    private static final Map<String, Meant> MEANT = Map.ofEntries(
            Map.entry("frag-1.pcap", new Meant(OVERLAP, "5-6 8-9")),
            Map.entry("frag-2.pcap", new Meant(OVERLAP, "5-6 8-9")),
            Map.entry("frag-3.pcap", new Meant(OVERLAP, "6-9")),
            Map.entry("frag-7.pcap", new Meant(OVERLAP, "6-8")),
            Map.entry("frag-17.pcap", new Meant(OVERLAP, "5-6 10-11")),
            Map.entry("frag-18.pcap", new Meant(OVERLAP, "6-9")),
            Map.entry("frag-35.pcap", new Meant(OVERLAP, "8-10")),
            Map.entry("frag-15.pcap", new Meant(TOO_LONG, "6-59")),
            Map.entry("ipv6-reassembly-state-leak.pcap", new Meant(TOO_LONG, "1-92")),
            Map.entry("fragmented-1.pcap",
                    new Meant("a fragment of 18 octets that is not the last, RFC 791 3.2", "1-3")),
            Map.entry("fragmented-4.pcap", new Meant(CONFLICT, "2-5")),
            Map.entry("volte.pcapng",
                    new Meant("the same datagram in two tunnels and outside of them: three datagrams", "14-15 17-18")),
            Map.entry("security-8550/input.pcap", new Meant(SAME, "2")));

    @Test
    void shouldCompleteWhatTsharkDoes(TestReporter reporter) throws IOException, InterruptedException {
        Path list = CAPTURES.resolve("INDEX.tsv");
        assumeTrue(Files.exists(list), "needs the real captures: " + list.toAbsolutePath().normalize() + " is missing");
        assumeTrue(hasTshark(), "needs " + TSHARK);
        List<String> differences = new ArrayList<>();
        Set<String> needless = new TreeSet<>(MEANT.keySet());
        int same = 0;
        for (String line : Files.readAllLines(list)) {
            String[] cells = line.split("\t");
            if (cells[7].startsWith("pcap") && cells[7].split("\\.").length < 2 && cells[10].contains("-fragments(")) {
                List<String> theirs = theirs(CAPTURES.resolve(cells[0]));
                List<String> ours = ours(CAPTURES.resolve(cells[0]));
                same += (int) ours.stream().filter(theirs::contains).count();
                String frames = differing(theirs, ours);
                String meant = MEANT.entrySet().stream().filter(entry -> cells[0].endsWith(entry.getKey()))
                        .map(entry -> entry.getValue().frames()).findFirst().orElse("");
                needless.removeIf(cells[0]::endsWith);
                if (!frames.equals(meant)) {
                    differences.add(cells[0] + " differs in frames " + frames + " and may in " + meant + "\n  tshark "
                            + theirs + "\n  ours   " + ours);
                }
            }
        }
        assertEquals("", String.join("\n", differences));
        assertEquals(Set.of(), needless, "are not there");
        int equal = same;
        assertTrue(same > 2000, () -> "frames that are the same: " + equal);
        reporter.publishEntry("COMPARED", same + " frames of fragments are tshark's");
    }

    /** The numbers of the frames of which one side says what the other does not. */
    private static String differing(List<String> theirs, List<String> ours) {
        Set<Integer> frames = new TreeSet<>();
        Stream.concat(theirs.stream().filter(line -> !ours.contains(line)),
                ours.stream().filter(line -> !theirs.contains(line)))
                .forEach(line -> frames.add(Integer.parseInt(line.substring(0, line.indexOf('\t')))));
        StringBuilder text = new StringBuilder();
        int first = -1;
        for (int frame : frames) {
            if (!frames.contains(frame - 1)) {
                first = frame;
                text.append(text.isEmpty() ? "" : " ").append(first);
            }
            if (!frames.contains(frame + 1) && frame > first) {
                text.append('-').append(frame);
            }
        }
        return text.toString();
    }

    private static boolean hasTshark() throws InterruptedException {
        try {
            return run(List.of("tshark", "--version")).stream().anyMatch(line -> line.startsWith(TSHARK));
        } catch (IOException e) {
            return false;
        }
    }

    /** Of each frame that says one of the {@link #FIELDS}, what it says. */
    private static List<String> theirs(Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-2", "-r", file.toString(), "-T", "fields"));
        for (String field : FIELDS) {
            command.addAll(List.of("-e", field));
        }
        return run(command).stream().filter(line -> !line.substring(line.indexOf('\t')).isBlank()).toList();
    }

    private static List<String> ours(Path file) throws IOException {
        Map<Long, List<List<String>>> found = new TreeMap<>();
        FaultLog faults = new FaultLog();
        Packet packet = new Packet();
        PacketDecoder decoder = new PacketDecoder();
        try (Capture capture = Capture.open(file, faults);
                Fragments fragments = new Fragments(64 << 20, (whole, why) -> {})) {
            fragments.over(0, capture.octets());
            FrameCursor cursor = capture.cursor(faults);
            while (cursor.next()) {
                decoder.decode(capture.octets(), cursor.frame(), packet);
                fragments.complete(cursor.frame(), cursor.frame().number(), packet, decoder);
                for (int i = 0; i < fragments.count(); i++) {
                    add(found, fragments, i, cursor.frame().number());
                }
            }
        }
        List<String> lines = new ArrayList<>();
        found.forEach((frame, cells) -> lines.add(
                frame + "\t" + String.join("\t", cells.stream().map(values -> String.join(",", values)).toList())));
        return lines;
    }

    private static void add(Map<Long, List<List<String>>> found, Fragments fragments, int datagram, long last) {
        int first = fragments.layer(datagram) == Layer.IPV6 ? 4 : 0;
        List<List<String>> completing = cells(found, last);
        completing.get(first + 1).add(Integer.toString(fragments.pieces(datagram)));
        completing.get(first + 3).add(Long.toString(fragments.length(datagram)));
        for (int i = 0; i < fragments.pieces(datagram); i++) {
            long frame = fragments.frame(datagram, i);
            completing.get(first + 2).add(Long.toString(frame));
            if (frame != last) {
                cells(found, frame).get(first).add(Long.toString(last));
            }
        }
    }

    private static List<List<String>> cells(Map<Long, List<List<String>>> found, long frame) {
        return found.computeIfAbsent(frame,
                any -> Stream.generate(() -> (List<String>) new ArrayList<String>()).limit(FIELDS.length - 1).toList());
    }

    private static List<String> run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().toList();
    }
}
