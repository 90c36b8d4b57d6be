package io.seidex.query.filter;

import io.seidex.dictionary.Dictionaries;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import io.seidex.fault.Layer;
import io.seidex.query.dissect.Field;
import io.seidex.query.dissect.FieldRegistry;
import io.seidex.query.dissect.FieldSet;
import io.seidex.query.filter.Filter.Literal;
import io.seidex.schema.FieldTerms;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** The fields of all dictionaries and headers, for filters that name what the index does not hold. */
public final class DecodedFields {
    /** What only fragments say. */
    private static final Set<String> OF_PIECES =
            Set.of("ip.reassembled_in", "ipv6.reassembled.in", "reassembly.in", "reassembly.missing");

    private final Supplier<PacketSchema> schema;
    private final Supplier<FieldRegistry> source;
    private FieldRegistry registry;

    /**
     * @param schema what the index does hold
     * @param source is asked when a filter or an option names such a field, and not before: it takes the dictionaries
     */
    public DecodedFields(Supplier<PacketSchema> schema, Supplier<FieldRegistry> source) {
        this.schema = schema;
        this.source = source;
    }

    /** What the index holds. */
    public PacketSchema schema() {
        return schema.get();
    }

    /** The registry that the fields are of. */
    public FieldRegistry registry() {
        if (registry == null) {
            registry = source.get();
        }
        return registry;
    }

    /** Every name of a field, sorted. */
    public Set<String> names() {
        return registry().names();
    }

    /** The fields of a name that have values, or that are there or not; empty if the name is unknown, or a protocol's. */
    public Optional<FieldSet> values(String name) {
        List<Field> fields = registry().named(name).fields().stream()
                .filter(field -> field.kind() == Field.Kind.VALUE).toList();
        return fields.isEmpty() ? Optional.empty() : Optional.of(new FieldSet(fields));
    }

    /** The fields of a name, those together whose values are compared alike; none if the name is unknown. */
    List<DecodedField> named(String name) {
        Map<DecodedField.Order, List<Field>> groups = new EnumMap<>(DecodedField.Order.class);
        for (Field field : values(name).map(FieldSet::fields).orElse(List.of())) {
            groups.computeIfAbsent(DecodedField.order(field), _ -> new ArrayList<>()).add(field);
        }
        List<DecodedField> fields = new ArrayList<>();
        groups.values().forEach(group -> fields.add(new DecodedField(name, new FieldSet(group), where(group))));
        return fields;
    }

    /** Which packets may hold one of the fields. */
    private Predicate where(List<Field> fields) {
        Set<Predicate> holders = new LinkedHashSet<>();
        for (Field field : fields) {
            holders.add(where(field));
        }
        return holders.contains(new Predicate.Constant(true)) ? new Predicate.Constant(true)
                : Predicate.anyOf(List.copyOf(holders));
    }

    private Predicate where(Field field) {
        Element element = field.element();
        Dictionaries known = registry().dictionaries();
        if (OF_PIECES.contains(field.name())) {
            byte[] piece = PacketSchema.PIECE.getBytes(StandardCharsets.UTF_8);
            return new Predicate.OctetsIn(PacketSchema.REASSEMBLY,
                    OctetSet.of(List.of(new OctetSet.Range(piece, piece))));
        }
        if (element == null) {
            return new Predicate.Constant(true);
        }
        for (Dictionary dictionary : List.of(known.pfcp(), known.gtpv2(), known.gtpv1(), known.gtpv0(),
                known.gtpu(), known.gtpPrime())) {
            if (dictionary.element(element.enterprise(), element.type()) == element) {
                return ofElement(dictionary, element);
            }
            if (dictionary.headers().contains(element) || dictionary.parts().contains(element)) {
                return ofProtocol(dictionary);
            }
        }
        String name = element.name();
        int end = name.indexOf('/');
        String layer = end < 0 ? name : name.substring(0, end);
        return isLayer(layer) ? new Predicate.HasProtocol(layer) : new Predicate.Constant(true);
    }

    private static Predicate ofElement(Dictionary dictionary, Element element) {
        Optional<IndexField> type = PacketSchema.fixed(dictionary.protocol() + ".ie_type");
        if (element.enterprise() != 0) {
            type = PacketSchema.fixed(dictionary.protocol() + ".enterprise_ie");
        }
        return type.<Predicate>map(field -> new Predicate.NumberIn(field, NumberSet.of(false,
                List.of(new NumberSet.Range(element.type(), element.type()))))).orElseGet(() -> ofProtocol(dictionary));
    }

    /** What GTPv1 and GTP' have in common is in one dictionary. */
    private static Predicate ofProtocol(Dictionary dictionary) {
        Predicate protocol = new Predicate.HasProtocol(dictionary.protocol());
        return dictionary.protocol().equals(Layer.GTP.label())
                ? Predicate.anyOf(List.of(protocol, new Predicate.HasProtocol(Layer.GTPPRIME.label())))
                : protocol;
    }

    private boolean isLayer(String name) {
        return FilterBinder.protocols(schema()).contains(name);
    }

