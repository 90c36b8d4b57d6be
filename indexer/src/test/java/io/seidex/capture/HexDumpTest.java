package io.seidex.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HexDumpTest extends FrameCursorContract {
    private static final String FIRST = "0000 01 02 03 04\n";
    private static final String SECOND = "0000 0a 0b\n";

    @Override
    protected List<Sample> samples() {
        String tshark = """
                    1   0.000000     10.0.0.1 → 10.0.0.2     UDP 51 4096 → 443 Len=1000

                0000  00 0e b6 00 00 02 00 0e b6 00 00 01 08 00 45 00   ..............E.
                0010  00 28 00 00 00 00 61 62 20 63 64                  .(....ab cd

                  100   0.100000     10.0.0.2 → 10.0.0.1     UDP 51 443 → 4096 Len=1000

                0000  00 0e b6 00 00 01 00 0e b6 00 00 02 08 00 45 00   ..............E.

                """;
        String timed = """
                # a comment
                I 2019-05-14T19:04:57Z
                000000 00 0e b6 00 00 02 00 0e b6 00 00 01 08 00 45 00
                  # another
                000010 00 28
                000012
                O 2019-05-14T19:04:58.123456789Z
                a remark
                > 000000: 00 0e b6 00
                000004\t00\t01 0
                """;
        String windows = FIRST.replace("\n", "\r\n") + "\r\n" + SECOND.replace("\n", "\r\n");
        return List.of(
                new Sample("as tshark prints", utf8(tshark), 2),
                new Sample("with times", utf8(timed), 2),
                new Sample("with carriage returns", utf8(windows), 2),
                new Sample("without an end", utf8(FIRST + "0004 05 06"), 1),
                new Sample("with a mark", utf8("\uFEFF" + FIRST + SECOND), 2));
    }

    @Override
    protected boolean showsItsCut() {
        return false;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Time, if there is one, and octets of each frame, and what was wrong. */
    private static List<String> frames(String text, FaultLog faults) {
        List<String> frames = new ArrayList<>();
        try (Capture capture = Capture.of(Octets.of(utf8(text)), faults)) {
            FrameCursor cursor = capture.cursor(faults);
            while (cursor.next()) {
                Frame frame = cursor.frame();
                String octets = HexFormat.of().formatHex(frame.octets().copy(frame.at(), frame.captured()));
                long nanos = frame.timeNanos();
                Instant time = Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000), nanos % 1_000_000_000);
                frames.add((frame.hasTime() ? time + " " : "") + octets);
                assertEquals(1, frame.source().linkType());
            }
        }
        return frames;
    }

    private static void assertFrames(String text, int faultCount, long firstAt, String... expected) {
        FaultLog faults = new FaultLog();
        assertEquals(List.of(expected), frames(text, faults), text);
        assertEquals(faultCount, faults.count(Layer.RECORD, Fault.LINE_MALFORMED), text);
        if (faultCount > 0) {
            assertEquals(firstAt, faults.firstAt(Layer.RECORD, Fault.LINE_MALFORMED), text);
        }
    }

    @Test
    void shouldReadWhatTheSamplesSpell() {
        List<Sample> samples = samples();
        FaultLog faults = new FaultLog();
        String tshark = new String(samples.get(0).octets(), StandardCharsets.UTF_8);
        assertEquals(
                List.of("000eb6000002000eb6000001080045000028000000006162206364", "000eb6000001000eb600000208004500"),
                frames(tshark, faults));
        String timed = new String(samples.get(1).octets(), StandardCharsets.UTF_8);
        assertEquals(List.of("2019-05-14T19:04:57Z 000eb6000002000eb6000001080045000028",
                "2019-05-14T19:04:58.123456789Z 000eb6000001"), frames(timed, faults));
        assertTrue(faults.isEmpty());
    }

    @Test
    void shouldReadTimes() {
        String[][] times = {
            {"2000-02-29 00:00:00", "2000-02-29T00:00:00Z"},
            {"2019-05-14T19:04:57.25+02:00", "2019-05-14T17:04:57.250Z"},
            {"2019-05-14T19:04:57-0030 and more", "2019-05-14T19:34:57Z"},
            {"  12 2019-05-14 19:04:57,000000001  10.0.0.1", "2019-05-14T19:04:57.000000001Z"},
            {"O 7 2019-05-14 19:04:57.1234567894", "2019-05-14T19:04:57.123456789Z"},
            {"2019-02-29 00:00:00", null},
            {"2019-13-01 00:00:00", null},
            {"2019-05-14 24:00:00", null},
            {"2019-05-14", null},
            {"at 2019-05-14 00:00:00", null},
            {"9999-01-01 00:00:00", null},
        };
        for (String[] time : times) {
            String expected = time[1] == null ? "01020304" : time[1] + " 01020304";
            assertFrames(time[0] + "\n" + FIRST + SECOND, 0, 0, expected, "0a0b");
            assertFrames(SECOND + "0002 0c\n" + time[0] + "\n\nmore text\n" + FIRST, 0, 0, "0a0b0c", expected);
        }
    }

    @Test
    void shouldTakeCharactersForWhatTheyAre() {
        // Nothing but the offset behind it tells that a0 is a character.
        assertFrames("0000 01 02  a0\n0002 03 04\n" + SECOND, 0, 0, "01020304", "0a0b");
        assertFrames("0000 01 02  a0 a1\n0002\n" + SECOND, 0, 0, "0102", "0a0b");
        assertFrames(FIRST + "0000 01 02   a0\n" + FIRST, 0, 0, "01020304", "0102", "01020304");
        assertFrames(FIRST + "0000 01 02 |a0 a1|\n", 0, 0, "01020304", "0102");
        assertFrames(FIRST + "0000 01 02 3 04\n", 0, 0, "01020304", "0102");
        assertFrames(FIRST + "0000 01 02 0304\n", 0, 0, "01020304", "0102");
    }

    @Test
    void shouldEndAPacketWhereAnOffsetContradictsIt() {
        int line = FIRST.length();
        assertFrames(FIRST + "0008 05 06\n000a 07\n" + SECOND, 1, line, "01020304", "0a0b");
        assertFrames(FIRST + "0003\n0004 05 06\n" + SECOND, 1, line + 5, "010203", "0a0b");
        assertFrames(FIRST + "0004 05 06\n0001 07\n" + SECOND, 1, line + 11, "010203040506", "0a0b");
        assertFrames(FIRST + "ffffffffffffffff 05\n" + SECOND, 0, 0, "01020304", "0a0b");
        assertFrames(FIRST + "7fffffffffffff 05\n" + SECOND, 1, line, "01020304", "0a0b");
        assertFrames("0010 05 06\n" + FIRST + SECOND, 1, 0, "01020304", "0a0b");
    }

    @Test
    void shouldTakeNoTextForAnOffset() {
        assertFrames(FIRST + "100 packets captured\n443 0.1 ab\n00 05\n" + SECOND, 0, 0, "01020304", "0a0b");
        assertFrames(FIRST + "# 0000 05\n#0004 06\n0004:07\n0004- 08\n" + SECOND, 0, 0, "01020304", "0a0b");
        assertFrames(FIRST + "0000\n" + SECOND, 0, 0, "01020304", "0a0b");
    }

    @Test
    void shouldNotTakeOtherTextsForItsOwn() {
        for (String text : List.of("000 12\n", "0000 12 13\nmore\n", "a 0000 01 02 03 04\n", "0000:01 02 03 04\n",
                "0x0000:  4500 003c\n", "00000000: 2b2d 2d2d\n", "0010 01 02 03 04\n", "time,seid\n000,11\n")) {
            FaultLog faults = new FaultLog();
            assertEquals(List.of(), frames(text, faults), text);
            assertEquals(1, faults.count(Layer.FILE, Fault.FILE_UNKNOWN), text);
        }
        assertFrames("000 12\n001 13\n", 0, 0, "1213");
    }

    @Test
    void shouldKeepNoMoreThanAPacketCanBe() {
        String line = "ab".repeat(1) + " ab".repeat(0xFFFF);
        String text =
                "00000 " + line + "\n10000 " + line + "\n20000 " + line + "\n30000 " + line + "\n40000 ab\n40001\n";
        FaultLog faults = new FaultLog();
        try (Capture capture = Capture.of(Octets.of(utf8(text)), faults)) {
            FrameCursor cursor = capture.cursor(faults);
            assertTrue(cursor.next());
            assertEquals(Capture.MAX_CAPTURED, cursor.frame().captured());
            assertEquals(Capture.MAX_CAPTURED + 1, cursor.frame().original());
            assertEquals(0xAB, cursor.frame().octets().u8(Capture.MAX_CAPTURED - 1));
            assertFalse(cursor.next());
            assertTrue(faults.isEmpty());
        }
    }
}
