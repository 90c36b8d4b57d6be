package io.seidex.decode;

/** EtherTypes that are followed, and the border below which the field is a length. */
public final class EtherType {
    /** The largest value that is a length of an LLC frame. */
    public static final int MAX_LENGTH = 1500;
    /** No EtherType: what follows is not told. */
    public static final int NONE = 0;

    public static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;
    public static final int IPV6 = 0x86DD;
    public static final int VLAN = 0x8100;
    public static final int SERVICE_VLAN = 0x88A8;
    public static final int OLD_SERVICE_VLAN = 0x9100;
    public static final int OLD_SERVICE_VLAN_2 = 0x9200;

    private EtherType() {}
}
