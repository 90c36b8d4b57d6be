package io.seidex.query.dissect;

import io.seidex.capture.CaptureInterface;
import io.seidex.capture.Frame;
import io.seidex.decode.EtherType;
import io.seidex.decode.EthernetHeader;
import io.seidex.decode.Gtp1Header;
import io.seidex.decode.Gtp2Header;
import io.seidex.decode.GtpExtensionCursor;
import io.seidex.decode.IeCursor;
import io.seidex.decode.IpProtocol;
import io.seidex.decode.Ipv4Header;
import io.seidex.decode.Ipv6Extension;
import io.seidex.decode.Ipv6Header;
import io.seidex.decode.LinkTypes;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.decode.PfcpHeader;
import io.seidex.decode.UdpHeader;
import io.seidex.decode.VlanTag;
import io.seidex.dictionary.FieldFormat;
import io.seidex.dictionary.KnownPorts;
import io.seidex.dictionary.LayoutReader;
import io.seidex.dictionary.MemberType;
import io.seidex.dictionary.ValueText;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.reassemble.Fragments;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Fills a {@link PacketTree} with everything that is in a packet: its record, every layer's header, every information
 * element at any depth, every member. One instance for each thread; nothing is allocated per packet.
 *
 * <p>Whatever the octets are, it answers with a tree: what is wrong stands at its place, what no dictionary knows is there with
 * its octets, and the work is bounded by the octets of the packet.
 */
public final class Dissector {
    private static final long NANOS = 1_000_000_000L;
    private static final int MILLIS = 1000;
    private static final long NTP_TO_1970 = 2_208_988_800L;
    private static final long NTP_ERA = 0x8000_0000L;
    private static final int TCP_LENGTH = 20;
    private static final int TCP_OFFSET = 12;
    private static final int AH_LENGTH = 12;
    private static final int LLC_CONTROL = 2;
    private static final int GRE_SEQUENCE = 0x10;
    private static final int IP_TOTAL_LENGTH = 2;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final String IP_LENGTH = "ip.len";
    /** Of the extension headers of GTP-U, the one that Wireshark counts among the protocols. */
    private static final int NR_RAN_CONTAINER = 0x84;
    private static final byte[] NRUP = ProtocolChain.octets("nrup");
    private static final byte[] NOTHING = {};
    private static final Together ALONE = new Together();
    /** The first place of a message that does not stand in the packet's octets. */
    private static final long MESSAGE = 1L << 62;
    private static final byte[][] FAULTS = new byte[Layer.count() * Fault.count()][];

    static {
        for (int layer = 0; layer < Layer.count(); layer++) {
            for (int fault = 0; fault < Fault.count(); fault++) {
                FAULTS[layer * Fault.count() + fault] =
                        (Layer.of(layer).label() + ':' + Fault.of(fault).label()).getBytes(StandardCharsets.US_ASCII);
            }
        }
    }

    private final FieldRegistry fields;
    private final Shape[] headers = new Shape[Layer.count()];
    private final LayoutReader reader = new LayoutReader();
    private final EthernetHeader ethernet = new EthernetHeader();
    private final PfcpHeader pfcp = new PfcpHeader();
    private final Gtp1Header gtp1 = new Gtp1Header();
    private final Gtp2Header gtp2 = new Gtp2Header();
    private final GtpExtensionCursor gtpExtensions = new GtpExtensionCursor();
    private final Ipv6Extension ipv6Extension = new Ipv6Extension();
    private final Shape vendorHeader;
    private final Shape unknownVendorValue;
    private final Elements pfcpElements;
    private final Elements gtpv2Elements;
    private final Elements gtpv1Elements;
    private final Elements gtpv0Elements;
    private final Elements gtpuElements;
    private final Elements gtpPrimeElements;
    /** Takes what the cursor reports: the tree says it at its place. */
    private final Packet ignored = new Packet();
    private final int[] nodeOfLevel = new int[IeCursor.MAX_DEPTH + 2];
    private final long[] endOfLevel = new long[IeCursor.MAX_DEPTH + 2];
    private final long[] readOfLevel = new long[IeCursor.MAX_DEPTH + 2];
    private final boolean[] isCutAtLevel = new boolean[IeCursor.MAX_DEPTH + 2];
    /** The node of each member of the layout that is read. */
    private int[] nodeOfMember = new int[64];
    private boolean[] isPlaced = new boolean[8];

    private CaptureInterface known;
    private byte[] knownName = NOTHING;
    private Octets octets;
    private Packet packet;
    private final ProtocolChain chain;
    private int protocols;
    private Together together;
    private PacketTree tree;
    /** Behind what the packet's octets are. */
    private long octetsEnd;
    private int linkType;
    /** How many octets of the frame the capture has not. */
    private long cut;
    /** What is added to places of what is read: octets that are not the packet's have places of their own. */
    private long base;
    /** Whether an element without a value is sound. */
    private boolean removes;

