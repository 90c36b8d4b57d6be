package io.seidex.octets;

import java.nio.ByteBuffer;

/**
 * Octets that may be written: what is made of a capture's octets and does not stand in it, such as a packet that the
 * capture spells in text.
 *
 * <p>Its memory is outside the heap and stays as long as it or its {@link #octets()} are reachable: there is nothing to
 * close. One thread writes; what others read meanwhile is undefined.
 */
public final class OctetBuffer {
    private final ByteBuffer memory;
    private final Octets octets;

    /** @param capacity how many octets there are, at least 1; all 0 at first */
    public OctetBuffer(int capacity) {
        this.memory = ByteBuffer.allocateDirect(capacity);
        this.octets = Octets.over(memory);
    }

    /** All of it, written or not; the same each time. */
    public Octets octets() {
        return octets;
    }

    /** How many octets it holds. */
    public int capacity() {
        return memory.capacity();
    }

    /** Writes one octet; only the lowest 8 bits of {@code value} count. */
    public void put(int at, int value) {
        memory.put(at, (byte) value);
    }

    /** Writes the first {@code count} octets of {@code source}. */
    public void put(int at, byte[] source, int count) {
        memory.put(at, source, 0, count);
    }

    /** A buffer of more octets, which begins with these. */
    public OctetBuffer longer(int capacity) {
        OctetBuffer longer = new OctetBuffer(capacity);
        longer.memory.put(0, memory, 0, memory.capacity());
        return longer;
    }
}
