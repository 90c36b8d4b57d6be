package io.seidex.query.filter;

import io.seidex.fault.Layer;
import io.seidex.query.filter.Filter.Element;
import io.seidex.query.filter.Filter.Literal;
import io.seidex.query.filter.Filter.Name;
import io.seidex.schema.FieldTerms;
import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Display;
import io.seidex.schema.IndexField.Kind;
import io.seidex.schema.PacketSchema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Turns a filter's names into fields and its texts into values, and refuses what is neither. */
public final class FilterBinder {
    /** Names that stand for a source and a destination. */
    public static final Map<String, List<IndexField>> EITHER = Map.of(
            "ip.addr", List.of(PacketSchema.IP_SRC, PacketSchema.IP_DST),
            "ipv6.addr", List.of(PacketSchema.IPV6_SRC, PacketSchema.IPV6_DST),
            "udp.port", List.of(PacketSchema.UDP_SRCPORT, PacketSchema.UDP_DSTPORT),
            "tcp.port", List.of(PacketSchema.TCP_SRCPORT, PacketSchema.TCP_DSTPORT),
            "sctp.port", List.of(PacketSchema.SCTP_SRCPORT, PacketSchema.SCTP_DSTPORT));
    /** The name under which a time is a date. */
    public static final String ABSOLUTE_TIME = "frame.time";
    private static final int NEAR = 3;

    private final FieldLabels labels;
    private final CaptureNames captures;
    private final DecodedFields decoded;
    private final ZoneId zone;

    /** What the labels of a field's numbers mean. */
    @FunctionalInterface
    public interface FieldLabels {
        /** The numbers of a label, in whatever case it is written. */
        Optional<NumberSet.Range> values(IndexField field, String label);
    }

    /** The captures of an index, by name. */
    @FunctionalInterface
    public interface CaptureNames {
        /** The captures, each a path by its id, one of whose paths is the tail or else ends in it, name by name. */
        Map<String, String> ending(String tail);
    }

    public FilterBinder(FieldLabels labels, CaptureNames captures, DecodedFields decoded, ZoneId zone) {
        this.labels = labels;
        this.captures = captures;
        this.decoded = decoded;
        this.zone = zone;
    }

    /** Every name that a filter may use: fields, protocols, and names that stand for two fields. */
    public static List<String> names(DecodedFields decoded) {
        List<String> names = new ArrayList<>(decoded.names());
        decoded.schema().fields().forEach(field -> names.add(field.name()));
        names.addAll(protocols(decoded.schema()));
        names.addAll(EITHER.keySet());
        names.add(ABSOLUTE_TIME);
        return names.stream().distinct().sorted().toList();
    }

    /** The names of protocols that a filter may use. */
    public static List<String> protocols(PacketSchema schema) {
        List<String> labels = schema.labels(PacketSchema.PROTOCOL);
        // A declared protocol has a name of its own.
        return labels.subList(Layer.FRAME.ordinal(), labels.size()).stream()
                .filter(label -> !label.equals(Layer.DECLARED.label())).toList();
    }

    public Predicate bind(Filter filter) throws FilterException {
        return switch (filter) {
            case Filter.Everything() -> new Predicate.Constant(true);
            case Filter.Or(List<Filter> terms) -> Predicate.anyOf(all(terms));
            case Filter.And(List<Filter> terms) -> Predicate.allOf(all(terms));
            case Filter.Not(Filter term) -> new Predicate.Not(bind(term));
            case Filter.Present(Name name) -> present(name);
            case Filter.Comparison(Name name, Operator operator, Literal literal) ->
                    comparison(name, operator, literal);
            case Filter.Membership(Name name, List<Element> elements) -> membership(name, elements);
        };
    }

    private List<Predicate> all(List<Filter> terms) throws FilterException {
        List<Predicate> bound = new ArrayList<>(terms.size());
        for (Filter term : terms) {
            bound.add(bind(term));
        }
        return bound;
    }

    private Predicate present(Name name) throws FilterException {
        if (isProtocol(name.text())) {
            return name.text().equals(Layer.FRAME.label()) ? new Predicate.Constant(true)
                    : new Predicate.HasProtocol(name.text());
        }
        return isIndexed(name) ? occurs(fields(name)) : held(decoded(name));
    }

