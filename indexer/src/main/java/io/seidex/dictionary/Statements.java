package io.seidex.dictionary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of a dictionary, split and filed. What a program may never ask for (layouts, values of enumerations)
 * is only found here, and read on first use: most programs use ten elements of five hundred. Cold path.
 */
final class Statements {
    private static final int MAX_TYPE = 65535;
    /** Of PFCP, elements of this type and above are those of enterprises. */
    private static final int VENDOR_TYPES = 0x8000;
    /** Of GTPv1 and GTP', elements below this type carry no length. */
    private static final int TYPES_WITH_LENGTH = 128;
    private static final int HEADER_VARIANTS = 17;
    private static final Pattern FRAMED = Pattern.compile("(.*\\S)\\s+(?:fixed\\s+[0-9]+|length\\s+u8)");
    /** In a name: what looks like a layout. */
    private static final Pattern LAYOUT = Pattern.compile("\\b\\w+:[a-z]+\\d*(?:\\b|\\[)");
    private static final int MAX_INSTANCE = 15;
    private static final String KEYWORDS =
            "'protocol', 'message', 'ie', 'header', 'part', 'in', 'enum', 'scale' or 'flags'";
    /** In a label: a number that grows from value to value. */
    private static final Pattern COUNTED = Pattern.compile("\\{(\\d{1,9})\\+(\\d{1,9})}");
    private static final int MOST_COUNTED = 256;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    String protocol = "";
    final Map<Integer, Message> messages = new LinkedHashMap<>();
    final Map<Long, Element> elements = new LinkedHashMap<>();
    final Map<String, Element> parts = new LinkedHashMap<>();
    Element[] headers;

    private final Map<String, List<Source>> enumerations = new LinkedHashMap<>();
    private final Map<String, Source> scales = new LinkedHashMap<>();
    private final Map<Long, Table> flags = new LinkedHashMap<>();
    private final Map<Long, Map<String, String>> meanings = new ConcurrentHashMap<>();
    private final Map<Place, List<Table>> places = new LinkedHashMap<>();
    private final Map<Place, Roles> roles = new ConcurrentHashMap<>();
    private final Map<String, Labels> labels = new ConcurrentHashMap<>();
    /** Where the text that is being read described what: by keyword and key. It may do so once. */
    private final Map<String, Map<Object, Integer>> described = new HashMap<>();
    /** Of the text that is being read: elements that neither carry a length nor are given one. */
    private final Map<Long, Table> unframed = new LinkedHashMap<>();
    /** Of the text that is being read: where it says what stands in a group. */
    private final Map<Table, Place> groups = new LinkedHashMap<>();
    /** By the type of an answer, where it says what it answers. */
    private final Map<Integer, Table> answers = new LinkedHashMap<>();

    Statements() {}

    /**
     * Where elements stand: in a message, in a group, in a group of one message.
     *
     * @param message -1: any
     * @param group the group's {@linkplain #key key}; -1: the message itself
     * @param instance of the group; -1: any
     */
    record Place(int message, long group, int instance) {}

    /**
     * What a statement says of something.
     *
     * @param at where that is named
     * @param lines what stands behind it
     */
    private record Table(int at, Source lines) {
        DictionaryException problem(String problem) {
            return lines.problem(at, problem);
        }
    }

    Statements(Statements other) {
        protocol = other.protocol;
        messages.putAll(other.messages);
        elements.putAll(other.elements);
        parts.putAll(other.parts);
        headers = other.headers == null ? null : other.headers.clone();
        other.enumerations.forEach((name, sources) -> enumerations.put(name, new ArrayList<>(sources)));
        scales.putAll(other.scales);
        flags.putAll(other.flags);
        answers.putAll(other.answers);
        other.places.forEach((place, tables) -> places.put(place, new ArrayList<>(tables)));
    }

    static long key(int enterprise, int type) {
        return (long) enterprise << 32 | type;
    }

    static int headerSlot(int type, int variant) {
        return type * HEADER_VARIANTS + variant + 1;
    }

    Statements read(String name, String text) {
        return read(name, text, text.startsWith(BYTE_ORDER_MARK) ? 1 : 0, text.length());
    }

