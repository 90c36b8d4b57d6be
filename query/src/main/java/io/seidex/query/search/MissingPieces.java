package io.seidex.query.search;

import static org.apache.lucene.search.BooleanClause.Occur.SHOULD;

import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.dictionary.DeclaredProtocol;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.dictionary.KnownPorts;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.reassemble.DeclaredMessages;
import io.seidex.reassemble.Fragments;
import io.seidex.reassemble.Piece;
import io.seidex.reassemble.Reassembly;
import io.seidex.reassemble.Seam;
import io.seidex.reassemble.Streams;
import io.seidex.reassemble.Whole;
import io.seidex.schema.FieldTerms;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import io.seidex.store.ShardPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;

/**
 * What is missing of the datagrams and messages of one part of a capture that never became complete: by the frames that
 * brought something of them. Found by going through all pieces of the part once more, or, of streams, through all segments.
 */
final class MissingPieces implements AutoCloseable {
    private static final int MOST_PORTS = 1 << 16;
    private static final byte[] FORGOTTEN = Fault.WHOLE_GIVEN_UP.label().getBytes(StandardCharsets.US_ASCII);

    private final Frame frame = new Frame();
    private final Packet packet = new Packet();
    private final DeclaredProtocols declared;
    private final Reassembly reassembly;
    private final Map<Brought, byte[]> missing = new HashMap<>();
    private final Map<Long, Fault> late = new HashMap<>();
    private ShardPart part;
    private boolean hasStreams;
    /** Null until a segment is met. */
    private Query segments;

    /** A piece of what {@code layer} is of, that a frame brought. */
    private record Brought(Layer layer, long frame) {}

    /** Reads a frame of the part again. */
    interface Source {
        boolean read(long number, Frame into) throws IOException;
    }

    MissingPieces(DeclaredProtocols declared) {
        this.declared = declared;
        this.reassembly = new Reassembly(declared, this::incomplete);
        reassembly.seam(Seam.SILENT);
    }

    /**
     * What is missing of the datagram or message that the hit brought a piece of; null if nothing is.
     *
     * @param layer of the piece; {@link Layer#TCP} of one that a segment brought
     * @param capture that the frames lie in; empty if they are copies
     */
    byte[] of(Hit hit, Layer layer, Octets capture, Source source) throws IOException {
        read(hit, layer == Layer.TCP, capture, source);
        return missing.get(new Brought(layer, hit.number()));
    }

    /** What is wrong with a segment, since octets never came; {@link Fault#NONE} if nothing is. */
    Fault late(Hit hit, Octets capture, Source source) throws IOException {
        read(hit, true, capture, source);
        return late.getOrDefault(hit.number(), Fault.NONE);
    }

    /** Goes through the pieces of a part, unless they are those that it went through last. */
    private void read(Hit hit, boolean needsStreams, Octets capture, Source source) throws IOException {
        if (!hit.part().equals(part) || needsStreams && !hasStreams) {
            part = null;
            missing.clear();
            late.clear();
            reassembly.clear();
            reassembly.over(0, capture);
            for (long number : hit.fragments(needsStreams ? segments() : null)) {
                if (source.read(number, frame)) {
                    frame.number(number);
                    reassembly.read(frame, packet);
                    completed();
                }
            }
            reassembly.end();
            part = hit.part();
            hasStreams = needsStreams;
        }
    }

    /**
     * Of what is complete, nothing is missing: whoever asks was told so, unless the memory for it was too little when the
     * packets were indexed.
     */
    private void completed() {
        if (reassembly.isDivided()) {
            Fragments fragments = reassembly.fragments();
            for (int i = 0; i < fragments.count(); i++) {
                for (int piece = 0; piece < fragments.pieces(i); piece++) {
                    missing.put(new Brought(fragments.layer(i), fragments.frame(i, piece)), FORGOTTEN);
                }
            }
        }
        if (reassembly.completesMessage() && reassembly.messages().isDivided()) {
            Whole whole = reassembly.messages().pieces();
            for (whole.rewind(); whole.next();) {
                missing.put(new Brought(Layer.DECLARED, whole.frame()), FORGOTTEN);
            }
        }
    }

    /** The packets that segments of streams stand in. */
    private Query segments() {
        if (segments == null) {
            int[] ports = IntStream.range(0, MOST_PORTS)
                    .filter(port -> port == KnownPorts.GTP_PRIME || declared.atTcpPort(port) >= 0).toArray();
            segments = new BooleanQuery.Builder().add(at(PacketSchema.TCP_SRCPORT, ports), SHOULD)
                    .add(at(PacketSchema.TCP_DSTPORT, ports), SHOULD).build();
        }
        return segments;
    }

    private static Query at(IndexField field, int[] ports) {
        return new TermInSetQuery(field.name(),
                IntStream.of(ports).mapToObj(port -> FieldTerms.number(field, port)).toList());
    }

