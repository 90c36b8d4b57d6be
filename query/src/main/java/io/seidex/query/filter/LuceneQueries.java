package io.seidex.query.filter;

import static org.apache.lucene.search.BooleanClause.Occur.FILTER;
import static org.apache.lucene.search.BooleanClause.Occur.MUST_NOT;
import static org.apache.lucene.search.BooleanClause.Occur.SHOULD;

import io.seidex.fault.Layer;
import io.seidex.query.filter.Predicate.Constant;
import io.seidex.schema.FieldTerms;
import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Kind;
import io.seidex.schema.IndexField.Values;
import io.seidex.schema.PacketSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AutomatonQuery;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/**
 * What the index knows of a predicate.
 *
 * <p>Terms hold every occurrence, but the value of a document is the one of its first message. So a predicate becomes two
 * queries: documents of which it {@linkplain Answer#sure() surely} holds, and documents of which it
 * {@linkplain Answer#maybe() may} hold. What lies between them is decoded again from its capture.
 */
public final class LuceneQueries {
    private static final Set<IndexField> MESSAGE_FIELDS = Set.of(PacketSchema.PFCP_SEID, PacketSchema.PFCP_SEQNO,
            PacketSchema.GTP_TEID, PacketSchema.GTP_SEQ, PacketSchema.GTPV2_TEID, PacketSchema.GTPV2_SEQ);
    /** Protocols whose messages are packets' payload. */
    private static final List<String> MESSAGES =
            Stream.of(Layer.PFCP, Layer.GTP, Layer.GTPV2).map(Layer::label).toList();
    /** Protocols that carry payload, those that are declared for an index included. */
    private static final List<String> CARRIERS = Stream.of(Layer.UDP, Layer.TCP).map(Layer::label).toList();
    /** The type of the IE that carries SEIDs beside the header's, TS 29.244 8.2.37. */
    private static final int F_SEID = 57;

    private final int[] interfaceIds;

    /** {@code sure} matches nothing that {@code maybe} does not; if the two are the same, the index knows everything. */
    public record Answer(Query sure, Query maybe) {
        Answer(Query exact) {
            this(exact, exact);
        }

        public boolean isExact() {
            return sure == maybe;
        }
    }

    /** @param interfaceIds of a shard: {@code frame.interface_id} of each row that its documents name, -1 if it has none */
    public LuceneQueries(int[] interfaceIds) {
        this.interfaceIds = interfaceIds;
    }

    /** The predicate with {@link Predicate.InCapture} answered for one capture, and constants taken out. */
    public static Predicate within(String capture, Predicate predicate) {
        return switch (predicate) {
            case Predicate.InCapture(Set<String> ids) -> new Constant(ids.contains(capture));
            case Predicate.Not(Predicate term) -> within(capture, term) instanceof Constant(boolean holds)
                    ? new Constant(!holds)
                    : new Predicate.Not(within(capture, term));
            case Predicate.And(List<Predicate> terms) -> {
                List<Predicate> inside = inside(capture, terms, true);
                yield inside.contains(new Constant(false)) ? new Constant(false) : Predicate.allOf(inside);
            }
            case Predicate.Or(List<Predicate> terms) -> {
                List<Predicate> inside = inside(capture, terms, false);
                yield inside.contains(new Constant(true)) ? new Constant(true) : Predicate.anyOf(inside);
            }
            case Constant _,Predicate.HasProtocol _,Predicate.Occurs _,Predicate.NumberIn _,Predicate.OctetsIn _,Predicate.OctetsContain _,Predicate.Decoded _ ->
                    predicate;
        };
    }

    /** Whether the index knows everything of a predicate that holds no question for the capture. */
    public static boolean isExact(Predicate predicate) {
        return new LuceneQueries(new int[0]).answer(predicate).isExact();
    }

    private static List<Predicate> inside(String capture, List<Predicate> terms, boolean idle) {
        List<Predicate> inside = new ArrayList<>();
        for (Predicate term : terms) {
            Predicate answer = within(capture, term);
            if (!answer.equals(new Constant(idle))) {
                inside.add(answer);
            }
        }
        return inside;
    }

    public Answer answer(Predicate predicate) {
        return switch (predicate) {
            case Constant(boolean holds) -> new Answer(holds ? MatchAllDocsQuery.INSTANCE : MatchNoDocsQuery.INSTANCE);
            case Predicate.Or(List<Predicate> terms) -> joined(terms, false);
            case Predicate.And(List<Predicate> terms) -> joined(terms, true);
            case Predicate.Not(Predicate term) -> joined(List.of(predicate), true);
            case Predicate.HasProtocol(String label) ->
                    new Answer(new TermQuery(new Term(PacketSchema.PROTOCOL.name(), label)));
            case Predicate.Occurs(IndexField field) -> occurs(field);
            case Predicate.NumberIn(IndexField field, NumberSet set) -> numbers(field, set);
            case Predicate.OctetsIn(IndexField field, OctetSet set) -> octets(field, set);
            case Predicate.OctetsContain(IndexField field, OctetString part) -> containing(field, part);
            case Predicate.Decoded(DecodedField field, _) ->
                    new Answer(MatchNoDocsQuery.INSTANCE, answer(field.where()).maybe());
            case Predicate.InCapture _ ->
                    throw new IllegalArgumentException("a capture is answered before: " + predicate);
        };
    }

