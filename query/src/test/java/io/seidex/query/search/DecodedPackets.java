package io.seidex.query.search;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.Dictionaries;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.schema.Extraction;
import io.seidex.schema.FieldTerms;
import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Kind;
import io.seidex.schema.PacketSchema;
import io.seidex.schema.ValueSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of all packets of captures, by field, as strings of octets that sort as the values do. */
final class DecodedPackets extends ValueSink {
    final List<Map<String, List<byte[]>>> packets = new ArrayList<>();
    private Map<String, List<byte[]>> packet;

    void add(Path path) throws IOException {
        Packet layers = new Packet();
        PacketDecoder decoder = new PacketDecoder();
        Extraction extraction = Extraction.forPrinting(Dictionaries.builtIn());
        try (Capture capture = Capture.open(path, new FaultLog())) {
            boolean named = capture.format().name().equals("PCAPNG");
            FrameCursor cursor = capture.cursor(new FaultLog());
            while (cursor.next()) {
                packet = new HashMap<>();
                extraction.frame(cursor.frame(), 0, cursor.frame().source().id(), this);
                if (cursor.frame().captured() == cursor.frame().original()) {
                    header(PacketSchema.FRAME_CAPTURED, cursor.frame().captured());
                }
                if (!named) {
                    packet.remove(PacketSchema.FRAME_INTERFACE.name());
                }
                packet.put(PacketSchema.CAPTURE.name(), List.of(path.toString().getBytes(StandardCharsets.UTF_8)));
                decoder.decode(cursor.frame().octets(), cursor.frame(), layers);
                extraction.extract(cursor.frame().octets(), layers, this);
                packets.add(packet);
            }
        }
    }

    /** A number as it sorts: times are signed. */
    static byte[] sortable(IndexField field, long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(field.kind() == Kind.TIME ? value ^ Long.MIN_VALUE : value)
                .array();
    }

    private void put(IndexField field, byte[] value) {
        packet.computeIfAbsent(field.name(), _ -> new ArrayList<>()).add(value);
    }

    @Override
    public void number(IndexField field, long value) {
        put(field, field.kind() == Kind.LABEL
                ? PacketSchema.builtIn().labels(field).get((int) value).getBytes(StandardCharsets.UTF_8)
                : sortable(field, value));
    }

    @Override
    public void header(IndexField field, long value) {
        number(field, value);
    }

    @Override
    public void octets(IndexField field, Octets octets, long at, int length) {
        put(field, octets.copy(at, length));
    }

    @Override
    public void text(IndexField field, byte[] text, int length) {
        put(field, Arrays.copyOf(text, length));
    }

    @Override
    public void endpoint(IndexField field, long high, long low, long id) {
        put(field, FieldTerms.endpoint(field, high, low, id).bytes);
    }
}
