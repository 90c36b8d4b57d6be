package io.seidex.query.dissect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.seidex.capture.Capture;
import io.seidex.capture.Frame;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.dictionary.Dictionaries;
import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.reassemble.DeclaredMessages;
import io.seidex.reassemble.Reassembly;
import io.seidex.schema.Extraction;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import io.seidex.schema.ValueSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The values of packets, field by field: as the index is told, and as the tree shows them. */
final class FieldReadings extends ValueSink implements AutoCloseable {
    private static final long NANOS = 1_000_000_000;
    /** Which frames brought pieces: of the packet as it was put together, not of what it holds. */
    private static final Set<String> FRAMES = Set.of("ip.fragment", "ipv6.fragment", "reassembly.fragment");

    private final Extraction printing = Extraction.forPrinting(Dictionaries.builtIn());
    private final Extraction indexing = Extraction.forIndexing(Dictionaries.builtIn());
    private final FieldRegistry registry = new FieldRegistry(Dictionaries.builtIn());
    private final List<IndexField> fields = PacketSchema.builtIn().fields();
    /** What the tree has too, by name. */
    private final Map<String, IndexField> common = new HashMap<>();
    private final Map<String, List<String>> indexed = new TreeMap<>();
    private final Map<String, List<String>> shown = new TreeMap<>();
    private final Dissector dissector = new Dissector(registry);
    private final Reassembly reassembly =
            new Reassembly(Dictionaries.builtIn().declared(), (layer, whole, why) -> {});
    private final Packet packet = new Packet();
    private final Together together = new Together();
    private final PacketTree tree = new PacketTree();
    private final NodeText text = new NodeText();
    private long values;

    /** Takes the values of a field in a frame, of which there are some. */
    interface Sink {
        void field(long frame, String field, List<String> indexed, List<String> shown);
    }

    FieldReadings() {
        for (IndexField field : fields) {
            boolean isOfLayer = !field.name().startsWith("frame.") && !FRAMES.contains(field.name())
                    && switch (field.kind()) {
                        case UNSIGNED, IPV4, IPV6, TEXT -> true;
                        default -> false;
                    };
            if (isOfLayer && !registry.named(field.name()).isEmpty()) {
                common.put(field.name(), field);
            }
        }
    }

    /** The names that the tree does not have. */
    Set<String> withoutTree() {
        Set<String> names = new TreeSet<>();
        for (IndexField field : fields) {
            if (!common.containsKey(field.name())) {
                names.add(field.name());
            }
        }
        return names;
    }

    /** How many values there were. */
    long values() {
        return values;
    }

    /** Tells of each field of each frame of a capture. */
    void each(Capture capture, Sink sink) throws IOException {
        reassembly.over(0, capture.octets());
        for (FrameCursor cursor = capture.cursor(new FaultLog()); cursor.next();) {
            Frame frame = cursor.frame();
            reassembly.read(frame, packet);
            dissector.dissect(frame, frame.number(), packet, together.of(reassembly), tree);
            extract(indexing);
            Map<String, Set<String>> once = new TreeMap<>();
            indexed.forEach((name, told) -> once.put(name, new TreeSet<>(told)));
            extract(printing);
            Map<String, Set<String>> all = new TreeMap<>();
            indexed.forEach((name, told) -> all.put(name, new TreeSet<>(told)));
            assertEquals(all, once, () -> "frame " + frame.number() + " as it is printed, and as it is indexed");
            show();
            if (isHeaderWhole()) {
                Set<String> names = new TreeSet<>(indexed.keySet());
                names.addAll(shown.keySet());
                for (String name : names) {
                    sink.field(frame.number(), name, indexed.getOrDefault(name, List.of()),
                            shown.getOrDefault(name, List.of()));
                }
            }
        }
        reassembly.end();
    }

    private void extract(Extraction extraction) {
        indexed.clear();
        if (reassembly.completesMessage()) {
            DeclaredMessages messages = reassembly.messages();
            extraction.message(packet, packet.count() - 1, messages.octets(), messages.at(), messages.length(), this);
        }
        if (reassembly.isStreamed()) {
            extraction.messages(packet, this);
        }
        extraction.extract(packet.octets(), packet, this);
    }

    /** Of a header that is not whole, the tree shows what is there. */
    private boolean isHeaderWhole() {
        for (int i = 0; i < packet.faults(); i++) {
            if (packet.fault(i) == Fault.HEADER_TRUNCATED) {
                return false;
            }
        }
        return true;
    }

    private void show() {
        shown.clear();
        for (int node = 0; node < tree.size(); node++) {
            IndexField field = common.get(name(tree.field(node)));
            if (field != null) {
                shown.computeIfAbsent(field.name(), _ -> new ArrayList<>()).add(value(field, node));
                values++;
            }
        }
    }

    /** An MSISDN is one, also where Wireshark does not call it so. */
    private static String name(Field field) {
        boolean isMsisdn = field.name().equals("gsm_map.address.digits") && field.element().type() == 134;
        return isMsisdn ? PacketSchema.MSISDN.name() : field.name();
    }

    private String value(IndexField field, int node) {
        if (field.kind() != IndexField.Kind.UNSIGNED) {
            text.clear();
            text.raw(tree, node);
            return HexFormat.of().formatHex(text.octets(), 0, text.length());
        }
        boolean isTime = tree.field(node).type() == Field.Type.TIME;
        return Long.toUnsignedString(
                isTime ? Math.floorDiv(tree.number(node), NANOS) & 0xFFFF_FFFFL : tree.number(node));
    }

    private void add(IndexField field, String value) {
        if (common.containsKey(field.name())) {
            indexed.computeIfAbsent(field.name(), _ -> new ArrayList<>()).add(value);
        }
    }

    @Override
    public void number(IndexField field, long value) {
        // The tree says a type of two octets in the element's title.
        boolean isExtended = value > 255 && field.name().startsWith("gtp") && field.name().endsWith(".ie_type");
        if (!isExtended) {
            add(field, Long.toUnsignedString(value));
        }
    }

    @Override
    public void header(IndexField field, long value) {
        number(field, value);
    }

    @Override
    public void octets(IndexField field, Octets octets, long at, int length) {
        add(field, HexFormat.of().formatHex(octets.copy(at, length)));
    }

    @Override
    public void text(IndexField field, byte[] text, int length) {
        add(field, HexFormat.of().formatHex(text, 0, length));
    }

    @Override
    public void endpoint(IndexField field, long high, long low, long id) {
        // No node is one.
    }

    @Override
    public void close() {
        reassembly.close();
    }
}
