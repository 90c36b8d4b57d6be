package io.seidex.dictionary;

import io.seidex.octets.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An application protocol that a few lines of text declare: where it is found, how its header is laid out, and how its
 * messages are divided over datagrams, or follow each other in a stream. Immutable, shared by all threads.
 *
 * <pre>
 * protocol udp_div
 * over udp 4352
 * header = Ident:u16; DivNo:u16; DivMax:u16
 * identity Ident
 * number DivNo from 1
 * count DivMax
 * message = DataSize:u32; Data:text[DataSize]
 * </pre>
 * The text is written as a {@link Dictionary} is, and says, each at most once:
 * <pre>
 * statement  = "protocol" word                       first; the names of its fields begin with it
 *            | "over" ("udp" | "tcp") ports {"," ports}          ports = port ["-" port]; either port of a packet
 *            | "header" "=" layout                   before what a datagram carries; every member has a fixed size
 *            | "message" "=" layout                  of the whole that the pieces make; without it, of octets
 *            | "identity" member {"," member}        the same in all pieces of a message, besides addresses and ports
 *            | "number" member ["from" number]       which piece a datagram carries: the first has this number, or 0
 *            | "offset" member ["times" number]      where in the message its octets stand, in units of so many octets
 *            | "count" amount                        how many pieces there are
 *            | "size" amount                         how many octets the message has
 *            | "first" member                        not 0: the piece is the first, whatever its number
 *            | "last" member                         not 0: the piece is the last
 *            | "more" member                         0: the piece is the last
 *            | "carries" amount                      how many octets of it a datagram brings; without it, all
 *            | "length" amount                       octets of a message in a stream, its header included
 *            | "delimiter" octets                    what stands behind a message in a stream: 0d0a
 *            | "constant" member "=" number {"," member "=" number}              what every header holds
 *            | "index" ("none" | member {"," member})            what the index takes; without it, all that it can
 *            | "enum" name, then a line for each value: value ["-" value] label
 * amount     = member ["times" number] [("plus" | "minus") number]
 * </pre>
 * Members are integers of the header, or bits of them ({@code flags.last}). A protocol that names none of {@code number},
 * {@code offset} and {@code first} has a message in each datagram. One that does says how a message ends, by one of
 * {@code count}, {@code size}, {@code last} and {@code more}. With {@code first}, numbers run on from message to message;
 * where there is no number and no offset, pieces follow each other in the order in which they come.
 *
 * <p>Fields are called {@code udp_div.Ident}, or what stands behind {@code ->} of a layout, and so are enumerations; all begin
 * with the protocol's name.
 *
 * <p>Over TCP a message begins where the one before it ends: it has a {@code length}, which a member of its header tells,
 * or goes up to a {@code delimiter}, which is no part of it. It is not divided. The {@code message} is what is behind the
 * header. What has no header of the {@code constant} values is not of the protocol; in a stream they also tell where the
 * next message may begin when octets were lost.
 */
public final class DeclaredProtocol {
    /** What carries its messages. */
    public enum Transport {
        UDP,
        TCP
    }

    /** What tells one message from the next. */
    public enum Framing {
        /** Datagrams, of one piece or message each. */
        DATAGRAM,
        /** A member of the header that tells how many octets a message has. */
        LENGTH,
        /** Octets behind each message. */
        DELIMITER
    }

    /**
     * Ports in a row.
     *
     * @param last is one of them
     */
    public record Ports(int first, int last) {
        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /**
     * What a member of every header holds.
     *
     * @param offset of its integer in the header
     * @param mask of its bits there
     * @param bits that the integer has there
     */
    public record Constant(Member member, long value, int offset, long mask, long bits) {}

    /** What tells where a piece belongs. */
    public enum Place {
        /** Nothing: a message is a datagram. */
        WHOLE,
        /** Its number. */
        NUMBER,
        /** Where its first octet stands. */
        OFFSET,
        /** When it comes, behind one that is marked as the first. */
        ARRIVAL
    }

    /** What tells where a message ends. */
    public enum End {
        /** Its datagram. */
        WHOLE,
        /** How many pieces there are. */
        COUNT,
        /** How many octets it has. */
        SIZE,
        /** A member that is not 0 in the last piece. */
        LAST,
        /** A member that is 0 in the last piece. */
        MORE
    }

