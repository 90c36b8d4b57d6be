package io.seidex.store;

import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.dictionary.Dictionaries;
import io.seidex.fault.Layer;
import io.seidex.octets.GrowingOctets;
import io.seidex.octets.Octets;
import io.seidex.reassemble.DeclaredMessages;
import io.seidex.reassemble.Fragments;
import io.seidex.reassemble.Reassembly;
import io.seidex.reassemble.StreamMessages;
import io.seidex.reassemble.Streams;
import io.seidex.schema.Extraction;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import io.seidex.schema.StreamRow;
import io.seidex.schema.ValueSink;
import io.seidex.segment.Columns;
import io.seidex.segment.SegmentWriter;
import java.io.IOException;

/**
 * Makes documents of frames, in columns: decodes a frame, puts together what it completes, and hands over what is to be found.
 * The same for the frames of a range and for those of several captures that are joined, so that these have the same
 * documents.
 */
final class FrameDocuments implements AutoCloseable {
    private final Settings settings;
    private final Packet packet = new Packet();
    private final Reassembly reassembly;
    private final Extraction extraction;
    private final PacketSchema schema;
    private final Columns columns;
    private final GrowingOctets rows = new GrowingOctets();
    private SegmentWriter writer;

    /**
     * @param packets documents of a segment, at most
     * @param columnMemory octets that the columns may take
     * @param incompleteMemory octets that what is not complete may take, of each {@linkplain Reassembly#MEMORY kind}
     */
    FrameDocuments(
            Settings settings, int packets, long columnMemory, long incompleteMemory,
            Reassembly.Incomplete incomplete) {
        this.settings = settings;
        Dictionaries dictionaries = settings.dictionaries();
        reassembly = new Reassembly(dictionaries.declared(), incompleteMemory, incomplete);
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

    /** The octets that documents keep go to this writer, which the columns are written with. */
    void into(SegmentWriter writer) {
        this.writer = writer;
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
    void add(Frame frame, int capture, int source) throws IOException {
        extraction.frame(frame, capture, source, columns);
        if (settings.storesFrames()) {
            store(PacketSchema.FRAME_OCTETS, frame.octets(), frame.at(), frame.captured());
        }
        give(columns);
        if (reassembly.isStreamed() && reassembly.streams().messages().rows() > 1) {
            storeRows(reassembly.streams().messages());
        }
        if (settings.storesReassembled()) {
            if (reassembly.completesMessage() && reassembly.messages().isDivided()) {
                DeclaredMessages messages = reassembly.messages();
                store(PacketSchema.PAYLOAD, messages.octets(), messages.at(), messages.length());
            }
            if (reassembly.isStreamed()) {
                storeStreamed(reassembly.streams().messages());
            }
            if (reassembly.isDivided()) {
                storeDatagram(reassembly.fragments());
            }
        }
        columns.endDocument();
    }

    /** Finds what is wrong with the elements of the frame that was read last, and keeps nothing else. */
    void look() {
        give(ValueSink.NOBODY);
    }

    private void give(ValueSink sink) {
        if (reassembly.completesMessage()) {
            DeclaredMessages messages = reassembly.messages();
            extraction.message(
                    packet, packet.count() - 1, messages.octets(), messages.at(), messages.length(), sink);
        }
        if (reassembly.isStreamed()) {
            extraction.messages(packet, sink);
        }
        extraction.extract(packet.octets(), packet, sink);
        if (reassembly.isStreamed()) {
            Streams streams = reassembly.streams();
            extraction.reassembly(streams.isPiece(), streams.isBehindGap(), streams.messages(), sink);
        }
        if (reassembly.isDivided()) {
            extraction.reassembly(packet, reassembly.fragments(), sink);
        }
        if (reassembly.isDeclared()) {
            extraction.reassembly(reassembly.messages(), reassembly.completesMessage(), sink);
        }
    }

    /** Keeps the messages of a declared protocol that a segment completes and that came in several. */
    private void storeStreamed(StreamMessages messages) throws IOException {
        for (int i = packet.stream() + 1; i < packet.count(); i++) {
            if (messages.isGathered(packet.at(i))) {
                store(PacketSchema.PAYLOAD, packet.octets(), packet.at(i), packet.available(i));
            }
        }
    }

    /** Keeps where messages of a stream stand that do not follow the first of the segment. */
    private void storeRows(StreamMessages messages) throws IOException {
        rows.clear();
        for (int row = 1; row < messages.rows(); row++) {
            rows.append(StreamRow.of(messages, row));
        }
        store(PacketSchema.STREAM_MORE_MESSAGES, rows.octets(), 0, rows.length());
    }

    /** Keeps what was put together from fragments. */
    private void storeDatagram(Fragments fragments) throws IOException {
        long at = fragments.dataAt();
        if (at >= 0) {
            boolean ipv4 = fragments.layer(0) == Layer.IP;
            store(ipv4 ? PacketSchema.IP_REASSEMBLED_DATA : PacketSchema.IPV6_REASSEMBLED_DATA, fragments.octets(), at,
                    fragments.length() - at);
        }
    }

    private void store(IndexField field, Octets octets, long at, long length) throws IOException {
        writer.store(columns.documents(), field, octets, at, length);
    }

    /** Forgets what waits, and gives its memory back. */
    @Override
    public void close() {
        columns.clear();
        reassembly.close();
        rows.close();
    }
}
