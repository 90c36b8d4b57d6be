package io.seidex.query.search;

import io.seidex.capture.Capture;
import io.seidex.capture.CaptureInterface;
import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.Dictionaries;
import io.seidex.schema.Extraction;
import io.seidex.schema.PacketSchema;
import io.seidex.store.IndexedCapture;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads packets again from their captures. Before a packet is decoded, the record at its place is compared with what the
 * document says of it: times and lengths. A capture that is gone or has changed is told once.
 */
final class PacketReader implements Closeable {
    private static final int MOST_CAPTURES = 256;

    private final CaptureFiles files = new CaptureFiles(MOST_CAPTURES);
    private final Frame frame = new Frame();
    private final Packet packet = new Packet();
    private final PacketDecoder decoder = new PacketDecoder();
    private final Consumer<String> trouble;
    /** Null until a packet is read: it takes a dictionary, and many queries need none. */
    private Extraction extraction;
    private final Set<String> told = new HashSet<>();

    /** @param trouble is told of each capture that is gone or has changed, in one line */
    PacketReader(Consumer<String> trouble) {
        this.trouble = trouble;
    }

    /** Fills {@code into} with every value of the packet; false if its capture does not have it any more. */
    boolean read(Hit hit, PacketValues into) throws IOException {
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
                    into.clear();
                    hit.placeValues(into);
                    decoder.decode(frame.octets(), frame, packet);
                    extraction().extract(frame.octets(), packet, into);
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

    private Extraction extraction() {
        if (extraction == null) {
            extraction = Extraction.forPrinting(Dictionaries.builtIn());
        }
        return extraction;
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
        files.close();
    }
}
