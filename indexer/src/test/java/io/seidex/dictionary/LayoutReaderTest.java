package io.seidex.dictionary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.seidex.octets.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every layout promises, tried on a value of every element that is described. */
class LayoutReaderTest {
    private static final List<Vector> VECTORS = Vector.all();

    private final LayoutReader reader = new LayoutReader();

    @Test
    void shouldReadEveryVector() {
        assertEquals(613, VECTORS.size());
        for (Vector vector : VECTORS) {
            assertNotNull(vector.element(), vector::toString);
            Layout layout = vector.element().layout();
            try (Octets octets = Octets.of(vector.value())) {
                String expected = " " + String.join(" ", vector.members());
                assertEquals(expected, read(layout.program(Member::isNamed), octets), vector::toString);
            }
        }
    }

    @Test
    void shouldAnswerTheSameForEachMemberAlone() {
        for (Vector vector : VECTORS) {
            Layout layout = vector.element().layout();
            try (Octets octets = Octets.of(vector.value())) {
                int length = vector.value().length;
                for (Member member : layout.members()) {
                    String filtered = Vector.read(reader, layout.program(), octets, 0, length, m -> m == member);
                    String alone = read(layout.program(m -> m == member), octets);
                    assertEquals(filtered, alone, () -> vector + " " + member);
                }
            }
        }
    }

    private String read(Program program, Octets octets) {
        return Vector.read(reader, program, octets, 0, (int) octets.length());
    }
}
