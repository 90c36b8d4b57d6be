package io.seidex.query.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.dictionary.Dictionaries;
import io.seidex.query.TestIndex;
import io.seidex.query.Tshark;
import io.seidex.query.dissect.Field;
import io.seidex.query.dissect.FieldRegistry;
import io.seidex.schema.PacketSchema;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the index narrows the search for a field that it does not hold, no packet is lost. */
class DecodedFieldsTest {
    @TempDir
    Path directory;

    @Test
    void shouldFindEveryPacketThatHoldsAField() throws IOException {
        List<Path> captures = new ArrayList<>(Tshark.samples());
        captures.add(directory.resolve("mixed.pcap"));
        Traffic.named("every-interface", 9).write(captures.getLast(), CaptureFormat.PCAP, 400);
        TestIndex index = TestIndex.of(directory.resolve("index"), captures.toArray(new Path[0]));
        List<String> names = new FieldRegistry(Dictionaries.builtIn()).fields().stream()
                .filter(field -> field.kind() == Field.Kind.VALUE).map(Field::name)
                .filter(name -> PacketSchema.builtIn().field(name).isEmpty()).distinct().toList();
        List<String> arguments = new ArrayList<>(List.of("-T", "fields"));
        names.forEach(name -> arguments.addAll(List.of("-e", name)));
        int[] holding = new int[names.size()];
        for (String line : index.query(arguments.toArray(new String[0])).lines()) {
            String[] cells = line.split("\t", -1);
            for (int i = 0; i < holding.length; i++) {
                holding[i] += cells[i].isEmpty() ? 0 : 1;
            }
        }
        int found = 0;
        for (int i = 0; i < holding.length; i++) {
            // A text without a letter is there, and prints nothing.
            int count = Integer.parseInt(index.query("--count", names.get(i)).out().strip());
            assertTrue(count >= holding[i], names.get(i) + ": " + count + " of " + holding[i]);
            found += holding[i] > 0 ? 1 : 0;
        }
        assertTrue(found > 100, "fields that occur: " + found);
    }

    @Test
    void shouldTestValuesOfEveryKind() throws IOException {
        Path capture = directory.resolve("n4.pcap");
        Traffic.named("n4-session-churn", 9).write(capture, CaptureFormat.PCAP, 300);
        TestIndex index = TestIndex.of(directory.resolve("index"), capture);
        for (String field : List.of("pfcp.version", "pfcp.node_id_type", "ip.ttl", "eth.src", "pfcp.f_seid.ipv4",
                "pfcp.f_teid_flags.ch", "udp.checksum")) {
            List<String> lines = index.query("-e", field, field).lines();
            assertTrue(!lines.isEmpty(), field);
            String value = lines.getFirst().split(",")[0];
            long equal = lines.stream().filter(line -> List.of(line.split(",")).contains(value)).count();
            assertEquals(equal + "\n", index.query("--count", field + " == " + value).out(), field);
            assertEquals(lines.size() - equal + "\n", index.query("--count", field + " != " + value).out(), field);
            assertEquals(lines.size() + "\n",
                    index.query("--count", field + " < " + value + " || " + field + " >= " + value).out(), field);
        }
    }
}
