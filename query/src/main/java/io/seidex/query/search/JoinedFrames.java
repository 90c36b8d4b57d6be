package io.seidex.query.search;

import io.seidex.capture.Capture;
import io.seidex.capture.CaptureInterface;
import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.query.dissect.FrameLink;
import io.seidex.reassemble.Reassembly;
import io.seidex.reassemble.Seam;
import io.seidex.reassemble.Streams;
import io.seidex.reassemble.Whole;
import io.seidex.schema.PacketSchema;
import io.seidex.store.IndexedCapture;
import io.seidex.store.Join;
import io.seidex.store.Manifest;
import io.seidex.store.Overlays;
import io.seidex.store.PacketIndex;
import io.seidex.store.ShardPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.lucene.util.BytesRef;

/**
 * What the joins of overlays say of their frames, and the frames themselves: read again, in the order in which they were put
 * together, from all captures that they are in; or from the index, if it has them.
 */
final class JoinedFrames implements AutoCloseable {
    /** A join of more captures is not read again: so many are open at a time, and some for other packets. */
    private static final int MOST_CAPTURES = 128;
    /** Of so many joins what they lack is known at a time. */
    private static final int MOST_JOINS = 256;

    private final PacketIndex index;
    private final CaptureFiles files;
    private final Consumer<IndexedCapture> trouble;
    /** Null until a frame is read. */
    private OpenShards shards;
    private FrameNames names;
    private final Frame frame = new Frame();
    private final Packet packet = new Packet();
    private final Map<String, IndexedCapture> captures = new HashMap<>();
    private final Reassembly reassembly;

    /** What became of the frames of the join that was asked last: by frame, the others that complete something of it. */
    private Join last;
    private final Map<Piece, List<Join.FrameRow>> completedIn = new HashMap<>();
    /** What the frames of the joins lack that were asked for last. */
    private final Map<Join, Lack> lacks = new IdentityHashMap<>();
    private Lack lack;

    /** What is missing, and what is wrong since it is. */
    private record Lack(Map<Piece, byte[]> missing, Map<Piece, Fault> late) {}

    /** A piece of what {@code layer} is of, that a frame of a source brought. */
    private record Piece(Layer layer, int source, long frame) {}

    /** A capture was cut while it was read; it is not read any more. */
    static final class CutException extends RuntimeException {
        private static final long serialVersionUID = 1;

        CutException(Throwable cause) {
            super(cause);
        }
    }

    /** Takes a frame of the join, which lies in a capture. */
    interface Read {
        /**
         * @param source stands for the capture, within the join: {@link #capture} knows it
         * @param capture the memory that the frame lies in for long; nothing if it is a copy
         */
        void read(Frame frame, int source, Octets capture) throws IOException;
    }

    /** @param trouble is told of captures that are gone or have changed */
    JoinedFrames(PacketIndex index, CaptureFiles files, Consumer<IndexedCapture> trouble) {
        this.index = index;
        this.files = files;
        this.trouble = trouble;
        this.reassembly = new Reassembly(index.schema().declared(), this::incomplete);
        reassembly.seam(Seam.SILENT);
        index.captures().forEach(capture -> captures.put(capture.id(), capture));
    }

    /** Reads the frames that stand before one in its join. */
    void before(Overlays.Place place, Read read) throws IOException {
        each(place, place.join().frames().subList(0, place.join().frames().indexOf(place.row())), read);
    }

    /** The frames that brought the pieces of what a frame completes, as often as they did. */
    FrameLink[] pieces(Overlays.Place place, Layer layer) {
        return links(place, place.pieces(layer));
    }

    /** The frames that brought the pieces of what a frame completes, each once, as they came. */
    FrameLink[] distinct(Overlays.Place place, Layer layer) {
        return links(place, place.distinct(layer));
    }

    /** The frames, others than its own, that complete something with a piece that a frame brought. */
    FrameLink[] completedIn(Overlays.Place place, Layer layer) {
        if (last != place.join()) {
            List<Join.FrameRow> frames = place.join().frames();
            completedIn.clear();
            for (Join.FrameRow row : frames) {
                for (Join.PieceRow piece : row.pieces()) {
                    Join.FrameRow of = frames.get(piece.frame());
                    List<Join.FrameRow> in = completedIn.computeIfAbsent(
                            new Piece(piece.layer(), of.capture(), of.frame()), each -> new ArrayList<>());
                    if (of != row && !in.contains(row)) {
                        in.add(row);
                    }
                }
            }
            last = place.join();
        }
        Piece brought = new Piece(layer, place.row().capture(), place.row().frame());
        return links(place, completedIn.getOrDefault(brought, List.of()));
    }

    private FrameLink[] links(Overlays.Place place, List<Join.FrameRow> rows) {
        return rows.stream().map(row -> new FrameLink(row.frame(), capture(place, row.capture())))
                .toArray(FrameLink[]::new);
    }

