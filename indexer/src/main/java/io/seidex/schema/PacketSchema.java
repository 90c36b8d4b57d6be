package io.seidex.schema;

import static io.seidex.schema.IndexField.Display.DECIMAL;
import static io.seidex.schema.IndexField.Display.HEX;

import io.seidex.dictionary.DeclaredProtocol;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.DictionaryException;
import io.seidex.dictionary.Element;
import io.seidex.dictionary.FieldFormat;
import io.seidex.dictionary.Member;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.schema.IndexField.Display;
import io.seidex.schema.IndexField.Kind;
import io.seidex.schema.IndexField.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The fields of a packet's document, one row each. Written, queried, listed by {@code fields}, printed in docs/fields.md.
 *
 * <p>Most are the same in every index, and are constants here; behind them are those of the protocols that are declared for an
 * index, so that a schema is an index's own. Immutable, shared by all threads.
 */
public final class PacketSchema {
    private static final List<IndexField> ROWS = new ArrayList<>();

    // place
    public static final IndexField CAPTURE = row("capture", Kind.CAPTURE, "The capture that the packet is in.");
    public static final IndexField FRAME_NUMBER =
            value("frame.number", 8, Values.NUMBER, "Number of the frame within its capture, from 1.");
    public static final IndexField FRAME_OFFSET =
            value("frame.file_off", 8, Values.NUMBER, "Where the packet's record begins in its capture.");
    public static final IndexField FRAME_CAPTURED =
            value("frame.cap_len", 4, Values.NUMBER,
                    "How many of the packet's octets were captured. A document keeps it only where it is not frame.len.");
    public static final IndexField FRAME_LENGTH =
            value("frame.len", 4, Values.NUMBER, "How many octets the packet had on the wire.");
    public static final IndexField FRAME_INTERFACE =
            row("frame.interface_id", Kind.INTERFACE, "The interface that captured the packet.");
    public static final IndexField FRAME_TIME = row("frame.time_epoch", Kind.TIME, "When the packet was captured.");

    public static final IndexField FRAME_LINK_TYPE =
            terms("frame.link_type", 4, DECIMAL, "", "LINKTYPE number of a packet whose link type is not decoded.");

    // protocols
    public static final IndexField PROTOCOL = labels("frame.protocols", "A protocol that the packet holds.");

    // flow
    public static final IndexField VLAN_ID = terms("vlan.id", 2, DECIMAL, "", "VLAN identifier.");
    public static final IndexField SERVICE_VLAN_ID =
            terms("ieee8021ad.id", 2, DECIMAL, "", "VLAN identifier of a service tag.");
    public static final IndexField IP_SRC = address("ip.src", Kind.IPV4, "IPv4 source address.");
    public static final IndexField IP_DST = address("ip.dst", Kind.IPV4, "IPv4 destination address.");
    public static final IndexField IPV6_SRC = address("ipv6.src", Kind.IPV6, "IPv6 source address.");
    public static final IndexField IPV6_DST = address("ipv6.dst", Kind.IPV6, "IPv6 destination address.");
    public static final IndexField UDP_SRCPORT = both("udp.srcport", 2, DECIMAL, "", "UDP source port.");
    public static final IndexField UDP_DSTPORT = both("udp.dstport", 2, DECIMAL, "", "UDP destination port.");
    public static final IndexField TCP_SRCPORT = both("tcp.srcport", 2, DECIMAL, "", "TCP source port.");
    public static final IndexField TCP_DSTPORT = both("tcp.dstport", 2, DECIMAL, "", "TCP destination port.");
    public static final IndexField SCTP_SRCPORT = both("sctp.srcport", 2, DECIMAL, "", "SCTP source port.");
    public static final IndexField SCTP_DSTPORT = both("sctp.dstport", 2, DECIMAL, "", "SCTP destination port.");
    public static final IndexField COMMUNITY_ID =
            row("communityid", Kind.COMMUNITY_ID, "Community ID of the flow, version 1, seed 0.");

    // reassembly
    public static final IndexField REASSEMBLY = labels("reassembly",
            "piece: the packet holds a piece of a datagram or message, and does not complete it. whole: it completes one,"
                    + " and holds all of it. gap: it is a segment that came when octets before it had not.");
    public static final IndexField IP_FRAGMENT =
            terms("ip.fragment", 8, DECIMAL, "", "Frame of a fragment of the IPv4 datagram that the packet completes.");
    public static final IndexField IP_FRAGMENT_COUNT =
            both("ip.fragment.count", 4, DECIMAL, "", "Fragments of the IPv4 datagram that the packet completes.");
    public static final IndexField IP_REASSEMBLED_LENGTH =
            both("ip.reassembled.length", 4, DECIMAL, "",
                    "Octets behind the header of the IPv4 datagram that the packet completes.");
    public static final IndexField IPV6_FRAGMENT =
            terms("ipv6.fragment", 8, DECIMAL, "",
                    "Frame of a fragment of the IPv6 datagram that the packet completes.");
    public static final IndexField IPV6_FRAGMENT_COUNT =
            both("ipv6.fragment.count", 4, DECIMAL, "", "Fragments of the IPv6 datagram that the packet completes.");
    public static final IndexField IPV6_REASSEMBLED_LENGTH =
            both("ipv6.reassembled.length", 4, DECIMAL, "",
                    "Octets behind the headers of the IPv6 datagram that the packet completes.");

