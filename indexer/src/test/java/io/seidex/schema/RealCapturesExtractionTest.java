package io.seidex.schema;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the files beside the project hold, all of it is decoded, and every value printed, without an exception. */
class RealCapturesExtractionTest {
    private static final Path CAPTURES = Path.of(System.getProperty("captures", "../../shared/captures"));

    @Test
    void shouldReadEveryFile() throws IOException {
        assumeTrue(Files.isDirectory(CAPTURES),
                "needs the real captures: " + CAPTURES.toAbsolutePath().normalize() + " is missing");
        List<Path> files;
        try (Stream<Path> walk = Files.walk(CAPTURES)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        long values = 0;
        for (Path file : files) {
            long[] found = new long[1];
            try {
                PrintFields.each(file, (packet, text) -> found[0] += text.lines().size());
            } catch (RuntimeException e) {
                throw new AssertionError(file.toString(), e);
            }
            values += found[0];
        }
        assertTrue(values > 0);
    }
}
