package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;

/**
 * Where a decoder is in a frame, and what it has found so far: {@link PacketDecoder}, which lends it to the others.
 *
 * <p>Two lengths accompany every layer: what is present, and what is granted. They differ where the capture cut the frame, or
 * where an ICMP error quotes only the begin of a datagram. A length that exceeds what is granted is a fault; that octets are
 * missing is one only where a message is incomplete for it.
 */
abstract class Place {
    Packet packet;
    Octets octets = Octets.EMPTY;
    long at;
    int present;
    int granted;
    int marks;
    private int depth;

    /** @param original octets that the frame had on the wire */
    final void over(Octets octets, long at, int captured, long original, Packet into) {
        this.packet = into;
        this.octets = octets;
        this.at = at;
        this.present = captured;
        this.granted = (int) Math.min(Integer.MAX_VALUE, Math.max(captured, original));
        this.marks = 0;
        this.depth = 0;
    }

    /** Lists a layer that reaches to the end of what is present. */
    final void add(Layer layer) {
        packet.add(layer, at, present, marks);
    }

    /** Lists a layer whose header is there, and steps over the header. */
    final void add(Layer layer, int headerLength) {
        add(layer);
        enter(headerLength);
    }

    final Step stop(Layer layer, Fault fault) {
        report(layer, fault);
        return Step.STOP;
    }

    /**
     * Notes what is wrong here. That a quote ends within a header or a message is no fault; nor is that the capture cut a
     * tunnelled packet within a header, as captures of a user plane mostly do.
     */
    final void report(Layer layer, Fault fault) {
        if (fault == Fault.HEADER_TRUNCATED || fault == Fault.PAYLOAD_TRUNCATED) {
            boolean isCut = (marks & Packet.INNER) != 0 && fault == Fault.HEADER_TRUNCATED && present < granted;
            if ((marks & Packet.QUOTED) != 0 || isCut && !layer.isMessage()) {
                return;
            }
        }
        packet.report(layer, fault, at);
    }

    /** Steps over the begin of a layer. */
    final void enter(int length) {
        at += length;
        present -= length;
        granted -= length;
    }

    /** Cuts what is granted to what a layer claims. */
    final void bound(int claimed, Layer layer) {
        if (claimed > granted) {
            report(layer, Fault.PAYLOAD_TRUNCATED);
            return;
        }
        granted = claimed;
        present = Math.min(present, claimed);
    }

    /** Enters a tunnel: what is found from here on is not the network's own packet. */
    final Step tunnel(Layer layer, Step inner) {
        if (inner == Step.STOP) {
            return inner;
        }
        if (++depth > PacketDecoder.MAX_TUNNELS) {
            return stop(layer, Fault.TOO_DEEP);
        }
        marks |= Packet.INNER;
        return inner;
    }
}
