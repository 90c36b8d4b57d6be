package io.seidex.decode;

import org.junit.jupiter.api.Nested;

/** The samples of link layers other than Ethernet, and of tags. */
class LinkHeadersTest {
    @Nested
    class Ppp extends HeaderContract<PppHeader> {
        Ppp() {
            super(PppHeader::new, (h, octets, at, available) -> h.wrap(octets, at, available, true),
                    h -> "protocol %04x header %d".formatted(h.protocol(), h.headerLength()),
                    new Sample("ff03 0021 45", "protocol 0021 header 4"),
                    new Sample("ff03 21", "protocol 0021 header 3"),
                    new Sample("0057", "protocol 0057 header 2"),
                    new Sample("21 45", "protocol 0021 header 1"),
                    new Sample("ff03 00", "header-truncated"),
                    new Sample("ff03", "header-truncated"),
                    new Sample("ff", "header-truncated"),
                    new Sample("00", "header-truncated"));
        }
    }

    @Nested
    class PlainPpp extends HeaderContract<PppHeader> {
        PlainPpp() {
            super(PppHeader::new, (h, octets, at, available) -> h.wrap(octets, at, available, false),
                    h -> "protocol %04x header %d".formatted(h.protocol(), h.headerLength()),
                    new Sample("c021 01", "protocol c021 header 2"),
                    new Sample("ff03", "protocol 00ff header 1"),
                    new Sample("c0", "header-truncated"));
        }
    }

    @Nested
    class Chdlc extends HeaderContract<ChdlcHeader> {
        Chdlc() {
            super(ChdlcHeader::new, ChdlcHeader::wrap,
                    h -> "type %04x".formatted(h.type()),
                    new Sample("0f00 0800 45", "type 0800"),
                    new Sample("8f00 8035", "type 8035"),
                    new Sample("0f00 08", "header-truncated"));
        }
    }

    @Nested
    class FrameRelay extends HeaderContract<FrameRelayHeader> {
        FrameRelay() {
            super(FrameRelayHeader::new, FrameRelayHeader::wrap,
                    h -> (h.isStandard() ? "nlpid %02x".formatted(h.nlpid()) : "type %04x".formatted(h.type()))
                            + " header " + h.headerLength(),
                    new Sample("0401 03cc 45", "nlpid cc header 4"),
                    new Sample("0401 0300 80 000000", "nlpid 80 header 5"),
                    new Sample("0401 0800", "type 0800 header 4"),
                    new Sample("04000001 03cc", "nlpid cc header 6"),
                    new Sample("0503cc", "nlpid cc header 3"),
                    new Sample("04000000 01 03cc", "header-truncated"),
                    new Sample("0401 0300", "header-truncated"),
                    new Sample("0401 03", "header-truncated"),
                    new Sample("04", "header-truncated"));
        }
    }

    @Nested
    class Fddi extends HeaderContract<FddiHeader> {
        Fddi() {
            super(FddiHeader::new, FddiHeader::wrap,
                    h -> h.isLlc() ? "llc" : "other",
                    new Sample("50 020000000001 020000000002", "llc"),
                    new Sample("57 020000000001 020000000002 aa", "llc"),
                    new Sample("41 020000000001 020000000002", "other"),
                    new Sample("50 020000000001 0200000000", "header-truncated"));
        }
    }

    @Nested
    class TokenRing extends HeaderContract<TokenRingHeader> {
        TokenRing() {
            super(TokenRingHeader::new, TokenRingHeader::wrap,
                    h -> (h.isLlc() ? "llc" : "other") + " header " + h.headerLength(),
                    new Sample("1040 020000000001 020000000002", "llc header 14"),
                    new Sample("1000 020000000001 020000000002 00", "other header 14"),
                    new Sample("1040 020000000001 820000000002 0630 0011 0020", "llc header 20"),
                    new Sample("1040 020000000001 820000000002 0630 0011", "header-truncated"),
                    new Sample("1040 020000000001 820000000002", "header-truncated"),
                    new Sample("1040 020000000001", "header-truncated"));
        }
    }