    private void incomplete(Layer layer, Whole whole, Fault why) {
        if (layer == Layer.TCP && why == Fault.NONE) {
            Streams.unsaid(whole, fault -> late.put(whole.frame(), fault));
        }
        each(layer, whole, why, declared, octets -> missing.put(new Brought(layer, whole.frame()), octets));
    }

    /** Is told what is missing of a whole, with the whole at each of its pieces. */
    interface Lacking {
        void missing(byte[] octets);
    }

    /** Says for each piece of a whole that will never be what is missing. */
    static void each(Layer layer, Whole whole, Fault why, DeclaredProtocols declared, Lacking lacking) {
        if (layer == Layer.TCP) {
            boolean isWaiting = switch (why) {
                case NONE, WHOLE_INCOMPLETE, WHOLE_GIVEN_UP, STREAM_GAP -> true;
                default -> false;
            };
            if (isWaiting) {
                eachSegment(whole, lacking);
                return;
            }
            byte[] octets = why.label().getBytes(StandardCharsets.US_ASCII);
            for (whole.plain().rewind(); whole.next();) {
                lacking.missing(octets);
            }
            return;
        }
        byte[] octets = of(layer, whole, declared);
        if (why == Fault.WHOLE_GIVEN_UP) {
            octets = (new String(octets, StandardCharsets.US_ASCII) + ' ' + why.label())
                    .getBytes(StandardCharsets.US_ASCII);
        }
        for (whole.rewind(); whole.next();) {
            lacking.missing(octets);
        }
    }

    /**
     * Positions are counted from where the first message begins that is not complete. Segments of it lack what is missing of
     * it, or, if it is not known where it ends, of what follows; those behind it lack all that is missing before them.
     */
    private static void eachSegment(Whole stream, Lacking lacking) {
        long end = Math.min(stream.end() == Piece.UNKNOWN ? Long.MAX_VALUE : stream.end(), stream.limit());
        byte[] ofFirst = gaps(stream, end);
        byte[] ofAll = gaps(stream, stream.limit());
        for (stream.plain().rewind(); stream.next();) {
            lacking.missing(stream.from() < end ? ofFirst : ofAll);
        }
    }

    /** What is missing of a stream before a position, {@link Long#MAX_VALUE} if it has no end. */
    private static byte[] gaps(Whole stream, long end) {
        long begin = stream.begin();
        long behind = stream.behind();
        StringBuilder text = new StringBuilder();
        for (stream.rewind(); stream.nextGap() && stream.gapFrom() < end;) {
            octets(text, stream.gapFrom() - begin, Math.min(stream.gapTo(), end) - begin);
            behind = Math.max(behind, stream.gapTo());
        }
        if (end == Long.MAX_VALUE ? stream.end() == Piece.UNKNOWN : behind < end) {
            octets(text, behind - begin, end == Long.MAX_VALUE ? end : end - begin);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void octets(StringBuilder text, long from, long to) {
        text.append(text.isEmpty() ? "" : ", ").append(from).append('-');
        if (to != Long.MAX_VALUE) {
            text.append(to - 1);
        }
    }

    /**
     * What is missing of a whole, or was when a piece contradicted the others: octets, or numbers of pieces as in
     * {@code 2, 4-5 of 7}; of numbers that run on {@code 41 of 40-42}.
     */
    private static byte[] of(Layer layer, Whole whole, DeclaredProtocols declared) {
        DeclaredProtocol protocol = layer == Layer.DECLARED ? declared.get((int) whole.keyWord(0)) : null;
        boolean isNumbered = protocol != null && protocol.place() == DeclaredProtocol.Place.NUMBER;
        boolean runsOn = isNumbered && protocol.first() != null;
        long modulus = runsOn ? DeclaredMessages.modulus(protocol.placed()) : 0;
        StringBuilder text = new StringBuilder();
        if (whole.begin() == Piece.UNKNOWN) {
            text.append('-').append(number(whole.first() - 1, modulus));
        }
        while (whole.nextGap()) {
            text.append(text.isEmpty() ? "" : ", ").append(number(whole.gapFrom(), modulus));
            if (!isNumbered || whole.gapTo() - 1 > whole.gapFrom()) {
                text.append('-').append(number(whole.gapTo() - 1, modulus));
            }
        }
        if (whole.end() == Piece.UNKNOWN) {
            text.append(text.isEmpty() ? "" : ", ").append(number(whole.behind(), modulus)).append('-');
        } else if (runsOn && whole.begin() != Piece.UNKNOWN) {
            text.append(" of ").append(number(whole.begin(), modulus))
                    .append('-').append(number(whole.end() - 1, modulus));
        } else if (isNumbered && !runsOn) {
            text.append(" of ").append(whole.end() - whole.begin());
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A number as the piece itself says it. */
    private static long number(long position, long modulus) {
        return modulus == 0 ? position : Math.floorMod(position, modulus);
    }

    @Override
    public void close() {
        reassembly.close();
    }
}
