package io.seidex.traffic;

/** The life of a PDP context between an SGSN and a GGSN over GTPv1: create, update, and delete. */
final class GnSession extends Actor {
    private static final int CREATE = 16;
    private static final int UPDATE = 18;
    private static final int DELETE = 20;
    private static final int ACCEPTED = 128;
    private static final int NO_RESOURCES = 199;

    private enum Step {
        CREATE,
        CREATED,
        UPDATE,
        UPDATED,
        DELETE,
        DELETED
    }

    private final Network network;
    private final byte[] sgsn;
    private final byte[] ggsn;
    private final byte[] ue = {10, 0, 0, 0};
    private final byte[] ueIpv6 = Bytes.address("2001:db8:c::1");
    private final byte[] imsi = new byte[8];
    private final byte[] imei = new byte[8];
    private final byte[] msisdn = new byte[6];

    private Step step = Step.CREATE;
    private int sgsnTeid;
    private int ggsnTeid;
    private int chargingId;
    private int sequence;
    private int cell;
    private boolean rejected;
    private boolean isDual;

    GnSession(Network network, int place) {
        this.network = network;
        sgsn = Bytes.address("192.0.2." + (221 + place % 4));
        ggsn = Bytes.address("198.51.100." + (221 + place % 3));
    }

    @Override
    void act() {
        Dice dice = network.dice;
        sequence = dice.below(1 << 16);
        switch (step) {
            case CREATE -> {
                attach(dice);
                createRequest();
                then(Step.CREATED, Network.MILLISECOND);
            }
            case CREATED -> {
                createResponse();
                then(rejected ? Step.CREATE : Step.UPDATE, Network.SECOND);
            }
            case UPDATE -> {
                cell = dice.below(1 << 12);
                updateRequest();
                then(Step.UPDATED, Network.MILLISECOND);
            }
            case UPDATED -> {
                PacketBuilder p = to(sgsn).gtp(UPDATE + 1, sgsnTeid, sequence).u8(1).u8(ACCEPTED);
                teids(p, ggsnTeid).u8(127).u32(chargingId);
                address(p, ggsn);
                address(p, ggsn);
                then(dice.below(3) == 0 ? Step.DELETE : Step.UPDATE, Network.SECOND);
            }
            case DELETE -> {
                to(ggsn).gtp(DELETE, ggsnTeid, sequence).u8(19).u8(0xFF).u8(20).u8(5);
                then(Step.DELETED, Network.MILLISECOND);
            }
            case DELETED -> {
                to(sgsn).gtp(DELETE + 1, sgsnTeid, sequence).u8(1).u8(ACCEPTED);
                then(Step.CREATE, Network.SECOND);
            }
        }
    }

    private void then(Step following, int most) {
        step = following;
        network.schedule(this, network.dice.between(most / 10, most));
    }

    private void attach(Dice dice) {
        int subscriber = dice.below(Math.max(16, network.plan.sessions() * 8));
        N4Session.digits(imsi, 1_010_000_000_000L + subscriber, 15);
        N4Session.digits(imei, 350_000_000_000_000L + subscriber * 7L, 15);
        N4Session.digits(msisdn, 99_900_000_000L + subscriber, 11);
        ue[1] = (byte) (subscriber >>> 16);
        ue[2] = (byte) (subscriber >>> 8);
        ue[3] = (byte) subscriber;
        ueIpv6[6] = (byte) (subscriber >>> 8);
        ueIpv6[7] = (byte) subscriber;
        sgsnTeid = (int) dice.bits() | 1;
        ggsnTeid = (int) dice.bits() | 1;
        chargingId = (int) dice.bits();
        cell = dice.below(1 << 12);
        rejected = dice.perMille(20);
        isDual = dice.below(4) == 0;
    }

    private PacketBuilder to(byte[] node) {
        return network.link(0)
                .ip(node == sgsn ? ggsn : sgsn, node)
                .udp(Network.GTPC_PORT, Network.GTPC_PORT);
    }

    private void createRequest() {
        PacketBuilder p = to(ggsn).gtp(CREATE, 0, sequence);
        network.imsi(imsi);
        p.u8(2).octets(imsi).u8(3).u24(0x00F110).u16(cell >>> 6).u8(cell & 0x3F).u8(15).u8(0);
        teids(p, sgsnTeid).u8(20).u8(5);
        p.u8(128).u16(2).u8(0xF1).u8(0x21);
        p.u8(131).u16(Network.DNNS[0].length).octets(Network.DNNS[0]);
        address(p, sgsn);
        address(p, sgsn);
        p.u8(134).u16(1 + msisdn.length).u8(0x91).octets(msisdn);
        location(p);
        p.u8(154).u16(imei.length).octets(imei);
    }

    private void createResponse() {
        PacketBuilder p = to(sgsn).gtp(CREATE + 1, sgsnTeid, sequence);
        if (rejected) {
            p.u8(1).u8(NO_RESOURCES);
            return;
        }
        p.u8(1).u8(ACCEPTED);
        teids(p, ggsnTeid).u8(127).u32(chargingId);
        if (isDual) {
            p.u8(128).u16(22).u8(0xF1).u8(0x8D).octets(ue).octets(ueIpv6);
        } else {
            p.u8(128).u16(6).u8(0xF1).u8(0x21).octets(ue);
        }
        address(p, ggsn);
        address(p, ggsn);
    }

    private void updateRequest() {
        PacketBuilder p = to(ggsn).gtp(UPDATE, ggsnTeid, sequence);
        p.u8(3).u24(0x00F110).u16(cell >>> 6).u8(cell & 0x3F);
        teids(p, sgsnTeid).u8(20).u8(5);
        address(p, sgsn);
        address(p, sgsn);
        location(p);
    }

    /** TEID Data I, and TEID Control Plane. */
    private static PacketBuilder teids(PacketBuilder p, int teid) {
        return p.u8(16).u32(teid ^ 0x5555).u8(17).u32(teid);
    }

    private static void address(PacketBuilder p, byte[] address) {
        p.u8(133).u16(address.length).octets(address);
    }

    /** RAT Type 1: UTRAN; User Location Information that is a cell's. */
    private void location(PacketBuilder p) {
        p.u8(151).u16(1).u8(1).u8(152).u16(8).u8(0).u24(0x00F110).u16(cell >>> 6).u16(cell);
    }
}
