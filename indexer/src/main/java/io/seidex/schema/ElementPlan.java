package io.seidex.schema;

import io.seidex.decode.FlaggedAddresses;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import io.seidex.dictionary.FieldFormat;
import io.seidex.dictionary.Layout;
import io.seidex.dictionary.Lengths;
import io.seidex.dictionary.Member;
import io.seidex.dictionary.MemberType;
import io.seidex.dictionary.Program;
import io.seidex.fault.Layer;
import io.seidex.schema.IndexField.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is indexed of one type of information element: the program that reads only that, and for each member of the layout what
 * is done with it. Made once, from the dictionary: a member is indexed if its Wireshark name is that of a field.
 */
final class ElementPlan {
    /** How a value is read; of one that is not, nothing is indexed. */
    static final int NOT_AT_ALL = 0;
    static final int AS_NUMBER = 1;
    static final int AS_MEMBERS = 2;
    static final int BY_HAND = 3;
    static final int AS_FLAGS = 4;

    /** What is done with a member. */
    static final int NOTHING = 0;
    static final int NUMBER = 1;
    /** Seconds since 1900, to be handed over as seconds since 1970. */
    static final int SECONDS = 2;
    static final int OCTETS = 3;
    static final int TEXT = 4;
    /** A SEID or TEID that addresses behind it belong to. */
    static final int ID = 5;
    /** Octets that are an address if there are as many as one has. */
    static final int ADDRESS = 6;

    /** Addresses that complete an endpoint, and the SEIDs and TEIDs that they do it with. */
    private static final Map<String, String> IDS = Map.ofEntries(
            Map.entry("pfcp.f_seid.ipv4", "pfcp.seid"),
            Map.entry("pfcp.f_seid.ipv6", "pfcp.seid"),
            Map.entry("pfcp.f_teid.ipv4_addr", "pfcp.f_teid.teid"),
            Map.entry("pfcp.f_teid.ipv6_addr", "pfcp.f_teid.teid"),
            Map.entry("pfcp.outer_hdr_creation.ipv4", "pfcp.outer_hdr_creation.teid"),
            Map.entry("pfcp.outer_hdr_creation.ipv6", "pfcp.outer_hdr_creation.teid"),
            Map.entry("gtpv2.f_teid_ipv4", "gtpv2.f_teid_gre_key"),
            Map.entry("gtpv2.f_teid_ipv6", "gtpv2.f_teid_gre_key"),
            Map.entry("gtpv2.sgw_addr_ipv4", "gtpv2.sgw_s1u_teid"),
            Map.entry("gtpv2.sgw_addr_ipv6", "gtpv2.sgw_s1u_teid"),
            Map.entry("gtp.ggsn_address_for_control_plane.ipv4", "gtp.uplink_teid_cp"),
            Map.entry("gtp.ggsn_address_for_control_plane.ipv6", "gtp.uplink_teid_cp"),
            Map.entry("gtp.ggsn_address_for_user_traffic.ipv4", "gtp.uplink_teid_data"),
            Map.entry("gtp.ggsn_address_for_user_traffic.ipv6", "gtp.uplink_teid_data"),
            Map.entry("gtp.rnc_ipv4", "gtp.teid_data"),
            Map.entry("gtp.rnc_ipv6", "gtp.teid_data"),
            Map.entry("gtp.rnc_ip_addr_v4", "gtp.teid"),
            Map.entry("gtp.rnc_ip_addr_v6", "gtp.teid"));
    private static final Set<String> ALL_IDS = Set.copyOf(IDS.values());
    private static final int[] NO_WORDS = {};
    /** Of an element that is not known, or holds others. */
    static final ElementPlan NONE = new ElementPlan(null);
    private static final int LONGEST_NUMBER = 4;
    private static final int REPORT_TYPE = 39;
    private static final int USAGE_REPORT_TRIGGER = 63;
    private static final int NODE_REPORT_TYPE = 101;
    private static final int PFCP_F_TEID = 21;
    private static final int PFCP_F_SEID = 57;
    private static final int PFCP_UE_ADDRESS = 93;
    private static final int GTP_MSISDN = 134;
    private static final int GTPV2_F_TEID = 87;

