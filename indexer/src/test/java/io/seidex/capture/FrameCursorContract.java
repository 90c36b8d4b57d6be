package io.seidex.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every cursor keeps: it finds the same frames however the capture is cut into parts, it never looks outside its
 * octets, never throws, and ends.
 */
abstract class FrameCursorContract {
    private static final long SEED = Long.getLong("seed", 42);
    private static final int ROUNDS = 400;

    /**
     * A capture.
     *
     * @param frames how many frames are in it
     * @param cutsGiveItsFrames whether a start of it holds the same frames as far as it goes: not if a later record tells
     *     how to read the first
     */
    protected record Sample(String name, byte[] octets, int frames, boolean cutsGiveItsFrames) {
        protected Sample(String name, byte[] octets, int frames) {
            this(name, octets, frames, true);
        }
    }

    /** A walk: what was found, the borders before each frame and at the end, what was wrong. */
    private record Walk(List<String> frames, List<Border> borders, FaultLog faults) {}

    protected abstract List<Sample> samples();

    /** Whether a capture that ends within a record shows that it does: a text may end anywhere. */
    protected boolean showsItsCut() {
        return true;
    }

    @Test
    void shouldFindTheFramesOfEverySample() {
        for (Sample sample : samples()) {
            Walk walk = walk(sample.octets);
            assertEquals(sample.frames, walk.frames.size(), sample.name);
            assertEquals(sample.octets.length, walk.borders.getLast().at(), sample.name);
            assertTrue(walk.faults.isEmpty(), sample.name);
        }
    }

    @Test
    void shouldReadEveryPrefix() {
        for (Sample sample : samples()) {
            List<String> whole = walk(sample.octets).frames;
            for (int length = 0; length < sample.octets.length; length++) {
                Walk walk = walk(Arrays.copyOf(sample.octets, length));
                if (!showsItsCut()) {
                    int sure = Math.max(0, walk.frames.size() - 1);
                    String where = sample.name + ", the first " + length;
                    assertEquals(whole.subList(0, sure), walk.frames.subList(0, sure), where);
                } else if (sample.cutsGiveItsFrames) {
                    String where = sample.name + ", the first " + length;
                    assertEquals(whole.subList(0, walk.frames.size()), walk.frames, where);
                    boolean atBorder = length > 0 && walk.borders.getLast().at() == length;
                    assertEquals(atBorder, walk.faults.isEmpty(), where);
                }
            }
        }
    }

    @Test
    void shouldFindInPartsWhatIsInTheWhole() {
        for (Sample sample : samples()) {
            try (Capture capture = Capture.of(Octets.of(sample.octets), new FaultLog())) {
                Walk whole = walk(capture, capture.first(), capture.length());
                List<Border> borders = whole.borders;
                for (int from = 0; from < borders.size(); from++) {
                    for (int to = from; to < borders.size(); to++) {
                        Walk part = walk(capture, borders.get(from), borders.get(to).at());
                        String where = sample.name + ", frames " + from + " to " + to;
                        assertEquals(whole.frames.subList(from, to), part.frames, where);
                    }
                }
            }
        }
    }

    /** A part that ends between two borders holds each record that begins in it. */
    @Test
    void shouldBelongWhereItsRecordBegins() {
        for (Sample sample : samples()) {
            try (Capture capture = Capture.of(Octets.of(sample.octets), new FaultLog())) {
                List<String> whole = walk(capture, capture.first(), capture.length()).frames;
                for (long to = 0; to <= capture.length(); to++) {
                    Walk start = walk(capture, capture.first(), to);
                    Walk rest = walk(capture, start.borders.getLast(), capture.length());
                    List<String> both = new ArrayList<>(start.frames);
                    both.addAll(rest.frames);
                    assertEquals(whole, both, sample.name + " at " + to);
                }
            }
        }
    }

    @Test
    void shouldFindTheFirstBorderBehindAPlace() {
        for (Sample sample : samples()) {
            try (Capture capture = Capture.of(Octets.of(sample.octets), new FaultLog())) {
                long before = capture.first().at();
                for (long at = before; at <= capture.length(); at++) {
                    Border border = capture.border(capture.first(), at);
                    assertTrue(border.at() >= at, sample.name);
                    Border again = capture.border(capture.first(), border.at());
                    assertEquals(border, again, sample.name);
                    assertTrue(border.at() >= before, sample.name);
                    before = border.at();
                }
            }
        }
    }

    @Test
    void shouldNotLookBehindItsPart() {
        for (Sample sample : samples()) {
            List<Border> borders = walk(sample.octets).borders;
            for (Border to : borders) {
                for (byte filling : new byte[] {0, -1, 0x0A}) {
                    byte[] changed = sample.octets.clone();
                    Arrays.fill(changed, (int) to.at(), changed.length, filling);
                    try (Capture was = Capture.of(Octets.of(sample.octets), new FaultLog());
                            Capture is = Capture.of(Octets.of(changed), new FaultLog())) {
                        if (!sample.cutsGiveItsFrames || to.at() < 28) {
                            continue;
                        }
                        Walk expected = walk(was, was.first(), to.at());
                        Walk found = walk(is, is.first(), to.at());
                        assertEquals(expected.frames, found.frames, sample.name + " to " + to.at());
                        assertTrue(found.faults.isEmpty(), sample.name + " to " + to.at());
                    }
                }
            }
        }
    }

