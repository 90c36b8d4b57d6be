package io.seidex.traffic;

import io.seidex.traffic.Network.Node;

/**
 * An SMF and a UPF that are associated: association setup first, heartbeats from either side ever after, unless a node
 * restarts, which all its peers notice by the Recovery Time Stamp, or the association is released and set up again.
 */
final class N4Peer extends Actor {
    private static final int HEARTBEAT_REQUEST = 1;
    private static final int HEARTBEAT_RESPONSE = 2;
    private static final int ASSOCIATION_SETUP_REQUEST = 5;
    private static final int ASSOCIATION_SETUP_RESPONSE = 6;
    private static final int ASSOCIATION_RELEASE_REQUEST = 9;
    private static final int ASSOCIATION_RELEASE_RESPONSE = 10;

    final int index;
    final Node smf;
    final Node upf;
    final boolean ipv6;
    /** Both address families in F-SEIDs. */
    final boolean dual;

    private final Network network;
    private final int vlan;
    private final int smfPort;
    private int smfSequence;
    private int upfSequence;

    private boolean associated;
    /** How often its nodes had lost their sessions when it was associated last. */
    private int losses;
    private int releases;
    private boolean releasing;
    private boolean asked;
    private boolean byUpf;
    private boolean deaf;
    private int sequence;

    N4Peer(Network network, int index, Node smf, Node upf) {
        this.network = network;
        this.index = index;
        this.smf = smf;
        this.upf = upf;
        this.ipv6 = (smf.index + upf.index) % network.plan.ipv6Every() == network.plan.ipv6Every() - 1;
        this.dual = index % 5 == 2;
        this.vlan = index % 4 == 1 ? 100 + index % 1000 : 0;
        this.smfPort = smf.index % 3 == 1 ? 40_000 + index : Network.PFCP_PORT;
        this.smfSequence = network.dice.below(1 << 20);
        this.upfSequence = network.dice.below(1 << 20);
    }

    byte[] address(Node node) {
        return ipv6 ? node.ipv6 : node.ipv4;
    }

    /** Where the UPF's end of user plane tunnels is. */
    byte[] userPlaneAddress() {
        return ipv6 ? upf.ipv6 : upf.userPlaneIpv4;
    }

    int nextSequence(boolean ofUpf) {
        return (ofUpf ? ++upfSequence : ++smfSequence) & 0xFFFFFF;
    }

    /**
     * Opens a datagram between the two.
     *
     * @param fromUpf who sends it
     * @param request whether its messages are requests: these go to PFCP's port, responses to where those came from
     */
    PacketBuilder datagram(boolean fromUpf, boolean request) {
        int from = !fromUpf && request ? smfPort : Network.PFCP_PORT;
        int to = fromUpf && !request ? smfPort : Network.PFCP_PORT;
        return network.link(vlan)
                .ip(address(fromUpf ? upf : smf), address(fromUpf ? smf : upf))
                .udp(from, to);
    }

    /** Opens the ICMP error that says that the other's datagram reached nobody, and the quoted datagram in it. */
    PacketBuilder unreachable(boolean quotedFromUpf) {
        byte[] quoting = address(quotedFromUpf ? smf : upf);
        byte[] quoted = address(quotedFromUpf ? upf : smf);
        PacketBuilder p = network.link(vlan).ip(quoting, quoted);
        return (ipv6 ? p.icmp(1, 4, 0) : p.icmp(3, 3, 0))
                .ip(quoted, quoting)
                .udp(quotedFromUpf ? Network.PFCP_PORT : smfPort, Network.PFCP_PORT);
    }

    @Override
    void act() {
        Dice dice = network.dice;
        if (asked && deaf) {
            deaf = false;
            datagram(byUpf, true);
            request();
            network.schedule(this, dice.between(1, 3 * Network.MILLISECOND));
            return;
        }
        if (asked) {
            asked = false;
            datagram(!byUpf, false);
            response();
            associated = !releasing;
            if (releasing) {
                releases++;
                releasing = false;
            } else {
                losses = losses();
            }
            network.schedule(this, dice.between(Network.SECOND / 2, 5 * Network.SECOND / 2));
            return;
        }
        if (associated && network.plan.restarts() > 0) {
            trouble(dice);
        }
        byUpf = associated && !releasing ? dice.below(2) == 0 : index % 7 == 3;
        deaf = associated && dice.perMille(10);
        sequence = nextSequence(byUpf);
        datagram(byUpf, true);
        request();
        asked = true;
        network.schedule(this, deaf ? Network.SECOND : dice.between(Network.MILLISECOND / 5, 4 * Network.MILLISECOND));
    }

