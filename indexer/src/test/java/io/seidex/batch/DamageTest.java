package io.seidex.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.capture.Capture;
import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.store.Manifest;
import io.seidex.store.PacketIndex;
import io.seidex.store.RangeDigest;
import io.seidex.store.Settings;
import io.seidex.store.ShardBuilder;
import io.seidex.store.Split;
import io.seidex.store.WritableIndex;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.PacketBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gives what can be read, is named, and never ends a batch. */
class DamageTest {
    private static final long SEED = Long.getLong("seed", 1);

    @TempDir
    Path home;

    private Path captures;
    private Path index;

    @BeforeEach
    void captures() throws IOException {
        captures = Files.createDirectory(home.resolve("captures"));
        index = home.resolve("index");
    }

    @Test
    void shouldNameWhatGivesNothingAndGoOn() throws IOException {
        Samples.write(captures.resolve("a.pcap"), new byte[0]);
        Samples.write(captures.resolve("b.txt"), "no capture".getBytes(StandardCharsets.UTF_8));
        Samples.write(captures.resolve("c.pcap"), Samples.signalling(SEED, CaptureFormat.PCAP, 10));
        Samples.write(captures.resolve("d.pcap"), Samples.signalling(SEED, CaptureFormat.PCAP, 1), 20);
        Files.createSymbolicLink(captures.resolve("e.pcap"), captures.resolve("nowhere"));
        Runs.Heard heard = new Runs.Heard();
        Summary summary = Runs.index(index, 1, Settings.SPLIT_SIZE, heard, captures);
        assertTrue(summary.isDamaged());
        assertEquals(4, summary.refused());
        assertEquals(10, summary.documents());
        List<String> expected = List.of(
                "a.pcap FILE_EMPTY", "b.txt FILE_UNKNOWN", "d.pcap FILE_HEADER_TRUNCATED", "e.pcap FILE_UNREADABLE");
        assertEquals(expected, heard.lines);
        // The manifests have them, and a second run says the same without another.
        int shards = PacketIndex.open(index).shards().size();
        Runs.Heard again = new Runs.Heard();
        assertTrue(Runs.index(index, 1, Settings.SPLIT_SIZE, again, captures).isDamaged());
        assertEquals(expected, again.lines);
        assertEquals(shards, PacketIndex.open(index).shards().size());
        assertEquals(4, refused());
        // What has become a capture is indexed.
        Samples.write(captures.resolve("b.txt"), Samples.signalling(SEED + 1, CaptureFormat.PCAP, 5));
        assertEquals(5, Runs.index(index, captures).documents());
    }

    private int refused() throws IOException {
        int refused = 0;
        for (var shard : PacketIndex.open(index).shards()) {
            refused += shard.manifest().refused().size();
        }
        return refused;
    }

    @Test
    void shouldReadEveryCaptureUpToAnyCut() {
        byte[][] wholes = {Samples.signalling(SEED, CaptureFormat.PCAP_NANOS, 12), Samples.sections(SEED, 12)};
        for (byte[] whole : wholes) {
            Path all = home.resolve("all-" + whole.length);
            Runs.index(all, Samples.write(captures.resolve("cut"), whole));
            List<String> expected = Runs.content(all);
            Random random = new Random(SEED);
            for (int round = 0; round < 10; round++) {
                int length = random.nextInt(whole.length);
                Path cut = home.resolve("cut-" + whole.length + "-" + round);
                Runs.index(cut, Samples.write(captures.resolve("cut"), whole, length));
                List<String> content = Runs.content(cut);
                assertEquals(expected.subList(0, content.size()), content, "seed " + SEED + " length " + length);
            }
        }
    }

