package io.seidex.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CaptureInterfaceTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final BigInteger NANO = BigInteger.valueOf(1_000_000_000);

    @Test
    void shouldReadResolutions() {
        assertEquals(1, PcapngCursor.ticksPerSecond(0));
        assertEquals(1_000_000, PcapngCursor.ticksPerSecond(6));
        assertEquals("10000000000000000000", Long.toUnsignedString(PcapngCursor.ticksPerSecond(19)));
        assertEquals(-1, PcapngCursor.ticksPerSecond(20));
        assertEquals(-1, PcapngCursor.ticksPerSecond(127));
        assertEquals(1, PcapngCursor.ticksPerSecond(0x80));
        assertEquals(1024, PcapngCursor.ticksPerSecond(0x8A));
        assertEquals(Long.MIN_VALUE, PcapngCursor.ticksPerSecond(0xBF));
        assertEquals(-1, PcapngCursor.ticksPerSecond(0xC0));
        assertEquals(-1, PcapngCursor.ticksPerSecond(0xFF));
    }

    @Test
    void shouldReckonAsLongIntegersDo() {
        Random random = new Random(SEED);
        long[] edges = {0, 1, 999_999, 1_000_000, Long.MAX_VALUE / 1000, Long.MAX_VALUE, Long.MIN_VALUE, -1};
        long[] offsets = {0, 1, -1, 3_600, 1L << 33, -(1L << 33), Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1};
        for (int resolution = 0; resolution < 256; resolution++) {
            long ticksPerSecond = PcapngCursor.ticksPerSecond(resolution);
            for (long offset : offsets) {
                CaptureInterface source = new CaptureInterface(0, 0, false, 1, ticksPerSecond, offset, 0, "");
                for (long ticks : edges) {
                    assertReckons(source, ticks);
                }
                for (int i = 0; i < 50; i++) {
                    assertReckons(source, random.nextLong() >>> random.nextInt(64));
                }
            }
        }
    }

    private static void assertReckons(CaptureInterface source, long ticks) {
        BigInteger perSecond = new BigInteger(Long.toUnsignedString(source.ticksPerSecond()));
        BigInteger[] seconds = new BigInteger(Long.toUnsignedString(ticks)).divideAndRemainder(perSecond);
        BigInteger nanos = seconds[0].add(BigInteger.valueOf(source.offsetSeconds())).multiply(NANO)
                .add(seconds[1].multiply(NANO).divide(perSecond));
        long expected = nanos.bitLength() > 63
                ? nanos.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE
                : nanos.longValue();
        long found = source.nanos(ticks);
        boolean finest = source.ticksPerSecond() == -1;
        assertEquals(expected, found, finest ? 1 : 0, () -> Long.toUnsignedString(ticks) + " of " + source
                + ", -Dseed=" + SEED);
    }

    @Test
    void shouldHaveTicks() {
        assertThrows(IllegalArgumentException.class, () -> new CaptureInterface(0, 0, false, 1, 0, 0, 0, ""));
    }
}
