package io.seidex.query.search;

import io.seidex.capture.Capture;
import io.seidex.capture.CaptureInterface;
import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.GrowingOctets;
import io.seidex.octets.Octets;
import io.seidex.query.dissect.Dissector;
import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.dissect.FrameLink;
import io.seidex.query.dissect.PacketTree;
import io.seidex.query.dissect.Together;
import io.seidex.reassemble.DeclaredMessages;
import io.seidex.reassemble.Fragments;
import io.seidex.reassemble.Reassembly;
import io.seidex.reassemble.StreamMessages;
import io.seidex.reassemble.StreamReplay;
import io.seidex.schema.Extraction;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import io.seidex.schema.StreamRow;
import io.seidex.store.IndexedCapture;
import io.seidex.store.Join;
import io.seidex.store.Overlays;
import io.seidex.store.PacketIndex;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.lucene.util.BytesRef;

/**
 * Reads packets again from their captures, or, if the index has all of them, from there where the captures are gone. Before
 * a packet is decoded, the record at its place is compared with what the document says of it: times and lengths. A capture
 * that is gone or has changed is told once.
 */
final class PacketReader implements Closeable {
    private static final int MOST_CAPTURES = 256;
    private static final BytesRef[] NO_OCTETS = {};

    private final CaptureFiles files = new CaptureFiles(MOST_CAPTURES);
    private final Frame frame = new Frame();
    private final Packet packet = new Packet();
    private final Decoding indexed;
    private final Frame otherFrame = new Frame();
    private final Packet otherPacket = new Packet();
    private final Fragments fragments = new Fragments(Reassembly.MEMORY, (whole, why) -> {});
    private final Fragments otherFragments = new Fragments(Reassembly.MEMORY, (whole, why) -> {});
    /** Whether the packet is, or was put together from, fragments. */
    private boolean isDivided;
    /** Whether it completes messages of a stream. */
    private boolean isStreamed;
    /** Whether the document's own octets took the place of fragments that could not be read. */
    private boolean isRestored;
    /** Messages that the packet completes or carries, one behind the other; where each begins, and ends. */
    private final GrowingOctets messages = new GrowingOctets();
    private long[] ends = new long[4];
    private int messageCount;
    private boolean isPiece;
    private final Together together = new Together();
    private final MissingPieces missing;
    private final JoinedFrames joined;
    /** The capture that the packet is in; null if its octets are in the index. */
    private Capture reading;
    private final Consumer<String> trouble;
    private final PacketIndex index;
    private final Supplier<FieldRegistry> fields;
    /** Null until a packet is read: it takes a dictionary, and many queries need none. */
    private Extraction extraction;
    /** Null until a packet is read of which more than the indexed fields is asked. */
    private Dissector dissector;
    /** Decodes for the dissector: it may know protocols that the index does not. */
    private Decoding whole;
    private final Set<String> told = new HashSet<>();

    /** What decodes packets that hold protocols which are declared. */
    private record Decoding(PacketDecoder decoder, DeclaredMessages messages, StreamReplay streams) {
        Decoding(DeclaredProtocols declared) {
            this(new PacketDecoder(declared),
                    new DeclaredMessages(declared, Reassembly.MEMORY, (whole, why) -> {}),
                    new StreamReplay(declared, Reassembly.MEMORY));
        }

        void close() {
            messages.close();
            streams.close();
        }
    }

    /**
     * @param index what it holds is read as it was indexed
     * @param fields those that trees are made of; not asked for before a tree is
     * @param trouble is told of each capture that is gone or has changed, in one line
     */
    PacketReader(PacketIndex index, Supplier<FieldRegistry> fields, Consumer<String> trouble) {
        this.index = index;
        this.indexed = new Decoding(index.schema().declared());
        this.missing = new MissingPieces(index.schema().declared());
        this.joined = new JoinedFrames(index, files, this::tell);
        this.fields = fields;
        this.trouble = trouble;
    }

