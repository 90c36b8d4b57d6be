package io.seidex.query.dissect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.DictionaryException;
import io.seidex.query.filter.FilterBinder;
import io.seidex.schema.PacketSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody declares a protocol whose fields could be mistaken for others. */
class DeclaredNamesTest {
    @Test
    void shouldRefuseTheNamesOfWhatIsKnown() {
        Set<String> known = new TreeSet<>(List.of("and", "or", "not", "in", "contains", "matches", "true", "false"));
        Stream.of(new FieldRegistry(Dictionaries.builtIn()).names().stream(),
                PacketSchema.FIXED.stream().map(field -> field.name()),
                FilterBinder.protocols(PacketSchema.builtIn()).stream(),
                FilterBinder.EITHER.keySet().stream())
                .flatMap(names -> names)
                .map(name -> name.contains(".") ? name.substring(0, name.indexOf('.')) : name)
                .filter(name -> name.matches("\\w+") && !name.equals("udp_div"))
                .forEach(known::add);
        assertTrue(known.containsAll(List.of("ip", "pfcp", "e212", "fault", "frame")), known.toString());
        List<String> accepted = new ArrayList<>();
        for (String name : known) {
            try {
                Dictionaries.builtIn().extendedBy("d", "protocol " + name + "\nover udp 9\n");
                accepted.add(name);
            } catch (DictionaryException refused) {
                assertTrue(refused.getMessage().startsWith("d:1:10: '" + name + "' is known"), refused.getMessage());
            }
        }
        assertEquals(List.of(), accepted);
    }
}
