package io.seidex.traffic;

/** What else passes the tap: names, TCP, pings, ARP, echoes of GTP-C, and ICMP errors that quote PFCP. */
final class Noise {
    private static final byte[] HOST = Bytes.address("192.0.2.250");
    private static final byte[] OTHER_HOST = Bytes.address("198.51.100.250");
    private static final byte[] HOST_IPV6 = Bytes.address("2001:db8::250");
    private static final byte[] OTHER_HOST_IPV6 = Bytes.address("2001:db8:5::250");
    private static final byte[] QUESTION = Bytes.join(
            Bytes.labels("smf.node.5gc.mnc001.mcc001.3gppnetwork.org"), Bytes.hex("00 0001 0001"));

    private final Network network;

    Noise(Network network) {
        this.network = network;
    }

    void write() {
        Dice dice = network.dice;
        PacketBuilder p = network.p;
        switch (dice.below(10)) {
            case 0, 1 -> network.link(0)
                    .ip(HOST, OTHER_HOST)
                    .udp(dice.between(20_000, 60_000), 53)
                    .u16(dice.below(1 << 16))
                    .u16(0x0100)
                    .u16(1)
                    .zeros(6)
                    .octets(QUESTION);
            case 2, 3 -> network.link(200)
                    .ip(HOST, OTHER_HOST)
                    .tcp(dice.between(20_000, 60_000), 7777, (int) dice.bits(), 0x10);
            case 4 -> network.link(0)
                    .ip(HOST_IPV6, OTHER_HOST_IPV6)
                    .tcp(dice.between(20_000, 60_000), 7777, (int) dice.bits(), 0x02);
            case 5 -> network.link(0).ip(HOST, OTHER_HOST).icmp(8, 0, dice.below(1 << 16) << 16 | 1).zeros(48);
            case 6 -> {
                N4Peer peer = network.peers[dice.below(network.peers.length)];
                boolean ofUpf = dice.below(2) == 0;
                peer.unreachable(ofUpf);
                peer.heartbeat(dice.below(1 << 20), ofUpf);
            }
            case 7 -> {
                if (network.plan.linkType() == CaptureWriter.ETHERNET) {
                    network.link(dice.below(2) * 7).arp(HOST, OTHER_HOST);
                } else {
                    network.link(0).ip(HOST_IPV6, OTHER_HOST_IPV6).icmp(128, 0, 1).zeros(16);
                }
            }
            case 8 -> network.link(0)
                    .ip(HOST, OTHER_HOST)
                    .udp(Network.GTPC_PORT, Network.GTPC_PORT)
                    .gtp(2, 0, dice.below(1 << 16))
                    .u8(14)
                    .u8(7);
            default -> {
                network.link(0)
                        .ip(HOST_IPV6, OTHER_HOST_IPV6)
                        .udp(Network.GTPC_PORT, Network.GTPC_PORT)
                        .gtpv2(dice.between(1, 2), dice.below(1 << 23));
                GtpIes.recovery(p, 7);
            }
        }
    }
}
