package io.seidex.dictionary;

import io.seidex.dictionary.Item.Condition;
import io.seidex.dictionary.Item.Length;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a layout, and behind {@code ->} the names that Wireshark and people know its members by. Cold path. */
final class LayoutParser {
    private static final Map<String, Integer> INTEGERS = Map.of(
            "u8", 1, "u16", 2, "u24", 3, "u32", 4, "u40", 5, "u48", 6, "u56", 7, "u64", 8, "i32", 4, "i64", 8);
    private static final Map<String, Integer> LITTLE_ENDIAN =
            Map.of("u16le", 2, "u24le", 3, "u32le", 4, "u40le", 5, "u48le", 6, "u56le", 7, "u64le", 8);
    private static final Map<String, MemberType> FIXED = Map.of(
            "ip4", MemberType.IP4,
            "ip6", MemberType.IP6,
            "mac", MemberType.MAC,
            "ntp32", MemberType.NTP32,
            "ntp64", MemberType.NTP64,
            "ntp48", MemberType.NTP48,
            "zone", MemberType.ZONE,
            "plmn", MemberType.PLMN,
            "plmn_s1ap", MemberType.PLMN_S1AP);
    private static final Map<String, MemberType> COUNTED = Map.of(
            "bytes", MemberType.BYTES,
            "text", MemberType.TEXT,
            "labels", MemberType.LABELS,
            "name", MemberType.NAME,
            "fqdn", MemberType.FQDN,
            "tbcd", MemberType.TBCD,
            "uint", MemberType.UNSIGNED);
    private static final Map<String, FieldFormat> FORMATS = Map.of(
            "dec", FieldFormat.DECIMAL,
            "bytes", FieldFormat.BYTES,
            "ip4", FieldFormat.IP4,
            "ip6", FieldFormat.IP6,
            "guid", FieldFormat.GUID,
            "label", FieldFormat.LABEL);
    private static final Pattern FIELD_NAME = Pattern.compile("[\\w-]+(\\.[\\w-]+)+");
    private static final Set<String> RESERVED = Set.of("len", "rest");
    private static final int MAX_NUMBER = Integer.MAX_VALUE - 1;
    private static final int MAX_OCTETS = 65535;
    private static final int MAX_CONDITIONS = 16;

    private final Map<String, Element> parts;
    private final List<Member> members = new ArrayList<>();
    /** The statement that is read: the element's, or that of a part. */
    private Source source;
    private Scope scope = new Scope(null, null);
    /** What the last brackets said. */
    private String counted = "";
    private int nesting;
    private int structures;
    private int conditions;

    /** @param parts what a structure may be, by name */
    LayoutParser(Source source, Map<String, Element> parts) {
        this.source = source;
        this.parts = parts;
    }

    /**
     * The names of the layout, or of a structure in it.
     *
     * @param structure null: the whole layout
     * @param named every member of a name: more than one if they exclude each other
     */
    private record Scope(Scope outer, Member structure, Map<String, List<Member>> named) {
        Scope(Scope outer, Member structure) {
            this(outer, structure, new HashMap<>());
        }

        /** Members of that name here or around; null if there are none. */
        List<Member> find(String name) {
            for (Scope scope = this; scope != null; scope = scope.outer) {
                List<Member> found = scope.named.get(name);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }

        void add(String name, Member member) {
            named.computeIfAbsent(name, n -> new ArrayList<>()).add(member);
        }

        /** What is within a member is known by its name behind that of the member. */
        void addPart(Member part) {
            int prefix = structure == null ? 0 : structure.name().length() + 1;
            add(part.name().substring(prefix), part);
        }
    }

    /** Everything from the place of the source to its end. */
    Layout parse() {
        int begin = source.at();
        List<Item> items = source.takeWord("part") ? part() : items();
        names();
        nameCodes();
        Layout layout = new Layout(items, members);
        if (layout.program().slots > Program.MAX_SLOTS) {
            throw source.problem(begin, "more than " + (Program.MAX_SLOTS - 1) + " members are referred to");
        }
        return layout;
    }

