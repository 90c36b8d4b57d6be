package io.seidex.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LengthsTest {
    private static final int ROUNDS = 200;
    private static final int LONGEST = 40;

    private final LayoutReader reader = new LayoutReader();

    @Test
    void shouldSayWhatReadingEverythingFinds() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (Dictionary dictionary : Stream.of(Dictionary.pfcp(), Dictionary.gtpv2(), Dictionary.gtpv1(),
                Dictionary.gtpv0(), Dictionary.gtpu(), Dictionary.gtpPrime()).toList()) {
            Stream.concat(dictionary.elements().stream(), dictionary.headers().stream()).forEach(element -> {
                for (int round = 0; round < ROUNDS; round++) {
                    byte[] value = new byte[random.nextInt(LONGEST)];
                    random.nextBytes(value);
                    if (random.nextBoolean()) {
                        // Small counts and few flags are what real values have.
                        for (int i = 0; i < value.length; i++) {
                            value[i] &= (byte) (1 << random.nextInt(8));
                        }
                    }
                    check(element.layout(), value, "-Dseed=" + seed + " " + element);
                }
            });
        }
    }

    @Test
    void shouldSayItOfEveryPrefixOfEveryVector() {
        for (Vector vector : Vector.all()) {
            for (int length = 0; length <= vector.value().length; length++) {
                check(vector.element().layout(), Arrays.copyOf(vector.value(), length), vector.toString());
            }
        }
    }

    private void check(Layout layout, byte[] value, String hint) {
        try (Octets octets = Octets.of(value)) {
            for (reader.over(layout.program(), octets, 0, value.length); reader.next();) {
                // Only whether it comes to its end is wanted.
            }
            boolean isTooShort = reader.fault() != Fault.NONE;
            Lengths lengths = layout.lengths();
            assertEquals(isTooShort, lengths.isTooShort(octets, 0, value.length, reader),
                    () -> hint + " " + HexFormat.of().formatHex(value));
            assertTrue(!isTooShort || value.length < lengths.enough(), hint);
        }
    }

    @Test
    void shouldKnowWhatIsEnough() {
        assertEquals(0, enough("a:text[rest]"));
        assertEquals(4, enough("a:u32; b:bytes[rest]"));
        assertEquals(5, enough("a:u8; b:u32 if a; c:u16?"));
        assertEquals(7, enough("a:u8; b:u32?; c:u16"));
        assertEquals(1, enough("a:u8{b1=F}; (b:u8)*rest"));
        assertEquals(5, enough("a:bytes[5]{b:u8; c:u32}"));
        assertEquals(Integer.MAX_VALUE, enough("a:bytes[4]{b:u8; c:u32}"));
        assertEquals(Integer.MAX_VALUE, enough("n:u8; a:bytes[n]"));
        assertEquals(Integer.MAX_VALUE, enough("(a:u16)*rest"));
    }

    private static int enough(String layout) {
        return Layout.of(layout).lengths().enough();
    }

    @Test
    void shouldTellByTheFirstOctets() {
        Layout layout = Layout.of("a:u8{b1=F}; b:u8{b8=G}; c:u32 if F; d:u16 if G");
        assertTrue(isTooShort(layout, "0100"));
        assertTrue(isTooShort(layout, "00"));
        assertFalse(isTooShort(layout, "0000"));
        assertTrue(isTooShort(layout, "008000"));
        assertFalse(isTooShort(layout, "00800000"));
        assertTrue(isTooShort(layout, "01800000000000"));
        assertFalse(isTooShort(layout, "0180000000000000"));
        assertTrue(isTooShort(Layout.of("n:u16; a:bytes[n]"), "000301 02".replace(" ", "")));
    }

    private boolean isTooShort(Layout layout, String hex) {
        byte[] value = HexFormat.of().parseHex(hex);
        try (Octets octets = Octets.of(value)) {
            return layout.lengths().isTooShort(octets, 0, value.length, reader);
        }
    }
}