    private static Predicate held(List<DecodedField> groups) {
        return Predicate.anyOf(
                groups.stream().<Predicate>map(group -> new Predicate.Decoded(group, new Wanted.Any())).toList());
    }

    private static Predicate occurs(List<IndexField> fields) {
        return Predicate.anyOf(fields.stream().<Predicate>map(Predicate.Occurs::new).toList());
    }

    private Predicate comparison(Name name, Operator operator, Literal literal) throws FilterException {
        if (operator == Operator.NOT_EQUAL) {
            Predicate equal = within(name, List.of(new Bounded(Operator.EQUAL, literal, literal)));
            return Predicate.allOf(List.of(present(name), new Predicate.Not(equal)));
        }
        if (operator == Operator.CONTAINS) {
            return containing(name, literal);
        }
        return within(name, List.of(new Bounded(operator, literal, literal)));
    }

    /** As in Wireshark, only octets and texts contain something; a frame does, but no other protocol is supported. */
    private Predicate containing(Name name, Literal literal) throws FilterException {
        if (name.text().equals(Layer.FRAME.label())) {
            return new Predicate.OctetsContain(PacketSchema.FRAME_OCTETS, part(literal, false));
        }
        refuseProtocol(name);
        refuseField(literal);
        if (!isIndexed(name)) {
            List<Predicate> groups = new ArrayList<>();
            for (DecodedField field : decoded(name)) {
                boolean isText = field.order() == DecodedField.Order.TEXT;
                if (isText || field.order() == DecodedField.Order.OCTETS) {
                    groups.add(new Predicate.Decoded(field, new Wanted.Containing(part(literal, isText))));
                }
            }
            if (!groups.isEmpty()) {
                return Predicate.anyOf(groups);
            }
        } else {
            IndexField field = fields(name).getFirst();
            if (field.kind() == Kind.OCTETS || field.kind() == Kind.TEXT) {
                return new Predicate.OctetsContain(field, part(literal, field.kind() == Kind.TEXT));
            }
        }
        throw wrong(name, name.text() + " contains nothing: its values are neither octets nor texts");
    }

    /** Octets in hex mean themselves, also in a text that is not quoted and looks so. */
    private static OctetString part(Literal literal, boolean isText) throws FilterException {
        byte[] octets = isText ? Literals.text(literal).from() : Literals.octets(literal).from();
        if (octets.length == 0) {
            throw wrong(literal, "nothing is contained in everything");
        }
        return new OctetString(octets);
    }

    private Predicate membership(Name name, List<Element> elements) throws FilterException {
        List<Bounded> ranges = new ArrayList<>();
        for (Element element : elements) {
            ranges.add(new Bounded(Operator.EQUAL, element.first(), element.last()));
        }
        return within(name, ranges);
    }

    private void refuseProtocol(Name name) throws FilterException {
        if (isProtocol(name.text())) {
            throw wrong(name, name.text() + " is a protocol: it can only be present or not");
        }
        if (name.text().equals(PacketSchema.PROTOCOL.name())) {
            throw wrong(name, "write the name of the protocol alone, as in: pfcp && ipv6");
        }
    }

    private Predicate within(Name name, List<Bounded> ranges) throws FilterException {
        refuseProtocol(name);
        for (Bounded range : ranges) {
            refuseField(range.first());
            refuseField(range.last());
        }
        if (!isIndexed(name)) {
            return withinDecoded(name, ranges);
        }
        List<IndexField> fields = fields(name);
        IndexField first = fields.getFirst();
        return switch (first.kind()) {
            case CAPTURE -> captures(ranges);
            case UNSIGNED, TIME, INTERFACE -> {
                NumberSet set = numbers(name, first, ranges);
                yield Predicate.anyOf(
                        fields.stream().<Predicate>map(field -> new Predicate.NumberIn(field, set)).toList());
            }
            case IPV4, IPV6, TEXT, OCTETS, LABEL, SEID_ENDPOINT, TEID_ENDPOINT, COMMUNITY_ID -> {
                OctetSet set = Bounded.octets(ranges, literal -> value(first, literal));
                yield Predicate.anyOf(
                        fields.stream().<Predicate>map(field -> new Predicate.OctetsIn(field, set)).toList());
            }
        };
    }

    /** Where Wireshark reads a second field, a value would silently mean something else. */
    private void refuseField(Literal literal) throws FilterException {
        String text = literal.text();
        if (!literal.quoted() && text.indexOf('.') > 0 && Character.isLetter(text.charAt(0))
                && names(decoded).contains(text)) {
            throw wrong(literal, "comparing two fields is not supported");
        }
    }

