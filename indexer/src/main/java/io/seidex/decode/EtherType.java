package io.seidex.decode;

/** EtherTypes that are followed, and the border below which the field is a length. */
public final class EtherType {
    /** The largest value that is a length of an LLC frame. */
    public static final int MAX_LENGTH = 1500;
    /** No EtherType: what follows is not told. */
    public static final int NONE = 0;

    public static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;
    public static final int REVERSE_ARP = 0x8035;
    public static final int ERSPAN_3 = 0x22EB;
    public static final int BRIDGED = 0x6558;
    public static final int VLAN = 0x8100;
    public static final int IPV6 = 0x86DD;
    public static final int PPP = 0x880B;
    public static final int WCCP = 0x883E;
    public static final int MPLS = 0x8847;
    public static final int MPLS_UPSTREAM = 0x8848;
    public static final int PPPOE_DISCOVERY = 0x8863;
    public static final int PPPOE = 0x8864;
    public static final int LLC = 0x8870;
    public static final int SERVICE_VLAN = 0x88A8;
    public static final int ERSPAN = 0x88BE;
    public static final int MACSEC = 0x88E5;
    public static final int BACKBONE = 0x88E7;
    public static final int CMD = 0x8909;
    public static final int VNTAG = 0x8926;
    public static final int NSH = 0x894F;
    public static final int OLD_SERVICE_VLAN = 0x9100;
    public static final int OLD_SERVICE_VLAN_2 = 0x9200;

    private EtherType() {}

    /** Whether a type is one that a frame of unknown kind would have, if it were an Ethernet frame. */
    static boolean isCommon(int type) {
        return switch (type) {
            case IPV4, IPV6, ARP, VLAN, SERVICE_VLAN, MPLS, PPPOE_DISCOVERY, PPPOE -> true;
            default -> false;
        };
    }
}