    @Test
    void shouldSurviveAnyOctet() {
        byte[] whole = Samples.signalling(SEED, CaptureFormat.PCAP, 60);
        Random random = new Random(SEED);
        for (int file = 0; file < 40; file++) {
            byte[] broken = whole.clone();
            for (int i = 0; i < 20; i++) {
                broken[24 + random.nextInt(broken.length - 24)] = (byte) random.nextInt();
            }
            Samples.write(captures.resolve("broken-" + file), broken);
        }
        Summary summary = Runs.index(index, 2, 2000, new Runs.Heard(), captures);
        assertEquals(summary.packets(), Runs.content(index).size(), "seed " + SEED);
        Runs.check(index);
    }

    @Test
    void shouldBuildAgainWhatIsCutWhileItIsRead() throws IOException {
        byte[] whole = Samples.signalling(SEED, CaptureFormat.PCAP, 60_000);
        Path file = Samples.write(captures.resolve("a"), whole);
        int left = whole.length / 3;
        Settings settings = Settings.standard();
        try (WritableIndex writable = WritableIndex.open(index, settings, line -> {})) {
            Split split = split(file);
            Path directory = writable.begin(split.name());
            // Asked in the midst of the file: there it is cut.
            ShardBuilder builder = new ShardBuilder(settings, 10_000, Runs.MEMORY, () -> {
                cut(file, left);
                return false;
            });
            Manifest manifest = builder.build(split, directory);
            assertTrue(writable.publish(directory, manifest));
            Manifest.Part part = manifest.parts().getFirst();
            assertTrue(part.faults().stream().anyMatch(row -> row.fault() == Fault.FILE_CUT), part.faults().toString());
            assertEquals(left, part.to());
        }
        Path direct = home.resolve("direct");
        Runs.index(direct, file);
        assertEquals(Runs.content(direct), Runs.content(index));
        Runs.check(index);
        assertEquals(0, Runs.index(index, file).documents(), "what is left is covered");
    }

    @Test
    void shouldBuildWhatIsLeftOfAFileThatWasCutAfterItWasPlanned() throws IOException {
        byte[] whole = Samples.signalling(SEED, CaptureFormat.PCAP, 100);
        Path file = Samples.write(captures.resolve("a"), whole);
        Settings settings = Settings.standard();
        for (int left : new int[] {whole.length / 2, 24, 10, 0}) {
            Path at = home.resolve("index-" + left);
            Samples.write(file, whole);
            try (WritableIndex writable = WritableIndex.open(at, settings, line -> {})) {
                Split split = split(file);
                cut(file, left);
                Path directory = writable.begin(split.name());
                Manifest manifest =
                        new ShardBuilder(settings, 10_000, Runs.MEMORY, () -> false).build(split, directory);
                writable.publish(directory, manifest);
                assertEquals(left < 24 ? 1 : 0, manifest.refused().size());
            }
            Path direct = home.resolve("direct-" + left);
            Runs.index(direct, file);
            assertEquals(Runs.content(direct), Runs.content(at));
        }
    }

    @Test
    void shouldGoOnWithoutAFileThatIsGone() throws IOException {
        Path file = Samples.write(captures.resolve("a"), Samples.signalling(SEED, CaptureFormat.PCAP, 10));
        Settings settings = Settings.standard();
        try (WritableIndex writable = WritableIndex.open(index, settings, line -> {})) {
            Split split = split(file);
            Files.delete(file);
            Manifest manifest =
                    new ShardBuilder(settings, 10_000, Runs.MEMORY, () -> false).build(split, writable.begin("x"));
            assertEquals(Fault.FILE_UNREADABLE, manifest.refused().getFirst().fault());
        }
    }

