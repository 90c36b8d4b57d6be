package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.fault.Layer;

/** Peels what stands before a network layer: link headers, tags, and what captures put before the link. */
final class LinkDecoder {
    private static final int RAW_IPX = 0xFFFF;
    private static final int SNAP = 0x80;
    private static final int SNAP_LENGTH = 5;
    private static final int ARP_LENGTH = 8;
    private static final int ARP_SIZES = 4;
    private static final int ARP_OF_ATM = 19;

    private final EthernetHeader ethernet = new EthernetHeader();
    private final LlcHeader llc = new LlcHeader();
    private final VlanTag vlan = new VlanTag();
    private final BackboneTag backbone = new BackboneTag();
    private final VnTag vntag = new VnTag();
    private final MacsecTag macsec = new MacsecTag();
    private final CmdTag cmd = new CmdTag();
    private final SllHeader sll = new SllHeader();
    private final NullHeader loopback = new NullHeader();
    private final PppHeader ppp = new PppHeader();
    private final ChdlcHeader chdlc = new ChdlcHeader();
    private final FrameRelayHeader frameRelay = new FrameRelayHeader();
    private final FddiHeader fddi = new FddiHeader();
    private final TokenRingHeader tokenRing = new TokenRingHeader();
    private final ArcnetHeader arcnet = new ArcnetHeader();
    private final IpoibHeader ipoib = new IpoibHeader();
    private final SunAtmHeader atm = new SunAtmHeader();
    private final RadiotapHeader radiotap = new RadiotapHeader();
    private final MonitorHeader monitor = new MonitorHeader();
    private final PpiHeader ppi = new PpiHeader();
    private final WlanHeader wlan = new WlanHeader();
    private final NflogHeader nflog = new NflogHeader();
    private final PktapHeader pktap = new PktapHeader();
    private final JuniperHeader juniper = new JuniperHeader();

    private final Place place;
    private int lastLinkType = LinkTypes.ETHERNET;
    private Step lastFirst = Step.ETHERNET;
    /** What the header before an 802.11 frame says of its padding. */
    private boolean isWlanPadded;

    LinkDecoder(Place place) {
        this.place = place;
    }

    /** What a frame of a link type begins with. */
    static Step first(int linkType) {
        return switch (linkType) {
            case LinkTypes.ETHERNET -> Step.ETHERNET;
            case LinkTypes.SLL -> Step.SLL;
            case LinkTypes.SLL2 -> Step.SLL2;
            case LinkTypes.NULL, LinkTypes.LOOP -> Step.NULL;
            case LinkTypes.RAW, LinkTypes.RAW_BSD, LinkTypes.RAW_OPENBSD, LinkTypes.IPV4, LinkTypes.IPV6 -> Step.IP;
            case LinkTypes.PPP, LinkTypes.PPP_HDLC -> Step.PPP_HDLC;
            case LinkTypes.PPP_ETHER -> Step.PPPOE;
            case LinkTypes.PPP_WITH_DIR -> Step.PPP_DIRECTED;
            case LinkTypes.C_HDLC -> Step.CHDLC;
            case LinkTypes.FRELAY -> Step.FRAME_RELAY;
            case LinkTypes.FDDI -> Step.FDDI;
            case LinkTypes.TOKEN_RING -> Step.TOKEN_RING;
            case LinkTypes.ARCNET_BSD -> Step.ARCNET;
            case LinkTypes.ARCNET_LINUX -> Step.ARCNET_LINUX;
            case LinkTypes.ATM_RFC1483 -> Step.LLC;
            case LinkTypes.SUNATM -> Step.SUNATM;
            case LinkTypes.IPOIB -> Step.IPOIB;
            case LinkTypes.IEEE802_11 -> Step.WLAN;
            case LinkTypes.IEEE802_11_RADIOTAP -> Step.RADIOTAP;
            case LinkTypes.PRISM -> Step.PRISM;
            case LinkTypes.IEEE802_11_AVS -> Step.AVS;
            case LinkTypes.PPI -> Step.PPI;
            case LinkTypes.NFLOG -> Step.NFLOG;
            case LinkTypes.PKTAP, LinkTypes.USER_2 -> Step.PKTAP;
            case LinkTypes.JUNIPER_ETHER -> Step.JUNIPER_ETHERNET;
            default -> Step.NOBODYS;
        };
    }

    Step link(int linkType) {
        // A capture has one link type, mostly: the look into the table is made once.
        if (linkType != lastLinkType) {
            lastLinkType = linkType;
            lastFirst = first(linkType);
        }
        Step first = lastFirst;
        isWlanPadded = false;
        if (first == Step.IP) {
            place.add(Layer.RAW);
        } else if (first == Step.NOBODYS) {
            place.packet.undecoded(linkType);
            place.add(Layer.FRAME);
            return place.stop(Layer.FRAME, Fault.LINK_TYPE_UNKNOWN);
        }
        return first;
    }

