package io.seidex.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.capture.Frame;
import io.seidex.store.Manifest.EndsRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndsTest {
    private static final long SEED = Long.getLong("seed", 1);

    @TempDir
    Path directory;

    private record Piece(long key, long frame, boolean begins) {}

    private static List<Piece> pieces(Ends.Pieces of) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < of.size(); i++) {
            pieces.add(new Piece(of.key(i), of.frame(i), of.begins(i)));
        }
        return pieces;
    }

    private Shard shard(byte[] file, int parts) throws IOException {
        if (file != null) {
            Files.write(directory.resolve(Layout.ENDS), file);
        }
        List<Manifest.Part> rows = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            rows.add(ManifestTest.sample().parts().getFirst());
        }
        Manifest manifest = new Manifest("", "", "", List.of(), List.of(), rows, List.of(), List.of(), 0, 0, List.of(),
                List.of(), 0, List.of());
        return new Shard(directory, manifest, new byte[0]);
    }

    @Test
    void shouldReadThePiecesThatItWrote() throws IOException {
        Random random = new Random(SEED);
        Ends.Writer writer = new Ends.Writer();
        writer.clear();
        List<List<Piece>> expected = new ArrayList<>();
        for (int part = 0; part < 5; part++) {
            writer.begin(new Frame(), () -> 0);
            List<Piece> end = new ArrayList<>();
            for (int i = random.nextInt(50); i > 0; i--) {
                Piece piece = new Piece(random.nextLong(), random.nextLong() >>> 2 + random.nextInt(60), false);
                end.add(piece);
                writer.open(piece.key, 0, piece.frame);
            }
            expected.add(end);
            assertEquals(new EndsRow(0, end.size(), 3, 0), writer.end(3));
        }
        List<Ends.OfPart> read = Ends.of(shard(writer.file(), 5));
        assertEquals(expected, read.stream().map(part -> pieces(part.end())).toList(), "seed " + SEED);
        assertTrue(read.stream().allMatch(part -> part.begin().size() == 0));
    }

    /** Key 1 is heard all the time, 2 is silent for too long, 3 comes late; of 4 it shows at 90 s where a whole begins. */
    @Test
    void shouldFollowTheKeysOfTheBeginUntilTheyAreSilentOrSettled() throws IOException {
        Ends.Writer writer = new Ends.Writer();
        Frame frame = new Frame();
        writer.clear();
        writer.begin(frame, () -> 0);
        long[][] offers = {{0, 10}, {0, 20}, {30, 40}, {60, 10}, {70, 30}, {80, 40}, {90, 40}, {100, 40}, {110, 10},
            {121, 20}, {122, 20}, {170, 10}, {231, 10}, {232, 10}};
        for (int i = 0; i < offers.length; i++) {
            frame.restore(new byte[1], i, 0, 1, null, OptionalLong.of(offers[i][0] * 1_000_000_000L));
            writer.offered(offers[i][1], false);
            if (offers[i][0] == 90) {
                writer.settled(offers[i][1]);
            }
        }
        assertEquals(new EndsRow(4, 0, 0, 0), writer.end(0));
        assertEquals(
                List.of(new Piece(40, 5, false), new Piece(40, 6, false), new Piece(10, 8, false),
                        new Piece(10, 11, false)),
                pieces(Ends.of(shard(writer.file(), 1)).getFirst().further()));
    }

    @Test
    void shouldListAStreamThatWasSilentUntilItIsSettled() throws IOException {
        Ends.Writer writer = new Ends.Writer();
        Frame frame = new Frame();
        writer.begin(frame, () -> 0);
        long[][] offers = {{0, 10}, {70, 31}, {80, 31}, {90, 31}, {100, 51}, {110, 30}, {601, 71}};
        for (int i = 0; i < offers.length; i++) {
            frame.restore(new byte[1], i, 0, 1, null, OptionalLong.of(offers[i][0] * 1_000_000_000L));
            writer.offered(offers[i][1], false);
            if (offers[i][0] == 80) {
                writer.settled(offers[i][1]);
            }
        }
        assertEquals(new EndsRow(4, 0, 0, 0), writer.end(0));
        assertEquals(List.of(new Piece(10, 0, false), new Piece(31, 1, false), new Piece(31, 2, false),
                new Piece(51, 4, false)), pieces(Ends.of(shard(writer.file(), 1)).getFirst().begin()));
    }

    @Test
    void shouldCountThePiecesThatHaveNoRoom() {
        Ends.Writer writer = new Ends.Writer();
        writer.begin(new Frame(), () -> 0);
        for (int i = 0; i < Ends.MOST + 7; i++) {
            writer.offered(i, true);
        }
        assertEquals(new EndsRow(Ends.MOST, 0, 0, 7), writer.end(0));
    }

    @Test
    void shouldTakeAFileOfAnotherVersionForNone() throws IOException {
        Ends.Writer writer = new Ends.Writer();
        assertNull(writer.file());
        writer.begin(new Frame(), () -> 0);
        writer.open(1, 0, 1);
        writer.end(1);
        byte[] file = writer.file();
        for (int i = 0; i < file.length; i++) {
            byte[] broken = file.clone();
            broken[i] ^= 1;
            assertEquals(List.of(Ends.OfPart.NONE, Ends.OfPart.NONE), Ends.of(shard(broken, 2)));
        }
    }
}