    /** Reads a part of a text. */
    Statements read(String name, String text, int from, int to) {
        described.clear();
        unframed.clear();
        groups.clear();
        int at = from;
        boolean named = false;
        while (at < to) {
            int end = endOfStatement(text, at);
            char first = text.charAt(at);
            if (first != '#' && first != '\n' && first != '\r') {
                Source source = new Source(name, text, at, end);
                if (!source.atEnd()) {
                    if (first == ' ' || first == '\t') {
                        throw source.problem(source.at(), "nothing stands before it that this line could continue");
                    }
                    named = statement(source, named);
                }
            }
            at = end;
        }
        if (!named) {
            throw new DictionaryException(name, 1, 1, "expected 'protocol' and its name");
        }
        pairAnswers();
        frame();
        return this;
    }

    /** A statement goes on in the lines that begin with a blank. Comment and empty lines between them belong to it. */
    static int endOfStatement(String text, int at) {
        int end = endOfLine(text, at);
        char first = text.charAt(at);
        if (first == '#' || first == '\n' || first == '\r') {
            return end;
        }
        for (int line = end; line < text.length(); line = endOfLine(text, line)) {
            first = text.charAt(line);
            if (first == ' ' || first == '\t') {
                end = endOfLine(text, line);
            } else if (first != '#' && first != '\n' && first != '\r') {
                break;
            }
        }
        return end;
    }

    private static int endOfLine(String text, int at) {
        int next = text.indexOf('\n', at);
        return next < 0 ? text.length() : next + 1;
    }

    private boolean statement(Source source, boolean named) {
        int begin = source.at();
        String keyword = source.word(KEYWORDS);
        if (keyword.equals("protocol")) {
            source.blanks();
            int nameAt = source.at();
            String name = source.word("the name of the protocol");
            if (named) {
                throw source.problem(begin, "the protocol is named twice");
            }
            if (!protocol.isEmpty() && !protocol.equals(name)) {
                throw source.problem(nameAt, "expected '" + protocol + "', found '" + name + "'");
            }
            protocol = name;
            end(source);
            return true;
        }
        if (!named) {
            source.moveTo(begin);
            throw source.fail("'protocol' and its name");
        }
        switch (keyword) {
            case "message" -> message(source, begin);
            case "ie" -> element(source, begin);
            case "header" -> header(source, begin);
            case "part" -> part(source, begin);
            case "in" -> place(source);
            case "enum" -> enumeration(source);
            case "scale" -> scale(source, begin);
            case "flags" -> flags(source, begin);
            default -> {
                source.moveTo(begin);
                throw source.fail(KEYWORDS);
            }
        }
        return true;
    }

    /** {@code message TYPE NAME [CLAUSE] session < TYPE}. */
    private void message(Source source, int begin) {
        int type = (int) source.number("a message type up to 255", 255);
        once(source, begin, "message", type);
        String name = source.phrase("[]=<>", "the name of the message");
        String clause = clause(source);
        boolean session = source.takeWord("session");
        int answered = 0;
        answers.remove(type);
        if (source.take("<")) {
            source.blanks();
            int at = source.at();
            answered = source.takeWord("any") ? Message.ANY
                    : (int) source.number("'any' or a message type up to 255", 255);
            answers.put(type, new Table(at, source));
        }
        end(source);
        messages.put(type, new Message(type, name, clause, session, answered, 0));
    }

    private void pairAnswers() {
        for (Message answer : List.copyOf(messages.values())) {
            Message request = messages.get(answer.answers());
            if (request != null) {
                messages.put(request.type(),
                        new Message(request.type(), request.name(), request.clause(), request.session(),
                                request.answers(), answer.type()));
            }
        }
    }