    /** Which members of the header tell it. Those that there are not are null. */
    record Pieces(
            List<Member> identity, Place place, Member placed, long base, int unit, Member first, End end,
            Amount ended, Amount carried) {
        Pieces {
            identity = List.copyOf(identity);
        }
    }

    /**
     * How messages follow each other in a stream.
     *
     * @param length null unless {@link Framing#LENGTH}
     */
    record Stream(Framing framing, Amount length, byte[] delimiter) {
        static final Stream NONE = new Stream(Framing.DATAGRAM, null, new byte[0]);
    }

    /**
     * A field that the protocol has.
     *
     * @param name {@code udp_div.Ident}, unless the layout says otherwise
     * @param member whose value it is
     * @param isOfMessage whether it stands in the message, not in the header of each datagram
     * @param isIndexed whether it is wanted in the index, which takes what it can
     */
    public record Field(String name, Member member, boolean isOfMessage, boolean isIndexed) {}

    private final String name;
    private final Transport transport;
    private final List<Ports> ports;
    private final Layout header;
    private final Layout message;
    private final Pieces pieces;
    private final Stream stream;
    private final List<Constant> constants;
    private final int[] identityAt;
    private final int lengthAt;
    private final List<Field> fields;
    private final Map<String, Labels> labels;

    DeclaredProtocol(
            String name, Transport transport, List<Ports> ports, Layout header, Layout message, Pieces pieces,
            Stream stream, List<Constant> constants, List<Field> fields, Map<String, Labels> labels) {
        this.name = name;
        this.transport = transport;
        this.ports = List.copyOf(ports);
        this.header = header;
        this.message = message;
        this.pieces = pieces;
        this.stream = stream;
        this.constants = List.copyOf(constants);
        this.identityAt = pieces.identity.stream().mapToInt(header::offset).toArray();
        this.lengthAt = stream.length == null ? -1 : header.offset(stream.length.member());
        this.fields = List.copyOf(fields);
        this.labels = Map.copyOf(labels);
    }

    /** The protocols that the program brings. */
    public static List<DeclaredProtocol> builtIn() {
        return BuiltIn.PROTOCOLS;
    }

    /**
     * Reads a declaration.
     *
     * @param source how errors name the text
     * @throws DictionaryException if it cannot be understood
     */
    public static DeclaredProtocol read(String source, String text) {
        List<Section> sections = Section.of(source, text);
        if (sections.size() > 1) {
            throw sections.get(1).problem("one declaration was expected");
        }
        return new DeclarationReader(sections.getFirst(), DeclaredProtocols.NONE).read();
    }

    /** What a member's field is called. */
    public String fieldName(Member member) {
        return fieldName(name, member);
    }

    static String fieldName(String protocol, Member member) {
        return member.field().isEmpty() ? protocol + '.' + member.name() : member.field();
    }

    /** Whether a member's values can be indexed: unsigned integers, addresses, texts. */
    static boolean canBeIndexed(Member member) {
        return switch (member.type()) {
            case UNSIGNED, BITS, IP4, IP6, TEXT, LABELS, NAME, FQDN, TBCD -> true;
            default -> false;
        };
    }

    public String name() {
        return name;
    }

    public Transport transport() {
        return transport;
    }

    /** The ports of its transport that it is found at. */
    public List<Ports> ports() {
        return ports;
    }

    /** The layout of the header of each datagram, or of each message of a stream; without members if there is none. */
    public Layout header() {
        return header;
    }

    /** How many octets the header has. */
    public int headerLength() {
        return header.fixedLength();
    }

    /** The layout of a whole message; without members if it is not told. */
    public Layout message() {
        return message;
    }

    /** Members of the header that all pieces of a message have in common. */
    public List<Member> identity() {
        return pieces.identity;
    }

    public Place place() {
        return pieces.place;
    }

    /** The member of the header that tells a piece's number or offset; null if none does. */
    public Member placed() {
        return pieces.placed;
    }

    /** The number of a message's first piece. */
    public long base() {
        return pieces.base;
    }

    /** How many octets an offset counts by. */
    public int unit() {
        return pieces.unit;
    }

