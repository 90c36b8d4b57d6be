package io.seidex.schema;

import io.seidex.octets.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects what is handed over for one packet, as text: every occurrence in order, and by field. */
final class FieldText extends ValueSink {
    private final List<String> lines = new ArrayList<>();
    private final List<List<String>> values = new ArrayList<>();
    private byte[] buffer = new byte[256];

    FieldText() {
        PacketSchema.builtIn().fields().forEach(field -> values.add(new ArrayList<>()));
    }

    void clear() {
        lines.clear();
        values.forEach(List::clear);
    }

    /** {@code name=value}, in the order in which they came. Values of a header that are kept for the document show as {@code name:=value}. */
    List<String> lines() {
        return lines;
    }

    /** The values of a field as tshark joins them. */
    String joined(IndexField field) {
        return String.join(",", values.get(field.ordinal()));
    }

    @Override
    public void number(IndexField field, long value) {
        add(field, "=", numberText(field, value));
    }

    @Override
    public void header(IndexField field, long value) {
        add(field, ":=", numberText(field, value));
    }

    @Override
    public void octets(IndexField field, Octets octets, long at, int length) {
        room(ValueFormat.textRoom(length));
        add(field, "=", text(ValueFormat.octets(field, octets, at, length, buffer, 0)));
    }

    @Override
    public void text(IndexField field, byte[] text, int length) {
        room(ValueFormat.textRoom(length));
        add(field, "=", text(ValueFormat.text(field, text, length, buffer, 0)));
    }

    @Override
    public void endpoint(IndexField field, long high, long low, long id) {
        add(field, "=", text(ValueFormat.endpoint(field, high, low, id, buffer, 0)));
    }

    private String numberText(IndexField field, long value) {
        if (field.kind() == IndexField.Kind.LABEL) {
            return PacketSchema.builtIn().labels(field).get((int) value);
        }
        return text(ValueFormat.number(field, value, buffer, 0));
    }

    private void add(IndexField field, String sign, String text) {
        lines.add(field.name() + sign + text);
        values.get(field.ordinal()).add(text);
    }

    private String text(int length) {
        return new String(Arrays.copyOf(buffer, length), StandardCharsets.UTF_8);
    }

    private void room(int octets) {
        if (buffer.length < octets + ValueFormat.MAX_NUMBER) {
            buffer = new byte[octets + ValueFormat.MAX_NUMBER];
        }
    }
}
