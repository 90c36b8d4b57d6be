package io.seidex.reassemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import io.seidex.octets.GrowingOctets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random pieces of many wholes against bit sets and arrays, which are obviously right and slow. */
class WholesOracleTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int OPEN = 40;
    private static final int MOST = 200;

    private final Random random = new Random(SEED);
    private final String seed = "-Dseed=" + SEED;

    /** What one identity is of: its octets if all is well, and which of them came. */
    private final class Model {
        final long identity;
        final byte[] octets;
        final BitSet came = new BitSet();
        final byte[] first;
        final List<Long> frames = new ArrayList<>();
        final List<long[]> pieces = new ArrayList<>();
        boolean endTold;

        Model(long identity) {
            this.identity = identity;
            octets = new byte[1 + random.nextInt(MOST)];
            random.nextBytes(octets);
            first = new byte[octets.length];
        }

        boolean isComplete() {
            return endTold && came.cardinality() == octets.length;
        }
    }

    @Test
    void shouldPutTogetherWhatABitSetDoes() {
        for (Overlaps overlaps : Overlaps.values()) {
            compare(overlaps, false);
            compare(overlaps, true);
        }
    }

    private void compare(Overlaps overlaps, boolean copied) {
        List<Model> abandoned = new ArrayList<>();
        Map<Long, Model> models = new HashMap<>();
        Map<Long, Model> refused = new HashMap<>();
        try (Wholes wholes = new Wholes(8L << 20, Long.MAX_VALUE, (whole, why) -> {
            Model model = models.getOrDefault(whole.keyWord(0), refused.get(whole.keyWord(0)));
            abandoned.add(model);
            if (model == null) {
                assertEquals(Overlaps.ANEW, overlaps, "what began anew with the piece that lied");
                return;
            }
            assertEquals(model.frames.stream().sorted().toList(), frames(whole), seed);
            assertGaps(model, whole);
        })) {
            long completed = 0;
            long identities = 0;
            byte[] memory = new byte[4 * MOST];
            List<Octets> mapped = new ArrayList<>();
            for (long frame = 1; frame < 60_000; frame++) {
                if (models.size() < OPEN) {
                    models.put(identities, new Model(identities));
                    identities++;
                }
                Model model = new ArrayList<>(models.values()).get(random.nextInt(models.size()));
                int from = random.nextInt(model.octets.length);
                int to = Math.min(model.octets.length, from + 1 + random.nextInt(1 + model.octets.length / 3));
                boolean last = to == model.octets.length;
                if (overlaps == Overlaps.NONE) {
                    // Only pieces that come twice may overlap.
                    from = Math.max(model.came.previousSetBit(from) + 1, 0);
                    to = model.came.get(from) ? from : to;
                    int next = model.came.nextSetBit(from);
                    to = next < 0 ? to : Math.min(to, next);
                    if (to <= from) {
                        long[] again = model.pieces.get(random.nextInt(model.pieces.size()));
                        from = (int) again[0];
                        to = (int) again[1];
                    }
                    last = to == model.octets.length;
                }
                System.arraycopy(model.octets, from, memory, 7, to - from);
                boolean lies = overlaps != Overlaps.NONE && random.nextInt(400) == 0;
                if (lies) {
                    memory[7 + random.nextInt(to - from)] ^= 1;
                }
                boolean whole;
                Octets octets = Octets.of(memory);
                wholes.key().clear().add(model.identity);
                if (copied) {
                    wholes.piece().over(octets, 0, 7, to - from);
                } else {
                    wholes.source((int) frame, octets);
                    wholes.piece().over(wholes, (int) frame, 7, to - from);
                }
                wholes.piece().offset(from).end(last ? to : Piece.UNKNOWN).seen(frame, 0, frame);
                whole = wholes.offer(overlaps);
                if (copied) {
                    octets.close();
                } else {
                    mapped.add(octets);
                }
                boolean conflict = false;
                for (int place = from; place < to; place++) {
                    conflict |= model.came.get(place) && model.first[place] != memory[7 + place - from];
                }
                if (conflict) {
                    assertEquals(Fault.PIECE_CONFLICT, wholes.fault(), seed);
                    if (overlaps == Overlaps.ANEW) {
                        assertTrue(abandoned.remove(model), seed);
                    } else {
                        model.frames.add(frame);
                        refused.put(model.identity, model);
                    }
                    models.remove(model.identity);
                    continue;
                }
                assertEquals(Fault.NONE, wholes.fault(), seed);
                for (int place = from; place < to; place++) {
                    model.first[place] = model.came.get(place) ? model.first[place] : memory[7 + place - from];
                }
                model.came.set(from, to);
                model.endTold |= last;
                model.frames.add(frame);
                model.pieces.add(new long[] {from, to});
                assertEquals(model.isComplete(), whole, seed);
                if (whole) {
                    completed++;
                    assertEquals(model.octets.length, wholes.completed().length(), seed);
                    assertEquals(model.frames.size(), wholes.completed().pieces(), seed);
                    assertArrayEquals(model.first, together(wholes.completed()), seed);
                    assertEquals(model.frames.stream().sorted().toList(), frames(wholes.completed()), seed);
                    models.remove(model.identity);
                }
            }
            assertTrue(completed > 500, completed + " were completed");
            int open = wholes.open();
            abandoned.clear();
            wholes.end();
            assertEquals(open + refused.size(), abandoned.size());
            assertEquals(0, wholes.open());
            mapped.forEach(Octets::close);
        }
    }

    private void assertGaps(Model model, Whole whole) {
        BitSet missing = new BitSet();
        while (whole.nextGap()) {
            missing.set((int) whole.gapFrom(), (int) whole.gapTo());
        }
        BitSet expected = new BitSet();
        expected.set(0, model.endTold ? model.octets.length : model.came.length());
        expected.andNot(model.came);
        assertEquals(expected, missing, seed);
    }

    private static List<Long> frames(Whole whole) {
        List<Long> frames = new ArrayList<>();
        for (whole.rewind(); whole.next();) {
            frames.add(whole.frame());
        }
        frames.sort(null);
        return frames;
    }

    static byte[] together(Whole whole) {
        try (GrowingOctets buffer = new GrowingOctets()) {
            whole.appendTo(buffer);
            return buffer.octets().copy(0, (int) buffer.length());
        }
    }

    /** Pieces of one large whole in the worst orders: each costs the logarithm of their number. */
    @Test
    void shouldTakeManyPiecesInAnyOrder() {
        int pieces = 100_000;
        int[] order = new int[pieces];
        Arrays.setAll(order, i -> i);
        for (int i = pieces - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        try (Octets octets = Octets.of(new byte[] {1, 2, 3});
                Wholes wholes = new Wholes(64L << 20, Long.MAX_VALUE, (whole, why) -> {})) {
            wholes.source(0, octets);
            for (int i = 0; i < pieces; i++) {
                wholes.key().clear().add(1);
                wholes.piece().over(wholes, 0, i % 3, 1).number(order[i] + 1).begin(1).end(pieces + 1).seen(i, i, i);
                assertEquals(i == pieces - 1, wholes.offer(Overlaps.ANEW), seed);
            }
            assertEquals(pieces, wholes.completed().length());
        }
    }
}
