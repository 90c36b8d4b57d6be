package io.seidex.decode;

import io.seidex.capture.Frame;
import io.seidex.dictionary.DeclaredProtocol;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.dictionary.KnownPorts;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;

/**
 * Peels the layers of a frame into a {@link Packet}. One instance for each worker; it keeps nothing from packet to packet.
 * How it goes on behind a header is a {@link Step}; what stands before the network layer is {@link LinkDecoder}'s, and tunnels
 * are {@link TunnelDecoder}'s.
 *
 * <p>When a protocol is recognised follows Wireshark 4.0: of two UDP ports the lower one is asked first; GTP is asked before
 * it is believed; PFCP is believed whatever its version.
 */
public final class PacketDecoder extends Place {
    /** Tunnels in one another that are entered. */
    public static final int MAX_TUNNELS = 32;

    /** Fewer octets of a message are not recognised as one. */
    private static final int RECOGNISABLE = 4;

    private static final int NOT_STREAMED = -2;

    private static final int WELL_KNOWN = 1024;
    /** Well-known UDP ports whose protocol Wireshark believes without looking, a bit each. */
    private static final long[] TAKEN = new long[WELL_KNOWN >>> 6];

    static {
        int[] ports =
                {7, 13, 19, 37, 49, 53, 67, 68, 69, 111, 123, 137, 138, 173, 213, 269, 319, 320, 389, 427, 434, 464,
                    496, 513, 514, 520, 521, 524, 525, 546, 547, 664, 701, 853, 854, 910, 921, 925, 1001};
        for (int port : ports) {
            TAKEN[port >>> 6] |= 1L << port;
        }
    }

    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final Ipv6Extension extension = new Ipv6Extension();
    private final UdpHeader udp = new UdpHeader();
    private final PortsHeader ports = new PortsHeader();
    private final TcpHeader tcp = new TcpHeader();
    private final IcmpHeader icmp = new IcmpHeader();
    private final PfcpHeader pfcp = new PfcpHeader();
    private final Gtp1Header gtp1 = new Gtp1Header();
    private final Gtp2Header gtp2 = new Gtp2Header();
    private final GtpExtensionCursor gtpExtensions = new GtpExtensionCursor();

    private final LinkDecoder links = new LinkDecoder(this);
    private final TunnelDecoder tunnels = new TunnelDecoder(this);

    private final DeclaredProtocols declared;

    private Datagrams datagrams = Datagrams.NONE;
    /** Where the frame ends. */
    private long end;
    /** Which layer of the packet is the innermost IP header so far. */
    private int network;
    private boolean overIpv6;

    /** Finds the declared protocols that the program brings, besides those that it decodes itself. */
    public PacketDecoder() {
        this(DeclaredProtocols.builtIn());
    }

    /** @param declared protocols that are found where no other is */
    public PacketDecoder(DeclaredProtocols declared) {
        this.declared = declared;
    }

    /** Decodes a frame of a capture whose octets are {@code octets}. */
    public void decode(Octets octets, Frame frame, Packet into) {
        decode(octets, frame.at(), frame.captured(), frame.original(), frame.source().linkType(), into);
    }

    /** @param original octets that the frame had on the wire */
    public void decode(Octets octets, long at, int captured, long original, int linkType, Packet into) {
        decode(octets, at, captured, original, linkType, Datagrams.NONE, into);
    }

    /** Decodes a frame in which datagrams that were put together stand in the places of their fragments. */
    public void decode(Octets octets, long at, int length, int linkType, Datagrams datagrams, Packet into) {
        decode(octets, at, length, length, linkType, datagrams, into);
    }

