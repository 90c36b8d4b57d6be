package io.seidex.query.dissect;

import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import io.seidex.dictionary.Labels;
import io.seidex.dictionary.Member;
import io.seidex.dictionary.MemberType;
import io.seidex.dictionary.Message;
import io.seidex.dictionary.Role;
import io.seidex.dictionary.Roles;
import io.seidex.dictionary.Scale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A page that says what one dictionary knows: messages, elements, enumerations. */
final class DictionaryPage {
    private final Dictionary dictionary;
    private final Map<Member, String> names = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    /** Where each element stands, by its key: links to the places. */
    private final Map<String, Set<String>> places = new HashMap<>();
    private final boolean hasInstances;

    DictionaryPage(Dictionary dictionary, FieldRegistry fields, boolean hasInstances) {
        this.dictionary = dictionary;
        this.hasInstances = hasInstances;
        for (Field field : fields.fields()) {
            if (field.member() != null) {
                names.put(field.member(), field.name());
            }
        }
    }

    String print(String title, String introduction) {
        text.append("# ").append(title).append("\n\n").append(introduction.strip()).append("""


                This page is printed from the dictionary by a test. [How to read it](README.md).

                """);
        List<Message> messages = dictionary.messages();
        List<Element> elements = new ArrayList<>(dictionary.elements());
        messages.forEach(this::findPlaces);
        if (!messages.isEmpty()) {
            messages(messages);
        }
        if (!elements.isEmpty()) {
            text.append("## Information elements\n\n");
            elements.forEach(element -> element(element, "ie-" + key(element.enterprise(), element.type())));
        }
        if (!dictionary.headers().isEmpty()) {
            text.append("## Extension headers\n\nThe content between the length and the type of the next header.\n\n");
            dictionary.headers().forEach(header -> element(header, headerAnchor(header)));
        }
        enumerations(elements);
        return text.toString();
    }

    private void messages(List<Message> messages) {
        text.append("## Messages\n\n| type | message | clause | answered by |\n|---|---|---|---|\n");
        for (Message message : messages) {
            Message answer = message.answeredBy() == 0 ? null : dictionary.message(message.answeredBy());
            String name = dictionary.roles(message.type()).isEmpty() ? cell(message.name())
                    : "[" + cell(message.name()) + "](#message-" + message.type() + ")";
            row(Integer.toString(message.type()), name, message.clause(), answer == null ? "" : cell(answer.name()));
        }
        text.append('\n');
        for (Message message : messages) {
            Roles roles = dictionary.roles(message.type());
            if (!roles.isEmpty()) {
                anchor("message-" + message.type());
                text.append("### ").append(message.name()).append(" (").append(message.type()).append(")\n\n");
                roles(roles);
                for (Group group : groups(message.type(), roles)) {
                    // Of a group that is the same in every message, its own section tells.
                    if (isOfMessage(message.type(), group)) {
                        text.append("In ").append(group.role).append(" (").append(group.element.type()).append(
                                hasInstances ? "." + group.instance : "").append("):\n\n");
                        roles(dictionary.roles(message.type(), group.element, group.instance));
                    }
                }
            }
        }
    }

    private record Group(Element element, int instance, String role) {}

    /** The groups among roles, and in these groups. */
    private List<Group> groups(int message, Iterable<Role> roles) {
        Map<String, Group> found = new LinkedHashMap<>();
        addGroups(message, roles, found);
        return List.copyOf(found.values());
    }

    private void addGroups(int message, Iterable<Role> roles, Map<String, Group> found) {
        for (Role role : roles) {
            Element element = dictionary.element(role.enterprise(), role.type());
            if (element != null && element.isGroup()) {
                Group group = new Group(element, role.instance(), role.name());
                if (found.putIfAbsent(key(role.enterprise(), role.type()) + '.' + role.instance(), group) == null) {
                    addGroups(message, dictionary.roles(message, element, role.instance()), found);
                }
            }
        }
    }

    private boolean isOfMessage(int message, Group group) {
        Roles here = dictionary.roles(message, group.element, group.instance);
        return !here.isEmpty() && here != dictionary.roles(-1, group.element, group.instance);
    }