    /** How many octets the value must have; null if it may have any number, or reading it tells. */
    final Lengths lengths;
    /** As many octets are enough, whatever they hold; of fewer the {@link #lengths} tell. */
    final int enough;
    /** One of the constants above. */
    final int reading;
    /** How the value is read by hand; null if the program has to be run. */
    final ByHand byHand;
    final Program program;
    /** By {@link Member#index()}: one of the constants above. */
    final int[] actions;
    /** By {@link Member#index()}: the field, null if the member only is part of an endpoint. */
    final IndexField[] fields;
    /** By {@link Member#index()}: what an address completes, null if it is part of no endpoint. */
    final IndexField[] ends;
    /** By {@link Member#index()}: of an address in an endpoint, and of the SEID or TEID there, the place of the latter's value. */
    final int[] slots;
    /** How many places there are. */
    final int ids;
    /** By {@link Member#index()}: of octets that may be an address, whether of IPv4. */
    final boolean[] isIpv4;
    final MemberType[] types;
    /** Octets of the integer that the value begins with, if that or bits of it is all that is indexed; otherwise 0. */
    final int numberLength;
    /** What of that integer is the value. */
    final long numberMask;
    final IndexField numberField;
    /** The field of the words of flags, if these are all that is indexed. */
    final IndexField wordField;
    /** By bit, 8 for each octet of the value, from the lowest on: the place of the flag's word, -1 if it has none. */
    final int[] words;

    /** Of an element of which nothing is indexed. */
    private ElementPlan(Lengths lengths) {
        this.lengths = lengths;
        enough = lengths == null ? 0 : lengths.enough();
        reading = NOT_AT_ALL;
        byHand = null;
        program = null;
        actions = null;
        fields = null;
        ends = null;
        slots = null;
        ids = 0;
        isIpv4 = null;
        types = null;
        numberLength = 0;
        numberMask = 0;
        numberField = null;
        wordField = null;
        words = NO_WORDS;
    }

    /** Of an element that is indexed as the words of its flags. */
    private ElementPlan(IndexField wordField, Element element) {
        List<Member> members = element.layout().members();
        lengths = element.layout().lengths();
        enough = lengths.enough();
        reading = AS_FLAGS;
        byHand = null;
        program = null;
        actions = null;
        fields = null;
        ends = null;
        slots = null;
        ids = 0;
        isIpv4 = null;
        types = null;
        numberLength = 0;
        numberMask = 0;
        numberField = null;
        this.wordField = wordField;
        int octets = (int) members.stream().filter(member -> member.whole() == null).count();
        words = new int[Byte.SIZE * octets];
        Arrays.fill(words, -1);
        List<String> labels = PacketSchema.words(wordField);
        int octet = -1;
        for (Member member : members) {
            if (member.whole() == null) {
                octet++;
            } else if (member.isFlag()) {
                words[Byte.SIZE * octet + member.lowBit() - 1] = labels.indexOf(word(member));
            }
        }
    }

    /** What of its flags an element is indexed by, null if by something else. */
    static IndexField words(Layer layer, Element element) {
        IndexField field = layer != Layer.PFCP || element.enterprise() != 0 ? null : switch (element.type()) {
            case REPORT_TYPE -> PacketSchema.PFCP_REPORT_TYPE;
            case NODE_REPORT_TYPE -> PacketSchema.PFCP_NODE_REPORT_TYPE;
            case USAGE_REPORT_TRIGGER -> PacketSchema.PFCP_USAGE_REPORT_TRIGGER;
            default -> null;
        };
        return field != null && element.layout().members().stream().allMatch(ElementPlan::isFlags) ? field : null;
    }

    /** What a flag is called. */
    static String word(Member flag) {
        return flag.name().substring(flag.name().indexOf('.') + 1);
    }