    public static final IndexField IP_REASSEMBLED_DATA =
            octets("ip.reassembled.data", Values.BINARY,
                    "What stands behind the header of the IPv4 datagram that the packet completes.");
    public static final IndexField IPV6_REASSEMBLED_DATA =
            octets("ipv6.reassembled.data", Values.BINARY,
                    "What stands behind the headers of the IPv6 datagram that the packet completes.");
    public static final IndexField REASSEMBLY_FRAGMENT =
            terms("reassembly.fragment", 8, DECIMAL, "",
                    "Frame of a piece of the message that the packet completes, of a protocol that divides messages itself.");
    public static final IndexField REASSEMBLY_FRAGMENT_COUNT =
            both("reassembly.fragment.count", 4, DECIMAL, "", "Pieces of the message that the packet completes.");
    public static final IndexField REASSEMBLY_LENGTH =
            both("reassembly.length", 8, DECIMAL, "", "Octets of the message that the packet completes from pieces.");

    public static final IndexField STREAM_MESSAGES =
            value("tcp.messages", 8, HEX,
                    "Where the messages that the packet completes stand in their stream: the sequence"
                            + " number of their first octet, 32 bits; whether others stand elsewhere, 1 bit; and how"
                            + " many octets they have, 31 bits.");
    public static final IndexField STREAM_MORE_MESSAGES =
            octets("tcp.messages.more", Values.BINARY, "Where the others stand, likewise, one behind the other.");

    // payload
    public static final IndexField PAYLOAD = octets("payload", Values.BINARY,
            "The message that the packet carries or completes. The index keeps it where no packet has it in one piece.");
    public static final IndexField FRAME_OCTETS = octets("frame.octets", Values.STORED,
            "The packet from its link layer on, as captured. The index keeps it with --payload all.");

    // message
    public static final IndexField MESSAGES =
            value("messages", 2, Values.NUMBER, "How many mobile-core messages the packet holds, if more than one.");
    public static final IndexField QUOTED =
            labels("quoted", "A protocol that an ICMP error in the packet quotes.");
    public static final IndexField PFCP_MSG_TYPE =
            both("pfcp.msg_type", 1, DECIMAL, "pfcp.messages", "PFCP message type, TS 29.244 7.3.");
    public static final IndexField PFCP_SEID =
            both("pfcp.seid", 8, HEX, "", "SEID of a PFCP header or of an F-SEID.");
    public static final IndexField PFCP_SEQNO = value("pfcp.seqno", 3, DECIMAL, "PFCP sequence number.");
    public static final IndexField PFCP_IE_TYPE =
            terms("pfcp.ie_type", 2, DECIMAL, "pfcp.ies", "Type of a 3GPP IE that a PFCP message holds, at any depth.");
    public static final IndexField GTP_MESSAGE =
            both("gtp.message", 1, HEX, "gtp.messages", "Message type of GTPv1 or GTP'.");
    public static final IndexField GTP_TEID = both("gtp.teid", 4, HEX, "", "TEID of a GTPv1 header.");
    public static final IndexField GTP_IE_TYPE =
            terms("gtp.ie_type", 2, DECIMAL, "gtp.ies", "Type of an IE of GTPv1 or GTP'.");
    public static final IndexField GTP_SEQ = value("gtp.seq_number", 2, HEX, "Sequence number of GTPv1 or GTP'.");
    public static final IndexField GTPV2_MESSAGE =
            both("gtpv2.message_type", 1, DECIMAL, "gtpv2.messages", "GTPv2-C message type, TS 29.274 6.1.");
    public static final IndexField GTPV2_TEID = both("gtpv2.teid", 4, HEX, "", "TEID of a GTPv2-C header.");
    public static final IndexField GTPV2_IE_TYPE =
            terms("gtpv2.ie_type", 2, DECIMAL, "gtpv2.ies",
                    "Type of an IE that a GTPv2-C message holds, at any depth.");
    public static final IndexField GTPV2_SEQ = value("gtpv2.seq", 3, HEX, "GTPv2-C sequence number.");

