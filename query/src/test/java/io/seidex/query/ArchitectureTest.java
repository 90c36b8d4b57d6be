package io.seidex.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.seidex.architecture.PackageLine;
import io.seidex.architecture.PackageLine.Ban;
import io.seidex.architecture.PackageLine.Door;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The line of the query program's packages and the doors, as docs/ARCHITECTURE.md draws them. */
class ArchitectureTest {
    private static final List<String> LINE = List.of("dissect", "filter", "search", "output", "cli");

    private static final List<Door> DOORS = List.of(
            new Door("net.openhft", Set.of()),
            new Door("com.fasterxml.jackson", Set.of("output", "cli")),
            new Door("picocli", Set.of("cli")),
            new Door("org.slf4j", Set.of()),
            new Door("java.util.logging", Set.of()));

    private final PackageLine line = PackageLine.of("io.seidex.query", LINE, Path.of("target/classes"));

    @Test
    void shouldFindTheClasses() {
        assertFalse(line.classes().isEmpty());
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
    void shouldEndTheProgramOnlyInItsMain() {
        assertEquals(
                List.of(),
                line.banned(List.of(new Ban("java.lang.System#exit", Set.of("filter", "search", "output")))));
    }

    @Test
    void shouldDescribeEveryPackage() throws IOException {
        assertEquals(List.of(), PackageLine.undescribed(Path.of("src/main/java")));
    }
}
