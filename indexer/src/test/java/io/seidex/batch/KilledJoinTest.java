package io.seidex.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.store.PacketIndex;
import io.seidex.store.Settings;
import io.seidex.testing.CaptureParts;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed after its shards are published, and before what lies in several of them is joined. */
class KilledJoinTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int KILLED = 86;

    @TempDir
    Path directory;

    /** Where a run is killed. */
    private enum Point {
        /** When the last shard is published. */
        PUBLISHED,
        /** When the overlay is begun. */
        JOINING,
        /** When the overlay is published. */
        JOINED
    }

    /** The child of the test below: indexes the other arguments into {@code INDEX}, and ends at {@code POINT}. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Point point = Point.valueOf(arguments[0]);
            Path index = Path.of(arguments[1]);
            Path[] files = Arrays.stream(arguments).skip(2).map(Path::of).toArray(Path[]::new);
            long octets = 0;
            for (Path file : files) {
                octets += Files.size(file);
            }
            long all = octets;
            Thread.ofPlatform().daemon().start(() -> haltAt(point, index));
            Runs.index(index, 1, Settings.SPLIT_SIZE, new Runs.Heard() {
                @Override
                public void progress(long done) {
                    if (point == Point.PUBLISHED && done == all) {
                        Runtime.getRuntime().halt(KILLED);
                    }
                }
            }, files);
        }

        private static void haltAt(Point point, Path index) {
            while (true) {
                boolean isThere = switch (point) {
                    case PUBLISHED -> false;
                    case JOINING -> Files.exists(index.resolve("tmp").resolve("overlay"));
                    case JOINED -> shards(index) > 1;
                };
                if (isThere) {
                    Runtime.getRuntime().halt(KILLED);
                }
                Thread.onSpinWait();
            }
        }

    }

    private static int shards(Path index) {
        String[] names = index.resolve("shards").toFile().list();
        return names == null ? 0 : names.length;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void shouldJoinWhatAKilledRunLeft() throws IOException, InterruptedException {
        Path whole = directory.resolve("whole.pcap");
        Traffic.named(Traffic.PIECES, SEED).lost(5).duplicated(5).write(whole, CaptureFormat.PCAP, 300);
        List<Path> files = CaptureParts.of(whole, 5, new Random(SEED));
        Path expected = directory.resolve("expected");
        Runs.index(expected, files.toArray(Path[]::new));
        assertTrue(PacketIndex.open(expected).overlays().joins().size() > 3);
        for (Point point : Point.values()) {
            Path index = directory.resolve(point.name());
            String[] arguments = new String[2 + files.size()];
            arguments[0] = point.name();
            arguments[1] = index.toString();
            for (int i = 0; i < files.size(); i++) {
                arguments[2 + i] = files.get(i).toString();
            }
            Path says = directory.resolve("child.txt");
            int exit = Runs.child(says, Child.class, arguments).waitFor();
            // Who looks from beside may come too late for a moment, and see one while the next begins.
            assertTrue(exit == KILLED || exit == 0 && point != Point.PUBLISHED, () -> point + ": " + read(says));
            assertTrue(point != Point.PUBLISHED || PacketIndex.open(index).overlays().isEmpty());
            assertEquals(1, shards(index) - PacketIndex.open(index).shards().stream()
                    .filter(shard -> shard.manifest().isOverlay()).count());
            assertEquals(PacketIndex.open(index).documents(), Runs.content(index).size());
            Runs.index(index, files.toArray(Path[]::new));
            assertEquals(Runs.content(expected), Runs.content(index), point.name());
            Runs.check(index);
        }
    }
}
