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
        assertEquals(3, enough("a:u16; b:bytes[1+]"));
        assertEquals(3, enough("a:u16; (b:u8)*1+"));
        assertEquals(Integer.MAX_VALUE, enough("a:labels[1+]"));
    }

    @Test
    void shouldAskForAsManyOctetsAsTheRestMustHave() {
        assertTrue(isTooShort(Layout.of("a:text[3+]"), "6162"));
        assertFalse(isTooShort(Layout.of("a:text[3+]"), "61626364"));
        assertTrue(isTooShort(Layout.of("a:u8; (b:u8)*1+"), "01"));
        assertFalse(isTooShort(Layout.of("a:u8; (b:u8)*1+"), "0102"));
        assertFalse(isTooShort(Layout.of("a:u8; b:text[2+] if a==1"), "00"));
        assertTrue(isTooShort(Layout.of("a:u8; b:text[2+] if a==1"), "0161"));
    }

    @Test
    void shouldAskLabelsToEndWithTheirValue() {
        for (String type : new String[] {"labels", "name", "fqdn"}) {
            Layout layout = Layout.of("a:" + type + "[rest]");
            assertFalse(isTooShort(layout, ""));
            assertFalse(isTooShort(layout, "03616263"));
            assertFalse(isTooShort(layout, "0361626300"));
            assertTrue(isTooShort(layout, "07616263"));
            assertTrue(isTooShort(layout, "03616263" + "05616263"));
        }
        assertTrue(isTooShort(Layout.of("a:labels[rest]"), "616263"));
        assertFalse(isTooShort(Layout.of("a:name[rest]"), "20616263"));
        assertTrue(isTooShort(Layout.of("a:fqdn[rest]"), "20616263"));
        assertFalse(isTooShort(Layout.of("a:fqdn[rest]"), "616263"));
    }

    @Test
    void shouldMissWhatElementsMustHave() {
        Dictionary pfcp = Dictionary.pfcp();
        Dictionary gtpv2 = Dictionary.gtpv2();
        Dictionary gtpv1 = Dictionary.gtpv1();
        assertTrue(isTooShort(pfcp.element(0, 60).layout(), "0207616263"));
        assertTrue(isTooShort(pfcp.element(0, 22).layout(), "07616263"));
        assertFalse(isTooShort(pfcp.element(0, 22).layout(), "616263"));
        assertTrue(isTooShort(pfcp.element(0, 280).layout(), "c00002"));
        assertTrue(isTooShort(pfcp.element(0, 280).layout(), "c0000201aa"));
        assertTrue(isTooShort(pfcp.element(0, 317).layout(), "01"));
        assertTrue(isTooShort(pfcp.element(0, 320).layout(), "0001"));
        assertTrue(isTooShort(gtpv2.element(0, 74).layout(), "c00002"));
        assertTrue(isTooShort(gtpv2.element(0, 76).layout(), ""));
        assertTrue(isTooShort(gtpv2.element(0, 220).layout(), "30".repeat(35)));
        assertFalse(isTooShort(gtpv2.element(0, 220).layout(), "30".repeat(36)));
        assertTrue(isTooShort(gtpv1.element(0, 133).layout(), "c00002"));
        assertFalse(isTooShort(gtpv1.element(0, 133).layout(), "04c0000201"));
        assertTrue(isTooShort(gtpv1.element(0, 128).layout(), "f121c000"));
        assertFalse(isTooShort(gtpv1.element(0, 128).layout(), "f121"));
        assertTrue(isTooShort(gtpv1.element(0, 128).layout(), "f18dc0000201" + "20010db8"));
        assertFalse(isTooShort(gtpv1.element(0, 128).layout(), "f18dc0000201" + "00".repeat(16)));
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