    private Answer joined(List<Predicate> terms, boolean all) {
        BooleanQuery.Builder sure = new BooleanQuery.Builder();
        BooleanQuery.Builder maybe = new BooleanQuery.Builder();
        boolean exact = true;
        boolean positive = false;
        for (Predicate term : terms) {
            boolean negated = all && term instanceof Predicate.Not;
            Answer answer = answer(negated ? ((Predicate.Not) term).term() : term);
            BooleanClause.Occur occur = !all ? SHOULD : negated ? MUST_NOT : FILTER;
            sure.add(negated ? answer.maybe() : answer.sure(), occur);
            maybe.add(negated ? answer.sure() : answer.maybe(), occur);
            exact &= answer.isExact();
            positive |= !negated;
        }
        if (!positive) {
            sure.add(MatchAllDocsQuery.INSTANCE, FILTER);
            maybe.add(MatchAllDocsQuery.INSTANCE, FILTER);
        }
        return exact ? new Answer(sure.build()) : new Answer(sure.build(), maybe.build());
    }

    private Answer interfaces(IntPredicate wanted) {
        long[] rows = LongStream.range(0, interfaceIds.length)
                .filter(row -> interfaceIds[(int) row] >= 0 && wanted.test(interfaceIds[(int) row])).toArray();
        return new Answer(NumericDocValuesField.newSlowSetQuery(PacketSchema.FRAME_INTERFACE.name(), rows));
    }

    private Answer occurs(IndexField field) {
        if (field.kind() == Kind.OCTETS) {
            return heldOctets(field);
        }
        if (field.kind() == Kind.INTERFACE) {
            return interfaces(_ -> true);
        }
        if (field == PacketSchema.FRAME_CAPTURED) {
            return new Answer(MatchAllDocsQuery.INSTANCE);
        }
        if (field.values() == Values.NONE || field.terms() && field.kind() == Kind.UNSIGNED && !isOfMessage(field)) {
            return orLate(field, new TermRangeQuery(field.name(), null, null, true, true));
        }
        Query first = new FieldExistsQuery(field.name());
        return isOfMessage(field) ? orLater(field, first) : new Answer(first);
    }

    private Answer numbers(IndexField field, NumberSet set) {
        if (field.terms()) {
            return new Answer(terms(field, set));
        }
        if (field.kind() == Kind.INTERFACE) {
            return interfaces(id -> set.contains(id));
        }
        if (field == PacketSchema.FRAME_CAPTURED) {
            return new Answer(captured(set));
        }
        Query first = values(field, set);
        return isOfMessage(field) ? orLater(field, first) : new Answer(first);
    }

    /**
     * Whether a message may bring a value that is not the document's own: a message behind the packet's first, or one that an
     * ICMP error quotes. Of fields with few distinct values the terms are asked instead.
     */
    private static boolean isOfMessage(IndexField field) {
        return MESSAGE_FIELDS.contains(field);
    }

    private static Answer orLater(IndexField field, Query first) {
        String protocol = field.name().substring(0, field.name().indexOf('.'));
        BooleanQuery.Builder maybe = new BooleanQuery.Builder().add(first, SHOULD)
                .add(NumericDocValuesField.newSlowRangeQuery(PacketSchema.MESSAGES.name(), 2, Long.MAX_VALUE), SHOULD)
                .add(new TermQuery(new Term(PacketSchema.QUOTED.name(), protocol)), SHOULD);
        if (field == PacketSchema.PFCP_SEID) {
            maybe.add(new TermQuery(term(PacketSchema.PFCP_IE_TYPE, F_SEID)), SHOULD);
        } else if (protocol.equals(Layer.GTP.label())) {
            maybe.add(new TermQuery(new Term(PacketSchema.QUOTED.name(), Layer.GTPPRIME.label())), SHOULD);
        }
        return new Answer(first, maybe.build());
    }

