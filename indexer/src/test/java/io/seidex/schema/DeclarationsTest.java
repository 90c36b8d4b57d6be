package io.seidex.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.DictionaryException;
import io.seidex.dictionary.DictionaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The declarations of the documentation: they are right, and whatever is made of them is refused with its place, or read. */
class DeclarationsTest {
    private static final Path PAGE = Path.of("..", "docs", "declared-protocols.md");
    private static final long SEED = Long.getLong("seed", new Random().nextLong());

    /** The blocks of the page that begin with a protocol. */
    private static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        for (String block : Files.readString(PAGE).split("\n\n")) {
            if (block.startsWith("    protocol ")) {
                examples.add(block.lines().map(line -> line.substring(4)).collect(Collectors.joining("\n", "", "\n")));
            }
        }
        return examples;
    }

    @Test
    void shouldUnderstandTheDocumentation() throws IOException {
        List<String> examples = examples();
        assertEquals(4, examples.size());
        Dictionaries known = Dictionaries.builtIn().extendedBy("page", String.join("\n", examples));
        assertEquals("[udp_div, blocks, frames, records]", known.declared().all().toString());
        PacketSchema schema = PacketSchema.of(known.declared());
        List<String> fields =
                schema.fields().stream().skip(PacketSchema.FIXED.size()).map(field -> field.name()).toList();
        assertEquals("[udp_div.Ident, udp_div.DivNo, udp_div.DivMax, udp_div.DataSize, udp_div.Data, blocks.node,"
                + " blocks.id, blocks.kind, blocks.text, frames.flags, frames.flags.begin, frames.flags.end,"
                + " frames.sequence, records.magic, records.kind, records.words, records.name]", fields.toString());
        assertEquals(schema.fields().size(), schema.fields().getLast().ordinal() + 1);
    }

    @Test
    void shouldRefuseWithAPlaceOrRead() throws IOException {
        Random random = new Random(SEED);
        List<String> examples = examples();
        List<String> words = List.of(String.join("\n", examples).split("[ \n]+"));
        int refused = 0;
        for (int round = 0; round < 5000; round++) {
            StringBuilder text = new StringBuilder(examples.get(random.nextInt(examples.size())));
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, words.get(random.nextInt(words.size())) + ' ');
                    case 2 -> text.insert(at, (char) (random.nextInt(100) + 9));
                    default -> text.replace(at, Math.min(text.length(), at + random.nextInt(9)), "");
                }
            }
            try {
                PacketSchema.of(DeclaredProtocols.NONE.extendedBy(List.of(new DictionaryFile("d", text.toString()))));
            } catch (DictionaryException e) {
                refused++;
                assertTrue(e.line() <= text.toString().lines().count() + 1 && e.column() > 0, e.getMessage());
            } catch (RuntimeException e) {
                throw new AssertionError("-Dseed=" + SEED + "\n" + text, e);
            }
        }
        assertTrue(refused > 1000 && refused < 5000, refused + ", -Dseed=" + SEED);
    }
}
