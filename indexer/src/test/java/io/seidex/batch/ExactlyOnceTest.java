package io.seidex.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.store.PacketIndex;
import io.seidex.traffic.CaptureFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No packet is missing and none is there twice, whatever happens to the files and to the runs. */
class ExactlyOnceTest {
    private static final long SEED = Long.getLong("seed", 1);
    private static final int SMALL_SPLIT = 4096;

    @TempDir
    Path home;

    private Path captures;
    private int made;

    @BeforeEach
    void captures() throws IOException {
        captures = Files.createDirectory(home.resolve("キャプチャ und more"));
    }

    /** Six captures: large and small ones of a split of {@link #SMALL_SPLIT}. */
    private void several() {
        Samples.write(captures.resolve("a.pcap"), Samples.signalling(SEED, CaptureFormat.PCAP, 300));
        Samples.write(captures.resolve("b.pcapng"), Samples.sections(SEED + 1, 200));
        Samples.write(captures.resolve("c/tiny 1.pcap"), Samples.signalling(SEED + 2, CaptureFormat.PCAP_NANOS, 5));
        Samples.write(captures.resolve("c/tiny 2.pcap"), Samples.signalling(SEED + 3, CaptureFormat.PCAP_BIG, 7));
        Samples.write(captures.resolve("c/nothing.pcap"), Samples.signalling(SEED, CaptureFormat.PCAP, 0));
        Samples.write(captures.resolve("d.pcapng"), Samples.signalling(SEED + 4, CaptureFormat.PCAPNG, 30));
    }

    private Path index() {
        return home.resolve("index-" + made++);
    }

