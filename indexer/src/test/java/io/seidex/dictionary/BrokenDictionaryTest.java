package io.seidex.dictionary;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.seidex.octets.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dictionaries that somebody damaged: each is read, or refused with a place that it has; whatever is read reads any octets.
 * {@code -Dseed=} repeats a run.
 */
class BrokenDictionaryTest {
    private static final int ROUNDS = Integer.getInteger("rounds", 300);
    private static final String[] PIECES =
            {"ie ", "in ", "enum ", "flags ", "header ", "message ", "part ", "protocol ", " = ",
                " -> ", ":u8", ":bytes[rest]", "{", "}", "(", ")", "[", "]", "*rest", " if ", "!", "&", "|", "==", ";",
                ",", "?", "\n",
                "\n ", "\r\n", "#", "4294967295", "99999999999999999999", "0x", "b1=", "b8-1", "\uFEFF", "é", "\uD83D",
                "\0", "/hex",
                ":", ".", "@", "*", "part ", "{part Quality of Service}", "scale ", "a:(", "{1+1}", "none", "+"};

    private final Random random = new Random();
    private final LayoutReader reader = new LayoutReader();

    @ParameterizedTest
    @ValueSource(
            strings = {"pfcp.ies", "gtpv2.ies", "gtpv1.ies", "gtpu.ies", "gtpprime.ies", "common.ies", "layers.ies"})
    void shouldRefuseDamageOrReadIt(String name) throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        random.setSeed(seed);
        List<String> statements = statements(name);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(statements.getFirst());
            for (int i = random.nextInt(6); i >= 0; i--) {
                text.append(statements.get(random.nextInt(statements.size())));
            }
            for (int i = random.nextInt(4); i >= 0; i--) {
                damage(text);
            }
            refused += read(text.toString(), "-Dseed=" + seed + " round " + round) ? 0 : 1;
        }
        assertTrue(refused > ROUNDS / 10 && refused < ROUNDS, refused + " of " + ROUNDS + " refused");
    }

    @Test
    void shouldNotFallOverDepth() {
        for (String piece : List.of("!", "(", "a:bytes[9]{", "(a:u8 if !", "b", ";")) {
            read("protocol x\nie 1 A = a:u8; b:u8 if " + piece.repeat(200_000) + "\n", piece);
            read("protocol x\nie 1 A = " + piece.repeat(200_000) + "\n", piece);
        }
    }

    /** The statements of a dictionary, the protocol first. */
    private static List<String> statements(String name) throws IOException {
        try (InputStream resource = Dictionary.class.getResourceAsStream(name)) {
            List<String> statements = new ArrayList<>();
            for (String line : new String(resource.readAllBytes(), StandardCharsets.UTF_8).split("(?<=\n)")) {
                if (line.startsWith(" ") && !statements.isEmpty()) {
                    statements.add(statements.removeLast() + line);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    statements.add(line);
                }
            }
            return statements;
        }
    }

    private void damage(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + random.nextInt(12));
        switch (random.nextInt(5)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
            case 2 -> text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
            case 3 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
            default -> text.setLength(Math.max(1, at));
        }
    }

    /** False: refused. */
    private boolean read(String text, String hint) {
        try {
            Dictionary read = Dictionary.read("x.ies", text);
            read.elements().forEach(element -> run(element.layout(), hint + "\n" + text));
            read.headers().forEach(element -> run(element.layout(), hint + "\n" + text));
            read.parts().forEach(element -> run(element.layout(), hint + "\n" + text));
            return true;
        } catch (DictionaryException e) {
            long lines = text.chars().filter(c -> c == '\n').count() + 1;
            assertTrue(e.line() >= 1 && e.line() <= lines && e.column() >= 1 && !e.getMessage().contains("\n"),
                    () -> hint + " " + e.getMessage() + "\n" + text);
            return false;
        } catch (RuntimeException | Error e) {
            return fail(hint + "\n" + text.substring(0, Math.min(text.length(), 10_000)), e);
        }
    }

    private void run(Layout layout, String hint) {
        byte[] value = new byte[random.nextInt(60)];
        random.nextBytes(value);
        try (Octets octets = Octets.of(value)) {
            // Bits and codes come with what holds them, and structures hold octets again: a multiple of the octets, at most.
            long most = (value.length + 1L) * (layout.members().size() + 1L);
            long count = 0;
            for (reader.over(layout.program(), octets, 0, value.length); reader.next();) {
                assertTrue(reader.at() >= 0 && reader.at() + reader.length() <= value.length,
                        () -> hint + HexFormat.of().formatHex(value));
                reader.number();
                assertTrue(++count <= most, () -> hint + " does not end on " + HexFormat.of().formatHex(value));
            }
        }
    }
}