    public Dissector(FieldRegistry fields) {
        this.fields = fields;
        chain = new ProtocolChain(fields.dictionaries().declared());
        vendorHeader = fields.part("pfcp.vendor_ie");
        unknownVendorValue = fields.part("pfcp.unknown_vendor_ie");
        Shape pfcp = fields.part("pfcp.ie");
        Shape gtpv2 = fields.part("gtpv2.ie");
        Shape gtp = fields.part("gtp.ie");
        pfcpElements = new Elements(IeCursor.pfcp(fields.pfcp.dictionary()), fields.pfcp, pfcp);
        gtpv2Elements = new Elements(IeCursor.gtpv2(fields.gtpv2.dictionary()), fields.gtpv2, gtpv2);
        gtpv1Elements = new Elements(IeCursor.gtpv1(fields.gtpv1.dictionary()), fields.gtpv1, gtp);
        gtpv0Elements = new Elements(IeCursor.gtpv1(fields.gtpv0.dictionary()), fields.gtpv0, gtp);
        gtpuElements = new Elements(IeCursor.gtpv1(fields.gtpu.dictionary()), fields.gtpu, gtp);
        gtpPrimeElements = new Elements(IeCursor.gtpPrime(fields.gtpPrime.dictionary()), fields.gtpPrime, gtp);
    }

    /**
     * How the elements of a protocol are walked.
     *
     * @param header what stands before the value of each
     */
    private record Elements(IeCursor cursor, Vocabulary vocabulary, Shape header) {}

    /** @param packet the frame's layers, as a {@link io.seidex.decode.PacketDecoder} found them */
    public void dissect(Octets octets, Frame frame, Packet packet, PacketTree into) {
        dissect(octets, frame, frame.number(), packet, ALONE, into);
    }

    /**
     * As {@link #dissect(Octets, Frame, Packet, PacketTree)}, of a packet whose octets may be others than the frame's, because
     * a divided datagram stands in it.
     *
     * @param number of the frame, for one that was read without those before it
     */
    public void dissect(Frame frame, long number, Packet packet, Together together, PacketTree into) {
        dissect(packet.octets(), frame, number, packet, together, into);
    }

    private void dissect(
            Octets octets, Frame frame, long number, Packet packet, Together together, PacketTree into) {
        this.together = together;
        this.octets = octets;
        this.packet = packet;
        this.tree = into;
        this.linkType = frame.source().linkType();
        boolean isOther = octets != frame.octets() && packet.count() > 0;
        this.cut = isOther ? 0 : Math.max(0, frame.original() - frame.captured());
        long begin = isOther ? packet.at(0) : frame.at();
        octetsEnd = begin + (isOther ? packet.available(0) : frame.captured());
        into.clear(octets, number, begin, frame.captured());
        if (isOther) {
            into.frame(frame.octets(), frame.at());
            datagrams();
        }
        if (isPlaced.length < packet.faults()) {
            isPlaced = new boolean[2 * packet.faults()];
        }
        Arrays.fill(isPlaced, false);
        chain.clear();
        record(frame);
        int count = packet.count();
        for (int i = 0; i < count; i++) {
            switch (packet.layer(i)) {
                case FRAME -> {
                    // A link type that is not decoded: the frame is all there is.
                }
                case PFCP -> pfcp(i);
                case GTPV2 -> gtpv2(i);
                case GTP, GTPPRIME -> gtp(i);
                case IPV6 -> ipv6(i);
                default -> header(i);
            }
        }
        homelessFaults();
        chain.write(tree, protocols);
    }

    /** What was put together from fragments and segments is seen beside the frame. */
    private void datagrams() {
        Fragments fragments = together.fragments;
        for (int i = 0; fragments != null && i < fragments.count(); i++) {
            long end = i + 1 < fragments.count() ? fragments.dataAt(i + 1) : fragments.length();
            tree.view(fragments.layer(i) == Layer.IP ? "Reassembled IPv4" : "Reassembled IPv6", octets,
                    fragments.dataAt(i), end, 0);
        }
        if (together.streams != null) {
            long begin = together.streams.gatheredAt();
            tree.view("Reassembled TCP", octets, begin, begin + together.streams.length(), 0);
        }
    }

    /** Of a header behind which such a view begins, that and what it is made of. */
    private void datagram(int index, int node, long end) {
        Fragments fragments = together.fragments;
        for (int i = 0; fragments != null && i < fragments.count(); i++) {
            if (fragments.dataAt(i) == end && packet.layer(index) == fragments.layer(i)) {
                boolean ipv4 = fragments.layer(i) == Layer.IP;
                for (int piece = 0; piece < fragments.pieces(i); piece++) {
                    byte[] capture = together.captures.apply(fragments.source(i, piece));
                    tree.add(ipv4 ? fields.ipFragment : fields.ipv6Fragment, node, end,
                            new FrameLink(fragments.frame(i, piece), capture));
                }
                tree.add(ipv4 ? fields.ipReassembledData : fields.ipv6ReassembledData, node, end,
                        tree.viewLength(i + 1), 0);
            }
        }
    }