    /** What stands behind the items of a layout or a part. */
    private void names() {
        if (source.take("->")) {
            shownAs();
        }
        if (!source.atEnd()) {
            throw source.fail("';', 'if', '->' or the end of the layout");
        }
    }

    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        do {
            if (!items.isEmpty() && ended()) {
                break;
            }
            source.blanks();
            int begin = source.at();
            Item item = source.peek() == '(' ? repeat(null, members.size()) : field();
            if (!items.isEmpty() && takesAll(items.getLast()) && mustBeThere(item)) {
                throw source.problem(begin, "nothing is left: what stands before takes all octets");
            }
            items.add(item);
        } while (source.take(";"));
        return items;
    }

    private static boolean takesAll(Item item) {
        return switch (item) {
            case Item.Field field -> field.condition() == null
                    && field.length() instanceof Length.Rest(Member less, _) && less == null;
            case Item.Repeat repeat -> repeat.condition() == null && repeat.count() == null;
        };
    }

    private static boolean takesNothing(Item item) {
        return item instanceof Item.Field field && field.length() instanceof Length.Fixed(int octets) && octets == 0;
    }

    private static boolean mustBeThere(Item item) {
        return item instanceof Item.Field field && field.condition() == null && !field.optional();
    }

    /** A semicolon may stand behind the last item. */
    private boolean ended() {
        char next = source.peek();
        return next == 0 || next == ')' || next == '}' || next == '-';
    }

    /** @param first the index of the first member that repeats */
    private Item repeat(Member round, int first) {
        int begin = source.at();
        source.expect("(");
        if (++nesting > Program.MAX_NESTING) {
            throw source.problem(source.at() - 1, "more than " + Program.MAX_NESTING + " repetitions in one another");
        }
        List<Item> items = items();
        source.expect(")");
        nesting--;
        if (items.stream().allMatch(LayoutParser::takesNothing)) {
            throw source.problem(begin, "a round of this repetition takes no octets");
        }
        source.expect("*");
        int countAt = source.at();
        int least = source.atDigit() ? atLeast() : 0;
        Member count = least > 0 || source.takeWord("rest") ? null
                : integer("'rest', a number and '+', or the name of an earlier integer");
        String said = source.since(countAt);
        int conditionAt = source.at();
        Condition condition = condition();
        String when = said(condition, conditionAt);
        members.subList(first, members.size()).forEach(member -> member.repeats(said, when));
        return new Item.Repeat(round, items, count, least, condition);
    }

    /** A repetition whose rounds have a name: their members are {@code round.member} from outside. */
    private Item rounds(String name, int at) {
        Member round = new Member(members.size(), name, MemberType.ROUND, -1, scope.structure);
        define(name, round, at);
        scope = new Scope(scope, round);
        Item repeat = repeat(round, round.index());
        leave(name);
        return repeat;
    }

    /** Back in the scope around, where the members of the one that ends are known by longer names. */
    private void leave(String name) {
        Map<String, List<Member>> inner = scope.named;
        scope = scope.outer;
        inner.forEach((part, found) -> found.forEach(each -> scope.add(name + '.' + part, each)));
    }