    /** {@code ie [ENTERPRISE:]TYPE NAME [CLAUSE] framing = layout}. */
    private void element(Source source, int begin) {
        source.blanks();
        int typeAt = source.at();
        long key = elementKey(source);
        int type = (int) key;
        if (protocol.equals("pfcp")) {
            if (key != type && type < VENDOR_TYPES) {
                throw source.problem(typeAt, "a vendor's type has the highest bit set (TS 29.244 8.1.1): " + type
                        + " is " + (type | VENDOR_TYPES) + " in the message");
            }
            if (type >= VENDOR_TYPES && !source.since(typeAt).contains(":")) {
                throw source.problem(typeAt, "a type with the highest bit set is a vendor's (TS 29.244 8.1.1): 'ie"
                        + " ENTERPRISE:" + type + " NAME' says which");
            }
        }
        once(source, begin, "ie", key);
        Element element = described(source, (int) (key >>> 32), type, -1);
        elements.put(key, element);
        if (protocol.startsWith("gtp") && !protocol.equals("gtpv2") && type < TYPES_WITH_LENGTH
                && element.fixedLength() < 0) {
            unframed.put(key, new Table(typeAt, source));
        }
    }

    /** Gives elements that carry no length that of their layout, which may refer to what the text says behind them. */
    private void frame() {
        unframed.forEach((key, table) -> {
            Element element = elements.get(key);
            boolean isPlain = element.hasLayout() && element.lengthOctets() != 1;
            int length = isPlain ? element.layout().fixedLength() : -1;
            if (length < 0) {
                throw table.problem("an element below type " + TYPES_WITH_LENGTH + " carries no length (TS 29.060 7.7):"
                        + " 'ie " + element.type() + " NAME fixed N' says how many octets its value has");
            }
            elements.put(key, element.fixed(length));
        });
    }

    private static long elementKey(Source source) {
        long number = source.number("a type up to " + MAX_TYPE, MAX_TYPE);
        if (source.take(":")) {
            return key((int) number, (int) source.number("a type up to " + MAX_TYPE, MAX_TYPE));
        }
        return number;
    }

    /** {@code header TYPE[.VARIANT] NAME [CLAUSE] = layout}. */
    private void header(Source source, int begin) {
        int type = (int) source.number("a header type up to 255", 255);
        int variant = source.take(".") ? (int) source.number("a PDU type up to 15", 15) : -1;
        once(source, begin, "header", headerSlot(type, variant));
        if (headers == null) {
            headers = new Element[256 * HEADER_VARIANTS];
        }
        headers[headerSlot(type, variant)] = described(source, 0, type, variant);
    }

    /** {@code part NAME [CLAUSE] = layout}. */
    private void part(Source source, int begin) {
        Element part = described(source, 0, -1, -1);
        once(source, begin, "part", part.name());
        parts.put(part.name(), part);
    }

    private Element described(Source source, int enterprise, int type, int variant) {
        source.blanks();
        int begin = source.at();
        String name = source.phrase("[]=<>", "a name");
        // Without a clause, nothing stands between the name and the framing.
        Matcher framed = source.peek() == '[' ? null : FRAMED.matcher(name);
        if (framed != null && framed.matches()) {
            name = framed.group(1);
            source.moveTo(begin + framed.end(1));
        }
        String clause = clause(source);
        int framing = Element.LENGTH_U16;
        if (source.takeWord("fixed")) {
            framing = (int) source.number("a number of octets up to 255", 255);
        } else if (source.takeWord("length")) {
            source.expect("u8");
            framing = Element.LENGTH_U8;
        }
        if (source.atEnd()) {
            Matcher layout = LAYOUT.matcher(name);
            if (layout.find()) {
                throw source.problem(begin + layout.start(), "expected '=' before the layout");
            }
            return new Element(enterprise, type, variant, name, clause, framing, false, null, parts);
        }
        source.expect("=");
        if (source.takeWord("group")) {
            end(source);
            return new Element(enterprise, type, variant, name, clause, framing, true, null, parts);
        }
        source.blanks();
        return new Element(enterprise, type, variant, name, clause, framing, false, source, parts);
    }

    private static String clause(Source source) {
        if (!source.take("[")) {
            return "";
        }
        String clause = source.peek() == ']' ? "" : source.phrase("]", "the clause");
        source.expect("]");
        return clause;
    }

    /** {@code enum NAME}, then a line for each value. */
    private void enumeration(Source source) {
        String name = source.token("");
        if (name.isEmpty()) {
            throw source.fail("the name of the enumeration");
        }
        enumerations.computeIfAbsent(name, n -> new ArrayList<>()).add(source);
    }

