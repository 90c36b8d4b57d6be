package io.seidex.octets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
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

    private static long mappings(Path file) throws IOException {
        try (var lines = Files.lines(MAPPINGS)) {
            return lines.filter(line -> line.endsWith(file.toString())).count();
        }
    }
}