    private Item field() {
        source.blanks();
        int begin = source.at();
        String name = source.word("the name of a member");
        if (RESERVED.contains(name) || name.charAt(0) <= '9') {
            throw source.problem(begin, "'" + name + "' cannot be the name of a member");
        }
        source.expect(":");
        if (source.peek() == '(') {
            return rounds(name, begin);
        }
        int typeAt = source.at();
        String word = source.word("the type of '" + name + "'");
        Length length;
        Member member;
        if (INTEGERS.containsKey(word)) {
            int size = INTEGERS.get(word);
            length = new Length.Fixed(size);
            member = new Member(members.size(), name, word.charAt(0) == 'i' ? MemberType.SIGNED : MemberType.UNSIGNED,
                    size, scope.structure);
        } else if (LITTLE_ENDIAN.containsKey(word)) {
            int size = LITTLE_ENDIAN.get(word);
            length = new Length.Fixed(size);
            member = new Member(members.size(), name, MemberType.UNSIGNED, size, scope.structure);
            member.littleEndian();
        } else if (FIXED.containsKey(word)) {
            int size = sizeOf(FIXED.get(word));
            length = new Length.Fixed(size);
            member = new Member(members.size(), name, FIXED.get(word), size, scope.structure);
        } else if (COUNTED.containsKey(word)) {
            length = length();
            int size = length instanceof Length.Fixed fixed ? fixed.octets() : -1;
            member = new Member(members.size(), name, COUNTED.get(word), size, scope.structure);
        } else {
            throw source.problem(typeAt, "'" + word + "' is no type");
        }
        String extent = member.size() >= 0 ? Integer.toString(member.size()) : counted;
        boolean optional = source.take("?");
        List<Member> others = scope.named.get(name);
        if (others == null) {
            define(name, member, begin);
        } else {
            alternative(member, others, begin);
        }
        List<Member> parts = isPlmn(member) ? codes(member) : List.of();
        List<Item> inside = List.of();
        if (source.peek() == '{') {
            if (member.type() == MemberType.BYTES) {
                inside = structure(member, name);
            } else {
                parts = bits(member);
            }
        }
        int conditionAt = source.at();
        Condition condition = condition();
        member.lies(extent, optional ? "?" : said(condition, conditionAt));
        if (others != null && condition == null) {
            throw source.problem(begin, "two members are called '" + name + "': each needs its condition");
        }
        return new Item.Field(member, parts, inside, length, optional, condition);
    }

    private static boolean isPlmn(Member member) {
        return member.type() == MemberType.PLMN || member.type() == MemberType.PLMN_S1AP;
    }

    private List<Member> codes(Member plmn) {
        Member country = new Member(members.size(), "mcc", MemberType.MCC, plmn.size(), plmn);
        members.add(country);
        Member network = new Member(members.size(), "mnc", MemberType.MNC, plmn.size(), plmn);
        members.add(network);
        scope.addPart(country);
        scope.addPart(network);
        return List.of(country, network);
    }

    /** What the octets of a member hold. Its members know those around it; from outside they are {@code member.part}. */
    private List<Item> structure(Member member, String name) {
        source.expect("{");
        if (++structures > Program.MAX_NESTING) {
            throw source.problem(source.at() - 1, "more than " + Program.MAX_NESTING + " structures in one another");
        }
        scope = new Scope(scope, member);
        List<Item> items = source.takeWord("part") ? part() : items();
        source.expect("}");
        leave(name);
        structures--;
        return items;
    }

    /** A structure that is described by itself, as are the names of its members. */
    private List<Item> part() {
        source.blanks();
        int begin = source.at();
        String name = source.phrase("}", "the name of a part");
        Element own = parts.get(name);
        Element part = own == null ? Dictionary.common().part(name) : own;
        if (part == null || !part.hasLayout()) {
            throw source.problem(begin, "no part is called '" + name + "'");
        }
        Source outer = source;
        source = part.layoutSource();
        List<Item> items = items();
        names();
        source = outer;
        return items;
    }

    private Length length() {
        source.expect("[");
        int begin = source.at();
        Length length;
        if (source.atDigit()) {
            int octets = octets();
            length = source.take("+") ? new Length.Rest(null, octets) : new Length.Fixed(octets);
        } else if (source.takeWord("rest")) {
            length = new Length.Rest(source.take("-") ? integer("the name of an earlier integer") : null, 0);
        } else {
            length = new Length.Counted(integer("a number, 'rest' or the name of an earlier integer"));
        }
        counted = source.since(begin);
        source.expect("]");
        return length;
    }

    private int octets() {
        return (int) source.number("a number of octets up to " + MAX_OCTETS, MAX_OCTETS);
    }

