package io.seidex.fault;

/** Where in a capture or a packet something was found. The label is Wireshark's protocol name where it has one. */
public enum Layer {
    FILE("file"),
    RECORD("record"),
    FRAME("frame"),
    ETH("eth"),
    SLL("sll"),
    NULL("null"),
    RAW("raw"),
    PPP("ppp"),
    CHDLC("chdlc"),
    FR("fr"),
    FDDI("fddi"),
    TR("tr"),
    ARCNET("arcnet"),
    IPOIB("ipoib"),
    ATM("atm"),
    RADIOTAP("radiotap"),
    PRISM("prism"),
    WLANCAP("wlancap"),
    PPI("ppi"),
    WLAN("wlan"),
    NFLOG("nflog"),
    PKTAP("pktap"),
    JUNIPER("juniper"),
    LLC("llc"),
    VLAN("vlan"),
    SERVICE_VLAN("ieee8021ad"),
    BACKBONE("ieee8021ah"),
    VNTAG("vntag"),
    MACSEC("macsec"),
    CMD("cmd"),
    MPLS("mpls"),
    PWETHCW("pwethcw"),
    PPPOED("pppoed"),
    PPPOES("pppoes"),
    ARP("arp"),
    IP("ip"),
    IPV6("ipv6"),
    ICMP("icmp"),
    ICMPV6("icmpv6"),
    AH("ah"),
    ESP("esp"),
    GRE("gre"),
    ERSPAN("erspan"),
    NSH("nsh"),
    ETHERIP("etherip"),
    PIM("pim"),
    L2TP("l2tp"),
    VXLAN("vxlan"),
    GENEVE("geneve"),
    LISP_DATA("lisp-data"),
    TEREDO("teredo"),
    UDP("udp"),
    TCP("tcp"),
    SCTP("sctp"),
    PFCP("pfcp"),
    GTP("gtp"),
    GTPPRIME("gtpprime"),
    GTPV2("gtpv2"),
    /** An application protocol that a declaration describes. */
    DECLARED("declared");

    private static final Layer[] ALL = values();

    private final String label;

    Layer(String label) {
        this.label = label;
    }

    /** How many layers there are. */
    public static int count() {
        return ALL.length;
    }

    /** The layer of an ordinal. */
    public static Layer of(int ordinal) {
        return ALL[ordinal];
    }

    /** Whether it is a message of the mobile core. */
    public boolean isMessage() {
        return switch (this) {
            case PFCP, GTP, GTPPRIME, GTPV2 -> true;
            default -> false;
        };
    }

    /** The name that filters, terms and messages use. */
    public String label() {
        return label;
    }
}
