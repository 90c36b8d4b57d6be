package io.seidex.schema;

import io.seidex.decode.FlaggedAddresses;
import io.seidex.decode.IeCursor;
import io.seidex.decode.Packet;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import io.seidex.dictionary.LayoutReader;
import io.seidex.dictionary.ValueText;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.Octets;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Hands over what the information elements of one protocol's messages hold. An element of which nothing is indexed costs its
 * step of the walk and a look into a table. One instance for each thread.
 */
final class Elements {
    private static final int TYPES = 1 << 16;
    /** A type of GTP above it stands behind the one that says so. */
    private static final int LAST_OF_ONE_OCTET = 255;
    private static final int SCRATCH = 0x10000;
    /** Seconds from 1900 to 1970. */
    private static final long EPOCH_1900 = 2_208_988_800L;
    /** The last eight octets of an IPv4 address in 16, without the address. */
    private static final long IPV4_PREFIX = 0xFFFFL << 32;

    // Elements of GTPv1 whose TEIDs and addresses stand apart, TS 29.060 7.7.13 to 7.7.15 and 7.7.32.
    private static final int TEID_DATA = 16;
    private static final int TEID_CONTROL = 17;
    private static final int TEID_DATA_II = 18;
    private static final int GSN_ADDRESS = 133;
    private static final int MOST_ADDRESSES = 4;
    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;
    private static final int TEID_LENGTH = 4;
    private static final int MOST_IDS = 4;

    private final Layer layer;
    private final IndexField typeField;
    /** By type, made when an element of it is first met: most types of a dictionary never are. */
    private final ElementPlan[] plans = new ElementPlan[TYPES];
    private final Map<Element, ElementPlan> vendorPlans = new IdentityHashMap<>();
    private final IeCursor cursor;
    private final LayoutReader reader = new LayoutReader();
    private final FlaggedAddresses value = new FlaggedAddresses();
    private final byte[] scratch = new byte[SCRATCH];
    /** The SEIDs and TEIDs of an element, each for the addresses that belong to it. */
    private final long[] ids = new long[MOST_IDS];
    // Addresses that stand before them.
    private final IndexField[] waiting = new IndexField[MOST_IDS];
    private final long[] waitingAt = new long[MOST_IDS];
    private final int[] waitingLength = new int[MOST_IDS];
    private final boolean repeats;
    // The packet in which a type was handed over last, so that each is handed over once.
    private final long[] seen = new long[TYPES];
    private long serial;

    private Octets octets;
    private int message;
    private Packet packet;
    private ValueSink sink;
    private boolean quoted;
    private boolean removes;

    // Of the GTPv1 message: what its GSN addresses are the ends of, in their order.
    private GsnAddresses addresses;
    private int addressCount;
    private long dataTeid;
    private long controlTeid;

    /** What the GSN addresses of a GTPv1 message are, in their order, TS 29.060 7.3 and 7.5, TS 29.281 7.3.1. */
    enum GsnAddresses {
        /** No pair with a TEID of the message. */
        ALONE,
        /** Of control and of the user plane in turns: of the first pair, and of an alternative one. */
        CONTROL_AND_DATA,
        /** One, of the user plane. */
        DATA
    }

    /**
     * @param typeField what the types of elements are values of
     * @param repeats whether every occurrence of a type is handed over, or only the first of each in a packet
     */
    private Elements(Layer layer, IndexField typeField, IeCursor cursor, boolean repeats) {
        this.layer = layer;
        this.typeField = typeField;
        this.cursor = cursor;
        this.repeats = repeats;
    }

    static Elements pfcp(Dictionary dictionary, boolean repeats) {
        return new Elements(Layer.PFCP, PacketSchema.PFCP_IE_TYPE, IeCursor.pfcp(dictionary), repeats);
    }

    static Elements gtpv2(Dictionary dictionary, boolean repeats) {
        return new Elements(Layer.GTPV2, PacketSchema.GTPV2_IE_TYPE, IeCursor.gtpv2(dictionary), repeats);
    }

    /** Of GTPv1-C or of GTP-U: the dictionary tells. */
    static Elements gtpv1(Dictionary dictionary, boolean repeats) {
        return new Elements(Layer.GTP, PacketSchema.GTP_IE_TYPE, IeCursor.gtpv1(dictionary), repeats);
    }

    static Elements gtpPrime(Dictionary dictionary, boolean repeats) {
        return new Elements(
                Layer.GTPPRIME, PacketSchema.GTP_IE_TYPE, IeCursor.gtpPrime(dictionary), repeats);
    }

