package io.seidex.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.octets.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expectations are what tshark 4.0.17 printed for these octets. */
class ValueTextTest {
    private final byte[] target = new byte[64];

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            NAME,   696e7465726e6574,                                       internet
            NAME,   08696e7465726e6574,                                     internet
            NAME,   08696e7465726e6574066d6e63303031,                       internet.mnc001
            NAME,   0361626364656667,                                       abc.efg
            NAME,   20616263,                                               ' abc'
            NAME,   1f616263,                                               abc
            NAME,   08696e7465726e657400,                                   internet.
            NAME,   0361626300026465,                                       abc..de
            NAME,   6162006364,                                             ab
            NAME,   056162006364,                                           ab
            NAME,   01,                                                     ''
            NAME,   00,                                                     ''
            NAME,   -,                                                      ''
            LABELS, 696e7465726e6574,                                       nternet
            LABELS, 04612e622e026364,                                       a.b..cd
            LABELS, 612e62,                                                 .b
            FQDN,   3062632e6578616d706c65,                                 bc.example
            FQDN,   4062632e6578616d706c65,                                 @bc.example
            FQDN,   02,                                                     ''
            TBCD,   00010121436587f9,                                       001010123456789
            TBCD,   00010121436587f9ff,                                     001010123456789
            TBCD,   0001f12143,                                             00101
            TBCD,   001a2b3c4d5e,                                           00?1?2?3?4?5
            TBCD,   ffff,                                                   ?
            TBCD,   1f,                                                     ?1
            TBCD,   -,                                                      ''
            TEXT,   6e61690061,                                             nai
            TEXT,   636166c3a9,                                             café
            """)
    void shouldWriteWhatTsharkPrints(MemberType type, String hex, String text) {
        assertEquals(text, write(type, HexFormat.of().parseHex(hex == null ? "" : hex)));
    }

    @Test
    void shouldKeepOctetsThatAreNoUtf8() {
        try (Octets octets = Octets.of(new byte[] {'a', (byte) 0xFF, 'b'})) {
            assertEquals(3, ValueText.write(MemberType.TEXT, octets, 0, 3, target));
            assertEquals((byte) 0xFF, target[1]);
        }
    }

    @Test
    void shouldCutWhatDoesNotFit() {
        try (Octets octets = Octets.of(HexFormat.of().parseHex("03616263036465660367686900"))) {
            for (MemberType type : MemberType.values()) {
                for (int room = 0; room <= 16; room++) {
                    assertTrue(ValueText.write(type, octets, 0, 13, new byte[room]) <= room);
                }
            }
            assertEquals(5, ValueText.labels(octets, 0, 13, new byte[5]));
            assertEquals(4, ValueText.labels(octets, 0, 13, new byte[4]));
        }
    }

    @Test
    void shouldSurviveRandomOctets() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            byte[] value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            for (MemberType type : MemberType.values()) {
                try (Octets octets = Octets.of(value)) {
                    int written = ValueText.write(type, octets, 0, value.length, target);
                    assertTrue(written >= 0 && written <= 2 * value.length, "-Dseed=" + seed);
                }
            }
        }
    }

    @Test
    void shouldJoinLabelsAndEndAtAZero() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < 5000; round++) {
            byte[] value = new byte[random.nextInt(40)];
            for (int i = 0; i < value.length; i++) {
                value[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt(3) : random.nextInt(12));
            }
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            for (int place = 0; place < value.length;) {
                int end = Math.min(value.length, place + 1 + (value[place] & 0xFF));
                if (place > 0) {
                    joined.write('.');
                }
                joined.write(value, place + 1, end - place - 1);
                place = end;
            }
            String expected = joined.toString(StandardCharsets.ISO_8859_1);
            int zero = expected.indexOf(0);
            assertEquals(zero < 0 ? expected : expected.substring(0, zero), write(MemberType.LABELS, value),
                    () -> "-Dseed=" + seed + " " + HexFormat.of().formatHex(value));
        }
    }

    private String write(MemberType type, byte[] value) {
        try (Octets octets = Octets.of(value)) {
            return new String(target, 0, ValueText.write(type, octets, 0, value.length, target),
                    StandardCharsets.UTF_8);
        }
    }
}
