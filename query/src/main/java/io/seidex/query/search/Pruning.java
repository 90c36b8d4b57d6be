package io.seidex.query.search;

import io.seidex.fault.Layer;
import io.seidex.query.filter.NumberSet;
import io.seidex.query.filter.Predicate;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import io.seidex.store.Manifest;
import java.util.List;
import java.util.Set;

/** What manifests say of a predicate: parts and shards of which it cannot hold are never opened. */
final class Pruning {
    /** Fields of these protocols occur only where the manifest names the protocol. */
    private static final Set<String> PROTOCOLS =
            Set.of("vlan", "ip", "ipv6", "udp", "tcp", "sctp", "pfcp", "gtp", "gtpv2");

    private Pruning() {}

    /** Whether the predicate may hold of a packet of a part. False is certain. */
    static boolean mayHold(Predicate predicate, Manifest manifest, Manifest.Part part) {
        return switch (predicate) {
            case Predicate.Constant(boolean holds) -> holds;
            case Predicate.And(List<Predicate> terms) -> {
                for (Predicate term : terms) {
                    if (!mayHold(term, manifest, part)) {
                        yield false;
                    }
                }
                yield true;
            }
            case Predicate.Or(List<Predicate> terms) -> {
                for (Predicate term : terms) {
                    if (mayHold(term, manifest, part)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Predicate.Not _ -> true;
            case Predicate.HasProtocol(String label) -> manifest.protocols().contains(label);
            case Predicate.Occurs(IndexField field) -> mayOccur(field, manifest);
            case Predicate.NumberIn(IndexField field, NumberSet set) -> mayOccur(field, manifest)
                    && (field != PacketSchema.FRAME_TIME || overlaps(set, part.firstNanos(), part.lastNanos()))
                    && (field != PacketSchema.FRAME_NUMBER
                            || overlaps(set, part.start().frame(), part.start().frame() + part.frames() - 1));
            case Predicate.OctetsIn(IndexField field, _) -> mayOccur(field, manifest);
            case Predicate.InCapture(Set<String> _) -> true;
        };
    }

    private static boolean mayOccur(IndexField field, Manifest manifest) {
        int dot = field.name().indexOf('.');
        String protocol = dot < 0 ? "" : field.name().substring(0, dot);
        return !PROTOCOLS.contains(protocol) || manifest.protocols().contains(protocol)
                || protocol.equals(Layer.GTP.label()) && manifest.protocols().contains(Layer.GTPPRIME.label());
    }

    private static boolean overlaps(NumberSet set, long first, long last) {
        for (int i = 0; i < set.size(); i++) {
            if (set.from(i) <= last && set.to(i) >= first) {
                return true;
            }
        }
        return false;
    }
}
