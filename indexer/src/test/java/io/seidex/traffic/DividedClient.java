package io.seidex.traffic;

import java.nio.charset.StandardCharsets;

/**
 * Who sends messages of {@code udp_div}: a 32-bit length and a text, over datagrams that say which message they are of, the
 * how manieth they are, and of how many.
 *
 * <p>All clients count their messages alike. Of two clients each one has the addresses and ports of the other and differs by
 * its VLAN. If frames come out of order, so do the pieces of one message in three.
 *
 * <p>One client in four does not count, unless frames are lost or come out of order, and repeats itself: of its messages, one in
 * two has some pieces of the one before it, at the same places, or is the same.
 */
final class DividedClient extends Actor {
    private static final int PORT = 4352;
    private static final byte[] SERVER = Bytes.address("198.51.100.231");
    private static final byte[] SERVER_IPV6 = Bytes.address("2001:db8:4::231");
    private static final int VLAN = 300;
    private static final int MOST_PIECES = 9;
    /** Shorter pieces could be alike by chance. */
    private static final int LEAST = 40;
    private static final int MOST = 1200;
    /** Identities return: soon, or, if frames are lost, not before messages with holes are forgotten. */
    private static final int IDENTITIES = 4;
    private static final int IDENTITIES_WITH_LOSS = 2048;

    private final Network network;
    private final int place;
    private final byte[] address;
    private final byte[] server;
    private final int port;
    private final int identities;
    private final boolean repeatsItself;

    private final PacketBuilder message = new PacketBuilder();
    private final int[] order = new int[MOST_PIECES];
    private Message tracked;
    private long count;
    private int identity;
    private int pieces;
    private int size;
    private int sent;

    DividedClient(Network network, int place) {
        this.network = network;
        this.place = place;
        int pair = place / 2;
        boolean ipv6 = pair % 3 == 2;
        address = Bytes.address(ipv6 ? "2001:db8:4::" + Integer.toHexString(1 + pair) : "192.0.2." + (1 + pair % 99));
        server = ipv6 ? SERVER_IPV6 : SERVER;
        port = 50_000 + pair % 7;
        repeatsItself = place % 4 == 3;
        int returning = network.plan.disordered() == 0 && repeatsItself ? 1 : IDENTITIES;
        identities = network.plan.lost() == 0 ? returning : IDENTITIES_WITH_LOSS;
    }

    @Override
    void act() {
        Dice dice = network.dice;
        if (sent == pieces) {
            begin(dice);
        }
        int piece = order[sent++];
        int from = piece * size;
        int length = Math.min(size, message.length() - from);
        network.link(place % 2 == 0 ? 0 : VLAN).ip(address, server).udp(port, PORT)
                .u16(identity).u16(piece + 1).u16(pieces).octets(message.buffer(), from, length);
        network.brings(tracked, piece, piece + 1L);
        network.schedule(this, sent < pieces
                ? dice.between(1, 2 * Network.MILLISECOND)
                : dice.between(60 * Network.MILLISECOND, 200 * Network.MILLISECOND));
    }

    private void begin(Dice dice) {
        sent = 0;
        identity = (int) (count++ % identities);
        if (repeatsItself && count > 1 && dice.below(2) == 0) {
            // Another number in none, some or all pieces but the first, which the length begins.
            int mask = dice.below(1 << pieces - 1);
            for (int i = 1; i < pieces; i++) {
                if ((mask >> i - 1 & 1) != 0) {
                    message.buffer()[i * size] = (byte) ('a' + count % 26);
                }
            }
        } else {
            write(dice);
        }
        for (int i = 0; i < pieces; i++) {
            order[i] = i;
        }
        if (!repeatsItself && network.plan.disordered() > 0 && dice.below(3) == 0) {
            for (int i = pieces - 1; i > 0; i--) {
                int other = dice.below(i + 1);
                int swapped = order[i];
                order[i] = order[other];
                order[other] = swapped;
            }
        }
        String name = Bytes.hex(address) + ":" + port + (place % 2 == 0 ? "" : " VLAN " + VLAN) + " Ident " + identity;
        tracked = new Message(
                network.ledger, Truth.Kind.UDP_DIV, name, pieces, message.buffer(), 0, message.length());
    }

    private void write(Dice dice) {
        pieces = dice.between(1, MOST_PIECES);
        size = dice.between(LEAST, MOST);
        int length = pieces * size - dice.below(size - LEAST + 1);
        byte[] words = ("Message " + count + " of client " + place + ". ").getBytes(StandardCharsets.US_ASCII);
        message.reset().u32(length - 4);
        for (int left = length - 4; left > 0; left -= words.length) {
            message.octets(words, 0, Math.min(left, words.length));
        }
    }
}