    /** {@code scale NAME}, then a line for each piece. */
    private void scale(Source source, int begin) {
        String name = source.token("");
        if (name.isEmpty()) {
            throw source.fail("the name of the scale");
        }
        once(source, begin, "scale", name);
        scales.put(name, source);
    }

    /** {@code flags [ENTERPRISE:]TYPE}, then a line for each flag. */
    private void flags(Source source, int begin) {
        source.blanks();
        int at = source.at();
        long key = elementKey(source);
        once(source, begin, "flags", key);
        flags.put(key, new Table(at, source));
    }

    /** {@code in message TYPE [CLAUSE]} or {@code in ie [ENTERPRISE:]TYPE[.INSTANCE] message TYPE [CLAUSE]}, then the roles. */
    private void place(Source source) {
        int message = -1;
        long group = -1;
        int instance = -1;
        source.blanks();
        int at = source.at();
        boolean inElement = source.takeWord("ie");
        if (inElement) {
            group = elementKey(source);
            instance = source.take(".") ? instance(source) : -1;
        }
        if (source.takeWord("message")) {
            message = (int) source.number("a message type up to 255", 255);
        } else if (!inElement) {
            throw source.fail("'message' or 'ie'");
        }
        Place place = new Place(message, group, instance);
        Table table = new Table(at, source);
        places.computeIfAbsent(place, p -> new ArrayList<>()).add(table);
        if (inElement) {
            groups.put(table, place);
        }
    }

    private static int instance(Source source) {
        return (int) source.number("an instance up to " + MAX_INSTANCE, MAX_INSTANCE);
    }

    private void once(Source source, int begin, String keyword, Object key) {
        Integer before = described.computeIfAbsent(keyword, k -> new HashMap<>()).putIfAbsent(key, begin);
        if (before != null) {
            int line = source.problem(before, "").line();
            throw source.problem(begin, "this is described in line " + line + " already");
        }
    }

    private static void end(Source source) {
        if (!source.atEnd()) {
            throw source.fail("the end of the statement");
        }
    }

    Labels labels(String name) {
        Labels known = labels.get(name);
        if (known == null) {
            known = readLabels(name);
            if (known != null) {
                labels.put(name, known);
            }
        }
        return known;
    }

    private Labels readLabels(String name) {
        List<Labels.Label> found = new ArrayList<>();
        if (name.equals(protocol + ".messages")) {
            messages.values().forEach(m -> found.add(new Labels.Label(m.type(), m.type(), m.name())));
        } else if (name.equals(protocol + ".ies")) {
            for (Element element : elements.values()) {
                if (element.enterprise() == 0) {
                    found.add(new Labels.Label(element.type(), element.type(), element.name()));
                }
            }
        } else {
            return enumerations.containsKey(name) ? labels(name, enumerations.get(name)) : null;
        }
        return new Labels(name, found);
    }

    /** The enumeration that statements make, which stand behind its name. */
    static Labels labels(String name, List<Source> statements) {
        TreeMap<Long, Labels.Label> values = new TreeMap<>();
        for (Source statement : statements) {
            readValues(statement, values);
        }
        return new Labels(name, List.copyOf(values.values()));
    }

    private static void readValues(Source statement, TreeMap<Long, Labels.Label> values) {
        Source source = anew(statement);
        do {
            long from = source.number("a value", Long.MAX_VALUE);
            long to = source.take("-") ? source.number("the end of the range", Long.MAX_VALUE) : from;
            if (to < from) {
                throw source.fail("a range that begins with its lower end");
            }
            clear(values, from, to);
            int labelAt = source.at();
            String label = source.phrase("", "the label of " + from);
            Matcher counted = COUNTED.matcher(label);
            if (!counted.find()) {
                values.put(from, new Labels.Label(from, to, label));
                continue;
            }
            if (to - from >= MOST_COUNTED) {
                throw source.problem(labelAt, "a label that counts serves at most " + MOST_COUNTED + " values");
            }
            long number = Long.parseLong(counted.group(1));
            for (long value = from; value <= to; value++, number += Long.parseLong(counted.group(2))) {
                values.put(value, new Labels.Label(value, value, counted.replaceFirst(Long.toString(number))));
            }
        } while (!source.atEnd());
    }

