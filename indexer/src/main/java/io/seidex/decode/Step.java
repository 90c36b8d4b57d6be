package io.seidex.decode;

/** What stands at the decoder's place. */
enum Step {
    STOP,
    /** Not what was asked; something else may be. */
    NOBODYS,

    ETHERNET,
    LLC,
    VLAN,
    SERVICE_VLAN,
    BACKBONE,
    VNTAG,
    MACSEC,
    CMD,
    CMD_BEHIND_GRE,
    ARP,
    SLL,
    SLL2,
    NULL,
    PPP,
    /** PPP behind the address and control octets of HDLC, unless they are left out. */
    PPP_HDLC,
    /** As {@link #PPP_HDLC}, behind an octet that tells the direction. */
    PPP_DIRECTED,
    CHDLC,
    FRAME_RELAY,
    FDDI,
    TOKEN_RING,
    ARCNET,
    ARCNET_LINUX,
    IPOIB,
    SUNATM,
    RADIOTAP,
    PRISM,
    AVS,
    PPI,
    WLAN,
    NFLOG,
    PKTAP,
    JUNIPER_ETHERNET,

    MPLS,
    PSEUDOWIRE,
    PPPOE_DISCOVERY,
    PPPOE,
    GRE,
    ERSPAN_1,
    ERSPAN,
    NSH,
    ETHERIP,
    PIM,
    L2TP,
    VXLAN,
    VXLAN_GPE,
    GENEVE,
    LISP,
    TEREDO,

    IP,
    IPV4,
    IPV6,
    AUTHENTICATION,
    ESP,
    UDP,
    TCP,
    SCTP,
    ICMP,
    ICMPV6,

    PFCP,
    GTPV2;

    /** What follows an EtherType. */
    static Step ofEtherType(int type) {
        return switch (type) {
            // A datagram of version 6 under the type of version 4 is met, and read.
            case EtherType.IPV4 -> IP;
            case EtherType.IPV6 -> IPV6;
            case EtherType.VLAN, EtherType.OLD_SERVICE_VLAN, EtherType.OLD_SERVICE_VLAN_2 -> VLAN;
            case EtherType.SERVICE_VLAN -> SERVICE_VLAN;
            case EtherType.ARP, EtherType.REVERSE_ARP -> ARP;
            case EtherType.MPLS, EtherType.MPLS_UPSTREAM -> MPLS;
            case EtherType.PPPOE_DISCOVERY -> PPPOE_DISCOVERY;
            case EtherType.PPPOE -> PPPOE;
            case EtherType.BRIDGED -> ETHERNET;
            case EtherType.BACKBONE -> BACKBONE;
            case EtherType.VNTAG -> VNTAG;
            case EtherType.MACSEC -> MACSEC;
            case EtherType.CMD -> CMD;
            case EtherType.NSH -> NSH;
            case EtherType.LLC -> LLC;
            default -> STOP;
        };
    }

    /** What follows a protocol field of PPP (RFC 1661 2). An EtherType in its place is met, and read. */
    static Step ofPpp(int protocol) {
        return switch (protocol) {
            case 0x0021, EtherType.IPV4 -> IP;
            case 0x0057, EtherType.IPV6 -> IPV6;
            case 0x0281, 0x0283 -> MPLS;
            case 0x004B -> LLC;
            default -> STOP;
        };
    }

    /** What follows a network layer protocol identifier of ISO/IEC TR 9577, as RFC 1490 and RFC 1483 use it. */
    static Step ofNlpid(int nlpid) {
        return switch (nlpid) {
            case 0xCC -> IP;
            case 0x8E -> IPV6;
            case 0xCF -> PPP;
            default -> STOP;
        };
    }

    /** What follows the next-protocol number of an NSH (RFC 8300 2.2) or of VXLAN-GPE, which are the same. */
    static Step ofServiceProtocol(int number) {
        return switch (number) {
            case 1 -> IP;
            case 2 -> IPV6;
            case 3 -> ETHERNET;
            case 4 -> NSH;
            case 5 -> MPLS;
            default -> STOP;
        };
    }
}