    @Nested
    class Arcnet extends HeaderContract<ArcnetHeader> {
        Arcnet() {
            super(ArcnetHeader::new, (h, octets, at, available) -> h.wrap(octets, at, available, false),
                    h -> "type %04x header %d".formatted(h.etherType(), h.headerLength()),
                    new Sample("0102 d4 00 0001 45", "type 0800 header 6"),
                    new Sample("0102 c4 ff ffff c4 00 0001", "type 86dd header 10"),
                    new Sample("0102 f0 45", "type 0800 header 3"),
                    new Sample("0102 dd 00 0001", "type 0000 header 6"),
                    new Sample("0102 d4 00", "header-truncated"),
                    new Sample("0102 d4", "header-truncated"));
        }
    }

    @Nested
    class LinuxArcnet extends HeaderContract<ArcnetHeader> {
        LinuxArcnet() {
            super(ArcnetHeader::new, (h, octets, at, available) -> h.wrap(octets, at, available, true),
                    h -> "type %04x header %d".formatted(h.etherType(), h.headerLength()),
                    new Sample("0102 0000 d5 00 0001", "type 0806 header 8"),
                    new Sample("0102 0000 f1 00", "type 0806 header 5"),
                    new Sample("0102 0000 d5 00", "header-truncated"));
        }
    }

    @Nested
    class Ipoib extends HeaderContract<IpoibHeader> {
        Ipoib() {
            super(IpoibHeader::new, IpoibHeader::wrap,
                    h -> "type %04x".formatted(h.type()),
                    new Sample(
                            "00000000000000000000000000000000000000000000000000000000000000000000000000000000 0800 0000",
                            "type 0800"),
                    new Sample("00000000000000000000000000000000000000000000000000000000000000000000000000000000 0800",
                            "header-truncated"));
        }
    }

    @Nested
    class SunAtm extends HeaderContract<SunAtmHeader> {
        SunAtm() {
            super(SunAtmHeader::new, SunAtmHeader::wrap,
                    h -> (h.isLanEmulation() ? "lane" : "llc") + " header " + h.headerLength(),
                    new Sample("02000064", "llc header 4"),
                    new Sample("81000064 0001", "lane header 6"),
                    new Sample("01000064 00", "header-truncated"),
                    new Sample("020000", "header-truncated"));
        }
    }

    @Nested
    class Radiotap extends HeaderContract<RadiotapHeader> {
        Radiotap() {
            super(RadiotapHeader::new, RadiotapHeader::wrap,
                    h -> "header " + h.headerLength() + (h.isPadded() ? " padded" : ""),
                    new Sample("0000 0800 00000000 08", "header 8"),
                    new Sample("0000 0900 02000000 20", "header 9 padded"),
                    new Sample("0000 0900 02000000 10", "header 9"),
                    new Sample("0000 1100 03000000 0000000000000000 20", "header 17 padded"),
                    new Sample("0000 0d00 02000080 00000000 20", "header 13 padded"),
                    new Sample("0000 0800 03000000", "header 8"),
                    new Sample("0000 0c00 ffffffff ffffffff", "header 12"),
                    new Sample("0000 0700 00000000", "length-impossible"),
                    new Sample("0000 0900 02000000", "header-truncated"),
                    new Sample("0000 0800", "header-truncated"));
        }
    }

    @Nested
    class Monitor extends HeaderContract<MonitorHeader> {
        Monitor() {
            super(MonitorHeader::new, MonitorHeader::wrap,
                    h -> (h.isAvs() ? "avs " : "prism ") + h.headerLength(),
                    new Sample("44000000 09000000 00", "prism 9"),
                    new Sample("00000044 00000008", "prism 8"),
                    new Sample("80211001 00000008", "avs 8"),
                    new Sample("80211001 00000040", "header-truncated"),
                    new Sample("44000000 90000000", "header-truncated"),
                    new Sample("44000000 04000000", "length-impossible"),
                    new Sample("80211001 80000000", "header-truncated"),
                    new Sample("8021", "header-truncated"));
        }
    }

