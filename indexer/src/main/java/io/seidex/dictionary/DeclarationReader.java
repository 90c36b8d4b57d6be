package io.seidex.dictionary;

import io.seidex.dictionary.DeclaredProtocol.Constant;
import io.seidex.dictionary.DeclaredProtocol.End;
import io.seidex.dictionary.DeclaredProtocol.Framing;
import io.seidex.dictionary.DeclaredProtocol.Pieces;
import io.seidex.dictionary.DeclaredProtocol.Place;
import io.seidex.dictionary.DeclaredProtocol.Ports;
import io.seidex.dictionary.DeclaredProtocol.Stream;
import io.seidex.dictionary.DeclaredProtocol.Transport;
import io.seidex.fault.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Reads the text of a {@link DeclaredProtocol}. Cold path. */
final class DeclarationReader {
    private static final String STATEMENTS = "'over', 'header', 'message', 'identity', 'number', 'offset', 'count',"
            + " 'size', 'first', 'last', 'more', 'carries', 'length',"
            + " 'delimiter', 'constant', 'index' or 'enum'";
    private static final Map<String, End> ENDS =
            Map.of("count", End.COUNT, "size", End.SIZE, "last", End.LAST, "more", End.MORE);
    private static final Set<String> OTHERS =
            Set.of("over", "header", "message", "identity", "number", "offset", "first", "length", "delimiter",
                    "carries", "constant", "index");
    /** What a protocol over TCP, whose messages are not divided, cannot say. */
    private static final List<String> DIVIDING =
            List.of("identity", "number", "offset", "count", "size", "first", "last", "more", "carries");
    /** What names begin with, or are, that the program has for what it says of packets itself. */
    static final Set<String> OF_PACKETS = Set.of("communityid", "capture", "fault", "messages", "payload", "reassembly",
            "quoted", "data", "seid", "teid", "undescribed", "incomplete");
    /** What fields of others begin with, and the words of filters. */
    private static final Set<String> RESERVED = Set.of("pppoe", "e164", "e212", "and", "or", "not", "xor", "in", "eq",
            "ne", "gt", "lt", "ge", "le", "contains", "matches", "any", "all", "true", "false");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_UNIT = 65_536;
    private static final int MAX_DELIMITER = 64;

    private final Section section;
    private final DeclaredProtocols others;
    private final Map<String, Source> statements = new HashMap<>();
    /** The statements of each enumeration. */
    private final Map<String, List<Source>> enumerations = new LinkedHashMap<>();

    private final String name;
    private Transport transport = Transport.UDP;
    private Layout header = Layout.NONE;

    /** @param others whose names and ports it cannot have */
    DeclarationReader(Section section, DeclaredProtocols others) {
        this.section = section;
        this.others = others;
        this.name = section.protocol();
    }

    DeclaredProtocol read() {
        checkName();
        split();
        Source over = statements.get("over");
        if (over == null) {
            throw section.problem("expected 'over', which says where " + name + " is found");
        }
        int overAt = over.at();
        transport = transport(over);
        List<Ports> ports = ports(over);
        Map<String, Labels> labels = labels();
        header = layout("header", labels);
        Source headerSource = statements.get("header");
        if (header.fixedLength() < 0) {
            throw headerSource.problem(headerSource.at(), "every member of a header has a fixed size");
        }
        Layout message = layout("message", labels);
        if (transport == Transport.TCP) {
            for (String keyword : DIVIDING) {
                refuse(keyword, "messages over TCP are not divided");
            }
        }
        Stream stream = transport == Transport.TCP ? stream(over, overAt) : Stream.NONE;
        if (transport == Transport.UDP) {
            refuse("length", "a message over UDP is as long as its datagram, or as its pieces are together");
            refuse("delimiter", "a message over UDP is as long as its datagram, or as its pieces are together");
        }
        return new DeclaredProtocol(name, transport, ports, header, message, pieces(), stream, constants(),
                fields(message), labels);
    }

    /** Filters know it by its name, and so do its fields, which must not be mistaken for others. */
    private void checkName() {
        if (name.charAt(0) <= '9' || name.charAt(0) == '_') {
            throw section.problem("the name of a protocol begins with a letter");
        }
        boolean isLayer = IntStream.range(0, Layer.count())
                .anyMatch(layer -> Layer.of(layer).label().equalsIgnoreCase(name));
        String lower = name.toLowerCase(Locale.ROOT);
        if (isLayer || OF_PACKETS.contains(lower) || RESERVED.contains(lower)) {
            throw section.known();
        }
        if (others.all().stream().anyMatch(other -> other.name().equalsIgnoreCase(name))) {
            throw section.problem("a protocol called '" + name + "' is declared already");
        }
    }