    /** Fills {@code into} with every value of an indexed field; false if the packet is nowhere any more. */
    boolean read(Hit hit, PacketValues into) throws IOException {
        return read(hit, indexed, () -> {
            into.clear();
            hit.placeValues(into);
            if (isStreamed) {
                // What is wrong with them is said with all that is wrong.
                extraction().messages(packet, into);
            } else {
                faultsOfMessage(hit);
            }
            extraction().extract(packet.octets(), packet, into);
            if (isRestored) {
                hit.datagramValues(into);
            } else if (isDivided) {
                extraction().reassembly(packet, fragments, into);
            }
            extraction().data(fragments, into);
            if (isPiece && !isStreamed) {
                into.number(PacketSchema.REASSEMBLY, PacketSchema.label(PacketSchema.PIECE));
            }
            if (!isStreamed && hit.isBehindGap()) {
                into.number(PacketSchema.REASSEMBLY, PacketSchema.label(PacketSchema.GAP));
            }
            if (isStreamed) {
                extraction().reassembly(isPiece, hit.isBehindGap(), indexed.streams.messages(), into);
                hit.streamRows(into);
            } else {
                hit.messageValues(into);
            }
            extraction().octets(frame, packet, into);
            name(hit, into);
            for (int i = 0; i < messageCount; i++) {
                long at = i == 0 ? 0 : ends[i - 1];
                into.octets(PacketSchema.PAYLOAD, messages.octets(), at, (int) (ends[i] - at));
            }
        });
    }

    /** Fills {@code into} with everything in the packet; false if the packet is nowhere any more. */
    boolean read(Hit hit, PacketTree into) throws IOException {
        Dissector dissector = dissector();
        return read(hit, whole, () -> {
            if (packet.fragment() >= 0) {
                boolean ipv4 = packet.layer(packet.fragment()) == Layer.IP;
                FrameLink[] in = reassembledIn(hit, ipv4);
                together.reassembledIn(in);
                if (in.length == 0) {
                    together.missing(missing(hit, ipv4 ? Layer.IP : Layer.IPV6));
                }
            }
            if (isPiece) {
                Overlays.Place join = hit.join();
                FrameLink[] in = join == null ? FrameLink.of(hit.reassembledIn(PacketSchema.REASSEMBLY_FRAGMENT))
                        : joined.completedIn(join, Layer.DECLARED);
                together.messageIn(in);
                boolean isSegment = packet.stream() >= 0;
                // A segment may bring the end of one message and the begin of another.
                if (in.length == 0 || isSegment) {
                    together.missing(missing(hit, isSegment ? Layer.TCP : Layer.DECLARED));
                }
            }
            dissector.dissect(frame, hit.number(), packet, together, into);
        });
    }

    /** Says of which captures the frames are that pieces came from. */
    private void name(Hit hit, PacketValues values) throws IOException {
        Overlays.Place join = hit.join();
        if (join == null) {
            return;
        }
        for (IndexField field : FragmentLinks.FIELDS) {
            boolean isOfStream = isStreamed && field == PacketSchema.REASSEMBLY_FRAGMENT;
            FrameLink[] pieces = isOfStream ? segments(join)
                    : isRestored || field == PacketSchema.REASSEMBLY_FRAGMENT ? pieces(hit, field)
                    : joined.pieces(join, FragmentLinks.layer(field));
            int piece = 0;
            for (int i = values.next(field, 0); i >= 0 && piece < pieces.length; i = values.next(field, i + 1)) {
                values.capture(i, pieces[piece++]);
            }
        }
    }

    /** The frames that brought the messages of a stream that the packet completes. */
    private FrameLink[] segments(Overlays.Place join) {
        StreamMessages messages = indexed.streams.messages();
        return IntStream.range(0, messages.isTogether() ? messages.pieces() : 0)
                .mapToObj(i -> new FrameLink(messages.frame(i), joined.capture(join, messages.source(i))))
                .toArray(FrameLink[]::new);
    }

    /** The frames that brought pieces of what a packet completes, each once. */
    FrameLink[] pieces(Hit hit, IndexField field) throws IOException {
        Overlays.Place join = hit.join();
        return join == null ? FrameLink.of(hit.pieces(field)) : joined.distinct(join, FragmentLinks.layer(field));
    }

    private FrameLink[] reassembledIn(Hit hit, boolean ipv4) throws IOException {
        Overlays.Place join = hit.join();
        return join == null
                ? FrameLink.of(hit.reassembledIn(ipv4 ? PacketSchema.IP_FRAGMENT : PacketSchema.IPV6_FRAGMENT))
                : joined.completedIn(join, ipv4 ? Layer.IP : Layer.IPV6);
    }

