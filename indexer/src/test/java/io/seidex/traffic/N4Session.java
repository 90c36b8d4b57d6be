package io.seidex.traffic;

/**
 * The life of PFCP sessions that use one place one after another: establishment, modifications, reports, deletion, and
 * then the next subscriber's.
 *
 * <p>A message depends on nothing but the session's fields, so a retransmission repeats it octet for octet. What is
 * left to chance is drawn when a procedure begins.
 */
final class N4Session extends Actor {
    private static final int ESTABLISHMENT_REQUEST = 50;
    private static final int MODIFICATION_REQUEST = 52;
    private static final int DELETION_REQUEST = 54;
    private static final int REPORT_REQUEST = 56;

    private static final int ACCESS = 0;
    private static final int CORE = 1;
    private static final int FORWARD = 0x02;
    private static final int BUFFER_AND_NOTIFY = 0x0C;
    private static final int MOST_COMPANIONS = 3;

    private enum Procedure {
        ESTABLISH,
        ACTIVATE,
        HANDOVER,
        RELEASE,
        QUERY,
        USAGE_REPORT,
        DOWNLINK_REPORT,
        DELETE
    }

    /** How an exchange goes. */
    private enum Outcome {
        ANSWERED,
        REJECTED,
        ANSWERED_AFTER_A_COPY,
        BOTH_COPIES_ANSWERED,
        UNANSWERED
    }

    private final Network network;
    private final int place;
    private final N4Peer peer;

    // who
    private long cpSeid;
    private long upSeid;
    private final byte[] imsi = new byte[8];
    private final byte[] imei = new byte[8];
    private final byte[] msisdn = new byte[6];
    private final byte[] ueIpv4 = {10, 0, 0, 0};
    private final byte[] ueIpv6 = Bytes.address("2001:db8:a000::1");
    private boolean ueHasIpv6;
    private boolean named;
    private boolean upfChooses;
    private boolean filtered;
    private byte[] dnn;

    // where
    private boolean up;
    private boolean connected;
    private int uplinkTeid;
    private int downlinkTeid;
    private byte[] baseStation = new byte[4];
    private int urSeqn;
    private long uplinkOctets;
    private long downlinkOctets;
    private long sinceNanos;

    // what is going on
    private Procedure procedure = Procedure.ESTABLISH;
    private Outcome outcome;
    private boolean waiting;
    private int copies;
    private int sequence;
    private int rejection;
    private long untilNanos;
    private final N4Session[] companions = new N4Session[MOST_COMPANIONS];
    private final int[] companionSequences = new int[MOST_COMPANIONS];
    private int companionCount;
    private boolean accompanies;
    /** What its peers had lost when it began. */
    private int losses;

    N4Session(Network network, int place, N4Peer peer) {
        this.network = network;
        this.place = place;
        this.peer = peer;
        subscribe(false);
    }

    /** Whether user plane may flow. */
    boolean isConnected() {
        return up && connected;
    }

    int uplinkTeid() {
        return uplinkTeid;
    }

    int downlinkTeid() {
        return downlinkTeid;
    }

    byte[] baseStation() {
        return baseStation;
    }

    byte[] gateway() {
        return peer.userPlaneAddress();
    }

    byte[] ueAddress() {
        return ueHasIpv6 ? ueIpv6 : ueIpv4;
    }

    @Override
    void act() {
        if (network.plan.restarts() > 0 && !accompanies && isLost()) {
            return;
        }
        if (accompanies) {
            network.schedule(this, 10 * Network.MILLISECOND);
        } else if (!waiting) {
            begin();
        } else if (copies > 0) {
            copies--;
            request();
            network.schedule(this, copies > 0 || outcome == Outcome.UNANSWERED ? Network.SECOND : answerTime());
        } else if (outcome == Outcome.UNANSWERED) {
            waiting = false;
            done(false);
            begin();
        } else {
            response();
            if (outcome == Outcome.BOTH_COPIES_ANSWERED) {
                outcome = Outcome.ANSWERED;
                network.schedule(this, Network.MILLISECOND);
            } else {
                waiting = false;
                done(outcome != Outcome.REJECTED);
                network.schedule(this, pause());
            }
        }
    }

