package io.seidex.query.search;

import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.dictionary.DeclaredProtocol;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.reassemble.Piece;
import io.seidex.reassemble.Reassembly;
import io.seidex.reassemble.Whole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What is missing of the datagrams and declared messages of one part of a capture that never became complete: by the frames
 * that brought something of them. Found by going through all pieces of the part once more.
 */
final class MissingPieces implements AutoCloseable {
    private final Frame frame = new Frame();
    private final Packet packet = new Packet();
    private final DeclaredProtocols declared;
    private final Reassembly reassembly;
    private final Map<Long, byte[]> missing = new HashMap<>();
    private Object part;

    /** Reads a frame of the part again. */
    interface Source {
        boolean read(long number, Frame into) throws IOException;
    }

    MissingPieces(DeclaredProtocols declared) {
        this.declared = declared;
        this.reassembly = new Reassembly(declared, this::incomplete);
    }

    /**
     * What is missing of the datagram or message that the hit brought a piece of; null if nothing is.
     *
     * @param capture that the frames lie in; empty if they are copies
     */
    byte[] of(Hit hit, Octets capture, Source source) throws IOException {
        if (!hit.part().equals(part)) {
            part = null;
            missing.clear();
            reassembly.clear();
            reassembly.over(0, capture);
            for (long number : hit.fragments()) {
                if (source.read(number, frame)) {
                    frame.number(number);
                    reassembly.read(frame, packet);
                }
            }
            reassembly.end();
            part = hit.part();
        }
        return missing.get(hit.number());
    }

    /** Of what was refused nothing is missing, and of a stream what is missing has no end. */
    private void incomplete(Layer layer, Whole whole, Fault why) {
        byte[] octets = layer == Layer.TCP ? null : of(layer, whole, why, declared);
        if (octets != null) {
            for (whole.rewind(); whole.next();) {
                missing.put(whole.frame(), octets);
            }
        }
    }

    /** What is missing of a whole that will never be, octets or, as in {@code 2, 4-5 of 7}, pieces; null if nothing is. */
    static byte[] of(Layer layer, Whole whole, Fault why, DeclaredProtocols declared) {
        if (why != Fault.NONE && why != Fault.WHOLE_INCOMPLETE && why != Fault.WHOLE_GIVEN_UP) {
            return null;
        }
        boolean isNumbered = layer == Layer.DECLARED
                && declared.get((int) whole.keyWord(0)).place() == DeclaredProtocol.Place.NUMBER;
        StringBuilder text = new StringBuilder();
        while (whole.nextGap()) {
            text.append(text.isEmpty() ? "" : ", ").append(whole.gapFrom());
            if (!isNumbered || whole.gapTo() - 1 > whole.gapFrom()) {
                text.append('-').append(whole.gapTo() - 1);
            }
        }
        if (whole.end() == Piece.UNKNOWN) {
            text.append(text.isEmpty() ? "" : ", ").append(whole.behind()).append('-');
        } else if (isNumbered && whole.begin() != Piece.UNKNOWN) {
            text.append(" of ").append(whole.end() - whole.begin());
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        reassembly.close();
    }
}
