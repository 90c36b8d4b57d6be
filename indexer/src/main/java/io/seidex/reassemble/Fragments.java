package io.seidex.reassemble;

import io.seidex.capture.Frame;
import io.seidex.decode.Datagrams;
import io.seidex.decode.Ipv4Header;
import io.seidex.decode.IpProtocol;
import io.seidex.decode.Ipv6Extension;
import io.seidex.decode.Ipv6Header;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.octets.GrowingOctets;
import java.util.Arrays;

/**
 * Puts IP datagrams together from their fragments, RFC 791 3.2 and RFC 8200 4.5.
 *
 * <p>Fragments belong together if their addresses, identification and (IPv4) protocol are the same, and the VLANs, the
 * addresses and the TEIDs of the tunnels around them. A datagram waits {@value #LIFE_SECONDS} s for its fragments, as
 * RFC 1122 3.3.2 and RFC 8200 say. Octets may come twice if they are the same. An IPv4 fragment that disagrees with those before
 * it begins another datagram, which has the fault too: the identification comes again after 65,536 datagrams, and one lost
 * fragment must not take those with it that follow. Of IPv6 fragments that overlap nothing is put together, RFC 5722.
 *
 * <p>What results is the packet of the frame that brought the last fragment, with the datagram in the place of the
 * fragment: link, tunnel and IP header are that frame's own. A datagram in a tunnel whose own datagrams are divided
 * is put together in the same way, from inside what was put together.
 *
 * <p>A fragment whose octets are not all in the capture is not used. Atomic fragments, RFC 6946, are whole by
 * themselves and never come here.
 */
public final class Fragments implements AutoCloseable {
    private static final int LIFE_SECONDS = 60;
    /** Octets of the largest datagram: fragments that would reach beyond are not used. */
    private static final int MOST = 65_535;
    private static final int UNIT = 8;

    private final Wholes wholes;
    private final Datagrams datagrams = new Datagrams();
    private GrowingOctets together = new GrowingOctets();
    private GrowingOctets before = new GrowingOctets();
    private Octets capture = Octets.EMPTY;
    private int source;
    /** Of the last frame that had one: a few come without. */
    private long timeNanos;

    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Extension extension = new Ipv6Extension();
    private final Surroundings surroundings = new Surroundings();

    // The datagrams that the last frame completed, outermost first.
    private int count;
    /** Why the outermost datagram that may be of two is, its layer, and where that begins in what is together; or -1. */
    private Fault doubt = Fault.NONE;
    private Layer doubtful = Layer.IP;
    private long doubtfulAt = -1;
    private long[] dataAt = new long[4];
    private boolean isAgreed;
    private Layer[] layer = new Layer[4];
    private long[] length = new long[4];
    private int[] firstFrame = new int[5];
    private long[] offsets = new long[16];
    private long[] frames = new long[16];
    private long[] records = new long[16];
    private long[] sources = new long[16];
    private long[] order = new long[0];
    private long[] sorted = order;

    /**
     * @param budget octets of memory for datagrams that are not complete
     * @param abandoned is told of datagrams that do not become complete
     */
    public Fragments(long budget, Abandoned abandoned) {
        wholes = new Wholes(budget, LIFE_SECONDS * 1_000_000_000L, abandoned);
    }

    /** The frames that follow are of this capture, which stays until {@link #end} or {@link #clear}. */
    public void over(int source, Octets capture) {
        this.source = source;
        this.capture = capture;
        wholes.source(source, capture);
    }

    /**
     * Takes the fragment that {@link Packet#fragment} names, if any. If it is the last of its datagram, the packet is
     * decoded again with all of that. What is wrong with the fragment is added to the packet's faults.
     *
     * @param number of the frame
     * @param packet the frame's; afterwards, if this is true, its octets are {@link #octets}
     * @return whether a datagram was put together
     */
    public boolean complete(Frame frame, long number, Packet packet, PacketDecoder decoder) {
        count = 0;
        if (packet.fragment() < 0) {
            return false;
        }
        datagrams.clear();
        doubtfulAt = -1;
        long begin = frame.at();
        while (packet.fragment() >= 0 && offer(frame, number, packet)) {
            replace(packet, begin);
            begin = 0;
            decoder.decode(
                    together.octets(), 0, (int) together.length(), frame.source().linkType(), datagrams, packet);
            // Decoding forgets what was said of the packet before.
            if (doubtfulAt >= 0) {
                packet.report(doubtful, doubt, doubtfulAt);
            }
        }
        return count > 0;
    }

