package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.query.TestIndex;
import io.seidex.query.Tshark;
import io.seidex.traffic.Bytes;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import io.seidex.traffic.Truth;
import io.seidex.traffic.Truth.Kind;
import io.seidex.traffic.Truth.Whole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Traffic in pieces, some of them lost, captured twice or out of order: what is found is what was sent, as far as it was
 * captured, and what {@code tshark -2} finds.
 */
class GeneratedPiecesTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final String REPEAT = "-Dseed=" + SEED;
    private static final int PACKETS = 12_000;
    private static final Set<Kind> DATAGRAMS = Set.of(Kind.IP, Kind.IPV6);
    private static final String[] FACTS = {"frame.number", "ip.reassembled_in", "ip.fragment.count", "ip.fragment",
        "ip.reassembled.length", "ipv6.reassembled.in", "ipv6.fragment.count", "ipv6.fragment",
        "ipv6.reassembled.length", "pfcp.msg_type", "pfcp.seid", "pfcp.seqno", "pfcp.cause", "pfcp.f_teid.teid",
        "pfcp.ue_ip_addr_ipv4", "gtp.teid", "gtpv2.message_type", "gtpv2.teid", "ip.src", "ipv6.dst", "udp.srcport"};

    @TempDir
    static Path directory;

    private static Path capture;
    private static Truth truth;
    private static TestIndex index;

    private static Traffic traffic() {
        return Traffic.named(Traffic.PIECES, SEED).lost(4);
    }

    @BeforeAll
    static void write() throws IOException {
        capture = directory.resolve("pieces.pcap");
        traffic().write(capture, CaptureFormat.PCAP, PACKETS);
        truth = traffic().truth(PACKETS);
        index = TestIndex.of(directory.resolve("index"), capture);
    }

    @Test
    void shouldCompleteDatagramsWhereTheirLastFragmentIs() {
        assertEquals(completing(DATAGRAMS), frames("ip.fragment.count || ipv6.fragment.count"), REPEAT);
        SortedMap<Long, String> expected = new TreeMap<>();
        for (Whole whole : wholes(DATAGRAMS, whole -> whole.completing() > 0)) {
            for (long frame : whole.frames()) {
                if (frame != whole.completing()) {
                    expected.merge(frame, Long.toString(whole.completing()), (one, other) -> one + "," + other);
                }
            }
        }
        SortedMap<Long, String> found = new TreeMap<>();
        for (String line : query("ip.reassembled_in || ipv6.reassembled.in", "frame.number", "ip.reassembled_in",
                "ipv6.reassembled.in")) {
            String[] cells = line.split("\t", -1);
            found.put(Long.parseLong(cells[0]), cells[1] + cells[2]);
        }
        assertEquals(expected, found, REPEAT);
    }

    @Test
    void shouldSayWhatIsMissingOfDatagrams() {
        SortedMap<Long, String> expected = new TreeMap<>();
        for (Whole whole : wholes(DATAGRAMS, whole -> whole.completing() == 0)) {
            whole.frames().forEach(frame -> expected.put(frame, whole.missing()));
        }
        assertTrue(expected.size() > 10, REPEAT);
        SortedMap<Long, String> found = new TreeMap<>();
        for (String line : query(
                "reassembly.missing && (ip.flags.mf == 1 || ip.frag_offset > 0 || ipv6.fraghdr.offset >= 0) && !udp_div",
                "frame.number", "reassembly.missing")) {
            String[] cells = line.split("\t", -1);
            found.put(Long.parseLong(cells[0]), cells[1]);
        }
        assertEquals(expected, found, REPEAT);
    }

    @Test
    void shouldCompleteDividedMessagesWhereTheirLastPieceIs() {
        // A message that is all in its datagram is whole in each that is captured twice.
        SortedSet<Long> expected = new TreeSet<>(frames("udp_div.DivNo == 1 && udp_div.DivMax == 1"));
        expected.addAll(completing(Set.of(Kind.UDP_DIV)));
        assertEquals(List.copyOf(expected), frames("udp_div.Data"), REPEAT);
        SortedMap<Long, String> sizes = new TreeMap<>();
        for (Whole whole : wholes(Set.of(Kind.UDP_DIV), whole -> whole.completing() > 0)) {
            sizes.put(whole.completing(), Long.toString(whole.octets() - 4));
        }
        SortedMap<Long, String> found = new TreeMap<>();
        for (String line : query("udp_div.Data", "frame.number", "udp_div.DataSize")) {
            String[] cells = line.split("\t", -1);
            found.put(Long.parseLong(cells[0]), cells[1]);
        }
        found.keySet().retainAll(sizes.keySet());
        assertEquals(sizes, found, REPEAT);
    }

    @Test
    void shouldKeepWhatWasPutTogether() {
        SortedMap<Long, String> expected = new TreeMap<>();
        for (Whole whole : wholes(Set.of(Kind.UDP_DIV), whole -> whole.completing() > 0)) {
            expected.put(whole.completing(), whole.octets() + " " + Long.toHexString(whole.crc()));
        }
        SortedMap<Long, String> found = new TreeMap<>();
        for (String line : query("udp_div.Data", "frame.number", "payload")) {
            String[] cells = line.split("\t", -1);
            byte[] octets = Bytes.hex(cells[1].replace(":", ""));
            CRC32 sum = new CRC32();
            sum.update(octets);
            found.put(Long.parseLong(cells[0]), octets.length + " " + Long.toHexString(sum.getValue()));
        }
        Set<Map.Entry<Long, String>> differing = new HashSet<>(expected.entrySet());
        differing.removeAll(found.entrySet());
        assertEquals(Set.of(), differing, REPEAT);
    }

    @Test
    void shouldSayWhatIsMissingOfDividedMessages() {
        SortedMap<Long, String> expected = new TreeMap<>();
        for (Whole whole : wholes(Set.of(Kind.UDP_DIV), whole -> whole.completing() == 0)) {
            whole.frames().forEach(frame -> expected.put(frame, whole.missing()));
        }
        assertTrue(expected.size() > 10, REPEAT);
        SortedMap<Long, String> found = new TreeMap<>();
        for (String line : query("reassembly.missing && udp_div", "frame.number", "reassembly.missing")) {
            String[] cells = line.split("\t", -1);
            // It says of how many, too.
            found.put(Long.parseLong(cells[0]), cells[1].replaceFirst(" of \\d+$", ""));
        }
        assertEquals(expected, found, REPEAT);
    }

    /** Behind octets that never came a message is found where it can be told that one begins. */
    @Test
    void shouldFindMessagesOfStreams() {
        List<Long> found = frames("gtpprime");
        List<Long> certain = wholes(Set.of(Kind.GTPPRIME), whole -> whole.completing() > 0 && !whole.behindLoss())
                .stream().map(Whole::completing).distinct().sorted().toList();
        assertTrue(certain.size() > 50, REPEAT);
        assertEquals(List.of(), certain.stream().filter(frame -> !found.contains(frame)).toList(), REPEAT);
        Set<Long> possible = Set.copyOf(completing(Set.of(Kind.GTPPRIME)));
        assertEquals(List.of(), found.stream().filter(frame -> !possible.contains(frame)).toList(), REPEAT);
    }

    @Test
    void shouldFindMessagesInTheFramesThatCompleteThem() {
        truth.messages().forEach((type, frames) -> assertEquals(frames.stream().distinct().toList(),
                frames("pfcp.msg_type == " + type), "type " + type + ", " + REPEAT));
        int asked = 0;
        for (Map.Entry<Long, List<Long>> seid : truth.seids().entrySet()) {
            if (asked++ % 50 == 0) {
                assertEquals(seid.getValue(), frames("pfcp.seid == " + Long.toUnsignedString(seid.getKey())), REPEAT);
            }
        }
    }

    @Test
    void shouldSayWhatTsharkSays() throws IOException {
        Tshark.assume();
        // Of connections it takes every segment for a message.
        String filter = "!tcp.port == 3386";
        List<String> theirs = Tshark.fieldsOfTwoPasses(capture, filter, FACTS).lines().toList();
        List<String> ours = query(filter, FACTS);
        assertTrue(theirs.size() > PACKETS / 2);
        for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
            assertEquals(theirs.get(i), ours.get(i), Arrays.toString(FACTS) + ", " + REPEAT);
        }
        assertEquals(theirs.size(), ours.size());
    }

    private static List<Whole> wholes(Set<Kind> kinds, Predicate<Whole> which) {
        return truth.wholes().stream().filter(whole -> kinds.contains(whole.kind()) && which.test(whole)).toList();
    }

    private static List<Long> completing(Set<Kind> kinds) {
        List<Long> frames = wholes(kinds, whole -> whole.completing() > 0).stream().map(Whole::completing).sorted()
                .distinct().collect(Collectors.toList());
        assertTrue(frames.size() > 50, frames.size() + ", " + REPEAT);
        return frames;
    }

    private static List<Long> frames(String filter) {
        return query(filter, "frame.number").stream().map(Long::valueOf).toList();
    }

    private static List<String> query(String filter, String... fields) {
        return index.fieldsWithoutAWord(filter, fields).lines();
    }
}