    /** The octets of a repetition to the end that has some. */
    private int atLeast() {
        int octets = octets();
        source.expect("+");
        return octets;
    }

    private List<Member> bits(Member whole) {
        if (whole.type() != MemberType.UNSIGNED || whole.size() < 0 || whole.size() > 8) {
            throw source.problem(source.at(), "only an integer u8 to u64 has bits");
        }
        source.expect("{");
        List<Member> bits = new ArrayList<>();
        List<Long> masks = new ArrayList<>();
        do {
            source.blanks();
            int begin = source.at();
            long mask = range(whole, begin);
            while (source.take("+")) {
                source.blanks();
                int nextAt = source.at();
                long next = range(whole, nextAt);
                if (Long.compareUnsigned(next, mask & -mask) >= 0) {
                    throw source.problem(nextAt, "bits that are joined come from the highest to the lowest");
                }
                mask |= next;
            }
            String range = source.since(begin).replace(" ", "");
            for (long other : masks) {
                long both = mask & other;
                if (both != 0 && both != mask && both != other) {
                    throw source.problem(begin, "bits of '" + whole.name() + "' cross others, without being within");
                }
            }
            masks.add(mask);
            if (source.take("=")) {
                source.blanks();
                int nameAt = source.at();
                String name = source.word("the name of the bits");
                for (Member other : bits) {
                    if (other.mask() == mask && other.isNamed()) {
                        throw source.problem(begin, "these bits are called '" + other.name() + "' already");
                    }
                }
                bits.add(new Member(members.size(), name, whole, mask, range));
                define(name, bits.getLast(), nameAt);
            } else {
                bits.add(new Member(members.size(), "", whole, mask, range));
                members.add(bits.getLast());
            }
            scope.addPart(bits.getLast());
        } while (source.take(","));
        source.expect("}");
        return List.copyOf(bits);
    }

    /** The mask of {@code b3} or {@code b4-1}. */
    private long range(Member whole, int begin) {
        if (source.peek() != 'b') {
            throw source.fail("bits such as 'b3=NAME' or 'b4-1=name'");
        }
        source.take("b");
        int high = bit(whole);
        int low = source.take("-") ? bit(whole) : high;
        if (low > high) {
            throw source.problem(begin, "the higher bit comes first: b" + low + "-" + high);
        }
        return -1L >>> -(high - low + 1) << low - 1;
    }

    private int bit(Member whole) {
        int bits = 8 * whole.size();
        source.blanks();
        int begin = source.at();
        int bit = (int) source.number("a bit from 1 to " + bits, bits);
        if (bit == 0) {
            throw source.problem(begin, "bits count from 1, the least significant");
        }
        return bit;
    }

    /** What stands behind "if". */
    private String said(Condition condition, int at) {
        return condition == null ? "" : source.since(at).substring(2).strip();
    }

    private Condition condition() {
        return source.takeWord("if") ? any() : null;
    }

    private Condition any() {
        Condition left = all();
        while (source.take("|")) {
            left = new Condition.Any(left, all());
        }
        return left;
    }

    private Condition all() {
        Condition left = test();
        while (source.take("&")) {
            left = new Condition.All(left, test());
        }
        return left;
    }

    private Condition test() {
        source.blanks();
        int begin = source.at();
        if (source.peek() == '!' || source.peek() == '(') {
            if (++conditions > MAX_CONDITIONS) {
                throw source.problem(begin, "more than " + MAX_CONDITIONS + " conditions in one another");
            }
            Condition inner;
            if (source.take("!")) {
                inner = new Condition.Not(test());
            } else {
                source.expect("(");
                inner = any();
                source.expect(")");
            }
            conditions--;
            return inner;
        }
        if (source.take("@")) {
            return around();
        }
        boolean length = source.takeWord("len");
        Member member = length ? null : earlier("'len' or the name of an earlier member");
        String operator = operator();
        if (operator.isEmpty()) {
            if (length) {
                throw source.fail("'==', '!=', '<', '<=', '>' or '>='");
            }
            return new Condition.Set(member);
        }
        if (!length && !member.isInteger()) {
            throw source.problem(begin, "'" + member.name() + "' is no integer");
        }
        int number = number(operator);
        return new Condition.Compare(member, plain(operator), number);
    }