    private byte[] missing(Hit hit, Layer layer) throws IOException {
        Overlays.Place join = hit.join();
        if (join != null) {
            return joined.missing(join, layer);
        }
        return missing.of(hit, layer, octets(), source(hit));
    }

    /** What only the end of all frames says of a segment. */
    private Fault late(Hit hit) throws IOException {
        Overlays.Place join = hit.join();
        return join == null ? missing.late(hit, octets(), source(hit)) : joined.late(join);
    }

    private Octets octets() {
        return reading == null ? Octets.EMPTY : reading.octets();
    }

    private MissingPieces.Source source(Hit hit) {
        Capture in = reading;
        return (number, into) -> in == null ? hit.restore(number, into) : hit.read(in, number, into);
    }

    /** Takes what stands in {@link #frame} and {@link #packet}. */
    private interface Reading {
        void read() throws IOException;
    }

    private boolean read(Hit hit, Decoding decoding, Reading wanted) throws IOException {
        while (true) {
            try {
                return attempt(hit, decoding, wanted);
            } catch (JoinedFrames.CutException e) {
                // One capture less to read.
            }
        }
    }

    private boolean attempt(Hit hit, Decoding decoding, Reading wanted) throws IOException {
        long at = hit.value(PacketSchema.FRAME_OFFSET);
        CaptureInterface source = hit.source();
        IndexedCapture capture = hit.capture();
        for (String path : capture.paths()) {
            Capture file = files.get(path);
            if (file == null) {
                continue;
            }
            try {
                if (file.frameAt(at, source, frame) && isSame(hit)) {
                    this.reading = file;
                    putTogether(hit, decoding);
                    wanted.read();
                    return true;
                }
            } catch (InternalError e) {
                // The file was cut while it was mapped, and the system says so on reading behind its end.
                files.drop(path);
            }
        }
        if (index.settings().storesFrames() && hit.restore(hit.number(), frame)) {
            this.reading = null;
            putTogether(hit, decoding);
            wanted.read();
            return true;
        }
        tell(capture);
        return false;
    }

    /**
     * Decodes the packet. If it completes a datagram or a message, the other pieces are read first, as they came; what the
     * document keeps of that takes the place of pieces that are not needed, or cannot be read.
     */
    private void putTogether(Hit hit, Decoding decoding) throws IOException {
        PacketDecoder decoder = decoding.decoder;
        frame.number(hit.number());
        decoder.decode(frame.octets(), frame, packet);
        together.clear();
        messages.clear();
        messageCount = 0;
        isPiece = false;
        isRestored = false;
        isDivided = packet.fragment() >= 0;
        isStreamed = false;
        fragments.clear();
        decoding.messages.clear();
        Octets capture = octets();
        fragments.over(0, capture);
        decoding.messages.over(0, capture);
        if (isDivided) {
            readPieces(hit, decoding, capture);
        }
        fragments.complete(frame, hit.number(), packet, decoder);
        if (packet.fragment() >= 0 && fragments.count() == 0) {
            restoreDatagram(hit, decoder);
        }
        Overlays.Place join = hit.join();
        together.datagrams(fragments, source -> join == null ? FrameLink.HERE : joined.capture(join, source));
        int last = packet.count() - 1;
        if (packet.stream() >= 0) {
            isPiece = hit.isPiece();
            isStreamed = hit.hasValue(PacketSchema.STREAM_MESSAGES);
            if (isStreamed) {
                readStream(hit, decoding, capture);
            }
        } else if (last >= 0 && packet.layer(last) == Layer.DECLARED) {
            readMessage(hit, decoding, last, capture);
        }
        faultsOfPieces(hit);
    }

    /** What is wrong with pieces the frames before decide, of which not all were read here: the document knows. */
    private void faultsOfPieces(Hit hit) throws IOException {
        packet.forgetFaultsOfPieces();
        hit.faults(label -> {
            Layer layer = PacketSchema.faultLayer(label);
            Fault fault = PacketSchema.fault(label);
            if (fault.isOfPieces()) {
                packet.report(layer, fault, pieceAt(layer));
            }
        });
        if (packet.stream() >= 0 && hit.isBehindGap()) {
            Fault late = late(hit);
            if (late != Fault.NONE && !isReported(Layer.TCP, late)) {
                packet.report(Layer.TCP, late, pieceAt(Layer.TCP));
            }
        }
    }

