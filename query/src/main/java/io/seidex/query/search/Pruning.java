package io.seidex.query.search;

import io.seidex.fault.Layer;
import io.seidex.query.filter.DecodedField;
import io.seidex.query.filter.NumberSet;
import io.seidex.query.filter.OctetSet;
import io.seidex.query.filter.Predicate;
import io.seidex.schema.FieldTerms;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import io.seidex.store.Manifest;
import io.seidex.store.Shard;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.lucene.util.BytesRef;

/** What manifests and identifiers say of a predicate: parts and shards of which it cannot hold are never opened. */
final class Pruning {
    /** Fields of these protocols occur only where the manifest names the protocol. */
    private static final Set<String> PROTOCOLS =
            Set.of("vlan", "ip", "ipv6", "udp", "tcp", "sctp", "pfcp", "gtp", "gtpv2");
    /** A shard is asked for so many identifiers; each costs a look into a file. */
    private static final int MOST_IDENTIFIERS = 16;

    private Pruning() {}

    /** What is asked of a predicate that is no conjunction. */
    private interface Question {
        /** False if it surely does not hold. */
        boolean mayHold(Predicate predicate) throws IOException;
    }

    /** Whether the predicate may hold of a packet of a part, by the part's times, numbers and protocols. False is certain. */
    static boolean mayHold(Predicate predicate, Manifest manifest, Manifest.Part part) throws IOException {
        return mayHold(predicate, leaf -> switch (leaf) {
            case Predicate.Constant(boolean holds) -> holds;
            case Predicate.HasProtocol(String label) -> manifest.protocols().contains(label);
            case Predicate.Occurs(IndexField field) -> mayOccur(field, manifest);
            case Predicate.NumberIn(IndexField field, NumberSet set) -> mayOccur(field, manifest)
                    && (field != PacketSchema.FRAME_TIME || overlaps(set, part.firstNanos(), part.lastNanos()))
                    && (field != PacketSchema.FRAME_NUMBER
                            || overlaps(set, part.start().frame(), part.start().frame() + part.frames() - 1));
            case Predicate.OctetsIn(IndexField field, _) -> mayOccur(field, manifest);
            case Predicate.OctetsContain(IndexField field, _) -> mayOccur(field, manifest);
            case Predicate.Decoded(DecodedField field, _) -> mayHold(field.where(), manifest, part);
            case Predicate.And _,Predicate.Or _,Predicate.Not _,Predicate.InCapture _ -> true;
        });
    }

    /** Whether the predicate may hold of a packet of a shard, by the shard's filter of identifiers. False is certain. */
    static boolean mayHold(Predicate predicate, Shard shard) throws IOException {
        return mayHold(predicate, leaf -> switch (leaf) {
            case Predicate.NumberIn(IndexField field, NumberSet set) -> mayContain(shard, field, set);
            case Predicate.OctetsIn(IndexField field, OctetSet set) -> mayContain(shard, field, set);
            case Predicate.Decoded(DecodedField field, _) -> mayHold(field.where(), shard);
            case Predicate.OctetsContain _,Predicate.Constant _,Predicate.HasProtocol _,Predicate.Occurs _,Predicate.And _,Predicate.Or _,Predicate.Not _,Predicate.InCapture _ ->
                    true;
        });
    }

    private static boolean mayHold(Predicate predicate, Question question) throws IOException {
        if (predicate instanceof Predicate.And(List<Predicate> terms)) {
            for (Predicate term : terms) {
                if (!mayHold(term, question)) {
                    return false;
                }
            }
            return true;
        }
        if (predicate instanceof Predicate.Or(List<Predicate> terms)) {
            for (Predicate term : terms) {
                if (mayHold(term, question)) {
                    return true;
                }
            }
            return false;
        }
        return question.mayHold(predicate);
    }

    private static boolean mayOccur(IndexField field, Manifest manifest) {
        int dot = field.name().indexOf('.');
        String protocol = dot < 0 ? "" : field.name().substring(0, dot);
        return !PROTOCOLS.contains(protocol) || manifest.protocols().contains(protocol)
                || protocol.equals(Layer.GTP.label()) && manifest.protocols().contains(Layer.GTPPRIME.label());
    }

    private static boolean overlaps(NumberSet set, long first, long last) {
        return first <= last && set.overlaps(first, last);
    }

    private static boolean mayContain(Shard shard, IndexField field, NumberSet set) throws IOException {
        if (!field.terms() || !set.isPoints() || set.size() > MOST_IDENTIFIERS) {
            return true;
        }
        for (int i = 0; i < set.size(); i++) {
            if (shard.mayContain(field, FieldTerms.number(field, set.from(i)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayContain(Shard shard, IndexField field, OctetSet set) throws IOException {
        if (set.ranges().size() > MOST_IDENTIFIERS) {
            return true;
        }
        for (OctetSet.Range range : set.ranges()) {
            if (!range.isPoint() || shard.mayContain(field, new BytesRef(range.from()))) {
                return true;
            }
        }
        return false;
    }
}