    /** The member of the header that is not 0 in the first piece only; null if there is none. */
    public Member first() {
        return pieces.first;
    }

    public End end() {
        return pieces.end;
    }

    /** The member of the header that tells the end; null if none does. */
    public Member ended() {
        return pieces.ended == null ? null : pieces.ended.member();
    }

    /**
     * How many pieces or octets a message has whose header has {@code value} as its {@link #ended()}: below 0 if that is
     * more than a long can hold, or less than nothing.
     */
    public long amount(long value) {
        return pieces.ended.of(value);
    }

    /** The member of the header that tells how many octets a datagram brings; null if it brings all behind the header. */
    public Member carried() {
        return pieces.carried == null ? null : pieces.carried.member();
    }

    /** How many octets a datagram brings whose header has {@code value} as {@link #carried()}; below 0 as {@link #amount}. */
    public long carriedLength(long value) {
        return pieces.carried.of(value);
    }

    public Framing framing() {
        return stream.framing;
    }

    /** The member of the header that tells how long a message is; null unless {@link Framing#LENGTH}. */
    public Member length() {
        return stream.length == null ? null : stream.length.member();
    }

    /**
     * How many octets a message has, header included, whose header is at {@code at}: below 0 if that is more than a long can
     * hold, or less than nothing. What tells it stands at {@link #lengthAt}.
     */
    public long messageLength(Octets octets, long at) {
        Member member = length();
        long number = integer(octets, at + lengthAt, member);
        return stream.length.of(member.whole() == null ? number : member.of(number));
    }

    /** Where in every header the {@link #length} stands, or the integer that has it. */
    public int lengthAt() {
        return lengthAt;
    }

    /** The most octets that a header can say of its message; without one that does, any number. */
    public long longestMessage() {
        if (stream.length == null) {
            return Long.MAX_VALUE;
        }
        int bits = length().whole() == null ? length().size() * Byte.SIZE : length().bits();
        long longest = stream.length.of(-1L >>> Math.max(1, Long.SIZE - bits));
        return longest < 0 ? Long.MAX_VALUE : longest;
    }

    /** How many bits of a header are constant. */
    public int constantBits() {
        return constants.stream().mapToInt(constant -> Long.bitCount(constant.mask)).sum();
    }

    /** The octets behind each message; none unless {@link Framing#DELIMITER}. */
    public byte[] delimiter() {
        return stream.delimiter.clone();
    }

    /** What every header holds. */
    public List<Constant> constants() {
        return constants;
    }

    /** Whether what stands at a place, a header's length, can be a header: whether it has the constants. */
    public boolean isHeader(Octets octets, long at) {
        for (int i = 0; i < constants.size(); i++) {
            Constant constant = constants.get(i);
            long number = integer(octets, at + constant.offset, constant.member);
            if ((number & constant.mask) != constant.bits) {
                return false;
            }
        }
        return true;
    }

    private static long integer(Octets octets, long at, Member member) {
        long number = octets.uint(at, member.size());
        return member.isLittleEndian() ? Long.reverseBytes(number) >>> Long.SIZE - Byte.SIZE * member.size() : number;
    }

    /** Where in every header a member of the {@link #identity} stands, or the integer that has it. */
    public int identityAt(int index) {
        return identityAt[index];
    }

    /** An enumeration; null if there is none of that name. */
    public Labels labels(String name) {
        return labels.get(name);
    }

    /** Its fields, those of the header first. */
    public List<Field> fields() {
        return fields;
    }

    @Override
    public String toString() {
        return name;
    }

    private static final class BuiltIn {
        private static final List<String> FILES = List.of("udp_div.protocol");
        static final List<DeclaredProtocol> PROTOCOLS = read();

        private static List<DeclaredProtocol> read() {
            List<DeclaredProtocol> read = new ArrayList<>();
            for (String file : FILES) {
                try (InputStream resource = DeclaredProtocol.class.getResourceAsStream(file)) {
                    if (resource == null) {
                        throw new IllegalStateException("the program lacks its declaration " + file);
                    }
                    read.add(DeclaredProtocol.read(file,
                            new String(resource.readAllBytes(), StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    throw new UncheckedIOException("the program's declaration " + file, e);
                }
            }
            return List.copyOf(read);
        }
    }
}
