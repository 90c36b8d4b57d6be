package io.seidex.schema;

import io.seidex.decode.IeCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PfcpHeader;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import io.seidex.dictionary.LayoutReader;
import io.seidex.dictionary.ValueText;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import java.util.Arrays;
import java.util.List;

/**
 * Hands over what the information elements of a PFCP message hold. An element of which nothing is indexed costs its step of
 * the walk and a look into a table.
 */
final class PfcpElements {
    private static final int OWN_TYPES = 0x8000;
    private static final int SCRATCH = 0x10000;
    /** Seconds from 1900 to 1970. */
    private static final long EPOCH_1900 = 2_208_988_800L;
    private static final int REPORT_TYPE = 39;
    /** The last eight octets of an IPv4 address in 16, without the address. */
    private static final long IPV4_PREFIX = 0xFFFFL << 32;

    private final ElementPlan[] plans = new ElementPlan[OWN_TYPES];
    private final long[] vendorKeys;
    private final ElementPlan[] vendorPlans;
    private final IeCursor cursor;
    private final LayoutReader reader = new LayoutReader();
    private final byte[] scratch = new byte[SCRATCH];
    private final boolean repeats;
    // The message in which a type was handed over last, so that each is handed over once.
    private final long[] seen = new long[OWN_TYPES];
    private long packetSerial;

    private Octets octets;
    private Packet packet;
    private ValueSink sink;

    /** @param repeats whether every occurrence of an IE type is handed over, or only the first of each in a packet */
    PfcpElements(Dictionary dictionary, boolean repeats) {
        this.repeats = repeats;
        boolean[] groups = new boolean[OWN_TYPES];
        List<Element> vendors = dictionary.elements().stream().filter(element -> element.enterprise() != 0).toList();
        for (Element element : dictionary.elements()) {
            if (element.enterprise() == 0 && element.type() < OWN_TYPES) {
                groups[element.type()] = element.isGroup();
                plans[element.type()] = ElementPlan.of(element);
            }
        }
        vendorKeys =
                vendors.stream().mapToLong(element -> key(element.enterprise(), element.type())).sorted().toArray();
        vendorPlans = new ElementPlan[vendorKeys.length];
        boolean[] vendorGroups = new boolean[vendorKeys.length];
        for (Element element : vendors) {
            int place = Arrays.binarySearch(vendorKeys, key(element.enterprise(), element.type()));
            vendorPlans[place] = ElementPlan.of(element);
            vendorGroups[place] = element.isGroup();
        }
        cursor = new IeCursor(Layer.PFCP, (enterprise, type) -> {
            if (type < OWN_TYPES) {
                return groups[type];
            }
            int place = Arrays.binarySearch(vendorKeys, key(enterprise, type));
            return place >= 0 && vendorGroups[place];
        });
    }

    private static long key(int enterprise, int type) {
        return (long) enterprise << 16 | type;
    }

    /** Begins a packet. */
    void over(Octets octets, Packet packet, ValueSink sink) {
        this.octets = octets;
        this.packet = packet;
        this.sink = sink;
        packetSerial++;
    }

    /** Walks the elements of one message. */
    void extract(PfcpHeader header, boolean quoted) {
        int headerLength = header.headerLength();
        boolean isCut = header.messageLength() > header.available();
        cursor.over(octets, header.at() + headerLength, header.available() - headerLength, isCut, packet);
        while (cursor.next()) {
            int type = cursor.type();
            ElementPlan plan;
            if (type < OWN_TYPES) {
                if (repeats || seen[type] != packetSerial) {
                    seen[type] = packetSerial;
                    sink.number(PacketSchema.PFCP_IE_TYPE, type);
                }
                plan = plans[type];
            } else {
                sink.number(PacketSchema.PFCP_ENTERPRISE_IE, type);
                sink.number(PacketSchema.PFCP_ENTERPRISE_ID, cursor.enterprise());
                int place = Arrays.binarySearch(vendorKeys, key(cursor.enterprise(), type));
                plan = place < 0 ? null : vendorPlans[place];
            }
            if (plan != null) {
                if (plan.numberLength != 0) {
                    number(plan);
                } else {
                    members(plan, quoted);
                }
            } else if (type == REPORT_TYPE && cursor.length() > 0) {
                sink.number(PacketSchema.PFCP_REPORT_TYPE, octets.u8(cursor.valueAt()));
            }
        }
    }

    /** The common case, without the reader: the value begins with the one number that is indexed. */
    private void number(ElementPlan plan) {
        if (cursor.length() >= plan.numberLength) {
            sink.number(plan.numberField, octets.uint(cursor.valueAt(), plan.numberLength) & plan.numberMask);
        } else if (cursor.length() != 0) {
            packet.report(Layer.PFCP, Fault.IE_MALFORMED, cursor.at());
        }
    }

    private void members(ElementPlan plan, boolean quoted) {
        IndexField ends = null;
        long id = 0;
        reader.over(plan.program, octets, cursor.valueAt(), cursor.length());
        while (reader.next()) {
            int index = reader.index();
            IndexField field = plan.fields[index];
            switch (plan.actions[index]) {
                case ElementPlan.NUMBER -> sink.number(field, reader.number());
                case ElementPlan.SECONDS -> sink.number(field, seconds(reader.number()));
                case ElementPlan.OCTETS -> {
                    if (field != null) {
                        sink.octets(field, octets, reader.at(), reader.length());
                    }
                    if (id != 0 && plan.ends[index] && !quoted) {
                        endpoint(ends, reader.at(), reader.length(), id);
                    }
                }
                case ElementPlan.TEXT -> text(field, plan, index);
                case ElementPlan.SEID -> {
                    id = reader.number();
                    ends = PacketSchema.SEID_ENDPOINT;
                    sink.number(PacketSchema.PFCP_SEID, id);
                }
                case ElementPlan.TEID -> {
                    id = reader.number();
                    ends = PacketSchema.TEID_ENDPOINT;
                    if (field != null) {
                        sink.number(field, id);
                    }
                }
                default -> {
                    // Read only because the program needs it.
                }
            }
        }
        if (reader.fault() != Fault.NONE) {
            packet.report(Layer.PFCP, reader.fault(), cursor.at());
        }
    }

    private void text(IndexField field, ElementPlan plan, int index) {
        if (reader.length() > 0) {
            int length = ValueText.write(plan.types[index], octets, reader.at(), reader.length(), scratch);
            sink.text(field, scratch, length);
        }
    }

    private void endpoint(IndexField field, long at, int length, long id) {
        if (length == 4) {
            sink.endpoint(field, 0, IPV4_PREFIX | octets.u32(at), id);
        } else {
            sink.endpoint(field, octets.i64(at), octets.i64(at + 8), id);
        }
    }

    /** Seconds since 1970, modulo 2 to the 32nd; of a time stamp that is not set, 0. */
    private static long seconds(long since1900) {
        return since1900 == 0 ? 0 : since1900 - EPOCH_1900 & 0xFFFF_FFFFL;
    }
}
