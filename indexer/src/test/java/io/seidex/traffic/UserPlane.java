package io.seidex.traffic;

import java.nio.charset.StandardCharsets;

/**
 * GTP-U between base stations and UPFs, for the sessions that are connected just then.
 *
 * <p>Sizes of the inner packets are our own choice, three kinds as in the usual simple mixes: seven of twelve small (40
 * to 100 octets), four of about 576, one of about 1400.
 */
final class UserPlane {
    private static final byte[] CONTENT = content();
    private static final byte[][] SERVERS_IPV4 = {Bytes.address("198.18.0.1"), Bytes.address("198.18.7.77")};
    private static final byte[][] SERVERS_IPV6 = {Bytes.address("2001:db8:f::1"), Bytes.address("2001:db8:f::77")};

    private final Network network;

    UserPlane(Network network) {
        this.network = network;
    }

    /** Writes a packet of one of the connected sessions; false if none was met. */
    boolean write() {
        Dice dice = network.dice;
        N4Session[] sessions = network.sessions;
        for (int tries = 0; sessions.length > 0 && tries < 16; tries++) {
            N4Session session = sessions[dice.below(sessions.length)];
            if (session.isConnected()) {
                write(session, dice);
                return true;
            }
        }
        return false;
    }

    private void write(N4Session session, Dice dice) {
        boolean uplink = dice.below(3) == 0;
        byte[] station = session.baseStation();
        byte[] gateway = session.gateway();
        PacketBuilder p = network.link(0).ip(uplink ? station : gateway, uplink ? gateway : station);
        p.udp(Network.GTPU_PORT, Network.GTPU_PORT);
        int kind = dice.below(1000);
        if (kind < 5) {
            p.gtp(1, 0, dice.below(1 << 16));
        } else if (kind < 10) {
            p.gtp(2, 0, dice.below(1 << 16)).u8(14).u8(0);
        } else if (kind < 15) {
            p.gtp(254, uplink ? session.uplinkTeid() : session.downlinkTeid());
        } else if (kind < 18) {
            p.gtp(26, 0, 0).u8(16).u32(uplink ? session.downlinkTeid() : session.uplinkTeid());
            p.u8(133).u16(station.length).octets(uplink ? station : gateway);
        } else {
            packet(session, dice, uplink);
        }
    }

    private void packet(N4Session session, Dice dice, boolean uplink) {
        PacketBuilder p = network.p.gtpPdu(
                uplink ? session.uplinkTeid() : session.downlinkTeid(), uplink ? 1 : 0, 9);
        byte[] ue = session.ueAddress();
        byte[] server = (ue.length == 4 ? SERVERS_IPV4 : SERVERS_IPV6)[dice.below(2)];
        p.ip(uplink ? ue : server, uplink ? server : ue);
        int size = dice.below(12);
        int length = size < 7 ? dice.between(0, 60) : size < 11 ? dice.between(500, 560) : dice.between(1300, 1380);
        int port = 40_000 + dice.below(64);
        if (dice.below(2) == 0) {
            p.udp(uplink ? port : 7777, uplink ? 7777 : port);
        } else {
            p.tcp(uplink ? port : 7777, uplink ? 7777 : port, (int) dice.bits(), 0x10);
        }
        p.octets(CONTENT, dice.below(64), length);
    }

    private static byte[] content() {
        String line = "What the people in the trains say to the people at home. ";
        return line.repeat(32).getBytes(StandardCharsets.US_ASCII);
    }
}
