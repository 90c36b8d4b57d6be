package io.seidex.traffic;

import java.nio.charset.StandardCharsets;

/**
 * A mobile core at work: SMFs and UPFs that know each other, their sessions, base stations, an S11 interface, noise.
 *
 * <p>Time is a wheel of ticks. An {@link Actor} is on it once and acts when its tick comes; user plane and noise are
 * drawn between. Every packet is written into one {@link PacketBuilder}; nothing is allocated once all actors have
 * acted.
 */
final class Network {
    /** 20 microseconds; the wheel is 2.6 s around. */
    static final int TICK_NANOS = 20_000;
    private static final int TICKS = 1 << 17;

    static final int MILLISECOND = 1_000_000 / TICK_NANOS;
    static final int SECOND = 1000 * MILLISECOND;

    static final int PFCP_PORT = 8805;
    static final int GTPC_PORT = 2123;
    static final int GTPU_PORT = 2152;

    static final byte[][] DNNS = {
        Bytes.labels("internet"), Bytes.labels("ims"), Bytes.labels("iot.example"),
        Bytes.labels("corporate.example.gprs")
    };
    /** The same as free text: both ways of writing a network instance are common. */
    static final byte[][] INSTANCES = {
        Bytes.labels("access"), "core".getBytes(StandardCharsets.US_ASCII), Bytes.labels("core.oam")
    };

    private static final byte[][] STATIONS_IPV4 = new byte[64][];
    private static final byte[][] STATIONS_IPV6 = new byte[64][];

    static {
        for (int i = 0; i < STATIONS_IPV4.length; i++) {
            STATIONS_IPV4[i] = Bytes.address("203.0.113." + (1 + i));
            STATIONS_IPV6[i] = Bytes.address("2001:db8:3::" + Integer.toHexString(1 + i));
        }
    }

    final Traffic plan;
    final Truth truth;
    final Ledger ledger;
    final Dice dice;
    final PacketBuilder p = new PacketBuilder();
    final N4Peer[] peers;
    final N4Session[] sessions;

    private final Actor[] wheel = new Actor[TICKS];
    private final UserPlane userPlane;
    private final Noise noise;
    private long tick;
    private long timeNanos;
    private long number;
    private boolean written;
    private Arrival into;
    private long from;
    private long to;

    Network(Traffic plan, Truth truth, Ledger ledger) {
        this.plan = plan;
        this.truth = truth;
        this.ledger = ledger;
        this.dice = new Dice(plan.seed());
        this.timeNanos = plan.startNanos();
        Node[] smfs = nodes(plan.smfs(), "192.0.2.", 1, "2001:db8:1::");
        Node[] upfs = nodes(plan.upfs(), "198.51.100.", 1, "2001:db8:2::");
        peers = new N4Peer[smfs.length * upfs.length];
        for (int i = 0; i < peers.length; i++) {
            peers[i] = new N4Peer(this, i, smfs[i % smfs.length], upfs[i / smfs.length % upfs.length]);
            schedule(peers[i], dice.between(1, 5 * MILLISECOND));
        }
        int attaches = plan.sessions() * plan.gtpv2() / 100;
        int contexts = plan.sessions() * plan.gtpv1() / 100;
        sessions = new N4Session[plan.sessions() - attaches - contexts];
        for (int i = 0; i < sessions.length; i++) {
            sessions[i] = new N4Session(this, i, peers[i % peers.length]);
            schedule(sessions[i], dice.between(20 * MILLISECOND, SECOND));
        }
        for (int i = 0; i < attaches; i++) {
            schedule(new S11Session(this, i), dice.between(1, SECOND));
        }
        for (int i = 0; i < contexts; i++) {
            schedule(new GnSession(this, i), dice.between(1, SECOND));
        }
        for (int i = 0; i < plan.divided(); i++) {
            schedule(new DividedClient(this, i), dice.between(1, 100 * MILLISECOND));
        }
        for (int i = 0; i < plan.streams(); i++) {
            schedule(new GaSession(this, i), dice.between(1, 100 * MILLISECOND));
        }
        for (int i = 0; i < plan.records(); i++) {
            schedule(new RecordSession(this, i), dice.between(1, 100 * MILLISECOND));
        }
        userPlane = new UserPlane(this);
        noise = new Noise(this);
    }

