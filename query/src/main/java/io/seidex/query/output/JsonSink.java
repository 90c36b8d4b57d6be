package io.seidex.query.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.seidex.query.search.Hit;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;

/**
 * One JSON object a line. Keys are names of fields, values texts as tshark prints them; a field that occurs several times is
 * an array, in packet order; one that does not occur is absent.
 */
public final class JsonSink implements PacketSink {
    private final SerializableString[] names;
    private final Occurrences occurrences;
    private final JsonGenerator json;
    private final TextBuffer text = new TextBuffer();

    /**
     * @param schema of the index
     * @param fields what to print; if empty, the capture, the frame's number, and then every field that is present but those
     *     of whole messages and packets
     */
    public JsonSink(PacketSchema schema, List<OutputField> fields, ZoneId zone, OutputStream out) throws IOException {
        List<OutputField> printed = fields.isEmpty() ? all(schema) : fields;
        this.names =
                printed.stream().map(field -> new SerializedString(field.name())).toArray(SerializableString[]::new);
        this.occurrences = new Occurrences(printed, zone);
        this.json = new JsonFactory().createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    private static List<OutputField> all(PacketSchema schema) {
        return schema.fields().stream().filter(field -> field.kind() != IndexField.Kind.OCTETS)
                .map(OutputField::of).toList();
    }

    @Override
    public boolean accept(Hit hit) throws IOException {
        occurrences.over(hit);
        json.writeStartObject();
        for (int field = 0; field < names.length; field++) {
            int first = occurrences.first(field);
            if (first >= 0) {
                json.writeFieldName(names[field]);
                int second = occurrences.next(field, first);
                if (second < 0) {
                    write(field, first);
                } else {
                    json.writeStartArray();
                    for (int found = first; found >= 0; found = occurrences.next(field, found)) {
                        write(field, found);
                    }
                    json.writeEndArray();
                }
            }
        }
        json.writeEndObject();
        return true;
    }

    private void write(int field, int occurrence) throws IOException {
        text.clear();
        occurrences.print(field, occurrence, text);
        json.writeUTF8String(text.octets(), 0, text.length());
    }

    @Override
    public void finish() throws IOException {
        if (json.getOutputContext().hasCurrentIndex()) {
            json.writeRaw('\n');
        }
        json.enable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        json.flush();
    }
}