    private Predicate withinDecoded(Name name, List<Bounded> ranges) throws FilterException {
        List<Predicate> groups = new ArrayList<>();
        FilterException refused = null;
        for (DecodedField field : decoded(name)) {
            try {
                groups.add(decoded.predicate(field, DecodedFields.wanted(field, ranges, zone)));
            } catch (FilterException e) {
                refused = refused == null ? e : refused;
            }
        }
        if (groups.isEmpty()) {
            throw refused;
        }
        return Predicate.anyOf(groups);
    }

    private Predicate captures(List<Bounded> ranges) throws FilterException {
        Set<String> ids = new HashSet<>();
        for (Bounded range : ranges) {
            if (range.operator() != Operator.EQUAL || range.first() != range.last()) {
                throw wrong(range.first(), "captures have no order: compare with == != or in");
            }
            Map<String, String> found = captures.ending(range.first().text());
            if (found.size() != 1) {
                throw wrong(range.first(), found.isEmpty() ? "the index holds no capture of this name"
                        : "the name is ambiguous: "
                                + String.join(", ", found.values().stream().sorted().limit(2).toList())
                                + (found.size() > 2 ? ", …" : ""));
            }
            ids.addAll(found.keySet());
        }
        return new Predicate.InCapture(ids);
    }

    private NumberSet numbers(Name name, IndexField field, List<Bounded> ranges) throws FilterException {
        boolean signed = field.kind() == Kind.TIME;
        long least = signed ? Long.MIN_VALUE : 0;
        long most = signed ? Long.MAX_VALUE : most(field);
        return Bounded.numbers(ranges, signed, least, most, literal -> number(name, field, literal));
    }

    private static long most(IndexField field) {
        int octets = field.kind() == Kind.INTERFACE ? Integer.BYTES : field.octets();
        return -1L >>> (Long.SIZE - Byte.SIZE * octets);
    }

    private NumberSet.Range number(Name name, IndexField field, Literal literal) throws FilterException {
        String text = literal.text();
        if (field.kind() == Kind.TIME) {
            boolean absolute = name.text().equals(ABSOLUTE_TIME);
            OptionalLong time = absolute ? TimeText.absolute(text, zone) : TimeText.epoch(text);
            return NumberSet.Range.of(time.orElseThrow(() -> wrong(literal, absolute
                    ? "not a time; write for example \"2026-01-31 10:00:00\", with Z or +01:00 if not in this machine's zone"
                    : "not a time in seconds since 1970, as in 1700000000.5; frame.time takes dates")));
        }
        if (field.display() == Display.UTC) {
            OptionalLong time = TimeText.absolute(text, zone);
            if (time.isPresent()) {
                return NumberSet.Range.of(Math.floorDiv(time.getAsLong(), 1_000_000_000L) & most(field));
            }
        }
        OptionalLong number = literal.quoted() ? OptionalLong.empty() : Literals.integer(literal);
        if (number.isEmpty()) {
            return labels.values(field, text)
                    .orElseThrow(() -> wrong(literal, field.labels().isEmpty() ? "\"" + text + "\" is not a number"
                            : "\"" + text + "\" is neither a number nor a label of " + name.text() + "; see: fields "
                                    + field.name()));
        }
        if (Long.compareUnsigned(number.getAsLong(), most(field)) > 0) {
            throw wrong(literal, "too big for " + name.text() + ", whose values are at most "
                    + Long.toUnsignedString(most(field)));
        }
        return NumberSet.Range.of(number.getAsLong());
    }

    /** A value, or the range of a network. */
    private OctetSet.Range value(IndexField field, Literal literal) throws FilterException {
        if (field.kind() == Kind.OCTETS) {
            return Literals.octets(literal);
        }
        String text = literal.text();
        byte[] octets = switch (field.kind()) {
            case IPV4, IPV6 -> null;
            case SEID_ENDPOINT, TEID_ENDPOINT -> endpoint(field, literal);
            case COMMUNITY_ID -> communityId(literal);
            case LABEL -> word(field, literal);
            default -> text.getBytes(StandardCharsets.UTF_8);
        };
        return octets == null ? Literals.network(literal, field.kind() == Kind.IPV4)
                : new OctetSet.Range(octets, octets);
    }