    /** The message of a declared protocol, in the datagram or in a view of its own. */
    private void message(int index, int node, long end) {
        long at = together.messageAt;
        int length = (int) together.messageLength;
        if (packet.layer(index) == Layer.DECLARED && packet.stream() >= 0 && index > packet.stream()) {
            messageMembers(fields.declaredMessage(packet.protocol(index)), node, end,
                    (int) (packet.at(index) + packet.available(index) - end));
            return;
        }
        if (packet.layer(index) != Layer.DECLARED || index != packet.count() - 1 || !together.hasMessage) {
            return;
        }
        Shape shape = fields.declaredMessage(packet.protocol(index));
        if (!together.isDivided) {
            messageMembers(shape, node, at, length);
            return;
        }
        for (FrameLink frame : together.messageFrames) {
            tree.add(fields.reassemblyFragment, node, at, frame);
        }
        String name = fields.dictionaries().declared().get(packet.protocol(index)).name();
        tree.view("Reassembled " + name, together.message, MESSAGE, MESSAGE + length, MESSAGE - at);
        int whole = tree.add(fields.payload, node, MESSAGE, length, 0);
        Octets before = octets;
        octets = together.message;
        base = MESSAGE - at;
        messageMembers(shape, whole, at, length);
        base = 0;
        octets = before;
    }

    /** Adds the members of a message of a declared protocol, and what is wrong with them. */
    private void messageMembers(Shape shape, int node, long at, int length) {
        members(shape, node, at, length);
        if (shape.program() != null && reader.fault() != Fault.NONE) {
            lack(Layer.DECLARED.ordinal(), node, at, length, at, length);
        }
    }

    private void record(Frame frame) {
        long at = tree.frameAt();
        int root = tree.add(fields.frame, -1, at, tree.captured(), 0);
        tree.add(fields.frameNumber, root, at, 0, tree.frameNumber());
        if (frame.hasTime()) {
            tree.add(fields.frameTime, root, at, 0, frame.timeNanos());
            tree.add(fields.frameTimeEpoch, root, at, 0, frame.timeNanos());
        }
        tree.add(fields.frameLength, root, at, 0, frame.original());
        tree.add(fields.frameCaptured, root, at, 0, frame.captured());
        capturedBy(frame.source(), root);
        tree.add(fields.frameOffset, root, at, 0, frame.recordAt());
        protocols = tree.add(fields.frameProtocols, root, at, 0, NOTHING);
    }

    /** A pcap file's interface is not worth a word: it has no name. */
    private void capturedBy(CaptureInterface source, int root) {
        if (!source.name().isEmpty()) {
            if (source != known) {
                known = source;
                knownName = source.name().getBytes(StandardCharsets.UTF_8);
            }
            tree.add(fields.frameInterface, root, tree.frameAt(), 0, source.id());
            tree.add(fields.frameInterfaceName, root, tree.frameAt(), 0, knownName);
        }
    }

    private Shape shape(int layer) {
        Shape known = headers[layer];
        if (known == null) {
            known = fields.layer(Layer.of(layer));
            headers[layer] = known;
        }
        return known;
    }

    /** A layer whose node ends with its header. */
    private void header(int index) {
        long at = packet.at(index);
        int available = packet.available(index);
        Shape shape = form(index, at, available);
        int node = layer(index, shape);
        long end = members(shape, node, at, available);
        if (packet.layer(index) == Layer.IP) {
            lengthLeftOut(index, node);
        } else if (hasImpossibleLength(index)) {
            if (packet.layer(index) == Layer.TCP && available >= TCP_LENGTH && !packet.isQuoted(index)) {
                int claimed = octets.u8(at + TCP_OFFSET) >>> 4 << 2;
                tree.add(fields.tcpPayloadLength, node, end, 0, onTheWire(index) - claimed);
            }
            rest(node, end, at + available);
            return;
        }
        end = options(index, node, end);
        tree.length(node, (int) (end - at));
        reassembledIn(index, node, end);
        datagram(index, node, end);
        transported(index, node, end);
        if (packet.layer(index) == Layer.UDP) {
            behindMessages(index, node);
        }
        message(index, node, end);
        if (packet.layer(index) != Layer.DECLARED || !together.hasMessage || together.isDivided) {
            payload(index, end);
        }
    }

    /** A datagram whose length is left to the network card is as long as what there is. */
    private void lengthLeftOut(int index, int node) {
        long at = packet.at(index);
        int available = packet.available(index);
        if (available < Ipv4Header.LENGTH || octets.u16(at + IP_TOTAL_LENGTH) != 0) {
            return;
        }
        for (int child = node; child < tree.end(node); child++) {
            if (tree.field(child).name().equals(IP_LENGTH)) {
                tree.number(child, onTheWire(index));
            }
        }
    }