    private void decode(
            Octets octets, long at, int captured, long original, int linkType, Datagrams datagrams, Packet into) {
        into.clear(octets);
        over(octets, at, captured, original, into);
        this.datagrams = datagrams;
        this.end = at + captured;
        this.overIpv6 = false;
        Step step = links.link(linkType);
        while (step != Step.STOP) {
            step = switch (step) {
                case STOP, NOBODYS -> Step.STOP;

                case ETHERNET -> links.ethernet();
                case LLC -> links.llc();
                case VLAN -> links.vlan(Layer.VLAN);
                case SERVICE_VLAN -> links.vlan(Layer.SERVICE_VLAN);
                case BACKBONE -> links.backbone();
                case VNTAG -> links.vntag();
                case MACSEC -> links.macsec();
                case CMD -> links.cmd(false);
                case CMD_BEHIND_GRE -> links.cmd(true);
                case ARP -> links.arp();
                case SLL -> links.sll(1);
                case SLL2 -> links.sll(2);
                case NULL -> links.loopback();
                case PPP -> links.ppp(false);
                case PPP_HDLC -> links.ppp(true);
                case PPP_DIRECTED -> links.pppDirected();
                case CHDLC -> links.chdlc();
                case FRAME_RELAY -> links.frameRelay();
                case FDDI -> links.fddi();
                case TOKEN_RING -> links.tokenRing();
                case ARCNET -> links.arcnet(false);
                case ARCNET_LINUX -> links.arcnet(true);
                case IPOIB -> links.ipoib();
                case SUNATM -> links.sunAtm();
                case RADIOTAP -> links.radiotap();
                case PRISM -> links.monitor(Layer.PRISM);
                case AVS -> links.monitor(Layer.WLANCAP);
                case PPI -> links.ppi();
                case WLAN -> links.wlan();
                case NFLOG -> links.nflog();
                case PKTAP -> links.pktap();
                case JUNIPER_ETHERNET -> links.juniperEthernet();

                case MPLS -> tunnels.mpls();
                case PSEUDOWIRE -> tunnels.pseudowire();
                case PPPOE_DISCOVERY -> tunnels.pppoe(Layer.PPPOED);
                case PPPOE -> tunnels.pppoe(Layer.PPPOES);
                case GRE -> tunnels.gre();
                case ERSPAN_1 -> tunnels.erspan1();
                case ERSPAN -> tunnels.erspan();
                case NSH -> tunnels.nsh();
                case ETHERIP -> tunnels.etherip();
                case PIM -> tunnels.pim();
                case L2TP -> tunnels.l2tp();
                case VXLAN -> tunnels.vxlan(false);
                case VXLAN_GPE -> tunnels.vxlan(true);
                case GENEVE -> tunnels.geneve();
                case LISP -> tunnels.lisp();
                case TEREDO -> tunnels.teredo();

                case IP -> present > 0 && this.octets.u8(this.at) >>> 4 == 6 ? ipv6() : ipv4();
                case IPV4 -> ipv4();
                case IPV6 -> ipv6();
                case AUTHENTICATION -> authentication();
                case ESP -> esp();
                case UDP -> udp();
                case TCP -> tcp();
                case SCTP -> ports(Layer.SCTP, PortsHeader.SCTP_LENGTH);
                case ICMP -> icmp(Layer.ICMP);
                case ICMPV6 -> icmp(Layer.ICMPV6);

                case PFCP -> pfcp();
                case GTPV2 -> gtp2();
            };
        }
    }

    /** Whether packets of a link type are decoded. */
    public static boolean decodes(int linkType) {
        return LinkDecoder.first(linkType) != Step.NOBODYS;
    }

    private Step ipv4() {
        Fault fault = ipv4.wrap(octets, at, present);
        if (fault.stops()) {
            packet.add(Layer.IP, at, believed(fault), marks | Packet.CUT);
            return stop(Layer.IP, fault);
        }
        int total = ipv4.totalLength();
        boolean fragment = ipv4.isFragment();
        if (fragment && datagrams.protocol(at) != Datagrams.DIVIDED) {
            fragment = false;
            together();
        } else if (total != 0) {
            bound(total, Layer.IP);
        }
        packet.add(Layer.IP, at, present, fragment ? marks | Packet.FRAGMENT : marks);
        network = packet.count() - 1;
        overIpv6 = false;
        packet.protocol(network, ipv4.protocol());
        // A first fragment is read only where reassembly has no chance, because octets of it are missing.
        if (fragment && (ipv4.fragmentOffset() != 0 || (total != 0 && present == total))) {
            return divided(ipv4.headerLength());
        }
        if (fragment) {
            marks |= Packet.FRAGMENT;
        }
        enter(ipv4.headerLength());
        return protocol(ipv4.protocol());
    }