    private ElementPlan(
            Layout layout, IndexField[] fields, int[] actions, Program program, ByHand byHand) {
        List<Member> members = layout.members();
        this.byHand = byHand;
        this.program = program;
        this.actions = actions;
        this.fields = fields;
        ends = new IndexField[fields.length];
        slots = new int[fields.length];
        isIpv4 = new boolean[fields.length];
        types = new MemberType[fields.length];
        int wanted = 0;
        Member last = null;
        List<String> names = members.stream().filter(member -> actions[member.index()] == ID).map(Member::field)
                .distinct().toList();
        ids = names.size();
        for (Member member : members) {
            int index = member.index();
            types[index] = member.type();
            isIpv4[index] = member.format() == FieldFormat.IP4;
            String id = actions[index] == ID ? member.field() : IDS.get(member.field());
            slots[index] = names.indexOf(id);
            if (actions[index] != ID && slots[index] >= 0) {
                ends[index] = id.equals(PacketSchema.PFCP_SEID.name()) ? PacketSchema.SEID_ENDPOINT
                        : PacketSchema.TEID_ENDPOINT;
            }
            if (actions[index] != NOTHING) {
                wanted++;
                last = member;
            }
        }
        boolean alone = wanted == 1 && actions[last.index()] == NUMBER && isLeading(last, members.getFirst());
        reading = alone ? AS_NUMBER : byHand != null ? BY_HAND : AS_MEMBERS;
        numberLength = alone ? last.size() : 0;
        numberMask = !alone ? 0 : last.type() == MemberType.BITS ? last.mask() : -1L;
        numberField = alone ? fields[last.index()] : null;
        lengths = alone ? layout.lengths() : null;
        enough = alone ? lengths.enough() : 0;
        wordField = null;
        words = NO_WORDS;
    }

    /** The plan for an element, {@link #NONE} if neither anything of it is indexed nor its length can be wrong. */
    static ElementPlan of(Layer layer, Element element) {
        if (element == null || element.isGroup()) {
            return NONE;
        }
        List<Member> members = element.layout().members();
        IndexField words = words(layer, element);
        if (words != null) {
            return new ElementPlan(words, element);
        }
        IndexField[] fields = new IndexField[members.size()];
        int[] actions = new int[fields.length];
        for (Member member : members) {
            fields[member.index()] = PacketSchema.fixed(name(layer, element, member)).orElse(null);
            boolean isId = members.stream().anyMatch(other -> member.field().equals(IDS.get(other.field())));
            boolean isEnd = IDS.containsKey(member.field())
                    && members.stream().anyMatch(other -> other.field().equals(IDS.get(member.field())));
            actions[member.index()] = isId ? ID : action(member, fields[member.index()], isEnd);
        }
        if (Arrays.stream(actions).allMatch(action -> action == NOTHING)) {
            return element.layout().lengths().enough() == 0 ? NONE : new ElementPlan(element.layout().lengths());
        }
        Program program = element.layout().checkedProgram(member -> actions[member.index()] != NOTHING).unrolled();
        return new ElementPlan(element.layout(), fields, actions, program, byHand(layer, element));
    }

    /**
     * What a value that is read by hand is indexed by.
     *
     * @param flags what the rest of the first octet is a value of, null if of nothing
     * @param end what the identifier is with each address
     */
    record ByHand(
            FlaggedAddresses.Kind kind, IndexField flags, IndexField id, IndexField end, IndexField ipv4,
            IndexField ipv6) {}