    /** Whether the peers forgot the session, or have no association: then it begins anew when they have. */
    private boolean isLost() {
        if (!peer.isAssociated()) {
            network.schedule(this, 50 * Network.MILLISECOND);
            return true;
        }
        if (losses == peer.losses()) {
            return false;
        }
        losses = peer.losses();
        waiting = false;
        for (int i = 0; i < companionCount; i++) {
            companions[i].accompanies = false;
            companions[i] = null;
        }
        companionCount = 0;
        subscribe(network.dice.below(2) == 0);
        procedure = Procedure.ESTABLISH;
        network.schedule(this, network.dice.between(1, Network.SECOND));
        return true;
    }

    private int answerTime() {
        return network.dice.between(Network.MILLISECOND / 4, 8 * Network.MILLISECOND);
    }

    private int pause() {
        Dice dice = network.dice;
        return switch (procedure) {
            case ACTIVATE -> dice.between(2 * Network.MILLISECOND, 40 * Network.MILLISECOND);
            default -> dice.between(50 * Network.MILLISECOND, 2 * Network.SECOND);
        };
    }

    private void begin() {
        Dice dice = network.dice;
        int chance = dice.below(1000);
        copies = 0;
        if (chance < 960) {
            outcome = Outcome.ANSWERED;
        } else if (chance < 980) {
            outcome = Outcome.REJECTED;
            rejection = dice.below(3) == 0 ? PfcpIes.SESSION_NOT_FOUND : PfcpIes.NO_RESOURCES;
        } else if (chance < 990) {
            outcome = Outcome.ANSWERED_AFTER_A_COPY;
            copies = 1;
        } else if (chance < 995) {
            outcome = Outcome.BOTH_COPIES_ANSWERED;
            copies = 1;
        } else {
            outcome = Outcome.UNANSWERED;
            copies = 2;
        }
        untilNanos = network.timeNanos();
        sequence = peer.nextSequence(byUpf());
        switch (procedure) {
            case ESTABLISH -> {
                uplinkTeid = (int) dice.bits();
                uplinkOctets = 0;
                downlinkOctets = 0;
                urSeqn = 0;
                sinceNanos = untilNanos;
            }
            case ACTIVATE, HANDOVER -> {
                baseStation = network.baseStation(peer.ipv6);
                downlinkTeid = (int) dice.bits();
            }
            case RELEASE, QUERY, USAGE_REPORT, DELETE -> {
                uplinkOctets += dice.below(1 << 22);
                downlinkOctets += dice.below(1 << 26);
                urSeqn++;
            }
            case DOWNLINK_REPORT -> {}
        }
        companionCount = 0;
        if (procedure == Procedure.HANDOVER || procedure == Procedure.QUERY || procedure == Procedure.RELEASE) {
            if (outcome == Outcome.ANSWERED && dice.below(100) < network.plan.bundled()) {
                findCompanions();
            }
        }
        request();
        waiting = true;
        boolean late = outcome == Outcome.ANSWERED_AFTER_A_COPY || outcome == Outcome.UNANSWERED;
        network.schedule(this, late ? Network.SECOND : outcome == Outcome.BOTH_COPIES_ANSWERED ? 1 : answerTime());
    }

    /** Sessions of the same peers that have nothing going on send their requests along in the same datagram. */
    private void findCompanions() {
        N4Session[] all = network.sessions;
        int wanted = network.dice.between(1, MOST_COMPANIONS);
        for (int i = 1; i <= 32 && companionCount < wanted; i++) {
            N4Session other = all[(int) ((place + (long) i * network.peers.length) % all.length)];
            if (other.peer == peer && other != this && other.up && !other.waiting && !other.accompanies) {
                other.accompanies = true;
                other.urSeqn++;
                other.untilNanos = untilNanos;
                companionSequences[companionCount] = peer.nextSequence(false);
                companions[companionCount++] = other;
            }
        }
    }

    private void done(boolean accepted) {
        for (int i = 0; i < companionCount; i++) {
            companions[i].accompanies = false;
            companions[i] = null;
        }
        companionCount = 0;
        boolean lost = !accepted && outcome == Outcome.REJECTED && rejection == PfcpIes.SESSION_NOT_FOUND;
        switch (procedure) {
            case ESTABLISH -> up = accepted;
            case ACTIVATE, HANDOVER -> connected = accepted || connected;
            case RELEASE -> connected = !accepted && connected;
            case QUERY, USAGE_REPORT, DOWNLINK_REPORT -> {}
            case DELETE -> up = false;
        }
        sinceNanos = untilNanos;
        if (!up || lost) {
            subscribe(network.dice.below(4) == 0);
            procedure = Procedure.ESTABLISH;
        } else {
            procedure = following();
        }
    }

