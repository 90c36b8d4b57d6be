package io.seidex.decode;

/** The LINKTYPE numbers of the tcpdump.org registry that are decoded, and names for more of them. */
public final class LinkTypes {
    static final int NULL = 0;
    static final int ETHERNET = 1;
    static final int TOKEN_RING = 6;
    static final int ARCNET_BSD = 7;
    static final int PPP = 9;
    static final int FDDI = 10;
    static final int RAW_BSD = 12;
    static final int RAW_OPENBSD = 14;
    static final int PPP_HDLC = 50;
    static final int PPP_ETHER = 51;
    static final int ATM_RFC1483 = 100;
    static final int RAW = 101;
    static final int C_HDLC = 104;
    static final int IEEE802_11 = 105;
    static final int FRELAY = 107;
    static final int LOOP = 108;
    static final int SLL = 113;
    static final int PRISM = 119;
    static final int SUNATM = 123;
    static final int IEEE802_11_RADIOTAP = 127;
    static final int ARCNET_LINUX = 129;
    /** For private use; Apple's systems write PKTAP under it. */
    static final int USER_2 = 149;
    static final int IEEE802_11_AVS = 163;
    static final int JUNIPER_ETHER = 178;
    static final int PPI = 192;
    static final int PPP_WITH_DIR = 204;
    public static final int IPV4 = 228;
    public static final int IPV6 = 229;
    static final int NFLOG = 239;
    static final int IPOIB = 242;
    public static final int PKTAP = 258;
    public static final int SLL2 = 276;

    private LinkTypes() {}

    /** For people: the number, and the registry's name of those that are met. */
    public static String text(int linkType) {
        String name = switch (linkType) {
            case 8 -> "SLIP";
            case 9 -> "PPP";
            case 10 -> "FDDI";
            case 50 -> "PPP_HDLC";
            case 51 -> "PPP_ETHER";
            case 100 -> "ATM_RFC1483";
            case 104 -> "C_HDLC";
            case 105 -> "IEEE802_11";
            case 107 -> "FRELAY";
            case 123 -> "SUNATM";
            case 127 -> "IEEE802_11_RADIOTAP";
            case 187 -> "BLUETOOTH_HCI_H4";
            case 192 -> "PPI";
            case 227 -> "CAN_SOCKETCAN";
            case 239 -> "NFLOG";
            case 252 -> "WIRESHARK_UPPER_PDU";
            case 253 -> "NETLINK";
            case 258 -> "PKTAP";
            default -> "";
        };
        return "link type " + linkType + (name.isEmpty() ? "" : " (" + name + ")");
    }
}
