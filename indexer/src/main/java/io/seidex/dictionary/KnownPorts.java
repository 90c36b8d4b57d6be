package io.seidex.dictionary;

/** The ports whose protocols the program decodes itself: no declaration takes them. */
public final class KnownPorts {
    public static final int PFCP = 8805;
    public static final int GTP_CONTROL = 2123;
    public static final int GTP_USER = 2152;
    /** Over UDP and TCP. */
    public static final int GTP_PRIME = 3386;
    public static final int L2TP = 1701;
    public static final int TEREDO = 3544;
    public static final int LISP = 4341;
    public static final int GRE = 4754;
    public static final int VXLAN = 4789;
    public static final int VXLAN_GPE = 4790;
    public static final int GENEVE = 6081;
    public static final int MPLS = 6635;

    private KnownPorts() {}

    /** The protocol at a port; empty if the program knows none. */
    static String protocol(DeclaredProtocol.Transport transport, int port) {
        if (transport == DeclaredProtocol.Transport.TCP) {
            return port == GTP_PRIME ? "gtpprime" : "";
        }
        return switch (port) {
            case PFCP -> "pfcp";
            case GTP_CONTROL, GTP_USER -> "gtp";
            case GTP_PRIME -> "gtpprime";
            case L2TP -> "l2tp";
            case TEREDO -> "teredo";
            case LISP -> "lisp-data";
            case GRE -> "gre";
            case VXLAN, VXLAN_GPE -> "vxlan";
            case GENEVE -> "geneve";
            case MPLS -> "mpls";
            default -> "";
        };
    }
}
