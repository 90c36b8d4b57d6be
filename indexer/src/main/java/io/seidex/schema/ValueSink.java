package io.seidex.schema;

import io.seidex.capture.Frame;
import io.seidex.octets.Octets;

/**
 * Receives every occurrence of every field of a packet, in packet order, repeats included; ports come with the addresses of
 * their flow. Nothing that it is given may be kept beyond the call.
 */
public abstract class ValueSink {
    /** Keeps nothing: for those who want only the faults that are reported meanwhile. */
    public static final ValueSink NOBODY = new ValueSink() {
        @Override
        public void number(IndexField field, long value) {
            // It is not kept.
        }

        @Override
        public void header(IndexField field, long value) {
            // It is not kept.
        }

        @Override
        public void octets(IndexField field, Octets octets, long at, int length) {
            // They are not kept.
        }

        @Override
        public void text(IndexField field, byte[] text, int length) {
            // It is not kept.
        }

        @Override
        public void endpoint(IndexField field, long high, long low, long id) {
            // It is not kept.
        }
    };

    /** A number that stands in an information element, or in the header of a message that is not the packet's first. */
    public abstract void number(IndexField field, long value);

    /** A number of the frame, or of a header; of these the document keeps the first of each field as its own value. */
    public abstract void header(IndexField field, long value);

    /** Octets as captured: an address, a text. */
    public abstract void octets(IndexField field, Octets octets, long at, int length);

    /** The first {@code length} octets of {@code text}: a value that is written otherwise than it was captured. */
    public abstract void text(IndexField field, byte[] text, int length);

    /**
     * What the record of a frame says. Whoever does not keep frames is given the values one by one.
     *
     * @param capture place of the capture in the shard's manifest
     * @param source place of the interface there
     */
    public void frame(Frame frame, int capture, int source) {
        header(PacketSchema.CAPTURE, capture);
        header(PacketSchema.FRAME_NUMBER, frame.number());
        header(PacketSchema.FRAME_OFFSET, frame.recordAt());
        if (frame.captured() != frame.original()) {
            header(PacketSchema.FRAME_CAPTURED, frame.captured());
        }
        header(PacketSchema.FRAME_LENGTH, frame.original());
        header(PacketSchema.FRAME_INTERFACE, source);
        if (frame.hasTime()) {
            header(PacketSchema.FRAME_TIME, frame.timeNanos());
        }
    }

    /** The values of a flow. Whoever does not keep flows is given them one by one. */
    public void flow(Flow flow) {
        flow.giveTo(this);
    }

    /**
     * An endpoint key.
     *
     * @param high the address's first eight octets; of IPv4, 0
     * @param low the address's last eight octets; of IPv4, {@code 0xFFFF} and the address
     * @param id the SEID or TEID
     */
    public abstract void endpoint(IndexField field, long high, long low, long id);
}
