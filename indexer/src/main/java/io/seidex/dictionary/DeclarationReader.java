package io.seidex.dictionary;

import io.seidex.dictionary.DeclaredProtocol.Constant;
import io.seidex.dictionary.DeclaredProtocol.End;
import io.seidex.dictionary.DeclaredProtocol.Framing;
import io.seidex.dictionary.DeclaredProtocol.Pieces;
import io.seidex.dictionary.DeclaredProtocol.Place;
import io.seidex.dictionary.DeclaredProtocol.Ports;
import io.seidex.dictionary.DeclaredProtocol.Stream;
import io.seidex.dictionary.DeclaredProtocol.Transport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the text of a {@link DeclaredProtocol}. Cold path. */
final class DeclarationReader {
    private static final String STATEMENTS = "'over', 'header', 'message', 'identity', 'number', 'offset', 'count',"
            + " 'size', 'first', 'last', 'more', 'length', 'delimiter' or 'constant'";
    private static final Map<String, End> ENDS =
            Map.of("count", End.COUNT, "size", End.SIZE, "last", End.LAST, "more", End.MORE);
    private static final Set<String> OTHERS =
            Set.of("over", "header", "message", "identity", "number", "offset", "first", "length", "delimiter",
                    "constant");
    /** What a protocol over TCP, whose messages are not divided, cannot say. */
    private static final List<String> DIVIDING =
            List.of("identity", "number", "offset", "count", "size", "first", "last", "more");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_UNIT = 65_536;
    private static final int MAX_DELIMITER = 64;

    private final String sourceName;
    private final String text;
    private final Map<String, Source> statements = new HashMap<>();

    private String name = "";
    private Layout header = Layout.NONE;

    DeclarationReader(String sourceName, String text) {
        this.sourceName = sourceName;
        this.text = text;
    }

    DeclaredProtocol read() {
        split();
        Source over = statements.get("over");
        if (over == null) {
            throw new DictionaryException(sourceName, 1, 1, "expected 'over', which says where " + name + " is found");
        }
        int overAt = over.at();
        Transport transport = transport(over);
        List<Ports> ports = ports(over);
        header = layout("header");
        Source headerSource = statements.get("header");
        if (header.fixedLength() < 0) {
            throw headerSource.problem(headerSource.at(), "every member of a header has a fixed size");
        }
        Layout message = layout("message");
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
        return new DeclaredProtocol(name, transport, ports, header, message, pieces(), stream, constants());
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
            Member member = integer(length);
            int unit = length.takeWord("times") ? unit(length) : 1;
            long added = length.takeWord("plus") ? length.number("a number of octets", Integer.MAX_VALUE)
                    : length.takeWord("minus") ? -length.number("a number of octets", Integer.MAX_VALUE) : 0;
            end(length);
            return new Stream(Framing.LENGTH, member, unit, added, new byte[0]);
        }
        if (delimiter != null) {
            return new Stream(Framing.DELIMITER, null, 1, 0, delimiter(delimiter));
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
                Member member = integer(source);
                source.expect("=");
                int bits = member.whole() == null ? member.size() * Byte.SIZE : member.highBit() - member.lowBit() + 1;
                long most = bits >= Long.SIZE ? Long.MAX_VALUE : (1L << bits) - 1;
                constants.add(new Constant(member, source.number("a number that '" + member.name() + "' holds", most)));
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
        Member ends = ending == null ? null : only(statements.get(ending));
        return new Pieces(identity, place, placed, base, unit, begins,
                ending == null ? End.WHOLE : ENDS.get(ending), ends);
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
        for (int at = text.startsWith("\uFEFF") ? 1 : 0; at < text.length();) {
            int end = Statements.endOfStatement(text, at);
            Source source = new Source(sourceName, text, at, end);
            char first = text.charAt(at);
            if (first != '#' && !source.atEnd()) {
                if (first == ' ' || first == '\t') {
                    throw source.problem(source.at(), "nothing stands before it that this line could continue");
                }
                statement(source);
            }
            at = end;
        }
        if (name.isEmpty()) {
            throw new DictionaryException(sourceName, 1, 1, "expected 'protocol' and its name");
        }
    }

    private void statement(Source source) {
        int begin = source.at();
        if (name.isEmpty()) {
            if (!source.takeWord("protocol")) {
                throw source.fail("'protocol' and its name");
            }
            name = source.word("the name of the protocol");
            end(source);
            return;
        }
        String keyword = source.word(STATEMENTS);
        if (!ENDS.containsKey(keyword) && !OTHERS.contains(keyword)) {
            source.moveTo(begin);
            throw source.fail(STATEMENTS);
        }
        if (statements.put(keyword, source) != null) {
            throw source.problem(begin, "'" + keyword + "' is said twice");
        }
        source.blanks();
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

    private static List<Ports> ports(Source source) {
        List<Ports> ports = new ArrayList<>();
        do {
            source.blanks();
            int begin = source.at();
            int first = port(source);
            int last = source.take("-") ? port(source) : first;
            if (last < first) {
                throw source.problem(begin, "a range begins with its lower end");
            }
            ports.add(new Ports(first, last));
        } while (source.take(","));
        end(source);
        return ports;
    }

    private static int port(Source source) {
        return (int) source.number("a port up to " + MAX_PORT, MAX_PORT);
    }

    private Layout layout(String keyword) {
        Source source = statements.get(keyword);
        if (source == null) {
            return Layout.NONE;
        }
        int begin = source.at();
        source.expect("=");
        Layout layout = new LayoutParser(source, Map.of()).parse();
        source.moveTo(begin);
        return layout;
    }

    private List<Member> identity() {
        List<Member> members = new ArrayList<>();
        Source source = statements.get("identity");
        if (source != null) {
            do {
                members.add(integer(source));
            } while (source.take(","));
            end(source);
        }
        return members;
    }

    /** An integer of the header, or bits of one. */
    private Member integer(Source source) {
        source.blanks();
        int begin = source.at();
        String member = source.token(",=");
        Member found = header.member(member);
        if (found == null) {
            throw source.problem(begin, "no member of the header is called '" + member + "'");
        }
        if (!found.type().isNumber()) {
            throw source.problem(begin, "'" + member + "' is no integer");
        }
        return found;
    }

    private static void end(Source source) {
        if (!source.atEnd()) {
            throw source.fail("the end of the statement");
        }
    }
}
