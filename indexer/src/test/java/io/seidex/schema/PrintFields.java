package io.seidex.schema;

import io.seidex.capture.Capture;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.Dictionaries;
import io.seidex.fault.FaultLog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Prints fields of a capture's packets as {@code tshark -T fields} does, straight from the extraction. */
final class PrintFields {
    private PrintFields() {}

    /** Arguments: a capture, then names of fields; without names every value of every packet. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        List<IndexField> fields = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            fields.add(PacketSchema.builtIn().field(arguments[i]).orElseThrow());
        }
        each(Path.of(arguments[0]),
                (packet, text) -> out.println(fields.isEmpty() ? String.join(" ", text.lines()) : line(text, fields)));
        out.flush();
    }

    /** The line of one packet. */
    static String line(FieldText text, List<IndexField> fields) {
        return String.join("\t", fields.stream().map(text::joined).toList());
    }

    /** Shows every packet of a capture; what is given is valid only during the call. */
    static void each(Path file, BiConsumer<Packet, FieldText> packets) throws IOException {
        FaultLog faults = new FaultLog();
        PacketDecoder decoder = new PacketDecoder();
        Packet packet = new Packet();
        Extraction extraction = Extraction.forPrinting(Dictionaries.builtIn());
        FieldText text = new FieldText();
        try (Capture capture = Capture.open(file, faults)) {
            FrameCursor cursor = capture.cursor(faults);
            while (cursor.next()) {
                text.clear();
                decoder.decode(cursor.frame().octets(), cursor.frame(), packet);
                extraction.frame(cursor.frame(), 0, cursor.frame().source().id(), text);
                extraction.extract(packet.octets(), packet, text);
                packets.accept(packet, text);
            }
        }
    }
}