    Step ethernet() {
        Fault fault = ethernet.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.ETH, fault);
        }
        place.add(Layer.ETH, EthernetHeader.LENGTH);
        return typeOrLength(ethernet.type(), Layer.ETH);
    }

    Step vlan(Layer layer) {
        Fault fault = vlan.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(layer, fault);
        }
        place.add(layer, VlanTag.LENGTH);
        return typeOrLength(vlan.type(), layer);
    }

    Step backbone() {
        Fault fault = backbone.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.BACKBONE, fault);
        }
        place.add(Layer.BACKBONE, BackboneTag.LENGTH);
        return typeOrLength(backbone.type(), Layer.BACKBONE);
    }

    Step vntag() {
        Fault fault = vntag.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.VNTAG, fault);
        }
        place.add(Layer.VNTAG, VnTag.LENGTH);
        return typeOrLength(vntag.type(), Layer.VNTAG);
    }

    Step macsec() {
        Fault fault = macsec.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.MACSEC, fault);
        }
        place.add(Layer.MACSEC, macsec.headerLength());
        return macsec.isEncrypted() ? Step.STOP : Step.ofEtherType(macsec.type());
    }

    Step cmd(boolean isBehindGre) {
        Fault fault = cmd.wrap(place.octets, place.at, place.present, isBehindGre);
        if (fault != Fault.NONE) {
            return place.stop(Layer.CMD, fault);
        }
        place.add(Layer.CMD, CmdTag.LENGTH);
        return Step.ofEtherType(cmd.type());
    }

    private Step typeOrLength(int type, Layer layer) {
        if (type > EtherType.MAX_LENGTH || type == EtherType.NONE) {
            return Step.ofEtherType(type);
        }
        place.bound(type, layer);
        // Novell's frames without a link control header begin with a checksum that is not used.
        return place.present >= 2 && place.octets.u16(place.at) == RAW_IPX ? Step.STOP : Step.LLC;
    }

    /** The sizes of addresses are those of both sides; those of ATM are coded otherwise. */
    Step arp() {
        place.add(Layer.ARP);
        if (place.present < ARP_LENGTH) {
            return place.stop(Layer.ARP, Fault.HEADER_TRUNCATED);
        }
        int sizes = place.octets.u8(place.at + ARP_SIZES) + place.octets.u8(place.at + ARP_SIZES + 1);
        boolean isAtm = place.octets.u16(place.at) == ARP_OF_ATM;
        return isAtm || ARP_LENGTH + 2 * sizes <= place.present ? Step.STOP
                : place.stop(Layer.ARP, Fault.PAYLOAD_TRUNCATED);
    }

    Step llc() {
        // What is no LLC is nobody's: not a fault, only not read.
        if (llc.wrap(place.octets, place.at, place.present) != Fault.NONE) {
            return Step.STOP;
        }
        place.add(Layer.LLC, llc.headerLength());
        return llc.isNetworkLayer() ? Step.ofNlpid(llc.nlpid()) : Step.ofEtherType(llc.etherType());
    }

    Step sll(int version) {
        Fault fault = sll.wrap(place.octets, place.at, place.present, version);
        if (fault != Fault.NONE) {
            return place.stop(Layer.SLL, fault);
        }
        place.add(Layer.SLL, sll.headerLength());
        return switch (sll.device()) {
            case SllHeader.DEVICE_RADIOTAP -> Step.RADIOTAP;
            case SllHeader.DEVICE_FRAME_RELAY -> Step.FRAME_RELAY;
            default -> switch (sll.protocol()) {
                case SllHeader.PROTOCOL_ETHERNET -> Step.ETHERNET;
                case SllHeader.PROTOCOL_LLC -> Step.LLC;
                case SllHeader.PROTOCOL_PPP -> Step.PPP;
                default -> Step.ofEtherType(sll.protocol());
            };
        };
    }

    Step loopback() {
        Fault fault = loopback.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.NULL, fault);
        }
        place.add(Layer.NULL);
        if (loopback.isPpp()) {
            return Step.PPP_HDLC;
        }
        place.enter(NullHeader.LENGTH);
        return Step.ofEtherType(loopback.etherType());
    }

    Step ppp(boolean mayBeFramed) {
        Fault fault = ppp.wrap(place.octets, place.at, place.present, mayBeFramed);
        if (fault != Fault.NONE) {
            return place.stop(Layer.PPP, fault);
        }
        place.add(Layer.PPP);
        if (mayBeFramed && ChdlcHeader.isBegin(place.octets.u8(place.at))) {
            return Step.CHDLC;
        }
        place.enter(ppp.headerLength());
        return Step.ofPpp(ppp.protocol());
    }

    /** The direction stands in an octet of its own. */
    Step pppDirected() {
        if (place.present < 1) {
            return place.stop(Layer.PPP, Fault.HEADER_TRUNCATED);
        }
        place.enter(1);
        return Step.PPP_HDLC;
    }

    Step chdlc() {
        Fault fault = chdlc.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.CHDLC, fault);
        }
        place.add(Layer.CHDLC, ChdlcHeader.LENGTH);
        // Under the type of reverse ARP stands Cisco's own protocol.
        return chdlc.type() == EtherType.REVERSE_ARP ? Step.STOP : Step.ofEtherType(chdlc.type());
    }

    Step frameRelay() {
        Fault fault = frameRelay.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.FR, fault);
        }
        place.add(Layer.FR, frameRelay.headerLength());
        if (!frameRelay.isStandard()) {
            return Step.ofEtherType(frameRelay.type());
        }
        return frameRelay.nlpid() == SNAP ? snap() : Step.ofNlpid(frameRelay.nlpid());
    }

    /** A SNAP header without the rest of LLC. */
    private Step snap() {
        if (place.present < SNAP_LENGTH) {
            return place.stop(Layer.FR, Fault.HEADER_TRUNCATED);
        }
        int organisation = place.octets.u24(place.at);
        int type = place.octets.u16(place.at + 3);
        place.enter(SNAP_LENGTH);
        return organisation == 0 ? Step.ofEtherType(type)
                : LlcHeader.isBridged(organisation, type) ? Step.ETHERNET
                : Step.STOP;
    }

    Step fddi() {
        Fault fault = fddi.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.FDDI, fault);
        }
        place.add(Layer.FDDI, FddiHeader.LENGTH);
        return fddi.isLlc() ? Step.LLC : Step.STOP;
    }

    Step tokenRing() {
        Fault fault = tokenRing.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.TR, fault);
        }
        place.add(Layer.TR, tokenRing.headerLength());
        return tokenRing.isLlc() ? Step.LLC : Step.STOP;
    }

    Step arcnet(boolean isLinux) {
        Fault fault = arcnet.wrap(place.octets, place.at, place.present, isLinux);
        if (fault != Fault.NONE) {
            return place.stop(Layer.ARCNET, fault);
        }
        place.add(Layer.ARCNET, arcnet.headerLength());
        return Step.ofEtherType(arcnet.etherType());
    }

    Step ipoib() {
        Fault fault = ipoib.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.IPOIB, fault);
        }
        place.add(Layer.IPOIB, IpoibHeader.LENGTH);
        return Step.ofEtherType(ipoib.type());
    }

    Step sunAtm() {
        Fault fault = atm.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.ATM, fault);
        }
        place.add(Layer.ATM, atm.headerLength());
        return atm.isLanEmulation() ? Step.ETHERNET : Step.LLC;
    }

    Step radiotap() {
        Fault fault = radiotap.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.RADIOTAP, fault);
        }
        place.add(Layer.RADIOTAP, radiotap.headerLength());
        isWlanPadded = radiotap.isPadded();
        return Step.WLAN;
    }

    Step monitor(Layer layer) {
        Fault fault = monitor.wrap(place.octets, place.at, place.present);
        Layer found = fault != Fault.HEADER_TRUNCATED && monitor.isAvs() ? Layer.WLANCAP : layer;
        if (fault != Fault.NONE) {
            return place.stop(found, fault);
        }
        place.add(found, monitor.headerLength());
        return Step.WLAN;
    }

    Step wlan() {
        Fault fault = wlan.wrap(place.octets, place.at, place.present, isWlanPadded);
        if (fault != Fault.NONE) {
            return place.stop(Layer.WLAN, fault);
        }
        place.add(Layer.WLAN);
        if (!wlan.isData() || !wlan.isReadable()) {
            return Step.STOP;
        }
        place.enter(wlan.headerLength());
        return Step.LLC;
    }

    Step ppi() {
        Fault fault = ppi.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.PPI, fault);
        }
        place.add(Layer.PPI, ppi.headerLength());
        return link(ppi.linkType());
    }

    Step nflog() {
        Fault fault = nflog.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.NFLOG, fault);
        }
        place.add(Layer.NFLOG);
        if (!nflog.hasPayload()) {
            return Step.STOP;
        }
        place.enter(nflog.payloadOffset());
        place.bound(nflog.payloadLength(), Layer.NFLOG);
        return Step.ofEtherType(nflog.etherType());
    }

    Step pktap() {
        Fault fault = pktap.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.PKTAP, fault);
        }
        place.add(Layer.PKTAP, pktap.headerLength());
        return pktap.hasPacket() ? link(pktap.linkType()) : Step.STOP;
    }

    Step juniperEthernet() {
        Fault fault = juniper.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.JUNIPER, fault);
        }
        place.add(Layer.JUNIPER, juniper.headerLength());
        return juniper.hasLinkLayer() ? Step.ETHERNET : Step.STOP;
    }
}
