package io.seidex.dictionary;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Declared protocols, and which of them is found at which UDP port. Immutable, shared by all threads. */
public final class DeclaredProtocols {
    /** No protocols. */
    public static final DeclaredProtocols NONE = new DeclaredProtocols(List.of());

    /** Their places fit in an octet. */
    private static final int MOST = 256;

    private final List<DeclaredProtocol> protocols;
    private final int[] ports;
    private final int[] places;

    /** @throws IllegalArgumentException if two have the same name or port, or there are too many */
    public DeclaredProtocols(List<DeclaredProtocol> protocols) {
        if (protocols.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " declared protocols");
        }
        this.protocols = List.copyOf(protocols);
        Map<Integer, Integer> placeOfPort = new TreeMap<>();
        for (int place = 0; place < protocols.size(); place++) {
            DeclaredProtocol protocol = protocols.get(place);
            for (int port : protocol.ports()) {
                Integer other = placeOfPort.put(port, place);
                if (other != null) {
                    throw new IllegalArgumentException(
                            "UDP port " + port + " is that of " + protocols.get(other) + " and of " + protocol);
                }
            }
            if (protocols.stream().filter(other -> other.name().equals(protocol.name())).count() > 1) {
                throw new IllegalArgumentException("two protocols are called " + protocol);
            }
        }
        this.ports = placeOfPort.keySet().stream().mapToInt(Integer::intValue).toArray();
        this.places = placeOfPort.values().stream().mapToInt(Integer::intValue).toArray();
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
    public int atPort(int port) {
        int found = Arrays.binarySearch(ports, port);
        return found < 0 ? -1 : places[found];
    }

    private static final class BuiltIn {
        static final DeclaredProtocols PROTOCOLS = new DeclaredProtocols(DeclaredProtocol.builtIn());
    }
}