    /** Of a header that is cut the addresses may be there; of one that lies, nothing behind the lie is believed. */
    private int believed(Fault fault) {
        return switch (fault) {
            case HEADER_TRUNCATED -> present;
            case LENGTH_IMPOSSIBLE -> ipv4.headerLength() < Ipv4Header.LENGTH ? 1 : Integer.BYTES;
            default -> 1;
        };
    }

    private Step ipv6() {
        Fault fault = ipv6.wrap(octets, at, present);
        if (fault.stops()) {
            packet.add(Layer.IPV6, at, believed(fault), marks | Packet.CUT);
            return stop(Layer.IPV6, fault);
        }
        long begin = at;
        int index = packet.count();
        network = index;
        packet.add(Layer.IPV6, at, present, marks);
        overIpv6 = true;
        int next = ipv6.nextHeader();
        int claimed = ipv6.payloadLength();
        enter(Ipv6Header.LENGTH);
        if (claimed != 0 || next != IpProtocol.HOP_BY_HOP) {
            bound(claimed, Layer.IPV6);
        }
        packet.bound(index, (int) (at - begin) + present);
        while (IpProtocol.isExtension(next)) {
            fault = extension.wrap(octets, at, present, next);
            if (fault.stops()) {
                return stop(Layer.IPV6, fault);
            }
            if (extension.isFragment()) {
                int protocol = datagrams.protocol(at);
                if (protocol == Datagrams.DIVIDED) {
                    packet.protocol(index, extension.nextHeader());
                    packet.mark(index, Packet.FRAGMENT);
                    return divided(Ipv6Extension.LENGTH);
                }
                together();
                enter(Ipv6Extension.LENGTH);
                next = protocol;
                continue;
            }
            long jumbo = claimed == 0 ? extension.jumboLength() : 0;
            if (jumbo != 0) {
                bound((int) Math.min(jumbo, Integer.MAX_VALUE), Layer.IPV6);
                packet.bound(index, (int) (at - begin) + present);
            }
            int length = extension.headerLength();
            if (length > present) {
                return stop(Layer.IPV6, Fault.HEADER_TRUNCATED);
            }
            if (next == IpProtocol.AUTHENTICATION) {
                add(Layer.AH);
            }
            enter(length);
            next = extension.nextHeader();
        }
        return protocol(next);
    }

    /** A fragment ends the packet. Only one that is all there can be part of a datagram. */
    private Step divided(int header) {
        if (present == granted && (marks & Packet.QUOTED) == 0) {
            packet.fragment(network, at + header);
        }
        return Step.STOP;
    }

    /** In the place of a fragment stands its datagram: of that, not of the fragment, is what follows. */
    private void together() {
        present = (int) (end - at);
        granted = present;
    }

    private Step authentication() {
        Fault fault = extension.wrap(octets, at, present, IpProtocol.AUTHENTICATION);
        if (fault.stops()) {
            return stop(Layer.AH, fault);
        }
        add(Layer.AH, extension.headerLength());
        return protocol(extension.nextHeader());
    }

    private Step esp() {
        add(Layer.ESP);
        return Step.STOP;
    }