    // identity
    public static final IndexField PFCP_F_TEID = terms("pfcp.f_teid.teid", 4, HEX, "", "TEID of an F-TEID.");
    public static final IndexField PFCP_F_TEID_IPV4 =
            term("pfcp.f_teid.ipv4_addr", Kind.IPV4, "IPv4 address of an F-TEID.");
    public static final IndexField PFCP_F_TEID_IPV6 =
            term("pfcp.f_teid.ipv6_addr", Kind.IPV6, "IPv6 address of an F-TEID.");
    public static final IndexField PFCP_F_SEID_IPV4 =
            term("pfcp.f_seid.ipv4", Kind.IPV4, "IPv4 address of an F-SEID.");
    public static final IndexField PFCP_F_SEID_IPV6 =
            term("pfcp.f_seid.ipv6", Kind.IPV6, "IPv6 address of an F-SEID.");
    public static final IndexField PFCP_UE_IPV4 = term("pfcp.ue_ip_addr_ipv4", Kind.IPV4, "IPv4 address of a UE.");
    public static final IndexField PFCP_UE_IPV6 = term("pfcp.ue_ip_addr_ipv6", Kind.IPV6, "IPv6 address of a UE.");
    public static final IndexField PFCP_UE_DELEGATED =
            terms("pfcp.ue_ip_addr_ipv6_prefix", 1, DECIMAL, "", "Bits of a UE's prefix that are delegated.");
    public static final IndexField PFCP_UE_PREFIX_LENGTH =
            terms("pfcp.ue_ip_addr_ipv6_prefix_length", 1, DECIMAL, "", "Length of a UE's IPv6 prefix.");
    public static final IndexField PFCP_OUTER_TEID =
            terms("pfcp.outer_hdr_creation.teid", 4, HEX, "", "TEID of the peer's end of a tunnel.");
    public static final IndexField PFCP_OUTER_IPV4 =
            term("pfcp.outer_hdr_creation.ipv4", Kind.IPV4, "IPv4 address of the peer's end of a tunnel.");
    public static final IndexField PFCP_OUTER_IPV6 =
            term("pfcp.outer_hdr_creation.ipv6", Kind.IPV6, "IPv6 address of the peer's end of a tunnel.");
    public static final IndexField IMSI = term("e212.imsi", Kind.TEXT, "IMSI, of PFCP, GTPv2-C or GTPv1.");
    public static final IndexField MSISDN = term("e164.msisdn", Kind.TEXT, "MSISDN, of PFCP, GTPv2-C or GTPv1.");
    public static final IndexField IMEI = term("pfcp.user_id.imei", Kind.TEXT, "IMEI of a User ID.");
    public static final IndexField NAI = term("pfcp.user_id.nai", Kind.TEXT, "Network access identifier of a User ID.");
    public static final IndexField SUPI = term("pfcp.user_id.supi", Kind.TEXT, "SUPI of a User ID.");
    public static final IndexField GPSI = term("pfcp.user_id.gpsi", Kind.TEXT, "GPSI of a User ID.");
    public static final IndexField PEI = term("pfcp.user_id.pei", Kind.TEXT, "PEI of a User ID.");
    public static final IndexField PFCP_NETWORK_INSTANCE =
            term("pfcp.network_instance", Kind.TEXT, "Network instance.");
    public static final IndexField PFCP_APN_DNN = term("pfcp.apn_dnn", Kind.TEXT, "APN or DNN.");
    public static final IndexField PFCP_NODE_ID_IPV4 =
            term("pfcp.node_id_ipv4", Kind.IPV4, "Node ID that is an IPv4 address.");
    public static final IndexField PFCP_NODE_ID_IPV6 =
            term("pfcp.node_id_ipv6", Kind.IPV6, "Node ID that is an IPv6 address.");
    public static final IndexField PFCP_NODE_ID_FQDN = term("pfcp.node_id_fqdn", Kind.TEXT, "Node ID that is a name.");
    public static final IndexField PFCP_CSID_IPV4 =
            term("pfcp.q_csid_node_id.ipv4", Kind.IPV4, "Node ID of an FQ-CSID that is an IPv4 address.");
    public static final IndexField PFCP_CSID_IPV6 =
            term("pfcp.q_csid_node_id.ipv6", Kind.IPV6, "Node ID of an FQ-CSID that is an IPv6 address.");
    public static final IndexField PFCP_CSID_NETWORK =
            terms("pfcp.q_csid_node_id.mcc_mnc", 4, DECIMAL, "",
                    "Node ID of an FQ-CSID: 1000 times the MCC, and the MNC.");
    public static final IndexField PFCP_CSID_NODE =
            terms("pfcp.q_csid_node_id.int", 2, DECIMAL, "", "Node ID of an FQ-CSID: number within the network.");
    public static final IndexField PFCP_RECOVERY_TIME_STAMP =
            terms("pfcp.recovery_time_stamp", 4, Display.UTC, "", "When a node was started, in seconds since 1970.");
    public static final IndexField GTPV2_MEI = term("gtpv2.mei", Kind.TEXT, "IMEI or IMEISV of GTPv2-C.");
    public static final IndexField GTPV2_APN = term("gtpv2.apn", Kind.TEXT, "APN of GTPv2-C.");
    public static final IndexField GTPV2_F_TEID =
            terms("gtpv2.f_teid_gre_key", 4, HEX, "", "TEID or GRE key of an F-TEID of GTPv2-C.");
    public static final IndexField GTPV2_F_TEID_IPV4 =
            term("gtpv2.f_teid_ipv4", Kind.IPV4, "IPv4 address of an F-TEID of GTPv2-C.");
    public static final IndexField GTPV2_F_TEID_IPV6 =
            term("gtpv2.f_teid_ipv6", Kind.IPV6, "IPv6 address of an F-TEID of GTPv2-C.");
    public static final IndexField GTPV2_UE_IPV4 =
            term("gtpv2.pdn_addr_and_prefix.ipv4", Kind.IPV4, "IPv4 address of a UE, of a PDN Address Allocation.");
    public static final IndexField GTPV2_UE_IPV6 =
            term("gtpv2.pdn_addr_and_prefix.ipv6", Kind.IPV6, "IPv6 address of a UE, of a PDN Address Allocation.");
    public static final IndexField GTPV2_UE_PREFIX_LENGTH =
            terms("gtpv2.pdn_ipv6_len", 1, DECIMAL, "", "Length of a UE's IPv6 prefix, of a PDN Address Allocation.");
    public static final IndexField GTPV2_CHARGING_ID =
            terms("gtpv2.charging_id", 4, DECIMAL, "", "Charging identifier of GTPv2-C.");
    public static final IndexField GTPV2_TEID_C =
            terms("gtpv2.teid_c", 4, HEX, "", "TEID-C of the Sv interface, TS 29.280.");
    public static final IndexField GTPV2_SGW_S1U_TEID =
            terms("gtpv2.sgw_s1u_teid", 4, HEX, "", "TEID of a serving gateway to forward data to.");
    public static final IndexField GTPV2_SGW_IPV4 =
            term("gtpv2.sgw_addr_ipv4", Kind.IPV4, "IPv4 address of a serving gateway to forward data to.");
    public static final IndexField GTPV2_SGW_IPV6 =
            term("gtpv2.sgw_addr_ipv6", Kind.IPV6, "IPv6 address of a serving gateway to forward data to.");
    public static final IndexField GTPV2_CSID_IPV4 =
            term("gtpv2.fq_csid_ipv4", Kind.IPV4, "Node ID of an FQ-CSID of GTPv2-C that is an IPv4 address.");
    public static final IndexField GTPV2_CSID_IPV6 =
            term("gtpv2.fq_csid_ipv6", Kind.IPV6, "Node ID of an FQ-CSID of GTPv2-C that is an IPv6 address.");
    public static final IndexField GTPV2_CSID_NETWORK =
            terms("gtpv2.fq_csid_mcc_mnc", 4, DECIMAL, "",
                    "Node ID of an FQ-CSID of GTPv2-C: 1000 times the MCC, and the MNC.");
    public static final IndexField GTPV2_CSID_NODE =
            terms("gtpv2.fq_csid_node_id", 2, DECIMAL, "",
                    "Node ID of an FQ-CSID of GTPv2-C: number within the network.");
    public static final IndexField GTP_IMEI = term("gtp.ext_imeisv", Kind.TEXT, "IMEI or IMEISV of GTPv1.");
    public static final IndexField GTP_APN = term("gtp.apn", Kind.TEXT, "APN of GTPv1.");
    public static final IndexField GTP_TEID_DATA =
            terms("gtp.teid_data", 4, HEX, "", "TEID Data I of GTPv1: of the user plane.");
    public static final IndexField GTP_TEID_CONTROL =
            terms("gtp.teid_cp", 4, HEX, "", "TEID Control Plane of GTPv1.");
    public static final IndexField GTP_TEID_DATA_II =
            terms("gtp.teid_ii", 4, HEX, "", "TEID Data II of GTPv1: of the user plane between SGSNs.");
    public static final IndexField GTP_GSN_IPV4 = term("gtp.gsn_ipv4", Kind.IPV4, "IPv4 address of a GSN.");
    public static final IndexField GTP_GSN_IPV6 = term("gtp.gsn_ipv6", Kind.IPV6, "IPv6 address of a GSN.");
    public static final IndexField GTP_UE_IPV4 = term("gtp.user_ipv4", Kind.IPV4, "IPv4 address of a UE, of GTPv1.");
    public static final IndexField GTP_UE_IPV6 = term("gtp.user_ipv6", Kind.IPV6, "IPv6 address of a UE, of GTPv1.");
    public static final IndexField GTP_PDP_IPV4 =
            term("gtp.pdp_address.ipv4", Kind.IPV4, "IPv4 address of a UE, of a PDP context that is handed over.");
    public static final IndexField GTP_PDP_IPV6 =
            term("gtp.pdp_address.ipv6", Kind.IPV6, "IPv6 address of a UE, of a PDP context that is handed over.");
    public static final IndexField GTP_UPLINK_TEID_CONTROL =
            terms("gtp.uplink_teid_cp", 4, HEX, "",
                    "TEID of the control plane towards the GGSN, of a PDP context that is handed over.");
    public static final IndexField GTP_UPLINK_TEID_DATA =
            terms("gtp.uplink_teid_data", 4, HEX, "",
                    "TEID of the user plane towards the GGSN, of a PDP context that is handed over.");
    public static final IndexField GTP_GGSN_CONTROL_IPV4 =
            term("gtp.ggsn_address_for_control_plane.ipv4", Kind.IPV4,
                    "IPv4 address of a GGSN, for the control plane, of a PDP context that is handed over.");
    public static final IndexField GTP_GGSN_CONTROL_IPV6 =
            term("gtp.ggsn_address_for_control_plane.ipv6", Kind.IPV6,
                    "IPv6 address of a GGSN, for the control plane, of a PDP context that is handed over.");
    public static final IndexField GTP_GGSN_USER_IPV4 =
            term("gtp.ggsn_address_for_user_traffic.ipv4", Kind.IPV4,
                    "IPv4 address of a GGSN, for the user plane, of a PDP context that is handed over.");
    public static final IndexField GTP_GGSN_USER_IPV6 =
            term("gtp.ggsn_address_for_user_traffic.ipv6", Kind.IPV6,
                    "IPv6 address of a GGSN, for the user plane, of a PDP context that is handed over.");
    public static final IndexField GTP_CHARGING_ID =
            terms("gtp.chrg_id", 4, HEX, "", "Charging identifier of GTPv1.");
    public static final IndexField SEID_ENDPOINT =
            row("seid.endpoint", Kind.SEID_ENDPOINT,
                    "An F-SEID: the address of a session's end, and the SEID. (A header's is ip.dst with pfcp.seid.)");
    public static final IndexField TEID_ENDPOINT =
            row("teid.endpoint", Kind.TEID_ENDPOINT,
                    "A tunnel's end: its address and TEID, of PFCP, GTPv2-C or GTPv1. (A header's is ip.dst with gtp.teid.)");

