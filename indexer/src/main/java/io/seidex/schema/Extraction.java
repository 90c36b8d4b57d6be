package io.seidex.schema;

import io.seidex.capture.Frame;
import io.seidex.decode.Gtp1Header;
import io.seidex.decode.Gtp2Header;
import io.seidex.decode.GtpExtensionCursor;
import io.seidex.decode.IcmpHeader;
import io.seidex.decode.Ipv4Header;
import io.seidex.decode.Ipv6Header;
import io.seidex.decode.Packet;
import io.seidex.decode.PfcpHeader;
import io.seidex.decode.PortsHeader;
import io.seidex.decode.UdpHeader;
import io.seidex.decode.VlanTag;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import io.seidex.dictionary.LayoutReader;
import io.seidex.dictionary.Lengths;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import io.seidex.reassemble.DeclaredMessages;
import io.seidex.reassemble.Fragments;
import io.seidex.reassemble.StreamMessages;
import io.seidex.reassemble.Whole;
import io.seidex.schema.Elements.GsnAddresses;

/**
 * Walks a decoded packet and hands every occurrence of every field to a sink, in packet order. Indexing and printing take
 * this same walk. One instance for each thread; it keeps no values from packet to packet.
 */
public final class Extraction {
    private static final int VARIANTS = 256 << 4;

    private final VlanTag vlan = new VlanTag();
    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final PortsHeader ports = new PortsHeader();
    private final IcmpHeader icmp = new IcmpHeader();
    private final PfcpHeader pfcp = new PfcpHeader();
    private final Gtp1Header gtp1 = new Gtp1Header();
    private final Gtp2Header gtp2 = new Gtp2Header();
    private final GtpExtensionCursor gtpExtensions = new GtpExtensionCursor();
    private final LayoutReader reader = new LayoutReader();
    private final Flow flow = new Flow();

    private final Elements pfcpElements;
    private final Elements gtpv2Elements;
    private final Elements gtpv1Elements;
    private final Elements gtpv0Elements;
    private final Elements gtpuElements;
    private final Elements gtpPrimeElements;

    private final Dictionary gtpu;
    /** By type and PDU type of an extension header, made when it is first met. */
    private final Lengths[] extensions = new Lengths[VARIANTS];
    private final DeclaredProtocols declared;
    private final DeclaredValues declaredValues;

    private Octets octets = Octets.EMPTY;
    private Packet packet;
    private ValueSink sink;
    /** Which packet this is. */
    private long serial;
    private int messages;
    private boolean hasPorts;
    /** The layer whose ports were handed over with their flow; -1 if none was. */
    private int flowPorts;

    private Extraction(Dictionaries dictionaries, boolean repeats) {
        pfcpElements = Elements.pfcp(dictionaries.pfcp(), repeats);
        gtpv2Elements = Elements.gtpv2(dictionaries.gtpv2(), repeats);
        gtpv1Elements = Elements.gtpv1(dictionaries.gtpv1(), repeats);
        gtpv0Elements = Elements.gtpv1(dictionaries.gtpv0(), repeats);
        gtpuElements = Elements.gtpv1(dictionaries.gtpu(), repeats);
        gtpPrimeElements = Elements.gtpPrime(dictionaries.gtpPrime(), repeats);
        gtpu = dictionaries.gtpu();
        declared = dictionaries.declared();
        declaredValues = new DeclaredValues(PacketSchema.of(dictionaries.declared()));
    }

    /** For indexing: of the types of IEs, which are all terms, the first of each in a packet is enough. */
    public static Extraction forIndexing(Dictionaries dictionaries) {
        return new Extraction(dictionaries, false);
    }

    /** For printing: every occurrence. */
    public static Extraction forPrinting(Dictionaries dictionaries) {
        return new Extraction(dictionaries, true);
    }

    /**
     * Hands over what the record of a frame says.
     *
     * @param capture place of the capture in the shard's manifest
     * @param source place of the interface there
     */
    public void frame(Frame frame, int capture, int source, ValueSink sink) {
        sink.frame(frame, capture, source);
    }

    /** Hands over what the layers of a packet hold, and then its faults; more of these may be found, and are added to it. */
    public void extract(Octets octets, Packet packet, ValueSink sink) {
        this.octets = octets;
        this.packet = packet;
        this.sink = sink;
        this.messages = 0;
        this.hasPorts = false;
        this.flowPorts = -1;
        this.serial++;
        for (int i = 0; i < packet.count(); i++) {
            layer(i);
        }
        if (messages > 1) {
            sink.header(PacketSchema.MESSAGES, messages);
        }
        for (int i = 0; i < packet.faults(); i++) {
            sink.number(PacketSchema.FAULT, PacketSchema.label(packet.faultLayer(i), packet.fault(i)));
        }
    }

