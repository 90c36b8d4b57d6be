package io.seidex.traffic;

/**
 * The information elements of PFCP that the generator uses, by name, TS 29.244 clause 8.2. Each is written at the end
 * of a {@link PacketBuilder}; groups are opened there with their number.
 */
public final class PfcpIes {
    public static final int CREATE_PDR = 1;
    public static final int PDI = 2;
    public static final int CREATE_FAR = 3;
    public static final int FORWARDING_PARAMETERS = 4;
    public static final int CREATE_URR = 6;
    public static final int CREATE_QER = 7;
    public static final int CREATED_PDR = 8;
    public static final int UPDATE_PDR = 9;
    public static final int UPDATE_FAR = 10;
    public static final int UPDATE_FORWARDING_PARAMETERS = 11;
    public static final int UPDATE_QER = 14;
    public static final int QUERY_URR = 77;
    public static final int USAGE_REPORT_MODIFICATION = 78;
    public static final int USAGE_REPORT_DELETION = 79;
    public static final int USAGE_REPORT = 80;
    public static final int DOWNLINK_DATA_REPORT = 83;
    public static final int CREATE_BAR = 85;
    public static final int CREATE_TRAFFIC_ENDPOINT = 127;

    public static final int ACCEPTED = 1;
    public static final int NO_RESOURCES = 75;
    public static final int SESSION_NOT_FOUND = 65;
    public static final int MANDATORY_IE_MISSING = 66;
    public static final int RULE_FAILED = 73;

    /** Seconds from 1900, where 3GPP's times begin, to 1970. */
    private static final long NTP_EPOCH = 2_208_988_800L;
    private static final byte[] FLOW = ascii("permit out ip from any to assigned");

    private PfcpIes() {}

    public static void cause(PacketBuilder p, int cause) {
        p.u8Ie(19, cause);
    }

    public static void sourceInterface(PacketBuilder p, int side) {
        p.u8Ie(20, side);
    }

    public static void destinationInterface(PacketBuilder p, int side) {
        p.u8Ie(42, side);
    }

    /** F-TEID with a TEID and the address that owns it. */
    public static void fTeid(PacketBuilder p, int teid, byte[] address) {
        p.u16(21).u16(5 + address.length).u8(address.length == 4 ? 1 : 2).u32(teid).octets(address);
    }

    /** F-TEID that asks the user plane to choose; {@code version} is 4 or 6. */
    public static void fTeidChoose(PacketBuilder p, int version, int chooseId) {
        p.u16(21).u16(2).u8(version == 4 ? 0x0D : 0x0E).u8(chooseId);
    }

    /** 3GPP Interface Type of a source interface. */
    public static void sourceInterfaceType(PacketBuilder p, int type) {
        p.u8Ie(160, type);
    }

    public static void barId(PacketBuilder p, int id) {
        p.u8Ie(88, id);
    }

    public static void trafficEndpointId(PacketBuilder p, int id) {
        p.u8Ie(131, id);
    }

    public static void networkInstance(PacketBuilder p, byte[] name) {
        p.ie(22, name);
    }

    /** SDF Filter with a flow description. */
    public static void sdfFilter(PacketBuilder p) {
        p.u16(23).u16(4 + FLOW.length).u8(1).u8(0).u16(FLOW.length).octets(FLOW);
    }

    public static void gateStatus(PacketBuilder p, int gates) {
        p.u8Ie(25, gates);
    }

    /** MBR in kbit/s. */
    public static void mbr(PacketBuilder p, long uplink, long downlink) {
        p.u16(26).u16(10).u40(uplink).u40(downlink);
    }

    public static void precedence(PacketBuilder p, int precedence) {
        p.u32Ie(29, precedence);
    }

    /** Volume Threshold of the total, in octets. */
    public static void volumeThreshold(PacketBuilder p, long total) {
        p.u16(31).u16(9).u8(1).u64(total);
    }

    /** Reporting Triggers: periodic and by volume. */
    public static void reportingTriggers(PacketBuilder p) {
        p.u16(37).u16(3).u8(0x03).u16(0);
    }

    public static void reportType(PacketBuilder p, int flags) {
        p.u8Ie(39, flags);
    }

    public static void applyAction(PacketBuilder p, int flags) {
        p.u16Ie(44, flags << 8);
    }

    public static void pdrId(PacketBuilder p, int id) {
        p.u16Ie(56, id);
    }

    public static void farId(PacketBuilder p, int id) {
        p.u32Ie(108, id);
    }

    public static void qerId(PacketBuilder p, int id) {
        p.u32Ie(109, id);
    }

    public static void urrId(PacketBuilder p, int id) {
        p.u32Ie(81, id);
    }