    // location
    public static final IndexField MCC =
            terms("e212.mcc", 2, DECIMAL, "", "Country of a network: of a serving network, not of an IMSI.");
    public static final IndexField MNC =
            terms("e212.mnc", 2, DECIMAL, "", "Network within its country: of a serving network, not of an IMSI.");
    public static final IndexField TAI_MCC = terms("e212.tai.mcc", 2, DECIMAL, "", "Country of a tracking area.");
    public static final IndexField TAI_MNC = terms("e212.tai.mnc", 2, DECIMAL, "", "Network of a tracking area.");
    public static final IndexField TAC = terms("gtpv2.tai_tac", 2, HEX, "", "Tracking area code, of GTPv2-C.");
    public static final IndexField GTP_TAC =
            terms("gtp.tac", 2, DECIMAL, "", "Tracking area code, of GTPv1.");
    public static final IndexField TAI_5GS_MCC =
            terms("e212.5gstai.mcc", 2, DECIMAL, "", "Country of a tracking area of 5GS.");
    public static final IndexField TAI_5GS_MNC =
            terms("e212.5gstai.mnc", 2, DECIMAL, "", "Network of a tracking area of 5GS.");
    public static final IndexField GTPV2_5GS_TAC =
            terms("gtpv2.5gs_tac", 4, DECIMAL, "", "Tracking area code of 5GS, of GTPv2-C.");
    public static final IndexField ECGI_MCC = terms("e212.ecgi.mcc", 2, DECIMAL, "", "Country of an E-UTRAN cell.");
    public static final IndexField ECGI_MNC = terms("e212.ecgi.mnc", 2, DECIMAL, "", "Network of an E-UTRAN cell.");
    public static final IndexField ECI = terms("gtpv2.ecgi_eci", 4, DECIMAL, "", "E-UTRAN cell identifier.");
    public static final IndexField NRCGI_MCC = terms("e212.nrcgi.mcc", 2, DECIMAL, "", "Country of an NR cell.");
    public static final IndexField NRCGI_MNC = terms("e212.nrcgi.mnc", 2, DECIMAL, "", "Network of an NR cell.");
    public static final IndexField NCI = terms("gtpv2.ncgi_nrci", 8, HEX, "", "NR cell identity.");
    public static final IndexField RAI_MCC = terms("e212.rai.mcc", 2, DECIMAL, "", "Country of a routeing area.");
    public static final IndexField RAI_MNC = terms("e212.rai.mnc", 2, DECIMAL, "", "Network of a routeing area.");
    public static final IndexField RAC = terms("gtp.rai_rac", 1, DECIMAL, "", "Routeing area code.");
    public static final IndexField LAC = terms("gtp.lac", 2, DECIMAL, "", "Location area code, of GTPv1.");
    public static final IndexField CELL = terms("gtp.cgi_ci", 2, DECIMAL, "", "Cell identity, of GTPv1.");

