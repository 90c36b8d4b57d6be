package io.seidex.query.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.query.TestIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of README.md print what it says. {@code -Dgolden.update=true} writes what they print. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final String PROMPT = "$ ./seidex ";
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Pattern LINES = Pattern.compile("(.*) \\| sed -n '(\\d+),(\\d+)p'");
    private static final String INDEX = "target/example";

    @TempDir
    Path home;

    @Test
    void shouldPrintWhatItSays() throws IOException {
        List<String> said = Files.readAllLines(README);
        List<String> holds = new ArrayList<>();
        boolean isConsole = false;
        boolean isPrinted = false;
        int examples = 0;
        for (int i = 0; i < said.size(); i++) {
            String line = said.get(i);
            if (line.startsWith("```")) {
                isConsole = line.equals("```console");
                isPrinted = false;
            }
            if (!isPrinted || line.startsWith(PROMPT)) {
                holds.add(line);
            }
            if (isConsole && line.startsWith(PROMPT)) {
                String command = line.substring(PROMPT.length());
                isPrinted = !command.startsWith("index ");
                if (isPrinted) {
                    holds.addAll(printed(command));
                } else {
                    index(command, said.get(i + 1));
                }
                examples++;
            }
        }
        assertTrue(examples >= 5, examples + " examples");
        if (Boolean.getBoolean("golden.update")) {
            Files.write(README, holds);
            return;
        }
        assertEquals(String.join("\n", holds), String.join("\n", said),
                "README.md is stale: run the test with -Dgolden.update=true, and look at the difference");
    }

    /** What is indexed does not depend on the machine, unlike the time and memory that it takes. */
    private void index(String command, String said) {
        List<String> words = words(command);
        assertEquals(INDEX, words.get(words.indexOf("--index") + 1));
        TestIndex index = TestIndex.of(home.resolve(INDEX), Path.of(words.get(1)));
        String packets = index.query("--count").out().strip();
        assertTrue(said.startsWith("1 capture, " + packets + " packets, " + packets + " documents, "), said);
    }

    private List<String> printed(String command) {
        Matcher some = LINES.matcher(command);
        boolean isSome = some.matches();
        List<String> words = words(isSome ? some.group(1) : command);
        words.replaceAll(word -> word.equals(INDEX) ? home.resolve(INDEX).toString() : word);
        TestIndex.Run run = TestIndex.run(words.toArray(new String[0]));
        assertEquals(ExitCode.DONE, run.code(), () -> command + ": " + run.err());
        return isSome ? run.lines().subList(Integer.parseInt(some.group(2)) - 1, Integer.parseInt(some.group(3)))
                : run.lines();
    }

    /** As a shell has them; the captures of the project are seen from the module that the tests run in. */
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(command); word.find();) {
            String found = word.group(1) == null ? word.group(2) : word.group(1);
            words.add(found.startsWith("docs/") ? "../" + found : found);
        }
        return words;
    }
}