    /** What is said later holds: of ranges that were named before, what lies outside is left. */
    private static void clear(TreeMap<Long, Labels.Label> values, long from, long to) {
        for (Map.Entry<Long, Labels.Label> entry = values.floorEntry(to);
                entry != null && entry.getValue().to() >= from;
                entry = values.floorEntry(to)) {
            Labels.Label label = entry.getValue();
            values.remove(entry.getKey());
            if (label.from() < from) {
                values.put(label.from(), new Labels.Label(label.from(), from - 1, label.text()));
            }
            if (label.to() > to) {
                values.put(to + 1, new Labels.Label(to + 1, label.to(), label.text()));
            }
        }
    }

    private static Source anew(Source statement) {
        return new Source(statement.name(), statement.text(), statement.at(), statement.end());
    }

    /** What numbers stand for; null if the dictionary does not say. */
    Scale scale(String name) {
        Source statement = scales.get(name);
        return statement == null ? null : readScale(name, anew(statement));
    }

    private static Scale readScale(String name, Source source) {
        List<Scale.Piece> pieces = new ArrayList<>();
        long above = -1;
        while (!source.atEnd()) {
            long from = source.number("a number", Long.MAX_VALUE);
            long to = source.take("-") ? source.number("the end of the range", Long.MAX_VALUE) : from;
            if (from <= above || to < from) {
                throw source.fail("numbers that ascend");
            }
            above = to;
            boolean isNone = source.takeWord("none");
            long first = isNone ? 0 : source.number("what " + from + " stands for, or 'none'", Integer.MAX_VALUE);
            long step = source.take("+") ? source.number("what the next one adds", Integer.MAX_VALUE) : 0;
            String unit = "";
            if (source.take("[")) {
                unit = source.phrase("]", "a unit");
                source.expect("]");
            }
            pieces.add(new Scale.Piece(from, to, first, step, unit, isNone));
        }
        return new Scale(name, pieces);
    }

    /** The roles of a place, or of the same in any message or of any instance; null: the dictionary does not describe it. */
    Roles roles(int message, long group, int instance) {
        Roles found = roles(new Place(message, group, instance));
        if (found == null) {
            found = roles(new Place(message, group, -1));
        }
        return found != null ? found : roles(new Place(-1, group, -1));
    }

    private Roles roles(Place place) {
        List<Table> tables = places.get(place);
        return tables == null ? null : roles.computeIfAbsent(place, p -> readRoles(tables));
    }

    Map<Place, Roles> allRoles() {
        Map<Place, Roles> all = new LinkedHashMap<>();
        places.keySet().forEach(place -> all.put(place, roles(place)));
        return all;
    }

    private static Roles readRoles(List<Table> tables) {
        String clause = "";
        List<Role> roles = new ArrayList<>();
        for (Table table : tables) {
            Source source = anew(table.lines());
            String said = clause(source);
            clause = said.isEmpty() ? clause : said;
            while (!source.atEnd()) {
                Role role = role(source);
                // What is said later holds.
                roles.removeIf(other -> other.isOf(role.enterprise(), role.type(), role.instance())
                        && other.name().equals(role.name()));
                roles.add(role);
            }
        }
        return new Roles(clause, roles);
    }

    /** As {@link Dictionary#checkReferences} says. */
    void checkReferences(Statements other, List<Dictionary> described) {
        answers.values().stream().filter(answer -> !other.answers.containsValue(answer))
                .forEach(answer -> checkAnswer(answer, described));
        flags.forEach((key, table) -> {
            if (table != other.flags.get(key)) {
                checkElement(key, table, described);
            }
        });
        places.forEach((place, tables) -> {
            List<Table> known = other.places.getOrDefault(place, List.of());
            tables.stream().filter(table -> !known.contains(table))
                    .forEach(table -> checkRoles(place, table, described));
        });
    }