    private Step protocol(int number) {
        packet.protocol(network, number);
        return switch (number) {
            case IpProtocol.UDP -> Step.UDP;
            case IpProtocol.TCP -> Step.TCP;
            case IpProtocol.SCTP -> Step.SCTP;
            case IpProtocol.ICMP -> Step.ICMP;
            case IpProtocol.ICMPV6 -> Step.ICMPV6;
            case IpProtocol.IPV4 -> tunnel(Layer.IP, Step.IP);
            case IpProtocol.IPV6 -> tunnel(Layer.IP, Step.IPV6);
            case IpProtocol.AUTHENTICATION -> Step.AUTHENTICATION;
            case IpProtocol.ESP -> Step.ESP;
            case IpProtocol.GRE -> Step.GRE;
            case IpProtocol.ETHERIP -> Step.ETHERIP;
            case IpProtocol.PIM -> Step.PIM;
            case IpProtocol.MPLS -> Step.MPLS;
            case IpProtocol.ETHERNET -> tunnel(Layer.IP, Step.ETHERNET);
            default -> Step.STOP;
        };
    }

    private Step tcp() {
        int index = packet.count();
        ports(Layer.TCP, PortsHeader.LENGTH);
        if (present < PortsHeader.LENGTH || (marks & (Packet.QUOTED | Packet.FRAGMENT)) != 0) {
            return Step.STOP;
        }
        Fault fault = tcp.wrap(octets, at, present);
        if (fault.stops()) {
            return stop(Layer.TCP, fault);
        }
        int protocol = streamed(ports.sourcePort(), ports.destinationPort());
        if (protocol == NOT_STREAMED) {
            return Step.STOP;
        }
        int header = tcp.headerLength();
        packet.stream(index, protocol, at + header, granted - header);
        return Step.STOP;
    }

    /** The protocol whose messages follow each other in the connections of a port; of two ports, the lower is asked first. */
    private int streamed(int source, int destination) {
        int low = Math.min(source, destination);
        int high = Math.max(source, destination);
        if (low == KnownPorts.GTP_PRIME || high == KnownPorts.GTP_PRIME) {
            return Packet.GTP_PRIME;
        }
        int protocol = declared.atTcpPort(low);
        if (protocol < 0 && low != high) {
            protocol = declared.atTcpPort(high);
        }
        return protocol < 0 ? NOT_STREAMED : protocol;
    }

    /** The octets of a decoded packet were copied, and their places moved by {@code distance}. */
    public void move(Packet packet, Octets copy, long distance) {
        packet.move(copy, distance);
    }

    /**
     * Adds a message to a packet that completes it: {@link Packet#stream} says in which stream.
     *
     * @param at where it stands in the packet's octets
     * @param length how many octets of it are there
     * @param claimed how many it has
     */
    public void message(Packet packet, long at, int length, int claimed) {
        over(packet.octets(), at, length, claimed, packet);
        marks = packet.marks(packet.stream()) & Packet.INNER;
        int protocol = packet.streamProtocol();
        if (protocol == Packet.GTP_PRIME) {
            gtp1(gtp1.wrap(octets, at, present));
        } else {
            message(protocol);
        }
    }

    private Step ports(Layer layer, int needed) {
        Fault fault = ports.wrap(octets, at, present, needed);
        if (fault.stops()) {
            packet.add(layer, at, 0, marks | Packet.CUT);
            return stop(layer, fault);
        }
        add(layer);
        return Step.STOP;
    }

    private Step icmp(Layer layer) {
        Fault fault = icmp.wrap(octets, at, present);
        if (fault.stops()) {
            return stop(layer, fault);
        }
        add(layer);
        boolean quotes = layer == Layer.ICMP ? icmp.quotesIpv4() : icmp.quotesIpv6();
        if (!quotes || present <= IcmpHeader.QUOTE) {
            return Step.STOP;
        }
        enter(IcmpHeader.QUOTE);
        marks |= Packet.QUOTED;
        return layer == Layer.ICMP ? Step.IP : Step.IPV6;
    }