    @Nested
    class Ppi extends HeaderContract<PpiHeader> {
        Ppi() {
            super(PpiHeader::new, PpiHeader::wrap,
                    h -> "link " + h.linkType() + " header " + h.headerLength(),
                    new Sample("0000 0800 69000000", "link 105 header 8"),
                    new Sample("0000 0c00 01000000 00000000", "link 1 header 12"),
                    new Sample("0000 0c00 01000000", "header-truncated"),
                    new Sample("0000 0400 01000000", "length-impossible"),
                    new Sample("0000 0800", "header-truncated"));
        }
    }

    @Nested
    class Wlan extends HeaderContract<WlanHeader> {
        Wlan() {
            super(WlanHeader::new, (h, octets, at, available) -> h.wrap(octets, at, available, false),
                    h -> !h.isData() ? "other" : (h.isReadable() ? "data " : "unreadable ") + h.headerLength(),
                    new Sample("0802 0000 020000000001 020000000002 020000000003 1000 aa", "data 24"),
                    new Sample("0803 0000 020000000001 020000000002 020000000003 1000 020000000004", "data 30"),
                    new Sample("8801 0000 020000000001 020000000002 020000000003 1000 0000", "data 26"),
                    new Sample("8881 0000 020000000001 020000000002 020000000003 1000 0000 00000000", "data 30"),
                    new Sample(
                            "8801 0000 020000000001 020000000002 020000000003 1000 8000 020000000001 020000000002 0034",
                            "data 40"),
                    new Sample("8801 0000 020000000001 020000000002 020000000003 1000 8000 0200", "header-truncated"),
                    new Sample("0842 0000 020000000001 020000000002 020000000003 1000", "unreadable 24"),
                    new Sample("0806 0000 020000000001 020000000002 020000000003 1000", "unreadable 24"),
                    new Sample("0802 0000 020000000001 020000000002 020000000003 1100", "unreadable 24"),
                    new Sample("4801 0000 020000000001 020000000002 020000000003 1000", "other"),
                    new Sample("c400 0000 020000000001", "other"),
                    new Sample("0802 0000 020000000001 020000000002", "header-truncated"),
                    new Sample("c400", "header-truncated"));
        }
    }

    @Nested
    class PaddedWlan extends HeaderContract<WlanHeader> {
        PaddedWlan() {
            super(WlanHeader::new, (h, octets, at, available) -> h.wrap(octets, at, available, true),
                    h -> !h.isData() ? "other" : (h.isReadable() ? "data " : "unreadable ") + h.headerLength(),
                    new Sample("8801 0000 020000000001 020000000002 020000000003 1000 0000 0000", "data 28"),
                    new Sample("8801 0000 020000000001 020000000002 020000000003 1000 0000", "header-truncated"));
        }
    }

    @Nested
    class Nflog extends HeaderContract<NflogHeader> {
        Nflog() {
            super(NflogHeader::new, NflogHeader::wrap,
                    h -> "type %04x".formatted(h.etherType())
                            + (h.hasPayload() ? " payload +%d[%d]".formatted(h.payloadOffset(), h.payloadLength())
                                    : ""),
                    new Sample("02 00 0000 3000 0900 45", "type 0800 payload +8[44]"),
                    new Sample("0a 00 0000 0500 0a00 00 000000 3000 0900", "type 86dd payload +16[44]"),
                    new Sample("07 00 0000 3000 0900", "type 0000 payload +8[44]"),
                    new Sample("02 00 0000", "type 0800"),
                    new Sample("02 00 0000 0500 0a00", "type 0800"),
                    new Sample("02 00 0000 0300 0900", "length-impossible"),
                    new Sample("02 00", "header-truncated"));
        }
    }