    private boolean offer(Frame frame, long number, Packet packet) {
        int index = packet.fragment();
        Octets octets = packet.octets();
        long at = packet.fragmentAt();
        int length = (int) (packet.at(index) + packet.available(index) - at);
        Piece piece = wholes.piece();
        if (octets == capture) {
            piece.over(wholes, source, at, length);
        } else {
            piece.over(octets, source, at, length);
        }
        if (frame.hasTime()) {
            timeNanos = frame.timeNanos();
        }
        piece.seen(number, frame.recordAt(), timeNanos);
        Layer layer = packet.layer(index);
        Key key = wholes.key().clear().add(layer.ordinal());
        surroundings.add(key, packet, index + 1);
        boolean more;
        int headers;
        if (layer == Layer.IP) {
            ipv4.over(octets, packet.at(index), packet.available(index));
            key.add(ipv4.protocol() << 16 | ipv4.identification());
            piece.offset(ipv4.fragmentOffset()).note(ipv4.protocol());
            more = ipv4.moreFragments();
            headers = ipv4.headerLength();
        } else {
            extension.wrap(octets, at - Ipv6Extension.LENGTH, Ipv6Extension.LENGTH, IpProtocol.FRAGMENT);
            key.add(extension.identification());
            piece.offset(extension.fragmentOffset()).note(extension.nextHeader());
            more = extension.moreFragments();
            headers = (int) (at - Ipv6Extension.LENGTH - packet.at(index)) - Ipv6Header.LENGTH;
        }
        if (more) {
            if (length % UNIT != 0) {
                return refuse(packet, layer, Fault.PIECE_LENGTH);
            }
        } else {
            piece.end(piece.to);
        }
        if (headers + piece.to > MOST) {
            return refuse(packet, layer, Fault.PIECE_OUTSIDE);
        }
        boolean complete = wholes.offer(layer == Layer.IP ? Overlaps.ANEW : Overlaps.NONE);
        return complete || wholes.fault() == Fault.NONE ? complete : refuse(packet, layer, wholes.fault());
    }

    private static boolean refuse(Packet packet, Layer layer, Fault why) {
        packet.report(layer, why, packet.at(packet.fragment()));
        return false;
    }

    private void replace(Packet packet, long begin) {
        int index = packet.fragment();
        Layer is = packet.layer(index);
        Whole whole = wholes.completed();
        long headers = packet.fragmentAt() - begin;
        before.clear();
        before.append(packet.octets(), begin, headers);
        whole.appendTo(before);
        GrowingOctets swapped = before;
        before = together;
        together = swapped;
        long headerAt = is == Layer.IP ? packet.at(index) - begin : headers - Ipv6Extension.LENGTH;
        datagrams.add(headerAt, (int) whole.note());
        if (doubtfulAt < 0 && wholes.fault() != Fault.NONE) {
            doubt = wholes.fault();
            doubtful = is;
            doubtfulAt = packet.at(index) - begin;
        }
        isAgreed = wholes.piece().note == whole.note();
        add(is, whole, headers);
    }

    private void add(Layer is, Whole whole, long headers) {
        if (count == layer.length) {
            layer = Arrays.copyOf(layer, 2 * count);
            length = Arrays.copyOf(length, 2 * count);
            dataAt = Arrays.copyOf(dataAt, 2 * count);
            firstFrame = Arrays.copyOf(firstFrame, 2 * count + 1);
        }
        layer[count] = is;
        length[count] = whole.length();
        dataAt[count] = headers;
        int first = firstFrame[count++];
        int end = first;
        boolean ascending = true;
        while (whole.next()) {
            if (end == frames.length) {
                offsets = Arrays.copyOf(offsets, 2 * end);
                frames = Arrays.copyOf(frames, 2 * end);
                records = Arrays.copyOf(records, 2 * end);
                sources = Arrays.copyOf(sources, 2 * end);
            }
            offsets[end] = whole.from();
            frames[end] = whole.frame();
            records[end] = whole.recordAt();
            sources[end] = whole.source();
            ascending &= end == first || offsets[end] >= offsets[end - 1];
            end++;
        }
        firstFrame[count] = end;
        if (!ascending) {
            sort(first, end);
        }
    }

    /** Puts the fragments that came twice behind those that they repeat. */
    private void sort(int first, int end) {
        int pieces = end - first;
        if (order.length < pieces) {
            order = new long[2 * pieces];
            sorted = new long[2 * pieces];
        }
        for (int i = 0; i < pieces; i++) {
            order[i] = offsets[first + i] << Integer.SIZE | i;
        }
        Arrays.sort(order, 0, pieces);
        permute(frames, first, pieces);
        permute(records, first, pieces);
        permute(sources, first, pieces);
    }

