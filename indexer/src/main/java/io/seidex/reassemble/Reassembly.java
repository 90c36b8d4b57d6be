package io.seidex.reassemble;

import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;

/**
 * All kinds of reassembly, in the order in which one needs what another puts together: datagrams from fragments, and
 * messages of declared protocols from datagrams, or from the segments of streams. Frames go through it one by one, those of
 * a range of a capture, or later, out of several captures, those that brought pieces.
 */
public final class Reassembly implements AutoCloseable {
    /** The most octets of memory for what is not complete of each kind: datagrams, messages, streams. */
    public static final long MEMORY = 64L << 20;

    private final PacketDecoder decoder;
    private final Fragments fragments;
    private final DeclaredMessages messages;
    private final Streams streams;
    private boolean isDivided;
    private boolean isTogether;
    private boolean isDeclared;
    private boolean isStreamed;
    private boolean completesMessage;

    /** Is told of wholes that will never be. */
    public interface Incomplete {
        /** As {@link Abandoned#abandoned}; {@code layer} says what the whole is. */
        void incomplete(Layer layer, Whole whole, Fault why);
    }

    /** With {@link #MEMORY}. */
    public Reassembly(DeclaredProtocols protocols, Incomplete incomplete) {
        this(protocols, MEMORY, incomplete);
    }

    /**
     * @param memory octets of memory for what is not complete of each kind, at most: datagrams, messages, streams
     */
    public Reassembly(DeclaredProtocols protocols, long memory, Incomplete incomplete) {
        decoder = new PacketDecoder(protocols);
        fragments = new Fragments(
                memory, (whole, why) -> incomplete.incomplete(Fragments.layer(whole), whole, why));
        messages = new DeclaredMessages(
                protocols, memory, (whole, why) -> incomplete.incomplete(Layer.DECLARED, whole, why));
        streams = new Streams(
                protocols, memory, (whole, why) -> incomplete.incomplete(Layer.TCP, whole, why));
    }

    /** Who is told of the pieces that are taken. */
    public void seam(Seam seam) {
        fragments.seam(seam);
        messages.seam(seam);
        streams.seam(seam);
    }

    /** The frames that follow are of this capture, which stays until {@link #end}. */
    public void over(int source, Octets capture) {
        fragments.over(source, capture);
        messages.over(source, capture);
        streams.over(source, capture);
    }

    /** Decodes a frame, and puts together what it completes: afterwards the packet is what came of that. */
    public void read(Frame frame, Packet packet) {
        decoder.decode(frame.octets(), frame, packet);
        isDivided = packet.fragment() >= 0;
        isTogether = isDivided && fragments.complete(frame, frame.number(), packet, decoder);
        isStreamed = packet.stream() >= 0;
        if (isStreamed) {
            streams.complete(frame, frame.number(), packet, decoder);
        }
        int last = packet.count() - 1;
        isDeclared = last >= 0 && !isStreamed && packet.layer(last) == Layer.DECLARED;
        completesMessage = isDeclared && messages.complete(frame, packet, last);
    }

    /** Whether the frame was a fragment, or what was put together of fragments is one. */
    public boolean isDivided() {
        return isDivided;
    }

    /** Whether what the packet points to is in no place of the capture, but put together from several frames. */
    public boolean isTogether() {
        return isTogether || isStreamed && streams.messages().isTogether();
    }

    /** Whether the frame is a segment of a stream whose messages are read: {@link #streams} says what became of it. */
    public boolean isStreamed() {
        return isStreamed;
    }

    public Streams streams() {
        return streams;
    }

    /** The datagrams that the frame completed, if it {@link #isDivided}. */
    public Fragments fragments() {
        return fragments;
    }

    /** Whether the packet's last layer is of a declared protocol: {@link #messages} says what became of it. */
    public boolean isDeclared() {
        return isDeclared;
    }

    /** Whether the packet's last layer is, or completes, a message of a declared protocol, which is in {@link #messages}. */
    public boolean completesMessage() {
        return completesMessage;
    }

    public DeclaredMessages messages() {
        return messages;
    }

    /** How many datagrams and messages are not complete. */
    public long open() {
        return (long) fragments.open() + messages.open() + streams.open();
    }

    /** Tells of the pieces that are kept for frames to come after {@code nowNanos}. */
    public void open(long nowNanos, Seam to) {
        fragments.open(nowNanos, to);
        messages.open(nowNanos, to);
        streams.open(nowNanos, to);
    }

    /** There are no more frames: all that is open is handed over, and everything is forgotten. */
    public void end() {
        fragments.end();
        messages.end();
        streams.end();
    }

    /** Forgets everything. */
    public void clear() {
        fragments.clear();
        messages.clear();
        streams.clear();
    }

    @Override
    public void close() {
        fragments.close();
        messages.close();
        streams.close();
    }
}
