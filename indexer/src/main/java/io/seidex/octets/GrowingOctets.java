package io.seidex.octets;

/**
 * Octets that grow: what is appended to them is copied, one piece behind the other. For what is put together from pieces,
 * or must outlive the place where it was found. Emptied and filled again, they keep the memory that they have grown to.
 *
 * <p>One thread at a time.
 */
public final class GrowingOctets implements AutoCloseable {
    private static final long FIRST_CAPACITY = 1 << 12;

    private Octets octets = Octets.EMPTY;
    private long length;

    /** What was appended, from 0 to {@link #length()}; valid until more is appended. Behind that it means nothing. */
    public Octets octets() {
        return octets;
    }

    /** How many octets were appended. */
    public long length() {
        return length;
    }

    /** Octets of memory that are held. */
    public long capacity() {
        return octets.length();
    }

    /** Forgets everything. */
    public void clear() {
        length = 0;
    }

    /** Appends {@code count} octets of {@code source}, which is not this buffer. */
    public void append(Octets source, long at, long count) {
        reserve(count);
        octets.write(length, source, at, count);
        length += count;
    }

    /** Appends eight octets, in network order. */
    public void append(long value) {
        reserve(Long.BYTES);
        octets.write(length, value);
        length += Long.BYTES;
    }

    /** Appends {@code count} octets that are still to be {@link #put}. */
    public void extend(long count) {
        reserve(count);
        length += count;
    }

    /** Writes eight octets over those at a place, in network order. */
    public void put(long at, long value) {
        octets.write(at, value);
    }

    /** Exchanges what the two hold. */
    public void swap(GrowingOctets other) {
        Octets theirs = other.octets;
        long theirLength = other.length;
        other.octets = octets;
        other.length = length;
        octets = theirs;
        length = theirLength;
    }

    /** Makes room for {@code more} octets. */
    public void reserve(long more) {
        if (more > octets.length() - length) {
            long capacity = Math.max(FIRST_CAPACITY, octets.length());
            while (capacity - length < more) {
                capacity *= 2;
            }
            Octets grown = Octets.allocate(capacity);
            grown.write(0, octets, 0, length);
            octets.close();
            octets = grown;
        }
    }

    /** Gives the memory back; the buffer is empty afterwards, and may be filled again. */
    @Override
    public void close() {
        octets.close();
        octets = Octets.EMPTY;
        length = 0;
    }
}