    /** What is wrong in the message that a datagram completes: its values are not read again, and the document knows. */
    private void faultsOfMessage(Hit hit) throws IOException {
        int last = packet.count() - 1;
        if (last < 0 || packet.layer(last) != Layer.DECLARED) {
            return;
        }
        hit.faults(label -> {
            Fault fault = PacketSchema.fault(label);
            if (PacketSchema.faultLayer(label) == Layer.DECLARED && !isReported(Layer.DECLARED, fault)) {
                packet.report(Layer.DECLARED, fault, packet.at(last));
            }
        });
    }

    private boolean isReported(Layer layer, Fault fault) {
        for (int i = 0; i < packet.faults(); i++) {
            if (packet.faultLayer(i) == layer && packet.fault(i) == fault) {
                return true;
            }
        }
        return false;
    }

    /** Where the piece is that the frame brought. */
    private long pieceAt(Layer layer) {
        int fragment = packet.fragment();
        if (fragment >= 0 && packet.layer(fragment) == layer) {
            return packet.at(fragment);
        }
        if (layer == Layer.TCP && packet.stream() >= 0) {
            return packet.streamAt();
        }
        for (int i = packet.count() - 1; i >= 0; i--) {
            if (packet.layer(i) == layer) {
                return packet.at(i);
            }
        }
        return frame.at();
    }

    /** Reads another frame of the capture into {@link #otherFrame} and {@link #otherPacket}, if it is what it was. */
    private boolean readOther(Hit hit, long number, PacketDecoder decoder) throws IOException {
        boolean found = reading == null ? hit.restore(number, otherFrame)
                : hit.read(reading, number, otherFrame);
        if (found) {
            otherFrame.number(number);
            decoder.decode(otherFrame.octets(), otherFrame, otherPacket);
        } else {
            tell(hit.capture());
        }
        return found;
    }

    private void readPieces(Hit hit, Decoding decoding, Octets capture) throws IOException {
        Overlays.Place join = hit.join();
        if (join != null) {
            joined.before(join, (other, source, octets) -> {
                fragments.over(source, octets);
                decoding.messages.over(source, octets);
                decoding.decoder.decode(other.octets(), other, otherPacket);
                takePiece(other, decoding);
            });
            fragments.over(join.row().capture(), capture);
            decoding.messages.over(join.row().capture(), capture);
            return;
        }
        for (long number : hit.pieces()) {
            if (readOther(hit, number, decoding.decoder)) {
                takePiece(otherFrame, decoding);
            }
        }
    }

    private void takePiece(Frame other, Decoding decoding) {
        fragments.complete(other, other.number(), otherPacket, decoding.decoder);
        int last = otherPacket.count() - 1;
        if (last >= 0 && otherPacket.layer(last) == Layer.DECLARED && otherPacket.stream() < 0) {
            decoding.messages.complete(other, otherPacket, last);
        }
    }

    /** Reads the segments that brought the messages that the packet completes, and then the packet once more. */
    private void readStream(Hit hit, Decoding decoding, Octets capture) throws IOException {
        StreamReplay streams = decoding.streams;
        streams.begin();
        for (long row : hit.streamRows()) {
            streams.expect(StreamRow.sequence(row), StreamRow.length(row));
        }
        Overlays.Place join = hit.join();
        streams.over(join == null ? 0 : join.row().capture(), capture);
        if (join != null) {
            List<Join.FrameRow> brought = join.pieces(Layer.DECLARED);
            joined.before(join, (other, source, octets) -> {
                otherFragments.over(source, octets);
                streams.over(source, octets);
                decoding.decoder.decode(other.octets(), other, otherPacket);
                takeSegment(other, decoding, brought.stream().anyMatch(
                        row -> row.frame() == other.number()
                                && row.capture() == JoinedFrames.captureRow(join, source)));
            });
            streams.over(join.row().capture(), capture);
        } else if (hit.hasValue(PacketSchema.REASSEMBLY_LENGTH)) {
            otherFragments.over(0, capture);
            long[] brought = hit.pieces(PacketSchema.REASSEMBLY_FRAGMENT);
            for (long number : hit.pieces()) {
                if (readOther(hit, number, decoding.decoder)) {
                    takeSegment(otherFrame, decoding, Arrays.binarySearch(brought, number) >= 0);
                }
            }
        }
        streams.complete(frame, hit.number(), packet, decoding.decoder);
        together.streams(streams.messages());
    }

