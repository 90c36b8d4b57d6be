package io.seidex.query.search;

import io.seidex.capture.Capture;
import io.seidex.capture.CaptureInterface;
import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.reassemble.Fragments;
import io.seidex.reassemble.Reassembly;
import io.seidex.reassemble.StreamMessages;
import io.seidex.reassemble.Whole;
import io.seidex.store.IndexedCapture;
import io.seidex.store.Join;
import io.seidex.store.Overlays;
import io.seidex.store.PacketIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the frames of a join again, in the order in which they were put together, from all captures that they are in. */
final class JoinedFrames implements AutoCloseable {
    /** A join of more captures is not read again: so many are open at a time, and some for other packets. */
    private static final int MOST_CAPTURES = 128;

    private final PacketIndex index;
    private final CaptureFiles files;
    private final Frame frame = new Frame();
    private final Packet packet = new Packet();
    private final Map<String, IndexedCapture> captures = new HashMap<>();
    private final Reassembly reassembly;

    // What became of the frames of the join that was asked last.
    private Join last;
    private final Map<Piece, List<Long>> completedIn = new HashMap<>();
    private final Map<Piece, byte[]> missing = new HashMap<>();

    /** A piece of what {@code layer} is of, that a frame of a source brought. */
    private record Piece(Layer layer, int source, long frame) {}

    /** Takes a frame of the join, which lies in a capture. */
    interface Read {
        /** @param source stands for the capture, within the join */
        void read(Frame frame, int source, Octets capture) throws IOException;
    }

    JoinedFrames(PacketIndex index, CaptureFiles files) {
        this.index = index;
        this.files = files;
        this.reassembly = new Reassembly(index.schema().declared(), this::incomplete);
        index.captures().forEach(capture -> captures.put(capture.id(), capture));
    }

    /** Reads the frames that stand before one in its join. */
    void before(Overlays.Place place, Read read) throws IOException {
        each(place, place.join().frames().subList(0, place.join().frames().indexOf(place.row())), read);
    }

    /** The frames, others than its own, that complete a datagram with a fragment that a frame brought. */
    long[] completedIn(Overlays.Place place, Layer layer) throws IOException {
        readAll(place);
        Piece piece = new Piece(layer, place.row().capture(), place.row().frame());
        return completedIn.getOrDefault(piece, List.of()).stream().mapToLong(Long::longValue).distinct().toArray();
    }

    /** What is missing of the datagram that a frame brought a fragment of; null if nothing is. */
    byte[] missing(Overlays.Place place, Layer layer) throws IOException {
        readAll(place);
        return missing.get(new Piece(layer, place.row().capture(), place.row().frame()));
    }

    private void readAll(Overlays.Place place) throws IOException {
        if (last == place.join()) {
            return;
        }
        last = null;
        completedIn.clear();
        missing.clear();
        reassembly.clear();
        each(place, place.join().frames(), (each, source, octets) -> {
            reassembly.over(source, octets);
            reassembly.read(each, packet);
            if (reassembly.isDivided()) {
                completed(source, each.number(), reassembly.fragments());
            }
            if (reassembly.completesMessage() && reassembly.messages().isDivided()) {
                Whole pieces = reassembly.messages().pieces();
                for (pieces.rewind(); pieces.next();) {
                    completed(new Piece(Layer.DECLARED, pieces.source(), pieces.frame()), source, each.number());
                }
            }
            if (reassembly.isStreamed() && reassembly.streams().messages().isTogether()) {
                StreamMessages messages = reassembly.streams().messages();
                for (int i = 0; i < messages.pieces(); i++) {
                    completed(new Piece(Layer.DECLARED, messages.source(i), messages.frame(i)), source, each.number());
                }
            }
        });
        reassembly.end();
        last = place.join();
    }

    private void completed(int in, long completing, Fragments fragments) {
        for (int i = 0; i < fragments.count(); i++) {
            for (int piece = 0; piece < fragments.pieces(i); piece++) {
                completed(
                        new Piece(fragments.layer(i), fragments.source(i, piece), fragments.frame(i, piece)), in,
                        completing);
            }
        }
    }

    private void completed(Piece piece, int in, long completing) {
        if (piece.source != in || piece.frame != completing) {
            completedIn.computeIfAbsent(piece, key -> new ArrayList<>()).add(completing);
        }
    }

    private void incomplete(Layer layer, Whole whole, Fault why) {
        MissingPieces.each(layer, whole, why, index.schema().declared(),
                lacks -> missing.put(new Piece(layer, whole.source(), whole.frame()), lacks));
    }

    private void each(Overlays.Place place, List<Join.FrameRow> rows, Read read) throws IOException {
        if (rows.stream().mapToInt(Join.FrameRow::capture).distinct().count() > MOST_CAPTURES) {
            return;
        }
        for (Join.FrameRow row : rows) {
            IndexedCapture capture = captures.get(place.capture(row).id());
            CaptureInterface source = place.overlay().manifest().interfaces().get(row.source()).source();
            for (String path : capture == null ? List.<String>of() : capture.paths()) {
                Capture file = files.get(path);
                if (file != null && file.frameAt(row.recordAt(), source, frame)) {
                    frame.number(row.frame());
                    read.read(frame, row.capture(), file.octets());
                    break;
                }
            }
        }
    }

    @Override
    public void close() {
        reassembly.close();
    }
}
