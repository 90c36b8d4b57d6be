package io.seidex.dictionary;

import io.seidex.dictionary.DeclaredProtocol.Ports;
import io.seidex.dictionary.DeclaredProtocol.Transport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Declared protocols, and which of them is found at which port; also the types of GTP messages that are declared, by which a
 * message at GTP's ports is recognised. Immutable, shared by all threads.
 */
public final class DeclaredProtocols {
    /** No protocols. */
    public static final DeclaredProtocols NONE = new DeclaredProtocols(List.of());

    /** Their places fit in an octet. */
    private static final int MOST = 256;
    private static final int GTP_TYPES = 256;

    private final List<DeclaredProtocol> protocols;
    private final Table udp;
    private final Table tcp;
    private final BitSet gtpTypes;

    /** @throws IllegalArgumentException if two have the same name or port, or there are too many */
    public DeclaredProtocols(List<DeclaredProtocol> protocols) {
        this(protocols, new BitSet());
    }

    private DeclaredProtocols(List<DeclaredProtocol> protocols, BitSet gtpTypes) {
        if (protocols.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " declared protocols");
        }
        this.protocols = List.copyOf(protocols);
        for (DeclaredProtocol protocol : protocols) {
            if (protocols.stream().filter(other -> other.name().equals(protocol.name())).count() > 1) {
                throw new IllegalArgumentException("two protocols are called " + protocol);
            }
        }
        udp = Table.of(protocols, Transport.UDP);
        tcp = Table.of(protocols, Transport.TCP);
        this.gtpTypes = gtpTypes;
    }

    /**
     * The ports of one transport.
     *
     * @param firsts of each row of ports, ascending
     * @param lasts of each row
     * @param places of its protocol
     */
    private record Table(int[] firsts, int[] lasts, int[] places) {
        private record Row(Ports ports, int place) {}

        static Table of(List<DeclaredProtocol> protocols, Transport transport) {
            List<Row> rows = new ArrayList<>();
            for (int place = 0; place < protocols.size(); place++) {
                DeclaredProtocol protocol = protocols.get(place);
                if (protocol.transport() == transport) {
                    for (Ports ports : protocol.ports()) {
                        rows.add(new Row(ports, place));
                    }
                }
            }
            rows.sort(Comparator.comparingInt(row -> row.ports.first()));
            for (int i = 1; i < rows.size(); i++) {
                Row row = rows.get(i);
                Row before = rows.get(i - 1);
                if (row.ports.first() <= before.ports.last()) {
                    throw new IllegalArgumentException(transport + " port " + row.ports.first() + " is that of "
                            + protocols.get(before.place) + " and of " + protocols.get(row.place));
                }
            }
            return new Table(
                    rows.stream().mapToInt(row -> row.ports.first()).toArray(),
                    rows.stream().mapToInt(row -> row.ports.last()).toArray(),
                    rows.stream().mapToInt(Row::place).toArray());
        }

        int at(int port) {
            int found = Arrays.binarySearch(firsts, port);
            int row = found < 0 ? -found - 2 : found;
            return row < 0 || port > lasts[row] ? -1 : places[row];
        }
    }

    /**
     * These with what files declare added, in their order. What is called as one of these takes its place.
     *
     * @throws DictionaryException if one cannot be understood, or if two of the files' have the same name, or any two the same
     *     port
     */
    public DeclaredProtocols extendedBy(List<DictionaryFile> files) {
        DeclaredProtocols extended = this;
        Set<String> added = new HashSet<>();
        for (DictionaryFile file : files) {
            for (Section section : Section.of(file.name(), file.text())) {
                if (section.isDeclaration()) {
                    extended = extended.with(section, added.add(section.protocol()));
                }
            }
        }
        return extended;
    }

    /** @param mayReplace whether one of that name gives its place to it */
    private DeclaredProtocols with(Section section, boolean mayReplace) {
        List<DeclaredProtocol> all = new ArrayList<>(protocols);
        int place = 0;
        while (place < all.size() && !(mayReplace && all.get(place).name().equals(section.protocol()))) {
            place++;
        }
        boolean isNew = place == all.size();
        if (isNew && place == MOST) {
            throw section.problem("more than " + MOST + " protocols are declared");
        }
        if (!isNew) {
            all.remove(place);
        }
        all.add(place, new DeclarationReader(section, new DeclaredProtocols(all)).read());
        return new DeclaredProtocols(all, gtpTypes);
    }

    /** These, and the types of messages that dictionaries of GTPv1 and GTP' know beyond those that the program brings. */
    DeclaredProtocols knowing(List<Dictionary> gtp) {
        BitSet types = new BitSet(GTP_TYPES);
        gtp.forEach(dictionary -> dictionary.messages().forEach(message -> types.set(message.type())));
        Dictionary.gtpv1().messages().forEach(message -> types.clear(message.type()));
        return types.equals(gtpTypes) ? this : new DeclaredProtocols(protocols, types);
    }

    /** The enumeration of a name, which begins with its protocol's; null if there is none. */
    public Labels labels(String name) {
        for (DeclaredProtocol protocol : protocols) {
            Labels labels = protocol.labels(name);
            if (labels != null) {
                return labels;
            }
        }
        return null;
    }

    /** Those that the program brings. */
    public static DeclaredProtocols builtIn() {
        return BuiltIn.PROTOCOLS;
    }

    /** All of them; the order gives each its place. */
    public List<DeclaredProtocol> all() {
        return protocols;
    }

    public DeclaredProtocol get(int place) {
        return protocols.get(place);
    }

    /** The place of the protocol at a UDP port; negative if none is. */
    public int atUdpPort(int port) {
        return udp.at(port);
    }

    /** The place of the protocol at a TCP port; negative if none is. */
    public int atTcpPort(int port) {
        return tcp.at(port);
    }

    /** Whether a type of GTPv1's and GTP''s messages, of one octet, is declared. */
    public boolean isGtpMessage(int type) {
        return gtpTypes.get(type);
    }

    private static final class BuiltIn {
        static final DeclaredProtocols PROTOCOLS = new DeclaredProtocols(DeclaredProtocol.builtIn());
    }
}