    private static Node[] nodes(int count, String ipv4, int first, String ipv6) {
        Node[] nodes = new Node[count];
        for (int i = 0; i < count; i++) {
            nodes[i] = new Node(i, ipv4 + (first + i % 100), ipv4 + (first + 100 + i % 100),
                    ipv6 + Integer.toHexString(i + 1));
        }
        return nodes;
    }

    /** Writes the next packet into {@link #p}. */
    void next() {
        int share = dice.below(100);
        number++;
        written = false;
        into = null;
        if (share < plan.userPlane() && userPlane.write()) {
            pass(dice.between(200, 2_000));
        } else if (share >= 100 - plan.noise()) {
            noise.write();
            pass(dice.between(200, 2_000));
        } else {
            act();
        }
        p.finish();
    }

    /** Time of the packet, nanoseconds since 1970. */
    long timeNanos() {
        return timeNanos;
    }

    /** Number of the packet, from 1. */
    long number() {
        return number;
    }

    /** The packet brings a piece of something. */
    void brings(Arrival what, long first, long behind) {
        into = what;
        from = first;
        to = behind;
    }

    /** What the packet brings a piece of; null if nothing. */
    Arrival into() {
        return into;
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    void schedule(Actor actor, int ticks) {
        int slot = (int) (tick + Math.clamp(ticks, 1, TICKS - 1)) & TICKS - 1;
        actor.nextOfTick = wheel[slot];
        wheel[slot] = actor;
    }

    private void act() {
        while (!written) {
            int slot = (int) tick & TICKS - 1;
            Actor actor = wheel[slot];
            if (actor == null) {
                tick++;
                continue;
            }
            wheel[slot] = actor.nextOfTick;
            actor.nextOfTick = null;
            long before = timeNanos;
            timeNanos = Math.max(timeNanos + dice.between(100, 1_000),
                    plan.startNanos() + tick * TICK_NANOS + dice.below(1_000));
            actor.act();
            if (!written) {
                timeNanos = before;
            }
        }
    }

    private void pass(int nanos) {
        timeNanos += nanos;
    }

    /** Opens the packet's link layer. */
    PacketBuilder link(int vlan) {
        written = true;
        p.reset();
        switch (plan.linkType()) {
            case CaptureWriter.ETHERNET -> p.ethernet();
            case CaptureWriter.SLL -> p.sll();
            case CaptureWriter.SLL2 -> p.sll2();
            case CaptureWriter.NULL -> p.loopback();
            default -> {
                return p;
            }
        }
        return vlan > 0 && plan.linkType() != CaptureWriter.NULL ? p.vlan(vlan) : p;
    }

    /** The address of a base station. */
    byte[] baseStation(boolean ipv6) {
        byte[][] stations = ipv6 ? STATIONS_IPV6 : STATIONS_IPV4;
        return stations[dice.below(stations.length)];
    }

    /** Notes that the packet holds a SEID. */
    void seid(long seid) {
        if (truth != null) {
            truth.seid(number, seid);
        }
    }

    /** Notes that the packet holds a PFCP message. */
    void message(int type) {
        if (truth != null) {
            truth.message(number, type);
        }
    }

    /** Notes that the packet names a subscriber. */
    void imsi(byte[] tbcd) {
        if (truth != null) {
            truth.imsi(number, tbcd);
        }
    }

    /** An SMF or a UPF: its addresses, and how it numbers what it assigns. */
    static final class Node {
        final int index;
        final byte[] ipv4;
        final byte[] userPlaneIpv4;
        final byte[] ipv6;
        /** How often it restarted, and when it did last. */
        int restarts;
        long restartNanos;
        private long assigned;

        Node(int index, String ipv4, String userPlaneIpv4, String ipv6) {
            this.index = index;
            this.ipv4 = Bytes.address(ipv4);
            this.userPlaneIpv4 = Bytes.address(userPlaneIpv4);
            this.ipv6 = Bytes.address(ipv6);
        }

        void restart(long timeNanos) {
            restarts++;
            restartNanos = timeNanos;
            assigned = 0;
        }

        /** Products number in their own ways, so the same SEID lives at several peers and some are huge. */
        long assignSeid(Dice dice) {
            long count = ++assigned;
            return switch (index & 3) {
                case 0 -> count;
                case 1 -> 0x0014_0000_0000_0000L + count;
                case 2 -> -1L - count;
                default -> dice.bits() | 1;
            };
        }
    }
}
