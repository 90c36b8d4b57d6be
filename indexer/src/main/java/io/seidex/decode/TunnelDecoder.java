package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.fault.Layer;

/**
 * Peels tunnels and label stacks. Where no field tells what they carry, the guess is Wireshark's, except that an Ethernet frame
 * is known by its type and not by the makers of the two stations.
 */
final class TunnelDecoder {
    private static final int GENERIC_ASSOCIATED_CHANNEL = 13;
    private static final int CONTROL_WORD = 4;
    private static final int ETHERIP = 2;
    private static final int PIM = 8;
    private static final int PIM_REGISTER = 0x21;
    private static final int LISP = 8;

    private final MplsLabel label = new MplsLabel();
    private final PppoeHeader pppoe = new PppoeHeader();
    private final GreHeader gre = new GreHeader();
    private final ErspanHeader erspan = new ErspanHeader();
    private final NshHeader nsh = new NshHeader();
    private final L2tpHeader l2tp = new L2tpHeader();
    private final VxlanHeader vxlan = new VxlanHeader();
    private final GeneveHeader geneve = new GeneveHeader();
    private final TeredoHeader teredo = new TeredoHeader();

    private final Place place;

    TunnelDecoder(Place place) {
        this.place = place;
    }

    Step mpls() {
        Fault fault = label.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.MPLS, fault);
        }
        place.add(Layer.MPLS, MplsLabel.LENGTH);
        if (!label.isBottom()) {
            return Step.MPLS;
        }
        if (place.present == 0) {
            return Step.STOP;
        }
        if (label.label() == GENERIC_ASSOCIATED_CHANNEL) {
            return associatedChannel();
        }
        return switch (place.octets.u8(place.at) >>> 4) {
            case 4 -> Step.IPV4;
            case 6 -> Step.IPV6;
            case 1 -> associatedChannel();
            default -> place.tunnel(Layer.MPLS, Step.PSEUDOWIRE);
        };
    }

    /** Associated channel header, RFC 4385 5: its type is that of PPP for datagrams. */
    private Step associatedChannel() {
        if (place.present < CONTROL_WORD) {
            return place.stop(Layer.MPLS, Fault.HEADER_TRUNCATED);
        }
        int type = place.octets.u16(place.at + 2);
        place.enter(CONTROL_WORD);
        return switch (type) {
            case 0x0021 -> Step.IP;
            case 0x0057 -> Step.IPV6;
            default -> Step.STOP;
        };
    }

    /** An Ethernet frame, behind a control word (RFC 4385 3) whose first four bits are 0, or without one. */
    Step pseudowire() {
        if (place.octets.u8(place.at) >>> 4 == 0) {
            if (!isEthernet(0) || isEthernet(CONTROL_WORD)) {
                if (place.present < CONTROL_WORD) {
                    return place.stop(Layer.PWETHCW, Fault.HEADER_TRUNCATED);
                }
                place.add(Layer.PWETHCW, CONTROL_WORD);
            }
            return Step.ETHERNET;
        }
        return isEthernet(0) ? Step.ETHERNET : Step.STOP;
    }

    private boolean isEthernet(int offset) {
        int type = offset + EthernetHeader.TYPE;
        return place.present >= type + 2 && EtherType.isCommon(place.octets.u16(place.at + type));
    }

    Step pppoe(Layer layer) {
        Fault fault = pppoe.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(layer, fault);
        }
        place.add(layer, PppoeHeader.LENGTH);
        if (layer == Layer.PPPOED) {
            return Step.STOP;
        }
        place.bound(pppoe.payloadLength(), layer);
        return Step.PPP;
    }

    Step gre() {
        Fault fault = gre.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.GRE, fault);
        }
        place.add(Layer.GRE, gre.headerLength());
        // An acknowledgement alone.
        if (place.present == 0) {
            return Step.STOP;
        }
        return place.tunnel(Layer.GRE, behindGre(gre.type()));
    }

    private Step behindGre(int type) {
        return switch (type) {
            case EtherType.IPV4, EtherType.IPV6, EtherType.ARP, EtherType.MPLS, EtherType.MPLS_UPSTREAM, EtherType.NSH,
                    EtherType.BRIDGED -> Step.ofEtherType(type);
            case EtherType.CMD -> Step.CMD_BEHIND_GRE;
            // Of old, transparent bridging.
            case 0x6400 -> Step.ETHERNET;
            case 0x6559 -> Step.FRAME_RELAY;
            case EtherType.PPP, 0x88D2 -> Step.PPP_HDLC;
            case EtherType.ERSPAN -> gre.hasSequence() ? Step.ERSPAN : Step.ERSPAN_1;
            case EtherType.ERSPAN_3 -> Step.ERSPAN;
            case EtherType.WCCP -> {
                // The redirect header may be there or not.
                if (place.octets.u8(place.at) >>> 4 != 4 && place.present > CONTROL_WORD) {
                    place.enter(CONTROL_WORD);
                }
                yield Step.IP;
            }
            // Aruba's access points.
            default -> type >= 0x8200 && type <= 0x8370 && (type & 0x0F) == 0 ? Step.WLAN : Step.STOP;
        };
    }

    /** Without a header of its own. */
    Step erspan1() {
        place.add(Layer.ERSPAN);
        return Step.ETHERNET;
    }

    Step erspan() {
        Fault fault = erspan.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.ERSPAN, fault);
        }
        place.add(Layer.ERSPAN, erspan.headerLength());
        return erspan.isEthernet() ? Step.ETHERNET : Step.STOP;
    }

    Step nsh() {
        Fault fault = nsh.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.NSH, fault);
        }
        place.add(Layer.NSH, nsh.headerLength());
        return place.tunnel(Layer.NSH, Step.ofServiceProtocol(nsh.nextProtocol()));
    }

    /** Version (4 bits) and reserved bits, RFC 3378 3. */
    Step etherip() {
        if (place.present < ETHERIP) {
            return place.stop(Layer.ETHERIP, Fault.HEADER_TRUNCATED);
        }
        place.add(Layer.ETHERIP, ETHERIP);
        return place.tunnel(Layer.ETHERIP, Step.ETHERNET);
    }

    /** A register message carries a datagram, RFC 7761 4.9.3. */
    Step pim() {
        if (place.present < PIM) {
            return place.stop(Layer.PIM, Fault.HEADER_TRUNCATED);
        }
        boolean isRegister = place.octets.u8(place.at) == PIM_REGISTER;
        place.add(Layer.PIM, PIM);
        return isRegister ? datagram(Layer.PIM) : Step.STOP;
    }

    Step l2tp() {
        Fault fault = l2tp.wrap(place.octets, place.at, place.present);
        if (fault == Fault.VERSION_UNKNOWN) {
            return Step.NOBODYS;
        }
        if (fault != Fault.NONE) {
            return place.stop(Layer.L2TP, fault);
        }
        place.add(Layer.L2TP, l2tp.headerLength());
        return l2tp.isControl() || place.present == 0 ? Step.STOP : place.tunnel(Layer.L2TP, Step.PPP_HDLC);
    }

    Step vxlan(boolean isGeneric) {
        Fault fault = vxlan.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.VXLAN, fault);
        }
        place.add(Layer.VXLAN, VxlanHeader.LENGTH);
        return place.tunnel(Layer.VXLAN, isGeneric ? Step.ofServiceProtocol(vxlan.nextProtocol()) : Step.ETHERNET);
    }

    Step geneve() {
        Fault fault = geneve.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.GENEVE, fault);
        }
        place.add(Layer.GENEVE, geneve.headerLength());
        return place.tunnel(Layer.GENEVE, Step.ofEtherType(geneve.type()));
    }

    /** Header of LISP's data plane, RFC 9300 5.1, which tells only what the two ends do. */
    Step lisp() {
        if (place.present < LISP) {
            return place.stop(Layer.LISP_DATA, Fault.HEADER_TRUNCATED);
        }
        place.add(Layer.LISP_DATA, LISP);
        return datagram(Layer.LISP_DATA);
    }

    /** An IP datagram, if its version is one. */
    private Step datagram(Layer tunnel) {
        if (place.present == 0) {
            return Step.STOP;
        }
        int version = place.octets.u8(place.at) >>> 4;
        return place.tunnel(tunnel, version == 4 ? Step.IPV4 : version == 6 ? Step.IPV6 : Step.STOP);
    }

    Step teredo() {
        Fault fault = teredo.wrap(place.octets, place.at, place.present);
        if (fault != Fault.NONE) {
            return place.stop(Layer.TEREDO, fault);
        }
        int header = teredo.headerLength();
        boolean isIpv6 = place.present > header && place.octets.u8(place.at + header) >>> 4 == 6;
        place.add(Layer.TEREDO, header);
        return isIpv6 ? place.tunnel(Layer.TEREDO, Step.IPV6) : Step.STOP;
    }
}