    // procedure
    public static final IndexField PFCP_CAUSE =
            terms("pfcp.cause", 1, DECIMAL, "pfcp.causes", "PFCP cause, TS 29.244 8.2.1.");
    public static final IndexField PFCP_OFFENDING_IE =
            terms("pfcp.offending_ie", 2, DECIMAL, "pfcp.ies", "Type of the IE that a message was rejected for.");
    public static final IndexField PFCP_REPORT_TYPE =
            labels("pfcp.report_type", "What a session report is about: each flag that is set, TS 29.244 8.2.21.");
    public static final IndexField PFCP_NODE_REPORT_TYPE =
            labels("pfcp.node_report_type", "What a node report is about: each flag that is set, TS 29.244 8.2.69.");
    public static final IndexField PFCP_USAGE_REPORT_TRIGGER =
            labels("pfcp.usage_report_trigger",
                    "Why a usage report was sent: each flag that is set, TS 29.244 8.2.41.");
    public static final IndexField PFCP_PDR_ID = terms("pfcp.pdr_id", 2, DECIMAL, "", "Packet detection rule.");
    public static final IndexField PFCP_FAR_ID =
            terms("pfcp.far_id", 4, DECIMAL, "", "Forwarding action rule, without the bit that tells who defined it.");
    public static final IndexField PFCP_QER_ID =
            terms("pfcp.qer_id", 4, DECIMAL, "", "QoS enforcement rule, without the bit that tells who defined it.");
    public static final IndexField PFCP_URR_ID =
            terms("pfcp.urr_id", 4, DECIMAL, "", "Usage reporting rule, without the bit that tells who defined it.");
    public static final IndexField PFCP_BAR_ID = terms("pfcp.bar_id", 1, DECIMAL, "", "Buffering action rule.");
    public static final IndexField PFCP_MAR_ID = terms("pfcp.mar_id", 2, DECIMAL, "", "Multi-access rule.");
    public static final IndexField PFCP_SRR_ID = terms("pfcp.srr_id_value", 1, DECIMAL, "", "Session reporting rule.");
    public static final IndexField PFCP_HEADER_RULE_ID =
            terms("pfcp.header_handling_control_rule_id", 1, DECIMAL, "", "Header handling control rule.");
    public static final IndexField PFCP_TRAFFIC_ENDPOINT_ID =
            terms("pfcp.traffic_endpoint_id", 1, DECIMAL, "", "Traffic endpoint.");
    public static final IndexField PFCP_SOURCE_INTERFACE =
            terms("pfcp.source_interface", 1, DECIMAL, "pfcp.source_interface", "Side that packets come from.");
    public static final IndexField PFCP_DESTINATION_INTERFACE =
            terms("pfcp.dst_interface", 1, DECIMAL, "pfcp.destination_interface", "Side that packets are sent to.");
    public static final IndexField PFCP_3GPP_INTERFACE =
            terms("pfcp.tgpp_interface_type", 1, DECIMAL, "pfcp.3gpp_interface_type",
                    "Reference point of a source or destination interface.");
    public static final IndexField PFCP_QFI = terms("pfcp.qfi_value", 1, HEX, "", "QoS flow, of PFCP.");
    public static final IndexField PFCP_RAT_TYPE = terms("pfcp.rattype", 1, DECIMAL, "pfcp.rat_type", "Radio access.");
    public static final IndexField PFCP_ENTERPRISE_ID =
            terms("pfcp.enterprise_id", 2, DECIMAL, "", "Enterprise that a vendor's IE belongs to.");
    public static final IndexField PFCP_ENTERPRISE_IE =
            terms("pfcp.enterprise_ie", 2, DECIMAL, "", "Type of a vendor's IE.");