    /** Of a fragment, or a piece of a message, the frames that complete it. */
    private void reassembledIn(int index, int node, long end) {
        boolean isFragment = index == packet.fragment();
        boolean isPiece = packet.stream() >= 0 ? index == packet.stream() : packet.layer(index) == Layer.DECLARED;
        if (isFragment || isPiece) {
            Field field = isPiece ? fields.reassemblyIn
                    : packet.layer(index) == Layer.IP ? fields.ipReassembledIn : fields.ipv6ReassembledIn;
            for (FrameLink frame : isPiece ? together.messageIn : together.reassembledIn) {
                tree.add(field, node, end, frame);
            }
            if (together.missing != null) {
                tree.add(fields.reassemblyMissing, node, end, 0, together.missing);
            }
        }
    }

    /** The header of a layer of which there are several forms. */
    private Shape form(int index, long at, int available) {
        String form = switch (packet.layer(index)) {
            case SLL -> linkType == LinkTypes.SLL2 ? "sll.2" : "";
            case ETH ->
                    ethernet.wrap(octets, at, available) == Fault.NONE && isLength(ethernet.type()) ? "eth.length" : "";
            case VLAN -> available >= VlanTag.LENGTH && isLength(octets.u16(at + 2)) ? "vlan.length" : "";
            case LLC -> available > LLC_CONTROL && (octets.u8(at + LLC_CONTROL) & 3) != 3 ? "llc.numbered" : "";
            case IP -> available > 0 && octets.u8(at) >>> 4 != 4 ? "ip.unknown" : "";
            case GRE -> available >= 2 && (octets.u8(at + 1) & 7) == 1 ? "gre.1" : "";
            case ERSPAN -> available > 0 && octets.u8(at) >>> 4 == 2 ? "erspan.3" : isErspan1(index) ? "erspan.1" : "";
            case VXLAN -> isAtPort(index, KnownPorts.VXLAN_GPE) ? "vxlan.gpe" : "";
            case UDP -> hasImpossibleLength(index) ? "udp.short" : "";
            case TCP -> hasImpossibleLength(index) ? "tcp.short" : "";
            default -> "";
        };
        return !form.isEmpty() ? fields.part(form)
                : packet.layer(index) == Layer.DECLARED ? fields.declared(packet.protocol(index))
                : shape(packet.ordinal(index));
    }

    private static boolean isLength(int type) {
        return type <= EtherType.MAX_LENGTH && type != EtherType.NONE;
    }

    /** Of two ports, the lower one is asked first. */
    private boolean isAtPort(int index, int port) {
        long udp = index > 0 ? packet.at(index - 1) : 0;
        return index > 0 && packet.layer(index - 1) == Layer.UDP
                && Math.min(octets.u16(udp), octets.u16(udp + 2)) == port;
    }

    /** ERSPAN of the first type has no header, and follows a GRE header without a sequence number. */
    private boolean isErspan1(int index) {
        return index > 0 && packet.layer(index - 1) == Layer.GRE
                && (octets.u8(packet.at(index - 1)) & GRE_SEQUENCE) == 0;
    }

    /** Whether a length in the header of UDP or TCP is smaller than the header: nothing behind it is believed. */
    private boolean hasImpossibleLength(int index) {
        long at = packet.at(index);
        int available = packet.available(index);
        if (packet.layer(index) == Layer.TCP) {
            return available > TCP_OFFSET && octets.u8(at + TCP_OFFSET) >>> 4 << 2 < TCP_LENGTH;
        }
        if (packet.layer(index) != Layer.UDP || available < UdpHeader.LENGTH) {
            return false;
        }
        int length = octets.u16(at + Integer.BYTES);
        boolean isJumbo = length == 0 && index > 0 && packet.layer(index - 1) == Layer.IPV6;
        return length < UdpHeader.LENGTH && !isJumbo;
    }

    /** What a layer of transport carries, as a value of its own. */
    private void transported(int index, int node, long end) {
        Layer layer = packet.layer(index);
        int left = (int) (packet.at(index) + packet.available(index) - end);
        if (layer == Layer.UDP && left > 0 && (packet.marks(index) & Packet.CUT) == 0) {
            tree.add(fields.udpPayload, node, end, left, 0);
        } else if (layer == Layer.TCP && packet.available(index) >= TCP_LENGTH) {
            if (index == packet.stream()) {
                tree.add(fields.tcpPayloadLength, node, end, 0, packet.streamLength());
            } else if (!packet.isQuoted(index)) {
                tree.add(fields.tcpPayloadLength, node, end, 0, onTheWire(index) - (end - packet.at(index)));
            }
            if (left > 0) {
                tree.add(fields.tcpPayload, node, end, left, 0);
            }
        }
    }

