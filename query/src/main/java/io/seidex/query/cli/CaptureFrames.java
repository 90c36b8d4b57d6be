package io.seidex.query.cli;

import io.seidex.capture.Capture;
import io.seidex.capture.CaptureFormat;
import io.seidex.capture.Frame;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import io.seidex.query.dissect.Dissector;
import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.dissect.FrameLink;
import io.seidex.query.dissect.PacketTree;
import io.seidex.query.dissect.Together;
import io.seidex.query.output.TreeSink;
import io.seidex.reassemble.Reassembly;
import io.seidex.store.OneLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Frames straight from captures, walked from the first on: of a frame nothing but pieces is kept when the next one comes. */
final class CaptureFrames {
    private final Packet packet = new Packet();
    private final DeclaredProtocols declared;
    private final Together together = new Together();
    private final PacketTree tree = new PacketTree();
    private final Dissector dissector;
    private final TreeSink sink;
    private final Consumer<String> trouble;

    /** @param trouble is told what is wrong with captures, a line each */
    CaptureFrames(FieldRegistry fields, TreeSink sink, Consumer<String> trouble) {
        this.declared = fields.dictionaries().declared();
        this.dissector = new Dissector(fields);
        this.sink = sink;
        this.trouble = trouble;
    }

    /** Prints a capture, or a frame of it; false if it is read, and has no such frame. */
    boolean print(String path, OptionalLong wanted) throws IOException {
        FaultLog faults = new FaultLog();
        try (Capture capture = Capture.open(Path.of(path), faults)) {
            boolean found = print(capture, path, wanted, faults);
            tellOfDamage(path, capture, faults);
            return found || isUnread(capture, faults);
        } catch (InternalError e) {
            // The file was cut while it was mapped, and the system says so on reading behind its end.
            trouble.accept(path + ": " + Fault.FILE_CUT.meaning());
            return true;
        }
    }

    private boolean print(Capture capture, String path, OptionalLong wanted, FaultLog faults) throws IOException {
        String name = OneLine.of(path) + ':';
        // What is shown of a frame that completes a datagram or a message is in those before it.
        try (Reassembly reassembly = new Reassembly(declared, (layer, whole, why) -> {})) {
            reassembly.over(0, capture.octets());
            for (FrameCursor cursor = capture.cursor(faults); cursor.next();) {
                Frame frame = cursor.frame();
                long number = frame.number();
                reassembly.read(frame, packet);
                if (wanted.isEmpty() || wanted.getAsLong() == number) {
                    dissector.dissect(frame, number, packet, together.of(reassembly), tree);
                    sink.packet(path, name + number, tree);
                    if (wanted.isPresent()) {
                        return true;
                    }
                }
            }
        }
        return wanted.isEmpty();
    }

    private static boolean isUnread(Capture capture, FaultLog faults) {
        return capture.format() == CaptureFormat.UNKNOWN && !faults.isEmpty();
    }

    private void tellOfDamage(String path, Capture capture, FaultLog faults) {
        if (isUnread(capture, faults)) {
            trouble.accept(path + ": no capture that is read: " + capture.looksLike());
            return;
        }
        for (int layer = 0; layer < Layer.count(); layer++) {
            for (int fault = 0; fault < Fault.count(); fault++) {
                tellOfDamage(path, Layer.of(layer), Fault.of(fault), faults);
            }
        }
    }

    private void tellOfDamage(String path, Layer layer, Fault fault, FaultLog faults) {
        long count = faults.count(layer, fault);
        if (count > 0) {
            trouble.accept(path + ": " + layer.label() + ' ' + fault.label() + " at octet "
                    + faults.firstAt(layer, fault) + (count > 1 ? ", first of " + count : "") + ": " + fault.meaning());
        }
    }
}