    public static final IndexField GTPV2_CAUSE =
            terms("gtpv2.cause", 1, DECIMAL, "gtpv2.causes", "GTPv2-C cause, TS 29.274 8.4.");
    public static final IndexField GTPV2_CAUSE_RADIO_NETWORK =
            terms("gtpv2.CauseRadioNetwork", 1, DECIMAL, "s1ap.radio_network", "S1AP cause of the radio network.");
    public static final IndexField GTPV2_CAUSE_TRANSPORT =
            terms("gtpv2.CauseTransport", 1, DECIMAL, "s1ap.transport", "S1AP cause of the transport.");
    public static final IndexField GTPV2_CAUSE_NAS =
            terms("gtpv2.CauseNas", 1, DECIMAL, "s1ap.nas", "S1AP cause of the non-access stratum.");
    public static final IndexField GTPV2_CAUSE_PROTOCOL =
            terms("gtpv2.CauseProtocol", 1, DECIMAL, "s1ap.protocol", "S1AP cause of the protocol.");
    public static final IndexField GTPV2_CAUSE_MISC =
            terms("gtpv2.CauseMisc", 1, DECIMAL, "s1ap.misc", "S1AP cause of another kind.");
    public static final IndexField GTPV2_CAUSE_EMM =
            terms("gtpv2.ran_nas.emm_cause", 1, DECIMAL, "gtpv2.emm_cause", "EMM cause, of a RAN/NAS Cause.");
    public static final IndexField GTPV2_CAUSE_ESM =
            terms("gtpv2.ran_nas.esm_cause", 1, DECIMAL, "gtpv2.esm_cause", "ESM cause, of a RAN/NAS Cause.");
    public static final IndexField GTPV2_CAUSE_DIAMETER =
            terms("gtpv2.ran_nas.diameter_cause", 2, DECIMAL, "gtpv2.diameter_cause",
                    "Diameter cause, of a RAN/NAS Cause.");
    public static final IndexField GTPV2_CAUSE_IKEV2 =
            terms("gtpv2.ran_nas.ikev2_cause", 2, DECIMAL, "gtpv2.ikev2_cause", "IKEv2 cause, of a RAN/NAS Cause.");
    public static final IndexField GTPV2_CAUSE_OTHER =
            terms("gtpv2.ran_nas.cause_value", 1, DECIMAL, "",
                    "Cause of a protocol that is not known, of a RAN/NAS Cause.");
    public static final IndexField GTPV2_CAUSE_SRVCC =
            terms("gtpv2.srvcc_cause", 1, DECIMAL, "gtpv2.srvcc_cause", "SRVCC cause, TS 29.280.");
    public static final IndexField GTPV2_OFFENDING_IE =
            terms("gtpv2.cause_off_ie_t", 1, DECIMAL, "gtpv2.ies", "Type of the IE that a message was rejected for.");
    public static final IndexField GTPV2_INTERFACE_TYPE =
            terms("gtpv2.f_teid_interface_type", 1, DECIMAL, "gtpv2.interface_types", "Interface of an F-TEID.");
    public static final IndexField GTPV2_EBI = terms("gtpv2.ebi", 1, DECIMAL, "", "EPS bearer.");
    public static final IndexField GTPV2_RAT_TYPE =
            terms("gtpv2.rat_type", 1, DECIMAL, "gtpv2.rat_type", "Radio access, of GTPv2-C.");
    public static final IndexField GTPV2_SECONDARY_RAT_TYPE =
            terms("gtpv2.secondary_rat_usage_data_report.rat_type", 1, DECIMAL, "gtpv2.secondary_rat_type",
                    "Radio access of a Secondary RAT Usage Data Report.");
    public static final IndexField GTPV2_ENTERPRISE_ID =
            terms("gtpv2.enterprise_id", 2, DECIMAL, "", "Enterprise that a private extension of GTPv2-C belongs to.");
    public static final IndexField GTP_CAUSE =
            terms("gtp.cause", 1, DECIMAL, "gtp.causes", "GTPv1 cause, TS 29.060 7.7.1.");
    public static final IndexField GTP_RANAP_CAUSE =
            terms("gtp.ranap_cause", 1, DECIMAL, "gtp.ranap_cause", "RANAP cause, of GTPv1.");
    public static final IndexField GTP_MAP_CAUSE =
            terms("gtp.map_cause", 1, DECIMAL, "gtp.map_cause", "MAP cause, of GTPv1.");
    public static final IndexField GTP_BSSGP_CAUSE =
            terms("gtp.bssgp_cause", 1, DECIMAL, "gtp.bssgp_cause", "BSSGP cause, of GTPv1.");
    public static final IndexField GTP_NSAPI = terms("gtp.nsapi", 1, DECIMAL, "", "PDP context of a UE.");
    public static final IndexField GTP_RAT_TYPE = terms("gtp.ext_rat_type", 1, DECIMAL, "", "Radio access, of GTPv1.");
    public static final IndexField GTP_ENTERPRISE_ID =
            terms("gtp.ext_id", 2, DECIMAL, "", "Enterprise that a private extension of GTPv1 or GTP' belongs to.");
    public static final IndexField GTP_QFI =
            terms("gtp.ext_hdr.pdu_ses_con.qos_flow_id", 1, DECIMAL, "",
                    "QoS flow, of the PDU Session or PDU Set Information Container of a packet of the user plane.");