    /**
     * Begins a message.
     *
     * @param message its type
     * @param serial another one for each packet
     * @param quoted whether an ICMP error quotes the message: then it has no endpoints
     * @param removes whether an element without a value is sound
     */
    void over(
            Octets octets, int message, Packet packet, ValueSink sink, long serial, boolean quoted,
            boolean removes, GsnAddresses addresses) {
        this.octets = octets;
        this.message = message;
        this.packet = packet;
        this.sink = sink;
        this.serial = serial;
        this.quoted = quoted;
        this.removes = removes;
        this.addresses = addresses;
        addressCount = 0;
        dataTeid = 0;
        controlTeid = 0;
    }

    /**
     * Walks the elements of one message.
     *
     * @param claimed how many octets they have, of which {@code length} are present
     */
    void extract(long at, int length, int claimed) {
        boolean pairs = addresses != GsnAddresses.ALONE && !quoted;
        cursor.over(octets, at, length, claimed, packet);
        while (cursor.next()) {
            int type = cursor.type();
            ElementPlan plan;
            if (cursor.isEnterprise()) {
                sink.number(PacketSchema.PFCP_ENTERPRISE_IE, type);
                if (cursor.enterprise() >= 0) {
                    sink.number(PacketSchema.PFCP_ENTERPRISE_ID, cursor.enterprise());
                }
                plan = vendorPlan();
            } else {
                if (repeats || seen[type] != serial) {
                    seen[type] = serial;
                    sink.number(typeField, type);
                    if (type > LAST_OF_ONE_OCTET) {
                        announcing();
                    }
                }
                plan = plans[type];
                if (plan == null) {
                    plan = ElementPlan.of(layer, cursor.element());
                    plans[type] = plan;
                }
            }
            if (cursor.length() < plan.enough) {
                check(plan);
            }
            switch (plan.reading) {
                case ElementPlan.NOT_AT_ALL -> {
                    continue;
                }
                case ElementPlan.AS_NUMBER -> number(plan);
                case ElementPlan.AS_MEMBERS -> members(plan);
                case ElementPlan.BY_HAND -> addresses(plan);
                default -> flags(plan);
            }
            if (pairs && cursor.missing() == 0) {
                pair();
            }
        }
    }

    /** Of GTP, the type of one octet that says that the type stands behind it. */
    private void announcing() {
        int type = octets.u8(cursor.at());
        if (layer != Layer.PFCP && (repeats || seen[type] != serial)) {
            seen[type] = serial;
            sink.number(typeField, type);
        }
    }

    private ElementPlan vendorPlan() {
        Element element = cursor.element();
        if (element == null) {
            return ElementPlan.NONE;
        }
        ElementPlan plan = vendorPlans.get(element);
        if (plan == null) {
            plan = ElementPlan.of(layer, element);
            vendorPlans.put(element, plan);
        }
        return plan;
    }

    /** Joins a GSN address with the TEID that stands before it. */
    private void pair() {
        int length = cursor.length();
        long at = cursor.valueAt();
        if (length < TEID_LENGTH) {
            return;
        }
        switch (cursor.type()) {
            case TEID_DATA, TEID_DATA_II -> dataTeid = octets.u32(at + length - TEID_LENGTH);
            case TEID_CONTROL -> controlTeid = octets.u32(at);
            case GSN_ADDRESS -> {
                boolean isData = addresses == GsnAddresses.DATA || (addressCount & 1) != 0;
                long teid = isData ? dataTeid : controlTeid;
                if (teid != 0 && addressCount < MOST_ADDRESSES && (length == 4 || length == 16)) {
                    endpoint(PacketSchema.TEID_ENDPOINT, at, length, teid);
                }
                addressCount++;
            }
            default -> {
                // Neither.
            }
        }
    }

    /** The common case, without the reader: the value begins with the one number that is indexed. */
    private void number(ElementPlan plan) {
        if (cursor.length() >= plan.numberLength) {
            sink.number(plan.numberField, octets.uint(cursor.valueAt(), plan.numberLength) & plan.numberMask);
        }
    }

    /** The words of the flags that are set, in the order of octets and, within one, from the lowest bit on. */
    private void flags(ElementPlan plan) {
        int count = Math.min(cursor.length(), plan.words.length / Byte.SIZE);
        for (int i = 0; i < count; i++) {
            for (int left = octets.u8(cursor.valueAt() + i); left != 0; left &= left - 1) {
                int word = plan.words[Byte.SIZE * i + Integer.numberOfTrailingZeros(left)];
                if (word >= 0) {
                    sink.number(plan.wordField, word);
                }
            }
        }
    }

