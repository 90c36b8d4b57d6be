package io.seidex.query.dissect;

import io.seidex.decode.EtherType;
import io.seidex.decode.EthernetHeader;
import io.seidex.decode.LinkTypes;
import io.seidex.decode.Packet;
import io.seidex.decode.VlanTag;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.dictionary.KnownPorts;
import io.seidex.fault.Layer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The protocols of a packet in their order, as Wireshark's {@code frame.protocols} names them:
 * {@code eth:ethertype:ip:udp:pfcp}. It ends where Wireshark knows a protocol and this program does not: no {@code dns}, and no
 * {@code data} of what may be one.
 */
final class ProtocolChain {
    /** Where the types of Ethernet begin; between the lengths and them nothing is meant. */
    private static final int LEAST_TYPE = 1536;
    /** Where a cooked header of Linux says what hardware it is of; and a tunnel of GRE. */
    private static final int SLL_HARDWARE = 2;
    private static final int GRE_HARDWARE = 778;
    private static final byte[][] LABELS = new byte[Layer.count()][];
    /** What Wireshark calls the table that a type of Ethernet is looked up in. */
    private static final byte[] TYPES = octets("ethertype");
    /** The guess that Ethernet follows a stack of labels. */
    private static final byte[] GUESS = octets("pwethheuristic");
    private static final byte[] USER_LINK = octets("user_dlt");
    private static final byte[] PACKET_DATA = octets("pcap_pktdata");
    private static final byte[] RADIO = octets("wlan_radio");

    static {
        for (int layer = 0; layer < Layer.count(); layer++) {
            LABELS[layer] = octets(Layer.of(layer).label());
        }
    }

    private final byte[][] declared;
    private byte[] text = new byte[64];
    private int length;
    private Layer last;

    ProtocolChain(DeclaredProtocols declared) {
        this.declared = declared.all().stream().map(protocol -> octets(protocol.name())).toArray(byte[][]::new);
    }

    static byte[] octets(String label) {
        return label.getBytes(StandardCharsets.US_ASCII);
    }

    void clear() {
        length = 0;
        last = null;
    }

    /** Appends a layer, and what Wireshark goes through before and behind it. */
    void add(Packet packet, int index, int linkType) {
        Layer layer = packet.layer(index);
        boolean isRepeated = layer == last;
        last = layer;
        switch (layer) {
            case FRAME -> {
                // Nothing is decoded.
            }
            case DECLARED -> append(declared[packet.protocol(index)]);
            case RAW -> {
                if (linkType != LinkTypes.IPV4 && linkType != LinkTypes.IPV6) {
                    append(layer);
                }
            }
            case PKTAP -> {
                if (linkType != LinkTypes.PKTAP) {
                    append(USER_LINK);
                }
                append(layer);
                if (index < packet.count() - 1) {
                    append(PACKET_DATA);
                }
            }
            case MPLS, PFCP -> {
                // A stack of labels, messages in a row: once.
                if (!isRepeated) {
                    append(layer);
                }
            }
            case PWETHCW -> {
                append(GUESS);
                append(layer);
            }
            case WLAN -> {
                if (isBehindRadio(packet, index)) {
                    append(RADIO);
                }
                append(layer);
            }
            case IPV6 -> {
                if (isUnderTypeOfIpv4(packet, index, linkType)) {
                    append(Layer.IP);
                }
                append(layer);
            }
            case GTP, GTPPRIME -> append(isOfGtpPrime(packet, index) ? Layer.GTPPRIME : Layer.GTP);
            case GTPV2 -> {
                if (!isRepeated) {
                    append(Layer.GTP);
                    append(layer);
                }
            }
            default -> append(layer);
        }
        if (hasType(packet, index, linkType)) {
            append(TYPES);
        }
    }

    void append(Layer layer) {
        append(LABELS[layer.ordinal()]);
    }

    void append(byte[] label) {
        if (text.length < length + 1 + label.length) {
            text = Arrays.copyOf(text, 2 * (length + 1 + label.length));
        }
        if (length > 0) {
            text[length++] = ':';
        }
        System.arraycopy(label, 0, text, length, label.length);
        length += label.length;
    }

    /** Whether a layer says by a type of Ethernet what follows, and Wireshark looks there. */
    private static boolean hasType(Packet packet, int index, int linkType) {
        return switch (packet.layer(index)) {
            case ETH -> isType(packet, index, EthernetHeader.LENGTH);
            case VLAN, SERVICE_VLAN -> isType(packet, index, VlanTag.LENGTH);
            case CMD -> index == 0 || packet.layer(index - 1) != Layer.GRE;
            case SLL -> linkType == LinkTypes.SLL2 || packet.available(index) < SLL_HARDWARE + 2
                    || packet.octets().u16(packet.at(index) + SLL_HARDWARE) != GRE_HARDWARE;
            case MACSEC -> index < packet.count() - 1;
            case BACKBONE, VNTAG -> true;
            default -> false;
        };
    }

    private static boolean isBehindRadio(Packet packet, int index) {
        return index > 0 && switch (packet.layer(index - 1)) {
            case RADIOTAP, PRISM, WLANCAP, PPI -> true;
            default -> false;
        };
    }

    private static boolean isType(Packet packet, int index, int headerLength) {
        int type = packet.available(index) < headerLength ? 1
                : packet.octets().u16(packet.at(index) + headerLength - 2);
        return type >= LEAST_TYPE || type == EtherType.NONE;
    }

    /** Whether a header of version 6 stands where its predecessor announces version 4. */
    static boolean isUnderTypeOfIpv4(Packet packet, int index, int linkType) {
        if (index == 0) {
            return false;
        }
        return switch (packet.layer(index - 1)) {
            case RAW -> linkType == LinkTypes.IPV4;
            case ETH, VLAN, SERVICE_VLAN, SLL, CHDLC ->
                    packet.octets().u16(packet.at(index) - 2) == EtherType.IPV4;
            default -> false;
        };
    }

    private static boolean isOfGtpPrime(Packet packet, int index) {
        if (index == 0 || packet.layer(index - 1) != Layer.UDP) {
            return false;
        }
        long udp = packet.at(index - 1);
        return packet.octets().u16(udp) == KnownPorts.GTP_PRIME
                || packet.octets().u16(udp + 2) == KnownPorts.GTP_PRIME;
    }

    /** Makes it the text of a node. */
    void write(PacketTree tree, int node) {
        tree.ownText(node, text, length);
    }
}
