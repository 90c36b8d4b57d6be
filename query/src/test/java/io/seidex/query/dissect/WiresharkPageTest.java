package io.seidex.query.dissect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.seidex.dictionary.Dictionaries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page that says which of Wireshark's names are not here. */
class WiresharkPageTest {
    private static final Path PAGE = Path.of("..", "docs", "dictionaries", "wireshark.md");
    private static final Path FIELDS =
            Path.of(System.getProperty("protocol", "../../shared/protocol")).resolve("wireshark-fields.tsv");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    @Test
    void shouldListWhatIsNotHere() throws IOException {
        assumeTrue(Files.exists(FIELDS), () -> FIELDS + " is missing");
        Set<String> absent = Files.readAllLines(FIELDS).stream().map(line -> line.split("\t")[0])
                .filter(name -> name.matches("(pfcp|gtp|gtpv2|gtpprime)\\..*"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(absent.size() > 1000, absent.size() + " names");
        absent.removeAll(new FieldRegistry(Dictionaries.builtIn()).names());
        assertEquals(absent, listed());
    }

    /** The names in the last column of the page's table. */
    private static Set<String> listed() throws IOException {
        return Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| "))
                .map(line -> line.split("\\|")[2])
                .flatMap(cell -> NAME.matcher(cell).results().map(found -> found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
