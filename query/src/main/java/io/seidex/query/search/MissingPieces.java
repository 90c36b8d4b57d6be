package io.seidex.query.search;

import io.seidex.capture.Capture;
import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.fault.Fault;
import io.seidex.reassemble.Fragments;
import io.seidex.reassemble.Piece;
import io.seidex.reassemble.Whole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What is missing of the datagrams of one part of a capture that never became complete: by the frames that brought something
 * of them. Found by going through all fragments of the part once more.
 */
final class MissingPieces implements AutoCloseable {
    private static final long MEMORY = 64L << 20;

    private final Frame frame = new Frame();
    private final Packet packet = new Packet();
    private final PacketDecoder decoder;
    private final Fragments fragments = new Fragments(MEMORY, this::abandoned);
    private final Map<Long, byte[]> missing = new HashMap<>();
    private Object part;

    MissingPieces(PacketDecoder decoder) {
        this.decoder = decoder;
    }

    /** What is missing of the datagram that the hit, which is a fragment, is of; null if nothing is. */
    byte[] of(Hit hit, Capture file) throws IOException {
        if (!hit.part().equals(part)) {
            part = null;
            missing.clear();
            fragments.clear();
            fragments.over(0, file.octets());
            for (long number : hit.fragments()) {
                if (file.frameAt(hit.offsetOf(number), hit.sourceOf(number), frame)) {
                    decoder.decode(frame.octets(), frame, packet);
                    fragments.complete(frame, number, packet, decoder);
                }
            }
            fragments.end();
            part = hit.part();
        }
        return missing.get(hit.number());
    }

    /** Of what was refused nothing is missing. */
    private void abandoned(Whole whole, Fault why) {
        byte[] octets = of(whole, why);
        if (octets != null) {
            for (whole.rewind(); whole.next();) {
                missing.put(whole.frame(), octets);
            }
        }
    }

    /** What is missing of a whole that will never be; null if nothing is. */
    static byte[] of(Whole whole, Fault why) {
        if (why == Fault.NONE || why == Fault.WHOLE_INCOMPLETE || why == Fault.WHOLE_GIVEN_UP) {
            StringBuilder text = new StringBuilder();
            while (whole.nextGap()) {
                text.append(text.isEmpty() ? "" : ", ").append(whole.gapFrom()).append('-').append(whole.gapTo() - 1);
            }
            if (whole.end() == Piece.UNKNOWN) {
                text.append(text.isEmpty() ? "" : ", ").append(whole.behind()).append('-');
            }
            return text.toString().getBytes(StandardCharsets.US_ASCII);
        }
        return null;
    }

    @Override
    public void close() {
        fragments.close();
    }
}
