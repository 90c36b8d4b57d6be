package io.seidex.dictionary;

import io.seidex.fault.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a protocol's messages and elements look like. Immutable, shared by all threads.
 *
 * <p>The built-in ones are text files beside this class, one per protocol, read on first use; the package describes
 * their grammar. {@link #extendedBy} adds vendors' lines.
 */
public final class Dictionary {
    private static final List<String> FILES =
            List.of("pfcp.ies", "gtpv2.ies", "gtpv1.ies", "gtpv0.ies", "gtpu.ies", "gtpprime.ies",
                    "common.ies", "layers.ies");

    private static final int MESSAGES = 256;

    private final String protocol;
    private final Statements statements;
    private final Message[] messages = new Message[MESSAGES];
    private final Element[] own;
    private final long[] vendorKeys;
    private final Element[] vendors;
    private final Element[] headers;

    Dictionary(Statements statements) {
        this.statements = statements;
        this.protocol = statements.protocol;
        for (Message message : statements.messages.values()) {
            messages[message.type()] = message;
        }
        Map<Long, Element> elements = statements.elements;
        int own = 0;
        int foreign = 0;
        for (Element element : elements.values()) {
            if (element.enterprise() == 0) {
                own = Math.max(own, element.type() + 1);
            } else {
                foreign++;
            }
        }
        this.own = new Element[own];
        this.vendorKeys = new long[foreign];
        this.vendors = new Element[foreign];
        int vendor = 0;
        for (Map.Entry<Long, Element> entry : elements.entrySet()) {
            Element element = entry.getValue();
            if (element.enterprise() == 0) {
                this.own[element.type()] = element;
            } else {
                vendorKeys[vendor++] = entry.getKey();
            }
        }
        Arrays.sort(vendorKeys);
        for (int i = 0; i < foreign; i++) {
            vendors[i] = elements.get(vendorKeys[i]);
        }
        this.headers = statements.headers;
    }

    /** PFCP, TS 29.244. */
    public static Dictionary pfcp() {
        return Pfcp.DICTIONARY;
    }

    /** GTPv2-C, TS 29.274. */
    public static Dictionary gtpv2() {
        return Gtpv2.DICTIONARY;
    }

    /** GTPv1-C, TS 29.060; the messages of all planes of version 1. */
    public static Dictionary gtpv1() {
        return Gtpv1.DICTIONARY;
    }

    /** GTP of version 0, GSM 09.60: what it describes, and of GTPv1-C what it does not. */
    public static Dictionary gtpv0() {
        return Gtpv0.DICTIONARY;
    }

    /** GTP-U, TS 29.281, with the extension headers of GTPv1. */
    public static Dictionary gtpu() {
        return Gtpu.DICTIONARY;
    }

    /** GTP', TS 32.295. */
    public static Dictionary gtpPrime() {
        return GtpPrime.DICTIONARY;
    }

    /**
     * The headers of every layer, as {@linkplain #part parts}: what shows whole packets reads them. No protocol of its
     * own; what indexes reads headers by hand.
     */
    public static Dictionary layers() {
        return Layers.DICTIONARY;
    }

    /** What several protocols have in common, TS 24.008 first of all: parts, enumerations, scales. No protocol of its own. */
    public static Dictionary common() {
        return Common.DICTIONARY;
    }

    /**
     * Reads a dictionary and all its layouts.
     *
     * @param source how errors name it
     * @throws DictionaryException if it cannot be read
     */
    public static Dictionary read(String source, String text) {
        return checked(new Statements().read(source, text));
    }

    /**
     * This dictionary with the lines of a text added. A message, an element, a value that both describe is the text's.
     *
     * @param source how errors name it
     * @throws DictionaryException if it cannot be read, or is for another protocol
     */
    public Dictionary extendedBy(String source, String text) {
        return checked(new Statements(statements).read(source, text));
    }

    Dictionary extendedBy(Section section) {
        return checked(new Statements(statements).read(section.source(), section.text(), section.from(), section.to()));
    }

    private static Dictionary checked(Statements statements) {
        Dictionary read = new Dictionary(statements);
        read.check();
        return read;
    }

    /** The protocol's name, with which the names of its enumerations begin. */
    public String protocol() {
        return protocol;
    }

    /** The message of a type; null if it is unknown. */
    public Message message(int type) {
        return type >= 0 && type < MESSAGES ? messages[type] : null;
    }

    /** Every message, by ascending type. */
    public List<Message> messages() {
        return Arrays.stream(messages).filter(message -> message != null).toList();
    }

    /**
     * The element of a type; null if it is unknown.
     *
     * @param enterprise 0 for the protocol's own
     */
    public Element element(int enterprise, int type) {
        if (enterprise == 0) {
            return type >= 0 && type < own.length ? own[type] : null;
        }
        int found = Arrays.binarySearch(vendorKeys, Statements.key(enterprise, type));
        return found < 0 ? null : vendors[found];
    }

    /** Every element, the protocol's own first, by ascending enterprise and type. */
    public List<Element> elements() {
        return Stream.concat(Arrays.stream(own).filter(e -> e != null), Arrays.stream(vendors))
                .toList();
    }

    /**
     * The content of a GTP extension header, between its length octet and the next header's type; null if it is
     * unknown.
     *
     * @param firstOctet the first octet of the content: its high half is the PDU type, which some contents depend on
     */
    public Element header(int type, int firstOctet) {
        if (headers == null || type < 0 || type > 255) {
            return null;
        }
        Element variant = headers[Statements.headerSlot(type, firstOctet >> 4 & 15)];
        return variant != null ? variant : header(type);
    }

    /** As {@link #header(int, int)}, of content that is not there, or of a PDU type that is not described; null likewise. */
    public Element header(int type) {
        return headers == null || type < 0 || type > 255 ? null : headers[Statements.headerSlot(type, -1)];
    }

    /** Every extension header, by ascending type. */
    public List<Element> headers() {
        return headers == null ? List.of() : Arrays.stream(headers).filter(e -> e != null).toList();
    }

    /** A layout that stands within others, by its name; null if it is unknown. */
    public Element part(String name) {
        return statements.parts.get(name);
    }

    /** Every such layout. */
    public Collection<Element> parts() {
        return Collections.unmodifiableCollection(statements.parts.values());
    }

    /** Which elements stand in a message, and as what; {@linkplain Roles#isEmpty() empty} if that is not known. */
    public Roles roles(int message) {
        Roles roles = statements.roles(message, -1, -1);
        return roles == null ? Roles.NONE : roles;
    }

    /**
     * Which elements stand in a group, and as what; {@linkplain Roles#isEmpty() empty} if that is not known.
     *
     * @param message in which the group is
     * @param instance of the group: GTPv2's instance, 0 in other protocols
     */
    public Roles roles(int message, Element group, int instance) {
        Roles roles = statements.roles(message, Statements.key(group.enterprise(), group.type()), instance);
        return roles == null ? Roles.NONE : roles;
    }

    /**
     * The enumeration of a name, such as {@code pfcp.causes}, {@code pfcp.messages}, {@code pfcp.ies}; null:
     * unknown.
     */
    public Labels labels(String enumeration) {
        Labels own = statements.labels(enumeration);
        if (own != null || this == layers()) {
            return own;
        }
        return this == common() ? layers().labels(enumeration) : common().labels(enumeration);
    }

    /** The scale of {@link Member#scale()}; null if there is none of that name. */
    public Scale scale(String name) {
        if (Character.isDigit(name.charAt(0))) {
            return Scale.times(Long.parseLong(name));
        }
        Scale own = statements.scale(name);
        return own != null || this == common() ? own : common().scale(name);
    }

    /** What a value of an enumeration is called; empty if that is not known. */
    public String label(String enumeration, long value) {
        Labels labels = labels(enumeration);
        return labels == null ? "" : labels.of(value);
    }

    /** What a flag of an element says, in words; empty if there are none. */
    public String meaning(Element element, Member flag) {
        return statements.meaning(element, flag);
    }

    /** Every member that another dictionary has not, of elements, extension headers and parts; parts come first. */
    public Stream<Member> membersBeyond(Dictionary other) {
        Set<Element> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(other.parts());
        known.addAll(other.elements());
        known.addAll(other.headers());
        return Stream.of(parts(), elements(), headers()).flatMap(Collection::stream)
                .filter(element -> !known.contains(element))
                .flatMap(element -> element.layout().members().stream());
    }

    /**
     * Refuses places, roles, flags and answers that another dictionary has not, and that are of what is nowhere described.
     *
     * @param described where messages and elements may be described
     */
    void checkReferences(Dictionary other, List<Dictionary> described) {
        statements.checkReferences(other.statements, described);
    }

    /** Every place whose elements are known. */
    Map<Statements.Place, Roles> places() {
        return statements.allRoles();
    }

    /** Reads what is read on first use otherwise. */
    private void check() {
        elements().forEach(Element::layout);
        headers().forEach(Element::layout);
        parts().forEach(Element::layout);
        statements.check();
    }

    /** Whether a dictionary that the program brings calls members by names that begin with a protocol's. */
    static boolean namesFieldsOf(String protocol) {
        return FILES.stream().anyMatch(file -> text(file).contains("=" + protocol + "."));
    }

    /** Whether a name is one of a header's field, or for what the program says of packets itself: no element's member has it. */
    static boolean isOfHeaders(String field) {
        String protocol = field.substring(0, field.indexOf('.'));
        boolean isHeaders = DeclarationReader.OF_PACKETS.contains(protocol);
        for (int i = 0; i < Layer.count(); i++) {
            isHeaders |= !Layer.of(i).isMessage() && Layer.of(i).label().equals(protocol);
        }
        // Headers of messages and elements share names: a SEID is pfcp.seid in both.
        return isHeaders || names("layers.ies", field)
                && FILES.stream().allMatch(file -> file.equals("layers.ies") || !names(file, field));
    }

    /** Whether a dictionary that the program brings calls a member by a name. */
    private static boolean names(String file, String field) {
        return Pattern.compile('=' + Pattern.quote(field) + "(?![\\w.-])").matcher(text(file)).find();
    }

    private static Dictionary builtIn(String name) {
        return builtIn(name, new Statements());
    }

    private static Dictionary builtIn(String name, Statements before) {
        return new Dictionary(before.read(name, text(name)));
    }

    private static String text(String name) {
        try (InputStream resource = Dictionary.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("the program lacks its dictionary " + name);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the program's dictionary " + name, e);
        }
    }

    private static final class Pfcp {
        static final Dictionary DICTIONARY = builtIn("pfcp.ies");
    }

    private static final class Gtpv2 {
        static final Dictionary DICTIONARY = builtIn("gtpv2.ies");
    }

    private static final class Gtpv1 {
        static final Dictionary DICTIONARY = builtIn("gtpv1.ies");
    }

    private static final class Gtpv0 {
        static final Dictionary DICTIONARY = builtIn("gtpv0.ies", new Statements(gtpv1().statements));
    }

    private static final class Gtpu {
        static final Dictionary DICTIONARY = builtIn("gtpu.ies");
    }

    private static final class GtpPrime {
        static final Dictionary DICTIONARY = builtIn("gtpprime.ies");
    }

    private static final class Common {
        static final Dictionary DICTIONARY = builtIn("common.ies");
    }

    private static final class Layers {
        static final Dictionary DICTIONARY = builtIn("layers.ies");
    }
}
