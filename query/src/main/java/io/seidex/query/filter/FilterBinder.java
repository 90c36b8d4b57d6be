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
    private final ZoneId zone;

    /** What the labels of a field's numbers mean. */
    @FunctionalInterface
    public interface FieldLabels {
        /** The number of a label, in whatever case it is written. */
        OptionalLong value(IndexField field, String label);
    }

    /** The captures of an index, by name. */
    @FunctionalInterface
    public interface CaptureNames {
        /** The captures, each a path by its id, one of whose paths is the tail or else ends in it, name by name. */
        Map<String, String> ending(String tail);
    }

    public FilterBinder(FieldLabels labels, CaptureNames captures, ZoneId zone) {
        this.labels = labels;
        this.captures = captures;
        this.zone = zone;
    }

    /** Every name that a filter may use: fields, protocols, and names that stand for two fields. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        PacketSchema.FIELDS.forEach(field -> names.add(field.name()));
        names.addAll(protocols());
        names.addAll(EITHER.keySet());
        names.add(ABSOLUTE_TIME);
        return names.stream().distinct().sorted().toList();
    }

    /** The names of protocols that a filter may use. */
    public static List<String> protocols() {
        List<String> names = new ArrayList<>();
        for (int i = Layer.FRAME.ordinal(); i < Layer.count(); i++) {
            names.add(Layer.of(i).label());
        }
        return names;
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
        return occurs(fields(name));
    }

    private static Predicate occurs(List<IndexField> fields) {
        return Predicate.anyOf(fields.stream().<Predicate>map(Predicate.Occurs::new).toList());
    }

    private Predicate comparison(Name name, Operator operator, Literal literal) throws FilterException {
        List<IndexField> fields = comparable(name);
        if (operator == Operator.NOT_EQUAL) {
            Predicate equal = within(name, fields, List.of(new Bounded(Operator.EQUAL, literal, literal)));
            return Predicate.allOf(List.of(occurs(fields), new Predicate.Not(equal)));
        }
        return within(name, fields, List.of(new Bounded(operator, literal, literal)));
    }

    private Predicate membership(Name name, List<Element> elements) throws FilterException {
        List<Bounded> ranges = new ArrayList<>();
        for (Element element : elements) {
            ranges.add(new Bounded(Operator.EQUAL, element.first(), element.last()));
        }
        return within(name, comparable(name), ranges);
    }

    /** With {@link Operator#EQUAL} from the first to the last; with another operator both are the same. */
    private record Bounded(Operator operator, Literal first, Literal last) {}

    private List<IndexField> comparable(Name name) throws FilterException {
        if (isProtocol(name.text())) {
            throw wrong(name, name.text() + " is a protocol: it can only be present or not");
        }
        if (name.text().equals(PacketSchema.PROTOCOL.name())) {
            throw wrong(name, "write the name of the protocol alone, as in: pfcp && ipv6");
        }
        return fields(name);
    }

    private Predicate within(Name name, List<IndexField> fields, List<Bounded> ranges) throws FilterException {
        for (Bounded range : ranges) {
            refuseField(range.first());
            refuseField(range.last());
        }
        IndexField first = fields.getFirst();
        return switch (first.kind()) {
            case CAPTURE -> captures(ranges);
            case UNSIGNED, TIME, INTERFACE -> {
                NumberSet set = numbers(name, first, ranges);
                yield Predicate.anyOf(
                        fields.stream().<Predicate>map(field -> new Predicate.NumberIn(field, set)).toList());
            }
            case IPV4, IPV6, TEXT, LABEL, SEID_ENDPOINT, TEID_ENDPOINT, COMMUNITY_ID -> {
                OctetSet set = octets(first, ranges);
                yield Predicate.anyOf(
                        fields.stream().<Predicate>map(field -> new Predicate.OctetsIn(field, set)).toList());
            }
        };
    }

    /** Where Wireshark reads a second field, a value would silently mean something else. */
    private void refuseField(Literal literal) throws FilterException {
        if (!literal.quoted()
                && (PacketSchema.field(literal.text()).isPresent() || EITHER.containsKey(literal.text()))) {
            throw wrong(literal, "comparing two fields is not supported");
        }
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
        List<NumberSet.Range> list = new ArrayList<>();
        for (Bounded range : ranges) {
            long first = number(name, field, range.first());
            long last = range.first() == range.last() ? first : number(name, field, range.last());
            switch (range.operator()) {
                case EQUAL, NOT_EQUAL -> list.add(new NumberSet.Range(first, last));
                case AT_LEAST -> list.add(new NumberSet.Range(first, most));
                case AT_MOST -> list.add(new NumberSet.Range(least, first));
                case GREATER -> {
                    if (first != most) {
                        list.add(new NumberSet.Range(first + 1, most));
                    }
                }
                case LESS -> {
                    if (first != least) {
                        list.add(new NumberSet.Range(least, first - 1));
                    }
                }
            }
        }
        return NumberSet.of(signed, list);
    }

    private static long most(IndexField field) {
        int octets = field.kind() == Kind.INTERFACE ? Integer.BYTES : field.octets();
        return -1L >>> (Long.SIZE - Byte.SIZE * octets);
    }

    private long number(Name name, IndexField field, Literal literal) throws FilterException {
        String text = literal.text();
        if (field.kind() == Kind.TIME) {
            boolean absolute = name.text().equals(ABSOLUTE_TIME);
            OptionalLong time = absolute ? TimeText.absolute(text, zone) : TimeText.epoch(text);
            return time.orElseThrow(() -> wrong(literal, absolute
                    ? "not a time; write for example \"2026-01-31 10:00:00\", with Z or +01:00 if not in this machine's zone"
                    : "not a time in seconds since 1970, as in 1700000000.5; frame.time takes dates"));
        }
        if (field.display() == Display.UTC) {
            OptionalLong time = TimeText.absolute(text, zone);
            if (time.isPresent()) {
                return Math.floorDiv(time.getAsLong(), 1_000_000_000L) & most(field);
            }
        }
        OptionalLong number = literal.quoted() ? OptionalLong.empty() : integer(literal);
        if (number.isEmpty()) {
            number = labels.value(field, text);
        }
        if (number.isEmpty()) {
            throw wrong(literal, field.labels().isEmpty() ? "\"" + text + "\" is not a number"
                    : "\"" + text + "\" is neither a number nor a label of " + name.text() + "; see: fields "
                            + field.name());
        }
        if (Long.compareUnsigned(number.getAsLong(), most(field)) > 0) {
            throw wrong(literal, "too big for " + name.text() + ", whose values are at most "
                    + Long.toUnsignedString(most(field)));
        }
        return number.getAsLong();
    }

    /** An integer as Wireshark writes it: decimal, {@code 0x} hexadecimal, {@code 0b} binary, {@code 0} octal. */
    private static OptionalLong integer(Literal literal) throws FilterException {
        String text = literal.text();
        if (text.length() > 1 && text.charAt(0) == '-' && isDigit(text.charAt(1))) {
            throw wrong(literal, "the field has no negative values");
        }
        int at = text.startsWith("+") ? 1 : 0;
        int base = 10;
        if (text.regionMatches(true, at, "0x", 0, 2)) {
            base = 16;
            at += 2;
        } else if (text.regionMatches(true, at, "0b", 0, 2)) {
            base = 2;
            at += 2;
        } else if (text.startsWith("0", at) && text.length() > at + 1) {
            base = 8;
            at++;
        }
        long value = 0;
        boolean overflow = false;
        for (int i = at; i < text.length(); i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), base) : -1;
            if (digit < 0) {
                return OptionalLong.empty();
            }
            overflow |= Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, base)) > 0;
            value = value * base + digit;
        }
        if (overflow) {
            throw wrong(literal, "does not fit in 64 bits");
        }
        return at == text.length() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private OctetSet octets(IndexField field, List<Bounded> ranges) throws FilterException {
        List<OctetSet.Range> list = new ArrayList<>();
        for (Bounded range : ranges) {
            OctetSet.Range first = value(field, range.first());
            OctetSet.Range last = range.first() == range.last() ? first : value(field, range.last());
            list.add(switch (range.operator()) {
                case EQUAL, NOT_EQUAL -> new OctetSet.Range(first.from(), last.to());
                case AT_LEAST -> new OctetSet.Range(first.from(), null);
                case AT_MOST -> new OctetSet.Range(new byte[0], first.to());
                case GREATER -> new OctetSet.Range(after(first.to()), null);
                case LESS -> before(first.from());
            });
        }
        return OctetSet.of(list);
    }

    /** The string that follows in order: one zero octet longer. */
    private static byte[] after(byte[] octets) {
        return Arrays.copyOf(octets, octets.length + 1);
    }

    /** Everything less than a string, as a range that includes its ends. */
    private static OctetSet.Range before(byte[] octets) {
        int at = octets.length - 1;
        while (at >= 0 && octets[at] == 0) {
            at--;
        }
        if (at < 0) {
            return new OctetSet.Range(new byte[] {1}, new byte[] {0});
        }
        byte[] end = octets.clone();
        end[at]--;
        Arrays.fill(end, at + 1, end.length, (byte) 0xFF);
        return new OctetSet.Range(new byte[0], end);
    }

    /** A value, or the range of a network. */
    private OctetSet.Range value(IndexField field, Literal literal) throws FilterException {
        String text = literal.text();
        byte[] octets = switch (field.kind()) {
            case IPV4, IPV6 -> {
                yield null;
            }
            case SEID_ENDPOINT, TEID_ENDPOINT -> endpoint(field, literal);
            case COMMUNITY_ID -> communityId(literal);
            case LABEL -> word(field, literal);
            default -> text.getBytes(StandardCharsets.UTF_8);
        };
        return octets == null ? network(field, literal) : new OctetSet.Range(octets, octets);
    }

    private static byte[] word(IndexField field, Literal literal) throws FilterException {
        if (!PacketSchema.labels(field).contains(literal.text())) {
            throw wrong(literal, "\"" + literal.text() + "\" is not a value of " + field
                    + suggestion(literal.text(), PacketSchema.labels(field)));
        }
        return literal.text().getBytes(StandardCharsets.UTF_8);
    }

    private static OctetSet.Range network(IndexField field, Literal literal) throws FilterException {
        String text = literal.text();
        boolean v4 = field.kind() == Kind.IPV4;
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        Optional<byte[]> address = v4 ? AddressText.ipv4(host) : AddressText.ipv6(host);
        if (address.isEmpty()) {
            throw wrong(literal, "\"" + text + "\" is not an " + (v4 ? "IPv4" : "IPv6") + " address");
        }
        int most = address.get().length * Byte.SIZE;
        int bits = slash < 0 ? most : decimal(text.substring(slash + 1));
        if (bits < 0 || bits > most) {
            throw wrong(literal, "the prefix length must be a number from 0 to " + most);
        }
        byte[] from = address.get();
        byte[] to = from.clone();
        for (int bit = bits; bit < most; bit++) {
            from[bit / 8] &= (byte) ~(0x80 >> bit % 8);
            to[bit / 8] |= (byte) (0x80 >> bit % 8);
        }
        return new OctetSet.Range(from, to);
    }

    /** An address and a SEID or TEID with a comma or a slash between them, as in "10.0.0.1,0x1". */
    private static byte[] endpoint(IndexField field, Literal literal) throws FilterException {
        String text = literal.text();
        int comma = Math.max(text.indexOf('/'), text.indexOf(','));
        String host = comma < 0 ? text : text.substring(0, comma);
        Optional<byte[]> v4 = AddressText.ipv4(host);
        Optional<byte[]> address = v4.isPresent() ? v4 : AddressText.ipv6(host);
        OptionalLong id = comma < 0 ? OptionalLong.empty()
                : integer(new Literal(text.substring(comma + 1).strip(), false, literal.at(), literal.length()));
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

    private List<IndexField> fields(Name name) throws FilterException {
        List<IndexField> either = EITHER.get(name.text());
        if (either != null) {
            return either;
        }
        if (name.text().equals(ABSOLUTE_TIME)) {
            return List.of(PacketSchema.FRAME_TIME);
        }
        Optional<IndexField> field = PacketSchema.field(name.text());
        if (field.isEmpty()) {
            throw wrong(name,
                    name.text() + " is neither a field nor a protocol that the index holds" + suggestion(name.text()));
        }
        return List.of(field.get());
    }

    private static boolean isProtocol(String text) {
        return protocols().contains(text);
    }

    /** "; did you mean …?" with the names that are nearest, or nothing. */
    public static String suggestion(String unknown) {
        return suggestion(unknown, names());
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

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static int decimal(String text) {
        int value = text.isEmpty() || text.length() > 3 ? -1 : 0;
        for (int i = 0; i < text.length() && value >= 0; i++) {
            value = isDigit(text.charAt(i)) ? value * 10 + text.charAt(i) - '0' : -1;
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static FilterException wrong(Name name, String message) {
        return new FilterException(message, name.at(), name.text().length());
    }

    private static FilterException wrong(Literal literal, String message) {
        return new FilterException(message, literal.at(), literal.length());
    }
}
