package io.seidex.octets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OctetsTest {
    private static final long SEED = Long.getLong("seed", 42);
    private static final Path MAPPINGS = Path.of("/proc/self/maps");

    @TempDir
    Path directory;

    @Test
    void shouldReadWhatAByteBufferReads() throws IOException {
        byte[] expected = new byte[300_001];
        new Random(SEED).nextBytes(expected);
        Path file = Files.write(directory.resolve("with a space.pcap"), expected);
        ByteBuffer oracle = ByteBuffer.wrap(expected);
        try (Octets mapped = Octets.map(file); Octets copied = Octets.of(expected)) {
            for (Octets octets : new Octets[] {mapped, copied}) {
                assertEquals(expected.length, octets.length());
                for (int at = 0; at + 8 <= expected.length; at += 7) {
                    long value = oracle.getLong(at);
                    String place = "at " + at + ", -Dseed=" + SEED;
                    assertEquals(value >>> 56, octets.u8(at), place);
                    assertEquals(value >>> 48, octets.u16(at), place);
                    assertEquals(value >>> 40, octets.u24(at), place);
                    assertEquals(value >>> 32, octets.u32(at), place);
                    assertEquals(value, octets.i64(at), place);
                    assertEquals(Long.reverseBytes(value), octets.i64le(at), place);
                    assertEquals(Integer.reverseBytes((int) (value >>> 32)) & 0xFFFF_FFFFL, octets.u32le(at), place);
                    assertEquals(Short.reverseBytes((short) (value >>> 48)) & 0xFFFF, octets.u16le(at), place);
                    for (int size = 1; size <= 8; size++) {
                        assertEquals(value >>> 64 - 8 * size, octets.uint(at, size), place);
                    }
                    assertEquals(0, octets.uint(at, 0), place);
                }
                assertArrayEquals(expected, octets.copy(0, expected.length));
                assertTrue(octets.matches(1, expected, 1, expected.length - 1));
                assertFalse(octets.matches(0, expected, 1, expected.length - 1));
            }
            assertArrayEquals(mapped.digest(1, 77_777), copied.digest(1, 77_777));
        }
    }

    @Test
    void shouldRefuseEveryReadOutsideItsLength() {
        try (Octets octets = Octets.of(new byte[9])) {
            assertEquals(0, octets.i64(1));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.i64(2));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.u32(6));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.u24(7));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.u16(8));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.u8(9));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.u8(-1));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.u8(Long.MAX_VALUE));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.copy(5, 5));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.digest(0, -1));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> Octets.EMPTY.u8(0));
    }

    @Test
    void shouldNeverMapAnEmptyFile() throws IOException {
        assertSame(Octets.EMPTY, Octets.map(Files.createFile(directory.resolve("empty.pcap"))));
        assertSame(Octets.EMPTY, Octets.of(new byte[0]));
        Octets.EMPTY.close();
    }

    @Test
    void shouldSayThatAFileIsMissing() {
        assertThrows(NoSuchFileException.class, () -> Octets.map(directory.resolve("missing.pcap")));
    }

    @Test
    void shouldGiveEveryMappingBack() throws IOException {
        assumeTrue(Files.isReadable(MAPPINGS), "needs " + MAPPINGS + ", which lists a process's mappings");
        Path file = Files.write(directory.resolve("mapped.pcap"), new byte[10_000]);
        for (int i = 0; i < 100; i++) {
            try (Octets octets = Octets.map(file)) {
                assertEquals(0, octets.u8(9_999));
                assertEquals(1, mappings(file));
            }
        }
        assertEquals(0, mappings(file));
    }

    @Test
    void shouldReadBehindTwoGibibytes() throws IOException {
        Path file = directory.resolve("sparse.pcap");
        long length = (5L << 30) + 3;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(length);
            for (long at : new long[] {(2L << 30) - 4, (4L << 30) - 4, length - 8}) {
                sparse.seek(at);
                sparse.writeLong(0x0102030405060708L + at);
            }
        }
        try (Octets octets = Octets.map(file)) {
            assertEquals(length, octets.length());
            for (long at : new long[] {(2L << 30) - 4, (4L << 30) - 4, length - 8}) {
                assertEquals(0x0102030405060708L + at, octets.i64(at));
                assertEquals(octets.u32(at + 4), ByteBuffer.wrap(octets.copy(at + 4, 4)).getInt() & 0xFFFF_FFFFL);
            }
            assertEquals(0, octets.i64(3L << 30));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.u8(length));
        }
    }

    @Test
    void shouldRefuseReadsOnceItIsClosed() throws IOException {
        Path file = Files.write(directory.resolve("closed.pcap"), new byte[100]);
        for (Octets octets : new Octets[] {Octets.map(file), Octets.of(new byte[100])}) {
            octets.close();
            octets.close();
            assertThrows(IndexOutOfBoundsException.class, () -> octets.u8(0));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.copy(0, 1));
            assertEquals(100, octets.length(), "as it was");
        }
    }

    @Test
    void shouldCopyOnlyIntoItsTarget() {
        try (Octets octets = Octets.of(new byte[] {1, 2, 3, 4, 5})) {
            byte[] target = new byte[4];
            octets.copyTo(2, target, 1, 2);
            assertArrayEquals(new byte[] {0, 3, 4, 0}, target);
            octets.copyTo(5, target, 4, 0);
            assertThrows(IndexOutOfBoundsException.class, () -> octets.copyTo(0, target, 0, 5));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.copyTo(0, target, 4, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.copyTo(0, target, -1, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.copyTo(0, target, 0, -1));
            assertThrows(IndexOutOfBoundsException.class, () -> octets.copyTo(4, target, 0, 2));
            assertArrayEquals(new byte[] {0, 3, 4, 0}, target);
        }
    }

    @Test
    void shouldMapWhateverItsNameIs() throws IOException {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "needs a UTF-8 locale to name files");
        Path folder = Files.createDirectories(directory.resolve("Mitschnitte von München, キャプチャ"));
        Path file = Files.write(folder.resolve("a  b\tc.pcap"), new byte[] {42});
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        Path folderLink = Files.createSymbolicLink(directory.resolve("links"), folder);
        for (Path name : new Path[] {file, link, folderLink.resolve(file.getFileName())}) {
            try (Octets octets = Octets.map(name)) {
                assertEquals(42, octets.u8(0));
            }
        }
    }

    @Test
    void shouldMapOnlyRegularFiles() throws Exception {
        assertTrue(refusal(directory).endsWith("is a directory"));
        assertTrue(refusal(Path.of("/dev/null")).endsWith("is not a regular file"));
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), directory.resolve("missing"));
        assertThrows(NoSuchFileException.class, () -> Octets.map(dangling));

        Path fifo = directory.resolve("fifo");
        assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "needs mkfifo");
        assertTimeoutPreemptively(
                Duration.ofMinutes(2), () -> assertTrue(refusal(fifo).endsWith("is not a regular file")));
    }

    @Test
    void shouldSayThatAFileMayNotBeRead() throws IOException {
        Path file = Files.write(directory.resolve("secret.pcap"), new byte[100]);
        Files.setPosixFilePermissions(file, Set.of());
        assumeFalse(Files.isReadable(file), "needs a user that is not allowed everything");
        assertThrows(AccessDeniedException.class, () -> Octets.map(file));
    }

    @Test
    void shouldSurviveThatAFileIsCutWhileItIsMapped() throws IOException {
        int length = 1 << 20;
        Path file = Files.write(directory.resolve("cut.pcap"), new byte[length]);
        try (Octets octets = Octets.map(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(10);
            }
            assertEquals(0, octets.u8(9));
            assertThrows(InternalError.class, () -> readAll(octets));
            assertThrows(InternalError.class, () -> octets.copy(length / 2, 1000));
            assertEquals(0, octets.i64(0));
        }
    }

    private static long readAll(Octets octets) {
        long sum = 0;
        for (long at = 0; at < octets.length(); at++) {
            sum += octets.u8(at);
        }
        return sum;
    }

    private static String refusal(Path file) {
        return assertThrows(FileSystemException.class, () -> Octets.map(file)).getMessage();
    }

    private static long mappings(Path file) throws IOException {
        try (var lines = Files.lines(MAPPINGS)) {
            return lines.filter(line -> line.endsWith(file.toString())).count();
        }
    }

    @Test
    void shouldReadWhatIsWrittenIntoABuffer() {
        OctetBuffer buffer = new OctetBuffer(8);
        Octets octets = buffer.octets();
        assertEquals(8, octets.length());
        assertEquals(0, octets.i64(0));
        for (int at = 0; at < 8; at++) {
            buffer.put(at, 0x1F0 + at);
        }
        assertEquals(0xF0F1F2F3F4F5F6F7L, octets.i64(0));
        assertSame(octets, buffer.octets());
        OctetBuffer longer = buffer.longer(16);
        assertEquals(16, longer.octets().length());
        assertEquals(0xF0F1F2F3F4F5F6F7L, longer.octets().i64(0));
        assertThrows(IndexOutOfBoundsException.class, () -> buffer.put(8, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> octets.u16(7));
    }
}
