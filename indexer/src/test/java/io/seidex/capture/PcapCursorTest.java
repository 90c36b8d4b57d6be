package io.seidex.capture;

import static io.seidex.capture.PcapBytes.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PcapCursorTest extends FrameCursorContract {
    private static final int SECONDS = 1_700_000_000;

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample("no record", PcapBytes.little(PcapBytes.MICROSECONDS).toBytes(), 0),
                new Sample("little, micro", three(PcapBytes.little(PcapBytes.MICROSECONDS)), 3),
                new Sample("big, micro", three(PcapBytes.big(PcapBytes.MICROSECONDS)), 3),
                new Sample("little, nano", three(PcapBytes.little(PcapBytes.NANOSECONDS)), 3),
                new Sample("big, nano", three(PcapBytes.big(PcapBytes.NANOSECONDS)), 3),
                new Sample("modified", three(PcapBytes.little(PcapBytes.MODIFIED).longerHeaders(8)), 3),
                new Sample("modified, big", three(PcapBytes.big(PcapBytes.MODIFIED).longerHeaders(8)), 3),
                new Sample("Red Hat", three(PcapBytes.little(PcapBytes.MICROSECONDS).longerHeaders(8)), 3, false),
                new Sample("Nokia", three(PcapBytes.big(PcapBytes.MICROSECONDS).longerHeaders(4)), 3, false),
                new Sample("SuSE", three(PcapBytes.little(PcapBytes.MODIFIED).longerHeaders(12)), 3, false),
                new Sample("IXIA", three(PcapBytes.little(0x1C0001AC).raw((byte) 1, (byte) 2, (byte) 3, (byte) 4)), 3),
                new Sample(
                        "lengths swapped",
                        three(PcapBytes.of(ByteOrder.LITTLE_ENDIAN, PcapBytes.MICROSECONDS, 2, 3, 101)),
                        3));
    }

    private static byte[] three(PcapBytes bytes) {
        return bytes.record(SECONDS, 1, packet(60))
                .record(SECONDS, 2, packet(0))
                .record(SECONDS + 1, 999_999, packet(77))
                .toBytes();
    }

    @Test
    void shouldTellTheVariantsApart() {
        assertEquals(16, headerLength(three(PcapBytes.little(PcapBytes.MICROSECONDS))));
        assertEquals(20, headerLength(three(PcapBytes.little(PcapBytes.MICROSECONDS).longerHeaders(4))));
        assertEquals(24, headerLength(three(PcapBytes.big(PcapBytes.MICROSECONDS).longerHeaders(8))));
        assertEquals(24, headerLength(three(PcapBytes.big(PcapBytes.MODIFIED).longerHeaders(8))));
        assertEquals(28, headerLength(three(PcapBytes.little(PcapBytes.MODIFIED).longerHeaders(12))));
    }

    @Test
    void shouldNotTakeADamagedFileForAVariant() {
        byte[] damaged = PcapBytes.little(PcapBytes.MICROSECONDS)
                .record(SECONDS, 1, packet(60))
                .record(SECONDS, 2, -1, 60, packet(60))
                .toBytes();
        assertEquals(16, headerLength(damaged));
        byte[] cut = PcapBytes.little(PcapBytes.MICROSECONDS)
                .record(SECONDS, 1, packet(60))
                .raw(new byte[8])
                .toBytes();
        assertEquals(16, headerLength(cut));
    }

    private static long headerLength(byte[] capture) {
        return Recognition.of(Octets.of(capture)).records().headerLength();
    }

    @Test
    void shouldReadTimes() {
        byte[] micro = PcapBytes.big(PcapBytes.MICROSECONDS)
                .record(0, 0, packet(1))
                .record(SECONDS, 123_456, packet(1))
                .record(-1, 999_999, packet(1))
                .record(1, 1_500_000, packet(1))
                .record(-1, -1, packet(1))
                .toBytes();
        assertEquals(
                List.of(
                        0L,
                        1_700_000_000_123_456_000L,
                        4_294_967_295_999_999_000L,
                        2_500_000_000L,
                        4_294_967_295_000_000_000L + 4_294_967_295_000L),
                times(micro));
        byte[] nano = PcapBytes.little(PcapBytes.NANOSECONDS)
                .record(SECONDS, 123_456_789, packet(1))
                .record(-1, -1, packet(1))
                .toBytes();
        assertEquals(List.of(1_700_000_000_123_456_789L, 4_294_967_295_000_000_000L + 4_294_967_295L), times(nano));
        byte[] aix = PcapBytes.of(ByteOrder.BIG_ENDIAN, PcapBytes.MICROSECONDS, 2, 2, 6)
                .record(1, 999_999_999, packet(1))
                .toBytes();
        assertEquals(List.of(1_999_999_999L), times(aix));
    }

    private static List<Long> times(byte[] capture) {
        List<Long> times = new ArrayList<>();
        FrameCursor cursor = Capture.of(Octets.of(capture), new FaultLog()).cursor(new FaultLog());
        while (cursor.next()) {
            assertTrue(cursor.frame().hasTime());
            times.add(cursor.frame().timeNanos());
        }
        return times;
    }

    @Test
    void shouldBelieveMoreCapturedThanOriginal() {
        byte[] capture = PcapBytes.little(PcapBytes.MICROSECONDS)
                .record(SECONDS, 1, 60, 10, packet(60))
                .record(SECONDS, 1, 60, -1, packet(60))
                .toBytes();
        FaultLog faults = new FaultLog();
        FrameCursor cursor = Capture.of(Octets.of(capture), new FaultLog()).cursor(faults);
        assertTrue(cursor.next());
        assertEquals(60, cursor.frame().captured());
        assertEquals(10, cursor.frame().original());
        assertTrue(cursor.next());
        assertEquals(60, cursor.frame().captured());
        assertEquals(Integer.MAX_VALUE, cursor.frame().original(), "as frame.len");
        assertEquals(1, faults.count(Layer.RECORD, Fault.RECORD_SURPLUS));
        assertEquals(1, faults.firstFrame(Layer.RECORD, Fault.RECORD_SURPLUS));
        assertEquals(24, faults.firstAt(Layer.RECORD, Fault.RECORD_SURPLUS));
    }

    @Test
    void shouldReadPacketsThatExceedTheSnapLength() {
        byte[] capture = PcapBytes.little(PcapBytes.MICROSECONDS)
                .record(SECONDS, 1, packet(262_144))
                .toBytes();
        FrameCursor cursor = Capture.of(Octets.of(capture), new FaultLog()).cursor(new FaultLog());
        assertTrue(cursor.next());
        assertEquals(262_144, cursor.frame().captured());
        assertEquals(65_535, cursor.frame().source().snapLength());
    }

    @Test
    void shouldStopAtLengthsThatNoPacketHas() {
        for (int length : new int[] {262_145, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            byte[] capture = PcapBytes.little(PcapBytes.MICROSECONDS)
                    .record(SECONDS, 1, packet(60))
                    .record(SECONDS, 1, length, length, packet(300_000))
                    .record(SECONDS, 1, packet(60))
                    .toBytes();
            assertStops(capture, Fault.RECORD_IMPLAUSIBLE);
        }
        byte[] usb = PcapBytes.of(ByteOrder.LITTLE_ENDIAN, PcapBytes.MICROSECONDS, 2, 4, 220)
                .record(SECONDS, 1, packet(60))
                .record(SECONDS, 1, packet(300_000))
                .toBytes();
        FrameCursor cursor = Capture.of(Octets.of(usb), new FaultLog()).cursor(new FaultLog());
        assertTrue(cursor.next() && cursor.next());
        assertEquals(300_000, cursor.frame().captured());
    }

    @Test
    void shouldStopWhereTheFileEndsWithinARecord() {
        byte[] first = PcapBytes.little(PcapBytes.MICROSECONDS)
                .record(SECONDS, 1, packet(60))
                .record(SECONDS, 1, 61, 61, packet(60))
                .toBytes();
        assertStops(first, Fault.RECORD_TRUNCATED);
    }

    private static void assertStops(byte[] capture, Fault fault) {
        FaultLog faults = new FaultLog();
        FrameCursor cursor = Capture.of(Octets.of(capture), faults).cursor(faults);
        assertTrue(cursor.next());
        assertFalse(cursor.next());
        assertFalse(cursor.next(), "for good");
        assertEquals(1, faults.count(Layer.RECORD, fault));
        assertEquals(2, faults.firstFrame(Layer.RECORD, fault));
        assertEquals(24 + 16 + 60, faults.firstAt(Layer.RECORD, fault));
        assertEquals(24 + 16 + 60, cursor.border().at());
    }
}