    private void takeSegment(Frame other, Decoding decoding, boolean isBrought) {
        if (otherPacket.fragment() >= 0) {
            otherFragments.complete(other, other.number(), otherPacket, decoding.decoder);
        }
        if (otherPacket.stream() >= 0 && isBrought) {
            decoding.streams.add(other, other.number(), otherPacket);
        }
    }

    /** Fragments are missing that were there when the packet was indexed: its document may have the datagram. */
    private void restoreDatagram(Hit hit, PacketDecoder decoder) throws IOException {
        boolean ipv4 = packet.layer(packet.fragment()) == Layer.IP;
        if (hit.hasValue(ipv4 ? PacketSchema.IP_REASSEMBLED_LENGTH : PacketSchema.IPV6_REASSEMBLED_LENGTH)) {
            BytesRef[] data = hit.stored(ipv4 ? PacketSchema.IP_REASSEMBLED_DATA : PacketSchema.IPV6_REASSEMBLED_DATA);
            if (data.length == 1) {
                try (Octets octets = Octets.of(data[0].bytes)) {
                    fragments.restore(frame, packet, decoder, octets, 0, data[0].length);
                }
                isRestored = true;
            }
        }
    }

    /** Reads the message of a declared protocol that the last layer has, or completes. */
    private void readMessage(Hit hit, Decoding decoding, int last, Octets capture) throws IOException {
        boolean completes = hit.hasValue(PacketSchema.REASSEMBLY_LENGTH);
        BytesRef[] kept = completes ? hit.stored(PacketSchema.PAYLOAD) : NO_OCTETS;
        if (kept.length > 0) {
            try (Octets octets = Octets.of(kept[0].bytes)) {
                add(octets, 0, kept[0].length);
            }
            together.message(messages.octets(), 0, ends[0], pieces(hit, PacketSchema.REASSEMBLY_FRAGMENT));
            return;
        }
        if (completes && !isDivided) {
            readPieces(hit, decoding, capture);
        }
        DeclaredMessages declared = decoding.messages;
        boolean complete = declared.complete(frame, packet, last);
        isPiece = !complete && hit.isPiece();
        if (complete) {
            add(declared.octets(), declared.at(), declared.length());
            if (declared.isDivided()) {
                together.message(messages.octets(), 0, ends[0], pieces(hit, PacketSchema.REASSEMBLY_FRAGMENT));
            } else {
                together.message(declared.at(), declared.length());
            }
        }
    }

    private void add(Octets octets, long at, long length) {
        if (messageCount == ends.length) {
            ends = Arrays.copyOf(ends, 2 * messageCount);
        }
        messages.append(octets, at, length);
        ends[messageCount++] = messages.length();
    }

    private Extraction extraction() {
        if (extraction == null) {
            extraction = Extraction.forPrinting(index.settings().dictionaries());
        }
        return extraction;
    }

    private Dissector dissector() {
        if (dissector == null) {
            dissector = new Dissector(fields.get());
            whole = new Decoding(fields.get().dictionaries().declared());
        }
        return dissector;
    }

    private boolean isSame(Hit hit) throws IOException {
        return frame.captured() == hit.value(PacketSchema.FRAME_CAPTURED)
                && frame.original() == hit.value(PacketSchema.FRAME_LENGTH)
                && frame.hasTime() == hit.hasValue(PacketSchema.FRAME_TIME)
                && (!frame.hasTime() || frame.timeNanos() == hit.value(PacketSchema.FRAME_TIME));
    }

    private void tell(IndexedCapture capture) {
        if (told.add(capture.id())) {
            String reason = files.reason(capture.path());
            trouble.accept("capture " + capture.path() + ' ' + (reason == null ? "has changed" : reason)
                    + "; of its packets only what the index holds is known");
        }
    }

    @Override
    public void close() throws IOException {
        fragments.close();
        messages.close();
        otherFragments.close();
        indexed.close();
        if (whole != null) {
            whole.close();
        }
        missing.close();
        joined.close();
        files.close();
    }
}
