package io.seidex.query.search;

import io.seidex.capture.Capture;
import io.seidex.capture.CaptureInterface;
import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.fault.Layer;
import io.seidex.query.dissect.Dissector;
import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.dissect.PacketTree;
import io.seidex.reassemble.Fragments;
import io.seidex.reassemble.Streams;
import io.seidex.schema.Extraction;
import io.seidex.schema.PacketSchema;
import io.seidex.store.IndexedCapture;
import io.seidex.store.Overlays;
import io.seidex.store.PacketIndex;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads packets again from their captures. Before a packet is decoded, the record at its place is compared with what the
 * document says of it: times and lengths. A capture that is gone or has changed is told once.
 */
final class PacketReader implements Closeable {
    private static final int MOST_CAPTURES = 256;
    private static final long FRAGMENT_MEMORY = 64L << 20;
    private static final long[] NOWHERE = {};

    private final CaptureFiles files = new CaptureFiles(MOST_CAPTURES);
    private final Frame frame = new Frame();
    private final Packet packet = new Packet();
    private final PacketDecoder decoder;
    private final Frame otherFrame = new Frame();
    private final Packet otherPacket = new Packet();
    private final Fragments fragments = new Fragments(FRAGMENT_MEMORY, (whole, why) -> {});
    private final Fragments otherFragments = new Fragments(FRAGMENT_MEMORY, (whole, why) -> {});
    private final Streams streams;
    /** Whether the packet is, or was put together from, fragments. */
    private boolean isDivided;
    /** Whether it completes messages of a stream. */
    private boolean isStreamed;
    private final MissingPieces missing;
    private final JoinedFrames joined;
    /** The capture that the packet is in. */
    private Capture reading;
    private final Consumer<String> trouble;
    private final PacketIndex index;
    private final Supplier<FieldRegistry> fields;
    /** Null until a packet is read: it takes a dictionary, and many queries need none. */
    private Extraction extraction;
    /** Null until a packet is read of which more than the indexed fields is asked. */
    private Dissector dissector;
    /** Decodes for the dissector: it may know protocols that the index does not. */
    private PacketDecoder wholeDecoder;
    private final Set<String> told = new HashSet<>();

    /**
     * @param index what it holds is read as it was indexed
     * @param fields those that trees are made of; not asked for before a tree is
     * @param trouble is told of each capture that is gone or has changed, in one line
     */
    PacketReader(PacketIndex index, Supplier<FieldRegistry> fields, Consumer<String> trouble) {
        this.index = index;
        this.decoder = new PacketDecoder(index.schema().declared());
        this.missing = new MissingPieces(decoder);
        this.streams = new Streams(index.schema().declared(), FRAGMENT_MEMORY, (whole, why) -> {});
        this.joined = new JoinedFrames(index, files);
        this.fields = fields;
        this.trouble = trouble;
    }

    /** Fills {@code into} with every value of an indexed field; false if the capture does not have the packet any more. */
    boolean read(Hit hit, PacketValues into) throws IOException {
        return read(hit, decoder, () -> {
            into.clear();
            hit.placeValues(into);
            extraction().extract(packet.octets(), packet, into);
            if (isDivided) {
                extraction().reassembly(packet, fragments, into);
            }
            if (isStreamed) {
                messageValues(into);
            } else {
                hit.messageValues(into);
            }
        });
    }

    private void messageValues(PacketValues into) {
        Extraction extraction = extraction();
        extraction.reassembly(streams, into);
        extraction.messages(packet, into);
    }

    /** Fills {@code into} with everything in the packet; false if the capture does not have it any more. */
    boolean read(Hit hit, PacketTree into) throws IOException {
        Dissector dissector = dissector();
        return read(hit, wholeDecoder, () -> {
            boolean isPiece = packet.fragment() >= 0;
            boolean ipv4 = isPiece && packet.layer(packet.fragment()) == Layer.IP;
            long[] in = isPiece ? reassembledIn(hit, ipv4) : NOWHERE;
            byte[] lack = isPiece && in.length == 0 ? missing(hit, ipv4) : null;
            dissector.dissect(frame, hit.number(), packet, in, lack, into);
        });
    }

