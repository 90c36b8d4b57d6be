package io.seidex.reassemble;

import io.seidex.decode.Gtp1Header;
import io.seidex.decode.Ipv4Header;
import io.seidex.decode.Ipv6Header;
import io.seidex.decode.Packet;
import io.seidex.decode.PortsHeader;
import io.seidex.decode.VlanTag;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;

/**
 * What a packet travels in, as words of a key: VLANs, addresses, and what names a tunnel at its end: TEIDs, keys of GRE,
 * virtual networks. Ports of tunnels are no part of it: they may differ from packet to packet.
 */
final class Surroundings {
    /** Where the identifier of a virtual network stands, RFC 7348 5 and RFC 8926 3.4. */
    private static final int VNI = 4;
    /** RFC 2784 2 and RFC 2890 2: octets of the fixed part, and of each optional one. */
    private static final int GRE_LENGTH = 4;
    private static final int GRE_CHECKSUM = 0x8000;
    private static final int GRE_ROUTING = 0x4000;
    private static final int GRE_KEY = 0x2000;
    private static final int GRE_VERSION = 7;

    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final VlanTag vlan = new VlanTag();
    private final Gtp1Header gtp1 = new Gtp1Header();
    private final PortsHeader ports = new PortsHeader();

    /** Adds the layers from the outermost on, {@code end} not among them. */
    void add(Key key, Packet packet, int end) {
        Octets octets = packet.octets();
        for (int i = 0; i < end; i++) {
            Layer layer = packet.layer(i);
            long at = packet.at(i);
            int available = packet.available(i);
            switch (layer) {
                case VLAN, SERVICE_VLAN -> {
                    vlan.over(octets, at, available);
                    key.add(word(layer, vlan.id()));
                }
                case IP, IPV6 -> addresses(key, packet, i);
                case GTP -> {
                    gtp1.over(octets, at, available);
                    key.add(word(layer, gtp1.hasTeid() ? gtp1.teid() : 0));
                }
                case VXLAN, GENEVE -> {
                    if (available >= VNI + 3) {
                        key.add(word(layer, octets.u24(at + VNI)));
                    }
                }
                case GRE -> gre(key, octets, at, available);
                default -> {
                    // Does not tell packets apart, or carries none.
                }
            }
        }
    }

    /** Behind the flags and the protocol come a checksum and an offset, if there is a flag for them, and then the key. */
    private static void gre(Key key, Octets octets, long at, int available) {
        int flags = available >= GRE_LENGTH ? octets.u16(at) : 0;
        int place = (flags & (GRE_CHECKSUM | GRE_ROUTING)) == 0 ? GRE_LENGTH : 2 * GRE_LENGTH;
        boolean hasKey = (flags & GRE_KEY) != 0 && available >= place + GRE_LENGTH;
        // Version 1, RFC 2637: the first half of the key is a length.
        int version = flags & GRE_VERSION;
        key.add(word(Layer.GRE, !hasKey ? 0 : version == 1 ? octets.u16(at + place + 2) : octets.u32(at + place)));
    }

    /** Adds the two addresses of a layer that is IP. */
    void addresses(Key key, Packet packet, int index) {
        Layer layer = packet.layer(index);
        key.add(layer.ordinal());
        // The destination follows the source.
        if (layer == Layer.IP) {
            ipv4.over(packet.octets(), packet.at(index), packet.available(index));
            key.add(packet.octets(), ipv4.sourceAt(), 2 * 4);
        } else {
            ipv6.over(packet.octets(), packet.at(index), packet.available(index));
            key.add(packet.octets(), ipv6.sourceAt(), 2 * 16);
        }
    }

    /** Adds the two ports of a layer that has them. */
    void ports(Key key, Packet packet, int index) {
        ports.over(packet.octets(), packet.at(index), packet.available(index));
        key.add(word(packet.layer(index), (long) ports.sourcePort() << Short.SIZE | ports.destinationPort()));
    }

    private static long word(Layer layer, long value) {
        return (long) layer.ordinal() << Integer.SIZE | value;
    }
}