    private Step udp() {
        Fault fault = udp.wrap(octets, at, present);
        if (fault.stops()) {
            packet.add(Layer.UDP, at, present, marks | Packet.CUT);
            return stop(Layer.UDP, fault);
        }
        int claimed = udp.length();
        if (claimed == 0 && !overIpv6) {
            add(Layer.UDP);
            return stop(Layer.UDP, Fault.LENGTH_IMPOSSIBLE);
        }
        if (claimed != 0) {
            bound(claimed, Layer.UDP);
        }
        add(Layer.UDP);
        int source = udp.sourcePort();
        int destination = udp.destinationPort();
        enter(UdpHeader.LENGTH);
        if (present == 0) {
            return Step.STOP;
        }
        int low = Math.min(source, destination);
        Step step = application(low);
        if (step != Step.NOBODYS || isTaken(low)) {
            return step;
        }
        int high = Math.max(source, destination);
        step = low == high ? Step.NOBODYS : application(high);
        return step == Step.NOBODYS && (isOfGtp(low) || isOfGtp(high)) ? unknownGtp1() : step;
    }

    private static boolean isOfGtp(int port) {
        return port == KnownPorts.GTP_CONTROL || port == KnownPorts.GTP_USER;
    }

    /** A message of a type that nobody knows is believed if it is as long as its datagram. (By Wireshark, never.) */
    private Step unknownGtp1() {
        Fault fault = gtp1.wrap(octets, at, present);
        return fault == Fault.NONE && gtp1.version() == 1 && !gtp1.isPrime() && gtp1.messageLength() == granted
                ? gtp1(fault) : Step.NOBODYS;
    }

    /** Whether a well-known port belongs to a protocol that takes whatever comes: a name server's answer is no tunnel. */
    private static boolean isTaken(int port) {
        return port < WELL_KNOWN && (TAKEN[port >>> 6] >>> port & 1) != 0;
    }

    /** What the port stands for, if the payload agrees. Messages of GTPv1 and GTP' are added here: each is alone in its datagram. */
    private Step application(int port) {
        return switch (port) {
            case KnownPorts.PFCP -> Step.PFCP;
            case KnownPorts.GTP_CONTROL, KnownPorts.GTP_USER -> octets.u8(at) >>> 5 == 2 ? Step.GTPV2 : gtp1();
            case KnownPorts.GTP_PRIME -> gtp1();
            case KnownPorts.VXLAN -> Step.VXLAN;
            case KnownPorts.VXLAN_GPE -> Step.VXLAN_GPE;
            case KnownPorts.GENEVE -> Step.GENEVE;
            case KnownPorts.GRE -> Step.GRE;
            case KnownPorts.MPLS -> Step.MPLS;
            case KnownPorts.L2TP -> tunnels.l2tp();
            case KnownPorts.LISP -> Step.LISP;
            case KnownPorts.TEREDO -> Step.TEREDO;
            default -> declared(port);
        };
    }

    private Step declared(int port) {
        int number = declared.atUdpPort(port);
        return number < 0 ? Step.NOBODYS : message(number);
    }

    private Step message(int number) {
        DeclaredProtocol protocol = declared.get(number);
        boolean isCut = present < protocol.headerLength();
        if (!isCut && !protocol.isHeader(octets, at)) {
            return Step.NOBODYS;
        }
        packet.add(Layer.DECLARED, at, present, isCut ? marks | Packet.CUT : marks);
        packet.protocol(packet.count() - 1, number);
        if (isCut) {
            return stop(Layer.DECLARED, Fault.HEADER_TRUNCATED);
        }
        if (present < granted) {
            report(Layer.DECLARED, Fault.PAYLOAD_TRUNCATED);
        }
        return Step.STOP;
    }