    @Test
    void shouldReadASingleRecordAsTheWalkDoes() {
        for (Sample sample : samples()) {
            try (Capture capture = Capture.of(Octets.of(sample.octets), new FaultLog())) {
                FrameCursor cursor = capture.cursor(new FaultLog());
                Frame frame = new Frame();
                while (cursor.next()) {
                    Frame expected = cursor.frame();
                    assertTrue(capture.frameAt(expected.recordAt(), expected.source(), frame), sample.name);
                    assertEquals(content(expected), content(frame), sample.name);
                }
                if (frame.source() == null) {
                    continue;
                }
                CaptureInterface any = frame.source();
                for (long at = -1; at <= capture.length(); at++) {
                    if (capture.frameAt(at, any, frame)) {
                        assertTrue(frame.at() + frame.captured() <= frame.octets().length(), sample.name);
                    }
                }
                assertFalse(capture.frameAt(Long.MAX_VALUE, any, frame), sample.name);
                assertFalse(capture.frameAt(Long.MIN_VALUE, any, frame), sample.name);
            }
        }
    }

    @Test
    void shouldSurviveMutations() {
        for (Sample sample : samples()) {
            for (int round = 0; round < ROUNDS; round++) {
                long seed = SEED + round;
                Random random = new Random(seed);
                byte[] changed = Arrays.copyOf(sample.octets, sample.octets.length - random.nextInt(3) * 5);
                for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                    int at = random.nextInt(changed.length);
                    switch (random.nextInt(4)) {
                        case 0 -> changed[at] = (byte) random.nextInt();
                        case 1 -> changed[at] ^= (byte) (1 << random.nextInt(8));
                        case 2 -> Arrays.fill(changed, at, Math.min(changed.length, at + 4), (byte) -1);
                        default -> Arrays.fill(changed, at, Math.min(changed.length, at + 4), (byte) 0);
                    }
                }
                walkOrSay(changed, sample.name + " -Dseed=" + seed);
            }
        }
    }

    @Test
    void shouldSurviveRandomOctets() {
        for (Sample sample : samples()) {
            for (int round = 0; round < ROUNDS; round++) {
                long seed = SEED + round;
                Random random = new Random(seed);
                byte[] changed = Arrays.copyOf(sample.octets, 28 + random.nextInt(2_000));
                int from = 4 + 8 * random.nextInt(4);
                for (int at = from; at < changed.length; at++) {
                    // Small numbers make plausible lengths.
                    changed[at] =
                            (byte) (random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(2) * random.nextInt(8));
                }
                walkOrSay(changed, sample.name + " -Dseed=" + seed);
            }
        }
    }

    private static void walkOrSay(byte[] octets, String what) {
        try {
            Walk walk = walk(octets);
            try (Capture capture = Capture.of(Octets.of(octets), new FaultLog())) {
                Border middle = capture.border(capture.first(), octets.length / 2);
                Walk start = walk(capture, capture.first(), middle.at());
                Walk rest = walk(capture, middle, octets.length);
                start.frames.addAll(rest.frames);
                assertEquals(walk.frames, start.frames);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(what, e);
        }
    }

    private static Walk walk(byte[] octets) {
        FaultLog faults = new FaultLog();
        try (Capture capture = Capture.of(Octets.of(octets), faults)) {
            Walk walk = walk(capture, capture.first(), capture.length());
            faults.add(walk.faults);
            return new Walk(walk.frames, walk.borders, faults);
        }
    }

    private static Walk walk(Capture capture, Border from, long to) {
        FaultLog faults = new FaultLog();
        List<String> frames = new ArrayList<>();
        List<Border> borders = new ArrayList<>();
        FrameCursor cursor = capture.cursor(from, to, faults);
        borders.add(cursor.border());
        long behind = from.at();
        long number = from.frame();
        while (cursor.next()) {
            Frame frame = cursor.frame();
            assertEquals(number++, frame.number());
            assertTrue(frame.recordAt() >= behind && frame.recordAt() < to, "begins in the part");
            assertTrue(frame.captured() >= 0 && frame.original() >= 0);
            assertTrue(frame.at() + frame.captured() <= frame.octets().length(), "within its memory");
            if (frame.octets() == capture.octets()) {
                assertTrue(frame.at() > frame.recordAt(), "its octets are behind its header");
                behind = frame.at() + frame.captured();
            } else {
                behind = frame.recordAt() + 1;
            }
            assertSame(frame.source(), cursor.interfaces().get(frame.sourceOrdinal()));
            Border border = cursor.border();
            assertTrue(border.at() >= behind);
            assertEquals(number, border.frame());
            frames.add(frame.number() + " at " + frame.recordAt() + ": " + content(frame));
            borders.add(border);
        }
        assertFalse(cursor.next(), "it has ended");
        // Blocks behind the last packet have been read as well.
        borders.set(borders.size() - 1, cursor.border());
        return new Walk(frames, borders, faults);
    }

    private static String content(Frame frame) {
        CaptureInterface source = frame.source();
        return frame.captured() + " of " + frame.original() + " at " + frame.at() + ", time "
                + (frame.hasTime() ? frame.timeNanos() : "unknown") + ", " + source + ": "
                + Arrays.toString(frame.octets().digest(frame.at(), frame.captured()));
    }
}
