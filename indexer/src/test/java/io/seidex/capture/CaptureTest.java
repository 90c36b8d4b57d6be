package io.seidex.capture;

import static io.seidex.capture.PcapBytes.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.traffic.Bytes;
import io.seidex.traffic.CaptureBuilder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {
    @TempDir
    Path directory;

    @Test
    void shouldRecogniseTheContentAndNotTheName() throws IOException {
        Path pcap = CaptureBuilder.pcap().packet(packet(60)).write(directory.resolve("a.pcapng"));
        Path pcapng = CaptureBuilder.pcapng().packet(packet(60)).write(directory.resolve("a.txt"));
        FaultLog faults = new FaultLog();
        try (Capture capture = Capture.open(pcap, faults)) {
            assertEquals(CaptureFormat.PCAP, capture.format());
            assertEquals(pcap, capture.path());
            assertEquals(Files.size(pcap), capture.length());
            assertEquals(24, capture.first().at());
        }
        try (Capture capture = Capture.open(pcapng, faults)) {
            assertEquals(CaptureFormat.PCAPNG, capture.format());
            assertEquals(0, capture.first().at());
            assertEquals(-1, capture.first().section());
        }
        assertTrue(faults.isEmpty());
    }

    @Test
    void shouldSayWhatAFileThatIsNoCaptureLooksLike() {
        assertUnknown(Fault.FILE_EMPTY, "empty", new byte[0]);
        assertUnknown(Fault.FILE_UNKNOWN, "text", "frame,time,seid\n1,2,3\n".getBytes(StandardCharsets.UTF_8));
        assertUnknown(Fault.FILE_UNKNOWN, "text", "Öl\n".getBytes(StandardCharsets.UTF_8));
        assertUnknown(Fault.FILE_UNKNOWN, "text", "a\n".getBytes(StandardCharsets.UTF_8));
        assertUnknown(Fault.FILE_UNKNOWN, "no capture", new byte[100]);
        assertUnknown(Fault.FILE_UNKNOWN, "no capture", new byte[1]);
        assertUnknown(Fault.FILE_UNKNOWN, "gzip", Bytes.hex("1F8B0800000000000003"));
        assertUnknown(Fault.FILE_UNKNOWN, "zstd", Bytes.hex("28B52FFD0458"));
        assertUnknown(Fault.FILE_UNKNOWN, "lz4", Bytes.hex("04224D186440"));
        assertUnknown(Fault.FILE_UNKNOWN, "xz", Bytes.hex("FD377A585A000004"));
        assertUnknown(Fault.FILE_UNKNOWN, "snoop", Bytes.hex("736E6F6F70000000 00000002 00000004"));
        assertUnknown(Fault.FILE_UNKNOWN, "ERF", Bytes.hex("00472F0081D74841 02 05 0011 0000 033B 17"));
        assertUnknown(Fault.FILE_UNKNOWN, "K12", "+---------+------+\n".getBytes(StandardCharsets.US_ASCII));
        assertUnknown(
                Fault.FILE_UNKNOWN,
                "version 1",
                PcapBytes.of(ByteOrder.BIG_ENDIAN, PcapBytes.MICROSECONDS, 1, 4, 1).toBytes());
        assertUnknown(
                Fault.FILE_UNKNOWN,
                "version 2",
                Bytes.hex("0A0D0D0A 1C000000 4D3C2B1A 02000000 00000000 00000000 1C000000"));
        assertUnknown(
                Fault.FILE_UNKNOWN,
                "byte order",
                Bytes.hex("0A0D0D0A 1C000000 00000000 01000000 00000000 00000000 1C000000"));
    }

    @Test
    void shouldKnowTheStartOfAHeader() {
        byte[] pcap = PcapBytes.little(PcapBytes.NANOSECONDS).toBytes();
        for (int length = 1; length < pcap.length; length++) {
            assertUnknown(Fault.FILE_HEADER_TRUNCATED, "cut", Arrays.copyOf(pcap, length));
        }
        byte[] pcapng = CaptureBuilder.pcapng().toBytes();
        for (int length = 1; length < 28; length++) {
            assertUnknown(Fault.FILE_HEADER_TRUNCATED, "cut", Arrays.copyOf(pcapng, length));
        }
    }

    private static void assertUnknown(Fault fault, String described, byte[] content) {
        FaultLog faults = new FaultLog();
        try (Capture capture = Capture.of(Octets.of(content), faults)) {
            assertEquals(1, faults.count(Layer.FILE, fault), described);
            assertEquals(CaptureFormat.UNKNOWN, capture.format());
            assertTrue(capture.looksLike().contains(described), capture.looksLike());
            FrameCursor cursor = capture.cursor(faults);
            assertFalse(cursor.next());
            assertEquals(capture.first(), cursor.border());
            assertEquals(capture.first(), capture.border(capture.first(), capture.length()));
            assertFalse(capture.frameAt(0, null, new Frame()));
            assertNull(capture.path());
        }
    }

    @Test
    void shouldRefuseWhatIsNoFile() {
        assertThrows(FileSystemException.class, () -> Capture.open(directory, new FaultLog()));
        assertThrows(FileSystemException.class, () -> Capture.open(directory.resolve("no"), new FaultLog()));
    }

    @Test
    void shouldIgnoreTheFrameCheckSequenceInTheLinkType() {
        byte[] capture = PcapBytes.of(ByteOrder.LITTLE_ENDIAN, PcapBytes.MICROSECONDS, 2, 4, 0x44000001).toBytes();
        assertEquals(1, Capture.of(Octets.of(capture), new FaultLog()).first().interfaces().getFirst().linkType());
    }

    @Test
    void shouldFindTheOtherRecordOnlyWhereItStands() {
        byte[] octets = CaptureBuilder.pcapng()
                .addInterface(101, 9, 0, "")
                .packet(packet(60))
                .packet(1, 5, packet(61), 99)
                .toBytes();
        Capture capture = Capture.of(Octets.of(octets), new FaultLog());
        FrameCursor cursor = capture.cursor(new FaultLog());
        assertTrue(cursor.next() && cursor.next());
        long at = cursor.frame().recordAt();
        CaptureInterface source = cursor.frame().source();
        Frame frame = new Frame();
        assertTrue(capture.frameAt(at, source, frame));
        assertEquals(61, frame.captured());
        assertEquals(99, frame.original());
        assertEquals(5, frame.timeNanos());
        assertEquals(source, frame.source());
        assertFalse(capture.frameAt(0, source, frame), "a section header");
        assertFalse(capture.frameAt(at, cursor.interfaces().getFirst(), frame), "a packet of another interface");
        assertFalse(capture.frameAt(at + 1, source, frame));
        assertFalse(capture.frameAt(octets.length - 4, source, frame));
    }

    @Test
    void shouldTellThatItsFileWasCut() throws IOException {
        Path file = CaptureBuilder.pcap().packet(packet(60)).write(directory.resolve("cut.pcap"));
        try (Capture capture = Capture.open(file, new FaultLog())) {
            assertFalse(capture.isCut());
            Files.write(file, new byte[100], StandardOpenOption.APPEND);
            assertFalse(capture.isCut(), "growing is no harm");
            assertEquals(24 + 16 + 60, capture.length());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(99);
            }
            assertTrue(capture.isCut());
        }
    }

    @Test
    void shouldRaiseAnErrorAndLiveWhenItsFileIsCutDuringAWalk() throws IOException {
        CaptureBuilder builder = CaptureBuilder.pcap();
        for (int i = 0; i < 10_000; i++) {
            builder.packet(packet(60));
        }
        Path file = builder.write(directory.resolve("cut.pcap"));
        try (Capture capture = Capture.open(file, new FaultLog())) {
            FrameCursor cursor = capture.cursor(new FaultLog());
            for (int i = 0; i < 10; i++) {
                assertTrue(cursor.next());
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(10_000);
            }
            assertThrows(InternalError.class, () -> {
                while (cursor.next()) {
                    // until the walk leaves the file
                }
            });
            assertTrue(capture.isCut());
        }
        FaultLog faults = new FaultLog();
        try (Capture again = Capture.open(file, faults)) {
            FrameCursor cursor = again.cursor(faults);
            long frames = 0;
            while (cursor.next()) {
                frames++;
            }
            assertEquals((10_000 - 24) / 76, frames);
            assertEquals(1, faults.count(Layer.RECORD, Fault.RECORD_TRUNCATED));
        }
    }
}
