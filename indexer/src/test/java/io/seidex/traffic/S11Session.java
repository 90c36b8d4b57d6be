package io.seidex.traffic;

/**
 * The life of a PDN connection between an MME and an SGW: create session, often with a bearer piggybacked on the
 * response, modify bearer, and an end that either side begins.
 */
final class S11Session extends Actor {
    private static final int CREATE_SESSION_REQUEST = 32;
    private static final int CREATE_SESSION_RESPONSE = 33;
    private static final int MODIFY_BEARER_REQUEST = 34;
    private static final int MODIFY_BEARER_RESPONSE = 35;
    private static final int DELETE_SESSION_REQUEST = 36;
    private static final int DELETE_SESSION_RESPONSE = 37;
    private static final int CREATE_BEARER_REQUEST = 95;
    private static final int CREATE_BEARER_RESPONSE = 96;
    private static final int DELETE_BEARER_REQUEST = 99;
    private static final int DELETE_BEARER_RESPONSE = 100;

    private static final int ACCEPTED = 16;
    private static final int REJECTED = 73;

    private static final int S1U_ENODEB = 0;
    private static final int S1U_SGW = 1;
    private static final int S5_PGW = 7;
    private static final int S11_MME = 10;
    private static final int S11_SGW = 11;

    private enum Step {
        CREATE,
        CREATED,
        MORE_BEARERS,
        MODIFY,
        MODIFIED,
        PASTIME,
        DELETE,
        DELETED,
        DELETE_BY_SGW,
        DELETED_BY_SGW
    }

    private final Network network;
    private final byte[] mme;
    private final byte[] sgw;
    private final byte[] pgw = Bytes.address("192.0.2.240");
    private final byte[] noAddress = new byte[4];
    private final byte[] ue = {10, 0, 0, 0};
    private final byte[] ueIpv6 = Bytes.address("2001:db8:b::1");
    private final byte[] imsi = new byte[8];
    private final byte[] mei = new byte[8];
    private final byte[] msisdn = new byte[6];

    private Step step = Step.CREATE;
    private int mmeTeid;
    private int sgwTeid;
    private int userTeid;
    private int sequence;
    private int bearerSequence;
    private byte[] station;
    private boolean piggybacked;
    private boolean rejected;

    S11Session(Network network, int place) {
        this.network = network;
        mme = Bytes.address("192.0.2." + (201 + place % 4));
        sgw = Bytes.address("198.51.100." + (201 + place % 3));
    }

    @Override
    void act() {
        Dice dice = network.dice;
        switch (step) {
            case CREATE -> {
                attach(dice);
                createSession();
                then(Step.CREATED, dice.between(Network.MILLISECOND, 20 * Network.MILLISECOND));
            }
            case CREATED -> {
                sessionCreated();
                then(
                        rejected ? Step.CREATE : piggybacked ? Step.MORE_BEARERS : Step.MODIFY,
                        rejected ? Network.SECOND : dice.between(Network.MILLISECOND, 20 * Network.MILLISECOND));
            }
            case MORE_BEARERS -> {
                to(sgw);
                bearerCreated();
                modifyBearer();
                then(Step.MODIFIED, dice.between(Network.MILLISECOND, 10 * Network.MILLISECOND));
            }
            case MODIFY -> {
                to(sgw);
                modifyBearer();
                then(Step.MODIFIED, dice.between(Network.MILLISECOND, 10 * Network.MILLISECOND));
            }
            case MODIFIED -> {
                bearerModified();
                then(Step.PASTIME, dice.between(Network.SECOND / 10, 2 * Network.SECOND));
            }
            case PASTIME -> {
                sequence = dice.below(1 << 23);
                int chance = dice.below(10);
                step = chance < 5 ? Step.MODIFY : chance < 8 ? Step.DELETE : Step.DELETE_BY_SGW;
                station = network.baseStation(false);
                act();
            }
            case DELETE -> {
                to(sgw).gtpv2(DELETE_SESSION_REQUEST, sgwTeid, sequence);
                GtpIes.ebi(network.p, 5);
                then(Step.DELETED, dice.between(Network.MILLISECOND, 10 * Network.MILLISECOND));
            }
            case DELETED -> {
                to(mme).gtpv2(DELETE_SESSION_RESPONSE, mmeTeid, sequence);
                GtpIes.cause(network.p, ACCEPTED);
                then(Step.CREATE, dice.between(Network.SECOND / 10, Network.SECOND));
            }
            case DELETE_BY_SGW -> {
                to(mme).gtpv2(DELETE_BEARER_REQUEST, mmeTeid, sequence);
                GtpIes.ebi(network.p, 5);
                then(Step.DELETED_BY_SGW, dice.between(Network.MILLISECOND, 10 * Network.MILLISECOND));
            }
            case DELETED_BY_SGW -> {
                to(sgw).gtpv2(DELETE_BEARER_RESPONSE, sgwTeid, sequence);
                GtpIes.cause(network.p, ACCEPTED);
                GtpIes.ebi(network.p, 5);
                then(Step.CREATE, dice.between(Network.SECOND / 10, Network.SECOND));
            }
        }
    }

    private void then(Step following, int ticks) {
        step = following;
        network.schedule(this, ticks);
    }

