package io.seidex.octets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.core.UnsafeMemory;
import net.openhft.hashing.LongTupleHashFunction;

/**
 * A readable run of memory outside the heap: a whole capture, mapped once and read-only, or a buffer.
 *
 * <p>Offsets are absolute ({@code at} is a place in the file) and run from 0 to {@link #length()}. Integers are unsigned and
 * in network order unless the method says otherwise. Every read is checked against the length: a read outside it is an
 * error of this program and throws {@link IndexOutOfBoundsException}; it never touches foreign memory.
 *
 * <p>A file that is cut while it is mapped raises {@link InternalError} on a read behind the new end. Whoever reads a
 * capture catches it, and compares the file's size with {@link #length()} when done: one wrong value may be read before
 * the error.
 *
 * <p>Several threads may read; nobody may read during or after {@link #close()}.
 */
public final class Octets implements AutoCloseable {
    /** No octets at all. Closing it does nothing. */
    public static final Octets EMPTY = new Octets(() -> {}, 0, 0);

    private static final UnsafeMemory MEMORY = UnsafeMemory.INSTANCE;
    private static final long ARRAY_BASE = MEMORY.arrayBaseOffset(byte[].class);
    private static final LongTupleHashFunction XX128 = LongTupleHashFunction.xx128();

    private final Runnable release;
    private final long address;
    private final long length;

    /** The length until it is closed, then 0: a read that comes too late is an exception, not the end of the JVM. */
    private long limit;

    private boolean closed;

    private Octets(Runnable release, long address, long length) {
        this.release = release;
        this.address = address;
        this.length = length;
        this.limit = length;
    }