    private Procedure following() {
        if (procedure == Procedure.ESTABLISH || procedure == Procedure.DOWNLINK_REPORT) {
            return Procedure.ACTIVATE;
        }
        int chance = network.dice.below(100);
        if (!connected) {
            return chance < 50 ? Procedure.DOWNLINK_REPORT : chance < 85 ? Procedure.ACTIVATE : Procedure.DELETE;
        }
        return chance < 20
                ? Procedure.HANDOVER
                : chance < 40
                        ? Procedure.RELEASE
                : chance < 55 ? Procedure.QUERY : chance < 85 ? Procedure.USAGE_REPORT : Procedure.DELETE;
    }

    /** The next subscriber takes the place; often with the SEIDs that just became free. */
    private void subscribe(boolean sameSeids) {
        Dice dice = network.dice;
        int subscriber = dice.below(Math.max(16, network.plan.sessions() * 8));
        digits(imsi, 1_010_000_000_000L + subscriber, 15);
        digits(imei, 350_000_000_000_000L + subscriber * 7L, 15);
        digits(msisdn, 99_900_000_000L + subscriber, 11);
        ueIpv4[1] = (byte) (subscriber >>> 16);
        ueIpv4[2] = (byte) (subscriber >>> 8);
        ueIpv4[3] = (byte) subscriber;
        for (int i = 0; i < 4; i++) {
            ueIpv6[4 + i] = (byte) (subscriber >>> 24 - 8 * i);
        }
        ueIpv6[4] |= (byte) 0xA0;
        long shape = dice.bits();
        ueHasIpv6 = (shape & 3) == 0;
        named = (shape & 12) != 0;
        upfChooses = (shape & 16) != 0;
        filtered = (shape & 32) != 0;
        dnn = Network.DNNS[(int) (shape >>> 8 & 3)];
        up = false;
        connected = false;
        if (cpSeid == 0 || !sameSeids) {
            cpSeid = peer.smf.assignSeid(dice);
            upSeid = peer.upf.assignSeid(dice);
        }
    }

    static void digits(byte[] tbcd, long number, int count) {
        long rest = number;
        if ((count & 1) != 0) {
            tbcd[count >> 1] = (byte) 0xF0;
        }
        for (int i = count - 1; i >= 0; i--) {
            int digit = (int) (rest % 10);
            rest /= 10;
            if ((i & 1) != 0) {
                tbcd[i >> 1] = (byte) (digit << 4);
            } else {
                tbcd[i >> 1] = (byte) (tbcd[i >> 1] & 0xF0 | digit);
            }
        }
    }

    private boolean byUpf() {
        return procedure == Procedure.USAGE_REPORT || procedure == Procedure.DOWNLINK_REPORT;
    }

    // messages

    private void request() {
        peer.datagram(byUpf(), true);
        switch (procedure) {
            case ESTABLISH -> establishmentRequest();
            case ACTIVATE, HANDOVER, RELEASE -> forwardingRequest();
            case QUERY -> queryRequest(sequence);
            case USAGE_REPORT -> usageReportRequest();
            case DOWNLINK_REPORT -> downlinkReportRequest();
            case DELETE -> open(DELETION_REQUEST, upSeid, sequence);
        }
        for (int i = 0; i < companionCount; i++) {
            companions[i].queryRequest(companionSequences[i]);
        }
    }

    private void response() {
        peer.datagram(!byUpf(), false);
        switch (procedure) {
            case ESTABLISH -> establishmentResponse();
            case ACTIVATE, HANDOVER, RELEASE -> answer(MODIFICATION_REQUEST);
            case QUERY -> queryResponse(sequence, outcome == Outcome.REJECTED);
            case USAGE_REPORT, DOWNLINK_REPORT -> answer(REPORT_REQUEST);
            case DELETE -> deletionResponse();
        }
        for (int i = 0; i < companionCount; i++) {
            companions[i].queryResponse(companionSequences[i], false);
        }
    }

    private PacketBuilder open(int type, long seid, int number) {
        network.message(type);
        network.seid(seid);
        return network.p.pfcp(type, seid, number);
    }