    private void findPlaces(Message message) {
        String link = "[" + message.name() + "](#message-" + message.type() + ")";
        Roles roles = dictionary.roles(message.type());
        roles.forEach(role -> place(role, link));
        for (Group group : groups(message.type(), roles)) {
            boolean special = isOfMessage(message.type(), group);
            String place = special ? link : "[" + group.element.name() + "](#ie-"
                    + key(group.element.enterprise(), group.element.type()) + ")";
            dictionary.roles(message.type(), group.element, group.instance).forEach(role -> place(role, place));
        }
    }

    private void place(Role role, String link) {
        places.computeIfAbsent(key(role.enterprise(), role.type()), _ -> new LinkedHashSet<>()).add(link);
    }

    private void roles(Roles roles) {
        boolean atInterfaces = false;
        for (Role role : roles) {
            atInterfaces |= !role.interfaces().isEmpty();
        }
        text.append(hasInstances ? "| element | instance | as | presence |" : "| element | as | presence |");
        text.append(atInterfaces ? " only on |\n" : "\n").append(hasInstances ? "|---|---|---|---|" : "|---|---|---|");
        text.append(atInterfaces ? "---|\n" : "\n");
        for (Role role : roles) {
            Element element = dictionary.element(role.enterprise(), role.type());
            String name = element == null ? "" : element.name();
            List<String> cells = new ArrayList<>();
            cells.add("[" + key(role.enterprise(), role.type()).replace('-', ':') + " " + cell(name) + "](#ie-"
                    + key(role.enterprise(), role.type()) + ")");
            if (hasInstances) {
                cells.add(Integer.toString(role.instance()));
            }
            cells.add(role.name().equals(name) ? "" : cell(role.name()));
            cells.add(role.presence().letters() + (role.repeats() ? ", several" : ""));
            if (atInterfaces) {
                cells.add(String.join(", ", role.interfaces()));
            }
            row(cells.toArray(new String[0]));
        }
        text.append('\n');
    }

    private void element(Element element, String anchor) {
        anchor(anchor);
        text.append("### ").append(element.name()).append(" (").append(number(element)).append(")\n\n");
        List<String> facts = new ArrayList<>();
        if (!element.clause().isEmpty()) {
            facts.add(element.clause());
        }
        if (element.isGroup()) {
            facts.add("a group of elements");
        }
        if (element.fixedLength() >= 0) {
            facts.add("always " + element.fixedLength() + (element.fixedLength() == 1 ? " octet" : " octets"));
        } else if (element.lengthOctets() == 1) {
            facts.add("its length has one octet");
        }
        Set<String> standsIn = places.get(key(element.enterprise(), element.type()));
        if (standsIn != null) {
            facts.add("in " + String.join(", ", standsIn));
        }
        text.append(String.join("; ", facts)).append(facts.isEmpty() ? "" : "\n\n");
        Roles roles = element.isGroup() ? dictionary.roles(-1, element, 0) : null;
        if (roles != null && !roles.isEmpty()) {
            roles(roles);
        }
        members(element);
    }

    private String number(Element element) {
        if (dictionary.headers().contains(element)) {
            return "0x" + Integer.toHexString(element.type()) + pduTypes(element);
        }
        return key(element.enterprise(), element.type()).replace('-', ':');
    }

    private String pduTypes(Element header) {
        if (header.variant() >= 0) {
            return ", PDU type " + header.variant();
        }
        return dictionary.headers().stream().anyMatch(other -> other.type() == header.type() && other != header)
                ? ", other PDU types" : "";
    }

    private static String headerAnchor(Element header) {
        return "header-" + Integer.toHexString(header.type())
                + (header.variant() < 0 ? "" : "-" + header.variant());
    }

    private void members(Element element) {
        List<Member> members = element.layout().members();
        if (members.isEmpty()) {
            return;
        }
        text.append("| octets | member | type | if | field | values |\n|---|---|---|---|---|---|\n");
        for (Member member : members) {
            boolean isPart =
                    member.whole() != null || member.type() == MemberType.MCC || member.type() == MemberType.MNC;
            String octets = isPart ? "" : member.extent()
                    + (member.repetition().isEmpty() ? "" : ", × " + member.repetition());
            String name = member.name().substring(member.name().lastIndexOf('.') + 1);
            String indent = "&emsp;".repeat(depth(member));
            row(octets.replace("rest", "to the end").replace("+", " or more"), indent + (member.isNamed() ? name : ""),
                    type(member),
                    condition(member), "`" + names.getOrDefault(member, member.field()) + "`", values(element, member));
        }
        text.append('\n');
    }

