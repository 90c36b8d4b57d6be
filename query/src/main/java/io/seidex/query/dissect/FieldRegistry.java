package io.seidex.query.dissect;

import io.seidex.decode.IpProtocol;
import io.seidex.dictionary.DeclaredProtocol;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import io.seidex.dictionary.FieldFormat;
import io.seidex.dictionary.Labels;
import io.seidex.dictionary.Layout;
import io.seidex.dictionary.Member;
import io.seidex.dictionary.MemberType;
import io.seidex.dictionary.Scale;
import io.seidex.fault.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Every field that a packet may have, by name: of all layers' headers, of all dictionaries' elements, and those of the record,
 * as {@code frame.number}. One instance for each thread.
 *
 * <p>What a {@link Dissector} never meets is never made: fields come into being with the element that they belong to.
 * {@link #named} and {@link #names} make all of them, once, which takes some ten milliseconds.
 */
public final class FieldRegistry {
    /** Wireshark's names for either of two fields. */
    private static final Map<String, List<String>> EITHER = Map.of(
            "eth.addr", List.of("eth.src", "eth.dst"),
            "ip.addr", List.of("ip.src", "ip.dst"),
            "ipv6.addr", List.of("ipv6.src", "ipv6.dst"),
            "udp.port", List.of("udp.srcport", "udp.dstport"),
            "tcp.port", List.of("tcp.srcport", "tcp.dstport"),
            "sctp.port", List.of("sctp.srcport", "sctp.dstport"),
            "ip.host", List.of("ip.src", "ip.dst"),
            "ipv6.host", List.of("ipv6.src", "ipv6.dst"),
            "ip.version", List.of("ip.version", "ipv6.version"));

    /** Parts that stand before, or behind, the value of every element of a protocol. */
    private static final Set<String> ELEMENT_HEADERS =
            Set.of("pfcp.ie", "pfcp.vendor_ie", "gtpv2.ie", "gtp.ie", "gtp.extension",
                    "gtp.next_extension");

    /** Layers that have another form: their names begin with the layer's. */
    private static final Set<String> FORMS =
            Set.of("eth.length", "vlan.length", "sll.2", "llc.numbered", "gtp.0", "gre.1",
                    "vxlan.gpe", "erspan.1", "erspan.3", "ip.unknown", "ipv6.unknown", "udp.short", "tcp.short");

    private final Dictionaries dictionaries;
    private final Dictionary layers = Dictionary.layers();
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, List<Field>> byName = new LinkedHashMap<>();
    private final Map<String, Shape> parts = new HashMap<>();
    private boolean isComplete;
    private boolean areLayersComplete;

    final Vocabulary pfcp;
    final Vocabulary gtpv2;
    final Vocabulary gtpv1;
    final Vocabulary gtpv0;
    final Vocabulary gtpu;
    final Vocabulary gtpPrime;

    final Field frame = layer("frame", "Frame");
    final Field frameNumber = generated("frame.number", Field.Type.UNSIGNED, "Number");
    final Field frameTime = generated("frame.time", Field.Type.TIME, "Arrival Time");
    final Field frameTimeEpoch = generated("frame.time_epoch", Field.Type.TIME, "Epoch Time");
    final Field frameLength = generated("frame.len", Field.Type.UNSIGNED, "Length on the Wire");
    final Field frameCaptured = generated("frame.cap_len", Field.Type.UNSIGNED, "Captured Length");
    final Field frameInterface = generated("frame.interface_id", Field.Type.UNSIGNED, "Interface");
    final Field frameInterfaceName = generated("frame.interface_name", Field.Type.TEXT, "Interface Name");
    final Field frameOffset = generated("frame.file_off", Field.Type.UNSIGNED, "Place of the Record");
    final Field frameProtocols = generated("frame.protocols", Field.Type.TEXT, "Protocols");
    final Field ipReassembledIn = generated("ip.reassembled_in", Field.Type.UNSIGNED, "Reassembled in Frame");
    final Field ipv6ReassembledIn = generated("ipv6.reassembled.in", Field.Type.UNSIGNED, "Reassembled in Frame");
    /** Which pieces or octets never came. */
    final Field reassemblyMissing = generated("reassembly.missing", Field.Type.TEXT, "Missing");
    final Field reassemblyIn = generated("reassembly.in", Field.Type.UNSIGNED, "Reassembled in Frame");
    final Field reassemblyFragment = generated("reassembly.fragment", Field.Type.UNSIGNED, "Piece in Frame");
    final Field ipFragment = generated("ip.fragment", Field.Type.UNSIGNED, "Fragment in Frame");
    final Field ipv6Fragment = generated("ipv6.fragment", Field.Type.UNSIGNED, "Fragment in Frame");
    final Field ipReassembledData = generated("ip.reassembled.data", Field.Type.OCTETS, "Reassembled IPv4 Data");
    final Field ipv6ReassembledData = generated("ipv6.reassembled.data", Field.Type.OCTETS, "Reassembled IPv6 Data");
    /** A message that was put together from several packets. */
    final Field payload = generated("payload", Field.Type.OCTETS, "Reassembled Message");
    /** Octets that no layer reads. */
    final Field dataLayer = layer("data", "Data");
    final Field data = generated("data.data", Field.Type.OCTETS, "Data");
    /** Octets of an element or a header that no notation describes. */
    final Field undescribed = generated("undescribed", Field.Type.OCTETS, "Octets");
    /** By {@link MemberType#ordinal()}, the beginning of a text that ends with its packet or group before its length does. */
    private final Field[] incomplete = new Field[MemberType.values().length];

    final Field dataLength = generated("data.len", Field.Type.UNSIGNED, "Length");
    final Field udpPayload = generated("udp.payload", Field.Type.OCTETS, "Payload");
    final Field tcpPayload = generated("tcp.payload", Field.Type.OCTETS, "Payload");
    final Field tcpPayloadLength = generated("tcp.len", Field.Type.UNSIGNED, "Payload Length");
    final Field ipOptions = generated("ip.options", Field.Type.OCTETS, "Options");
    final Field ahCheck = generated("ah.icv", Field.Type.OCTETS, "Integrity Check Value");
    final Field tcpOptions = generated("tcp.options", Field.Type.OCTETS, "Options");
    /** What is wrong: layer and kind, as the index has it. */
    final Field fault = generated("fault", Field.Type.TEXT, "Fault");
    final Shape unknownElement = unknown("Unknown element");
    final Shape unknownExtension = unknown("Unknown extension header");
    final Shape extensionLength;
    final Shape extensionNext;
    private final Shape[] ipv6Extensions = new Shape[256];
    private final byte[][] ipv6ExtensionLabels = new byte[256][];

    public FieldRegistry(Dictionaries dictionaries) {
        this.dictionaries = dictionaries;
        pfcp = new Vocabulary(this, dictionaries.pfcp());
        gtpv2 = new Vocabulary(this, dictionaries.gtpv2());
        gtpv1 = new Vocabulary(this, dictionaries.gtpv1());
        gtpv0 = new Vocabulary(this, dictionaries.gtpv0());
        gtpu = new Vocabulary(this, dictionaries.gtpu());
        gtpPrime = new Vocabulary(this, dictionaries.gtpPrime());
        for (String text : List.of("text", "labels", "name", "fqdn", "tbcd")) {
            Member member = Layout.of(text + ':' + text + "[rest]").members().getFirst();
            incomplete[member.type().ordinal()] = add(Field.Kind.VALUE, Field.Type.TEXT, "incomplete", true,
                    "Incomplete", null, member, null, "", null, null, false, false);
        }
        extensionLength = part("gtp.extension");
        extensionNext = part("gtp.next_extension");
    }

    private Shape unknown(String title) {
        Field field =
                add(Field.Kind.ELEMENT, Field.Type.NONE, "", false, title, null, null, null, "", null, null, false,
                        false);
        return new Shape(null, field, new Field[0], new int[0], null);
    }

    /** The dictionaries that the fields are of. */
    public Dictionaries dictionaries() {
        return dictionaries;
    }

    /** The beginning of a text of which there is no more. */
    Field incomplete(MemberType type) {
        return incomplete[type.ordinal()];
    }

    /** The fields of a name: none if it is unknown; those of source and destination for {@code ip.addr} and its like. */
    public FieldSet named(String name) {
        completeLayers();
        List<String> either = EITHER.get(name);
        List<Field> found = new ArrayList<>();
        for (String one : either == null ? List.of(name) : either) {
            // Most who ask for one field read no other: of a thousand elements, those that may hold it are enough.
            Stream.of(pfcp, gtpv2, gtpv1, gtpv0, gtpu, gtpPrime).forEach(vocabulary -> vocabulary.complete(one));
            found.addAll(byName.getOrDefault(one, List.of()));
        }
        return new FieldSet(found);
    }

    /** Every name, sorted: of values and of layers; not those that stand for either of two. */
    public Set<String> names() {
        complete();
        return new TreeSet<>(byName.keySet());
    }

    /** Every field, layers and elements included, in no particular order. */
    public List<Field> fields() {
        complete();
        return List.copyOf(fields);
    }

    private void complete() {
        if (!isComplete) {
            isComplete = true;
            Stream.of(pfcp, gtpv2, gtpv1, gtpv0, gtpu, gtpPrime).forEach(Vocabulary::complete);
            completeLayers();
        }
    }

    private void completeLayers() {
        if (!areLayersComplete) {
            areLayersComplete = true;
            layers.parts().forEach(part -> part(part.name().substring(0, part.name().indexOf('/'))));
            for (int layer = 0; layer < Layer.count(); layer++) {
                layer(Layer.of(layer));
            }
            for (int place = 0; place < dictionaries.declared().all().size(); place++) {
                declared(place);
                declaredMessage(place);
            }
        }
    }

    /** An extension header of IPv6. */
    Shape ipv6Extension(int type) {
        Shape known = ipv6Extensions[type];
        if (known == null) {
            String name = switch (type) {
                case IpProtocol.HOP_BY_HOP -> "ipv6.hopopts";
                case IpProtocol.ROUTING -> "ipv6.routing";
                case IpProtocol.FRAGMENT -> "ipv6.fraghdr";
                case IpProtocol.DESTINATION_OPTIONS -> "ipv6.dstopts";
                case IpProtocol.AUTHENTICATION -> "ipv6.ah";
                default -> "ipv6.extension";
            };
            known = part(name);
            ipv6Extensions[type] = known;
            ipv6ExtensionLabels[type] = ProtocolChain.octets(name);
        }
        return known;
    }

    /** What Wireshark calls an extension header of IPv6 that {@link #ipv6Extension} was asked for. */
    byte[] ipv6ExtensionLabel(int type) {
        return ipv6ExtensionLabels[type];
    }

    /** The header of a layer; without members if it is not described. */
    Shape layer(Layer layer) {
        return part(layer.label());
    }

    /** A header, or a part of one, by the name before its title. */
    Shape part(String name) {
        Shape known = parts.get(name);
        if (known == null) {
            Element described = null;
            for (Element part : layers.parts()) {
                if (part.name().startsWith(name) && part.name().charAt(name.length()) == '/') {
                    described = part;
                }
            }
            known = described == null
                    ? new Shape(null, layer(name, name), new Field[0], new int[0], null)
                    : shape(layers, described, name);
            parts.put(name, known);
        }
        return known;
    }

    /** The header of a declared protocol, by its place. */
    Shape declared(int place) {
        DeclaredProtocol protocol = dictionaries.declared().get(place);
        return declared(protocol, protocol.header(), protocol.name());
    }

    /** The message of a declared protocol, by its place. */
    Shape declaredMessage(int place) {
        DeclaredProtocol protocol = dictionaries.declared().get(place);
        return declared(protocol, protocol.message(), protocol.name() + " message");
    }

    private Shape declared(DeclaredProtocol protocol, Layout layout, String part) {
        Shape known = parts.get(part);
        if (known == null) {
            List<Member> described = layout.members();
            Field self = layer(protocol.name(), protocol.name());
            Field[] members = new Field[described.size()];
            int[] parents = new int[described.size()];
            for (int i = 0; i < members.length; i++) {
                Member member = described.get(i);
                boolean isFlag = member.isFlag();
                members[i] = add(Field.Kind.VALUE, type(member, isFlag), protocol.fieldName(member), true,
                        member.name(), null, member, protocol.labels(member.enumeration()), "", null, null, false,
                        false);
                parents[i] = parent(described, member);
            }
            known = new Shape(null, self, members, parents, layout.program());
            parts.put(part, known);
        }
        return known;
    }

    /** @param path what the names of its unnamed members begin with, behind the protocol */
    Shape shape(Dictionary dictionary, Element element, String path) {
        boolean isHeader = dictionary == layers;
        String title = element.name().substring(isHeader ? path.length() + 1 : 0);
        int dot = path.indexOf('.');
        boolean isLayer = isHeader && (dot < 0 || FORMS.contains(path));
        String layer = dot < 0 ? path : path.substring(0, dot);
        String prefix = isHeader ? path : prefix(dictionary, path);
        Field self =
                add(isLayer ? Field.Kind.LAYER : Field.Kind.ELEMENT, Field.Type.NONE, isLayer ? layer : "", isLayer,
                        title, element, null, null, "", null, null, false, false);
        List<Member> described = element.layout().members();
        Field[] members = new Field[described.size()];
        int[] parents = new int[described.size()];
        for (int i = 0; i < members.length; i++) {
            Member member = described.get(i);
            boolean holdsBits = described.stream().anyMatch(other -> other.whole() == member);
            members[i] = member(dictionary, element, prefix, member, holdsBits);
            parents[i] = parent(described, member);
        }
        return new Shape(element, self, members, parents, element.layout().program());
    }

    /** Bits belong to the bits that hold them all, or to their integer; others to the structure or PLMN that holds them. */
    private static int parent(List<Member> members, Member bits) {
        if (bits.whole() == null) {
            return bits.within() == null ? -1 : bits.within().index();
        }
        Member parent = bits.whole();
        for (Member other : members) {
            if (other.whole() == bits.whole() && other.index() < bits.index()
                    && (bits.mask() & ~other.mask()) == 0) {
                parent = other;
            }
        }
        return parent.index();
    }

    private Field member(Dictionary dictionary, Element element, String prefix, Member member, boolean holdsBits) {
        boolean isWiresharks = !member.field().isEmpty();
        String last = member.name().substring(member.name().lastIndexOf('.') + 1);
        String name = isWiresharks ? member.field() : ownName(prefix, member);
        boolean isFlag = member.isFlag();
        String meaning = isFlag ? dictionary.meaning(element, member) : "";
        String title = Titles.of(member.isNamed() ? last : name.substring(name.lastIndexOf('.') + 1));
        Labels labels = labels(dictionary, member.enumeration());
        Scale scale = member.scale().isEmpty() ? null : dictionary.scale(member.scale());
        Field otherwise = null;
        if (scale != null && scale.hasNone() && isWiresharks) {
            otherwise =
                    add(Field.Kind.VALUE, type(member, isFlag), ownName(prefix, member), false, title, element, member,
                            labels, "", scale, null, false, false);
        }
        if (!member.unprintable().isEmpty()) {
            otherwise = add(Field.Kind.VALUE, Field.Type.OCTETS, member.unprintable(), true, title, element, member,
                    null, "", null, null, false, false);
        }
        return add(Field.Kind.VALUE, type(member, isFlag), name, isWiresharks, title, element, member, labels, meaning,
                scale, otherwise, holdsBits && !isWiresharks, dictionary == layers && ELEMENT_HEADERS.contains(prefix));
    }

    /** Bits without a name are spare. */
    private static String ownName(String prefix, Member member) {
        String path = member.name().toLowerCase(Locale.ROOT);
        if (!member.isNamed()) {
            path = path.substring(0, path.lastIndexOf('.')) + ".spare";
        }
        return prefix + '.' + path.replace('-', '_').replace('+', '_');
    }

    private static Field.Type type(Member member, boolean isFlag) {
        return switch (member.format()) {
            case IP4 -> Field.Type.IPV4;
            case IP6 -> Field.Type.IPV6;
            case BYTES, GUID -> Field.Type.OCTETS;
            case LABEL -> Field.Type.TEXT;
            case DECIMAL, HEX, PLAIN -> switch (member.type()) {
                case UNSIGNED, MCC, MNC, ZONE, ROUND -> Field.Type.UNSIGNED;
                case SIGNED -> member.format() == FieldFormat.PLAIN ? Field.Type.SIGNED : Field.Type.UNSIGNED;
                case BITS -> isFlag ? Field.Type.FLAG : Field.Type.UNSIGNED;
                case IP4 -> Field.Type.IPV4;
                case IP6 -> Field.Type.IPV6;
                case MAC -> Field.Type.MAC;
                case NTP32, NTP48, NTP64 ->
                        member.format() == FieldFormat.PLAIN ? Field.Type.TIME : Field.Type.UNSIGNED;
                case PLMN, PLMN_S1AP -> Field.Type.PLMN;
                case BYTES -> member.format() == FieldFormat.PLAIN ? Field.Type.OCTETS : Field.Type.UNSIGNED;
                case TEXT, LABELS, NAME, FQDN, TBCD -> Field.Type.TEXT;
            };
        };
    }

    private Labels labels(Dictionary dictionary, String enumeration) {
        if (enumeration.isEmpty()) {
            return null;
        }
        return Stream
                .of(dictionary, dictionaries.pfcp(), dictionaries.gtpv2(), dictionaries.gtpv1(), dictionaries.gtpu(),
                        dictionaries.gtpPrime(), layers)
                .map(one -> one.labels(enumeration)).filter(labels -> labels != null).findFirst().orElse(null);
    }

    private Field layer(String name, String title) {
        return add(Field.Kind.LAYER, Field.Type.NONE, name, true, title, null, null, null, "", null, null, false,
                false);
    }

    private Field generated(String name, Field.Type type, String title) {
        return add(Field.Kind.VALUE, type, name, true, title, null, null, null, "", null, null, false, false);
    }

    private Field add(
            Field.Kind kind, Field.Type type, String name, boolean isWiresharks, String title, Element element,
            Member member, Labels labels, String meaning, Scale scale, Field otherwise, boolean isHolder,
            boolean isOfElementHeader) {
        Field field =
                new Field(fields.size(), kind, type, name, isWiresharks, title, element, member, labels, meaning,
                        scale, otherwise, isHolder, isOfElementHeader);
        fields.add(field);
        if (!name.isEmpty()) {
            byName.computeIfAbsent(name, n -> new ArrayList<>()).add(field);
        }
        return field;
    }

    /** What the names of an element's members begin with that have none of Wireshark's. */
    static String prefix(Dictionary dictionary, String path) {
        return dictionary.protocol() + '.' + slug(path);
    }

    /** {@code Create PDR} is {@code create_pdr}. */
    private static String slug(String name) {
        StringBuilder slug = new StringBuilder();
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                slug.append(c);
            } else if (!slug.isEmpty() && slug.charAt(slug.length() - 1) != '_') {
                slug.append('_');
            }
        }
        int end = slug.length();
        return end > 0 && slug.charAt(end - 1) == '_' ? slug.substring(0, end - 1) : slug.toString();
    }
}