    /**
     * Hands over what a message of a declared protocol holds that a layer of the packet completes; before
     * {@link #extract}, since what is wrong with it is added to the packet's faults.
     */
    public void message(Packet packet, int index, Octets message, long at, long length, ValueSink sink) {
        Fault fault = declaredValues.message(packet.protocol(index), message, at, length, sink);
        if (fault != Fault.NONE) {
            packet.report(Layer.DECLARED, fault, packet.at(index));
        }
    }

    /** Hands over what the messages of a declared protocol hold that a packet completes in a stream; before {@link #extract}. */
    public void messages(Packet packet, ValueSink sink) {
        for (int i = packet.stream() + 1; i < packet.count(); i++) {
            if (packet.layer(i) == Layer.DECLARED && (packet.marks(i) & Packet.CUT) == 0) {
                int header = declared.get(packet.protocol(i)).headerLength();
                message(packet, i, packet.octets(), packet.at(i) + header, packet.available(i) - header, sink);
            }
        }
    }

    /** Hands over what a packet that was {@linkplain #extract extracted} is in datagrams that were divided. */
    public void reassembly(Packet packet, Fragments fragments, ValueSink sink) {
        if (packet.fragment() >= 0) {
            sink.number(PacketSchema.REASSEMBLY, PacketSchema.label(PacketSchema.PIECE));
        }
        if (fragments.count() > 0) {
            sink.number(PacketSchema.REASSEMBLY, PacketSchema.label(PacketSchema.WHOLE));
        }
        for (int i = 0; i < fragments.count(); i++) {
            boolean ipv4 = fragments.layer(i) == Layer.IP;
            for (int piece = 0; piece < fragments.pieces(i); piece++) {
                sink.number(ipv4 ? PacketSchema.IP_FRAGMENT : PacketSchema.IPV6_FRAGMENT, fragments.frame(i, piece));
            }
            sink.header(ipv4 ? PacketSchema.IP_FRAGMENT_COUNT : PacketSchema.IPV6_FRAGMENT_COUNT, fragments.pieces(i));
            sink.header(ipv4 ? PacketSchema.IP_REASSEMBLED_LENGTH : PacketSchema.IPV6_REASSEMBLED_LENGTH,
                    fragments.length(i));
        }
    }

    /**
     * Hands over which frames brought the message of a declared protocol that a packet completes, and of a packet that only
     * brought a piece, that it did.
     *
     * @param complete whether the packet completes a message
     */
    public void reassembly(DeclaredMessages messages, boolean complete, ValueSink sink) {
        if (messages.isPiece()) {
            sink.number(PacketSchema.REASSEMBLY, PacketSchema.label(PacketSchema.PIECE));
        }
        if (complete && messages.isDivided()) {
            sink.number(PacketSchema.REASSEMBLY, PacketSchema.label(PacketSchema.WHOLE));
            Whole pieces = messages.pieces();
            for (pieces.rewind(); pieces.next();) {
                sink.number(PacketSchema.REASSEMBLY_FRAGMENT, pieces.frame());
            }
            sink.header(PacketSchema.REASSEMBLY_FRAGMENT_COUNT, pieces.pieces());
            sink.header(PacketSchema.REASSEMBLY_LENGTH, messages.length());
        }
    }

    /**
     * Hands over where in its stream the messages stand that a packet completes, and which frames brought them; and of a packet
     * that brought a piece of one that it does not complete, or came behind a gap, that it did.
     */
    public void reassembly(boolean isPiece, boolean isBehindGap, StreamMessages messages, ValueSink sink) {
        if (isPiece) {
            sink.number(PacketSchema.REASSEMBLY, PacketSchema.label(PacketSchema.PIECE));
        }
        if (isBehindGap) {
            sink.number(PacketSchema.REASSEMBLY, PacketSchema.label(PacketSchema.GAP));
        }
        if (messages.rows() > 0) {
            sink.header(PacketSchema.STREAM_MESSAGES, StreamRow.of(messages, 0));
        }
        if (messages.isTogether()) {
            sink.number(PacketSchema.REASSEMBLY, PacketSchema.label(PacketSchema.WHOLE));
            for (int piece = 0; piece < messages.pieces(); piece++) {
                sink.number(PacketSchema.REASSEMBLY_FRAGMENT, messages.frame(piece));
            }
            sink.header(PacketSchema.REASSEMBLY_FRAGMENT_COUNT, messages.pieces());
            sink.header(PacketSchema.REASSEMBLY_LENGTH, messages.length());
        }
    }