    /** The fields of header and message: what is called the same is the same, and needs the same type. */
    private List<DeclaredProtocol.Field> fields(Layout message) {
        Map<String, DeclaredProtocol.Field> named = new LinkedHashMap<>();
        Set<String> indexed = indexed(message);
        for (Layout layout : List.of(header, message)) {
            boolean isOfMessage = layout == message;
            Source source = statements.get(isOfMessage ? "message" : "header");
            for (Member member : layout.members()) {
                String field = DeclaredProtocol.fieldName(name, member);
                boolean isIndexed = indexed == null || indexed.contains(member.name());
                DeclaredProtocol.Field other = named.putIfAbsent(field,
                        new DeclaredProtocol.Field(field, member, isOfMessage, isIndexed));
                if (other != null && other.isOfMessage() != isOfMessage) {
                    throw source.problem(source.at(), "header and message both have a field " + field
                            + "; behind '->' it may have another name: " + member.name() + "=" + field + "_2");
                }
                if (other != null && (other.member().type() != member.type()
                        || other.member().size() != member.size())) {
                    throw source.problem(source.at(), "the field " + field + " has two types");
                }
                boolean isForeign = !member.field().isEmpty() && member.type() != MemberType.MCC
                        && member.type() != MemberType.MNC && !member.field().startsWith(name + '.');
                if (isForeign) {
                    throw source.problem(source.at(),
                            "the name of a field begins with '" + name + ".': " + member.field() + " does not");
                }
            }
        }
        return List.copyOf(named.values());
    }

    /** The members that are indexed, by name; null: all that can be. */
    private Set<String> indexed(Layout message) {
        Source source = statements.get("index");
        if (source == null) {
            return null;
        }
        Set<String> members = new HashSet<>();
        if (source.takeWord("none")) {
            end(source);
            return members;
        }
        do {
            source.blanks();
            int begin = source.at();
            String member = source.token(",");
            Member found = header.member(member) == null ? message.member(member) : header.member(member);
            if (found == null) {
                throw source.problem(begin, "neither header nor message has a member called '" + member + "'");
            }
            if (!DeclaredProtocol.canBeIndexed(found)) {
                throw source.problem(begin, "only unsigned integers, IP addresses and texts are indexed");
            }
            members.add(member);
        } while (source.take(","));
        end(source);
        return members;
    }

    private Map<String, Labels> labels() {
        Map<String, Labels> labels = new LinkedHashMap<>();
        enumerations
                .forEach((enumeration, sources) -> labels.put(enumeration, Statements.labels(enumeration, sources)));
        return labels;
    }

    private void refuse(String keyword, String why) {
        Source source = statements.get(keyword);
        if (source != null) {
            throw source.problem(source.at(), why);
        }
    }

    private Stream stream(Source over, int overAt) {
        Source length = statements.get("length");
        Source delimiter = statements.get("delimiter");
        if (length != null && delimiter != null) {
            throw delimiter.problem(delimiter.at(), "a message has a length or a delimiter, not both");
        }
        if (length != null) {
            Amount told = amount(length);
            placed(told.member(), length);
            return new Stream(Framing.LENGTH, told, new byte[0]);
        }
        if (delimiter != null) {
            return new Stream(Framing.DELIMITER, null, delimiter(delimiter));
        }
        throw over.problem(overAt, "how does a message over TCP end? 'length' or 'delimiter' would say");
    }