    @Test
    void shouldPlanAnewAFileThatIsAnotherWhenItsTurnComes() {
        byte[] whole = Samples.signalling(SEED, CaptureFormat.PCAP, 100);
        byte[][] others = {
            Arrays.copyOf(whole, 2000), Arrays.copyOf(whole, 5), Samples.signalling(SEED + 1, CaptureFormat.PCAP, 30)
        };
        Path known = Samples.write(captures.resolve("b"), Samples.signalling(SEED + 2, CaptureFormat.PCAP, 10));
        for (byte[] other : others) {
            Path file = Samples.write(captures.resolve("a"), whole);
            Path at = home.resolve("index-" + other.length);
            Runs.index(at, known);
            // The second file is known, which is told when the first is planned and not yet read.
            Runs.Heard heard = new Runs.Heard() {
                @Override
                public void progress(long octets) {
                    if (lines.isEmpty()) {
                        Samples.write(file, other);
                    }
                }
            };
            assertTrue(Runs.index(at, 1, Settings.SPLIT_SIZE, heard, captures).isDamaged());
            assertTrue(heard.lines.contains("a FILE_CUT"), heard.lines.toString());
            Path direct = home.resolve("direct-" + other.length);
            Runs.index(direct, captures);
            assertEquals(Runs.content(direct), Runs.content(at));
            assertEquals(0, Runs.index(at, captures).documents());
        }
    }

    @Test
    void shouldSayThatACaptureBeginsWithinAStreamAndCallItWhole() throws IOException {
        byte[] echo = HexFormat.of().parseHex("0f0100000001");
        PacketBuilder packets = new PacketBuilder();
        CaptureBuilder capture = CaptureBuilder.pcap();
        for (int i = 0; i < 3; i++) {
            capture.packet(packets.reset().ethernet().ipv4("192.0.2.1", "192.0.2.2")
                    .tcp(40_000, 3386, 1000 + i * echo.length, 0x18).octets(echo).toBytes());
        }
        Runs.Heard heard = new Runs.Heard();
        Path file = Samples.write(captures.resolve("a"), capture.toBytes());
        Summary summary = Runs.index(index, 1, Settings.SPLIT_SIZE, heard, file);
        assertEquals(
                List.of(Fault.STREAM_JOINED),
                summary.faults().stream().map(Summary.FaultTotal::fault).toList());
        assertFalse(summary.isDamaged());
    }

    @Test
    void shouldCountEachCaptureOnceInWhichAFaultIs() throws IOException {
        byte[] noMessage =
                new PacketBuilder().ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(8805, 8805).octets(new byte[2])
                        .toBytes();
        Path[] files = new Path[2];
        for (int i = 0; i < files.length; i++) {
            CaptureBuilder capture = CaptureBuilder.pcap();
            for (int n = 0; n < 3000 + i; n++) {
                capture.packet(noMessage);
            }
            files[i] = Samples.write(captures.resolve("capture-" + i), capture.toBytes());
        }
        Summary summary = Runs.index(index, 2, 1 << 16, new Runs.Heard(), files);
        assertTrue(summary.shards() > 3, "several parts of each: " + summary.shards());
        assertEquals(List.of(2L), summary.faults().stream().map(Summary.FaultTotal::captures).toList());
        assertEquals(List.of(6001L), summary.faults().stream().map(Summary.FaultTotal::count).toList());
    }

    @Test
    void shouldReadAFileToItsEndWhoseNameIsGone() throws IOException {
        byte[] whole = Samples.signalling(SEED, CaptureFormat.PCAP, 20_000);
        Path file = Samples.write(captures.resolve("a"), whole);
        Settings settings = Settings.standard();
        try (WritableIndex writable = WritableIndex.open(index, settings, line -> {})) {
            Split split = split(file);
            ShardBuilder builder = new ShardBuilder(settings, 10_000, Runs.MEMORY, () -> {
                file.toFile().delete();
                return false;
            });
            Manifest manifest = builder.build(split, writable.begin(split.name()));
            assertEquals(20_000, manifest.documents());
        }
    }

    private static Split split(Path file) throws IOException {
        try (Capture capture = Capture.open(file, new FaultLog())) {
            long modified = Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS);
            long size = capture.length();
            String id = RangeDigest.of(capture.octets(), 0, 0);
            return Split.of(List.of(
                    new Split.Range(id, 0, file.toString(), size, modified, 0, 0, capture.first(), size)));
        }
    }

    private static void cut(Path file, long length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