    /**
     * Maps a whole file, read-only. A file of no octets is {@link #EMPTY}: it is never mapped.
     *
     * @throws IOException if the file is missing, is not readable, is not a regular file, or cannot be mapped
     */
    public static Octets map(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            // Opening a FIFO would wait for its writer; a device may have no end.
            throw new FileSystemException(
                    file.toString(), null, attributes.isDirectory() ? "is a directory" : "is not a regular file");
        }
        if (!Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString(), null, "permission denied");
        }
        long length = attributes.size();
        if (length == 0) {
            return EMPTY;
        }
        MappedBytes mapped;
        try {
            mapped = MappedBytes.singleMappedBytes(file.toFile(), length, true);
        } catch (RuntimeException e) {
            throw new IOException(file + ": cannot be mapped", e);
        }
        BytesStore<?, ?> store = mapped.bytesStore();
        long address = mapped.addressForRead(0);
        return new Octets(
                () -> {
                    mapped.releaseLast();
                    // Chronicle keeps one reservation of its own: without this the memory stays mapped for ever.
                    if (store.refCount() > 0) {
                        store.releaseLast();
                    }
                },
                address, length);
    }

    /** A copy of {@code octets}, outside the heap. */
    public static Octets of(byte[] octets) {
        if (octets.length == 0) {
            return EMPTY;
        }
        BytesStore<?, ?> store = BytesStore.nativeStoreFrom(octets);
        return new Octets(store::releaseLast, store.addressForRead(0), octets.length);
    }

    /** The memory of a direct buffer, which stays as long as these octets are reachable. */
    static Octets over(ByteBuffer memory) {
        BytesStore<?, ?> store = BytesStore.wrap(memory);
        return new Octets(store::releaseLast, store.addressForRead(0), memory.capacity());
    }

    /** Memory of this program's own, outside the heap; what it holds is not known. Through {@link GrowingOctets}. */
    static Octets allocate(long length) {
        BytesStore<?, ?> store = BytesStore.lazyNativeBytesStoreWithFixedCapacity(length);
        return new Octets(store::releaseLast, store.addressForWrite(0), length);
    }

    /** Overwrites {@code count} octets from {@code at} on; the two runs do not overlap. */
    void write(long at, Octets source, long from, long count) {
        long target = place(at, count);
        MEMORY.copyMemory(source.place(from, count), target, count);
    }

    /** Overwrites eight octets. */
    void write(long at, long value) {
        MEMORY.writeLong(fixed(at, Long.BYTES), Long.reverseBytes(value));
    }

    /** How many octets there are; of a capture, its size when it was mapped. */
    public long length() {
        return length;
    }

    /** One octet. */
    public int u8(long at) {
        return MEMORY.readByte(fixed(at, 1)) & 0xFF;
    }

    /** Two octets. */
    public int u16(long at) {
        return Short.reverseBytes(MEMORY.readShort(fixed(at, 2))) & 0xFFFF;
    }

    /** Three octets. */
    public int u24(long at) {
        long place = fixed(at, 3);
        return (MEMORY.readByte(place) & 0xFF) << 16 | Short.reverseBytes(MEMORY.readShort(place + 1)) & 0xFFFF;
    }

    /** Four octets. */
    public long u32(long at) {
        return Integer.reverseBytes(MEMORY.readInt(fixed(at, 4))) & 0xFFFF_FFFFL;
    }

    /** Eight octets: a pattern of 64 bits, unsigned in meaning. */
    public long i64(long at) {
        return Long.reverseBytes(MEMORY.readLong(fixed(at, 8)));
    }

    /** {@code size} octets, 0 to 8, as one unsigned integer. */
    public long uint(long at, int size) {
        long place = place(at, size);
        if (at <= limit - Long.BYTES && size > 0) {
            return Long.reverseBytes(MEMORY.readLong(place)) >>> Byte.SIZE * (Long.BYTES - size);
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | MEMORY.readByte(place + i) & 0xFF;
        }
        return value;
    }

    /** Two octets, little-endian. */
    public int u16le(long at) {
        return MEMORY.readShort(fixed(at, 2)) & 0xFFFF;
    }

    /** Four octets, little-endian. */
    public long u32le(long at) {
        return MEMORY.readInt(fixed(at, 4)) & 0xFFFF_FFFFL;
    }

    /** Eight octets, little-endian. */
    public long i64le(long at) {
        return MEMORY.readLong(fixed(at, 8));
    }

    /** Copies {@code count} octets from {@code at} into {@code target}, from {@code offset} on. */
    public void copyTo(long at, byte[] target, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, target.length); // the copy itself checks nothing
        MEMORY.copyMemory(place(at, count), target, ARRAY_BASE + offset, count);
    }

    /** A copy of {@code count} octets; for cold paths. */
    public byte[] copy(long at, int count) {
        byte[] copy = new byte[count];
        copyTo(at, copy, 0, count);
        return copy;
    }

    /** Whether the {@code count} octets at {@code at} are those of {@code expected} from {@code offset} on. */
    public boolean matches(long at, byte[] expected, int offset, int count) {
        long place = place(at, count);
        for (int i = 0; i < count; i++) {
            if (MEMORY.readByte(place + i) != expected[offset + i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the {@code count} octets at {@code at} are those of {@code other} at {@code otherAt}. */
    public boolean matches(long at, Octets other, long otherAt, long count) {
        long place = place(at, count);
        long otherPlace = other.place(otherAt, count);
        long i = 0;
        for (; i + Long.BYTES <= count; i += Long.BYTES) {
            if (MEMORY.readLong(place + i) != MEMORY.readLong(otherPlace + i)) {
                return false;
            }
        }
        for (; i < count; i++) {
            if (MEMORY.readByte(place + i) != MEMORY.readByte(otherPlace + i)) {
                return false;
            }
        }
        return true;
    }

    /** The XXH3 hash of 128 bits of {@code count} octets, as two longs. Not cryptographic. */
    public long[] digest(long at, long count) {
        return XX128.hashMemory(place(at, count), count);
    }

    /** Gives the memory back. A second time does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            limit = 0;
            release.run();
        }
    }

    /** For counts that are constants: the compiler knows this check, and moves it out of loops. */
    private long fixed(long at, long count) {
        return address + Objects.checkIndex(at, limit - count + 1);
    }

    private long place(long at, long count) {
        if ((at | count) < 0 || at > limit - count) {
            throw new IndexOutOfBoundsException(count + " octets at " + at + " of " + limit);
        }
        return address + at;
    }
}
