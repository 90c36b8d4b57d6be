package io.seidex.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import io.seidex.traffic.Bytes;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Extension headers as {@code type@place[octets]}, then where the payload begins, or the fault and its place. */
class GtpExtensionCursorTest {
    private static final int ROUNDS = 20_000;
    private static final int LONGEST = 80;
    private static final int OPTIONAL_END = 12;
    private static final String CHAIN = "34 ff 0018 0000000a 000000 c0 01 0102 85 02 100180000000 84 01 0000 00 4500";

    @Test
    void shouldVisitEveryExtensionHeader() {
        assertEquals("+8", walk("30 ff 0002 0000000a 4500"));
        assertEquals("+12", walk("32 ff 0006 0000000a 0007 00 85 4500"), "none unless the flag says so");
        assertEquals("+12", walk("34 ff 0006 0000000a 0000 00 00 4500"));
        assertEquals("133@12[4] +16", walk("34 ff 0009 0000000a 000000 85 01 0005 00 45"));
        assertEquals("192@12[4] 133@16[8] 132@24[4] +28", walk(CHAIN));
        assertEquals("133@12[4] 133@16[4] +20", walk("34 ff 000c 0000000a 000000 85 01 0005 85 01 0006 00"));
        assertEquals("193@12[4] +16", walk("36 20 0008 0000000a 000700 c1 01 ffff 00"), "of the control plane");
        assertEquals("+6", walk("2e ff 0000 0007"), "GTP' has none");
    }

    @Test
    void shouldStopAtALengthThatLies() {
        assertEquals("extension-malformed+12", walk("34 ff 0008 0000000a 000000 85 00 0005 00"));
        assertEquals("extension-malformed+12", walk("34 ff 0008 0000000a 000000 85 02 0005 00"));
        assertEquals("extension-malformed+12", walk("34 ff 0004 0000000a 000000 85"));
        assertEquals("133@12[4] extension-malformed+16", walk("34 ff 000c 0000000a 000000 85 01 0005 c0 ff 0001 00"));
    }

    @Test
    void shouldTellWhereTheContentStands() {
        byte[] content = Bytes.hex(CHAIN);
        try (Octets octets = Octets.of(content)) {
            GtpExtensionCursor cursor = new GtpExtensionCursor();
            cursor.over(octets, 0, content.length);
            assertTrue(cursor.next() && cursor.next());
            assertEquals(17, cursor.contentAt());
            assertEquals(6, cursor.contentLength());
            assertEquals(GtpExtensionCursor.PDU_SESSION_CONTAINER, cursor.type());
        }
    }

    @Test
    void shouldNotLookBeyondTheMessage() {
        byte[] content = Bytes.hex(CHAIN);
        for (int length = OPTIONAL_END; length <= content.length; length++) {
            byte[] zeros = Arrays.copyOf(content, content.length + 40);
            Arrays.fill(zeros, length, zeros.length, (byte) 0);
            byte[] ones = zeros.clone();
            Arrays.fill(ones, length, ones.length, (byte) 0xFF);
            assertEquals(walk(zeros, length), walk(ones, length), "cut to " + length);
        }
    }

    @Test
    void shouldSurviveRandomOctets() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] content = new byte[OPTIONAL_END + random.nextInt(LONGEST)];
            random.nextBytes(content);
            for (int i = OPTIONAL_END; i < content.length; i += 4) {
                content[i] = (byte) random.nextInt(4);
            }
            content[0] = 0x34;
            String walked;
            try {
                walked = walk(content, content.length);
            } catch (RuntimeException e) {
                throw new AssertionError("-Dseed=" + seed + " " + Bytes.hex(content), e);
            }
            assertTrue(walked.split(" ").length <= content.length / 4, () -> "-Dseed=" + seed + " " + walked);
        }
    }

    private static String walk(String hex) {
        byte[] content = Bytes.hex(hex);
        return walk(content, content.length);
    }

    private static String walk(byte[] content, int available) {
        StringBuilder text = new StringBuilder();
        try (Octets octets = Octets.of(content)) {
            GtpExtensionCursor cursor = new GtpExtensionCursor();
            cursor.over(octets, 0, available);
            while (cursor.next()) {
                text.append(cursor.type()).append('@').append(cursor.at()).append('[').append(cursor.length())
                        .append("] ");
            }
            text.append(cursor.fault() == Fault.NONE ? "" : cursor.fault().label()).append('+').append(cursor.endAt());
        }
        return text.toString();
    }
}