    /** Whether sessions may be established. */
    boolean isAssociated() {
        return associated && !releasing && losses == losses();
    }

    /** How often the sessions between the two were lost. */
    int losses() {
        return smf.restarts + upf.restarts + releases;
    }

    private void trouble(Dice dice) {
        if (dice.perMille(network.plan.restarts())) {
            switch (dice.below(3)) {
                case 0 -> upf.restart(network.timeNanos());
                case 1 -> smf.restart(network.timeNanos());
                default -> releasing = true;
            }
        }
        if (losses != losses()) {
            losses = losses();
            associated = false;
            releasing = false;
        }
    }

    /** A heartbeat request as the noise quotes it. */
    void heartbeat(int number, boolean ofUpf) {
        network.message(HEARTBEAT_REQUEST);
        network.p.pfcp(HEARTBEAT_REQUEST, number);
        PfcpIes.recoveryTimeStamp(network.p, recovery(ofUpf));
    }

    private void request() {
        PacketBuilder p = network.p;
        if (releasing) {
            network.message(ASSOCIATION_RELEASE_REQUEST);
            p.pfcp(ASSOCIATION_RELEASE_REQUEST, sequence);
            nodeId(byUpf);
        } else if (associated) {
            network.message(HEARTBEAT_REQUEST);
            p.pfcp(HEARTBEAT_REQUEST, sequence);
            PfcpIes.recoveryTimeStamp(p, recovery(byUpf));
        } else {
            network.message(ASSOCIATION_SETUP_REQUEST);
            p.pfcp(ASSOCIATION_SETUP_REQUEST, sequence);
            describe(byUpf);
        }
    }

    private void response() {
        PacketBuilder p = network.p;
        if (releasing) {
            network.message(ASSOCIATION_RELEASE_RESPONSE);
            p.pfcp(ASSOCIATION_RELEASE_RESPONSE, sequence);
            nodeId(!byUpf);
            PfcpIes.cause(p, PfcpIes.ACCEPTED);
        } else if (associated) {
            network.message(HEARTBEAT_RESPONSE);
            p.pfcp(HEARTBEAT_RESPONSE, sequence);
            PfcpIes.recoveryTimeStamp(p, recovery(!byUpf));
        } else {
            network.message(ASSOCIATION_SETUP_RESPONSE);
            p.pfcp(ASSOCIATION_SETUP_RESPONSE, sequence);
            nodeId(!byUpf);
            PfcpIes.cause(p, PfcpIes.ACCEPTED);
            PfcpIes.recoveryTimeStamp(p, recovery(!byUpf));
            features(!byUpf);
        }
    }

    private void describe(boolean upfSpeaks) {
        nodeId(upfSpeaks);
        PfcpIes.recoveryTimeStamp(network.p, recovery(upfSpeaks));
        features(upfSpeaks);
    }

    private void features(boolean upfSpeaks) {
        if (upfSpeaks) {
            PfcpIes.upFunctionFeatures(network.p);
        } else {
            PfcpIes.cpFunctionFeatures(network.p);
        }
    }

    /** Some nodes say their name, others their address. */
    void nodeId(boolean ofUpf) {
        Node node = ofUpf ? upf : smf;
        if (index % 6 == 4) {
            PfcpIes.nodeName(network.p, ofUpf ? UPF_NAME : SMF_NAME);
        } else {
            PfcpIes.nodeId(network.p, address(node));
        }
    }

    private static final byte[] SMF_NAME = Bytes.labels("smf.node.5gc.mnc001.mcc001.3gppnetwork.org");
    private static final byte[] UPF_NAME = Bytes.labels("upf.node.5gc.mnc001.mcc001.3gppnetwork.org");

    private long recovery(boolean ofUpf) {
        Node node = ofUpf ? upf : smf;
        return node.restarts > 0
                ? node.restartNanos
                : network.plan.startNanos() - (ofUpf ? 3_600L + upf.index : 86_400L + smf.index) * 1_000_000_000L;
    }
}