    /**
     * An identifier and its addresses; of a value that is not all there, the program tells how far it goes, and it reads the
     * few that go on behind their addresses.
     */
    private void addresses(ElementPlan plan) {
        ElementPlan.ByHand byHand = plan.byHand;
        if (cursor.missing() != 0 || !value.wrap(byHand.kind(), octets, cursor.valueAt(), cursor.length())
                || value.goesOn()) {
            members(plan);
            return;
        }
        if (byHand.flags() != null) {
            sink.number(byHand.flags(), value.rest());
        }
        long id = 0;
        if (value.hasId()) {
            id = value.id();
            sink.number(byHand.id(), id);
        }
        IndexField end = id == 0 || quoted ? null : byHand.end();
        if (value.hasIpv4()) {
            address(byHand.ipv4(), value.ipv4At(), IPV4_LENGTH, end, id);
        }
        if (value.hasIpv6()) {
            address(byHand.ipv6(), value.ipv6At(), IPV6_LENGTH, end, id);
        }
    }

    private void address(IndexField field, long at, int length, IndexField end, long id) {
        if (field != null) {
            sink.octets(field, octets, at, length);
        }
        if (end != null) {
            endpoint(end, at, length, id);
        }
    }

    private void members(ElementPlan plan) {
        reader.within(message, cursor.instance());
        forget(plan.ids);
        reader.over(plan.program, octets, cursor.valueAt(), cursor.length(), cursor.missing());
        while (reader.next()) {
            int index = reader.index();
            IndexField field = plan.fields[index];
            switch (plan.actions[index]) {
                case ElementPlan.NUMBER -> sink.number(field, reader.number());
                case ElementPlan.SECONDS -> sink.number(field, seconds(reader.number()));
                case ElementPlan.OCTETS, ElementPlan.ADDRESS -> {
                    boolean isSound = plan.actions[index] == ElementPlan.OCTETS
                            || reader.length() == (plan.isIpv4[index] ? IPV4_LENGTH : IPV6_LENGTH);
                    if (isSound && field != null) {
                        sink.octets(field, octets, reader.at(), reader.length());
                    }
                    if (isSound && plan.ends[index] != null && !quoted) {
                        end(plan, index);
                    }
                }
                case ElementPlan.TEXT -> text(field, plan, index);
                case ElementPlan.ID -> {
                    if (field != null) {
                        sink.number(field, reader.number());
                    }
                    id(plan.slots[index], reader.number());
                }
                default -> {
                    // Read only because the program needs it.
                }
            }
        }
        if (reader.fault() != Fault.NONE) {
            fault();
        }
    }

    /** The address that the reader is at is the end of the identifier that its element has for it, before it or behind it. */
    private void end(ElementPlan plan, int index) {
        int slot = plan.slots[index];
        if (ids[slot] != 0) {
            endpoint(plan.ends[index], reader.at(), reader.length(), ids[slot]);
        } else {
            waiting[slot] = plan.ends[index];
            waitingAt[slot] = reader.at();
            waitingLength[slot] = reader.length();
        }
    }

    /** Identifiers and addresses of the element before. */
    private void forget(int count) {
        for (int i = 0; i < count; i++) {
            ids[i] = 0;
            waitingLength[i] = 0;
        }
    }

    private void id(int slot, long id) {
        ids[slot] = id;
        if (id != 0 && waitingLength[slot] != 0) {
            endpoint(waiting[slot], waitingAt[slot], waitingLength[slot], id);
            waitingLength[slot] = 0;
        }
    }

    /** Whether the element lacks members. */
    private void check(ElementPlan plan) {
        reader.within(message, cursor.instance());
        if (plan.lengths.isTooShort(octets, cursor.valueAt(), cursor.length(), reader)) {
            fault();
        }
    }

    /** The element is too short. What a value lacks that is cut, its element was reported for. */
    private void fault() {
        if (cursor.missing() == 0 && (cursor.length() > 0 || !removes)) {
            packet.report(layer, Fault.IE_MALFORMED, cursor.at());
        }
    }

    private void text(IndexField field, ElementPlan plan, int index) {
        // Where the capture cut the packet, nothing is not an empty text.
        if (reader.length() > 0 || cursor.length() > 0 && cursor.missing() == 0) {
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