    @Nested
    class Pktap extends HeaderContract<PktapHeader> {
        Pktap() {
            super(PktapHeader::new, PktapHeader::wrap,
                    h -> "link " + h.linkType() + " header " + h.headerLength() + (h.hasPacket() ? " packet" : ""),
                    new Sample("0c000000 01000000 01000000", "link 1 header 12 packet"),
                    new Sample("0e000000 00000000 65000000 0000", "link 101 header 14"),
                    new Sample("6c000000 01000000 01000000", "header-truncated"),
                    new Sample("0b000000 01000000 01000000", "length-impossible"),
                    new Sample("ffffffff 01000000 01000000", "header-truncated"),
                    new Sample("0c000000", "header-truncated"));
        }
    }

    @Nested
    class Juniper extends HeaderContract<JuniperHeader> {
        Juniper() {
            super(JuniperHeader::new, JuniperHeader::wrap,
                    h -> "header " + h.headerLength() + (h.hasMagic() ? " magic" : "")
                            + (h.hasLinkLayer() ? " link" : ""),
                    new Sample("4d474301", "header 4 magic link"),
                    new Sample("4d474303", "header 4 magic"),
                    new Sample("4d474381 0004 01020304", "header 10 magic link"),
                    new Sample("4d474381 0004 0102", "header-truncated"),
                    new Sample("4d474381 00", "header-truncated"),
                    new Sample("020000000001", "header 0 link"),
                    new Sample("4d4743", "header-truncated"));
        }
    }

    @Nested
    class Backbone extends HeaderContract<BackboneTag> {
        Backbone() {
            super(BackboneTag::new, BackboneTag::wrap,
                    h -> "service %d type %04x".formatted(h.serviceInstance(), h.type()),
                    new Sample("00000007 020000000001 020000000002 0800", "service 7 type 0800"),
                    new Sample("00000007 020000000001 020000000002 08", "header-truncated"));
        }
    }

    @Nested
    class VnTags extends HeaderContract<VnTag> {
        VnTags() {
            super(VnTag::new, VnTag::wrap,
                    h -> "type %04x".formatted(h.type()),
                    new Sample("00010002 0800", "type 0800"),
                    new Sample("00010002 08", "header-truncated"));
        }
    }

    @Nested
    class Macsec extends HeaderContract<MacsecTag> {
        Macsec() {
            super(MacsecTag::new, MacsecTag::wrap,
                    h -> (h.isEncrypted() ? "encrypted" : "type %04x".formatted(h.type())) + " header "
                            + h.headerLength(),
                    new Sample("2000 00000001 0200000000010001 0800", "type 0800 header 16"),
                    new Sample("0000 00000001 86dd", "type 86dd header 8"),
                    new Sample("2c00 00000001 0200000000010001", "encrypted header 14"),
                    new Sample("0400 00000001", "encrypted header 6"),
                    new Sample("2000 00000001 0200000000010001 08", "header-truncated"),
                    new Sample("0000 000000", "header-truncated"));
        }
    }

    @Nested
    class Cmd extends HeaderContract<CmdTag> {
        Cmd() {
            super(CmdTag::new, (h, octets, at, available) -> h.wrap(octets, at, available, false),
                    h -> "type %04x".formatted(h.type()),
                    new Sample("0101 0001 0007 0800", "type 0800"),
                    new Sample("0101 0001 0007", "header-truncated"));
        }
    }

    @Nested
    class CmdBehindGre extends HeaderContract<CmdTag> {
        CmdBehindGre() {
            super(CmdTag::new, (h, octets, at, available) -> h.wrap(octets, at, available, true),
                    h -> "type %04x".formatted(h.type()),
                    new Sample("0800 0101 0001 0007", "type 0800"),
                    new Sample("0800 0101 0001", "header-truncated"));
        }
    }
}
