package io.seidex.store;

import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.reassemble.DeclaredMessages;
import io.seidex.reassemble.Fragments;
import io.seidex.reassemble.Reassembly;
import io.seidex.reassemble.Seam;
import io.seidex.reassemble.StreamMessages;
import io.seidex.reassemble.Streams;
import io.seidex.reassemble.Whole;
import io.seidex.store.JoinFrames.Wanted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Gives frames to reassembly once more, in an order, from nothing; and says what became of each. */
final class JoinReplay implements AutoCloseable, Seam {
    private static final int PACKETS = 1 << 16;
    private static final long COLUMN_MEMORY = 32L << 20;

    private final JoinFrames frames;
    private final FrameDocuments documents;
    private final Reassembly reassembly;
    private final Frame frame = new Frame();
    /** At the places of the sources that they are for reassembly. */
    private final List<Source> sources = new ArrayList<>();
    private List<Wanted> order = List.of();
    private Said said;
    /** What became of a frame. */
    private final StringBuilder text = new StringBuilder();

    /** Is given the frames whose documents are wanted, while reassembly knows what they complete. */
    interface Documents {
        void add(Wanted wanted, Frame frame) throws IOException;
    }

    /** What became of frames, by their places in the order in which they were given. */
    static final class Said {
        /** The keys of the pieces that each frame brought, and whether a whole begins with it. */
        final List<Map<Long, Boolean>> offers = new ArrayList<>();
        /** What each frame completed, and what was wrong with it, as a digest that is the same for the same. */
        final List<Long> outcomes = new ArrayList<>();
        /** What each frame completed is made of; of a run that makes documents. */
        final List<List<Piece>> pieces = new ArrayList<>();
        /** How many datagrams and messages each frame completed, those of streams not among them. */
        final List<Integer> completed = new ArrayList<>();
        /** The messages of a stream that each frame completed: their octets, those that follow one another as one. */
        final List<List<Messages>> streamed = new ArrayList<>();
        final Map<Trouble, Long> faults = new HashMap<>();
        /** How many wholes wait. */
        long open;
        /** The pieces that wait. */
        final Set<Waiting> waiting = new HashSet<>();

        boolean completesAny() {
            return completed.stream().anyMatch(count -> count > 0)
                    || streamed.stream().anyMatch(messages -> !messages.isEmpty());
        }

        /** Whether frames, from one on, complete all that they did alone; of a stream, whichever of them does. */
        boolean completesAll(Said alone, int from) {
            int frames = alone.completed.size();
            return IntStream.range(0, frames).allMatch(i -> completed.get(from + i) >= alone.completed.get(i))
                    && streamsAll(streamed.subList(from, from + frames), alone.streamed);
        }

        private static boolean streamsAll(List<List<Messages>> together, List<List<Messages>> alone) {
            NavigableMap<Long, Long> ends = new TreeMap<>();
            together.forEach(each -> each.forEach(row -> ends.merge(row.from, row.from + row.length, Math::max)));
            return alone.stream().flatMap(List::stream).allMatch(row -> {
                Map.Entry<Long, Long> before = ends.floorEntry(row.from);
                return before != null && row.from < before.getValue();
            });
        }
    }

    record Trouble(Layer layer, Fault fault) {}

    /** Messages of a stream from a sequence number on. */
    record Messages(long from, long length) {}

    /** A piece that waits for more of its key. */
    record Waiting(long key, String capture, long frame) {}

    /** A capture, or the copies that the index has of its frames. */
    private record Source(String capture, boolean isCopied) {}

    /** A piece of what {@code layer} is of, that a frame of a capture brought. */
    record Piece(Layer layer, String capture, long frame) {}

    /** A capture does not have a frame any more. */
    static final class GoneException extends Exception {
        private static final long serialVersionUID = 1;

        final transient JoinRange range;

        GoneException(JoinRange range) {
            super(range.capture.path());
            this.range = range;
        }
    }

    JoinReplay(Settings settings, JoinFrames frames) {
        this.frames = frames;
        documents = new FrameDocuments(settings, PACKETS, COLUMN_MEMORY, Reassembly.MEMORY, this::incomplete);
        reassembly = documents.reassembly();
        reassembly.seam(this);
    }

    /**
     * Gives frames to reassembly.
     *
     * @param endNanos when there were no more frames
     */
    Said run(List<Wanted> order, long endNanos, Documents into) throws IOException, GoneException {
        return run(order, endNanos, into, false);
    }

    /** As {@link #run(List, long, Documents)}, and says of which pieces everything is made. */
    Said make(List<Wanted> order, Documents into) throws IOException, GoneException {
        return run(order, 0, into, true);
    }

    private Said run(List<Wanted> order, long endNanos, Documents into, boolean keepsPieces)
            throws IOException, GoneException {
        said = new Said();
        this.order = order;
        frames.rest();
        sources.clear();
        try {
            for (Wanted wanted : order) {
                said.offers.add(Map.of());
                Octets octets = frames.read(wanted, frame);
                if (octets == null) {
                    throw new GoneException(wanted.range());
                }
                documents.over(source(new Source(wanted.range().capture.id(), octets == Octets.EMPTY)), octets);
                documents.read(frame);
                into.add(wanted, frame);
                List<Piece> pieces = outcome();
                if (keepsPieces) {
                    said.pieces.add(pieces);
                }
            }
            reassembly.open(endNanos, this);
            said.open = reassembly.open();
            reassembly.end();
            return said;
        } catch (InternalError e) {
            // A capture was cut while it was mapped.
            frames.drop();
            throw new GoneException(order.getFirst().range());
        } finally {
            reassembly.clear();
        }
    }