    /**
     * Hands over the octets of a packet that no term says: all of it, the datagram that it completes, and the message that it
     * carries in one piece. That is what the UDP datagram carries in which the first message of the mobile core stands; if
     * there is none, the innermost UDP datagram; or what a stream makes of a segment. What a declared protocol makes of a
     * datagram is not known here.
     */
    public void octets(Frame frame, Packet packet, ValueSink sink) {
        sink.octets(PacketSchema.FRAME_OCTETS, frame.octets(), frame.at(), frame.captured());
        int datagram = -1;
        for (int i = 0; i < packet.count() && !packet.isQuoted(i); i++) {
            datagram = packet.layer(i) == Layer.UDP ? i : datagram;
            if (packet.layer(i).isMessage() && datagram >= 0) {
                break;
            }
        }
        boolean isDeclared = packet.count() > 0 && packet.layer(packet.count() - 1) == Layer.DECLARED;
        for (int i = packet.stream() + 1; packet.stream() >= 0 && i < packet.count(); i++) {
            sink.octets(PacketSchema.PAYLOAD, packet.octets(), packet.at(i), packet.available(i));
        }
        if (datagram >= 0 && !isDeclared && packet.stream() < 0 && packet.available(datagram) > UdpHeader.LENGTH) {
            sink.octets(PacketSchema.PAYLOAD, packet.octets(), packet.at(datagram) + UdpHeader.LENGTH,
                    packet.available(datagram) - UdpHeader.LENGTH);
        }
    }

    /** Hands over what was put together from fragments: of a datagram in a tunnel, that one. */
    public void data(Fragments fragments, ValueSink sink) {
        int last = fragments.count() - 1;
        if (last >= 0) {
            long at = fragments.dataAt(last);
            sink.octets(fragments.layer(last) == Layer.IP ? PacketSchema.IP_REASSEMBLED_DATA
                    : PacketSchema.IPV6_REASSEMBLED_DATA, fragments.octets(), at, (int) (fragments.length() - at));
        }
    }

    private void layer(int index) {
        Layer layer = packet.layer(index);
        boolean quoted = packet.isQuoted(index);
        int label = layer == Layer.DECLARED
                ? PacketSchema.declaredLabel(packet.protocol(index))
                : PacketSchema.label(layer);
        sink.number(PacketSchema.PROTOCOL, label);
        if (quoted) {
            sink.number(PacketSchema.QUOTED, label);
        }
        switch (layer) {
            case FRAME -> sink.number(PacketSchema.FRAME_LINK_TYPE, packet.linkType());
            case VLAN, SERVICE_VLAN -> {
                vlan.over(octets, packet.at(index), packet.available(index));
                sink.number(layer == Layer.VLAN ? PacketSchema.VLAN_ID : PacketSchema.SERVICE_VLAN_ID, vlan.id());
            }
            case IP -> ipv4(index);
            case IPV6 -> ipv6(index);
            case UDP -> ports(index, PacketSchema.UDP_SRCPORT, PacketSchema.UDP_DSTPORT, quoted);
            case TCP -> ports(index, PacketSchema.TCP_SRCPORT, PacketSchema.TCP_DSTPORT, quoted);
            case SCTP -> ports(index, PacketSchema.SCTP_SRCPORT, PacketSchema.SCTP_DSTPORT, quoted);
            case PFCP -> pfcp(index, quoted);
            case GTP, GTPPRIME -> gtp1(index, quoted);
            case GTPV2 -> gtp2(index, quoted);
            case DECLARED -> declaredValues.header(
                    packet.protocol(index), octets, packet.at(index), packet.available(index), sink);
            default -> {
                // Nothing of the others is a field.
            }
        }
    }

    private void ipv4(int index) {
        ipv4.over(octets, packet.at(index), packet.available(index));
        boolean whole = ipv4.has(Ipv4Header.LENGTH);
        if (whole && !packet.isQuoted(index)) {
            flow(index, ipv4.sourceAt(), 4);
            return;
        }
        if (ipv4.has(Ipv4Header.LENGTH - 4)) {
            sink.octets(PacketSchema.IP_SRC, octets, ipv4.sourceAt(), 4);
        }
        if (whole) {
            sink.octets(PacketSchema.IP_DST, octets, ipv4.destinationAt(), 4);
        }
    }