    private static int depth(Member member) {
        return member.within() == null ? 0 : 1 + depth(member.within());
    }

    private static String condition(Member member) {
        String condition = member.condition();
        if (condition.equals("?")) {
            return "octets are left";
        }
        return condition.isEmpty() ? ""
                : "`" + condition.replace("&", " & ").replace("|", " \\| ").replaceAll(" +", " ")
                        + "`";
    }

    private static String type(Member member) {
        return switch (member.type()) {
            case BITS -> (member.isFlag() ? "bit " : "bits ")
                    + member.range().replace("b", "").replace("-", "–").replace("+", ", ");
            case UNSIGNED -> "number";
            case SIGNED -> "signed number";
            case IP4 -> "IPv4 address";
            case IP6 -> "IPv6 address";
            case MAC -> "MAC address";
            case NTP32, NTP48, NTP64 -> "time";
            case PLMN, PLMN_S1AP -> "PLMN";
            case MCC, MNC -> "number";
            case ZONE -> "time zone";
            case ROUND -> "counts";
            case BYTES -> "octets";
            case TEXT -> "text";
            case LABELS -> "name, in labels";
            case NAME, FQDN -> "name, in labels or plain";
            case TBCD -> "digits";
        };
    }

    private String values(Element element, Member member) {
        List<String> values = new ArrayList<>();
        String meaning = member.type() == MemberType.BITS ? dictionary.meaning(element, member) : "";
        if (!meaning.isEmpty()) {
            values.add(cell(meaning));
        }
        if (!member.unit().isEmpty()) {
            values.add(member.unit());
        }
        if (!member.scale().isEmpty()) {
            dictionary.scale(member.scale()).pieces().stream().filter(piece -> !piece.isNone())
                    .map(DictionaryPage::piece)
                    .forEach(values::add);
        }
        if (!member.enumeration().isEmpty() && dictionary.labels(member.enumeration()) != null) {
            values.add("[" + member.enumeration() + "](#" + enumerationAnchor(member.enumeration()) + ")");
        }
        return String.join("; ", values);
    }

    private static String piece(Scale.Piece piece) {
        boolean isLong = piece.to() > piece.from();
        return piece.from() + (isLong ? "–" + piece.to() : "") + " = " + piece.first()
                + (isLong ? ", " + (piece.first() + piece.step()) + ", …" : "")
                + (piece.unit().isEmpty() ? "" : " " + piece.unit());
    }

    private void enumerations(List<Element> elements) {
        Map<String, Labels> enumerations = new TreeMap<>();
        List<Element> all = new ArrayList<>(elements);
        all.addAll(dictionary.headers());
        for (Element element : all) {
            for (Member member : element.layout().members()) {
                Labels labels = member.enumeration().isEmpty() ? null : dictionary.labels(member.enumeration());
                if (labels != null) {
                    enumerations.put(member.enumeration(), labels);
                }
            }
        }
        if (enumerations.isEmpty()) {
            return;
        }
        text.append("## Values\n\n");
        enumerations.forEach((name, labels) -> {
            anchor(enumerationAnchor(name));
            text.append("### ").append(name).append("\n\n| value | meaning |\n|---|---|\n");
            for (Labels.Label label : labels) {
                row(label.from() + (label.from() == label.to() ? "" : "–" + label.to()), cell(label.text()));
            }
            text.append('\n');
        });
    }

    private static String enumerationAnchor(String name) {
        return "values-" + name.toLowerCase(Locale.ROOT).replace('.', '-');
    }

    private static String key(int enterprise, int type) {
        return enterprise == 0 ? Integer.toString(type) : enterprise + "-" + type;
    }

    private void anchor(String name) {
        text.append("<a id=\"").append(name).append("\"></a>\n");
    }

    private static String cell(String words) {
        return words.replace("|", "\\|");
    }

    private void row(String... cells) {
        text.append('|');
        for (String cell : cells) {
            text.append(' ').append(cell).append(cell.isEmpty() ? "|" : " |");
        }
        text.append('\n');
    }
}
