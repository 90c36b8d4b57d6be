package io.seidex.decode;

import io.seidex.capture.Frame;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;

/**
 * Peels the layers of a frame into a {@link Packet}. One instance for each worker; it keeps nothing from packet to packet.
 *
 * <p>Two lengths accompany every layer: what is present, and what is granted. They differ where the capture cut the frame, or
 * where an ICMP error quotes only the begin of a datagram. A length that exceeds what is granted is a fault; that octets are
 * missing is one only where a message is incomplete for it.
 *
 * <p>When a protocol is recognised follows Wireshark 4.0: of two UDP ports the lower one is asked first; GTP is asked before
 * it is believed; PFCP is believed whatever its version.
 */
public final class PacketDecoder {
    public static final int PFCP_PORT = 8805;
    public static final int GTP_CONTROL_PORT = 2123;
    public static final int GTP_USER_PORT = 2152;
    public static final int GTP_PRIME_PORT = 3386;

    /** Tunnels in one another that are entered. */
    public static final int MAX_TUNNELS = 32;

    /** Fewer octets of a message are not recognised as one. */
    private static final int RECOGNISABLE = 4;

    /** What stands at the decoder's place. */
    private enum Step {
        STOP,
        NOBODYS,
        ETHERNET,
        LLC,
        VLAN,
        SERVICE_VLAN,
        SLL,
        SLL2,
        NULL,
        IP,
        IPV4,
        IPV6,
        AUTHENTICATION,
        UDP,
        TCP,
        SCTP,
        ICMP,
        ICMPV6,
        PFCP,
        GTPV2
    }

    private final EthernetHeader ethernet = new EthernetHeader();
    private final LlcHeader llc = new LlcHeader();
    private final VlanTag vlan = new VlanTag();
    private final SllHeader sll = new SllHeader();
    private final NullHeader loopback = new NullHeader();
    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final Ipv6Extension extension = new Ipv6Extension();
    private final UdpHeader udp = new UdpHeader();
    private final PortsHeader ports = new PortsHeader();
    private final IcmpHeader icmp = new IcmpHeader();
    private final PfcpHeader pfcp = new PfcpHeader();
    private final Gtp1Header gtp1 = new Gtp1Header();
    private final Gtp2Header gtp2 = new Gtp2Header();
    private final GtpExtensionCursor gtpExtensions = new GtpExtensionCursor();

    private final DeclaredProtocols declared;

