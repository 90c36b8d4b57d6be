package io.seidex.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class K12TextTest extends FrameCursorContract {
    private static final String SEPARATOR = "+---------+---------------+----------+\n";
    private static final String TIME = "01:03:35,089,675   ETHER\n";

    /** A message of 30 octets, divided over two datagrams, each line as short of blanks as a web page leaves it. */
    static final String DIVIDED = """
            +---------+---------------+----------+
            01:03:35,089,675 ETHER
            |0 |08|00|27|db|63|e0|08|00|27|63|e1|01|08|00|45|00|00|32|5f|41|40|00|40|11|94|50|c0|a8|01|01|c0|a8|01|02\
            |f7|51|11|00|00|1e|47|59|00|33|00|01|00|02|00|00|00|1a|61|62|63|64|65|66|67|68|69|6a|6b|6c|
            +---------+---------------+----------+
            01:03:35,146,884 ETHER
            |0 |08|00|27|db|63|e0|08|00|27|63|e1|01|08|00|45|00|00|30|5f|41|40|00|40|11|94|50|c0|a8|01|01|c0|a8|01|02\
            |f7|51|11|00|00|1c|47|33|00|33|00|02|00|02|6d|6e|6f|70|71|72|73|74|75|76|77|78|79|7a|
            +---------+---------------+----------+
            """;

    @Override
    protected List<Sample> samples() {
        String wireshark = ("+---------+---------------+----------+\n23:59:59,999,999   ETHER\n|0   |08|00|27|\n\n"
                + "+---------+---------------+----------+\n00:00:00,000,001   SSCF\n|0   |aa|bb|\n\n"
                + "+---------+---------------+----------+\n00:00:00,000,002   ETHER\n|0   |\n\n")
                .replace("\n", "\r\n");
        String rows = "an export\n\n" + SEPARATOR + "1:02:03,004,005\tHDLC\n|0000|00|01|\n|2   |02|03|\n|4|04|\n"
                + SEPARATOR + SEPARATOR + "  1:02:03,004,006 NOBODY'S\n\n|0|FF|fe|";
        return List.of(
                new Sample("as printed", ascii(DIVIDED), 2),
                new Sample("as Wireshark writes", ascii(wireshark), 3),
                new Sample("rows", ascii(rows), 2));
    }

    @Override
    protected boolean showsItsCut() {
        return false;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Time, link type and octets of each frame, and what was wrong. */
    private static List<String> frames(String text, FaultLog faults) {
        List<String> frames = new ArrayList<>();
        try (Capture capture = Capture.of(Octets.of(ascii(text)), faults)) {
            FrameCursor cursor = capture.cursor(faults);
            while (cursor.next()) {
                Frame frame = cursor.frame();
                String octets = HexFormat.of().formatHex(frame.octets().copy(frame.at(), frame.captured()));
                assertTrue(frame.hasTime());
                frames.add(frame.timeNanos() / 1000 + " " + frame.source().linkType() + " " + octets);
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
    void shouldReadADividedMessageAsItWasPrinted() {
        FaultLog faults = new FaultLog();
        List<String> frames = frames(DIVIDED, faults);
        assertTrue(faults.isEmpty());
        assertEquals(2, frames.size());
        assertEquals("3815089675 1 080027db63e008002763e10108004500" + "00325f41400040119450c0a80101c0a80102"
                + "f7511100001e4759" + "0033" + "0001" + "0002" + "0000001a" + "6162636465666768696a6b6c",
                frames.get(0));
        assertEquals("3815146884 1 080027db63e008002763e10108004500" + "00305f41400040119450c0a80101c0a80102"
                + "f7511100001c4733" + "0033" + "0002" + "0002" + "6d6e6f707172737475767778797a", frames.get(1));
    }

    @Test
    void shouldKnowTheEncapsulations() {
        String text = "";
        for (String name : List.of("ETHER", "MTP-L2", "SSCF", "HDLC", "SSCOP", "ETHERNET")) {
            text += SEPARATOR + "00:00:01,000,000   " + name + "\n|0   |01|\n\n";
        }
        assertFrames(text, 0, 0, "1000000 1 01", "1000000 140 01", "1000000 141 01", "1000000 104 01",
                "1000000 -1 01", "1000000 -1 01");
    }

    @Test
    void shouldKeepWhatStandsBeforeABadCell() {
        String next = SEPARATOR + "00:00:02,000,000   ETHER\n|0   |0a|\n\n";
        int row = SEPARATOR.length() + TIME.length();
        for (String bad : List.of("|0   |08|0g|27|\n", "|0   |08|0|27|\n", "|0   |08|27\n", "|0   |08||27|\n",
                "|0   |08| 27|\n", "|0   |08|0g|\n|3  |11|\n")) {
            assertFrames(SEPARATOR + TIME + bad + next, 1, row, "3815089675 1 08", "2000000 1 0a");
        }
        assertFrames(SEPARATOR + TIME + "|x   |08|\n" + next, 1, row, "3815089675 1 ", "2000000 1 0a");
        assertFrames(SEPARATOR + TIME + "|1   |08|\n" + next, 1, row, "3815089675 1 08", "2000000 1 0a");
        assertFrames(SEPARATOR + TIME + "|0   |08|\n|3|09|\n" + next, 1, row + 10, "3815089675 1 0809",
                "2000000 1 0a");
    }

    @Test
    void shouldPassOverWhatIsNoRecord() {
        String next = SEPARATOR + "00:00:02,000,000   ETHER\n|0   |0a|\n\n";
        int second = next.length();
        int line = second + SEPARATOR.length();
        assertFrames(next + SEPARATOR + "01:03:35,089   ETHER\n" + next, 1, line, "2000000 1 0a", "2000000 1 0a");
        assertFrames(next + SEPARATOR + "xx:03:35,089,675 ETHER\n" + next, 1, line, "2000000 1 0a", "2000000 1 0a");
        assertFrames(next + SEPARATOR + TIME + next, 1, line + TIME.length(), "2000000 1 0a", "2000000 1 0a");
        assertFrames(next + "|0   |0a|\n" + next, 1, second, "2000000 1 0a", "2000000 1 0a");
        assertFrames(next + "a remark\n" + next + "and one more", 0, 0, "2000000 1 0a", "2000000 1 0a");
    }

    @Test
    void shouldSeeThatTheTextEndsWithinARecord() {
        String packet = SEPARATOR + TIME + "|0   |08|00|";
        for (int length = SEPARATOR.length() + 1; length < packet.length(); length++) {
            String cut = packet + "\n" + packet.substring(0, length);
            FaultLog faults = new FaultLog();
            int frames = frames(cut, faults).size();
            boolean isWhole = frames == 2;
            assertEquals(cut.endsWith("|") && cut.indexOf('|', packet.length() + 1) < cut.length() - 1, isWhole, cut);
            assertEquals(isWhole ? 0 : 1, faults.count(Layer.RECORD, Fault.RECORD_TRUNCATED), cut);
            if (!isWhole) {
                assertEquals(packet.length() + 1, faults.firstAt(Layer.RECORD, Fault.RECORD_TRUNCATED), cut);
            }
            assertEquals(0, faults.count(Layer.RECORD, Fault.LINE_MALFORMED), cut);
        }
    }

    @Test
    void shouldKeepNoMoreThanAPacketCanBe() {
        StringBuilder text = new StringBuilder(SEPARATOR + TIME + "|0   |");
        text.append("ab|".repeat(Capture.MAX_CAPTURED + 1)).append('\n');
        FaultLog faults = new FaultLog();
        try (Capture capture = Capture.of(Octets.of(ascii(text.toString())), faults)) {
            FrameCursor cursor = capture.cursor(faults);
            assertTrue(cursor.next());
            assertEquals(Capture.MAX_CAPTURED, cursor.frame().captured());
            assertEquals(Capture.MAX_CAPTURED + 1, cursor.frame().original());
            assertEquals(0xAB, cursor.frame().octets().u8(Capture.MAX_CAPTURED - 1));
            assertFalse(cursor.next());
        }
    }

    @Test
    void shouldNotTakeOtherTextsForItsOwn() {
        for (String text : List.of(SEPARATOR, SEPARATOR + "01:03:35 started\n", TIME + "|0   |08|\n",
                "+---+---+\n01:03:35,089,675   ETHER\n|0   |08|\n", "01:03:35,089,675 ETHER\n")) {
            FaultLog faults = new FaultLog();
            assertEquals(List.of(), frames(text, faults), text);
            assertEquals(1, faults.count(Layer.FILE, Fault.FILE_UNKNOWN), text);
        }
    }
}