    private byte[] word(IndexField field, Literal literal) throws FilterException {
        if (!decoded.schema().labels(field).contains(literal.text())) {
            throw wrong(literal, "\"" + literal.text() + "\" is not a value of " + field
                    + suggestion(literal.text(), decoded.schema().labels(field)));
        }
        return literal.text().getBytes(StandardCharsets.UTF_8);
    }

    /** An address and a SEID or TEID with a comma or a slash between them, as in "10.0.0.1,0x1". */
    private static byte[] endpoint(IndexField field, Literal literal) throws FilterException {
        String text = literal.text();
        int comma = Math.max(text.indexOf('/'), text.indexOf(','));
        String host = comma < 0 ? text : text.substring(0, comma);
        Optional<byte[]> v4 = AddressText.ipv4(host);
        Optional<byte[]> address = v4.isPresent() ? v4 : AddressText.ipv6(host);
        OptionalLong id = comma < 0 ? OptionalLong.empty()
                : Literals
                        .integer(new Literal(text.substring(comma + 1).strip(), false, literal.at(), literal.length()));
        boolean seid = field.kind() == Kind.SEID_ENDPOINT;
        if (address.isEmpty() || id.isEmpty() || !seid && id.getAsLong() >>> Integer.SIZE != 0) {
            throw wrong(literal, "not an address and a " + (seid ? "SEID" : "TEID") + ", as in \"10.0.0.1,0x1\"");
        }
        ByteBuffer prefix = ByteBuffer.wrap(FieldTerms.endpoints(address.get()).bytes);
        return FieldTerms.endpoint(field, prefix.getLong(), prefix.getLong(), id.getAsLong()).bytes;
    }

    private static byte[] communityId(Literal literal) throws FilterException {
        String text = literal.text();
        try {
            byte[] hash = text.startsWith("1:") ? Base64.getDecoder().decode(text.substring(2)) : new byte[0];
            if (hash.length == 20) {
                return hash;
            }
        } catch (IllegalArgumentException _) {
            // Answered below.
        }
        throw wrong(literal, "not a Community ID of version 1, as in \"1:LQU9qZlK+B5F3KDmev6m5PMibrg=\"");
    }

    private boolean isIndexed(Name name) {
        return EITHER.containsKey(name.text()) || name.text().equals(ABSOLUTE_TIME)
                || decoded.schema().field(name.text()).isPresent();
    }

    private List<DecodedField> decoded(Name name) throws FilterException {
        List<DecodedField> groups = decoded.named(name.text());
        if (groups.isEmpty()) {
            throw wrong(name,
                    name.text() + " is neither a field nor a protocol" + suggestion(name.text(), names(decoded)));
        }
        return groups;
    }

    private List<IndexField> fields(Name name) throws FilterException {
        List<IndexField> either = EITHER.get(name.text());
        if (either != null) {
            return either;
        }
        if (name.text().equals(ABSOLUTE_TIME)) {
            return List.of(PacketSchema.FRAME_TIME);
        }
        return List.of(decoded.schema().field(name.text()).orElseThrow());
    }

    private boolean isProtocol(String text) {
        return protocols(decoded.schema()).contains(text);
    }

    /** "; did you mean …?" with the names that are nearest, or nothing. */
    public static String suggestion(String unknown, DecodedFields decoded) {
        return suggestion(unknown, names(decoded));
    }

    private static String suggestion(String unknown, List<String> names) {
        List<String> near = new ArrayList<>();
        int least = Math.min(NEAR, Math.max(1, unknown.length() / 3));
        for (String name : names) {
            int distance = name.equalsIgnoreCase(unknown) ? 0 : distance(unknown, name);
            if (distance < least) {
                least = distance;
                near.clear();
            }
            if (distance == least && near.size() < NEAR) {
                near.add(name);
            }
        }
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    /** How many letters are to be changed, added, left out, or exchanged with their neighbour. */
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int[] free = before;
            before = last;
            last = row;
            row = free;
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                row[j] = Math.min(last[j - 1] + (same ? 0 : 1), Math.min(row[j - 1], last[j]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
        }
        return row[b.length()];
    }

    private static FilterException wrong(Name name, String message) {
        return new FilterException(message, name.at(), name.text().length());
    }

    private static FilterException wrong(Literal literal, String message) {
        return Literals.wrong(literal, message);
    }
}
