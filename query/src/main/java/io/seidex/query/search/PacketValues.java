package io.seidex.query.search;

import io.seidex.octets.Octets;
import io.seidex.query.dissect.FrameLink;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import io.seidex.schema.ValueSink;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Every occurrence of every field of one packet, in packet order. Refilled for each packet: its arrays grow to the largest
 * and stay.
 */
public final class PacketValues extends ValueSink {
    private static final int ADDRESS_LENGTH = 16;

    private int size;
    private IndexField[] fields = new IndexField[64];
    /** The number; of octets, where they begin in {@link #octets}. */
    private long[] numbers = new long[64];
    /** How many octets; -1 of a number. */
    private int[] lengths = new int[64];
    private byte[] octets = new byte[512];
    private int used;
    private final boolean[] present;
    /** By occurrence, of frames of other captures. */
    private final Map<Integer, byte[]> captures = new HashMap<>();

    PacketValues(PacketSchema schema) {
        present = new boolean[schema.fields().size()];
    }

    /** Forgets the packet. */
    void clear() {
        captures.clear();
        for (int i = 0; i < size; i++) {
            present[fields[i].ordinal()] = false;
        }
        size = 0;
        used = 0;
    }

    /** How many occurrences there are. */
    public int size() {
        return size;
    }

    public IndexField field(int index) {
        return fields[index];
    }

    /** Whether the field occurs. */
    public boolean has(IndexField field) {
        return present[field.ordinal()];
    }

    /** The first occurrence of a field from {@code index} on, or -1. */
    public int next(IndexField field, int index) {
        if (present[field.ordinal()]) {
            for (int i = index; i < size; i++) {
                if (fields[i].ordinal() == field.ordinal()) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** Whether an occurrence is a number; otherwise it is octets. */
    public boolean isNumber(int index) {
        return lengths[index] < 0;
    }

    public long number(int index) {
        return numbers[index];
    }

    /** What {@link #at} and {@link #length} are places in; valid until the next packet. */
    public byte[] octets() {
        return octets;
    }

    /** Of an occurrence that is a frame of another capture, {@link FrameLink#capture}; else null. */
    public byte[] capture(int index) {
        return captures.isEmpty() ? null : captures.get(index);
    }

    /** Says that an occurrence is a frame, perhaps of another capture. */
    void capture(int index, FrameLink frame) {
        if (frame.capture().length > 0) {
            captures.put(index, frame.capture());
        }
    }

    public int at(int index) {
        return (int) numbers[index];
    }

    public int length(int index) {
        return lengths[index];
    }

    @Override
    public void number(IndexField field, long value) {
        add(field, value, -1);
    }

    @Override
    public void header(IndexField field, long value) {
        add(field, value, -1);
    }

    @Override
    public void octets(IndexField field, Octets source, long at, int length) {
        reserve(length);
        source.copyTo(at, octets, used, length);
        add(field, used, length);
        used += length;
    }

    @Override
    public void text(IndexField field, byte[] text, int length) {
        reserve(length);
        System.arraycopy(text, 0, octets, used, length);
        add(field, used, length);
        used += length;
    }

    @Override
    public void endpoint(IndexField field, long high, long low, long id) {
        boolean seid = field.kind() == IndexField.Kind.SEID_ENDPOINT;
        int length = ADDRESS_LENGTH + (seid ? Long.BYTES : Integer.BYTES);
        reserve(length);
        put(used, high, Long.BYTES);
        put(used + Long.BYTES, low, Long.BYTES);
        put(used + ADDRESS_LENGTH, id, length - ADDRESS_LENGTH);
        add(field, used, length);
        used += length;
    }

    private void put(int at, long value, int length) {
        for (int i = at + length - 1; i >= at; i--) {
            octets[i] = (byte) value;
            value >>>= Byte.SIZE;
        }
    }

    /** Makes room behind {@link #used}; {@link #octets} may be another array afterwards. */
    private void reserve(int length) {
        if (octets.length - used < length) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, used + length));
        }
    }

    private void add(IndexField field, long value, int length) {
        if (size == fields.length) {
            fields = Arrays.copyOf(fields, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
        }
        fields[size] = field;
        numbers[size] = value;
        lengths[size++] = length;
        present[field.ordinal()] = true;
    }
}