    private Condition around() {
        Item.Given given = source.takeWord("message") ? Item.Given.MESSAGE
                : source.takeWord("instance") ? Item.Given.INSTANCE : null;
        if (given == null) {
            throw source.fail("'@message' or '@instance'");
        }
        String operator = operator();
        if (operator.isEmpty()) {
            throw source.fail("'==', '!=', '<', '<=', '>' or '>='");
        }
        int number = number(operator);
        return new Condition.Around(given, plain(operator), number);
    }

    /** What a member is compared with, by the operator that {@link #plain} puts for another. */
    private int number(String operator) {
        int number = (int) source.number("a number up to " + MAX_NUMBER, MAX_NUMBER);
        return operator.equals("<=") || operator.equals(">") ? number + 1 : number;
    }

    private static String plain(String operator) {
        return switch (operator) {
            case "<=" -> "<";
            case ">" -> ">=";
            default -> operator;
        };
    }

    private String operator() {
        for (String operator : new String[] {"==", "!=", "<=", ">=", "<", ">"}) {
            if (source.take(operator)) {
                return operator;
            }
        }
        return "";
    }

    private Member integer(String what) {
        source.blanks();
        int begin = source.at();
        Member member = earlier(what);
        if (!member.isInteger()) {
            throw source.problem(begin, "'" + member.name() + "' is no integer");
        }
        return member;
    }

    private Member earlier(String what) {
        source.blanks();
        int begin = source.at();
        String name = source.word(what);
        List<Member> found = scope.find(name);
        if (found == null) {
            throw source.problem(begin, "no earlier member is called '" + name + "'");
        }
        return found.getFirst();
    }

    private void define(String name, Member member, int at) {
        if (scope.named.containsKey(name)) {
            throw source.problem(at, "two members are called '" + name + "'");
        }
        scope.add(name, member);
        members.add(member);
    }

    /** A member that takes another's place under another condition: whoever refers to the name means either. */
    private void alternative(Member member, List<Member> others, int at) {
        Member first = others.getFirst();
        if (first.type() != member.type() || first.size() != member.size()) {
            throw source.problem(at, "two members are called '" + member.name() + "', of different types");
        }
        others.add(member);
        members.add(member);
    }

    /**
     * {@code member=field/format:enumeration …}, the field or the enumeration or both. Members of one name are
     * named in the order of the layout.
     */
    private void shownAs() {
        while (!source.atEnd()) {
            source.blanks();
            int begin = source.at();
            String name = source.token("=");
            Member member = unnamed(name, begin);
            source.expect("=");
            String field = fieldName(source.token("|/*:["), begin);
            if (source.take("|")) {
                member.shownElse(unprintable(member, field));
            }
            FieldFormat format = FieldFormat.PLAIN;
            int hexDigits = 0;
            if (source.take("/")) {
                format = format();
                hexDigits = format == FieldFormat.HEX ? (int) source.number("a number of digits up to 16", 16) : 0;
            }
            String scale = source.take("*") ? scale() : "";
            String enumeration = source.take(":") ? source.token("[") : "";
            String unit = "";
            if (source.take("[")) {
                unit = source.phrase("]", "the unit of '" + name + "'");
                source.expect("]");
            }
            boolean isNamed = !field.isEmpty() || format != FieldFormat.PLAIN;
            if (!fits(format, member)) {
                throw source.problem(begin, "'" + name + "' cannot be printed so: of that kind its values are not");
            }
            if (!(scale + enumeration).isEmpty() && !member.type().isNumber()) {
                throw source.problem(begin, "'" + name + "' is no number: it has neither a scale nor an enumeration");
            }
            if (format == FieldFormat.LABEL && (!member.isInteger() || enumeration.isEmpty())) {
                throw source.problem(begin, "'/label' is for a number with an enumeration");
            }
            if (!isNamed && scale.isEmpty() && enumeration.isEmpty() && unit.isEmpty()) {
                throw source.fail("the name of a field");
            }
            member.shownAs(field, format, hexDigits, scale, enumeration, unit);
            member.shownBy(source, begin);
        }
    }