    /** How many octets a layer had before the capture cut the frame. */
    private long onTheWire(int index) {
        long at = packet.at(index);
        int available = packet.available(index);
        if (cut == 0 || at + available != octetsEnd) {
            return available;
        }
        long end = at + available + cut;
        for (int i = index - 1; i >= 0; i--) {
            int claimed = switch (packet.layer(i)) {
                case IP -> octets.u16(packet.at(i) + IP_TOTAL_LENGTH);
                case IPV6 -> Ipv6Header.LENGTH + octets.u16(packet.at(i) + Integer.BYTES);
                default -> 0;
            };
            if (claimed > Ipv6Header.LENGTH || claimed != 0 && packet.layer(i) == Layer.IP) {
                end = Math.min(end, packet.at(i) + claimed);
            }
        }
        return end - at;
    }

    /** What stands behind the fixed header of IPv4, TCP and AH, whose length it tells in words of 4 octets; answers their end. */
    private long options(int index, int node, long end) {
        Layer layer = packet.layer(index);
        long at = packet.at(index);
        int available = packet.available(index);
        Field field = null;
        int header = 0;
        if (layer == Layer.IP && available >= Ipv4Header.LENGTH) {
            field = fields.ipOptions;
            header = (octets.u8(at) & 15) << 2;
        } else if (layer == Layer.TCP && available >= TCP_LENGTH) {
            field = fields.tcpOptions;
            header = octets.u8(at + TCP_OFFSET) >>> 4 << 2;
        } else if (layer == Layer.AH && available >= AH_LENGTH) {
            field = fields.ahCheck;
            header = octets.u8(at + 1) + 2 << 2;
        }
        long behind = at + Math.min(header, available);
        if (field == null || behind <= end) {
            return end;
        }
        tree.add(field, node, end, (int) (behind - end), 0);
        return behind;
    }

    /** The octets behind a header that no layer reads. Messages of a stream may stand behind the frame. */
    private void payload(int index, long from) {
        long to = packet.at(index) + packet.available(index);
        for (int i = index + 1; i < packet.count(); i++) {
            if (packet.at(i) >= from && packet.at(i) < to) {
                return;
            }
        }
        // Behind ARP, which has no length of its own, stands what fills an Ethernet frame.
        boolean isRead = index == packet.stream() || packet.layer(index) == Layer.ARP;
        if (from < to && (packet.marks(index) & Packet.CUT) == 0 && !isRead) {
            int node = tree.add(fields.dataLayer, -1, from, (int) (to - from), 0);
            tree.add(fields.data, node, from, (int) (to - from), 0);
            tree.add(fields.dataLength, node, from, 0, to - from);
        }
    }

    private void ipv6(int index) {
        long at = packet.at(index);
        if (linkType != LinkTypes.IPV4 && ProtocolChain.isUnderTypeOfIpv4(packet, index, linkType)
                && packet.layer(index - 1) != Layer.CHDLC) {
            Shape announced = fields.part("ip.unknown");
            members(announced, tree.add(announced.self(), -1, at, 1, 0), at, packet.available(index));
        }
        boolean isOther = packet.available(index) > 0 && octets.u8(at) >>> 4 != 6;
        Shape header = isOther ? fields.part("ipv6.unknown") : shape(packet.ordinal(index));
        int node = layer(index, header);
        long end = members(header, node, at, packet.available(index));
        long limit = at + packet.available(index);
        boolean isCut = (packet.marks(index) & Packet.CUT) != 0;
        int next = isCut ? IpProtocol.NO_NEXT_HEADER : octets.u8(at + IPV6_NEXT_HEADER);
        while (IpProtocol.isExtension(next) && next != IpProtocol.AUTHENTICATION) {
            Fault fault = ipv6Extension.wrap(octets, end, (int) (limit - end), next);
            int length = fault.stops() ? 0 : ipv6Extension.headerLength();
            Shape shape = fields.ipv6Extension(next);
            if (length == 0 || length > limit - end) {
                members(shape, tree.add(shape.self(), node, end, (int) (limit - end), -1), end, (int) (limit - end));
                end = limit;
                break;
            }
            chain.append(fields.ipv6ExtensionLabel(next));
            int part = tree.add(shape.self(), node, end, length, -1);
            rest(part, members(shape, part, end, length), end + length);
            next = ipv6Extension.nextHeader();
            end += length;
            if (ipv6Extension.isFragment()) {
                break;
            }
        }
        tree.length(node, (int) (end - at));
        reassembledIn(index, node, end);
        datagram(index, node, end);
        payload(index, end);
    }

    private int layer(int index) {
        return layer(index, shape(packet.ordinal(index)));
    }

