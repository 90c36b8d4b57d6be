package io.seidex.store;

import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.dictionary.Dictionaries;
import io.seidex.octets.Octets;
import io.seidex.reassemble.DeclaredMessages;
import io.seidex.reassemble.Reassembly;
import io.seidex.schema.Extraction;
import io.seidex.schema.PacketSchema;
import io.seidex.segment.Columns;

/**
 * Makes documents of frames, in columns: decodes a frame, puts together what it completes, and hands over what is to be found.
 * The same for the frames of a range and for those of several captures that are joined, so that these have the same
 * documents.
 */
final class FrameDocuments implements AutoCloseable {
    /** Octets for messages whose pieces have not all come. */
    private static final long WAITING = 16L << 20;

    private final Packet packet = new Packet();
    private final Reassembly reassembly;
    private final Extraction extraction;
    private final PacketSchema schema;
    private final Columns columns;

    /**
     * @param packets documents of a segment, at most
     * @param columnMemory octets that the columns may take
     * @param fragmentMemory octets that datagrams may take that are not complete
     */
    FrameDocuments(
            Settings settings, int packets, long columnMemory, long fragmentMemory, Reassembly.Incomplete incomplete) {
        Dictionaries dictionaries = settings.dictionaries();
        reassembly = new Reassembly(dictionaries.declared(), fragmentMemory, WAITING, incomplete);
        extraction = Extraction.forIndexing(dictionaries);
        schema = PacketSchema.of(dictionaries.declared());
        columns = new Columns(schema, packets, columnMemory);
    }

    PacketSchema schema() {
        return schema;
    }

    Columns columns() {
        return columns;
    }

    Reassembly reassembly() {
        return reassembly;
    }

    /** What was read last. */
    Packet packet() {
        return packet;
    }

    /** The frames that follow are of this capture, which stays until reassembly ends. */
    void over(int source, Octets capture) {
        reassembly.over(source, capture);
    }

    /** Decodes a frame, and puts together what it completes. */
    void read(Frame frame) {
        reassembly.read(frame, packet);
    }

    /**
     * Adds the document of the frame that was read last.
     *
     * @param capture place of the capture in the shard's manifest
     * @param source place of the interface there
     */
    void add(Frame frame, int capture, int source) {
        extraction.frame(frame, capture, source, columns);
        if (reassembly.completesMessage()) {
            DeclaredMessages messages = reassembly.messages();
            extraction.message(
                    packet, packet.count() - 1, messages.octets(), messages.at(), messages.length(), columns);
        }
        extraction.extract(packet.octets(), packet, columns);
        if (reassembly.isDivided()) {
            extraction.reassembly(packet, reassembly.fragments(), columns);
        }
        columns.endDocument();
    }

    /** Forgets what waits, and gives its memory back. */
    @Override
    public void close() {
        columns.clear();
        reassembly.close();
    }
}
