package io.seidex.query.dissect;

import io.seidex.dictionary.FieldFormat;
import io.seidex.dictionary.MemberType;
import io.seidex.dictionary.ValueText;
import io.seidex.octets.Octets;
import io.seidex.schema.ValueFormat;
import io.seidex.store.OneLine;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Prints the values of nodes as tshark 4.0 prints them with {@code -T fields}: UTF-8 in a buffer that grows to the longest
 * value and stays.
 */
public final class NodeText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long NANOS = 1_000_000_000L;
    /** What dates end in, behind the fraction. */
    private static final byte[] UTC = " UTC".getBytes(StandardCharsets.US_ASCII);
    private static final int GUID_LENGTH = 16;
    private static final int[] GUID_DASHES = {8, 13, 18, 23};
    private static final int MAC_ROOM = 18;
    /** A text grows at most so much: labels lose an octet for each dot, digits are two to an octet. */
    private static final int DIGITS_TO_OCTET = 2;

    private byte[] octets = new byte[256];
    private int length;
    private byte[] text = new byte[256];

    /** What was printed; valid until the next call. */
    public byte[] octets() {
        return octets;
    }

    /** How many octets were printed. */
    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    /** Prints a node's value behind what was printed before. Layers and elements print nothing. */
    public void print(PacketTree tree, int node) {
        Field field = tree.field(node);
        long number = tree.number(node);
        switch (field.type()) {
            case NONE -> {
                // Its children have the values.
            }
            case UNSIGNED, FLAG -> {
                put(tree.capture(node));
                unsigned(field, number);
            }
            case SIGNED -> signed(number);
            case IPV4 -> {
                if (tree.length(node) == 4) {
                    reserve(ValueFormat.MAX_NUMBER);
                    length = ValueFormat.ipv4(tree.octets(node).u32(tree.place(node)), octets, length);
                }
            }
            case IPV6 -> {
                if (tree.length(node) == 16) {
                    long place = tree.place(node);
                    reserve(ValueFormat.MAX_NUMBER);
                    length = ValueFormat.ipv6(tree.octets(node).i64(place), tree.octets(node).i64(place + 8), octets,
                            length);
                }
            }
            case MAC -> hex(tree.octets(node), tree.place(node), tree.length(node), true);
            case OCTETS -> octets(tree, node);
            case TEXT -> {
                int count = text(tree, node);
                reserve(ValueFormat.textRoom(count));
                length = ValueFormat.text(text, count, octets, length);
            }
            case TIME -> time(field, number);
            case PLMN -> plmn(tree, node);
        }
    }

    /**
     * Prints a node's value for people, in one line: texts in UTF-8 with what would steer a terminal escaped; of octets and
     * texts, the first {@code most}, and how many follow.
     */
    public void printReadable(PacketTree tree, int node, int most) {
        Field field = tree.field(node);
        int count = tree.length(node);
        switch (field.type()) {
            case OCTETS -> {
                if (field.isPayload()) {
                    put(count + (count == 1 ? " octet" : " octets"));
                } else if (count <= most) {
                    print(tree, node);
                } else {
                    hex(tree.octets(node), tree.place(node), most, false);
                    more(count - most);
                }
            }
            case TEXT -> {
                int written = text(tree, node);
                put(OneLine.of(new String(text, 0, Math.min(written, most), StandardCharsets.UTF_8)));
                more(written - most);
            }
            default -> print(tree, node);
        }
    }

    private void more(int octets) {
        if (octets > 0) {
            put("… " + octets + (octets == 1 ? " octet more" : " octets more"));
        }
    }

    private void put(String words) {
        put(words.getBytes(StandardCharsets.UTF_8));
    }

    private void put(byte[] utf8) {
        if (utf8 != null) {
            reserve(utf8.length);
            System.arraycopy(utf8, 0, octets, length, utf8.length);
            length += utf8.length;
        }
    }

    /** Puts the value itself behind what was printed before: the text, decoded, nothing escaped; else the octets. */
    public void raw(PacketTree tree, int node) {
        if (tree.field(node).type() == Field.Type.PLMN) {
            print(tree, node);
            return;
        }
        boolean isText = tree.field(node).type() == Field.Type.TEXT;
        int count = isText ? text(tree, node) : tree.length(node);
        reserve(count);
        if (isText) {
            System.arraycopy(text, 0, octets, length, count);
        } else {
            tree.octets(node).copyTo(tree.place(node), octets, length, count);
        }
        length += count;
    }

    /** The text of a node of {@link Field.Type#TEXT}, decoded, nothing escaped; how many octets it has. */
    int text(PacketTree tree, int node) {
        Field field = tree.field(node);
        if (field.format() == FieldFormat.LABEL) {
            return label(field, tree.number(node));
        }
        int count = tree.length(node);
        int room = DIGITS_TO_OCTET * count + 1;
        if (tree.isOwnText(node)) {
            count = tree.ownLength(node);
            room = count;
        }
        if (text.length < room) {
            text = new byte[2 * room];
        }
        if (tree.isOwnText(node)) {
            System.arraycopy(tree.texts(), tree.ownAt(node), text, 0, count);
            return count;
        }
        return ValueText.write(field.member().type(), tree.octets(node), tree.place(node), count, text);
    }

    private int label(Field field, long number) {
        String label = field.label(number);
        text = (label.isEmpty() ? "Unknown" : label).getBytes(StandardCharsets.UTF_8);
        return text.length;
    }

    /** What {@link #text} wrote. */
    byte[] text() {
        return text;
    }

    private void unsigned(Field field, long number) {
        reserve(ValueFormat.MAX_NUMBER);
        length = field.format() == FieldFormat.HEX
                ? ValueFormat.hex(number, field.hexDigits(), octets, length)
                : ValueFormat.decimal(number, octets, length);
    }

    private void signed(long number) {
        reserve(ValueFormat.MAX_NUMBER);
        if (number < 0) {
            octets[length++] = '-';
        }
        length = ValueFormat.decimal(Math.abs(number), octets, length);
    }

    private void hex(Octets source, long place, int count, boolean colons) {
        reserve(3 * count + MAC_ROOM);
        for (int i = 0; i < count; i++) {
            if (colons && i > 0) {
                octets[length++] = ':';
            }
            int octet = source.u8(place + i);
            octets[length++] = HEX[octet >>> 4];
            octets[length++] = HEX[octet & 15];
        }
    }

    private void octets(PacketTree tree, int node) {
        if (tree.length(node) == 0) {
            put("<MISSING>");
            return;
        }
        boolean isGuid = tree.field(node).format() == FieldFormat.GUID && tree.length(node) == GUID_LENGTH;
        int from = length;
        hex(tree.octets(node), tree.place(node), tree.length(node), false);
        if (isGuid) {
            reserve(GUID_DASHES.length);
            for (int dash : GUID_DASHES) {
                System.arraycopy(octets, from + dash, octets, from + dash + 1, length - from - dash);
                octets[from + dash] = '-';
                length++;
            }
        }
    }

    private void time(Field field, long nanos) {
        reserve(ValueFormat.MAX_NUMBER);
        if (field.member() == null) {
            length = ValueFormat.epoch(nanos, octets, length);
            return;
        }
        length = ValueFormat.utc(Math.floorDiv(nanos, NANOS) & 0xFFFF_FFFFL, octets, length);
        long fraction = Math.floorMod(nanos, NANOS);
        for (int i = length - UTC.length; fraction != 0; fraction /= 10) {
            octets[--i] = (byte) ('0' + fraction % 10);
        }
    }

    /** MCC and MNC, with a digit 0xF left out. */
    private void plmn(PacketTree tree, int node) {
        reserve(ValueFormat.MAX_NUMBER);
        boolean s1ap = tree.field(node).member().type() == MemberType.PLMN_S1AP;
        int bits = tree.octets(node).u24(tree.place(node));
        int third = bits >>> 12 & 15;
        digit(bits >>> 16);
        digit(bits >>> 20);
        digit(bits >>> 8);
        if (s1ap && third != 15) {
            digit(third);
            digit(bits);
            digit(bits >>> 4);
            return;
        }
        digit(bits);
        digit(bits >>> 4);
        if (third != 15) {
            digit(third);
        }
    }

    private void digit(int half) {
        octets[length++] = HEX[half & 15];
    }

    private void reserve(int count) {
        if (octets.length - length < count) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + count));
        }
    }

    @Override
    public String toString() {
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }
}