    private int layer(int index, Shape shape) {
        int node = tree.add(shape.self(), -1, packet.at(index), packet.available(index), 0);
        chain.add(packet, index, linkType);
        faults(index, node);
        return node;
    }

    /** Places the faults of a layer that were met before the next layer of its kind begins; not those of a part of it. */
    private void faults(int index, int node) {
        int layer = packet.ordinal(index);
        long end = Long.MAX_VALUE;
        for (int i = index + 1; i < packet.count(); i++) {
            if (packet.ordinal(i) == layer) {
                end = packet.at(i);
                break;
            }
        }
        for (int i = 0; i < packet.faults(); i++) {
            boolean hasPlace = packet.fault(i) == Fault.EXTENSION_MALFORMED;
            if (!isPlaced[i] && !hasPlace && packet.faultLayer(i).ordinal() == layer && packet.faultAt(i) < end) {
                isPlaced[i] = true;
                fault(layer, packet.fault(i), node, packet.faultAt(i), 0);
            }
        }
    }

    /** What a datagram holds behind the last message in it belongs to no message. */
    private void behindMessages(int udp, int node) {
        int last = udp;
        while (last + 1 < packet.count() && isMessage(last + 1)) {
            last++;
        }
        if (last > udp && last == packet.count() - 1 && (packet.marks(last) & Packet.CUT) == 0
                && (packet.layer(last) != Layer.GTP || !isTunnelled(last))) {
            rest(node, packet.at(last) + packet.available(last), packet.at(udp) + packet.available(udp));
        }
    }

    private boolean isMessage(int index) {
        return switch (packet.layer(index)) {
            case PFCP, GTPV2, GTP, GTPPRIME -> true;
            default -> false;
        };
    }

    private boolean isTunnelled(int index) {
        gtp1.over(octets, packet.at(index), packet.available(index));
        return gtp1.isTunnelled();
    }

    /** Faults of layers that are not in the packet: the decoder stopped before them. */
    private void homelessFaults() {
        for (int i = 0; i < packet.faults(); i++) {
            if (!isPlaced[i]) {
                Layer layer = packet.faultLayer(i);
                long at = packet.faultAt(i);
                int left = (int) Math.max(0, octetsEnd - at);
                Shape shape = shape(layer.ordinal());
                int node = layer == Layer.FRAME ? 0 : tree.add(shape.self(), -1, at, left, 0);
                if (node > 0) {
                    chain.append(layer);
                    members(shape, node, at, left);
                }
                fault(layer.ordinal(), packet.fault(i), node, at, 0);
            }
        }
    }

    private void fault(int layer, Fault fault, int node, long at, int length) {
        if (tree.fault(node) == Fault.NONE) {
            tree.fault(node, fault);
        }
        int said = tree.add(fields.fault, node, at, length, FAULTS[layer * Fault.count() + fault.ordinal()]);
        tree.fault(said, fault);
    }

    private void pfcp(int index) {
        int node = layer(index);
        long at = packet.at(index);
        int available = packet.available(index);
        long end = members(shape(packet.ordinal(index)), node, at, available);
        if ((packet.marks(index) & Packet.CUT) == 0) {
            pfcp.over(octets, at, available);
            removes = pfcp.mayRemove();
            elements(pfcpElements, pfcp.messageType(), packet.ordinal(index), node, end, at + available,
                    at + pfcp.messageLength());
            removes = false;
        }
    }

    private void gtpv2(int index) {
        int node = layer(index);
        long at = packet.at(index);
        int available = packet.available(index);
        long end = members(shape(packet.ordinal(index)), node, at, available);
        if ((packet.marks(index) & Packet.CUT) == 0) {
            gtp2.over(octets, at, available);
            elements(gtpv2Elements, gtp2.messageType(), packet.ordinal(index), node, end, at + available,
                    at + gtp2.messageLength());
        } else if (gtp2.wrap(octets, at, available) == Fault.LENGTH_IMPOSSIBLE) {
            rest(node, end, at + available);
        }
    }

    private void gtp(int index) {
        long at = packet.at(index);
        int available = packet.available(index);
        gtp1.over(octets, at, available);
        boolean isVersion0 = packet.layer(index) == Layer.GTP && available > 0 && gtp1.isVersion0();
        Shape shape = isVersion0 ? fields.part("gtp.0") : shape(packet.ordinal(index));
        int node = layer(index, shape);
        long end = members(shape, node, at, available);
        if ((packet.marks(index) & Packet.CUT) != 0) {
            return;
        }
        if (gtp1.hasExtensions()) {
            gtpExtensions.over(gtp1);
            while (gtpExtensions.next()) {
                extension(packet.ordinal(index), node);
            }
            end = gtpExtensions.endAt();
            if (gtpExtensions.fault() != Fault.NONE) {
                brokenExtension(index, node, end, at + available);
                return;
            }
        }
        if (gtp1.isTunnelled()) {
            tree.length(node, (int) (end - at));
            payload(index, end);
        } else {
            Elements elements = gtp1.isPrime() ? gtpPrimeElements
                    : isVersion0 ? gtpv0Elements : gtp1.isUserPlane() ? gtpuElements : gtpv1Elements;
            elements(elements, gtp1.messageType(), packet.ordinal(index), node, end, at + available,
                    at + gtp1.messageLength());
        }
    }

