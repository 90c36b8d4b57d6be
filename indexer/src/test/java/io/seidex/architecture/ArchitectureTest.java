package io.seidex.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.architecture.PackageLine.Ban;
import io.seidex.architecture.PackageLine.Door;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The line of packages and the doors, as docs/ARCHITECTURE.md draws them. */
class ArchitectureTest {
    private static final List<String> LINE = List.of(
            "octets", "fault", "dictionary", "capture", "decode", "reassemble", "exchange", "schema", "segment",
            "store", "batch", "cli");

    private static final List<Door> DOORS = List.of(
            new Door("net.openhft", Set.of("octets")),
            new Door("org.apache.lucene", Set.of("schema", "segment", "store")),
            new Door("com.fasterxml.jackson", Set.of("store", "batch", "cli")),
            new Door("picocli", Set.of("cli")),
            new Door("me.tongfei.progressbar", Set.of("cli")),
            new Door("org.jline", Set.of("cli")),
            new Door("org.slf4j", Set.of()),
            new Door("java.util.logging", Set.of()));

    private static final Set<String> HOT = Set.of("octets", "fault", "capture", "decode", "reassemble", "exchange");

    private static final List<Ban> BANS = List.of(
            new Ban("java.util.regex", HOT),
            new Ban("java.lang.String#format", HOT),
            new Ban("java.lang.String#formatted", HOT),
            new Ban("java.lang.String#split", HOT),
            new Ban("java.lang.String#matches", HOT),
            new Ban("java.lang.String#replaceAll", HOT),
            new Ban("java.util.HashMap", HOT),
            new Ban("java.util.LinkedHashMap", HOT),
            new Ban("java.util.TreeMap", HOT),
            new Ban("java.util.IdentityHashMap", HOT),
            new Ban("java.util.concurrent.ConcurrentHashMap", HOT),
            new Ban("java.util.stream", HOT),
            new Ban("java.lang.Integer#valueOf", Set.of("decode", "segment")),
            new Ban("java.lang.Long#valueOf", Set.of("decode", "segment")),
            new Ban("java.lang.System#exit", Set.copyOf(LINE.subList(0, LINE.size() - 1))));

    private final PackageLine line = PackageLine.of("io.seidex", LINE, Path.of("target/classes"));
    private final PackageLine crooked = PackageLine.of("io.seidex.architecture.crooked", LINE, crookedClasses());

    @Test
    void shouldFindTheClasses() {
        assertTrue(line.classes().contain("io.seidex.octets.Octets"));
    }

    @Test
    void shouldGiveEveryPackageAPlace() {
        assertEquals(List.of(), line.homeless());
    }

    @Test
    void shouldImportOnlyFromTheLeft() {
        assertEquals(List.of(), line.importsFromTheRight());
    }

    @Test
    void shouldUseLibrariesOnlyThroughTheirDoors() {
        assertEquals(List.of(), line.besidesTheDoors(DOORS));
    }

    @Test
    void shouldKeepTheHotPackagesPlain() {
        assertEquals(List.of(), line.banned(BANS));
    }

    @Test
    void shouldDescribeEveryPackage() throws IOException {
        assertEquals(List.of(), PackageLine.undescribed(Path.of("src/main/java")));
    }

    @Test
    void shouldSeeEveryViolationOfACrookedLine() throws IOException {
        assertEquals(
                List.of("io.seidex.architecture.crooked.homeless has no place in the line"), crooked.homeless());
        assertSees(crooked.importsFromTheRight(), "octets imports from its right");
        assertSees(crooked.besidesTheDoors(DOORS), "java.util.logging has its door elsewhere");
        assertSees(crooked.banned(BANS), "java.util.regex", "java.util.HashMap", "java.lang.String#format",
                "java.lang.Long#valueOf", "java.lang.System#exit");
        assertFalse(PackageLine.undescribed(
                Path.of("src/test/java/io/seidex/architecture/crooked")).isEmpty());
    }

    /** Each expected beginning is met, and nothing but the expected is. */
    private static void assertSees(List<String> violations, String... beginnings) {
        for (String beginning : beginnings) {
            assertTrue(violations.stream().anyMatch(one -> one.startsWith(beginning)), beginning + " in " + violations);
        }
        for (String one : violations) {
            assertTrue(List.of(beginnings).stream().anyMatch(one::startsWith), one);
        }
    }

    private static Path crookedClasses() {
        try {
            return Path.of(ArchitectureTest.class.getResource("crooked").toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