    // trouble
    public static final IndexField FAULT =
            labels("fault",
                    "What is wrong with the packet, as 'seidex show' says it at its place: a layer and a kind, such as"
                            + " pfcp:ie-malformed.");

    /** What {@link #REASSEMBLY} says of a fragment. */
    public static final String PIECE = "piece";
    /** What {@link #REASSEMBLY} says of a packet that completes a datagram. */
    public static final String WHOLE = "whole";
    /** What it says of a segment that came when octets before it had not: they may come yet. */
    public static final String GAP = "gap";
    private static final List<String> REASSEMBLIES = List.of(PIECE, WHOLE, GAP);

    private static final List<String> REPORT_TYPES =
            List.of("DLDR", "USAR", "ERIR", "UPIR", "TMIR", "SESR", "UISR");
    private static final List<String> NODE_REPORT_TYPES =
            List.of("UPFR", "UPRR", "CKDR", "GPQR", "PURR", "VSR", "N6DR");
    private static final List<String> USAGE_REPORT_TRIGGERS = List.of(
            "PERIO", "VOLTH", "TIMTH", "QUHTI", "START", "STOPT", "DROTH", "IMMER",
            "VOLQU", "TIMQU", "LIUSA", "TERMR", "MONIT", "ENVCL", "MACAR", "EVETH",
            "EVEQU", "TEBUR", "IPMJL", "QUVTI", "EMRRE", "UPINT");
    private static final List<String> FAULT_LABELS = IntStream.range(0, Layer.count() * Fault.count())
            .mapToObj(place -> faultLayer(place).label() + ":" + fault(place).label())
            .toList();
    private static final Map<String, IndexField> FIXED_BY_NAME = byName(ROWS);

    /** The fields that every index has: they come first, in the order of the Lucene field numbers. */
    public static final List<IndexField> FIXED = List.copyOf(ROWS);

    private final DeclaredProtocols declared;
    private final List<IndexField> fields;
    private final Map<String, IndexField> byName;
    private final List<IndexField> messageFields;
    private final List<String> protocols;

    private PacketSchema(DeclaredProtocols declared) {
        this.declared = declared;
        List<IndexField> rows = new ArrayList<>(FIXED);
        List<IndexField> ofMessages = new ArrayList<>();
        for (DeclaredProtocol protocol : declared.all()) {
            for (DeclaredProtocol.Field field : protocol.fields()) {
                declared(rows.size(), protocol, field).ifPresent(row -> {
                    rows.add(row);
                    if (field.isOfMessage()) {
                        ofMessages.add(row);
                    }
                });
            }
        }
        fields = List.copyOf(rows);
        byName = byName(rows);
        messageFields = List.copyOf(ofMessages);
        protocols = Stream.concat(
                IntStream.range(0, Layer.count()).mapToObj(layer -> Layer.of(layer).label()),
                declared.all().stream().map(DeclaredProtocol::name)).toList();
    }

    /** The schema of an index for which protocols are declared: the fixed fields, and theirs in the order of declaration. */
    public static PacketSchema of(DeclaredProtocols declared) {
        return declared == DeclaredProtocols.builtIn() ? builtIn() : new PacketSchema(declared);
    }

    /** The schema of an index for which nothing is declared besides what the program brings. */
    public static PacketSchema builtIn() {
        return BuiltIn.SCHEMA;
    }

    private static Map<String, IndexField> byName(List<IndexField> fields) {
        return fields.stream().collect(Collectors.toUnmodifiableMap(IndexField::name, Function.identity()));
    }

    /** Every field, in the order of the Lucene field numbers. */
    public List<IndexField> fields() {
        return fields;
    }