    private List<String> once(Path... paths) {
        Path index = index();
        Runs.index(index, paths);
        return Runs.content(index);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void shouldHoldTheSameForAnyNumberOfThreads(int threads) {
        several();
        List<String> expected = once(captures);
        assertEquals(542, expected.size());
        Path index = index();
        Summary summary = Runs.index(index, threads, SMALL_SPLIT, new Runs.Heard(), captures);
        assertEquals(542, summary.documents());
        assertTrue(shards(index) > 10);
        assertEquals(expected, Runs.content(index));
        Runs.check(index);
    }

    private static int shards(Path index) {
        try {
            return PacketIndex.open(index).shards().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(CaptureFormat.class)
    void shouldHoldTheSameIfCutAtEveryRecord(CaptureFormat format) {
        Samples.write(captures.resolve("a"), Samples.signalling(SEED, format, 40));
        Path index = index();
        Runs.index(index, 2, 1, new Runs.Heard(), captures);
        assertTrue(shards(index) >= 40, "blocks that are no packets may stand alone");
        assertEquals(once(captures), Runs.content(index));
    }

    @Test
    void shouldHoldTheSameIfSectionsAreCutAtEveryRecord() {
        Samples.write(captures.resolve("a"), Samples.sections(SEED, 40));
        Path index = index();
        Runs.index(index, 2, 1, new Runs.Heard(), captures);
        List<String> content = Runs.content(index);
        assertEquals(40, content.size());
        assertEquals(once(captures), content);
        Runs.check(index);
    }

    @Test
    void shouldIndexNothingASecondTime() {
        several();
        Path index = index();
        Runs.index(index, 2, SMALL_SPLIT, new Runs.Heard(), captures);
        List<String> content = Runs.content(index);
        int shards = shards(index);
        Summary again = Runs.index(index, 2, SMALL_SPLIT, new Runs.Heard(), captures, captures.resolve("a.pcap"));
        assertEquals(0, again.documents());
        assertEquals(0, again.shards());
        assertEquals(6, again.known());
        assertEquals(shards, shards(index));
        assertEquals(content, Runs.content(index));
    }

    @Test
    void shouldGoOnWhereARunWasKilled() throws IOException {
        several();
        Path whole = index();
        Runs.index(whole, 2, SMALL_SPLIT, new Runs.Heard(), captures);
        List<String> expected = Runs.content(whole);
        List<String> names = PacketIndex.open(whole).shards().stream().map(shard -> shard.name()).toList();
        Random random = new Random(SEED);
        for (int round = 0; round < 6; round++) {
            // A kill leaves some shards published, others built or half built in tmp, the rest not begun.
            Path killed = index();
            copy(whole, killed);
            for (String name : names) {
                Path shard = killed.resolve("shards").resolve(name);
                Path built = killed.resolve("tmp").resolve(name);
                switch (random.nextInt(4)) {
                    case 0 -> delete(shard);
                    case 1 -> Files.move(shard, built, StandardCopyOption.ATOMIC_MOVE);
                    case 2 -> {
                        Files.move(shard, built, StandardCopyOption.ATOMIC_MOVE);
                        Files.deleteIfExists(built.resolve(random.nextBoolean() ? "manifest.json" : "segments_1"));
                    }
                    default -> {
                        // published
                    }
                }
            }
            int threads = 1 + random.nextInt(3);
            Runs.index(killed, threads, SMALL_SPLIT, new Runs.Heard(), captures);
            assertEquals(expected, Runs.content(killed), "seed " + SEED + " round " + round);
            assertEquals(0, Runs.index(killed, 1, SMALL_SPLIT, new Runs.Heard(), captures).documents());
        }
    }

    /** The child of the test below: indexes {@code PATH} into {@code INDEX} in small splits. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            Runs.index(Path.of(arguments[0]), 2, SMALL_SPLIT, new Runs.Heard(), Path.of(arguments[1]));
        }
    }

    @Test
    void shouldSurviveAProcessThatIsKilled() throws IOException, InterruptedException {
        Samples.write(captures.resolve("a.pcap"), Samples.signalling(SEED, CaptureFormat.PCAP, 3000));
        Samples.write(captures.resolve("b.pcapng"), Samples.sections(SEED, 200));
        List<String> expected = once(captures);
        Path index = index();
        Random random = new Random(SEED);
        int published = 0;
        for (int round = 0; round < 4; round++) {
            Process child =
                    Runs.child(home.resolve("child.txt"), Child.class, index.toString(), captures.toString());
            int enough = published + 1 + random.nextInt(20);
            while (child.isAlive() && published < enough) {
                Thread.onSpinWait();
                published = count(index.resolve("shards"));
            }
            child.destroyForcibly().waitFor();
        }
        Runs.index(index, 2, SMALL_SPLIT, new Runs.Heard(), captures);
        assertTrue(published > 0, () -> "the child did nothing: " + home.resolve("child.txt"));
        assertEquals(expected, Runs.content(index), "seed " + SEED);
        Runs.check(index);
    }

    private static int count(Path directory) throws IOException {
        String[] names = directory.toFile().list();
        return names == null ? 0 : names.length;
    }

    @Test
    void shouldGoOnInARenamedFileWhereARunWasKilled() throws IOException {
        Path a = Samples.write(captures.resolve("a"), Samples.signalling(SEED, CaptureFormat.PCAP, 300));
        Path index = index();
        Runs.index(index, 1, SMALL_SPLIT, new Runs.Heard(), captures);
        List<String> names = PacketIndex.open(index).shards().stream().map(shard -> shard.name()).toList();
        delete(index.resolve("shards").resolve(names.getFirst()));
        Path b = Files.move(a, captures.resolve("b"));
        Summary summary = Runs.index(index, 1, SMALL_SPLIT, new Runs.Heard(), captures);
        assertEquals(1, summary.shards());
        assertEquals(300, Runs.content(index).size());
        assertEquals(List.of(a.toString(), b.toString()), PacketIndex.open(index).captures().getFirst().paths());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldKeepWhatIsPublishedWhenAThreadFails(int threads) throws IOException {
        several();
        Path whole = index();
        Runs.index(whole, 1, SMALL_SPLIT, new Runs.Heard(), captures);
        Path index = index();
        Runs.Heard failing = new Runs.Heard() {
            private int calls;

            @Override
            public void progress(long octets) {
                if (++calls >= 3) {
                    throw new IllegalStateException("the third");
                }
            }
        };
        IllegalStateException failure = assertThrows(
                IllegalStateException.class, () -> Runs.index(index, threads, SMALL_SPLIT, failing, captures));
        assertEquals("the third", failure.getMessage());
        int published = shards(index);
        assertTrue(published >= 3 && published < shards(whole), "published: " + published);
        Summary rest = Runs.index(index, 2, SMALL_SPLIT, new Runs.Heard(), captures);
        assertEquals(shards(whole), published + rest.shards());
        assertEquals(Runs.content(whole), Runs.content(index));
    }

    @Test
    void shouldNotIndexTheSameContentUnderAnotherName() throws IOException {
        several();
        List<String> expected = once(captures);
        Samples.write(captures.resolve("z/copy.pcap"), Files.readAllBytes(captures.resolve("a.pcap")));
        Samples.write(captures.resolve("z/copy.pcapng"), Files.readAllBytes(captures.resolve("b.pcapng")));
        Files.createSymbolicLink(captures.resolve("z/link"), captures.resolve("d.pcapng"));
        Path together = index();
        Summary summary = Runs.index(together, 2, SMALL_SPLIT, new Runs.Heard(), captures);
        assertEquals(3, summary.known());
        assertEquals(expected, Runs.content(together));
        Path later = index();
        Runs.index(later, 1, SMALL_SPLIT, new Runs.Heard(), captures.resolve("a.pcap"), captures.resolve("b.pcapng"));
        Runs.index(later, 1, SMALL_SPLIT, new Runs.Heard(), captures.resolve("z"));
        Runs.index(later, 1, SMALL_SPLIT, new Runs.Heard(), captures);
        assertEquals(542, Runs.content(later).size());
        PacketIndex index = PacketIndex.open(later);
        assertTrue(index.captures().stream()
                .anyMatch(capture -> capture.path().endsWith("a.pcap")
                        && capture.paths().contains(captures.resolve("z/copy.pcap").toString())));
        int shards = index.shards().size();
        assertEquals(9, Runs.index(later, 1, SMALL_SPLIT, new Runs.Heard(), captures).known());
        assertEquals(shards, shards(later), "nothing new to note");
    }

    @ParameterizedTest
    @ValueSource(longs = {1 << 20, 700})
    void shouldIndexOnlyTheTailOfAFileThatGrew(long splitSize) {
        byte[][] wholes = {
            Samples.signalling(SEED, CaptureFormat.PCAP, 24),
            Samples.sections(SEED, 24),
            Samples.signalling(SEED, CaptureFormat.PCAPNG_BIG, 24)
        };
        Random random = new Random(SEED);
        for (byte[] whole : wholes) {
            Path file = captures.resolve("a");
            Samples.write(file, whole);
            List<String> expected = once(file);
            assertEquals(24, expected.size());
            for (int round = 0; round < 3; round++) {
                Path index = index();
                long indexed = 0;
                int length = 0;
                while (length < whole.length) {
                    length = Math.min(whole.length, length + 1 + random.nextInt(whole.length / 2));
                    Samples.write(file, whole, length);
                    indexed += Runs.index(index, 1, splitSize, new Runs.Heard(), file).documents();
                }
                assertEquals(expected, Runs.content(index), "seed " + SEED + " round " + round);
                assertEquals(24, indexed);
                Runs.Heard heard = new Runs.Heard();
                assertFalse(Runs.index(index, 1, splitSize, heard, file).isDamaged(), () -> heard.lines.toString());
                Runs.check(index);
            }
        }
    }

    @Test
    void shouldFollowAFileThatGrewAndWasRenamed() throws IOException {
        byte[] whole = Samples.signalling(SEED, CaptureFormat.PCAP, 40);
        Path trace = Samples.write(captures.resolve("trace"), whole, whole.length / 2);
        Path index = index();
        Runs.index(index, captures);
        Files.delete(trace);
        Samples.write(captures.resolve("trace-1"), whole);
        Samples.write(trace, Samples.signalling(SEED + 1, CaptureFormat.PCAP, 10));
        Runs.index(index, captures);
        assertEquals(50, Runs.content(index).size());
        assertEquals(2, PacketIndex.open(index).captures().size());
    }

    @Test
    void shouldTakeALongerFileBesideTheShorterForAnother() {
        byte[] whole = Samples.signalling(SEED, CaptureFormat.PCAP, 40);
        Samples.write(captures.resolve("a"), whole, whole.length / 2);
        Samples.write(captures.resolve("b"), whole);
        Path together = index();
        Path oneByOne = index();
        Runs.index(together, captures);
        Runs.index(oneByOne, captures.resolve("a"));
        Runs.index(oneByOne, captures.resolve("b"));
        assertTrue(Runs.content(together).size() > 55);
        assertEquals(Runs.content(together), Runs.content(oneByOne));
    }

    @Test
    void shouldIndexAFileAnewWhoseContentChanged() throws IOException {
        byte[] content = Samples.signalling(SEED, CaptureFormat.PCAP, 300);
        Path file = Samples.write(captures.resolve("a"), content);
        Path index = index();
        Runs.index(index, 1, SMALL_SPLIT, new Runs.Heard(), file);
        // The same size, and the same octets at the beginning: only the digests tell.
        content[content.length - 1] ^= 1;
        Samples.write(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        Runs.index(index, 1, SMALL_SPLIT, new Runs.Heard(), file);
        assertEquals(600, Runs.content(index).size());
        assertEquals(2, PacketIndex.open(index).captures().size());
        assertEquals(0, Runs.index(index, 1, SMALL_SPLIT, new Runs.Heard(), file).documents());
    }

    @Test
    void shouldNotIndexAFileAnewThatWasOnlyTouched() throws IOException {
        Path file = Samples.write(captures.resolve("a"), Samples.signalling(SEED, CaptureFormat.PCAP, 300));
        Path index = index();
        Runs.index(index, 1, SMALL_SPLIT, new Runs.Heard(), file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertEquals(1, Runs.index(index, 1, SMALL_SPLIT, new Runs.Heard(), file).known());
        int shards = shards(index);
        assertEquals(1, Runs.index(index, 1, SMALL_SPLIT, new Runs.Heard(), file).known());
        assertEquals(shards, shards(index), "the new time is noted once");
        assertEquals(300, Runs.content(index).size());
    }

    @Test
    void shouldNotDependOnTheCatalog() throws IOException {
        several();
        Path index = index();
        Runs.index(index, 1, SMALL_SPLIT, new Runs.Heard(), captures);
        List<String> expected = Runs.content(index);
        Path catalog = index.resolve("catalog");
        byte[] sound = Files.readAllBytes(catalog);
        Random random = new Random(SEED);
        for (int round = 0; round < 8; round++) {
            byte[] broken = sound.clone();
            broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(catalog, broken);
            assertEquals(expected, Runs.content(index));
        }
        Files.delete(catalog);
        assertEquals(expected, Runs.content(index));
        assertFalse(Files.exists(catalog), "readers write nothing");
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(from)) {
            walk.forEach(paths::add);
        }
        for (Path path : paths) {
            Files.copy(path, to.resolve(from.relativize(path)));
        }
    }

    private static void delete(Path path) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(path)) {
            walk.forEach(paths::add);
        }
        for (Path each : paths.reversed()) {
            Files.delete(each);
        }
    }
}