    /** That a packet holds a wanted value. A flag that is wanted to be set may be a word of the index. */
    Predicate predicate(DecodedField field, Wanted wanted) {
        boolean isSet = field.order() == DecodedField.Order.FLAG && wanted instanceof Wanted.Numbers(NumberSet set)
                && set.contains(1) && !set.contains(0);
        Set<Predicate> words = new LinkedHashSet<>();
        for (Field flag : isSet ? field.fields().fields() : List.<Field>of()) {
            word(flag).ifPresent(words::add);
        }
        boolean all = words.size() == field.fields().fields().size();
        return all ? Predicate.anyOf(List.copyOf(words)) : new Predicate.Decoded(field, wanted);
    }

    private Optional<Predicate> word(Field flag) {
        Element element = flag.element();
        Dictionary pfcp = registry().dictionaries().pfcp();
        if (element == null || pfcp.element(element.enterprise(), element.type()) != element) {
            return Optional.empty();
        }
        return PacketSchema.flagOfPfcp(element, flag.member()).map(known -> {
            byte[] word = FieldTerms.text(known.word()).bytes;
            return new Predicate.OctetsIn(known.field(), OctetSet.of(List.of(new OctetSet.Range(word, word))));
        });
    }

    /** The values of a field that are meant. */
    static Wanted wanted(DecodedField field, List<Bounded> ranges, ZoneId zone) throws FilterException {
        return switch (field.order()) {
            case NONE -> throw Literals.wrong(ranges.getFirst().first(),
                    field.name() + " has no value: it can only be present or not");
            case UNSIGNED, FLAG -> new Wanted.Numbers(
                    Bounded.numbers(ranges, false, 0, -1L, literal -> unsigned(field, literal)));
            case SIGNED -> new Wanted.Numbers(
                    Bounded.numbers(ranges, true, Long.MIN_VALUE, Long.MAX_VALUE, literal -> signed(field, literal)));
            case TIME -> new Wanted.Numbers(
                    Bounded.numbers(ranges, true, Long.MIN_VALUE, Long.MAX_VALUE, literal -> time(literal, zone)));
            case IPV4 -> new Wanted.Strings(Bounded.octets(ranges, literal -> Literals.network(literal, true)));
            case IPV6 -> new Wanted.Strings(Bounded.octets(ranges, literal -> Literals.network(literal, false)));
            case MAC -> new Wanted.Strings(Bounded.octets(ranges, Literals::mac));
            case OCTETS -> new Wanted.Strings(Bounded.octetsByNumber(ranges, Literals::octets));
            case TEXT -> new Wanted.Strings(Bounded.octets(ranges, Literals::text));
        };
    }

    private static NumberSet.Range unsigned(DecodedField field, Literal literal) throws FilterException {
        if (field.order() == DecodedField.Order.FLAG) {
            return NumberSet.Range.of(Literals.truth(literal)
                    .orElseThrow(() -> wrong(field, literal, "neither 1 nor 0, true nor false")));
        }
        OptionalLong number = literal.quoted() ? OptionalLong.empty() : Literals.integer(literal);
        if (number.isEmpty()) {
            return label(field, literal).orElseThrow(() -> wrong(field, literal, "not a number"));
        }
        long value = number.getAsLong();
        int octets = field.fields().fields().stream().mapToInt(Field::octets).max().orElse(-1);
        if (octets > 0 && octets < Long.BYTES && value >>> octets * Byte.SIZE != 0) {
            throw Literals.wrong(literal, "too big for " + field.name() + ", whose values have " + octets
                    + (octets == 1 ? " octet" : " octets"));
        }
        return NumberSet.Range.of(value);
    }

    private static NumberSet.Range signed(DecodedField field, Literal literal) throws FilterException {
        OptionalLong number = literal.quoted() ? OptionalLong.empty() : Literals.signed(literal);
        return number.isPresent() ? NumberSet.Range.of(number.getAsLong())
                : label(field, literal).orElseThrow(() -> wrong(field, literal, "not a number"));
    }

    private static NumberSet.Range time(Literal literal, ZoneId zone) throws FilterException {
        return NumberSet.Range.of(TimeText.absolute(literal.text(), zone).orElseThrow(() -> Literals.wrong(literal,
                "not a time; write for example \"2026-01-31 10:00:00\", with Z or +01:00 if not in this machine's zone")));
    }

    /** The numbers of a label, whatever its case and blanks. */
    private static Optional<NumberSet.Range> label(DecodedField field, Literal literal) {
        String asked = literal.text().replace(" ", "");
        return field.fields().fields().stream().filter(one -> one.labels() != null)
                .flatMap(one -> StreamSupport.stream(one.labels().spliterator(), false))
                .filter(label -> label.text().replace(" ", "").equalsIgnoreCase(asked))
                .map(label -> new NumberSet.Range(label.from(), label.to())).findFirst();
    }

    private static FilterException wrong(DecodedField field, Literal literal, String what) {
        boolean named = field.fields().fields().stream().anyMatch(one -> one.labels() != null);
        return Literals.wrong(literal, "\"" + literal.text() + "\" is " + (named
                ? "neither a number nor a label of " + field.name() + "; see: fields " + field.name()
                : what));
    }
}