    private void extension(int layer, int parent) {
        long at = gtpExtensions.at();
        int length = gtpExtensions.length();
        int type = gtpExtensions.type();
        Shape shape = fields.gtpu.header(type, octets.u8(gtpExtensions.contentAt()));
        if (shape == null) {
            shape = fields.unknownExtension;
        }
        int node = tree.add(shape.self(), parent, at, length, type);
        members(fields.extensionLength, node, at, 1);
        if (type == NR_RAN_CONTAINER) {
            chain.append(NRUP);
        }
        value(layer, shape, node, gtpExtensions.contentAt(), gtpExtensions.contentLength(), 0);
        members(fields.extensionNext, node, at + length - 1, 1);
    }

    /**
     * An extension header of no octets, or that exceeds its message: only its length is believed to be there. What is wrong
     * stands at it, and at the message if there is nothing of it.
     */
    private void brokenExtension(int index, int parent, long at, long end) {
        int node = parent;
        if (at < end) {
            int type = octets.u8(at - 1);
            Shape shape = fields.gtpu.header(type);
            node = tree.add((shape == null ? fields.unknownExtension : shape).self(), parent, at, (int) (end - at),
                    type);
        }
        for (int i = 0; i < packet.faults(); i++) {
            if (!isPlaced[i] && packet.fault(i) == Fault.EXTENSION_MALFORMED && packet.faultAt(i) == at) {
                isPlaced[i] = true;
                fault(packet.ordinal(index), packet.fault(i), node, at, (int) (end - at));
            }
        }
        if (at < end) {
            rest(node, members(fields.extensionLength, node, at, (int) (end - at)), end);
        }
    }

    /** Octets that are not described, or cannot be read. */
    private void rest(int node, long from, long to) {
        if (from < to) {
            tree.add(fields.undescribed, node, from, (int) (to - from), 0);
        }
    }

    /**
     * The elements of a message.
     *
     * @param message its type
     * @param claimed where they end by its length
     */
    private void elements(Elements elements, int message, int layer, int node, long from, long to, long claimed) {
        if (from >= to) {
            return;
        }
        IeCursor cursor = elements.cursor();
        cursor.over(octets, from, (int) (to - from), (int) (Math.max(claimed, to) - from), ignored);
        begin(0, node, from, to, claimed > to);
        int level = 0;
        while (cursor.next()) {
            close(layer, level, cursor.level());
            reader.within(message, cursor.instance());
            level = element(elements, layer, cursor.level());
        }
        close(layer, level, -1);
    }

    private void begin(int level, int node, long at, long end, boolean isCut) {
        nodeOfLevel[level] = node;
        readOfLevel[level] = at;
        endOfLevel[level] = end;
        isCutAtLevel[level] = isCut;
    }

    /** Leaves groups; what was not read at the end of one is too short for an element. */
    private void close(int layer, int from, int to) {
        for (int level = from; level > to; level--) {
            int left = (int) (endOfLevel[level] - readOfLevel[level]);
            if (left > 0) {
                int node = tree.add(fields.undescribed, nodeOfLevel[level], readOfLevel[level], left, 0);
                if (!isCutAtLevel[level]) {
                    fault(layer, Fault.IE_OVERRUN, node, readOfLevel[level], left);
                }
            }
        }
    }

    /** Adds the element at the cursor; answers the level that its successor is expected at. */
    private int element(Elements elements, int layer, int level) {
        IeCursor cursor = elements.cursor();
        Shape shape = elements.vocabulary().shape(cursor.enterprise(), cursor.type(), cursor.element());
        long at = cursor.at();
        long valueAt = cursor.valueAt();
        long end = valueAt + cursor.length();
        int node = tree.add(shape.self(), nodeOfLevel[level], at, (int) (end - at),
                (long) Math.max(0, cursor.enterprise()) << 32 | cursor.type());
        readOfLevel[level] = end;
        members(cursor.isEnterprise() ? vendorHeader : elements.header(), node, at, (int) (valueAt - at));
        if (cursor.fault() != Fault.NONE) {
            fault(layer, cursor.fault(), node, at, (int) (end - at));
        }
        if (shape.isGroup() && level < IeCursor.MAX_DEPTH) {
            begin(level + 1, node, valueAt, end, cursor.missing() > 0);
            return level + 1;
        }
        if (cursor.length() > 0 || !removes) {
            boolean isUnknown = cursor.isEnterprise() && cursor.element() == null;
            value(layer, isUnknown ? unknownVendorValue : shape, node, valueAt, cursor.length(), cursor.missing());
        }
        return level;
    }

