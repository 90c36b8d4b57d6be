package io.seidex.query.dissect;

import io.seidex.capture.Capture;
import io.seidex.capture.Frame;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.dictionary.Dictionaries;
import io.seidex.fault.FaultLog;
import io.seidex.reassemble.DeclaredMessages;
import io.seidex.reassemble.Reassembly;
import io.seidex.schema.Extraction;
import io.seidex.schema.ValueSink;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong with packets: as the index is told, and as the tree shows it. */
final class FoundFaults implements AutoCloseable {
    private final Extraction extraction = Extraction.forIndexing(Dictionaries.builtIn());
    private final FieldRegistry fields = new FieldRegistry(Dictionaries.builtIn());
    private final FieldSet fault = fields.named("fault");
    private final Dissector dissector = new Dissector(fields);
    private final Reassembly reassembly =
            new Reassembly(Dictionaries.builtIn().declared(), (layer, whole, why) -> {});
    private final Packet packet = new Packet();
    private final Together together = new Together();
    private final PacketTree tree = new PacketTree();
    private final NodeText text = new NodeText();

    /** Takes the faults of a frame. */
    interface Sink {
        void frame(long number, Set<String> indexed, Set<String> shown);
    }

    /** Tells of each frame of a capture. */
    void each(Capture capture, Sink sink) throws IOException {
        reassembly.over(0, capture.octets());
        for (FrameCursor cursor = capture.cursor(new FaultLog()); cursor.next();) {
            Frame frame = cursor.frame();
            reassembly.read(frame, packet);
            dissector.dissect(frame, frame.number(), packet, together.of(reassembly), tree);
            sink.frame(frame.number(), indexed(), shown());
        }
        reassembly.end();
    }

    private Set<String> shown() {
        Set<String> found = new TreeSet<>();
        for (int node = tree.next(fault, 0); node >= 0; node = tree.next(fault, node + 1)) {
            text.clear();
            text.print(tree, node);
            found.add(text.toString());
        }
        return found;
    }

    private Set<String> indexed() {
        if (reassembly.completesMessage()) {
            DeclaredMessages messages = reassembly.messages();
            extraction.message(packet, packet.count() - 1, messages.octets(), messages.at(), messages.length(),
                    ValueSink.NOBODY);
        }
        if (reassembly.isStreamed()) {
            extraction.messages(packet, ValueSink.NOBODY);
        }
        extraction.extract(packet.octets(), packet, ValueSink.NOBODY);
        Set<String> found = new TreeSet<>();
        for (int i = 0; i < packet.faults(); i++) {
            found.add(packet.faultLayer(i).label() + ':' + packet.fault(i).label());
        }
        return found;
    }

    @Override
    public void close() {
        reassembly.close();
    }
}
