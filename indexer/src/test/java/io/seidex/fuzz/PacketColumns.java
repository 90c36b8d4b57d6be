package io.seidex.fuzz;

import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.Dictionaries;
import io.seidex.octets.Octets;
import io.seidex.schema.Extraction;
import io.seidex.schema.PacketSchema;
import io.seidex.segment.Columns;
import io.seidex.segment.SegmentWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.store.ByteBuffersDirectory;

/** The line from a frame to a segment, kept from input to input as a worker keeps it from packet to packet. */
final class PacketColumns {
    static final PacketColumns SHARED = new PacketColumns();

    private static final int DOCUMENTS = 4096;
    private static final long BUDGET = 64 << 20;

    private final PacketDecoder decoder = new PacketDecoder();
    private final Packet packet = new Packet();
    private final Extraction extraction = Extraction.forIndexing(Dictionaries.builtIn());
    private final Columns columns = new Columns(PacketSchema.builtIn(), DOCUMENTS, BUDGET);

    private PacketColumns() {}

    void add(Octets octets, Frame frame) {
        decoder.decode(octets, frame, packet);
        extraction.frame(frame, 0, 0, columns);
        finish(octets);
    }

    void add(Octets octets, long at, int length, int linkType) {
        decoder.decode(octets, at, length, length, linkType, packet);
        finish(octets);
    }

    private void finish(Octets octets) {
        for (int i = 0; i < packet.count(); i++) {
            if (packet.at(i) < 0 || packet.available(i) < 0 || packet.at(i) + packet.available(i) > octets.length()) {
                throw new AssertionError(packet.layer(i) + " lies outside the frame");
            }
        }
        extraction.extract(octets, packet, columns);
        columns.endDocument();
        if (columns.isFull()) {
            write();
        }
    }

    /** Writes what has come together as a segment, and has Lucene check it. */
    private void write() {
        try (ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
            SegmentWriter writer = SegmentWriter.open(directory);
            writer.write(columns);
            writer.commit(Map.of());
            try (CheckIndex check = new CheckIndex(directory)) {
                if (!check.checkIndex().clean) {
                    throw new AssertionError("the segment is not clean");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        columns.clear();
    }
}
