package io.seidex.capture;

import static io.seidex.capture.PcapBytes.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.traffic.Bytes;
import io.seidex.traffic.CaptureBuilder;
import io.seidex.traffic.CaptureFormat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PcapngCursorTest extends FrameCursorContract {
    private static final long TIME = 1_700_000_000_123_456_789L;
    private static final int ETHERNET = 1;
    private static final int RAW = 101;

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample("no packet", of(CaptureFormat.PCAPNG).toBytes(), 0),
                new Sample("little", everyBlock(of(CaptureFormat.PCAPNG)), 7),
                new Sample("big", everyBlock(of(CaptureFormat.PCAPNG_BIG)), 7),
                new Sample("sections", sections(), 6));
    }

    private static CaptureBuilder of(CaptureFormat format) {
        return CaptureBuilder.of(format, ETHERNET);
    }

    private static byte[] everyBlock(CaptureBuilder capture) {
        return capture.packet(packet(60))
                .addInterface(RAW, 6, 0, "")
                .packet(1, TIME, packet(1), 70_000)
                .block(5, new byte[20])
                .simplePacket(packet(42))
                .obsoletePacket(0, TIME, packet(43))
                .block(4, new byte[0])
                .block(0x0BAD, packet(8))
                .addInterface(RAW, 3, 3600, "gn0")
                .block(9, packet(40))
                .packet(2, TIME, packet(0), 0)
                .block(0x8000_0001, packet(100))
                .toBytes();
    }

    private static byte[] sections() {
        return of(CaptureFormat.PCAPNG)
                .packet(packet(60))
                .addInterface(RAW, 6, 0, "a")
                .packet(1, TIME, packet(61), 61)
                .section(true)
                .addInterface(RAW, 9, 0, "b")
                .packet(0, TIME, packet(62), 62)
                .section(true)
                .section(false)
                .addInterface(ETHERNET, 9, 0, "c")
                .addInterface(RAW, 9, 0, "d")
                .packet(1, TIME, packet(63), 63)
                .packet(0, TIME, packet(64), 64)
                .simplePacket(packet(7))
                .toBytes();
    }

    @Test
    void shouldKnowTheInterfacesOfEachSection() {
        FrameCursor cursor = cursor(sections(), new FaultLog());
        List<String> sources = new ArrayList<>();
        while (cursor.next()) {
            CaptureInterface source = cursor.frame().source();
            sources.add(source.section() + "/" + source.id() + " " + source.name() + " " + source.linkType());
        }
        assertEquals(List.of("0/0  1", "0/1 a 101", "1/0 b 101", "3/1 d 101", "3/0 c 1", "3/0 c 1"), sources);
        assertEquals(
                List.of("", "a", "b", "c", "d"),
                cursor.interfaces().stream().map(CaptureInterface::name).toList());
        Border border = cursor.border();
        assertEquals(3, border.section());
        assertFalse(border.bigEndian());
        assertEquals(2, border.interfaces().size());
    }

    @Test
    void shouldReadTimesInTheTicksOfTheirInterface() {
        for (int resolution : new int[] {0, 3, 6, 9, 0x80, 0x8A, 0x94, 0x9E}) {
            for (long offset : new long[] {0, 7_200, -7_200, 1_000_000_000}) {
                byte[] capture = CaptureBuilder.pcapng()
                        .addInterface(ETHERNET, resolution, offset, "")
                        .packet(1, TIME, packet(1), 1)
                        .obsoletePacket(1, TIME, packet(1))
                        .toBytes();
                FrameCursor cursor = cursor(capture, new FaultLog());
                double tick = (resolution & 0x80) == 0
                        ? Math.pow(10, -resolution)
                        : Math.pow(2, -(resolution & 0x7F));
                for (int i = 0; i < 2; i++) {
                    assertTrue(cursor.next() && cursor.frame().hasTime());
                    assertEquals(TIME, cursor.frame().timeNanos(), tick * 1e9 + 1, "resolution " + resolution);
                }
            }
        }
    }

    @Test
    void shouldCutSimplePacketsToTheSnapLength() {
        // The snap length of the builder's interfaces is 262,144: this one is 20.
        byte[] capture = CaptureBuilder.pcapng()
                .section(true)
                .block(1, Bytes.hex("0001 0000 00000014"))
                .block(3, Bytes.join(Bytes.hex("0000002A"), packet(20)))
                .block(3, Bytes.join(Bytes.hex("0000000A"), packet(10)))
                .toBytes();
        FaultLog faults = new FaultLog();
        FrameCursor cursor = cursor(capture, faults);
        assertTrue(cursor.next());
        assertEquals(20, cursor.frame().captured());
        assertEquals(42, cursor.frame().original());
        assertFalse(cursor.frame().hasTime());
        assertTrue(cursor.next());
        assertEquals(10, cursor.frame().captured());
        assertFalse(cursor.next());
        assertTrue(faults.isEmpty());
    }

    @Test
    void shouldGoOnBehindBlocksThatContradictThemselves() {
        List<CaptureBuilder> bad = List.of(
                // an enhanced packet block: too short; captured beyond it; longer than any packet
                CaptureBuilder.pcapng().block(6, new byte[16]),
                CaptureBuilder.pcapng().block(6, Bytes.hex("00000000 00000000 00000000 01000000 01000000")),
                CaptureBuilder.pcapng().block(6, Bytes.hex("00000000 00000000 00000000 FFFFFFFF 01000000")),
                CaptureBuilder.pcapng().packet(packet(262_145)),
                // simple and obsolete
                CaptureBuilder.pcapng().block(3, new byte[0]),
                CaptureBuilder.pcapng().block(3, Bytes.hex("05000000 00000000")),
                CaptureBuilder.pcapng().block(2, new byte[0]),
                CaptureBuilder.pcapng().block(2, new byte[16]),
                // an interface: too short; an option beyond its block
                CaptureBuilder.pcapng().block(1, new byte[4]),
                CaptureBuilder.pcapng().block(1, Bytes.hex("0100 0000 00000000 0900 FFFF")),
                // the length behind the block is another one
                CaptureBuilder.pcapng().raw(Bytes.hex("05000000 10000000 00000000 14000000")));
        for (int i = 0; i < bad.size(); i++) {
            FaultLog faults = new FaultLog();
            FrameCursor cursor = cursor(bad.get(i).packet(packet(60)).toBytes(), faults);
            assertTrue(cursor.next(), "case " + i);
            assertEquals(60, cursor.frame().captured(), "case " + i);
            assertEquals(1, faults.count(Layer.RECORD, Fault.BLOCK_MALFORMED), "case " + i);
            assertFalse(cursor.next(), "case " + i);
        }
    }

    @Test
    void shouldBelieveMoreCapturedThanOriginal() {
        FaultLog faults = new FaultLog();
        FrameCursor cursor = cursor(CaptureBuilder.pcapng().packet(0, TIME, packet(60), 10).toBytes(), faults);
        assertTrue(cursor.next());
        assertEquals(60, cursor.frame().captured());
        assertEquals(10, cursor.frame().original());
        assertEquals(1, faults.count(Layer.RECORD, Fault.RECORD_SURPLUS));
        assertFalse(cursor.next());
    }

    @Test
    void shouldCountInterfacesThatCannotBeRead() {
        byte[] capture = CaptureBuilder.pcapng()
                .block(1, new byte[4])
                .addInterface(RAW, 9, 0, "second")
                .packet(2, TIME, packet(60), 60)
                .toBytes();
        FrameCursor cursor = cursor(capture, new FaultLog());
        assertTrue(cursor.next());
        assertEquals("second", cursor.frame().source().name());
    }

    @Test
    void shouldDeliverPacketsOfInterfacesThatAreNotDescribed() {
        byte[] capture = CaptureBuilder.pcapng()
                .packet(7, TIME, packet(60), 60)
                .packet(Integer.MAX_VALUE, TIME, packet(60), 60)
                .section(true)
                .simplePacket(packet(60))
                .toBytes();
        FaultLog faults = new FaultLog();
        FrameCursor cursor = cursor(capture, faults);
        for (int i = 0; i < 3; i++) {
            assertTrue(cursor.next());
            assertEquals(60, cursor.frame().captured());
            assertEquals(CaptureInterface.UNDESCRIBED, cursor.frame().source().id());
            assertEquals(CaptureInterface.UNDESCRIBED, cursor.frame().source().linkType());
        }
        assertFalse(cursor.next());
        assertEquals(3, faults.count(Layer.RECORD, Fault.INTERFACE_UNKNOWN));
    }

    @Test
    void shouldStopWhereTheNextBlockCannotBeFound() {
        assertStops(Bytes.hex("06000000 00000000 00000000"), Fault.RECORD_IMPLAUSIBLE);
        assertStops(Bytes.hex("06000000 0B000000 00000000"), Fault.RECORD_IMPLAUSIBLE);
        assertStops(Bytes.hex("06000000 FFFFFFFF 00000000"), Fault.RECORD_TRUNCATED);
        assertStops(Bytes.hex("06000000 10000000 00000000"), Fault.RECORD_TRUNCATED);
        assertStops(Bytes.hex("06000000 10"), Fault.RECORD_TRUNCATED);
        assertStops(Bytes.hex("0A0D0D0A 1C000000 00000000 01000000 00000000 00000000 1C000000"),
                Fault.RECORD_IMPLAUSIBLE);
        assertStops(Bytes.hex("0A0D0D0A 10000000 4D3C2B1A 01000000 00000000 00000000 10000000"),
                Fault.RECORD_IMPLAUSIBLE);
        assertStops(Bytes.hex("0A0D0D0A 1C000000 4D3C2B1A 02000000 00000000 00000000 1C000000"), Fault.VERSION_UNKNOWN);
        assertStops(Bytes.hex("0A0D0D0A 1C000000 4D3C2B1A 01000000 00000000 00000000"), Fault.RECORD_TRUNCATED);
        assertStops(Bytes.hex("0A0D0D0A 20000000 4D3C2B1A 01000000 00000000 00000000 1C000000"),
                Fault.RECORD_TRUNCATED);
    }

    private static void assertStops(byte[] behind, Fault fault) {
        CaptureBuilder capture = CaptureBuilder.pcapng().packet(packet(60));
        byte[] sound = CaptureBuilder.pcapng().packet(packet(60)).toBytes();
        FaultLog faults = new FaultLog();
        FrameCursor cursor = cursor(capture.raw(behind).toBytes(), faults);
        assertTrue(cursor.next());
        assertFalse(cursor.next());
        assertFalse(cursor.next(), "for good");
        assertEquals(1, faults.count(Layer.RECORD, fault));
        assertEquals(2, faults.firstFrame(Layer.RECORD, fault));
        assertEquals(sound.length, faults.firstAt(Layer.RECORD, fault));
        assertEquals(sound.length, cursor.border().at());
        assertEquals(0, cursor.border().section(), "a section that cannot be read has not begun");
    }

    @Test
    void shouldReadBlocksWhoseLengthLeavesOutThePadding() {
        byte[] packet = Bytes.join(Bytes.hex("00000000 00000000 00000000 01000000 01000000"), packet(4));
        byte[] length = Bytes.hex("21000000");
        byte[] capture = CaptureBuilder.pcapng()
                .raw(Bytes.join(Bytes.hex("06000000"), length, packet, Bytes.hex("24000000")))
                .packet(packet(60))
                .toBytes();
        FrameCursor cursor = cursor(capture, new FaultLog());
        assertTrue(cursor.next());
        assertEquals(1, cursor.frame().captured());
        assertTrue(cursor.next());
        assertEquals(60, cursor.frame().captured());
    }

    @Test
    void shouldKeepOnlySoManyInterfaces() {
        CaptureBuilder capture = CaptureBuilder.pcapng();
        int described = PcapngCursor.MAX_INTERFACES + 100;
        for (int i = 1; i < described; i++) {
            capture.addInterface(RAW, 6, 0, "");
        }
        capture.packet(PcapngCursor.MAX_INTERFACES - 1, TIME, packet(60), 60);
        capture.packet(PcapngCursor.MAX_INTERFACES, TIME, packet(60), 60);
        FaultLog faults = new FaultLog();
        FrameCursor cursor = cursor(capture.toBytes(), faults);
        assertTrue(cursor.next());
        assertEquals(RAW, cursor.frame().source().linkType());
        assertTrue(cursor.next());
        assertEquals(CaptureInterface.UNDESCRIBED, cursor.frame().source().linkType());
        assertEquals(PcapngCursor.MAX_INTERFACES + 1, cursor.interfaces().size());
    }

    @Test
    void shouldKeepOnlyTheStartOfALongName() {
        byte[] capture = CaptureBuilder.pcapng()
                .addInterface(RAW, 6, 0, "x".repeat(60_000))
                .packet(1, TIME, packet(60), 60)
                .toBytes();
        FrameCursor cursor = cursor(capture, new FaultLog());
        assertTrue(cursor.next());
        assertEquals("x".repeat(PcapngCursor.MAX_NAME), cursor.frame().source().name());
    }

    private static FrameCursor cursor(byte[] capture, FaultLog faults) {
        return Capture.of(Octets.of(capture), faults).cursor(faults);
    }
}