    /** Reads a value; what its layout does not describe, or is not whole, stands behind its members. */
    private void value(int layer, Shape shape, int node, long at, int length, int missing) {
        long end = members(shape, node, at, length, missing);
        if (shape.program() != null && reader.fault() != Fault.NONE && missing == 0) {
            lack(layer, node, at, length, tree.place(node), tree.length(node));
        }
        Field beginning = shape.program() == null ? null : beginning(shape);
        if (beginning == null) {
            rest(node, end, at + length);
        } else {
            rest(node, end, reader.faultAt());
            tree.add(beginning, node, reader.faultAt(), (int) (at + length - reader.faultAt()), 0);
        }
    }

    /** What the octets at the end of a value are the beginning of; null if of no text that can be printed. */
    private Field beginning(Shape shape) {
        if (reader.incomplete() < 0) {
            return null;
        }
        Field whole = shape.members()[reader.incomplete()];
        return whole.type() == Field.Type.TEXT && whole.otherwise() == null
                ? fields.incomplete(whole.member().type()) : null;
    }

    /**
     * Says what the reader found: at the octets that do not make up a member, or, if what is missing would stand behind all that
     * is there, at the whole.
     */
    private void lack(int layer, int node, long at, int length, long wholeAt, int wholeLength) {
        int left = (int) (at + length - reader.faultAt());
        if (left > 0) {
            fault(layer, reader.fault(), node, base + reader.faultAt(), left);
        } else {
            fault(layer, reader.fault(), node, base + wholeAt, wholeLength);
        }
    }

    private long members(Shape shape, int node, long at, int length) {
        return members(shape, node, at, length, 0);
    }

    /** Adds the members that a shape finds; answers the end of the last. */
    private long members(Shape shape, int node, long at, int length, int missing) {
        if (shape.program() == null) {
            return at;
        }
        Field[] members = shape.members();
        if (nodeOfMember.length < members.length) {
            nodeOfMember = new int[2 * members.length];
        }
        long end = at;
        for (reader.over(shape.program(), octets, at, length, missing); reader.next();) {
            if (length == 0 || missing > 0 && reader.length() == 0 && reader.member().type().isText()) {
                // Nothing is there; what should be, the reader's fault says, or the capture cut it.
                continue;
            }
            int index = reader.member().index();
            Field field = members[index];
            int above = shape.parents()[index];
            int parent = above < 0 ? node : nodeOfMember[above];
            if (field.otherwise() != null && isOther(field)) {
                field = field.otherwise();
            }
            nodeOfMember[index] = tree.add(field, parent, base + reader.at(), reader.length(), number(field));
            for (int round = above; round >= 0; round = shape.parents()[round]) {
                if (members[round].member().type() == MemberType.ROUND) {
                    tree.extend(nodeOfMember[round], base + reader.at() + reader.length());
                }
            }
            end = Math.max(end, reader.at() + reader.length());
        }
        return end;
    }

    /** Whether the value that was read is a number that is none, or a text that cannot be printed. */
    private boolean isOther(Field field) {
        return field.scale() == null ? !ValueText.isPrintable(octets, reader.at(), reader.length())
                : field.scale().isNone(reader.number());
    }

    private long number(Field field) {
        return switch (field.type()) {
            case SIGNED, FLAG -> reader.number();
            case UNSIGNED -> unsigned(field, reader.number());
            case TIME -> nanos(field.member().type(), reader.number());
            case TEXT -> field.format() == FieldFormat.LABEL ? reader.number() : 0;
            default -> 0;
        };
    }

    /** Wireshark shows some numbers of two's complement as unsigned ones of their size. */
    private static long unsigned(Field field, long number) {
        if (field.scale() != null) {
            return field.scale().value(number);
        }
        if (field.member().type() == MemberType.ZONE) {
            return ValueText.quarters((int) number);
        }
        boolean isSigned = field.member().type() == MemberType.SIGNED && field.octets() < Long.BYTES;
        return isSigned ? number & (1L << field.octets() * Byte.SIZE) - 1 : number;
    }

    /** 0 is no time; it is shown as none. */
    private static long nanos(MemberType type, long value) {
        if (value == 0) {
            return 0;
        }
        long seconds = switch (type) {
            case NTP48 -> value / MILLIS & 0xFFFF_FFFFL;
            case NTP64 -> value >>> 32;
            default -> value;
        };
        long behind = switch (type) {
            case NTP48 -> value % MILLIS * (NANOS / MILLIS);
            case NTP64 -> (value & 0xFFFF_FFFFL) * NANOS >>> 32;
            default -> 0;
        };
        long since1900 = seconds < NTP_ERA ? seconds + (1L << 32) : seconds;
        return (since1900 - NTP_TO_1970) * NANOS + behind;
    }
}