    /** The field of a name. */
    public Optional<IndexField> field(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The field of a name that every index has. */
    public static Optional<IndexField> fixed(String name) {
        return Optional.ofNullable(FIXED_BY_NAME.get(name));
    }

    /**
     * Refuses what dictionaries that were added say of members whose values cannot be those of the indexed field they name.
     *
     * @throws DictionaryException that names the place
     */
    public static void check(Dictionaries dictionaries) {
        List<Dictionary> known = Dictionaries.builtIn().all();
        List<Dictionary> all = dictionaries.all();
        for (int i = 0; i < all.size(); i++) {
            all.get(i).membersBeyond(known.get(i)).filter(Member::isShownByStatement).forEach(member -> {
                if (!ElementPlan.fits(member)) {
                    throw member.problem("'" + member.name() + "' cannot be " + member.field()
                            + fixed(member.field()).map(field -> ": in the index that is " + described(field.kind()))
                                    .orElse(""));
                }
            });
        }
    }

    private static String described(Kind kind) {
        return switch (kind) {
            case UNSIGNED -> "an unsigned integer";
            case IPV4 -> "an IPv4 address";
            case IPV6 -> "an IPv6 address";
            case TEXT -> "a text";
            default -> "nothing that an element holds";
        };
    }

    /** The protocols whose fields are behind the fixed ones. */
    public DeclaredProtocols declared() {
        return declared;
    }

    /** Fields of messages that are put together from several packets: only the document has their values. */
    public List<IndexField> messageFields() {
        return messageFields;
    }

    /** The words of a field of {@link Kind#LABEL}, at the places that its values are; of other fields, none. */
    public List<String> labels(IndexField field) {
        return field.kind() != Kind.LABEL ? List.of()
                : field.ordinal() == PROTOCOL.ordinal() || field.ordinal() == QUOTED.ordinal() ? protocols
                : words(field);
    }

    /** The words of a field of {@link Kind#LABEL} that are the same in every index. */
    static List<String> words(IndexField field) {
        return field == FAULT ? FAULT_LABELS
                : field == REASSEMBLY ? REASSEMBLIES
                : field == PFCP_REPORT_TYPE ? REPORT_TYPES
                : field == PFCP_NODE_REPORT_TYPE ? NODE_REPORT_TYPES
                : field == PFCP_USAGE_REPORT_TRIGGER ? USAGE_REPORT_TRIGGERS : List.of();
    }

    /**
     * A flag that is indexed as one of the words of a field.
     *
     * @param word as it is in {@link #labels}
     */
    public record FlagWord(IndexField field, String word) {}

    /** What a flag of an element of PFCP is indexed as; empty if it is not. */
    public static Optional<FlagWord> flagOfPfcp(Element element, Member flag) {
        IndexField field = ElementPlan.words(Layer.PFCP, element);
        String word = ElementPlan.word(flag);
        return field != null && words(field).contains(word) ? Optional.of(new FlagWord(field, word))
                : Optional.empty();
    }

    /** The place of a layer's name among the labels of {@link #PROTOCOL} and {@link #QUOTED}. */
    static int label(Layer layer) {
        return layer.ordinal();
    }

    /** The place of a declared protocol's name among those labels. */
    static int declaredLabel(int protocol) {
        return Layer.count() + protocol;
    }

    /** The place of {@link #PIECE}, {@link #WHOLE} or {@link #GAP} among the labels of {@link #REASSEMBLY}. */
    public static int label(String reassembly) {
        return REASSEMBLIES.indexOf(reassembly);
    }

    /** The place of a layer's fault among the labels of {@link #FAULT}. */
    static int label(Layer layer, Fault fault) {
        return layer.ordinal() * Fault.count() + fault.ordinal();
    }

    /** The layer of the fault at a place among the labels of {@link #FAULT}. */
    public static Layer faultLayer(int place) {
        return Layer.of(place / Fault.count());
    }

    /** The fault at a place among the labels of {@link #FAULT}. */
    public static Fault fault(int place) {
        return Fault.of(place % Fault.count());
    }

    /** A row for a field whose values are numbers, addresses or text. What stands in a message a document keeps. */
    private static Optional<IndexField> declared(int ordinal, DeclaredProtocol protocol, DeclaredProtocol.Field field) {
        Member member = field.member();
        boolean kept = field.isOfMessage();
        Kind kind = switch (member.type()) {
            case UNSIGNED, BITS -> Kind.UNSIGNED;
            case IP4 -> Kind.IPV4;
            case IP6 -> Kind.IPV6;
            case TEXT, LABELS, NAME, FQDN, TBCD -> Kind.TEXT;
            default -> null;
        };
        if (kind == null || !field.isIndexed() || member.format() == FieldFormat.LABEL) {
            return Optional.empty();
        }
        return Optional.of(new IndexField(ordinal, field.name(), kind, kind == Kind.UNSIGNED ? octets(member) : 0, true,
                !kept ? Values.NONE : kind == Kind.UNSIGNED ? Values.NUMBER : Values.OCTETS,
                member.format() == FieldFormat.HEX ? HEX : DECIMAL, member.enumeration(),
                member.name() + (kept ? " of a message of " : " of ") + protocol.name() + '.'));
    }

    /** Sizes that terms have. */
    private static int octets(Member member) {
        int size = member.size();
        return size < 0 || size > 4 ? 8 : size == 3 ? 4 : size;
    }

    private static IndexField row(String name, Kind kind, String description) {
        boolean terms = kind == Kind.COMMUNITY_ID || kind == Kind.SEID_ENDPOINT || kind == Kind.TEID_ENDPOINT;
        Values values = terms ? Values.NONE : kind == Kind.TIME ? Values.NUMBER_SKIPPING : Values.NUMBER;
        return add(name, kind, 0, terms, values, DECIMAL, "", description);
    }

    private static IndexField value(String name, int octets, Values values, String description) {
        return add(name, Kind.UNSIGNED, octets, false, values, DECIMAL, "", description);
    }

    private static IndexField value(String name, int octets, Display display, String description) {
        return add(name, Kind.UNSIGNED, octets, false, Values.NUMBER, display, "", description);
    }

    private static IndexField terms(String name, int octets, Display display, String labels, String description) {
        return add(name, Kind.UNSIGNED, octets, true, Values.NONE, display, labels, description);
    }

    private static IndexField both(String name, int octets, Display display, String labels, String description) {
        return add(name, Kind.UNSIGNED, octets, true, Values.NUMBER, display, labels, description);
    }

    private static IndexField term(String name, Kind kind, String description) {
        return add(name, kind, 0, true, Values.NONE, DECIMAL, "", description);
    }

    private static IndexField octets(String name, Values values, String description) {
        return add(name, Kind.OCTETS, 0, false, values, DECIMAL, "", description);
    }

    private static IndexField address(String name, Kind kind, String description) {
        return add(name, kind, 0, true, Values.OCTETS, DECIMAL, "", description);
    }

    private static IndexField labels(String name, String description) {
        return add(name, Kind.LABEL, 0, true, Values.NONE, DECIMAL, name, description);
    }

    private static IndexField add(
            String name, Kind kind, int octets, boolean terms, Values values, Display display, String labels,
            String description) {
        IndexField field = new IndexField(ROWS.size(), name, kind, octets, terms, values, display, labels, description);
        ROWS.add(field);
        return field;
    }

    private static final class BuiltIn {
        static final PacketSchema SCHEMA = new PacketSchema(DeclaredProtocols.builtIn());
    }
}