    private void fSeid(long seid, Network.Node node) {
        network.seid(seid);
        if (peer.dual) {
            PfcpIes.fSeid(network.p, seid, node.ipv4, node.ipv6);
        } else {
            PfcpIes.fSeid(network.p, seid, peer.address(node));
        }
    }

    private void establishmentRequest() {
        PacketBuilder p = open(ESTABLISHMENT_REQUEST, 0, sequence);
        peer.nodeId(false);
        fSeid(cpSeid, peer.smf);
        createPdr(1, ACCESS);
        createPdr(2, CORE);
        p.group(PfcpIes.CREATE_FAR);
        PfcpIes.farId(p, 1);
        PfcpIes.applyAction(p, FORWARD);
        p.group(PfcpIes.FORWARDING_PARAMETERS);
        PfcpIes.destinationInterface(p, CORE);
        PfcpIes.networkInstance(p, Network.INSTANCES[1 + peer.index % 2]);
        p.end().end();
        p.group(PfcpIes.CREATE_FAR);
        PfcpIes.farId(p, 2);
        PfcpIes.applyAction(p, BUFFER_AND_NOTIFY);
        p.end();
        p.group(PfcpIes.CREATE_URR);
        PfcpIes.urrId(p, 1);
        PfcpIes.measurementMethod(p);
        PfcpIes.reportingTriggers(p);
        PfcpIes.measurementPeriod(p, 3600);
        PfcpIes.volumeThreshold(p, 1L << 30);
        p.end();
        createQer();
        PfcpIes.pdnType(p, ueHasIpv6 ? 2 : 1);
        if (network.plan.isDetailed()) {
            p.group(PfcpIes.CREATE_BAR);
            PfcpIes.barId(p, 1);
            p.end();
            p.group(PfcpIes.CREATE_TRAFFIC_ENDPOINT);
            PfcpIes.trafficEndpointId(p, 1);
            p.end();
        }
        if (named) {
            network.imsi(imsi);
            if (filtered) {
                PfcpIes.userId(p, imsi, imei, msisdn);
            } else {
                PfcpIes.userId(p, imsi);
            }
        }
        PfcpIes.apnDnn(p, dnn);
    }

    private void createPdr(int id, int side) {
        PacketBuilder p = network.p;
        p.group(PfcpIes.CREATE_PDR);
        PfcpIes.pdrId(p, id);
        PfcpIes.precedence(p, 255);
        p.group(PfcpIes.PDI);
        PfcpIes.sourceInterface(p, side);
        if (network.plan.isDetailed()) {
            PfcpIes.sourceInterfaceType(p, side == ACCESS ? 11 : 17);
        }
        if (side == ACCESS) {
            if (upfChooses) {
                PfcpIes.fTeidChoose(p, peer.ipv6 ? 6 : 4, 1);
            } else {
                PfcpIes.fTeid(p, uplinkTeid, peer.userPlaneAddress());
            }
            PfcpIes.networkInstance(p, Network.INSTANCES[0]);
        } else {
            PfcpIes.networkInstance(p, Network.INSTANCES[1 + peer.index % 2]);
        }
        PfcpIes.ueIpAddress(p, ueAddress(), side == ACCESS ? 0 : 1);
        if (filtered) {
            PfcpIes.sdfFilter(p);
        }
        if (side == ACCESS) {
            PfcpIes.qfi(p, 9);
        }
        p.end();
        if (side == ACCESS) {
            PfcpIes.outerHeaderRemoval(p, peer.ipv6 ? 6 : 4);
        }
        PfcpIes.farId(p, id);
        PfcpIes.urrId(p, 1);
        PfcpIes.qerId(p, 1);
        p.end();
    }

    private void createQer() {
        PacketBuilder p = network.p;
        p.group(PfcpIes.CREATE_QER);
        PfcpIes.qerId(p, 1);
        PfcpIes.gateStatus(p, 0);
        PfcpIes.mbr(p, 100_000, 1_000_000);
        PfcpIes.qfi(p, 9);
        p.end();
    }