    private int source(Source wanted) {
        int source = sources.indexOf(wanted);
        if (source < 0) {
            source = sources.size();
            sources.add(wanted);
        }
        return source;
    }

    private List<Piece> outcome() {
        text.setLength(0);
        List<Piece> pieces = new ArrayList<>();
        int completed = 0;
        if (reassembly.isDivided()) {
            Fragments fragments = reassembly.fragments();
            completed += fragments.count();
            for (int i = 0; i < fragments.count(); i++) {
                text.append(fragments.layer(i).label()).append(' ').append(fragments.length(i));
                for (int piece = 0; piece < fragments.pieces(i); piece++) {
                    add(fragments.layer(i), fragments.source(i, piece), fragments.frame(i, piece), pieces);
                }
                text.append('\n');
            }
        }
        if (reassembly.isStreamed()) {
            streamed(reassembly.streams(), pieces);
        }
        said.streamed.add(messages());
        DeclaredMessages messages = reassembly.messages();
        if (reassembly.isDeclared() && messages.isPiece()) {
            text.append("piece\n");
        }
        if (reassembly.completesMessage() && messages.isDivided()) {
            completed++;
            text.append("message");
            Whole whole = messages.pieces();
            for (whole.rewind(); whole.next();) {
                add(Layer.DECLARED, whole.source(), whole.frame(), pieces);
            }
            whole.rewind();
            text.append('\n');
        }
        Packet packet = documents.packet();
        text.append(packet.fragment() >= 0 ? "fragment\n" : "");
        for (int i = 0; i < packet.faults(); i++) {
            text.append(packet.faultLayer(i)).append(packet.fault(i)).append('\n');
            said.faults.merge(new Trouble(packet.faultLayer(i), packet.fault(i)), 1L, Long::sum);
        }
        said.outcomes.add(digest(text));
        said.completed.add(completed);
        return pieces;
    }

    /** FNV-1a, of the letters of a text. */
    private static long digest(CharSequence text) {
        long digest = 0xCBF2_9CE4_8422_2325L;
        for (int i = 0; i < text.length(); i++) {
            digest = (digest ^ text.charAt(i)) * 0x100_0000_01B3L;
        }
        return digest;
    }

    private List<Messages> messages() {
        if (!reassembly.isStreamed()) {
            return List.of();
        }
        StreamMessages messages = reassembly.streams().messages();
        return IntStream.range(0, messages.rows())
                .mapToObj(row -> new Messages(Integer.toUnsignedLong(messages.sequence(row)), messages.length(row)))
                .toList();
    }

    private void add(Layer layer, int source, long of, List<Piece> pieces) {
        String capture = sources.get(source).capture;
        pieces.add(new Piece(layer, capture, of));
        text.append(' ').append(capture).append(':').append(of);
    }

    private void streamed(Streams streams, List<Piece> pieces) {
        StreamMessages messages = streams.messages();
        if (streams.isJoined()) {
            said.faults.merge(new Trouble(Layer.TCP, Fault.STREAM_JOINED), 1L, Long::sum);
        }
        text.append("stream ").append(streams.isPiece()).append(' ').append(streams.isBehindGap()).append(' ')
                .append(messages.count());
        for (int row = 0; row < messages.rows(); row++) {
            text.append(' ').append(messages.sequence(row)).append('+').append(messages.length(row));
        }
        if (messages.isTogether()) {
            for (int piece = 0; piece < messages.pieces(); piece++) {
                add(Layer.DECLARED, messages.source(piece), messages.frame(piece), pieces);
            }
        }
        text.append('\n');
    }

    private void incomplete(Layer layer, Whole whole, Fault why) {
        if (layer == Layer.TCP && why == Fault.NONE) {
            Streams.unsaid(whole, fault -> said.faults.merge(new Trouble(layer, fault), 1L, Long::sum));
        }
        if (why == Fault.WHOLE_INCOMPLETE || why == Fault.WHOLE_GIVEN_UP) {
            said.faults.merge(new Trouble(layer, why), 1L, Long::sum);
        }
    }

    @Override
    public void offered(long key, boolean begins) {
        int last = said.offers.size() - 1;
        if (!said.offers.get(last).containsKey(key)) {
            offers(last, key, begins);
        }
    }

    @Override
    public void begun(long key, int source, long began) {
        for (int i = said.offers.size() - 1; i >= 0; i--) {
            Wanted wanted = order.get(i);
            if (wanted.number() == began && wanted.range().capture.id().equals(sources.get(source).capture)) {
                offers(i, key, true);
                return;
            }
        }
    }

    /** Of most frames there is one piece: that takes little memory. */
    private void offers(int place, long key, boolean begins) {
        Map<Long, Boolean> offered = said.offers.get(place);
        if (offered.isEmpty()) {
            said.offers.set(place, Map.of(key, begins));
        } else {
            Map<Long, Boolean> more = new LinkedHashMap<>(offered);
            more.put(key, begins);
            said.offers.set(place, more);
        }
    }

    @Override
    public void open(long key, int source, long openFrame) {
        said.waiting.add(new Waiting(key, sources.get(source).capture, openFrame));
    }

    FrameDocuments documents() {
        return documents;
    }

    @Override
    public void close() {
        documents.close();
    }
}