    private static byte[] delimiter(Source source) {
        source.blanks();
        int begin = source.at();
        String digits = source.token("");
        end(source);
        try {
            byte[] octets = HexFormat.of().parseHex(digits);
            if (octets.length > 0 && octets.length <= MAX_DELIMITER) {
                return octets;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw source.problem(begin,
                "expected up to " + MAX_DELIMITER + " octets, such as 0d0a, found '" + digits + "'");
    }

    private List<Constant> constants() {
        List<Constant> constants = new ArrayList<>();
        Source source = statements.get("constant");
        if (source != null) {
            do {
                Member member = placed(integer(source), source);
                source.expect("=");
                int bits = member.whole() == null ? member.size() * Byte.SIZE : member.bits();
                long most = -1L >>> Long.SIZE - bits;
                long value = source.number("a number that '" + member.name() + "' holds", most >>> (most < 0 ? 1 : 0));
                long mask = member.whole() == null ? most : member.mask();
                constants.add(
                        new Constant(member, value, header.offset(member), mask, Long.expand(value, mask)));
            } while (source.take(","));
            end(source);
        }
        return constants;
    }

    private Pieces pieces() {
        List<Member> identity = identity();
        Source number = statements.get("number");
        Source offset = statements.get("offset");
        Source first = statements.get("first");
        if (number != null && offset != null) {
            throw offset.problem(offset.at(), "a piece has a number or an offset, not both");
        }
        if (offset != null && first != null) {
            throw first.problem(first.at(), "an offset tells which piece is the first");
        }
        Place place = number != null ? Place.NUMBER
                : offset != null ? Place.OFFSET : first != null ? Place.ARRIVAL : Place.WHOLE;
        String ending = ending(place);
        Source divided = place == Place.NUMBER ? number : place == Place.OFFSET ? offset : first;
        if (divided != null && ending == null) {
            throw divided.problem(divided.at(), "how does a message end? 'count', 'size', 'last' or 'more' would say");
        }
        Member placed = null;
        long base = 0;
        int unit = 1;
        if (place == Place.NUMBER) {
            placed = integer(number);
            base = number.takeWord("from") ? number.number("the number of the first piece", Integer.MAX_VALUE) : 0;
            end(number);
        } else if (place == Place.OFFSET) {
            placed = integer(offset);
            unit = offset.takeWord("times") ? unit(offset) : 1;
            end(offset);
        }
        Member begins = first == null ? null : only(first);
        Amount ends = ending == null ? null
                : ENDS.get(ending) == End.COUNT || ENDS.get(ending) == End.SIZE ? amount(statements.get(ending))
                : new Amount(only(statements.get(ending)), 1, 0);
        Source carries = statements.get("carries");
        return new Pieces(identity, place, placed, base, unit, begins,
                ending == null ? End.WHOLE : ENDS.get(ending), ends, carries == null ? null : amount(carries));
    }

    private Amount amount(Source source) {
        Member member = integer(source);
        int unit = source.takeWord("times") ? unit(source) : 1;
        long added = source.takeWord("plus") ? source.number("a number", Integer.MAX_VALUE)
                : source.takeWord("minus") ? -source.number("a number", Integer.MAX_VALUE) : 0;
        end(source);
        return new Amount(member, unit, added);
    }

    /** The statement that says how a message ends; null if there is none. */
    private String ending(Place place) {
        String ending = null;
        for (String keyword : new TreeSet<>(ENDS.keySet())) {
            Source source = statements.get(keyword);
            if (source == null) {
                continue;
            }
            if (place == Place.WHOLE) {
                throw source.problem(source.at(),
                        "messages are divided by 'number', 'offset' or 'first': none is said");
            }
            if (keyword.equals("count") && place != Place.NUMBER) {
                throw source.problem(source.at(), "'count' goes with 'number'");
            }
            if (ending != null) {
                throw source.problem(source.at(), "'" + ending + "' says how a message ends already");
            }
            ending = keyword;
        }
        return ending;
    }

    private Member only(Source source) {
        Member member = integer(source);
        end(source);
        return member;
    }

    private void split() {
        String text = section.text();
        int named = Statements.endOfStatement(text, section.from());
        end(new Source(section.source(), text, section.nameAt() + name.length(), named));
        for (int at = named; at < section.to();) {
            int end = Statements.endOfStatement(text, at);
            Source source = new Source(section.source(), text, at, end);
            char first = text.charAt(at);
            if (first != '#' && !source.atEnd()) {
                if (first == ' ' || first == '\t') {
                    throw source.problem(source.at(), "nothing stands before it that this line could continue");
                }
                statement(source);
            }
            at = end;
        }
    }

    private void statement(Source source) {
        int begin = source.at();
        String keyword = source.word(STATEMENTS);
        if (keyword.equals("enum")) {
            enumeration(source);
            return;
        }
        if (!ENDS.containsKey(keyword) && !OTHERS.contains(keyword)) {
            source.moveTo(begin);
            throw source.fail(STATEMENTS);
        }
        if (statements.put(keyword, source) != null) {
            throw source.problem(begin, "'" + keyword + "' is said twice");
        }
        source.blanks();
    }

    private void enumeration(Source source) {
        source.blanks();
        int begin = source.at();
        String enumeration = source.token("");
        if (!enumeration.startsWith(name + '.')) {
            throw source.problem(begin, "the name of an enumeration begins with '" + name + ".'");
        }
        enumerations.computeIfAbsent(enumeration, key -> new ArrayList<>()).add(source);
    }

    private static int unit(Source source) {
        source.blanks();
        int begin = source.at();
        int unit = (int) source.number("a number of octets up to " + MAX_UNIT, MAX_UNIT);
        if (unit == 0) {
            throw source.problem(begin, "a unit has one octet or more");
        }
        return unit;
    }

    private static Transport transport(Source source) {
        if (source.takeWord("tcp")) {
            return Transport.TCP;
        }
        if (!source.takeWord("udp")) {
            throw source.fail("'udp' or 'tcp'");
        }
        return Transport.UDP;
    }

    private List<Ports> ports(Source source) {
        List<Ports> ports = new ArrayList<>();
        do {
            source.blanks();
            int begin = source.at();
            int first = port(source);
            int last = source.take("-") ? port(source) : first;
            if (last < first) {
                throw source.problem(begin, "a range begins with its lower end");
            }
            for (int port = first; port <= last; port++) {
                String owner = owner(port, ports);
                if (!owner.isEmpty()) {
                    throw source.problem(begin, transport + " port " + port + " is that of " + owner + " already");
                }
            }
            ports.add(new Ports(first, last));
        } while (source.take(","));
        end(source);
        return ports;
    }

    /** The protocol that is found at a port; empty if none is. */
    private String owner(int port, List<Ports> own) {
        int other = transport == Transport.UDP ? others.atUdpPort(port) : others.atTcpPort(port);
        return own.stream().anyMatch(ports -> ports.first() <= port && port <= ports.last()) ? name
                : other >= 0 ? others.get(other).name() : KnownPorts.protocol(transport, port);
    }

    private static int port(Source source) {
        return (int) source.number("a port up to " + MAX_PORT, MAX_PORT);
    }

    private Layout layout(String keyword, Map<String, Labels> labels) {
        Source source = statements.get(keyword);
        if (source == null) {
            return Layout.NONE;
        }
        int begin = source.at();
        source.expect("=");
        Layout layout = new LayoutParser(source, Map.of()).parse();
        source.moveTo(begin);
        for (Member member : layout.members()) {
            if (!member.enumeration().isEmpty() && !labels.containsKey(member.enumeration())) {
                throw source.problem(begin, "no 'enum' is called '" + member.enumeration() + "'");
            }
            if (!member.scale().isEmpty() || !member.unprintable().isEmpty() || member.format() == FieldFormat.LABEL) {
                throw member
                        .problem("a field of a declared protocol has one name, and its values stand for themselves");
            }
        }
        return layout;
    }

    private List<Member> identity() {
        List<Member> members = new ArrayList<>();
        Source source = statements.get("identity");
        if (source != null) {
            do {
                members.add(placed(member(source), source));
            } while (source.take(","));
            end(source);
        }
        return members;
    }

    /** A member whose place in the header is always the same. */
    private Member placed(Member member, Source source) {
        if (header.offset(member) < 0) {
            throw source.problem(source.at() - member.name().length(),
                    "where '" + member.name() + "' stands differs from header to header");
        }
        return member;
    }

    /** An integer of the header, or bits of one. */
    private Member integer(Source source) {
        source.blanks();
        int begin = source.at();
        Member found = member(source);
        if (!found.type().isNumber()) {
            throw source.problem(begin, "'" + found.name() + "' is no integer");
        }
        return found;
    }

    private Member member(Source source) {
        source.blanks();
        int begin = source.at();
        String member = source.token(",=");
        Member found = header.member(member);
        if (found == null) {
            throw source.problem(begin, "no member of the header is called '" + member + "'");
        }
        return found;
    }

    private static void end(Source source) {
        if (!source.atEnd()) {
            throw source.fail("the end of the statement");
        }
    }
}