    private Step pfcp() {
        if (present < RECOGNISABLE) {
            return stop(Layer.PFCP, Fault.HEADER_TRUNCATED);
        }
        for (;;) {
            Fault fault = pfcp.wrap(octets, at, present);
            if (present > 0 && pfcp.version() != 1) {
                packet.report(Layer.PFCP, Fault.VERSION_UNKNOWN, at);
            }
            if (fault.stops()) {
                int readable = fault == Fault.LENGTH_IMPOSSIBLE ? pfcp.messageLength() : present;
                if (present > 0) {
                    packet.add(Layer.PFCP, at, readable, marks | Packet.CUT);
                }
                return stop(Layer.PFCP, fault);
            }
            if (fault != Fault.NONE) {
                report(Layer.PFCP, fault);
            }
            int length = Math.min(pfcp.messageLength(), present);
            packet.add(Layer.PFCP, at, length, marks);
            enter(length);
            if (!pfcp.followOn()) {
                return Step.STOP;
            }
        }
    }

    private Step gtp1() {
        Fault fault = gtp1.wrap(octets, at, present);
        if (present < 2 || fault == Fault.VERSION_UNKNOWN) {
            return Step.NOBODYS;
        }
        return gtp1.isKnownType() || declared.isGtpMessage(gtp1.messageType()) ? gtp1(fault) : Step.NOBODYS;
    }

    private Step gtp1(Fault fault) {
        Layer layer = gtp1.isPrime() ? Layer.GTPPRIME : Layer.GTP;
        if (fault.stops()) {
            packet.add(layer, at, present, marks | Packet.CUT);
            return stop(layer, fault);
        }
        int claimed = Math.max(gtp1.messageLength(), gtp1.headerLength());
        // A user's packet that the capture cut is no incomplete message.
        if (fault != Fault.NONE && !(gtp1.isTunnelled() && claimed <= granted)) {
            report(layer, fault);
        }
        int length = Math.min(claimed, present);
        packet.add(layer, at, length, marks);
        gtp1.over(octets, at, length);
        int header = gtp1.headerLength();
        if (gtp1.hasExtensions()) {
            gtpExtensions.over(gtp1);
            while (gtpExtensions.next()) {
                // Only the place behind the last is wanted.
            }
            header = (int) (gtpExtensions.endAt() - at);
            if (gtpExtensions.fault() != Fault.NONE) {
                // Of a message that is cut the chain may be sound.
                if (length == claimed) {
                    packet.report(layer, gtpExtensions.fault(), gtpExtensions.endAt());
                }
                return Step.STOP;
            }
        }
        if (!gtp1.isTunnelled()) {
            return Step.STOP;
        }
        present = length;
        granted = Math.min(granted, claimed);
        enter(header);
        return tunnelled(layer);
    }

    /** What a G-PDU carries, which no field tells. As Wireshark guesses; an Ethernet frame by its type alone. */
    private Step tunnelled(Layer layer) {
        if (present == 0) {
            return Step.STOP;
        }
        int first = octets.u8(at);
        Step step = first >= 0x45 && first <= 0x4E ? Step.IPV4
                : first >>> 4 == 6 ? Step.IPV6
                : present > EthernetHeader.LENGTH && EtherType.isCommon(octets.u16(at + EthernetHeader.TYPE))
                        ? Step.ETHERNET
                : Step.STOP;
        return step == Step.STOP ? step : tunnel(layer, step);
    }

    private Step gtp2() {
        if (present < RECOGNISABLE) {
            return stop(Layer.GTPV2, Fault.HEADER_TRUNCATED);
        }
        for (;;) {
            Fault fault = gtp2.wrap(octets, at, present);
            if (fault == Fault.VERSION_UNKNOWN || present == 0) {
                return stop(Layer.GTPV2, fault);
            }
            if (fault.stops()) {
                packet.add(Layer.GTPV2, at, present, marks | Packet.CUT);
                return stop(Layer.GTPV2, fault);
            }
            if (fault != Fault.NONE) {
                report(Layer.GTPV2, fault);
            }
            int length = Math.min(gtp2.messageLength(), present);
            packet.add(Layer.GTPV2, at, length, marks);
            enter(length);
            if (!gtp2.isPiggybacked()) {
                return Step.STOP;
            }
        }
    }
}