    private static void checkAnswer(Table answer, List<Dictionary> described) {
        Source source = answer.lines();
        Source request = new Source(source.name(), source.text(), answer.at(), source.end());
        if (!request.takeWord("any")) {
            checkMessage((int) request.number("a message type", 255), answer, described);
        }
    }

    private static void checkMessage(int message, Table table, List<Dictionary> described) {
        if (described.stream().allMatch(one -> one.message(message) == null)) {
            throw table.problem("message " + message + " is described nowhere: 'message " + message
                    + " NAME' would do so");
        }
    }

    private static void checkRoles(Place place, Table table, List<Dictionary> described) {
        if (place.message() >= 0) {
            checkMessage(place.message(), table, described);
        }
        if (place.group() >= 0) {
            checkElement(place.group(), table, described);
        }
        Source source = anew(table.lines());
        clause(source);
        while (!source.atEnd()) {
            Table line = new Table(source.at(), source);
            Role role = role(source);
            checkElement(key(role.enterprise(), role.type()), line, described);
        }
    }

    private static void checkElement(long key, Table table, List<Dictionary> described) {
        int enterprise = (int) (key >>> 32);
        if (described.stream().allMatch(one -> one.element(enterprise, (int) key) == null)) {
            throw table.problem("element " + text(key) + " is described nowhere: 'ie " + text(key)
                    + " NAME' would do so");
        }
    }

    private static String text(long key) {
        return (key >>> 32 == 0 ? "" : (key >>> 32) + ":") + (int) key;
    }

    /** {@code [ENTERPRISE:]TYPE[.INSTANCE] M|C|CO|O[*] NAME @ INTERFACES}. */
    private static Role role(Source source) {
        long key = elementKey(source);
        int instance = source.take(".") ? instance(source) : 0;
        source.blanks();
        int at = source.at();
        Role.Presence presence = Role.Presence.of(source.token("*"));
        if (presence == null) {
            source.moveTo(at);
            throw source.fail("'M', 'C', 'CO' or 'O'");
        }
        boolean repeats = source.take("*");
        String name = source.phrase("@", "the name of the role");
        List<String> interfaces =
                source.take("@") ? List.of(source.phrase("", "the interfaces").split(" +")) : List.of();
        return new Role((int) (key >>> 32), (int) key, instance, name, presence, repeats, interfaces);
    }

    String meaning(Element element, Member flag) {
        long key = key(element.enterprise(), element.type());
        Table table = flags.get(key);
        if (table == null) {
            return "";
        }
        return meanings.computeIfAbsent(key, k -> readFlags(table.lines())).getOrDefault(lastName(flag), "");
    }

    private void checkFlags(long key, Source statement) {
        readFlags(statement);
        Element element = elements.get(key);
        Source source = anew(statement);
        while (element != null && !source.atEnd()) {
            int at = source.at();
            String flag = source.word("the name of a flag");
            if (element.layout().members().stream().noneMatch(member -> lastName(member).equals(flag))) {
                throw source.problem(at, "element " + element.type() + " has no flag '" + flag + "'");
            }
            source.phrase("", "the meaning of " + flag);
        }
    }

    private static String lastName(Member member) {
        return member.name().substring(member.name().lastIndexOf('.') + 1);
    }

    private static Map<String, String> readFlags(Source statement) {
        Source source = anew(statement);
        Map<String, String> meanings = new LinkedHashMap<>();
        while (!source.atEnd()) {
            String name = source.word("the name of a flag");
            meanings.put(name, source.phrase("", "the meaning of " + name));
        }
        return meanings;
    }

    void check() {
        enumerations.keySet().forEach(this::labels);
        // Flags of an element that a later text described anew may be gone.
        described.getOrDefault("flags", Map.of()).keySet()
                .forEach(key -> checkFlags((long) key, flags.get(key).lines()));
        scales.keySet().forEach(this::scale);
        allRoles();
        groups.forEach(this::checkGroup);
    }

    /** What a later text describes is its own. */
    private void checkGroup(Table table, Place place) {
        Element element = elements.get(place.group());
        if (element != null && !element.isGroup()) {
            throw table.problem("element " + text(place.group()) + " is no group: 'ie " + text(place.group())
                    + " NAME = group' would make it one");
        }
    }
}
