package io.seidex.query.dissect;

import io.seidex.octets.Octets;
import io.seidex.reassemble.DeclaredMessages;
import io.seidex.reassemble.Fragments;
import io.seidex.reassemble.Reassembly;
import io.seidex.reassemble.StreamMessages;
import io.seidex.reassemble.Whole;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * What a packet has to do with other frames: what was put together from pieces that they brought, and what became of the piece
 * that it brought itself. Refilled for each packet.
 */
public final class Together {
    private static final IntFunction<byte[]> HERE = source -> FrameLink.HERE;
    static final FrameLink[] NOWHERE = {};

    Fragments fragments;
    StreamMessages streams;
    Octets message = Octets.EMPTY;
    long messageAt;
    long messageLength;
    boolean hasMessage;
    boolean isDivided;
    /** The captures of the frames that brought fragments, by sources. */
    IntFunction<byte[]> captures = HERE;
    FrameLink[] messageFrames = NOWHERE;
    FrameLink[] reassembledIn = NOWHERE;
    FrameLink[] messageIn = NOWHERE;
    byte[] missing;

    /** The packet has nothing to do with other frames. */
    public Together clear() {
        fragments = null;
        streams = null;
        message = Octets.EMPTY;
        hasMessage = false;
        isDivided = false;
        messageFrames = NOWHERE;
        reassembledIn = NOWHERE;
        messageIn = NOWHERE;
        missing = null;
        return this;
    }

    /** What came of the frame that was read last. */
    public Together of(Reassembly reassembly) {
        clear();
        if (reassembly.isDivided()) {
            datagrams(reassembly.fragments());
        }
        if (reassembly.isStreamed()) {
            streams(reassembly.streams().messages());
        }
        if (reassembly.completesMessage()) {
            DeclaredMessages messages = reassembly.messages();
            if (messages.isDivided()) {
                LongStream.Builder frames = LongStream.builder();
                Whole pieces = messages.pieces();
                for (pieces.rewind(); pieces.next();) {
                    frames.add(pieces.frame());
                }
                message(messages.octets(), messages.at(), messages.length(),
                        FrameLink.of(frames.build().sorted().distinct().toArray()));
            } else {
                message(messages.at(), messages.length());
            }
        }
        return this;
    }

    /** The datagrams that it completes, if any: then the packet's octets are theirs. */
    public Together datagrams(Fragments fragments) {
        return datagrams(fragments, HERE);
    }

    /**
     * As {@link #datagrams(Fragments)}, of several captures.
     *
     * @param captures of the sources of the fragments, as {@link FrameLink#capture}
     */
    public Together datagrams(Fragments fragments, IntFunction<byte[]> captures) {
        this.captures = captures;
        this.fragments = fragments.count() > 0 ? fragments : null;
        return this;
    }

    /** The messages of a stream that it completes, if any: then the packet's octets are theirs. */
    public Together streams(StreamMessages streams) {
        this.streams = streams.isTogether() ? streams : null;
        return this;
    }

    /** The message of a declared protocol that its last layer has in one piece, in the packet's own octets. */
    public Together message(long at, long length) {
        hasMessage = true;
        isDivided = false;
        messageAt = at;
        messageLength = length;
        return this;
    }

    /**
     * The message of a declared protocol that its last layer completes.
     *
     * @param frames those that brought its pieces
     */
    public Together message(Octets octets, long at, long length, FrameLink[] frames) {
        message(at, length);
        message = octets;
        isDivided = true;
        messageFrames = frames;
        return this;
    }

    /** The frames that complete the datagram that it is a fragment of. */
    public Together reassembledIn(FrameLink[] frames) {
        reassembledIn = frames;
        return this;
    }

    /** The frames that complete the message that it brought a piece of. */
    public Together messageIn(FrameLink[] frames) {
        messageIn = frames;
        return this;
    }

    /** What never came of what it brought a piece of; null if nothing is missing. */
    public Together missing(byte[] missing) {
        this.missing = missing;
        return this;
    }
}
