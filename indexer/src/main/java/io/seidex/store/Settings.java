package io.seidex.store;

import com.fasterxml.jackson.core.JsonGenerator;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What an index is made with. Written when the index is created; an index is never written with other settings.
 *
 * @param schema the fields, their kinds and order, as one word
 * @param payload which packets' octets are stored: {@code reassembled}, {@code all} or {@code none}
 * @param dictionaries the dictionaries that decode the packets, in the order in which they are read
 * @param splitSize a capture that is larger is indexed in parts of about so many octets
 */
public record Settings(String schema, String payload, List<String> dictionaries, long splitSize) {
    /** The format of the directory that is written and read. */
    public static final int FORMAT = 1;

    /** What {@link #payload} is unless something else is asked for. */
    public static final String PAYLOAD = "reassembled";

    /** What {@link #splitSize} is unless something else is asked for: 1 GiB. */
    public static final long SPLIT_SIZE = 1L << 30;

    public Settings {
        dictionaries = List.copyOf(dictionaries);
    }

    /** What this program makes an index with unless it is told otherwise. */
    public static Settings standard() {
        return new Settings(currentSchema(), PAYLOAD, List.of(), SPLIT_SIZE);
    }

    public Settings withSplitSize(long splitSize) {
        return new Settings(schema, payload, dictionaries, splitSize);
    }

    /** The fields of this program, as one word that changes when they do. */
    public static String currentSchema() {
        StringBuilder text = new StringBuilder();
        for (IndexField field : PacketSchema.FIELDS) {
            text.append(field.ordinal())
                    .append(' ')
                    .append(field.name())
                    .append(' ')
                    .append(field.kind())
                    .append(' ')
                    .append(field.octets())
                    .append(' ')
                    .append(field.terms())
                    .append(' ')
                    .append(field.values())
                    .append('\n');
        }
        CRC32C sum = new CRC32C();
        sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return PacketSchema.FIELDS.size() + "-" + Long.toHexString(sum.getValue());
    }

    /** In what these settings differ from {@code asked}, a clause each; empty if they are the same. */
    public List<String> differences(Settings asked) {
        List<String> differences = new ArrayList<>();
        difference(differences, "schema", schema, asked.schema);
        difference(differences, "payload", payload, asked.payload);
        difference(differences, "dictionaries", dictionaries, asked.dictionaries);
        difference(differences, "split size", splitSize, asked.splitSize);
        return differences;
    }

    private static void difference(List<String> differences, String what, Object made, Object asked) {
        if (!made.equals(asked)) {
            differences.add(what + " " + made + ", not " + asked);
        }
    }

    byte[] toJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonTree.JSON.createGenerator(bytes)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("seidex", FORMAT);
            json.writeStringField("schema", schema);
            json.writeStringField("payload", payload);
            json.writeArrayFieldStart("dictionaries");
            for (String dictionary : dictionaries) {
                json.writeString(dictionary);
            }
            json.writeEndArray();
            json.writeNumberField("split_size", splitSize);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Settings read(byte[] json, String what) throws IndexException {
        JsonTree tree = JsonTree.read(json, what);
        try {
            long format = tree.number("seidex");
            if (format != FORMAT) {
                throw new IndexException(what + ": the index is of format " + format + ", this program reads " + FORMAT
                        + "; use the version of Seidex that made it, or index again into a new directory");
            }
            return new Settings(
                    tree.text("schema"),
                    tree.text("payload"),
                    tree.texts("dictionaries"),
                    tree.natural("split_size"));
        } catch (JsonTree.BrokenMember e) {
            throw new IndexException(what + " is broken: " + e.getMessage(), e);
        }
    }
}