    private Packet packet;
    private Octets octets;
    private Datagrams datagrams;
    private long end;
    private long at;
    private int present;
    private int granted;
    private int marks;
    private int tunnels;
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
        this.packet = into;
        this.octets = octets;
        this.datagrams = datagrams;
        this.end = at + captured;
        this.at = at;
        this.present = captured;
        this.granted = (int) Math.min(Integer.MAX_VALUE, Math.max(captured, original));
        this.marks = 0;
        this.tunnels = 0;
        this.overIpv6 = false;
        Step step = link(linkType);
        while (step != Step.STOP) {
            step = switch (step) {
                case STOP, NOBODYS -> Step.STOP;
                case ETHERNET -> ethernet();
                case LLC -> llc();
                case VLAN -> vlan(Layer.VLAN);
                case SERVICE_VLAN -> vlan(Layer.SERVICE_VLAN);
                case SLL -> sll(1);
                case SLL2 -> sll(2);
                case NULL -> loopback();
                case IP -> present > 0 && octets.u8(this.at) >>> 4 == 6 ? ipv6() : ipv4();
                case IPV4 -> ipv4();
                case IPV6 -> ipv6();
                case UDP -> udp();
                case TCP -> ports(Layer.TCP, PortsHeader.LENGTH);
                case SCTP -> ports(Layer.SCTP, PortsHeader.SCTP_LENGTH);
                case ICMP -> icmp(Layer.ICMP);
                case ICMPV6 -> icmp(Layer.ICMPV6);
                case AUTHENTICATION -> authentication();
                case PFCP -> pfcp();
                case GTPV2 -> gtp2();
            };
        }
    }

    /** Whether packets of a link type are decoded. */
    public static boolean decodes(int linkType) {
        return first(linkType) != Step.NOBODYS;
    }

    private static Step first(int linkType) {
        return switch (linkType) {
            case LinkTypes.ETHERNET -> Step.ETHERNET;
            case LinkTypes.SLL -> Step.SLL;
            case LinkTypes.SLL2 -> Step.SLL2;
            case LinkTypes.NULL, LinkTypes.LOOP -> Step.NULL;
            case LinkTypes.RAW, LinkTypes.RAW_BSD, LinkTypes.RAW_OPENBSD, LinkTypes.IPV4, LinkTypes.IPV6 -> Step.IP;
            default -> Step.NOBODYS;
        };
    }

    private Step link(int linkType) {
        Step first = first(linkType);
        if (first == Step.IP) {
            add(Layer.RAW);
        } else if (first == Step.NOBODYS) {
            packet.undecoded(linkType);
            add(Layer.FRAME);
            return stop(Layer.FRAME, Fault.LINK_TYPE_UNKNOWN);
        }
        return first;
    }

    private Step ethernet() {
        Fault fault = ethernet.wrap(octets, at, present);
        if (fault != Fault.NONE) {
            return stop(Layer.ETH, fault);
        }
        add(Layer.ETH);
        enter(EthernetHeader.LENGTH);
        return typeOrLength(ethernet.type(), Layer.ETH);
    }

    private Step vlan(Layer layer) {
        Fault fault = vlan.wrap(octets, at, present);
        if (fault != Fault.NONE) {
            return stop(layer, fault);
        }
        add(layer);
        enter(VlanTag.LENGTH);
        return typeOrLength(vlan.type(), layer);
    }

    private Step typeOrLength(int type, Layer layer) {
        if (type > EtherType.MAX_LENGTH) {
            return etherType(type);
        }
        bound(type, layer);
        return Step.LLC;
    }

    private Step etherType(int type) {
        return switch (type) {
            // A datagram of version 6 under the type of version 4 is met, and read.
            case EtherType.IPV4 -> Step.IP;
            case EtherType.IPV6 -> Step.IPV6;
            case EtherType.VLAN, EtherType.OLD_SERVICE_VLAN, EtherType.OLD_SERVICE_VLAN_2 -> Step.VLAN;
            case EtherType.SERVICE_VLAN -> Step.SERVICE_VLAN;
            case EtherType.ARP -> {
                add(Layer.ARP);
                yield Step.STOP;
            }
            default -> Step.STOP;
        };
    }

    private Step llc() {
        // What is no LLC is nobody's: not a fault, only not read.
        if (llc.wrap(octets, at, present) != Fault.NONE) {
            return Step.STOP;
        }
        int type = llc.etherType();
        enter(llc.headerLength());
        return type == EtherType.NONE ? Step.STOP : etherType(type);
    }

    private Step sll(int version) {
        Fault fault = sll.wrap(octets, at, present, version);
        if (fault != Fault.NONE) {
            return stop(Layer.SLL, fault);
        }
        add(Layer.SLL);
        enter(sll.headerLength());
        int protocol = sll.protocol();
        return protocol == SllHeader.PROTOCOL_LLC ? Step.LLC : etherType(protocol);
    }

    private Step loopback() {
        Fault fault = loopback.wrap(octets, at, present);
        if (fault != Fault.NONE) {
            return stop(Layer.NULL, fault);
        }
        add(Layer.NULL);
        enter(NullHeader.LENGTH);
        return etherType(loopback.etherType());
    }

    private Step ipv4() {
        Fault fault = ipv4.wrap(octets, at, present);
        if (fault.stops()) {
            // Of a header that is cut the addresses may be there; of one that lies nothing is believed.
            packet.add(Layer.IP, at, fault == Fault.HEADER_TRUNCATED ? present : 0, marks | Packet.CUT);
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

    private Step ipv6() {
        Fault fault = ipv6.wrap(octets, at, present);
        if (fault.stops()) {
            packet.add(Layer.IPV6, at, fault == Fault.HEADER_TRUNCATED ? present : 0, marks | Packet.CUT);
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
            return stop(Layer.IP, fault);
        }
        enter(extension.headerLength());
        return protocol(extension.nextHeader());
    }

    private Step protocol(int number) {
        packet.protocol(network, number);
        return switch (number) {
            case IpProtocol.UDP -> Step.UDP;
            case IpProtocol.TCP -> Step.TCP;
            case IpProtocol.SCTP -> Step.SCTP;
            case IpProtocol.ICMP -> Step.ICMP;
            case IpProtocol.ICMPV6 -> Step.ICMPV6;
            case IpProtocol.IPV4 -> Step.IP;
            case IpProtocol.IPV6 -> Step.IPV6;
            case IpProtocol.AUTHENTICATION -> Step.AUTHENTICATION;
            default -> Step.STOP;
        };
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
        return step == Step.NOBODYS && source != destination ? application(Math.max(source, destination)) : step;
    }

    /** What the port stands for, if the payload agrees. Messages of GTPv1 and GTP' are added here: each is alone in its datagram. */
    private Step application(int port) {
        return switch (port) {
            case PFCP_PORT -> Step.PFCP;
            case GTP_CONTROL_PORT, GTP_USER_PORT -> octets.u8(at) >>> 5 == 2 ? Step.GTPV2 : gtp1();
            case GTP_PRIME_PORT -> gtp1();
            default -> declared(port);
        };
    }

    private Step declared(int port) {
        int place = declared.atPort(port);
        if (place < 0) {
            return Step.NOBODYS;
        }
        boolean isCut = present < declared.get(place).headerLength();
        packet.add(Layer.DECLARED, at, present, isCut ? marks | Packet.CUT : marks);
        packet.protocol(packet.count() - 1, place);
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
        if (present < 2 || fault == Fault.VERSION_UNKNOWN || !gtp1.isKnownType()) {
            return Step.NOBODYS;
        }
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
                : present > EthernetHeader.LENGTH && isBridged(octets.u16(at + EthernetHeader.TYPE)) ? Step.ETHERNET
                : Step.STOP;
        return step == Step.STOP ? step : tunnel(layer, step);
    }

    private static boolean isBridged(int type) {
        return type == EtherType.IPV4 || type == EtherType.IPV6 || type == EtherType.ARP;
    }

    /** Enters a tunnel: what is found from here on is not the network's own packet. */
    private Step tunnel(Layer layer, Step inner) {
        if (++tunnels > MAX_TUNNELS) {
            return stop(layer, Fault.TOO_DEEP);
        }
        marks |= Packet.INNER;
        return inner;
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

    /** Lists a layer that reaches to the end of what is present. */
    private void add(Layer layer) {
        packet.add(layer, at, present, marks);
    }

    private Step stop(Layer layer, Fault fault) {
        report(layer, fault);
        return Step.STOP;
    }

    /**
     * Notes what is wrong at the decoder's place. That a quote ends within a header or a message is no fault; nor is that
     * the capture cut a tunnelled packet within a header, as captures of a user plane mostly do.
     */
    private void report(Layer layer, Fault fault) {
        if (fault == Fault.HEADER_TRUNCATED || fault == Fault.PAYLOAD_TRUNCATED) {
            boolean isCut = (marks & Packet.INNER) != 0 && fault == Fault.HEADER_TRUNCATED && present < granted;
            if ((marks & Packet.QUOTED) != 0 || isCut && !isMessage(layer)) {
                return;
            }
        }
        packet.report(layer, fault, at);
    }

    private static boolean isMessage(Layer layer) {
        return switch (layer) {
            case PFCP, GTP, GTPPRIME, GTPV2 -> true;
            default -> false;
        };
    }

    /** Steps over the begin of a layer. */
    private void enter(int length) {
        at += length;
        present -= length;
        granted -= length;
    }

    /** Cuts what is granted to what a layer claims. */
    private void bound(int claimed, Layer layer) {
        if (claimed > granted) {
            report(layer, Fault.PAYLOAD_TRUNCATED);
            return;
        }
        granted = claimed;
        present = Math.min(present, claimed);
    }
}