    private long[] reassembledIn(Hit hit, boolean ipv4) throws IOException {
        Overlays.Place join = hit.join();
        return join == null
                ? hit.reassembledIn(ipv4 ? PacketSchema.IP_FRAGMENT : PacketSchema.IPV6_FRAGMENT)
                : joined.completedIn(join, ipv4 ? Layer.IP : Layer.IPV6);
    }

    private byte[] missing(Hit hit, boolean ipv4) throws IOException {
        Overlays.Place join = hit.join();
        return join == null ? missing.of(hit, reading) : joined.missing(join, ipv4 ? Layer.IP : Layer.IPV6);
    }

    /** Takes what stands in {@link #frame} and {@link #packet}. */
    private interface Reading {
        void read() throws IOException;
    }

    private boolean read(Hit hit, PacketDecoder decoder, Reading wanted) throws IOException {
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
                    decoder.decode(frame.octets(), frame, packet);
                    isDivided = packet.fragment() >= 0;
                    if (isDivided) {
                        putTogether(hit, file, decoder);
                    }
                    isStreamed = packet.stream() >= 0 && hit.hasValue(PacketSchema.STREAM_MESSAGES);
                    if (isStreamed) {
                        readMessages(hit, file, decoder);
                    }
                    this.reading = file;
                    wanted.read();
                    return true;
                }
            } catch (InternalError e) {
                // The file was cut while it was mapped, and the system says so on reading behind its end.
                files.drop(path);
            }
        }
        tell(capture);
        return false;
    }

    /** If the packet completes a datagram, reads the other fragments as they came, and then the packet once more. */
    private void putTogether(Hit hit, Capture file, PacketDecoder decoder) throws IOException {
        fragments.clear();
        Overlays.Place join = hit.join();
        if (join != null) {
            joined.before(join, (other, source, octets) -> {
                fragments.over(source, octets);
                decoder.decode(other.octets(), other, otherPacket);
                fragments.complete(other, other.number(), otherPacket, decoder);
            });
            fragments.over(join.row().capture(), file.octets());
        } else {
            fragments.over(0, file.octets());
            for (long number : hit.pieces()) {
                if (file.frameAt(hit.offsetOf(number), hit.sourceOf(number), otherFrame)) {
                    decoder.decode(otherFrame.octets(), otherFrame, otherPacket);
                    fragments.complete(otherFrame, number, otherPacket, decoder);
                }
            }
        }
        fragments.complete(frame, hit.number(), packet, decoder);
    }

    /** Reads the segments that brought the messages that the packet completes, and then the packet once more. */
    private void readMessages(Hit hit, Capture file, PacketDecoder decoder) throws IOException {
        long place = hit.value(PacketSchema.STREAM_MESSAGES);
        Overlays.Place join = hit.join();
        streams.over(join == null ? 0 : join.row().capture(), file.octets());
        streams.expect(packet, (int) (place >>> Integer.SIZE), (int) place);
        if (join != null) {
            joined.before(join, (other, source, octets) -> {
                decoder.decode(other.octets(), other, otherPacket);
                if (otherPacket.fragment() >= 0) {
                    otherFragments.over(source, octets);
                    otherFragments.complete(other, other.number(), otherPacket, decoder);
                }
                if (otherPacket.stream() >= 0) {
                    streams.over(source, octets);
                    streams.complete(other, other.number(), otherPacket, decoder);
                }
            });
            streams.over(join.row().capture(), file.octets());
        } else if (hit.hasValue(PacketSchema.REASSEMBLY_LENGTH)) {
            for (long number : hit.pieces()) {
                if (file.frameAt(hit.offsetOf(number), hit.sourceOf(number), otherFrame)) {
                    decoder.decode(otherFrame.octets(), otherFrame, otherPacket);
                    if (otherPacket.fragment() >= 0) {
                        otherFragments.over(0, file.octets());
                        otherFragments.complete(otherFrame, number, otherPacket, decoder);
                    }
                    streams.complete(otherFrame, number, otherPacket, decoder);
                }
            }
        }
        streams.complete(frame, hit.number(), packet, decoder);
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
            wholeDecoder = new PacketDecoder(fields.get().dictionaries().declared());
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
    public void close() {
        fragments.close();
        otherFragments.close();
        streams.close();
        missing.close();
        joined.close();
        files.close();
    }
}