    private static Query terms(IndexField field, NumberSet set) {
        if (set.size() == 1 && set.isPoints()) {
            return new TermQuery(term(field, set.from(0)));
        }
        if (set.isPoints()) {
            List<BytesRef> keys = new ArrayList<>();
            for (int i = 0; i < set.size(); i++) {
                keys.add(term(field, set.from(i)).bytes());
            }
            return new TermInSetQuery(field.name(), keys);
        }
        List<Query> ranges = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            ranges.add(
                    new TermRangeQuery(field.name(), term(field, set.from(i)).bytes(), term(field, set.to(i)).bytes(),
                            true, true));
        }
        return any(ranges);
    }

    private static Term term(IndexField field, long value) {
        return new Term(field.name(), FieldTerms.number(field, value));
    }

    /** A packet that was captured whole keeps its length alone. */
    private static Query captured(NumberSet set) {
        Query whole = new BooleanQuery.Builder().add(values(PacketSchema.FRAME_LENGTH, set), FILTER)
                .add(new FieldExistsQuery(PacketSchema.FRAME_CAPTURED.name()), MUST_NOT).build();
        return any(List.of(values(PacketSchema.FRAME_CAPTURED, set), whole));
    }

    /** Doc values are signed in Lucene: an unsigned range that crosses the sign is two. */
    private static Query values(IndexField field, NumberSet set) {
        List<Query> ranges = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            long from = set.from(i);
            long to = set.to(i);
            if (from <= to) {
                ranges.add(NumericDocValuesField.newSlowRangeQuery(field.name(), from, to));
            } else {
                ranges.add(NumericDocValuesField.newSlowRangeQuery(field.name(), from, Long.MAX_VALUE));
                ranges.add(NumericDocValuesField.newSlowRangeQuery(field.name(), Long.MIN_VALUE, to));
            }
        }
        return any(ranges);
    }

    /** Which documents hold a field of octets, as far as the index knows. */
    private Answer heldOctets(IndexField field) {
        if (field == PacketSchema.FRAME_OCTETS) {
            return new Answer(MatchAllDocsQuery.INSTANCE);
        }
        if (field == PacketSchema.IP_REASSEMBLED_DATA) {
            return occurs(PacketSchema.IP_REASSEMBLED_LENGTH);
        }
        if (field == PacketSchema.IPV6_REASSEMBLED_DATA) {
            return occurs(PacketSchema.IPV6_REASSEMBLED_LENGTH);
        }
        if (field == PacketSchema.STREAM_MORE_MESSAGES) {
            return new Answer(MatchNoDocsQuery.INSTANCE, occurs(PacketSchema.STREAM_MESSAGES).maybe());
        }
        // What was decoded without a fault is in a datagram that is not empty; of others it is to be seen.
        Query messages = protocols(MESSAGES);
        Query sure = new BooleanQuery.Builder().add(messages, FILTER)
                .add(protocols(List.of(Layer.UDP.label())), FILTER)
                .add(new TermRangeQuery(PacketSchema.FAULT.name(), null, null, true, true), MUST_NOT)
                .add(new TermRangeQuery(PacketSchema.QUOTED.name(), null, null, true, true), MUST_NOT).build();
        return new Answer(sure, protocols(CARRIERS));
    }

    private static Query protocols(List<String> labels) {
        return any(labels.stream()
                .<Query>map(label -> new TermQuery(new Term(PacketSchema.PROTOCOL.name(), label))).toList());
    }

    /** What is wrong with a segment behind a gap may only be known at the end of all that is captured. */
    private static Answer orLate(IndexField field, Query said) {
        return field != PacketSchema.FAULT ? new Answer(said) : new Answer(said,
                any(List.of(said, new TermQuery(new Term(PacketSchema.REASSEMBLY.name(), PacketSchema.GAP)))));
    }

    private Answer octets(IndexField field, OctetSet set) {
        if (field.kind() == Kind.OCTETS) {
            return new Answer(MatchNoDocsQuery.INSTANCE, heldOctets(field).maybe());
        }
        List<BytesRef> keys = new ArrayList<>();
        List<Query> ranges = new ArrayList<>();
        for (OctetSet.Range range : set.ranges()) {
            if (range.isPoint()) {
                keys.add(new BytesRef(range.from()));
            } else {
                BytesRef to = range.to() == null ? null : new BytesRef(range.to());
                ranges.add(
                        new TermRangeQuery(field.name(), new BytesRef(range.from()), to, true, range.includesTo()));
            }
        }
        if (!keys.isEmpty()) {
            ranges.add(keys.size() == 1 ? new TermQuery(new Term(field.name(), keys.getFirst()))
                    : new TermInSetQuery(field.name(), keys));
        }
        return orLate(field, any(ranges));
    }

    private Answer containing(IndexField field, OctetString part) {
        if (field.kind() == Kind.OCTETS) {
            return new Answer(MatchNoDocsQuery.INSTANCE, heldOctets(field).maybe());
        }
        Automaton anything = Automata.makeAnyBinary();
        Automaton containing =
                Operations.concatenate(List.of(anything, Automata.makeBinary(new BytesRef(part.octets())), anything));
        try {
            containing = Operations.determinize(containing, Operations.DEFAULT_DETERMINIZE_WORK_LIMIT);
            return orLate(field, new AutomatonQuery(new Term(field.name()), containing, true));
        } catch (TooComplexToDeterminizeException _) {
            // Long and full of repeats: then the values themselves are asked.
            return new Answer(MatchNoDocsQuery.INSTANCE, occurs(field).maybe());
        }
    }

    private static Query any(List<Query> queries) {
        if (queries.size() == 1) {
            return queries.getFirst();
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        queries.forEach(query -> any.add(query, SHOULD));
        return queries.isEmpty() ? MatchNoDocsQuery.INSTANCE : any.build();
    }
}
