package io.seidex.store;

import com.fasterxml.jackson.core.JsonGenerator;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.DictionaryFile;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What an index is made with. Written when the index is created; an index is never written with other settings.
 *
 * @param schema the fields, their kinds and order, as one word
 * @param payload which packets' octets are stored: {@code reassembled}, {@code all} or {@code none}
 * @param dictionaryFiles what is known besides the built-in dictionaries, in the order in which it is read: the text itself,
 *     so that the index is understood where the files are not
 * @param splitSize a capture that is larger is indexed in parts of about so many octets
 */
public record Settings(String schema, String payload, List<DictionaryFile> dictionaryFiles, long splitSize) {
    /** The format of the directory that is written and read. */
    public static final int FORMAT = 1;

    /** What {@link #payload} is unless something else is asked for: what stands in no packet in one piece is stored. */
    public static final String PAYLOAD = "reassembled";
    /** Besides, every packet is stored: for those who do not keep their captures. */
    public static final String PAYLOAD_ALL = "all";
    /** No octets are stored. */
    public static final String PAYLOAD_NONE = "none";

    /** What {@link #splitSize} is unless something else is asked for: 1 GiB. */
    public static final long SPLIT_SIZE = 1L << 30;

    public Settings {
        dictionaryFiles = List.copyOf(dictionaryFiles);
    }

    /** What this program makes an index with unless it is told otherwise. */
    public static Settings standard() {
        return new Settings(word(PacketSchema.builtIn()), PAYLOAD, List.of(), SPLIT_SIZE);
    }

    public Settings withSplitSize(long splitSize) {
        return new Settings(schema, payload, dictionaryFiles, splitSize);
    }

    public Settings withPayload(String payload) {
        return new Settings(schema, payload, dictionaryFiles, splitSize);
    }

    /** Whether datagrams and messages that were put together are stored. */
    public boolean storesReassembled() {
        return !payload.equals(PAYLOAD_NONE);
    }

    /** Whether every packet is stored. */
    public boolean storesFrames() {
        return payload.equals(PAYLOAD_ALL);
    }

    /** @throws io.seidex.dictionary.DictionaryException if a file declares a protocol that cannot be understood */
    public Settings withDictionaryFiles(List<DictionaryFile> dictionaryFiles) {
        return new Settings(word(PacketSchema.of(declared(dictionaryFiles))), payload, dictionaryFiles, splitSize);
    }

    /**
     * The built-in dictionaries, and what the index knows besides. Reads all of it: not to be asked for again and again.
     *
     * @throws io.seidex.dictionary.DictionaryException if this program does not understand what another one did
     */
    public Dictionaries dictionaries() {
        return dictionaryFiles.isEmpty() ? Dictionaries.builtIn() : Dictionaries.builtIn().extendedBy(dictionaryFiles);
    }

    /** The protocols that are declared for the index: of {@link #dictionaries()}, which need not be read for them. */
    private static DeclaredProtocols declared(List<DictionaryFile> dictionaryFiles) {
        return DeclaredProtocols.builtIn().extendedBy(dictionaryFiles);
    }

    /**
     * The fields that this program has for the index. Reads what is declared for it: not to be asked for again and again.
     *
     * @throws io.seidex.dictionary.DictionaryException if this program does not understand what another one did
     */
    public PacketSchema packetSchema() {
        return PacketSchema.of(declared(dictionaryFiles));
    }

    /** The fields of a schema, as one word that changes when they do. */
    static String word(PacketSchema schema) {
        StringBuilder text = new StringBuilder();
        for (IndexField field : schema.fields()) {
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
        return schema.fields().size() + "-" + Long.toHexString(sum.getValue());
    }

    /** The name and the CRC-32C of each dictionary's text, a word each. */
    List<String> dictionaryWords() {
        List<String> words = new ArrayList<>();
        for (DictionaryFile file : dictionaryFiles) {
            CRC32C sum = new CRC32C();
            sum.update(file.text().getBytes(StandardCharsets.UTF_8));
            words.add(file.name() + '-' + Long.toHexString(sum.getValue()));
        }
        return words;
    }

    /** In what these settings differ from {@code asked}, a clause each; empty if they are the same. */
    public List<String> differences(Settings asked) {
        List<String> differences = new ArrayList<>();
        Optional<String> dictionaries = dictionaryDifference(asked);
        if (dictionaries.isEmpty()) {
            // What is declared has fields: other dictionaries are another schema, which would only be said twice.
            difference(differences, "schema", schema, asked.schema);
        }
        difference(differences, "payload", payload, asked.payload);
        dictionaries.ifPresent(differences::add);
        difference(differences, "split size", splitSize, asked.splitSize);
        return differences;
    }

    private static void difference(List<String> differences, String what, Object made, Object asked) {
        if (!made.equals(asked)) {
            differences.add(what + " " + made + ", not " + asked);
        }
    }

    /** The texts count, not what their files were called. */
    private Optional<String> dictionaryDifference(Settings asked) {
        if (dictionaryFiles.size() == asked.dictionaryFiles.size()) {
            for (int i = 0; i < dictionaryFiles.size(); i++) {
                DictionaryFile file = asked.dictionaryFiles.get(i);
                int line = dictionaryFiles.get(i).firstDifference(file);
                if (line > 0) {
                    return Optional.of("dictionary " + dictionaryFiles.get(i).name() + ", from which " + file.name()
                            + " differs in line " + line);
                }
            }
            return Optional.empty();
        }
        return Optional.of("dictionaries " + names() + ", not " + asked.names());
    }

    private String names() {
        List<String> names = dictionaryFiles.stream().map(DictionaryFile::name).toList();
        return names.isEmpty() ? "built in" : String.join(", ", names);
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
            for (DictionaryFile file : dictionaryFiles) {
                json.writeStartObject();
                json.writeStringField("name", file.name());
                json.writeStringField("text", file.text());
                json.writeEndObject();
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
            List<DictionaryFile> dictionaryFiles = new ArrayList<>();
            for (JsonTree file : tree.objects("dictionaries")) {
                dictionaryFiles.add(new DictionaryFile(file.text("name"), file.text("text")));
            }
            return new Settings(
                    tree.text("schema"),
                    tree.text("payload"),
                    dictionaryFiles,
                    tree.natural("split_size"));
        } catch (JsonTree.BrokenMember e) {
            throw new IndexException(what + " is broken: " + e.getMessage(), e);
        }
    }
}
