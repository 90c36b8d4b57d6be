package io.seidex.query.search;

import io.seidex.query.dissect.NodeText;
import io.seidex.query.dissect.PacketTree;
import io.seidex.query.filter.DecodedField;
import io.seidex.query.filter.LuceneQueries;
import io.seidex.query.filter.NumberSet;
import io.seidex.query.filter.OctetSet;
import io.seidex.query.filter.OctetString;
import io.seidex.query.filter.Predicate;
import io.seidex.query.filter.Wanted;
import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Kind;
import io.seidex.schema.PacketSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Decides a predicate on the values of a packet. */
final class ValueTest {
    private final Predicate predicate;
    private final boolean asksForNodes;
    private final boolean isOfOctets;

    ValueTest(Predicate predicate) {
        this.predicate = predicate;
        asksForNodes = asksForNodes(predicate);
        isOfOctets = isOfOctets(predicate);
    }

    /**
     * Decides what is left of a predicate that may hold of a packet, as far as the index knows: not what the index has
     * answered. Who asks only for fields that are not indexed has packets decoded once.
     */
    static ValueTest ofResidue(Predicate predicate) {
        return new ValueTest(predicate instanceof Predicate.And(List<Predicate> terms)
                ? Predicate.allOf(terms.stream().filter(term -> !LuceneQueries.isExact(term)).toList())
                : predicate);
    }

    private static boolean isOfOctets(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And(List<Predicate> terms) -> terms.stream().allMatch(ValueTest::isOfOctets);
            case Predicate.Or(List<Predicate> terms) -> terms.stream().allMatch(ValueTest::isOfOctets);
            case Predicate.Occurs(IndexField field) -> field.kind() == Kind.OCTETS;
            case Predicate.OctetsIn(IndexField field, OctetSet _) -> field.kind() == Kind.OCTETS;
            case Predicate.OctetsContain(IndexField field, OctetString _) -> field.kind() == Kind.OCTETS;
            case Predicate.Constant _,Predicate.Not _,Predicate.HasProtocol _,Predicate.NumberIn _,Predicate.Decoded _,Predicate.InCapture _ ->
                    false;
        };
    }

    /**
     * Whether the predicate holds of a packet. If that cannot be read, it does not, unless it asks only for octets, and those
     * that the document keeps are as asked.
     */
    boolean holds(Hit hit) throws IOException {
        boolean isReadable = asksForNodes ? hit.tree() != null : hit.isDecoded() || isOfOctets;
        return isReadable && decide(predicate, hit);
    }

    private static boolean asksForNodes(Predicate predicate) {
        return switch (predicate) {
            case Predicate.Decoded _ -> true;
            case Predicate.Not(Predicate term) -> asksForNodes(term);
            case Predicate.And(List<Predicate> terms) -> terms.stream().anyMatch(ValueTest::asksForNodes);
            case Predicate.Or(List<Predicate> terms) -> terms.stream().anyMatch(ValueTest::asksForNodes);
            default -> false;
        };
    }

    private static boolean decide(Predicate predicate, Hit hit) throws IOException {
        return switch (predicate) {
            case Predicate.Constant(boolean holds) -> holds;
            case Predicate.And(List<Predicate> terms) -> {
                for (Predicate term : terms) {
                    if (!decide(term, hit)) {
                        yield false;
                    }
                }
                yield true;
            }
            case Predicate.Or(List<Predicate> terms) -> {
                for (Predicate term : terms) {
                    if (decide(term, hit)) {
                        yield true;
                    }
                }
                yield false;
            }
            case Predicate.Not(Predicate term) -> !decide(term, hit);
            case Predicate.HasProtocol(String label) -> anyLabel(PacketSchema.PROTOCOL, label, hit, hit.values());
            case Predicate.Occurs(IndexField field) -> hit.values().has(field);
            case Predicate.NumberIn(IndexField field, NumberSet set) -> anyNumber(field, set, hit, hit.values());
            case Predicate.OctetsIn(IndexField field, OctetSet set) -> anyOctets(field, set, hit, hit.values());
            case Predicate.OctetsContain(IndexField field, OctetString part) ->
                    anyContaining(field, part, hit.values());
            case Predicate.Decoded(DecodedField field, Wanted wanted) -> anyNode(field, wanted, hit);
            case Predicate.InCapture(Set<String> ids) -> ids.contains(hit.capture().id());
        };
    }

    private static boolean anyNumber(IndexField field, NumberSet set, Hit hit, PacketValues values) throws IOException {
        if (field.kind() == Kind.INTERFACE) {
            return hit.interfaceId() >= 0 && set.contains(hit.interfaceId());
        }
        for (int i = values.next(field, 0); i >= 0; i = values.next(field, i + 1)) {
            if (set.contains(values.number(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyOctets(IndexField field, OctetSet set, Hit hit, PacketValues values) {
        for (int i = values.next(field, 0); i >= 0; i = values.next(field, i + 1)) {
            if (field.kind() == Kind.LABEL) {
                byte[] word = hit.schema().labels(field).get((int) values.number(i)).getBytes(StandardCharsets.UTF_8);
                if (set.contains(word, 0, word.length)) {
                    return true;
                }
            } else if (set.contains(values.octets(), values.at(i), values.length(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyContaining(IndexField field, OctetString part, PacketValues values) {
        for (int i = values.next(field, 0); i >= 0; i = values.next(field, i + 1)) {
            if (part.isIn(values.octets(), values.at(i), values.length(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyNode(DecodedField field, Wanted wanted, Hit hit) throws IOException {
        PacketTree tree = hit.tree();
        if (tree == null) {
            return false;
        }
        for (int node = tree.next(field.fields(), 0); node >= 0; node = tree.next(field.fields(), node + 1)) {
            boolean found = switch (wanted) {
                case Wanted.Any() -> true;
                case Wanted.Numbers(NumberSet set) -> set.contains(tree.number(node));
                case Wanted.Strings(OctetSet set) -> {
                    NodeText text = raw(hit, tree, node);
                    yield set.contains(text.octets(), 0, text.length());
                }
                case Wanted.Containing(OctetString part) -> {
                    NodeText text = raw(hit, tree, node);
                    yield part.isIn(text.octets(), 0, text.length());
                }
            };
            if (found) {
                return true;
            }
        }
        return false;
    }

    private static NodeText raw(Hit hit, PacketTree tree, int node) {
        NodeText text = hit.nodeText();
        text.clear();
        text.raw(tree, node);
        return text;
    }

    private static boolean anyLabel(IndexField field, String label, Hit hit, PacketValues values) {
        for (int i = values.next(field, 0); i >= 0; i = values.next(field, i + 1)) {
            if (hit.schema().labels(field).get((int) values.number(i)).equals(label)) {
                return true;
            }
        }
        return false;
    }
}
