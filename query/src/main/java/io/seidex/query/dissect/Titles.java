package io.seidex.query.dissect;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What people call a member, from its name in the notation: {@code node_id_type} is Node ID Type. Cold path. */
final class Titles {
    private static final Set<String> SPELLED = Set.of("aaa", "ad", "ae", "ambr", "apn", "arp", "arfcn", "atsss", "bsid",
            "bsic", "ci", "cgi", "cp", "csg", "dei", "dl", "dnn", "dns", "dscp", "ecgi", "eci", "ecn", "enb", "fqdn",
            "ftp",
            "gbr", "gre", "gsn", "gtp", "guti", "hssp", "icv", "id", "ie", "ies", "imei", "imeisv", "imsi", "ip",
            "isdn",
            "kpi", "lac", "lai", "ldn", "mac", "mbms", "mbr", "mcc", "mei", "mme", "mnc", "mptcp", "msisdn", "mtu",
            "nai",
            "nat", "ncgi", "ne", "nid", "nsapi", "ntp", "pcp", "pdn", "pdp", "pdr", "pdu", "pfcp", "pgw", "plmn", "pmf",
            "pra",
            "psn", "pssn", "psi", "qci", "qer", "qfi", "qfis", "qos", "rac", "rai", "ran", "rat", "rnc", "rtp", "sac",
            "sai", "sar", "sci", "sd", "seid", "sgsn", "sgw", "smf", "smenb", "sn", "spi", "sst", "tac", "tai",
            "tcp", "tei", "teid", "tft", "tmgi", "tmsi", "tsn", "udp", "ue", "uli", "ul", "up", "upf", "uri", "url",
            "urr", "utran", "vid", "vlan", "xid");
    private static final Map<String, String> WORDS = Map.of("ipv4", "IPv4", "ipv6", "IPv6", "enodeb", "eNodeB", "henb",
            "HeNB", "gnb", "gNB", "gnodeb", "gNodeB", "cvid", "C-VID", "svid", "S-VID");

    private Titles() {}

    /** @param name without the integer's before bits: {@code V4}, {@code node_id_type} */
    static String of(String name) {
        if (name.equals(name.toUpperCase(Locale.ROOT))) {
            return name;
        }
        if (name.startsWith("spare_")) {
            return "Spare";
        }
        StringBuilder title = new StringBuilder();
        for (String word : name.split("_")) {
            if (!title.isEmpty()) {
                title.append(' ');
            }
            title.append(word(word));
        }
        return title.toString();
    }

    private static String word(String word) {
        if (SPELLED.contains(word)) {
            return word.toUpperCase(Locale.ROOT);
        }
        String known = WORDS.get(word);
        return known != null || word.isEmpty() ? known == null ? "" : known
                : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
