package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.dictionary.DictionaryFile;
import io.seidex.query.TestIndex;
import io.seidex.store.Settings;
import io.seidex.testing.CaptureParts;
import io.seidex.traffic.Bytes;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import io.seidex.traffic.Truth.Kind;
import io.seidex.traffic.Truth.Whole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that lose segments, repeat them, and have them out of order: what is found is what was sent. */
class GeneratedStreamsTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final String REPEAT = "-Dseed=" + SEED;
    private static final int PACKETS = 6_000;
    private static final String MESSAGES = "gtpprime || records";

    @TempDir
    Path directory;

    private static Traffic traffic() {
        return Traffic.named(Traffic.STREAMS, SEED);
    }

    private static Settings settings() {
        return Settings.standard()
                .withDictionaryFiles(List.of(new DictionaryFile("records.protocol", Traffic.RECORDS)));
    }

    private Path capture(Traffic traffic, int packets) throws IOException {
        Path capture = directory.resolve("streams.pcap");
        traffic.write(capture, CaptureFormat.PCAP, packets);
        return capture;
    }

    @Test
    void shouldFindWhatWasSent() throws IOException {
        TestIndex index = TestIndex.of(directory.resolve("index"), settings(), capture(traffic(), PACKETS));
        Map<String, Long> certain = new HashMap<>();
        Map<String, Long> behindLoss = new HashMap<>();
        Set<Long> pieces = new HashSet<>();
        Set<Kind> lost = new HashSet<>();
        for (Whole whole : traffic().truth(PACKETS).wholes()) {
            String name = whole.octets() + " " + Long.toHexString(whole.crc());
            if (whole.completing() == 0) {
                lost.add(whole.kind());
                pieces.addAll(whole.frames());
            } else {
                (whole.behindLoss() ? behindLoss : certain).put(name, whole.completing());
            }
        }
        assertTrue(lost.contains(Kind.RECORDS), REPEAT);
        Map<String, Long> found = found(index);
        // Where a SYN comes behind a row of messages, those before the row are skipped.
        List<String> skipped = certain.keySet().stream().filter(message -> !found.containsKey(message)).toList();
        assertTrue(100 * skipped.size() < certain.size(), skipped + ", " + REPEAT);
        // Some wait for a row of others, or for a SYN that comes late; behind a gap that was filled later, some came before.
        long late = certain.entrySet().stream().filter(each -> found.getOrDefault(each.getKey(), 0L) > each.getValue())
                .count();
        assertTrue(50 * late < certain.size(), late + " of " + certain.size() + " late, " + REPEAT);
        long known = found.keySet().stream().filter(message -> certain.containsKey(message)
                || behindLoss.containsKey(message)).count();
        assertEquals(found.size(), known, "messages that nobody sent, " + REPEAT);
        assertTrue(4 * (found.size() - certain.size()) > 3 * behindLoss.size(), (found.size() - certain.size())
                + " of " + behindLoss.size() + " behind lost segments, " + REPEAT);
        Set<Long> waiting = new HashSet<>();
        index.fieldsWithoutAWord("reassembly.missing", "frame.number").lines()
                .forEach(frame -> waiting.add(Long.valueOf(frame)));
        assertTrue(pieces.stream().anyMatch(waiting::contains), REPEAT);
    }

    @Test
    void shouldFindTheSameInTenFiles() throws IOException {
        // A frame that is captured twice has its time twice: where a file ends between the two, they have no order.
        Path whole = capture(traffic().duplicated(0), PACKETS / 2);
        TestIndex expected = TestIndex.of(directory.resolve("one"), settings(), whole);
        List<Path> files = CaptureParts.of(whole, 10, new Random(SEED));
        List<Path> shuffled = new ArrayList<>(files);
        Collections.shuffle(shuffled, new Random(SEED));
        TestIndex.of(directory.resolve("ten"), settings(), shuffled.subList(0, 4).toArray(Path[]::new));
        TestIndex found = TestIndex.of(directory.resolve("ten"), settings(), shuffled.toArray(Path[]::new));
        String[] fields = {"frame.time_epoch", "tcp.seq_raw", "records.number", "gtp.seq_number", "reassembly",
            "reassembly.length", "reassembly.missing", "fault", "payload"};
        for (String filter : List.of("tcp", "fault", "reassembly.missing", MESSAGES)) {
            List<String> wanted = expected.fieldsWithoutAWord(filter, fields).lines();
            List<String> lines = found.fieldsWithoutAWord(filter, fields).lines();
            for (int i = 0; i < Math.min(wanted.size(), lines.size()); i++) {
                assertEquals(wanted.get(i), lines.get(i), filter + ", " + REPEAT);
            }
            assertEquals(wanted.size(), lines.size(), filter + ", " + REPEAT);
        }
    }

    /** The messages by length and sum, and where each was found. */
    private static Map<String, Long> found(TestIndex index) {
        Map<String, Long> found = new HashMap<>();
        for (String line : index.fieldsWithoutAWord(MESSAGES, "frame.number", "payload").lines()) {
            String[] cells = line.split("\t", -1);
            for (String message : cells[1].split(",")) {
                byte[] octets = Bytes.hex(message.replace(":", ""));
                CRC32 sum = new CRC32();
                sum.update(octets);
                found.put(octets.length + " " + Long.toHexString(sum.getValue()), Long.valueOf(cells[0]));
            }
        }
        return found;
    }
}