    /** What stands before the numbers of the frames of a source in their names, for a packet that is in a join. */
    byte[] capture(Overlays.Place place, int source) {
        List<Manifest.CaptureRow> rows = place.overlay().manifest().captures();
        int row = captureRow(place, source);
        IndexedCapture capture = captures.get(rows.get(row).id());
        if (row == place.row().capture() || capture == null) {
            return FrameLink.HERE;
        }
        if (names == null) {
            names = new FrameNames(index.captures());
        }
        return names.of(capture);
    }

    /** The capture that a source stands for, as the rows of a join have it. */
    static int captureRow(Overlays.Place place, int source) {
        return source % place.overlay().manifest().captures().size();
    }

    /** What is missing of the datagram that a frame brought a fragment of; null if nothing is. */
    byte[] missing(Overlays.Place place, Layer layer) throws IOException {
        Map<Piece, byte[]> missing = lack(place).missing;
        byte[] octets = missing.get(new Piece(layer, place.row().capture(), place.row().frame()));
        return octets == null ? missing.get(new Piece(layer, copyOf(place), place.row().frame())) : octets;
    }

    /** Finds what the frames of a join lack in the end. */
    private Lack lack(Overlays.Place place) throws IOException {
        lack = lacks.get(place.join());
        if (lack == null) {
            lack = new Lack(new HashMap<>(), new HashMap<>());
            reassembly.clear();
            each(place, place.join().frames(), (each, source, octets) -> {
                reassembly.over(source, octets);
                reassembly.read(each, packet);
            });
            reassembly.end();
            if (lacks.size() == MOST_JOINS) {
                lacks.clear();
            }
            lacks.put(place.join(), lack);
        }
        return lack;
    }

    /** What is wrong with a segment, since octets never came; {@link Fault#NONE} if nothing is. */
    Fault late(Overlays.Place place) throws IOException {
        Map<Piece, Fault> late = lack(place).late;
        Fault fault = late.get(new Piece(Layer.TCP, place.row().capture(), place.row().frame()));
        fault = fault != null ? fault : late.get(new Piece(Layer.TCP, copyOf(place), place.row().frame()));
        return fault == null ? Fault.NONE : fault;
    }

    private static int copyOf(Overlays.Place place) {
        return place.row().capture() + place.overlay().manifest().captures().size();
    }

    private void incomplete(Layer layer, Whole whole, Fault why) {
        if (layer == Layer.TCP && why == Fault.NONE) {
            Streams.unsaid(whole, fault -> lack.late.put(new Piece(layer, whole.source(), whole.frame()), fault));
        }
        MissingPieces.each(layer, whole, why, index.schema().declared(),
                octets -> lack.missing.put(new Piece(layer, whole.source(), whole.frame()), octets));
    }

    private void each(Overlays.Place place, List<Join.FrameRow> rows, Read read) throws IOException {
        if (rows.stream().mapToInt(Join.FrameRow::capture).distinct().count() > MOST_CAPTURES) {
            return;
        }
        for (Join.FrameRow row : rows) {
            IndexedCapture capture = captures.get(place.capture(row).id());
            CaptureInterface source = place.overlay().manifest().interfaces().get(row.source()).source();
            if (capture != null && !read(place, capture, row, source, read)) {
                trouble.accept(capture);
            }
        }
    }

    /** Reads a frame if its record is what its document says; false if it is nowhere any more. */
    private boolean read(
            Overlays.Place place, IndexedCapture capture, Join.FrameRow row, CaptureInterface source, Read read)
            throws IOException {
        ShardPart part = capture.part(row.frame());
        if (part == null) {
            return false;
        }
        if (shards == null) {
            shards = new OpenShards();
        }
        OpenShard shard = shards.get(part.shard());
        int document = (int) (part.part().firstDocument() + row.frame() - part.part().start().frame());
        for (String path : capture.paths()) {
            Capture file = files.get(path);
            try {
                if (file != null && file.frameAt(row.recordAt(), source, frame) && shard.isSame(document, frame)) {
                    frame.number(row.frame());
                    read.read(frame, row.capture(), file.octets());
                    return true;
                }
            } catch (InternalError e) {
                files.drop(path);
                trouble.accept(capture);
                throw new CutException(e);
            }
        }
        BytesRef[] kept = index.settings().storesFrames() ? shard.stored(document, PacketSchema.FRAME_OCTETS)
                : new BytesRef[0];
        if (kept.length == 0) {
            return false;
        }
        frame.restore(kept[0].bytes, row.frame(), row.recordAt(), shard.value(document, PacketSchema.FRAME_LENGTH),
                source,
                shard.optional(document, PacketSchema.FRAME_TIME));
        read.read(frame, row.capture() + place.overlay().manifest().captures().size(), Octets.EMPTY);
        return true;
    }

    @Override
    public void close() throws IOException {
        reassembly.close();
        if (shards != null) {
            shards.close();
        }
    }
}