    /** F-SEID of one address. */
    public static void fSeid(PacketBuilder p, long seid, byte[] address) {
        p.u16(57).u16(9 + address.length).u8(address.length == 4 ? 2 : 1).u64(seid).octets(address);
    }

    /** F-SEID of both addresses. */
    public static void fSeid(PacketBuilder p, long seid, byte[] ipv4, byte[] ipv6) {
        p.u16(57).u16(29).u8(3).u64(seid).octets(ipv4).octets(ipv6);
    }

    /** Node ID that is an address. */
    public static void nodeId(PacketBuilder p, byte[] address) {
        p.u16(60).u16(1 + address.length).u8(address.length == 4 ? 0 : 1).octets(address);
    }

    /** Node ID that is a name, as labels. */
    public static void nodeName(PacketBuilder p, byte[] labels) {
        p.u16(60).u16(1 + labels.length).u8(2).octets(labels);
    }

    /** Measurement Method: volume and duration. */
    public static void measurementMethod(PacketBuilder p) {
        p.u8Ie(62, 0x03);
    }

    public static void usageReportTrigger(PacketBuilder p, int triggers) {
        p.u16(63).u16(3).u24(triggers);
    }

    public static void measurementPeriod(PacketBuilder p, int seconds) {
        p.u32Ie(64, seconds);
    }

    /** Volume Measurement of total, uplink and downlink, in octets. */
    public static void volumeMeasurement(PacketBuilder p, long uplink, long downlink) {
        p.u16(66).u16(25).u8(0x07).u64(uplink + downlink).u64(uplink).u64(downlink);
    }

    public static void startTime(PacketBuilder p, long timeNanos) {
        p.u32Ie(75, ntp(timeNanos));
    }

    public static void endTime(PacketBuilder p, long timeNanos) {
        p.u32Ie(76, ntp(timeNanos));
    }

    public static void urSeqn(PacketBuilder p, int sequence) {
        p.u32Ie(104, sequence);
    }

    /** Outer Header Creation: GTP-U over UDP towards an address. */
    public static void outerHeaderCreation(PacketBuilder p, int teid, byte[] address) {
        p.u16(84).u16(6 + address.length).u16(address.length == 4 ? 0x0100 : 0x0200).u32(teid).octets(address);
    }

    /** Outer Header Removal of GTP-U over IPv4 (0) or IPv6 (1). */
    public static void outerHeaderRemoval(PacketBuilder p, int version) {
        p.u8Ie(95, version == 4 ? 0 : 1);
    }

    /** UE IP Address, as the source (0) or the destination (1) of packets. */
    public static void ueIpAddress(PacketBuilder p, byte[] address, int destination) {
        p.u16(93).u16(1 + address.length).u8((address.length == 4 ? 2 : 1) | destination << 2).octets(address);
    }

    public static void recoveryTimeStamp(PacketBuilder p, long timeNanos) {
        p.u32Ie(96, ntp(timeNanos));
    }

    public static void upFunctionFeatures(PacketBuilder p) {
        p.u16Ie(43, 0x1010);
    }

    public static void cpFunctionFeatures(PacketBuilder p) {
        p.u8Ie(89, 0x10);
    }

    public static void pdnType(PacketBuilder p, int type) {
        p.u8Ie(113, type);
    }

    public static void qfi(PacketBuilder p, int qfi) {
        p.u8Ie(124, qfi);
    }

    /** User ID of IMSI, IMEI and MSISDN, each in TBCD. */
    public static void userId(PacketBuilder p, byte[] imsi, byte[] imei, byte[] msisdn) {
        p.u16(141).u16(4 + imsi.length + imei.length + msisdn.length).u8(0x07);
        p.u8(imsi.length).octets(imsi).u8(imei.length).octets(imei).u8(msisdn.length).octets(msisdn);
    }

    /** User ID of the IMSI alone. */
    public static void userId(PacketBuilder p, byte[] imsi) {
        p.u16(141).u16(2 + imsi.length).u8(0x01).u8(imsi.length).octets(imsi);
    }

    /** APN/DNN, as labels. */
    public static void apnDnn(PacketBuilder p, byte[] labels) {
        p.ie(159, labels);
    }

    /** Offending IE: the type of the IE that was wrong. */
    public static void offendingIe(PacketBuilder p, int type) {
        p.u16Ie(40, type);
    }

    /** Downlink Data Service Information: paging policy and QFI. */
    public static void downlinkDataServiceInformation(PacketBuilder p, int qfi) {
        p.u16(45).u16(2).u8(0x02).u8(qfi);
    }

    private static int ntp(long timeNanos) {
        return (int) (timeNanos / 1_000_000_000L + NTP_EPOCH);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