    /** Only of elements as they are built in: who describes one anew has it read as described. */
    private static ByHand byHand(Layer layer, Element element) {
        if (layer == Layer.PFCP && Dictionary.pfcp().element(0, element.type()) == element) {
            return switch (element.type()) {
                case PFCP_F_TEID -> new ByHand(FlaggedAddresses.Kind.PFCP_F_TEID, null, PacketSchema.PFCP_F_TEID,
                        PacketSchema.TEID_ENDPOINT, PacketSchema.PFCP_F_TEID_IPV4, PacketSchema.PFCP_F_TEID_IPV6);
                case PFCP_F_SEID -> new ByHand(FlaggedAddresses.Kind.PFCP_F_SEID, null, PacketSchema.PFCP_SEID,
                        PacketSchema.SEID_ENDPOINT, PacketSchema.PFCP_F_SEID_IPV4, PacketSchema.PFCP_F_SEID_IPV6);
                case PFCP_UE_ADDRESS -> new ByHand(FlaggedAddresses.Kind.PFCP_UE_ADDRESS, null, null, null,
                        PacketSchema.PFCP_UE_IPV4, PacketSchema.PFCP_UE_IPV6);
                default -> null;
            };
        }
        boolean isFTeid = layer == Layer.GTPV2 && Dictionary.gtpv2().element(0, GTPV2_F_TEID) == element;
        return !isFTeid ? null
                : new ByHand(FlaggedAddresses.Kind.GTPV2_F_TEID, PacketSchema.GTPV2_INTERFACE_TYPE,
                        PacketSchema.GTPV2_F_TEID, PacketSchema.TEID_ENDPOINT, PacketSchema.GTPV2_F_TEID_IPV4,
                        PacketSchema.GTPV2_F_TEID_IPV6);
    }

    /**
     * The name of the field that a member is a value of, if there is such a field. The digits of an MSISDN are one, also where
     * Wireshark calls them those of any number, since it is not said that the number is international.
     */
    private static String name(Layer layer, Element element, Member member) {
        boolean isMsisdn = layer == Layer.GTP && element.type() == GTP_MSISDN && member.type() == MemberType.TBCD;
        return isMsisdn ? PacketSchema.MSISDN.name() : member.field();
    }

    /** Whether a member is an octet of flags, or a bit of one. */
    private static boolean isFlags(Member member) {
        return member.size() == 1 && (member.type() == MemberType.UNSIGNED || member.type() == MemberType.BITS);
    }

    /** @param isEnd whether an endpoint takes the member, even if no field does */
    private static int action(Member member, IndexField field, boolean isEnd) {
        if (field == null) {
            return isEnd ? isAddress(member) ? OCTETS : ADDRESS : NOTHING;
        }
        return switch (member.type()) {
            case UNSIGNED, BITS, MCC, MNC -> field.kind() == Kind.UNSIGNED ? NUMBER : NOTHING;
            case NTP32 -> SECONDS;
            case IP4 -> field.kind() == Kind.IPV4 ? OCTETS : NOTHING;
            case IP6 -> field.kind() == Kind.IPV6 ? OCTETS : NOTHING;
            case BYTES -> field.kind() == Kind.IPV4 && member.format() == FieldFormat.IP4
                    || field.kind() == Kind.IPV6 && member.format() == FieldFormat.IP6 ? ADDRESS : NOTHING;
            default -> member.type().isText() && member.unprintable().isEmpty() && field.kind() == Kind.TEXT ? TEXT
                    : NOTHING;
        };
    }

    private static boolean isAddress(Member member) {
        return member.type() == MemberType.IP4 || member.type() == MemberType.IP6;
    }

    /**
     * Whether a member may bear its name: its values are of the kind that the field of this name has, if there is one.
     */
    static boolean fits(Member member) {
        String name = member.field();
        IndexField field = PacketSchema.fixed(name).orElse(null);
        if (ALL_IDS.contains(name)) {
            return member.type() == MemberType.UNSIGNED || member.type() == MemberType.BITS;
        }
        if (IDS.containsKey(name)) {
            return name.contains("v4") ? member.type() == MemberType.IP4 || member.format() == FieldFormat.IP4
                    : member.type() == MemberType.IP6 || member.format() == FieldFormat.IP6;
        }
        if (member.type() == MemberType.NTP32) {
            return field == null || field.kind() == Kind.UNSIGNED;
        }
        return field == null || action(member, field, false) != NOTHING;
    }

    /** Whether a member is the integer that its value always begins with, or its low bits. */
    private static boolean isLeading(Member member, Member first) {
        boolean leads = member == first && member.type() == MemberType.UNSIGNED
                || member.type() == MemberType.BITS && member.whole() == first
                        && (member.mask() & member.mask() + 1) == 0;
        return leads && member.size() > 0 && member.size() <= LONGEST_NUMBER;
    }
}