    private void attach(Dice dice) {
        int subscriber = dice.below(Math.max(16, network.plan.sessions() * 8));
        N4Session.digits(imsi, 1_010_000_000_000L + subscriber, 15);
        N4Session.digits(mei, 350_000_000_000_000L + subscriber * 7L, 15);
        N4Session.digits(msisdn, 99_900_000_000L + subscriber, 11);
        ue[1] = (byte) (subscriber >>> 16);
        ue[2] = (byte) (subscriber >>> 8);
        ue[3] = (byte) subscriber;
        ueIpv6[6] = (byte) (subscriber >>> 8);
        ueIpv6[7] = (byte) subscriber;
        mmeTeid = (int) dice.bits() | 1;
        sgwTeid = (int) dice.bits() | 1;
        userTeid = (int) dice.bits() | 1;
        sequence = dice.below(1 << 23);
        bearerSequence = dice.below(1 << 23);
        station = network.baseStation(false);
        piggybacked = dice.below(3) == 0;
        rejected = dice.perMille(20);
    }

    private PacketBuilder to(byte[] node) {
        return network.link(0)
                .ip(node == mme ? sgw : mme, node)
                .udp(Network.GTPC_PORT, Network.GTPC_PORT);
    }

    private void createSession() {
        PacketBuilder p = to(sgw).gtpv2(CREATE_SESSION_REQUEST, 0, sequence);
        network.imsi(imsi);
        GtpIes.imsi(p, imsi);
        GtpIes.msisdn(p, msisdn);
        GtpIes.mei(p, mei);
        if (network.plan.isDetailed()) {
            GtpIes.location(p, mmeTeid & 0x3F, mmeTeid & 0xFFFFF);
        }
        GtpIes.servingNetwork(p);
        GtpIes.ratType(p);
        GtpIes.fTeid(p, 0, S11_MME, mmeTeid, mme);
        GtpIes.fTeid(p, 1, S5_PGW, 0, pgw);
        GtpIes.apn(p, Network.DNNS[0]);
        GtpIes.selectionMode(p);
        GtpIes.pdnType(p);
        GtpIes.paa(p, noAddress);
        GtpIes.ambr(p, 50_000, 150_000);
        p.gtpv2Ie(GtpIes.BEARER_CONTEXT, 0);
        GtpIes.ebi(p, 5);
        GtpIes.bearerQos(p, 9);
        p.end();
    }

    private void sessionCreated() {
        PacketBuilder p = to(mme).gtpv2(CREATE_SESSION_RESPONSE, mmeTeid, sequence);
        if (rejected) {
            if (network.plan.isDetailed()) {
                GtpIes.cause(p, REJECTED, GtpIes.BEARER_CONTEXT);
            } else {
                GtpIes.cause(p, REJECTED);
            }
            return;
        }
        GtpIes.cause(p, ACCEPTED);
        GtpIes.fTeid(p, 0, S11_SGW, sgwTeid, sgw);
        GtpIes.fTeid(p, 1, S5_PGW, userTeid ^ 0x5555, pgw);
        if (network.plan.isDetailed()) {
            GtpIes.paa(p, ue, ueIpv6);
        } else {
            GtpIes.paa(p, ue);
        }
        GtpIes.ambr(p, 50_000, 150_000);
        p.gtpv2Ie(GtpIes.BEARER_CONTEXT, 0);
        GtpIes.ebi(p, 5);
        GtpIes.cause(p, ACCEPTED);
        GtpIes.fTeid(p, 0, S1U_SGW, userTeid, sgw);
        if (network.plan.isDetailed()) {
            GtpIes.chargingId(p, userTeid ^ 0x3333);
        }
        p.end();
        if (piggybacked) {
            p.gtpv2(CREATE_BEARER_REQUEST, mmeTeid, bearerSequence);
            GtpIes.ebi(p, 5);
            p.gtpv2Ie(GtpIes.BEARER_CONTEXT, 0);
            GtpIes.ebi(p, 0);
            GtpIes.bearerTft(p, 5060);
            GtpIes.fTeid(p, 0, S1U_SGW, userTeid + 1, sgw);
            GtpIes.bearerQos(p, 1);
            p.end();
        }
    }

    private void bearerCreated() {
        PacketBuilder p = network.p.gtpv2(CREATE_BEARER_RESPONSE, sgwTeid, bearerSequence);
        GtpIes.cause(p, ACCEPTED);
        p.gtpv2Ie(GtpIes.BEARER_CONTEXT, 0);
        GtpIes.ebi(p, 6);
        GtpIes.cause(p, ACCEPTED);
        GtpIes.fTeid(p, 0, S1U_ENODEB, userTeid + 2, station);
        GtpIes.fTeid(p, 1, S1U_SGW, userTeid + 1, sgw);
        p.end();
    }

    private void modifyBearer() {
        PacketBuilder p = network.p.gtpv2(MODIFY_BEARER_REQUEST, sgwTeid, sequence + 1);
        p.gtpv2Ie(GtpIes.BEARER_CONTEXT, 0);
        GtpIes.ebi(p, 5);
        GtpIes.fTeid(p, 0, S1U_ENODEB, userTeid + 3, station);
        p.end();
    }

    private void bearerModified() {
        PacketBuilder p = to(mme).gtpv2(MODIFY_BEARER_RESPONSE, mmeTeid, sequence + 1);
        GtpIes.cause(p, ACCEPTED);
        p.gtpv2Ie(GtpIes.BEARER_CONTEXT, 0);
        GtpIes.ebi(p, 5);
        GtpIes.cause(p, ACCEPTED);
        GtpIes.fTeid(p, 0, S1U_SGW, userTeid, sgw);
        p.end();
    }
}