    private void ipv6(int index) {
        ipv6.over(octets, packet.at(index), packet.available(index));
        boolean whole = ipv6.has(Ipv6Header.LENGTH);
        if (whole && !packet.isQuoted(index)) {
            flow(index, ipv6.sourceAt(), 16);
            return;
        }
        if (ipv6.has(Ipv6Header.LENGTH - 16)) {
            sink.octets(PacketSchema.IPV6_SRC, octets, ipv6.sourceAt(), 16);
        }
        if (whole) {
            sink.octets(PacketSchema.IPV6_DST, octets, ipv6.destinationAt(), 16);
        }
    }

    /**
     * A flow, outside a tunnel or within. Its ports stand in the layer behind the IP header and what authenticates it, if
     * anywhere.
     */
    private void flow(int index, long sourceAt, int addressLength) {
        flow.over(octets, sourceAt, addressLength, packet.protocol(index));
        int behind = index + 1;
        while (behind < packet.count() && packet.layer(behind) == Layer.AH) {
            behind++;
        }
        if (behind < packet.count() && packet.available(behind) >= PortsHeader.LENGTH) {
            switch (packet.layer(behind)) {
                case UDP -> flow(behind, PacketSchema.UDP_SRCPORT, PacketSchema.UDP_DSTPORT);
                case TCP -> flow(behind, PacketSchema.TCP_SRCPORT, PacketSchema.TCP_DSTPORT);
                case SCTP -> flow(behind, PacketSchema.SCTP_SRCPORT, PacketSchema.SCTP_DSTPORT);
                case ICMP, ICMPV6 -> {
                    icmp.over(octets, packet.at(behind), packet.available(behind));
                    flow.icmp(icmp.type(), icmp.code());
                }
                default -> {
                    // A flow of addresses.
                }
            }
        }
        sink.flow(flow);
    }

    private void flow(int index, IndexField sourceField, IndexField destinationField) {
        ports.over(octets, packet.at(index), packet.available(index));
        flow.ports(sourceField, ports.sourcePort(), destinationField, ports.destinationPort(), !hasPorts);
        hasPorts = true;
        flowPorts = index;
    }

    private void ports(int index, IndexField sourceField, IndexField destinationField, boolean quoted) {
        ports.over(octets, packet.at(index), packet.available(index));
        if (index != flowPorts && ports.has(PortsHeader.LENGTH)) {
            boolean first = !quoted && !hasPorts;
            hasPorts |= !quoted;
            number(sourceField, ports.sourcePort(), first);
            number(destinationField, ports.destinationPort(), first);
        }
    }

    private void pfcp(int index, boolean quoted) {
        pfcp.over(octets, packet.at(index), packet.available(index));
        boolean first = message(quoted);
        if (pfcp.hasType()) {
            number(PacketSchema.PFCP_MSG_TYPE, pfcp.messageType(), first);
        }
        if (pfcp.hasSeid()) {
            number(PacketSchema.PFCP_SEID, pfcp.seid(), first);
        }
        if (pfcp.hasSequence()) {
            number(PacketSchema.PFCP_SEQNO, pfcp.sequence(), first);
        }
        if ((packet.marks(index) & Packet.CUT) == 0) {
            elements(
                    pfcpElements, index, pfcp.messageType(), pfcp.headerLength(), pfcp.messageLength(), quoted,
                    pfcp.mayRemove(), GsnAddresses.ALONE);
        }
    }

    private void gtp1(int index, boolean quoted) {
        gtp1.over(octets, packet.at(index), packet.available(index));
        boolean first = message(quoted);
        number(PacketSchema.GTP_MESSAGE, gtp1.messageType(), first);
        if (gtp1.hasTeid()) {
            number(PacketSchema.GTP_TEID, gtp1.teid(), first);
        }
        if (gtp1.hasSequence()) {
            number(PacketSchema.GTP_SEQ, gtp1.sequence(), first);
        }
        int offset = (packet.marks(index) & Packet.CUT) == 0 ? elementsOf(gtp1, packet.layer(index)) : 0;
        if (offset > 0) {
            Elements elements = gtp1.isPrime() ? gtpPrimeElements
                    : gtp1.isVersion0() ? gtpv0Elements : gtp1.isUserPlane() ? gtpuElements : gtpv1Elements;
            elements(
                    elements, index, gtp1.messageType(), offset, gtp1.messageLength(), quoted, false,
                    gsnAddresses(gtp1));
        }
    }

