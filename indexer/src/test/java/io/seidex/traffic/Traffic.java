package io.seidex.traffic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Packets of a mobile core, as many as wanted, the same for the same seed.
 *
 * <p>SMFs and UPFs associate, keep each other alive with heartbeats, and live through thousands of PFCP sessions at
 * once, over IPv4 and IPv6: establishment with SEID 0 in the header, modifications, reports, deletion; with rejections,
 * requests that nobody answers, retransmissions, SEIDs that return after deletion, the same SEID at several peers,
 * SEIDs above 2^32 and near 2^64, and several messages in one datagram. A share of user plane, of S11, of
 * Gn and of noise may be mixed in, and messages in pieces: datagrams as fragments, in tunnels too, messages of a protocol
 * that divides them itself, streams; some of the frames lost, captured twice, or out of order.
 *
 * <p>Sizes: the public captures with PFCP that we looked at (open5gs, OpenAirInterface, free5GC, bisdn; 353 messages)
 * have frames of 171 to 400 octets for an establishment request (mean 288), 101 to 160 for its response, 77 to 180 for
 * a modification request (mean 109), 58 to 66 for the short ones. Ours begin there and are larger, as products' are, by
 * QER, URR, SDF filter and User ID: about 490 octets for an establishment request, 140 for a packet on average. How
 * often each message comes is our own choice: a session is established, activated, lives through about six more
 * procedures, and is deleted.
 *
 * <p>Everything is a plan until {@link #write}, {@link #frames} or {@link #truth} runs it, each from its beginning.
 */
public final class Traffic {
    /** The plans that have a name and whose messages travel in one piece. */
    public static final List<String> NAMES =
            List.of("n4-session-churn", "n4-heartbeats", "n3-user-plane", "s11-attach", "mixed-core",
                    "every-interface");
    /** The plan some of whose messages travel in several. */
    public static final String PIECES = "pieces";
    /** The plan of connections alone. */
    public static final String STREAMS = "streams";
    /** A protocol whose header tells nothing but a length and a number, as a declaration. */
    public static final String RECORDS = """
            protocol records
            over tcp 9000
            header = size:u16; number:u32
            length size plus 2
            """;

    private final long seed;
    private int smfs = 4;
    private int upfs = 6;
    private int sessions = 8192;
    private int userPlane;
    private int gtpv2;
    private int gtpv1;
    private boolean detailed;
    private int noise;
    private int bundled = 5;
    private int ipv6Every = 3;
    private int linkType = CaptureWriter.ETHERNET;
    private int restarts;
    private int divided;
    private int streams;
    private int records;
    private int fragmented;
    private int lost;
    private int duplicated;
    private int disordered;

    private Traffic(long seed) {
        this.seed = seed;
    }

    /** PFCP sessions alone; the other methods change that. */
    public static Traffic seeded(long seed) {
        return new Traffic(seed);
    }

    /**
     * A plan by its name.
     * <pre>
     *  n4-session-churn   PFCP sessions alone, 8192 at once
     *  n4-heartbeats      256 peers that have no sessions
     *  n3-user-plane      one signalling packet in fifty
     *  s11-attach         GTPv2-C alone
     *  mixed-core         seven of ten packets user plane, three signalling: PFCP, S11, noise
     *  every-interface    mostly signalling: PFCP, S11 and Gn, in detail
     *  pieces             signalling, user plane, divided messages and streams; fragments, loss, repetition, disorder
     *  streams            GTP' and declared messages over TCP; loss, repetition, disorder
     * </pre>
     */
    public static Traffic named(String name, long seed) {
        Traffic plan = new Traffic(seed);
        return switch (name) {
            case "n4-session-churn" -> plan;
            case "n4-heartbeats" -> plan.smfs(16).upfs(16).sessions(0);
            case "n3-user-plane" -> plan.userPlane(98).sessions(2048);
            case "s11-attach" -> plan.smfs(1).upfs(1).gtpv2(100);
            case "mixed-core" -> plan.userPlane(70).gtpv2(20).noise(2);
            case "every-interface" -> plan.userPlane(20).gtpv2(35).gtpv1(25).noise(2).detailed(true);
            case PIECES -> plan.sessions(512).userPlane(10).gtpv2(10).noise(2).divided(40).streams(8)
                    .fragmented(5).lost(1).duplicated(5).disordered(20);
            case STREAMS -> plan.smfs(1).upfs(1).sessions(0).streams(8).records(8).lost(1).duplicated(5).disordered(20);
            default -> throw new IllegalArgumentException(
                    "no traffic is named " + name + "; there are " + NAMES + ", " + PIECES + " and " + STREAMS);
        };
    }

    public Traffic smfs(int count) {
        smfs = count;
        return this;
    }

    public Traffic upfs(int count) {
        upfs = count;
        return this;
    }

    /** How many sessions live at once, those of S11 included. */
    public Traffic sessions(int count) {
        sessions = count;
        return this;
    }

    /** Per cent of all packets that are GTP-U, once sessions are connected. */
    public Traffic userPlane(int perCent) {
        userPlane = perCent;
        return this;
    }

    /** Per cent of all sessions that are GTPv2-C on S11. */
    public Traffic gtpv2(int perCent) {
        gtpv2 = perCent;
        return this;
    }

    /** Per cent of all sessions that are GTPv1 between GSNs. */
    public Traffic gtpv1(int perCent) {
        gtpv1 = perCent;
        return this;
    }

    /** Whether messages say more than they must: locations, further rules, identifiers for charging. */
    public Traffic detailed(boolean whether) {
        detailed = whether;
        return this;
    }

    /** Per cent of all packets that are neither. */
    public Traffic noise(int perCent) {
        noise = perCent;
        return this;
    }

    /** Per cent of handovers, releases and queries that take requests of other sessions along in the same datagram. */
    public Traffic bundled(int perCent) {
        bundled = perCent;
        return this;
    }

    /** One of how many pairs of SMF and UPF talks over IPv6: 1 for all. */
    public Traffic ipv6Every(int pairs) {
        ipv6Every = pairs;
        return this;
    }

    /** Per mille of heartbeats instead of which a node restarts, or an association is released and set up again. */
    public Traffic restarts(int perMille) {
        restarts = perMille;
        return this;
    }

    /** How many clients divide their messages over datagrams of {@code udp_div}, all with the same identities. */
    public Traffic divided(int clients) {
        divided = clients;
        return this;
    }

    /** How many connections carry GTP' over TCP. */
    public Traffic streams(int connections) {
        streams = connections;
        return this;
    }

    /** How many connections carry messages of {@link #RECORDS}. */
    public Traffic records(int connections) {
        records = connections;
        return this;
    }

    /**
     * Per cent of datagrams that are divided into fragments, those that are too short excepted; of packets in tunnels half
     * inside, half outside of them.
     */
    public Traffic fragmented(int perCent) {
        fragmented = perCent;
        return this;
    }

    /** Per mille of frames that the capture lacks. */
    public Traffic lost(int perMille) {
        lost = perMille;
        return this;
    }

    /** Per mille of frames that are captured twice. */
    public Traffic duplicated(int perMille) {
        duplicated = perMille;
        return this;
    }

    /** Per mille of frames that up to a dozen others overtake. */
    public Traffic disordered(int perMille) {
        disordered = perMille;
        return this;
    }

    /** The link type: of Ethernet, the two Linux cooked ones, NULL, and raw IP. */
    public Traffic linkType(int number) {
        linkType = number;
        return this;
    }

    public long seed() {
        return seed;
    }

    public int sessions() {
        return sessions;
    }

    public int linkType() {
        return linkType;
    }

    int smfs() {
        return smfs;
    }

    int upfs() {
        return upfs;
    }

    int userPlane() {
        return userPlane;
    }

    int gtpv2() {
        return gtpv2;
    }

    int gtpv1() {
        return gtpv1;
    }

    boolean isDetailed() {
        return detailed;
    }

    int noise() {
        return noise;
    }

    int bundled() {
        return bundled;
    }

    int ipv6Every() {
        return ipv6Every;
    }

    int restarts() {
        return restarts;
    }

    int divided() {
        return divided;
    }

    int streams() {
        return streams;
    }

    int records() {
        return records;
    }

    int fragmented() {
        return fragmented;
    }

    int lost() {
        return lost;
    }

    int duplicated() {
        return duplicated;
    }

    int disordered() {
        return disordered;
    }

    /** Whether packets are captured as they were sent, each once. */
    boolean isPlain() {
        return fragmented == 0 && lost == 0 && duplicated == 0 && disordered == 0;
    }

    /** When the first packet comes: 2026-01-01T00:00:00Z. */
    long startNanos() {
        return CaptureBuilder.START;
    }

    /**
     * Writes a capture from the network's first packet on, and says how long it became.
     *
     * @param packets that the network sends; if they are divided, lost or repeated, the capture has more or fewer
     */
    public long write(Path file, CaptureFormat format, long packets) throws IOException {
        try (CaptureWriter writer = CaptureWriter.to(file, format, linkType)) {
            write(writer, packets);
            return writer.length();
        }
    }

    /** As {@link #write(Path, CaptureFormat, long)}, and beside the capture what became of messages in pieces. */
    public long write(Path file, CaptureFormat format, long packets, Path truth) throws IOException {
        try (CaptureWriter writer = CaptureWriter.to(file, format, linkType);
                TruthFile lines = new TruthFile(truth)) {
            send(new Network(this, null, lines), packets, lines, captured(writer));
            return writer.length();
        }
    }

    /** Writes packets to a capture that others write to as well. */
    public void write(CaptureWriter writer, long packets) throws IOException {
        send(new Network(this, null, Ledger.NONE), packets, Ledger.NONE, captured(writer));
    }

    private static Wire.Sink captured(CaptureWriter writer) {
        return (timeNanos, octets, length) -> writer.packet(timeNanos, octets, 0, length);
    }

    private void send(Network network, long packets, Ledger ledger, Wire.Sink sink) throws IOException {
        Wire wire = new Wire(this, ledger, sink);
        for (long i = 0; i < packets; i++) {
            network.next();
            wire.send(network);
        }
        wire.end();
    }

    /** A small capture in memory, as {@link #write} would write it. */
    public byte[] capture(CaptureFormat format, int packets) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureWriter.to(octets, format, linkType)) {
            write(writer, packets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    /**
     * Packets from the midst of the network's life, when all sessions have been through all their procedures: for those
     * who measure with a few thousand packets.
     */
    public byte[] steady(CaptureFormat format, int packets) {
        Network network = new Network(this, null, Ledger.NONE);
        for (long i = 40L * sessions + 10L * smfs * upfs; i > 0; i--) {
            network.next();
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureWriter.to(octets, format, linkType)) {
            send(network, packets, Ledger.NONE, captured(writer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    /** What {@link #write} writes in so many packets, for small numbers. */
    public Truth truth(int packets) {
        Truth truth = new Truth();
        try {
            send(new Network(this, truth, truth), packets, truth, (timeNanos, octets, length) -> truth.frame());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return truth;
    }
}