    private void establishmentResponse() {
        PacketBuilder p = open(ESTABLISHMENT_REQUEST + 1, cpSeid, sequence);
        peer.nodeId(true);
        if (outcome == Outcome.REJECTED) {
            if (rejection == PfcpIes.SESSION_NOT_FOUND) {
                PfcpIes.cause(p, PfcpIes.MANDATORY_IE_MISSING);
                PfcpIes.offendingIe(p, PfcpIes.CREATE_FAR);
            } else {
                PfcpIes.cause(p, rejection);
            }
            return;
        }
        PfcpIes.cause(p, PfcpIes.ACCEPTED);
        fSeid(upSeid, peer.upf);
        if (upfChooses) {
            p.group(PfcpIes.CREATED_PDR);
            PfcpIes.pdrId(p, 1);
            PfcpIes.fTeid(p, uplinkTeid, peer.userPlaneAddress());
            p.end();
        }
    }

    private void forwardingRequest() {
        PacketBuilder p = open(MODIFICATION_REQUEST, upSeid, sequence);
        p.group(PfcpIes.UPDATE_FAR);
        PfcpIes.farId(p, 2);
        if (procedure == Procedure.RELEASE) {
            PfcpIes.applyAction(p, BUFFER_AND_NOTIFY);
            p.end();
            return;
        }
        PfcpIes.applyAction(p, FORWARD);
        p.group(PfcpIes.UPDATE_FORWARDING_PARAMETERS);
        PfcpIes.destinationInterface(p, ACCESS);
        PfcpIes.networkInstance(p, Network.INSTANCES[0]);
        PfcpIes.outerHeaderCreation(p, downlinkTeid, baseStation);
        if (procedure == Procedure.HANDOVER) {
            p.u8Ie(49, 0x02);
        }
        p.end().end();
    }

    private void queryRequest(int number) {
        PacketBuilder p = open(MODIFICATION_REQUEST, upSeid, number);
        p.group(PfcpIes.QUERY_URR);
        PfcpIes.urrId(p, 1);
        p.end();
    }

    private void queryResponse(int number, boolean rejected) {
        if (rejected) {
            answer(MODIFICATION_REQUEST);
            return;
        }
        PacketBuilder p = open(MODIFICATION_REQUEST + 1, cpSeid, number);
        PfcpIes.cause(p, PfcpIes.ACCEPTED);
        usageReport(PfcpIes.USAGE_REPORT_MODIFICATION, 0x80_0000);
    }

    private void usageReportRequest() {
        PacketBuilder p = open(REPORT_REQUEST, cpSeid, sequence);
        PfcpIes.reportType(p, 0x02);
        usageReport(PfcpIes.USAGE_REPORT, (urSeqn & 1) == 0 ? 0x01_0000 : 0x02_0000);
    }

    private void downlinkReportRequest() {
        PacketBuilder p = open(REPORT_REQUEST, cpSeid, sequence);
        PfcpIes.reportType(p, 0x01);
        p.group(PfcpIes.DOWNLINK_DATA_REPORT);
        PfcpIes.pdrId(p, 2);
        PfcpIes.downlinkDataServiceInformation(p, 9);
        p.end();
    }

    private void deletionResponse() {
        if (outcome == Outcome.REJECTED) {
            answer(DELETION_REQUEST);
            return;
        }
        PacketBuilder p = open(DELETION_REQUEST + 1, cpSeid, sequence);
        PfcpIes.cause(p, PfcpIes.ACCEPTED);
        usageReport(PfcpIes.USAGE_REPORT_DELETION, 0x00_0800);
    }

    /** A response of a cause alone, with the SEID of whoever asked; 0 if the session was not found. */
    private void answer(int requestType) {
        boolean rejected = outcome == Outcome.REJECTED;
        long receiver = requestType == REPORT_REQUEST ? upSeid : cpSeid;
        PacketBuilder p = open(
                requestType + 1, rejected && rejection == PfcpIes.SESSION_NOT_FOUND ? 0 : receiver, sequence);
        PfcpIes.cause(p, rejected ? rejection : PfcpIes.ACCEPTED);
    }

    private void usageReport(int group, int triggers) {
        PacketBuilder p = network.p;
        p.group(group);
        PfcpIes.urrId(p, 1);
        PfcpIes.urSeqn(p, urSeqn);
        PfcpIes.usageReportTrigger(p, triggers);
        PfcpIes.startTime(p, sinceNanos);
        PfcpIes.endTime(p, untilNanos);
        PfcpIes.volumeMeasurement(p, uplinkOctets, downlinkOctets);
        p.end();
    }
}
