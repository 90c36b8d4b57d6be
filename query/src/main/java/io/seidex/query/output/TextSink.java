package io.seidex.query.output;

import io.seidex.decode.LinkTypes;
import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Message;
import io.seidex.fault.Layer;
import io.seidex.query.search.FrameNames;
import io.seidex.query.search.Hit;
import io.seidex.query.search.PacketValues;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * A line for people, in the manner of tshark's summary:
 * <pre>
 *  [CAPTURE:]NUMBER  date and time  source → destination  PROTOCOL  octets  messages, their SEIDs or TEIDs
 * </pre>
 * Times are absolute, since packets come from many captures, and in the machine's zone. Addresses and ports are the
 * outermost.
 */
public final class TextSink implements PacketSink {
    private static final byte[] ARROW = " → ".getBytes(StandardCharsets.UTF_8);
    private static final int MOST_IDS = 8;

    private final FrameNames names;
    private final Supplier<Dictionaries> dictionaries;
    private final LineOutput out;
    private final ValuePrinter printer = new ValuePrinter();
    private final TimePrinter times;
    private final byte[][] pfcpMessages = new byte[256][];
    private final byte[][] gtpMessages = new byte[256][];
    private final byte[][] gtpv2Messages = new byte[256][];

    /** @param dictionaries for the names of messages; not asked for before one is printed */
    public TextSink(FrameNames names, Supplier<Dictionaries> dictionaries, ZoneId zone, OutputStream out) {
        this.names = names;
        this.dictionaries = dictionaries;
        this.out = new LineOutput(out);
        this.times = new TimePrinter(zone);
    }

    @Override
    public boolean accept(Hit hit) throws IOException {
        PacketValues values = hit.values();
        TextBuffer line = out.text();
        line.put(names.of(hit.capture())).putUnsigned(hit.number());
        line.put("  ");
        if (hit.hasValue(PacketSchema.FRAME_TIME)) {
            times.sortable(hit.value(PacketSchema.FRAME_TIME), line);
        } else {
            line.put("no time");
        }
        line.put("  ");
        addresses(hit, values, line);
        line.put(protocol(hit.schema(), values)).put(' ').putUnsigned(hit.value(PacketSchema.FRAME_LENGTH));
        int before = line.length();
        messages(values, line);
        if (line.length() == before) {
            ports(values, line);
        }
        int linkType = values.next(PacketSchema.FRAME_LINK_TYPE, 0);
        if (linkType >= 0) {
            line.put(' ').put(LinkTypes.text((int) values.number(linkType)));
        }
        out.endLine();
        return true;
    }

    private void addresses(Hit hit, PacketValues values, TextBuffer line) throws IOException {
        int v4 = values.next(PacketSchema.IP_SRC, 0);
        int v6 = values.next(PacketSchema.IPV6_SRC, 0);
        boolean first4 = v4 >= 0 && (v6 < 0 || v4 < v6);
        int source = first4 ? v4 : v6;
        int destination = values.next(first4 ? PacketSchema.IP_DST : PacketSchema.IPV6_DST, 0);
        if (source >= 0) {
            printer.print(hit, values, source, line);
            line.put(ARROW);
            if (destination >= 0) {
                printer.print(hit, values, destination, line);
            }
            line.put("  ");
        }
    }

    /** The outermost protocol that is a message's or an ICMP error's, or else the innermost that was read. */
    private static String protocol(PacketSchema schema, PacketValues values) {
        int layer = -1;
        for (int i = values.next(PacketSchema.PROTOCOL, 0); i >= 0; i = values.next(PacketSchema.PROTOCOL, i + 1)) {
            layer = (int) values.number(i);
            if (layer >= Layer.count()) {
                return schema.labels(PacketSchema.PROTOCOL).get(layer);
            }
            switch (Layer.of(layer)) {
                case PFCP, GTP, GTPPRIME, GTPV2, ICMP, ICMPV6 -> {
                    return name(Layer.of(layer));
                }
                default -> {
                    // Something may stand within it.
                }
            }
        }
        return layer < 0 ? keptProtocol(values) : name(Layer.of(layer));
    }

