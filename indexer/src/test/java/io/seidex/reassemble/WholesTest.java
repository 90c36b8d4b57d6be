package io.seidex.reassemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WholesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long LIFE = 60 * SECOND;

    private final List<String> abandoned = new ArrayList<>();
    private final Wholes wholes = wholes(16L << 20);
    private long frame;

    private Wholes wholes(long budget) {
        return new Wholes(budget, LIFE, (whole, why) -> {
            StringBuilder line = new StringBuilder().append(whole.keyWord(0)).append(' ').append(why).append(" of");
            while (whole.next()) {
                line.append(' ').append(whole.frame());
            }
            abandoned.add(line.toString());
        });
    }

    @AfterEach
    void close() {
        wholes.close();
    }

    private boolean offer(long identity, int from, String text, boolean last, long nanos, Overlaps overlaps) {
        return offer(wholes, identity, from, text, last, nanos, overlaps);
    }

    private boolean offer(
            Wholes wholes, long identity, int from, String text, boolean last, long nanos, Overlaps overlaps) {
        try (Octets octets = Octets.of(text.getBytes(StandardCharsets.US_ASCII))) {
            wholes.key().clear().add(identity);
            wholes.piece().over(octets, 0, 0, text.length()).offset(from)
                    .end(last ? from + text.length() : Piece.UNKNOWN).seen(++frame, 0, nanos);
            return wholes.offer(overlaps);
        }
    }

    private String text() {
        return new String(WholesOracleTest.together(wholes.completed()), StandardCharsets.US_ASCII);
    }

    @Test
    void shouldKeepIdentitiesApart() {
        assertFalse(offer(1, 0, "ab", false, 0, Overlaps.ANEW));
        assertFalse(offer(2, 2, "CD", true, 0, Overlaps.ANEW));
        assertTrue(offer(1, 2, "cd", true, 0, Overlaps.ANEW));
        assertEquals("abcd", text());
        assertTrue(offer(2, 0, "AB", false, 0, Overlaps.ANEW));
        assertEquals("ABCD", text());
    }

    @Test
    void shouldForgetWhatIsTooOld() {
        offer(1, 0, "ab", false, 0, Overlaps.ANEW);
        assertFalse(offer(1, 2, "cd", true, LIFE + 1, Overlaps.ANEW));
        assertEquals(List.of("1 WHOLE_INCOMPLETE of 1"), abandoned);
        assertTrue(offer(1, 0, "ab", false, LIFE + 2, Overlaps.ANEW));
        assertEquals(1, wholes.expired());
    }

    @Test
    void shouldForgetWhatIsTooOldWhoeverComes() {
        offer(1, 0, "ab", false, 0, Overlaps.ANEW);
        offer(2, 0, "ab", false, LIFE, Overlaps.ANEW);
        offer(3, 0, "ab", false, LIFE + 1, Overlaps.ANEW);
        assertEquals(List.of("1 WHOLE_INCOMPLETE of 1"), abandoned);
        assertEquals(2, wholes.open());
    }

    @Test
    void shouldForgetWhatComesFromTheFuture() {
        offer(1, 0, "ab", false, 2 * LIFE, Overlaps.ANEW);
        assertFalse(offer(1, 2, "cd", true, 0, Overlaps.ANEW));
        assertTrue(offer(1, 0, "ab", false, 0, Overlaps.ANEW));
        assertEquals(List.of("1 WHOLE_INCOMPLETE of 1"), abandoned);
    }

    @Test
    void shouldTellPiecesThatComeTwiceFromTheNextWhole() {
        offer(1, 0, "ab", false, 0, Overlaps.ANEW);
        offer(1, 0, "ab", false, 1, Overlaps.ANEW);
        assertTrue(offer(1, 2, "cd", true, 2, Overlaps.ANEW));
        assertEquals(3, wholes.completed().pieces());
        assertFalse(offer(1, 2, "cd", true, 3, Overlaps.ANEW));
        assertEquals(0, wholes.open());
        // The same identity again, at once: without memory of the one before, the end of that would be taken for its own.
        assertFalse(offer(1, 0, "AB", false, 4, Overlaps.ANEW));
        assertTrue(offer(1, 2, "CD", true, 5, Overlaps.ANEW));
        assertEquals("ABCD", text());
        assertEquals(List.of(), abandoned);
    }

    @Test
    void shouldUseAnIdentityAgainThatWasCompleted() {
        assertTrue(offer(1, 0, "abcd", true, 0, Overlaps.ANEW));
        assertFalse(offer(1, 0, "ab", false, 3 * SECOND, Overlaps.ANEW));
        assertTrue(offer(1, 2, "cd", true, 3 * SECOND, Overlaps.ANEW));
    }

    @Test
    void shouldRefuseAWholeWhosePiecesOverlapUntilItsTimeIsOver() {
        offer(1, 0, "abcd", false, 0, Overlaps.NONE);
        assertFalse(offer(1, 2, "xd", false, 1, Overlaps.NONE));
        assertEquals(Fault.PIECE_OVERLAP, wholes.fault());
        assertFalse(offer(1, 0, "abcd", false, 2, Overlaps.NONE));
        assertFalse(offer(1, 4, "ef", true, 2, Overlaps.NONE));
        assertEquals(Fault.PIECE_OVERLAP, wholes.fault());
        assertEquals(0, wholes.open());
        assertFalse(offer(1, 0, "ab", false, LIFE + 1, Overlaps.NONE));
        assertEquals(List.of("1 PIECE_OVERLAP of 1 2 3 4"), abandoned, "those that came later, too");
        assertTrue(offer(1, 2, "cd", true, LIFE + 2, Overlaps.NONE));
    }

    @Test
    void shouldTakePiecesThatOverlapAndAgree() {
        offer(1, 2, "cd", false, 0, Overlaps.ANEW);
        offer(1, 6, "gh", true, 0, Overlaps.ANEW);
        assertTrue(offer(1, 0, "abcdefg", false, 0, Overlaps.ANEW));
        assertEquals("abcdefgh", text());
        assertEquals(3, wholes.completed().pieces());
    }

    @Test
    void shouldRefuseEveryOverlapWhereNoneIsAllowed() {
        offer(1, 0, "abcd", false, 0, Overlaps.NONE);
        assertFalse(offer(1, 0, "abcd", false, 0, Overlaps.NONE));
        assertEquals(Fault.NONE, wholes.fault());
        assertFalse(offer(1, 2, "cdef", true, 0, Overlaps.NONE));
        assertEquals(Fault.PIECE_OVERLAP, wholes.fault());
        assertFalse(offer(1, 4, "ef", true, 0, Overlaps.NONE));
        assertEquals(Fault.PIECE_OVERLAP, wholes.fault());
    }

    @Test
    void shouldBeginAnewWhereAnIdentityIsUsedAgain() {
        offer(1, 0, "ab", false, 0, Overlaps.ANEW);
        assertFalse(offer(1, 0, "AB", false, 1, Overlaps.ANEW));
        assertEquals(Fault.PIECE_CONFLICT, wholes.fault());
        assertTrue(offer(1, 2, "CD", true, 2, Overlaps.ANEW));
        assertEquals("ABCD", text());
        assertEquals(Fault.PIECE_CONFLICT, wholes.fault(), "not in silence");
        assertEquals(List.of("1 PIECE_CONFLICT of 1"), abandoned);
    }

    @Test
    void shouldRefuseSizesThatContradictEachOther() {
        offer(1, 0, "abcd", true, 0, Overlaps.ANEW);
        offer(2, 0, "ab", false, 0, Overlaps.ANEW);
        offer(2, 4, "ef", true, 0, Overlaps.ANEW);
        assertFalse(offer(2, 2, "cd", true, 0, Overlaps.ANEW));
        assertEquals(Fault.WHOLE_SIZE_CONFLICT, wholes.fault());
        offer(3, 4, "ef", true, 0, Overlaps.ANEW);
        assertFalse(offer(3, 4, "efgh", false, 0, Overlaps.ANEW), "beyond the end");
        assertEquals(Fault.WHOLE_SIZE_CONFLICT, wholes.fault());
        offer(4, 4, "efgh", false, 0, Overlaps.ANEW);
        assertFalse(offer(4, 2, "cd", true, 0, Overlaps.ANEW), "an end before what is there");
        assertEquals(Fault.WHOLE_SIZE_CONFLICT, wholes.fault());
    }

    @Test
    void shouldRefuseAPieceOfNothing() {
        assertFalse(offer(1, 8, "", true, 0, Overlaps.ANEW));
        assertEquals(Fault.PIECE_EMPTY, wholes.fault());
        assertEquals(0, wholes.open());
    }

    @Test
    void shouldGiveUpTheOldestForWantOfMemory() {
        try (Wholes small = wholes(64 << 10)) {
            int identities = 5000;
            for (int identity = 0; identity < identities; identity++) {
                offer(small, identity, 0, "some octets to keep", false, identity, Overlaps.ANEW);
                assertTrue(small.bytes() <= 64 << 10, small.bytes() + " octets");
                assertEquals(Fault.NONE, small.fault());
            }
            assertTrue(small.open() > 100, small.open() + " are open");
            assertEquals(identities, small.open() + small.givenUp());
            assertEquals("0 WHOLE_GIVEN_UP of 1", abandoned.getFirst());
            assertEquals(abandoned.size(), small.givenUp());
            for (int identity = identities - 100; identity < identities; identity++) {
                assertTrue(offer(small, identity, 19, "!", true, identities, Overlaps.ANEW), "open " + identity);
            }
        }
    }

    @Test
    void shouldGiveUpAWholeThatTakesAllMemoryAlone() {
        try (Wholes small = wholes(64 << 10)) {
            for (int i = 0; i < 5000; i++) {
                offer(small, 1, 2 * i, "x", false, 0, Overlaps.ANEW);
                assertTrue(small.bytes() <= 64 << 10, small.bytes() + " octets");
            }
            assertTrue(small.givenUp() > 1);
            small.end();
            assertEquals(0, small.open());
        }
    }

    @Test
    void shouldTakeNothingWithoutMemory() {
        try (Wholes none = wholes(100)) {
            assertFalse(offer(none, 1, 0, "x", true, 0, Overlaps.ANEW));
            assertEquals(Fault.WHOLE_GIVEN_UP, none.fault());
            assertEquals(0, none.bytes());
        }
    }

    @Test
    void shouldNameWhatIsOpenAtTheEnd() {
        offer(1, 0, "ab", false, 0, Overlaps.ANEW);
        offer(2, 0, "ab", false, 0, Overlaps.ANEW);
        offer(1, 2, "cd", true, 0, Overlaps.ANEW);
        offer(3, 4, "ef", true, 0, Overlaps.ANEW);
        offer(3, 4, "ef", true, 0, Overlaps.ANEW);
        wholes.end();
        assertEquals(List.of("2 NONE of 2", "3 NONE of 4 5"), abandoned);
    }
}
