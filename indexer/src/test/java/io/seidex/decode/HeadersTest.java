package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** Every header's samples. */
class HeadersTest {
    private static final String IPV4 = "4500 0030 1234 4000 4011 0000 0a000001 0a000002";
    private static final String IPV6 =
            "60000000 0010 11 40 20010db8000000000000000000000001 20010db8000000000000000000000002";

    @Nested
    class Ethernet extends FlyweightContract<EthernetHeader> {
        @Override
        protected EthernetHeader create() {
            return new EthernetHeader();
        }

        @Override
        protected Fault wrap(EthernetHeader header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available);
        }

        @Override
        protected String describe(EthernetHeader header, Fault fault) {
            return fault.stops() ? "" : "type %04x".formatted(header.type());
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("020000000001 020000000002 0800 45", "type 0800"),
                    new Sample("020000000001 020000000002 0026", "type 0026"),
                    new Sample("020000000001 020000000002 08", "header-truncated"));
        }
    }

    @Nested
    class Llc extends FlyweightContract<LlcHeader> {
        @Override
        protected LlcHeader create() {
            return new LlcHeader();
        }

        @Override
        protected Fault wrap(LlcHeader header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available);
        }

        @Override
        protected String describe(LlcHeader header, Fault fault) {
            return fault.stops()
                    ? ""
                    : "snap %b type %04x length %d".formatted(header.isSnap(), header.etherType(),
                            header.headerLength())
                            + (header.isNetworkLayer() ? " nlpid %02x".formatted(header.nlpid()) : "");
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("aaaa03 000000 86dd", "snap true type 86dd length 8"),
                    new Sample("aaaa03 0000f8 0800", "snap true type 0800 length 8"),
                    new Sample("aaaa03 00000c 2000", "snap true type 0000 length 8"),
                    new Sample("aaaa00 00 000000 0800", "snap true type 0800 length 9"),
                    new Sample("aaaa83 000000 0800", "snap false type 0000 length 3"),
                    new Sample("aaaa03 0080c2 0007 0000", "snap true type 6558 length 10"),
                    new Sample("aaaa03 0080c2 0007 00", "header-truncated"),
                    new Sample("060603 4500", "snap false type 0800 length 3"),
                    new Sample("fefe03 cc 45", "snap false type 0000 length 4 nlpid cc"),
                    new Sample("fefe03", "header-truncated"),
                    new Sample("424203 0000", "snap false type 0000 length 3"),
                    new Sample("aaaa03 0000", "header-truncated"));
        }
    }

    @Nested
    class Vlan extends FlyweightContract<VlanTag> {
        @Override
        protected VlanTag create() {
            return new VlanTag();
        }

        @Override
        protected Fault wrap(VlanTag header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available);
        }

        @Override
        protected String describe(VlanTag header, Fault fault) {
            return fault.stops() ? "" : "id %d type %04x".formatted(header.id(), header.type());
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("b005 0800", "id 5 type 0800"), new Sample("0fff 8100 00", "id 4095 type 8100"),
                    new Sample("0005", "header-truncated"));
        }
    }

    @Nested
    class Sll1 extends Sll {
        @Override
        protected int version() {
            return 1;
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("0000 0304 0006 0000000000000000 0800 45", "protocol 0800 device 772 length 16"),
                    new Sample("0004 0001 0006 0a0b0c0d0e0f0000 0004", "protocol 0004 device 1 length 16"),
                    new Sample("0004 0001 0006 0a0b0c0d0e0f0000 00", "header-truncated"));
        }
    }

    @Nested
    class Sll2 extends Sll {
        @Override
        protected int version() {
            return 2;
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("86dd 0000 00000003 0001 00 06 0a0b0c0d0e0f0000 60", "protocol 86dd device 1 length 20"),
                    new Sample("86dd 0000 00000003 0001 00 06 0a0b0c0d0e0f00", "header-truncated"));
        }
    }

    abstract static class Sll extends FlyweightContract<SllHeader> {
        protected abstract int version();

        @Override
        protected SllHeader create() {
            return new SllHeader();
        }

        @Override
        protected Fault wrap(SllHeader header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available, version());
        }

        @Override
        protected String describe(SllHeader header, Fault fault) {
            return fault.stops() ? "" : "protocol %04x device %d length %d".formatted(header.protocol(),
                    header.device(), header.headerLength());
        }
    }

    @Nested
    class Null extends FlyweightContract<NullHeader> {
        @Override
        protected NullHeader create() {
            return new NullHeader();
        }

        @Override
        protected Fault wrap(NullHeader header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available);
        }

        @Override
        protected String describe(NullHeader header, Fault fault) {
            return fault.stops() ? "" : (header.isPpp() ? "ppp " : "")
                    + "family %d type %04x".formatted(header.family(), header.etherType());
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("02000000 45", "family 2 type 0800"),
                    new Sample("00000002 45", "family 2 type 0800"),
                    new Sample("0000000a", "family 10 type 86dd"),
                    new Sample("18000000", "family 24 type 86dd"),
                    new Sample("0000001c", "family 28 type 86dd"),
                    new Sample("1e000000", "family 30 type 86dd"),
                    new Sample("07000000", "family 7 type 0000"),
                    new Sample("ff030021", "ppp family 553649151 type 0000"),
                    new Sample("1e0000", "header-truncated"));
        }
    }

    @Nested
    class Ipv4 extends FlyweightContract<Ipv4Header> {
        @Override
        protected Ipv4Header create() {
            return new Ipv4Header();
        }

        @Override
        protected Fault wrap(Ipv4Header header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available);
        }

        @Override
        protected String describe(Ipv4Header header, Fault fault) {
            if (fault.stops()) {
                return "";
            }
            return "version %d header %d total %d id %04x fragment %b+%d%s protocol %d addresses +%d +%d".formatted(
                    header.version(),
                    header.headerLength(),
                    header.totalLength(),
                    header.identification(),
                    header.isFragment(),
                    header.fragmentOffset(),
                    header.moreFragments() ? " more" : "",
                    header.protocol(),
                    header.sourceAt() - header.at(),
                    header.destinationAt() - header.at());
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample(IPV4,
                            "version 4 header 20 total 48 id 1234 fragment false+0 protocol 17 addresses +12 +16"),
                    new Sample(
                            "4600 0030 1234 2002 4011 0000 0a000001 0a000002 01010101",
                            "version 4 header 24 total 48 id 1234 fragment true+16 more protocol 17 addresses +12 +16"),
                    new Sample(
                            "4500 0000 1234 4000 4011 0000 0a000001 0a000002",
                            "version 4 header 20 total 0 id 1234 fragment false+0 protocol 17 addresses +12 +16"),
                    new Sample("6500 0030 1234 4000 4011 0000 0a000001 0a000002", "version-unknown"),
                    new Sample("4400 0030 1234 4000 4011 0000 0a000001 0a000002", "length-impossible"),
                    new Sample("4500 000a 1234 4000 4011 0000 0a000001 0a000002", "length-impossible"),
                    new Sample("4600 0030 1234 4000 4011 0000 0a000001 0a000002", "header-truncated"),
                    new Sample("", "header-truncated"));
        }
    }

    @Nested
    class Ipv6 extends FlyweightContract<Ipv6Header> {
        @Override
        protected Ipv6Header create() {
            return new Ipv6Header();
        }

        @Override
        protected Fault wrap(Ipv6Header header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available);
        }

        @Override
        protected String describe(Ipv6Header header, Fault fault) {
            if (fault.stops()) {
                return "";
            }
            return "version %d payload %d next %d addresses +%d +%d".formatted(
                    header.version(),
                    header.payloadLength(),
                    header.nextHeader(),
                    header.sourceAt() - header.at(),
                    header.destinationAt() - header.at());
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample(IPV6, "version 6 payload 16 next 17 addresses +8 +24"),
                    new Sample(IPV4, "version-unknown"),
                    new Sample("60000000 0010 11 40", "header-truncated"));
        }
    }

    @Nested
    class Fragment extends Extension {
        @Override
        protected int kind() {
            return IpProtocol.FRAGMENT;
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("11 00 0001 00000007", "next 17 length 8 fragment true+0 more jumbo 0"),
                    new Sample("11 ff 00b0 00000007", "next 17 length 8 fragment true+176 jumbo 0"),
                    new Sample("11 00 0006 00000007", "next 17 length 8 fragment false+0 jumbo 0"),
                    new Sample("11 00 0006 000000", "header-truncated"));
        }
    }

    @Nested
    class HopByHop extends Extension {
        @Override
        protected int kind() {
            return IpProtocol.HOP_BY_HOP;
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("11 00 c204 00010000", "next 17 length 8 fragment false jumbo 65536"),
                    new Sample("3c 01 0104 00000000 0000000000000000", "next 60 length 16 fragment false jumbo 0"),
                    new Sample("3c 02 0104 00000000 0000000000000000", "header-truncated"));
        }
    }

    @Nested
    class Authentication extends Extension {
        @Override
        protected int kind() {
            return IpProtocol.AUTHENTICATION;
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("11 01 0000 00000001 00000002", "next 17 length 12 fragment false jumbo 0"),
                    new Sample("11 04 0000 00000001 00000002", "header-truncated"));
        }
    }

    abstract static class Extension extends FlyweightContract<Ipv6Extension> {
        protected abstract int kind();

        @Override
        protected Ipv6Extension create() {
            return new Ipv6Extension();
        }

        @Override
        protected Fault wrap(Ipv6Extension header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available, kind());
        }

        @Override
        protected String describe(Ipv6Extension header, Fault fault) {
            if (fault.stops()) {
                return "";
            }
            String fragment = kind() != IpProtocol.FRAGMENT
                    ? ""
                    : "+" + header.fragmentOffset() + (header.moreFragments() ? " more" : "");
            return "next %d length %d fragment %b%s jumbo %d".formatted(
                    header.nextHeader(), header.headerLength(), header.isFragment(), fragment, header.jumboLength());
        }
    }

    @Nested
    class Udp extends FlyweightContract<UdpHeader> {
        @Override
        protected UdpHeader create() {
            return new UdpHeader();
        }

        @Override
        protected Fault wrap(UdpHeader header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available);
        }

        @Override
        protected String describe(UdpHeader header, Fault fault) {
            String source = header.has(2) ? "source " + header.sourcePort() : "";
            String destination = header.has(4) ? " destination " + header.destinationPort() : "";
            return source + destination + (header.has(UdpHeader.LENGTH) ? " length " + header.length() : "");
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("2265 9c40 0010 0000", "source 8805 destination 40000 length 16"),
                    new Sample("2265 9c40 0000 0000", "source 8805 destination 40000 length 0"),
                    new Sample("2265 9c40 0007 0000", "length-impossible source 8805 destination 40000 length 7"),
                    new Sample("2265 9c40 00", "header-truncated source 8805 destination 40000"));
        }
    }

    @Nested
    class Ports extends FlyweightContract<PortsHeader> {
        @Override
        protected PortsHeader create() {
            return new PortsHeader();
        }

        @Override
        protected Fault wrap(PortsHeader header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available, PortsHeader.LENGTH);
        }

        @Override
        protected String describe(PortsHeader header, Fault fault) {
            return fault.stops() ? ""
                    : "source %d destination %d".formatted(header.sourcePort(), header.destinationPort());
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("8e3c 0f1c 00000001", "source 36412 destination 3868"),
                    new Sample("8e3c 0f", "header-truncated"));
        }
    }

    @Nested
    class Icmp extends FlyweightContract<IcmpHeader> {
        @Override
        protected IcmpHeader create() {
            return new IcmpHeader();
        }

        @Override
        protected Fault wrap(IcmpHeader header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available);
        }

        @Override
        protected String describe(IcmpHeader header, Fault fault) {
            return fault.stops()
                    ? ""
                    : "type %d code %d quotes %b %b".formatted(
                            header.type(), header.code(), header.quotesIpv4(), header.quotesIpv6());
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("0303 0000 00000000 45", "type 3 code 3 quotes true true"),
                    new Sample("0100 0000 00000000 60", "type 1 code 0 quotes false true"),
                    new Sample("0b00 0000 00000000", "type 11 code 0 quotes true false"),
                    new Sample("0800 0000", "type 8 code 0 quotes false false"),
                    new Sample("0303 00", "header-truncated"));
        }
    }

    @Nested
    class Pfcp extends FlyweightContract<PfcpHeader> {
        @Override
        protected PfcpHeader create() {
            return new PfcpHeader();
        }

        @Override
        protected Fault wrap(PfcpHeader header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available);
        }

        @Override
        protected String describe(PfcpHeader header, Fault fault) {
            StringBuilder text = new StringBuilder();
            if (header.has(1)) {
                text.append("version ").append(header.version()).append(header.followOn() ? " follow-on" : "");
                text.append(header.isSession() ? " session" : "").append(" header ").append(header.headerLength());
            }
            if (header.hasType()) {
                text.append(" type ").append(header.messageType());
            }
            if (header.has(4)) {
                text.append(" length ").append(header.messageLength());
            }
            if (header.has(1) && header.hasSeid()) {
                text.append(" seid ").append(Long.toHexString(header.seid()));
            }
            if (header.has(1) && header.hasSequence()) {
                text.append(" sequence ").append(header.sequence());
            }
            return text.toString();
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("20 01 0004 000001 00", "version 1 header 8 type 1 length 8 sequence 1"),
                    new Sample(
                            "25 34 000c ff00000000000001 0003e8 00",
                            "version 1 follow-on session header 16 type 52 length 16 seid ff00000000000001 sequence 1000"),
                    new Sample(
                            "23 32 0010 0000000000000000 ffffff f0 00130000",
                            "version 1 session header 16 type 50 length 20 seid 0 sequence 16777215"),
                    new Sample("40 01 0004 000001 00", "version 2 header 8 type 1 length 8 sequence 1"),
                    new Sample(
                            "21 34 0008 0000000000000001 000001 00",
                            "length-impossible version 1 session header 16 type 52 length 12 seid 1 sequence 1"),
                    new Sample("20 01 0064 000001 00",
                            "payload-truncated version 1 header 8 type 1 length 104 sequence 1"),
                    new Sample(
                            "21 34 000c 0000000000000001 0000",
                            "header-truncated version 1 session header 16 type 52 length 16 seid 1"),
                    new Sample("20", "header-truncated version 1 header 8"),
                    new Sample("", "header-truncated"));
        }
    }

    @Nested
    class Gtp1 extends FlyweightContract<Gtp1Header> {
        @Override
        protected Gtp1Header create() {
            return new Gtp1Header();
        }

        @Override
        protected Fault wrap(Gtp1Header header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available);
        }

        @Override
        protected String describe(Gtp1Header header, Fault fault) {
            if (!header.has(2) || fault == Fault.VERSION_UNKNOWN) {
                return "";
            }
            StringBuilder text =
                    new StringBuilder("version ").append(header.version()).append(header.isPrime() ? " prime" : "");
            text.append(" type ").append(header.messageType()).append(header.isKnownType() ? "" : " unknown");
            text.append(" header ").append(header.headerLength());
            if (header.hasTeid()) {
                text.append(" teid ").append(Long.toHexString(header.teid()));
            }
            if (header.hasSequence()) {
                text.append(" sequence ").append(header.sequence());
            }
            if (!fault.stops()) {
                text.append(" length ").append(header.messageLength()).append(header.hasExtensions() ? " extended" : "")
                        .append(header.isTunnelled() ? " tunnelled" : "");
            }
            return text.toString();
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample(
                            "32 01 0004 00000000 0007 0000",
                            "version 1 type 1 header 12 teid 0 sequence 7 length 12"),
                    new Sample("30 ff 0002 0000000a 4500", "version 1 type 255 header 8 teid a length 10 tunnelled"),
                    new Sample(
                            "34 ff 0009 0000000a 000000 85 01 0005 00 45",
                            "version 1 type 255 header 12 teid a length 17 extended tunnelled"),
                    new Sample(
                            "34 ff 000d 0000000a 000000 85 01 0005 c0 01 0001 00 45",
                            "version 1 type 255 header 12 teid a length 21 extended tunnelled"),
                    new Sample(
                            "34 ff 0008 0000000a 000000 85 00 0005 00",
                            "version 1 type 255 header 12 teid a length 16 extended tunnelled"),
                    new Sample(
                            "34 ff 0008 0000000a 000000 85 02 0005 00",
                            "version 1 type 255 header 12 teid a length 16 extended tunnelled"),
                    new Sample(
                            "31 ff 0004 0000000a 0007 0300",
                            "version 1 type 255 header 12 teid a length 12 tunnelled"),
                    new Sample("2e 05 0000 0007", "version 1 prime type 5 header 6 sequence 7 length 6"),
                    new Sample(
                            "1e 01 0000 0007 0000 00000000 0000000000000000",
                            "version 0 type 1 header 20 sequence 7 length 20"),
                    new Sample(
                            "30 c8 0000 0000000a", "version 1 type 200 unknown header 8 teid a length 8"),
                    new Sample(
                            "30 ff 0064 0000000a",
                            "payload-truncated version 1 type 255 header 8 teid a length 108 tunnelled"),
                    new Sample("32 01 0004 00000000 00", "header-truncated version 1 type 1 header 12 teid 0"),
                    new Sample("60 01 0000 00000000", "version-unknown"),
                    new Sample("30", "header-truncated"));
        }
    }

    @Nested
    class Gtp2 extends FlyweightContract<Gtp2Header> {
        @Override
        protected Gtp2Header create() {
            return new Gtp2Header();
        }

        @Override
        protected Fault wrap(Gtp2Header header, Octets octets, long at, int available) {
            return header.wrap(octets, at, available);
        }

        @Override
        protected String describe(Gtp2Header header, Fault fault) {
            if (!header.has(2) || fault == Fault.VERSION_UNKNOWN) {
                return "";
            }
            StringBuilder text = new StringBuilder("version ").append(header.version()).append(" type ")
                    .append(header.messageType());
            text.append(header.isPiggybacked() ? " piggybacked" : "").append(header.isTunnelled() ? " tunnelled" : "");
            text.append(" header ").append(header.headerLength());
            if (header.has(4)) {
                text.append(" length ").append(header.messageLength());
            }
            if (header.hasTeid()) {
                text.append(" teid ").append(Long.toHexString(header.teid()));
            }
            return header.hasSequence() ? text.append(" sequence ").append(header.sequence()).toString()
                    : text.toString();
        }

        @Override
        protected List<Sample> samples() {
            return List.of(
                    new Sample("40 01 0004 000005 00", "version 2 type 1 header 8 length 8 sequence 5"),
                    new Sample(
                            "58 21 0008 80000001 800005 00",
                            "version 2 type 33 piggybacked tunnelled header 12 length 12 teid 80000001 sequence 8388613"),
                    new Sample(
                            "48 21 0004 00000001 000005 00",
                            "length-impossible version 2 type 33 tunnelled header 12 length 8 teid 1 sequence 5"),
                    new Sample(
                            "40 01 0008 000005 00", "payload-truncated version 2 type 1 header 8 length 12 sequence 5"),
                    new Sample(
                            "48 21 0008 00000001 0000",
                            "header-truncated version 2 type 33 tunnelled header 12 length 12 teid 1"),
                    new Sample("32 01 0004 00000000", "version-unknown"),
                    new Sample("40", "header-truncated"));
        }
    }
}