    /** What the values tell that a document keeps. */
    private static String keptProtocol(PacketValues values) {
        return values.has(PacketSchema.PFCP_MSG_TYPE) ? name(Layer.PFCP)
                : values.has(PacketSchema.GTP_MESSAGE) ? name(Layer.GTP)
                : values.has(PacketSchema.GTPV2_MESSAGE) ? name(Layer.GTPV2)
                : values.has(PacketSchema.UDP_SRCPORT) ? name(Layer.UDP)
                : values.has(PacketSchema.TCP_SRCPORT) ? name(Layer.TCP)
                : values.has(PacketSchema.SCTP_SRCPORT) ? name(Layer.SCTP)
                : values.has(PacketSchema.IP_SRC) ? name(Layer.IP)
                : values.has(PacketSchema.IPV6_SRC) ? name(Layer.IPV6)
                : name(Layer.FRAME);
    }

    /** As Wireshark's column has it. */
    private static String name(Layer layer) {
        return switch (layer) {
            case ETH -> "Ethernet";
            case IP -> "IPv4";
            case IPV6 -> "IPv6";
            case ICMPV6 -> "ICMPv6";
            case GTPV2 -> "GTPv2";
            case GTPPRIME -> "GTP'";
            case SLL -> "SLL";
            case ARP, ICMP, UDP, TCP, SCTP, PFCP, GTP, VLAN -> layer.name();
            default -> layer.label();
        };
    }

    private void messages(PacketValues values, TextBuffer line) {
        boolean first = true;
        int ids = 0;
        for (int i = 0; i < values.size(); i++) {
            IndexField field = values.field(i);
            if (field == PacketSchema.PFCP_MSG_TYPE || field == PacketSchema.GTP_MESSAGE
                    || field == PacketSchema.GTPV2_MESSAGE) {
                line.put(first ? " " : ", ").put(message(field, (int) values.number(i)));
                first = false;
                ids = 0;
            } else if ((field == PacketSchema.PFCP_SEID || field == PacketSchema.GTP_TEID
                    || field == PacketSchema.GTPV2_TEID)
                    && ++ids <= MOST_IDS) {
                line.put(ids > 1 ? " " : field == PacketSchema.PFCP_SEID ? " SEID " : " TEID ");
                ValuePrinter.number(field, values.number(i), line);
            }
        }
    }

    private byte[] message(IndexField field, int type) {
        byte[][] known = field == PacketSchema.PFCP_MSG_TYPE ? pfcpMessages
                : field == PacketSchema.GTP_MESSAGE ? gtpMessages : gtpv2Messages;
        byte[] name = known[type & 0xFF];
        if (name == null) {
            name = name(field, type & 0xFF).getBytes(StandardCharsets.UTF_8);
            known[type & 0xFF] = name;
        }
        return name;
    }

    private String name(IndexField field, int type) {
        Dictionaries known = dictionaries.get();
        Dictionary dictionary = field == PacketSchema.PFCP_MSG_TYPE ? known.pfcp()
                : field == PacketSchema.GTPV2_MESSAGE ? known.gtpv2() : known.gtpv1();
        Message message = dictionary.message(type);
        if (message == null && field == PacketSchema.GTP_MESSAGE) {
            message = known.gtpu().message(type);
        }
        return message == null ? "message " + type : message.name();
    }

    private static void ports(PacketValues values, TextBuffer line) {
        int source = -1;
        for (int i = 0; i < values.size() && source < 0; i++) {
            IndexField field = values.field(i);
            if (field == PacketSchema.UDP_SRCPORT || field == PacketSchema.TCP_SRCPORT
                    || field == PacketSchema.SCTP_SRCPORT) {
                source = i;
            }
        }
        if (source >= 0 && source + 1 < values.size()) {
            line.put(' ').putUnsigned(values.number(source)).put(ARROW).putUnsigned(values.number(source + 1));
        }
    }

    @Override
    public void finish() throws IOException {
        out.finish();
    }
}
