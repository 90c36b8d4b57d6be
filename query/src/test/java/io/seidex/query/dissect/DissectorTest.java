package io.seidex.query.dissect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.Dictionaries;
import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DissectorTest {
    private static final Path N4 = Path.of("../docs/n4.pcap");

    private final FieldRegistry fields = new FieldRegistry(Dictionaries.builtIn());
    private final Dissector dissector = new Dissector(fields);
    private final PacketTree tree = new PacketTree();
    private final NodeText text = new NodeText();

    @Test
    void shouldFindEveryOccurrenceOfAName() throws IOException {
        List<String> found = new ArrayList<>();
        FieldSet wanted = fields.named("pfcp.seid");
        assertEquals(2, wanted.fields().size(), "the header's and the F-SEID's");
        each(N4, () -> {
            for (int node = tree.next(wanted, 0); node >= 0; node = tree.next(wanted, node + 1)) {
                text.clear();
                text.print(tree, node);
                found.add(text.toString());
            }
        });
        assertTrue(found.contains("0x0000000000000000"), found::toString);
        assertTrue(found.stream().anyMatch(seid -> !seid.equals("0x0000000000000000")));
    }

    @Test
    void shouldNameEveryField() {
        for (Field field : fields.fields()) {
            assertEquals(field.kind() == Field.Kind.ELEMENT, field.name().isEmpty(), field::toString);
            assertTrue(!field.title().isEmpty(), field::name);
        }
        assertTrue(fields.names().contains("pfcp.f_teid.teid"));
        assertEquals(2, fields.named("ip.addr").fields().size());
        assertTrue(fields.named("no.such").isEmpty());
    }

    @Test
    void shouldHaveNoFaultsInASoundCapture() throws IOException {
        each(N4, () -> {
            for (int node = 0; node < tree.size(); node++) {
                assertEquals(Fault.NONE, tree.fault(node), describe(node));
            }
        });
    }

    private String describe(int node) {
        text.clear();
        text.print(tree, node);
        return " ".repeat(2 * tree.depth(node)) + tree.field(node).title() + ": " + text + " [" + tree.at(node) + " +"
                + tree.length(node) + "] " + tree.field(node).name();
    }

    private void each(Path file, Runnable look) throws IOException {
        Packet packet = new Packet();
        PacketDecoder decoder = new PacketDecoder();
        try (Capture capture = Capture.open(file, new FaultLog())) {
            for (FrameCursor cursor = capture.cursor(new FaultLog()); cursor.next();) {
                decoder.decode(cursor.frame().octets(), cursor.frame(), packet);
                dissector.dissect(cursor.frame().octets(), cursor.frame(), packet, tree);
                if (Boolean.getBoolean("show")) {
                    for (int node = 0; node < tree.size(); node++) {
                        System.out.println(describe(node));
                    }
                }
                look.run();
            }
        }
    }

    @Test
    void shouldFindOneFieldAsIfAllWereMade() {
        FieldRegistry all = new FieldRegistry(Dictionaries.builtIn());
        List<String> names = List.copyOf(all.names());
        for (int i = 0; i < names.size(); i += names.get(i).startsWith("e212.") ? 1 : 17) {
            String name = names.get(i);
            FieldRegistry one = new FieldRegistry(Dictionaries.builtIn());
            assertEquals(members(all.named(name)), members(one.named(name)), name);
        }
    }

    private static List<String> members(FieldSet fields) {
        return fields.fields().stream().map(field -> field.element() + " " + field.member()).sorted().toList();
    }
}
