package io.seidex.query.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.seidex.capture.Border;
import io.seidex.capture.Capture;
import io.seidex.fault.FaultLog;
import io.seidex.query.TestIndex;
import io.seidex.store.RangeDigest;
import io.seidex.store.Settings;
import io.seidex.store.ShardBuilder;
import io.seidex.store.Split;
import io.seidex.store.WritableIndex;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import io.seidex.traffic.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A segment takes several mappings, and a process may have 65,530 where nobody changed {@code vm.max_map_count}: a query over
 * more segments than that allows must run all the same.
 */
final class ManySegmentsTest {
    private static final int SEGMENTS = 10_000;
    private static final long MEMORY = 64L << 20;

    @TempDir
    private Path home;

    @Test
    void shouldAnswerOverTenThousandSegments() throws IOException {
        Traffic traffic = Traffic.named("n4-session-churn", 7);
        Path capture = home.resolve("many.pcap");
        traffic.write(capture, CaptureFormat.PCAP, SEGMENTS);
        Path directory = home.resolve("index");
        try (WritableIndex index = WritableIndex.open(directory, Settings.standard(), _ -> {})) {
            Split split = whole(capture);
            Path shard = index.begin(split.name());
            index.publish(shard, new ShardBuilder(index.settings(), 1, MEMORY, () -> false).build(split, shard));
            try (Directory lucene = FSDirectory.open(directory.resolve("shards").resolve(split.name()))) {
                assertEquals(SEGMENTS, SegmentInfos.readLatestCommit(lucene).size());
            }
        }
        Truth truth = traffic.truth(SEGMENTS);
        TestIndex index = TestIndex.at(directory);
        assertEquals(SEGMENTS + "\n", index.query("--count").out());
        long seid = truth.seids().lastKey();
        List<String> frames = truth.seids().get(seid).stream().map(String::valueOf).toList();
        TestIndex.Run run = index.query("-T", "fields", "-e", "frame.number",
                "pfcp.seid == " + Long.toUnsignedString(seid));
        assertEquals("", run.err());
        assertEquals(frames, run.lines());
        assertEquals(SEGMENTS, index.query("-T", "fields", "-e", "frame.number", "frame.len > 0").lines().size());
    }

    private static Split whole(Path file) throws IOException {
        long size = Files.size(file);
        try (Capture capture = Capture.open(file, new FaultLog())) {
            Border first = capture.first();
            String id = RangeDigest.of(capture.octets(), 0, size);
            return Split.of(
                    List.of(new Split.Range(id, (int) size, file.toString(), size, 0, 0, 0, first, size)));
        }
    }
}