    private void permute(long[] values, int first, int pieces) {
        for (int i = 0; i < pieces; i++) {
            sorted[i] = values[first + (int) order[i]];
        }
        System.arraycopy(sorted, 0, values, first, pieces);
    }

    /** {@link Layer#IP} or {@link Layer#IPV6}, of a datagram that does not become complete. */
    public static Layer layer(Whole whole) {
        return Layer.of((int) whole.keyWord(0));
    }

    /** How many datagrams the last frame completed: more than one if a tunnel's own were divided too. */
    public int count() {
        return count;
    }

    /** {@link Layer#IP} or {@link Layer#IPV6}. */
    public Layer layer(int datagram) {
        return layer[datagram];
    }

    /** Octets behind the headers. */
    public long length(int datagram) {
        return length[datagram];
    }

    /** How many fragments came, those that came twice included. */
    public int pieces(int datagram) {
        return firstFrame[datagram + 1] - firstFrame[datagram];
    }

    /** The frame of a fragment; they are in the order of the datagram. */
    public long frame(int datagram, int piece) {
        return frames[firstFrame[datagram] + piece];
    }

    /** Where the record of that frame is. */
    public long recordAt(int datagram, int piece) {
        return records[firstFrame[datagram] + piece];
    }

    /** The source of that frame, as {@link #over} named it. */
    public int source(int datagram, int piece) {
        return (int) sources[firstFrame[datagram] + piece];
    }

    /** The packet of the frame that completed a datagram, with all of that; valid until the next is completed. */
    public Octets octets() {
        return together.octets();
    }

    /** How many octets that packet has. */
    public int length() {
        return (int) together.length();
    }

    /**
     * Where in {@link #octets} the data begins of the datagram that the last frame completed, up to their end. -1 if it
     * completed none, or a datagram in a tunnel that was divided too, or if the fragments do not agree on what the data
     * is.
     */
    public long dataAt() {
        return count == 1 && isAgreed ? dataAt[0] : -1;
    }

    /** Where in {@link #octets} the data of a datagram begins; of one in a tunnel, behind that of the one around it. */
    public long dataAt(int datagram) {
        return dataAt[datagram];
    }

    /**
     * Does what {@link #complete} does for the packet of a frame that completes a datagram, of which the data is at
     * hand but not the fragments.
     */
    public void restore(Frame frame, Packet packet, PacketDecoder decoder, Octets data, long at, long length) {
        int index = packet.fragment();
        Layer is = packet.layer(index);
        long headers = packet.fragmentAt() - frame.at();
        before.clear();
        before.append(packet.octets(), frame.at(), headers);
        before.append(data, at, length);
        before.swap(together);
        datagrams.clear();
        if (is == Layer.IP) {
            ipv4.over(packet.octets(), packet.at(index), packet.available(index));
            datagrams.add(packet.at(index) - frame.at(), ipv4.protocol());
        } else {
            long headerAt = packet.fragmentAt() - Ipv6Extension.LENGTH;
            extension.wrap(packet.octets(), headerAt, Ipv6Extension.LENGTH, IpProtocol.FRAGMENT);
            datagrams.add(headers - Ipv6Extension.LENGTH, extension.nextHeader());
        }
        count = 1;
        layer[0] = is;
        this.length[0] = length;
        dataAt[0] = headers;
        firstFrame[1] = 0;
        isAgreed = true;
        decoder.decode(together.octets(), 0, (int) together.length(), frame.source().linkType(), datagrams, packet);
    }

    /** How many datagrams are not complete. */
    public int open() {
        return wholes.open();
    }

    /** Who is told of the fragments that are taken. */
    public void seam(Seam seam) {
        wholes.seam(seam);
    }

    /** Tells of the fragments that are kept for frames to come after {@code nowNanos}. */
    public void open(long nowNanos, Seam to) {
        wholes.open(nowNanos, to);
    }

    /** Octets of memory that are held for datagrams that are not complete. */
    public long bytes() {
        return wholes.bytes();
    }

    /** There are no more frames: all that is open is handed over, and everything is forgotten. */
    public void end() {
        wholes.end();
    }

    /** Forgets everything. */
    public void clear() {
        wholes.clear();
    }

    @Override
    public void close() {
        wholes.close();
        together.close();
        before.close();
    }
}