    /** Names without a dot are those of protocols, and words of filters. */
    private String fieldName(String name, int at) {
        if (!name.isEmpty() && !FIELD_NAME.matcher(name).matches()) {
            throw source.problem(at, "'" + name + "' is no name of a field, such as 'acme.quota'");
        }
        return name;
    }

    private static boolean fits(FieldFormat format, Member member) {
        boolean isAddress = member.type() == MemberType.IP4 || member.type() == MemberType.IP6
                || member.type() == MemberType.MAC;
        boolean isOctets = member.type() == MemberType.BYTES;
        int size = member.size();
        return switch (format) {
            case PLAIN, BYTES, LABEL -> true;
            case HEX, DECIMAL -> !isAddress && !member.type().isText();
            case IP4 -> size == 4 || isOctets && size < 0;
            case IP6 -> size == 16 || isOctets && size < 0;
            case GUID -> size == 16 || isOctets && size < 0;
        };
    }

    private String unprintable(Member member, String field) {
        source.blanks();
        int begin = source.at();
        String name = fieldName(source.token("/*:["), begin);
        if (member.type() != MemberType.TEXT || field.isEmpty()) {
            throw source.problem(begin, "only a text with a name has another one for what cannot be printed");
        }
        if (name.isEmpty()) {
            throw source.fail("what '" + member.name() + "' is called where it cannot be printed");
        }
        return name;
    }

    /** What nobody named otherwise, neither the codes nor their PLMN. */
    private void nameCodes() {
        for (Member member : members) {
            boolean isCode = member.type() == MemberType.MCC || member.type() == MemberType.MNC;
            if (isCode && !member.isShown() && !member.within().isShown()) {
                String field = member.type() == MemberType.MCC ? "e212.mcc" : "e212.mnc";
                member.shownAs(field, FieldFormat.PLAIN, 0, "", "", "");
            }
        }
    }

    private String scale() {
        if (source.atDigit()) {
            int begin = source.at();
            long factor = source.number("a factor up to " + MAX_OCTETS, MAX_OCTETS);
            if (factor == 0) {
                throw source.problem(begin, "the factor is 0");
            }
            return Long.toString(factor);
        }
        String name = source.token(":[");
        if (name.isEmpty()) {
            throw source.fail("the name of a scale or a factor");
        }
        return name;
    }

    private FieldFormat format() {
        if (source.take("hex")) {
            return FieldFormat.HEX;
        }
        for (Map.Entry<String, FieldFormat> format : FORMATS.entrySet()) {
            if (source.takeWord(format.getKey())) {
                return format.getValue();
            }
        }
        throw source.fail("'hex' and a number of digits, 'dec', 'bytes', 'ip4', 'ip6', 'guid' or 'label'");
    }

    private Member unnamed(String name, int at) {
        List<Member> found = scope.find(name);
        if (found == null) {
            throw source.problem(at,
                    name.isEmpty() ? "expected the name of a member" : "no member is called '" + name + "'");
        }
        for (Member member : found) {
            if (!member.isShown()) {
                return member;
            }
        }
        throw source.problem(at, "'" + name + "' is named twice");
    }

    private static int sizeOf(MemberType type) {
        return switch (type) {
            case IP4, NTP32 -> 4;
            case ZONE -> 1;
            case IP6 -> 16;
            case MAC, NTP48 -> 6;
            case NTP64 -> 8;
            case PLMN, PLMN_S1AP -> 3;
            default -> throw new AssertionError(type);
        };
    }
}
