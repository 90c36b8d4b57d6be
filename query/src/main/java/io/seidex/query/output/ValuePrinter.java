package io.seidex.query.output;

import io.seidex.query.search.Hit;
import io.seidex.query.search.PacketValues;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import io.seidex.schema.ValueFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prints the values of packets as {@link ValueFormat} has them, and what only an index knows: captures, interfaces, words. */
final class ValuePrinter {
    private static final int ADDRESS_LENGTH = 16;

    /** By the ordinal of their field, one of those that every index has. */
    private final byte[][][] words = new byte[PacketSchema.FIXED.size()][][];
    private byte[] text = new byte[64];

    /** Prints one occurrence. */
    void print(Hit hit, PacketValues values, int index, TextBuffer into) throws IOException {
        IndexField field = values.field(index);
        byte[] octets = values.octets();
        switch (field.kind()) {
            case UNSIGNED, TIME -> {
                byte[] capture = values.capture(index);
                if (capture != null) {
                    into.put(capture);
                }
                number(field, values.number(index), into);
            }
            case CAPTURE -> into.put(hit.capture().path());
            case INTERFACE -> into.putUnsigned(hit.interfaceId());
            case LABEL -> into.put(word(hit.schema(), field, (int) values.number(index)));
            case IPV4 -> {
                int end = ValueFormat.ipv4(number(octets, values.at(index), 4), into.room(ValueFormat.MAX_NUMBER),
                        into.length());
                into.end(end);
            }
            case IPV6 -> {
                int at = values.at(index);
                byte[] room = into.room(ValueFormat.MAX_NUMBER);
                into.end(ValueFormat.ipv6(number(octets, at, 8), number(octets, at + 8, 8), room, into.length()));
            }
            case SEID_ENDPOINT, TEID_ENDPOINT -> {
                int at = values.at(index);
                long id = number(octets, at + ADDRESS_LENGTH, values.length(index) - ADDRESS_LENGTH);
                byte[] room = into.room(ValueFormat.MAX_NUMBER);
                into.end(ValueFormat.endpoint(field, number(octets, at, 8), number(octets, at + 8, 8), id, room,
                        into.length()));
            }
            case OCTETS -> {
                byte[] room = into.room(2 * values.length(index));
                into.end(ValueFormat.hex(octets, values.at(index), values.length(index), room, into.length()));
            }
            case TEXT, COMMUNITY_ID -> text(field, octets, values.at(index), values.length(index), into);
        }
    }

    static void number(IndexField field, long value, TextBuffer into) {
        into.end(ValueFormat.number(field, value, into.room(ValueFormat.MAX_NUMBER), into.length()));
    }

    private void text(IndexField field, byte[] octets, int at, int length, TextBuffer into) {
        if (text.length < length) {
            text = new byte[2 * length];
        }
        System.arraycopy(octets, at, text, 0, length);
        byte[] room = into.room(ValueFormat.MAX_NUMBER + ValueFormat.textRoom(length));
        into.end(ValueFormat.text(field, text, length, room, into.length()));
    }

    private byte[] word(PacketSchema schema, IndexField field, int place) {
        byte[][] list = words[field.ordinal()];
        if (list == null) {
            List<String> labels = schema.labels(field);
            list = labels.stream().map(label -> label.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
            words[field.ordinal()] = list;
        }
        return list[place];
    }

    private static long number(byte[] octets, int at, int length) {
        long number = 0;
        for (int i = at; i < at + length; i++) {
            number = number << Byte.SIZE | octets[i] & 0xFF;
        }
        return number;
    }
}
