package io.seidex.decode;

import org.junit.jupiter.api.Nested;

/** The samples of what tunnels begin with. */
class TunnelHeadersTest {
    @Nested
    class Mpls extends HeaderContract<MplsLabel> {
        Mpls() {
            super(MplsLabel::new, MplsLabel::wrap,
                    h -> "label " + h.label() + (h.isBottom() ? " bottom" : ""),
                    new Sample("000101ff", "label 16 bottom"),
                    new Sample("fffff001 00", "label 1048575"),
                    new Sample("000101", "header-truncated"));
        }
    }

    @Nested
    class Pppoe extends HeaderContract<PppoeHeader> {
        Pppoe() {
            super(PppoeHeader::new, PppoeHeader::wrap,
                    h -> "session " + h.sessionId() + " length " + h.payloadLength(),
                    new Sample("1100 0001 002e 0021", "session 1 length 46"),
                    new Sample("1100 ffff ffff", "session 65535 length 65535"),
                    new Sample("1100 0001 00", "header-truncated"));
        }
    }

    @Nested
    class Gre extends HeaderContract<GreHeader> {
        Gre() {
            super(GreHeader::new, GreHeader::wrap,
                    h -> "version %d type %04x header %d".formatted(h.version(), h.type(), h.headerLength())
                            + (h.hasKey() ? " key " + h.key() : "")
                            + (h.hasSequence() ? " sequence " + h.sequence() : ""),
                    new Sample("0000 0800 45", "version 0 type 0800 header 4"),
                    new Sample("2000 6558 00123401", "version 0 type 6558 header 8 key 1192961"),
                    new Sample("b000 0800 00000000 00000007 ffffffff",
                            "version 0 type 0800 header 16 key 7 sequence 4294967295"),
                    new Sample("3081 880b 00300001 00000001 00000002",
                            "version 1 type 880b header 16 key 3145729 sequence 1"),
                    new Sample("2080 0800 00000001", "version 0 type 0800 header 8 key 1"),
                    new Sample("4000 0800 00000000 0800 00 04 01020304 0000 00 00", "version 0 type 0800 header 20"),
                    new Sample("4000 0800 00000000 0800 00 04 01020304", "header-truncated"),
                    new Sample("4000 0800 00000000 0800 00 ff 01020304", "header-truncated"),
                    new Sample("3000 0800 00000001", "header-truncated"),
                    new Sample("0000 08", "header-truncated"));
        }
    }

    @Nested
    class Erspan extends HeaderContract<ErspanHeader> {
        Erspan() {
            super(ErspanHeader::new, ErspanHeader::wrap,
                    h -> "version " + h.version() + " session " + h.session() + " header " + h.headerLength()
                            + (h.isEthernet() ? " ethernet" : ""),
                    new Sample("1005 0007 00000000 02", "version 1 session 7 header 8 ethernet"),
                    new Sample("2005 03ff 00000000 0000 0000", "version 2 session 1023 header 12 ethernet"),
                    new Sample("2005 0007 00000000 0000 0800", "version 2 session 7 header 12"),
                    new Sample("2005 0007 00000000 0000 0001 0000000000000000",
                            "version 2 session 7 header 20 ethernet"),
                    new Sample("2005 0007 00000000 0000 0001 00000000000000", "header-truncated"),
                    new Sample("2005 0007 00000000 0000", "header-truncated"),
                    new Sample("3005 0007 00000000", "version-unknown"),
                    new Sample("1005 0007 000000", "header-truncated"));
        }
    }

    @Nested
    class Nsh extends HeaderContract<NshHeader> {
        Nsh() {
            super(NshHeader::new, NshHeader::wrap,
                    h -> "next " + h.nextProtocol() + " header " + h.headerLength(),
                    new Sample("0fc20203 00000100", "next 3 header 8"),
                    new Sample("0fc60101 00000100 00000000000000000000000000000000", "next 1 header 24"),
                    new Sample("0fc00203 00000100", "next 3 header 8"),
                    new Sample("0fc60101 00000100 0000", "header-truncated"),
                    new Sample("0fc60101", "header-truncated"));
        }
    }

    @Nested
    class L2tp extends HeaderContract<L2tpHeader> {
        L2tp() {
            super(L2tpHeader::new, L2tpHeader::wrap,
                    h -> (h.isControl() ? "control" : "data") + " tunnel " + h.tunnelId() + " session "
                            + h.sessionId() + " header " + h.headerLength(),
                    new Sample("0002 0001 0002 ff03", "data tunnel 1 session 2 header 6"),
                    new Sample("c802 000c 0001 0000 0003 0004", "control tunnel 1 session 0 header 12"),
                    new Sample("4a02 0010 0001 0002 0003 0004 0002 ffff", "data tunnel 1 session 2 header 16"),
                    new Sample("0202 0001 0002 0004 ffff", "header-truncated"),
                    new Sample("0202 0001 0002", "header-truncated"),
                    new Sample("0003 0000 00000001", "version-unknown"),
                    new Sample("0002 0001 00", "header-truncated"));
        }
    }

    @Nested
    class Vxlan extends HeaderContract<VxlanHeader> {
        Vxlan() {
            super(VxlanHeader::new, VxlanHeader::wrap,
                    h -> "network " + h.networkId() + " next " + h.nextProtocol(),
                    new Sample("08000000 00100000", "network 4096 next 0"),
                    new Sample("0c000003 ffffff00 02", "network 16777215 next 3"),
                    new Sample("08000000 001000", "header-truncated"));
        }
    }

    @Nested
    class Geneve extends HeaderContract<GeneveHeader> {
        Geneve() {
            super(GeneveHeader::new, GeneveHeader::wrap,
                    h -> "network %d type %04x header %d".formatted(h.networkId(), h.type(), h.headerLength()),
                    new Sample("0000 6558 00100000", "network 4096 type 6558 header 8"),
                    new Sample("0240 0800 00100000 0101000100000001", "network 4096 type 0800 header 16"),
                    new Sample("0200 0800 00100000 01010001", "header-truncated"),
                    new Sample("0000 6558 001000", "header-truncated"));
        }
    }

    @Nested
    class Teredo extends HeaderContract<TeredoHeader> {
        Teredo() {
            super(TeredoHeader::new, TeredoHeader::wrap,
                    h -> "header " + h.headerLength(),
                    new Sample("60000000", "header 0"),
                    new Sample("0000 1234 0a000001 60", "header 8"),
                    new Sample("0001 02 01 aaaa bb 0000000000000000 00 60", "header 16"),
                    new Sample("0001 00 00 0000000000000000 00 0000 1234 0a000001", "header 21"),
                    new Sample("0001 00 00 00000000", "header-truncated"),
                    new Sample("0000 1234", "header-truncated"));
        }
    }
}