    private static GsnAddresses gsnAddresses(Gtp1Header gtp1) {
        return switch (gtp1.isPrime() || gtp1.isVersion0() ? 0 : gtp1.messageType()) {
            // Create and Update PDP Context; SGSN Context Request and Response, Forward Relocation Request and Response.
            case 16, 17, 18, 19, 50, 51, 53, 54 -> GsnAddresses.CONTROL_AND_DATA;
            // Error Indication, SGSN Context Acknowledge.
            case 26, 52 -> GsnAddresses.DATA;
            default -> GsnAddresses.ALONE;
        };
    }

    /**
     * Hands over what the extension headers hold, of which the PDU Session Container says which QoS flow a packet is of, in
     * either direction, and the PDU Set Information Container too: TS 38.415 5.5.2, 6.
     *
     * @return where the IEs of the message begin; 0 if it has none that can be read
     */
    private int elementsOf(Gtp1Header gtp1, Layer layer) {
        int end = gtp1.headerLength();
        if (gtp1.hasExtensions()) {
            gtpExtensions.over(gtp1);
            while (gtpExtensions.next()) {
                extension(layer);
                qosFlow();
            }
            end = gtpExtensions.fault() == Fault.NONE ? (int) (gtpExtensions.endAt() - gtp1.at()) : 0;
        }
        return gtp1.isTunnelled() ? 0 : end;
    }

    private void qosFlow() {
        long at = gtpExtensions.contentAt();
        switch (gtpExtensions.type()) {
            case GtpExtensionCursor.PDU_SESSION_CONTAINER -> {
                // PDU types 0 and 1, down and up; what others would hold there is not said.
                if (octets.u8(at) >> 4 <= 1) {
                    sink.number(PacketSchema.GTP_QFI, octets.u8(at + 1) & 0x3F);
                }
            }
            case GtpExtensionCursor.PDU_SET_INFORMATION, GtpExtensionCursor.OLD_PDU_SET_INFORMATION -> {
                // Of its type 0; the flow shares two octets with the set's number.
                if (octets.u8(at) >> 4 == 0 && gtpExtensions.contentLength() > 2) {
                    sink.number(PacketSchema.GTP_QFI, octets.u8(at + 1) >> 2);
                }
            }
            default -> {
                // Tells none.
            }
        }
    }

    /** Whether an extension header is too short for what it holds. */
    private void extension(Layer layer) {
        long at = gtpExtensions.contentAt();
        int firstOctet = octets.u8(at);
        int variant = gtpExtensions.type() << 4 | firstOctet >>> 4;
        Lengths lengths = extensions[variant];
        if (lengths == null) {
            Element header = gtpu.header(gtpExtensions.type(), firstOctet);
            lengths = header == null ? Lengths.ANY : header.layout().lengths();
            extensions[variant] = lengths;
        }
        int length = gtpExtensions.contentLength();
        if (length < lengths.enough() && lengths.isTooShort(octets, at, length, reader)) {
            packet.report(layer, Fault.IE_MALFORMED, gtpExtensions.at());
        }
    }

    private void gtp2(int index, boolean quoted) {
        gtp2.over(octets, packet.at(index), packet.available(index));
        boolean first = message(quoted);
        if (gtp2.hasType()) {
            number(PacketSchema.GTPV2_MESSAGE, gtp2.messageType(), first);
        }
        if (gtp2.hasTeid()) {
            number(PacketSchema.GTPV2_TEID, gtp2.teid(), first);
        }
        if (gtp2.hasSequence()) {
            number(PacketSchema.GTPV2_SEQ, gtp2.sequence(), first);
        }
        if ((packet.marks(index) & Packet.CUT) == 0) {
            elements(
                    gtpv2Elements, index, gtp2.messageType(), gtp2.headerLength(), gtp2.messageLength(), quoted,
                    false, GsnAddresses.ALONE);
        }
    }

    private void elements(
            Elements elements, int index, int message, int headerLength, int messageLength, boolean quoted,
            boolean removes, GsnAddresses addresses) {
        int available = packet.available(index);
        elements.over(octets, message, packet, sink, serial, quoted, removes, addresses);
        int claimed = Math.max(messageLength, available) - headerLength;
        elements.extract(packet.at(index) + headerLength, available - headerLength, claimed);
    }

    /** Counts a message. Whether it is the packet's first; a quoted one is none of the packet's. */
    private boolean message(boolean quoted) {
        return !quoted && messages++ == 0;
    }

    private void number(IndexField field, long value, boolean first) {
        if (first) {
            sink.header(field, value);
        } else {
            sink.number(field, value);
        }
    }
}
