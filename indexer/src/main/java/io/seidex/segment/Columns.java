package io.seidex.segment;

import io.seidex.capture.Frame;
import io.seidex.octets.Octets;
import io.seidex.schema.Flow;
import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Kind;
import io.seidex.schema.PacketSchema;
import io.seidex.schema.ValueSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The values of up to about a million packets, field by field, as {@link SegmentWriter} needs them. Filled packet by packet:
 * the values of a packet in any order of fields, then {@link #endDocument()}. Written, cleared, and filled again, always in
 * the same arrays: once they have grown to the traffic, nothing is allocated.
 *
 * <p>Terms: of most fields each distinct value is kept once, with the list of its documents ({@link Dictionary}); of fields
 * of many distinct values every occurrence is kept and sorted at the end ({@link PairTerms}). A value that a document has
 * twice counts once. Doc values: numbers come from {@link #header}, octets from the first occurrence.
 * Numbers are cut to the octets of their field. Octets of a length that the field's kind does not have are no value and
 * leave no trace. Texts are cut to {@link #TEXT_LIMIT} octets.
 *
 * <p>One thread at a time. After each document whoever fills the columns asks {@link #isFull()}.
 */
public final class Columns extends ValueSink {
    /** Octets of the longest term that Lucene takes: longer texts are cut here, when written and when searched for. */
    public static final int TEXT_LIMIT = 32_766;

    /** Documents a segment where nobody says otherwise. */
    public static final int DOCUMENTS = 1 << 20;

    /** Documents between two looks at what a document costs. */
    private static final int COST_INTERVAL = 1 << 10;
    private static final int NONE = -1;
    private static final int ROOM_COST = 8;
    /** Octets of the address of an endpoint. */
    private static final int ADDRESS = 16;
    /** Values of all columns together that have a bitmap; besides, these take at most an eighth of the memory. */
    private static final int MOST_BITMAPS = 1 << 10;

    private final int documentLimit;
    private final long usedLimit;
    private final long budget;
    private final List<IndexField> fields;
    private final DocumentLists lists;

    // By the field's ordinal, null or -1 where the field has none.
    private final TermColumn[] terms;
    private final TextColumn[] texts;
    /** Texts that are values of documents too. */
    private final TextTerms[] valueTexts;
    private final FirstValues[] firsts;
    /** Terms of one or two octets. */
    private final NumberTerms[] sets;
    private final int[] termSlots;
    private final int[] valueSlots;
    /** Where values of a field wait together with those of other fields; what comes alone waits for them. */
    private final int[] togetherSlots;
    private final Flows flows;
    private final int flowSlot;
    private final int frameSlot;
    /** By the ordinal of the source port's field. */
    private final int[] portSlots;
    private final long[] masks;
    /** Octets of a value that comes as octets; 0 where any length will do, or none. */
    private final int[] lengths;

    private final Staging staging = new Staging();
    private final byte[] text = new byte[TEXT_LIMIT];

    private int documents;
    private long valueCost = ROOM_COST;

    /** What writing a segment needs. */
    private final SortRoom room = new SortRoom();

    /**
     * @param schema the fields that have columns
     * @param documentLimit documents after which the columns are full
     * @param budget octets of memory that the columns may hold, their growth included
     */
    public Columns(PacketSchema schema, int documentLimit, long budget) {
        this(schema.fields(), documentLimit, budget, schema::labels);
    }

    /** @param labels the words of a field of {@link Kind#LABEL}, in the order of their places */
    Columns(List<IndexField> fields, int documentLimit, long budget, Function<IndexField, List<String>> labels) {
        this.fields = fields;
        this.documentLimit = documentLimit;
        this.budget = budget;
        this.usedLimit = budget / 3 * 2;
        this.lists = new DocumentLists((int) Math.min(MOST_BITMAPS, budget / 8 / (documentLimit / 8 + 1)));
        int size = fields.size();
        terms = new TermColumn[size];
        texts = new TextColumn[size];
        valueTexts = new TextTerms[size];
        firsts = new FirstValues[size];
        sets = new NumberTerms[size];
        termSlots = new int[size];
        valueSlots = new int[size];
        togetherSlots = new int[size];
        portSlots = new int[size];
        Arrays.fill(togetherSlots, NONE);
        Arrays.fill(portSlots, NONE);
        masks = new long[size];
        lengths = new int[size];
        SplittableRandom random = new SplittableRandom();
        for (IndexField field : fields) {
            add(field, labels, random);
        }
        flows = new Flows(
                (NumberTerms) of(PacketSchema.IP_SRC),
                (NumberTerms) of(PacketSchema.IP_DST),
                (KeyTerms) of(PacketSchema.IPV6_SRC),
                (KeyTerms) of(PacketSchema.IPV6_DST),
                (KeyTerms) of(PacketSchema.COMMUNITY_ID),
                random.nextLong() | 1);
        flowSlot = staging.assign(flows, Flows.WORDS);
        for (IndexField field : List.of(PacketSchema.IP_SRC, PacketSchema.IP_DST, PacketSchema.IPV6_SRC,
                PacketSchema.IPV6_DST, PacketSchema.COMMUNITY_ID)) {
            togetherSlots[field.ordinal()] = flowSlot;
        }
        Frames frames = new Frames(
                values(PacketSchema.CAPTURE.ordinal()),
                values(PacketSchema.FRAME_INTERFACE.ordinal()),
                values(PacketSchema.FRAME_NUMBER.ordinal()),
                values(PacketSchema.FRAME_OFFSET.ordinal()),
                values(PacketSchema.FRAME_LENGTH.ordinal()),
                values(PacketSchema.FRAME_TIME.ordinal()));
        frameSlot = staging.assign(frames, Frames.WORDS);
        for (IndexField field : List.of(PacketSchema.CAPTURE, PacketSchema.FRAME_INTERFACE, PacketSchema.FRAME_NUMBER,
                PacketSchema.FRAME_OFFSET, PacketSchema.FRAME_LENGTH, PacketSchema.FRAME_TIME)) {
            togetherSlots[field.ordinal()] = frameSlot;
        }
        addPorts(PacketSchema.UDP_SRCPORT, PacketSchema.UDP_DSTPORT);
        addPorts(PacketSchema.TCP_SRCPORT, PacketSchema.TCP_DSTPORT);
        addPorts(PacketSchema.SCTP_SRCPORT, PacketSchema.SCTP_DSTPORT);
    }

    private TermColumn of(IndexField field) {
        return terms[field.ordinal()];
    }

    private void addPorts(IndexField source, IndexField destination) {
        int s = source.ordinal();
        int d = destination.ordinal();
        portSlots[s] = staging.assign(new Ports(sets[s], sets[d], firsts[s], firsts[d]), 1);
        togetherSlots[s] = portSlots[s];
        togetherSlots[d] = portSlots[s];
    }

    private void add(IndexField field, Function<IndexField, List<String>> labels, SplittableRandom random) {
        int f = field.ordinal();
        int octets = octets(field);
        int idOctets = octets > ADDRESS ? octets - ADDRESS : octets;
        masks[f] = idOctets == 8 ? -1 : (1L << 8 * idOctets) - 1;
        lengths[f] = switch (field.kind()) {
            case IPV4, IPV6, SEID_ENDPOINT, TEID_ENDPOINT, COMMUNITY_ID -> field.terms() ? octets : 0;
            case UNSIGNED, TEXT, OCTETS, LABEL, TIME, CAPTURE, INTERFACE -> 0;
        };
        termSlots[f] = NONE;
        valueSlots[f] = NONE;
        FirstValues ordinals = null;
        switch (field.values()) {
            case NONE, BINARY, STORED -> {
                // Not in columns.
            }
            case NUMBER, NUMBER_SKIPPING -> {
                firsts[f] = new FirstValues(octets <= 4);
                valueSlots[f] = staging.assign(firsts[f], 1);
            }
            case OCTETS -> {
                boolean dictionary = field.terms()
                        && (field.kind() == Kind.IPV4 || field.kind() == Kind.IPV6 || field.kind() == Kind.TEXT);
                if (!dictionary) {
                    throw new IllegalArgumentException(field + ": values of octets are kept as ordinals of terms");
                }
                ordinals = firsts[f] = new FirstValues(true);
            }
        }
        if (field.terms()) {
            addTerms(field, octets, ordinals, labels, random);
        }
    }

    private void addTerms(
            IndexField field,
            int octets,
            FirstValues ordinals,
            Function<IndexField, List<String>> labels,
            SplittableRandom random) {
        int f = field.ordinal();
        switch (field.kind()) {
            case TEXT -> {
                if (ordinals == null) {
                    KeyTerms keys = KeyTerms.ofTexts(lists, multipliers(random));
                    TextTerms longer = new TextTerms(lists, null, random.nextLong() | 1);
                    terms[f] = texts[f] = new TextColumn(keys, longer, staging);
                } else {
                    terms[f] = valueTexts[f] = new TextTerms(lists, ordinals, random.nextLong() | 1);
                }
            }
            case IPV6, COMMUNITY_ID -> {
                KeyTerms keys = new KeyTerms(octets, lists, ordinals, multipliers(random));
                assign(f, keys, keys, (octets + 7) / 8);
            }
            case SEID_ENDPOINT, TEID_ENDPOINT -> {
                KeyTerms addresses = new KeyTerms(ADDRESS, lists, null, multipliers(random));
                PairTerms endpoints = new PairTerms(octets - ADDRESS, lists, addresses);
                assign(f, endpoints, endpoints, 3);
            }
            case OCTETS -> throw new IllegalArgumentException(field + ": octets of any length are no terms");
            case LABEL, UNSIGNED, IPV4, TIME, CAPTURE, INTERFACE -> {
                if (octets <= 2) {
                    byte[][] words = field.kind() == Kind.LABEL ? words(labels.apply(field)) : new byte[0][];
                    terms[f] = sets[f] = new NumberTerms(octets, words, lists, ordinals, random.nextLong() | 1);
                } else if (ordinals != null) {
                    NumberTerms numbers =
                            new NumberTerms(octets, new byte[0][], lists, ordinals, random.nextLong() | 1);
                    assign(f, numbers, numbers, 1);
                } else {
                    PairTerms pairs = new PairTerms(octets, lists, null);
                    assign(f, pairs, pairs, 1);
                }
            }
        }
    }

    private void assign(int f, TermColumn column, Staging.Column staged, int words) {
        terms[f] = column;
        termSlots[f] = staging.assign(staged, words);
    }

    private static long[] multipliers(SplittableRandom random) {
        return random.longs(4).map(multiplier -> multiplier | 1).toArray();
    }

    /** Octets of a term of {@code field}; of a text, 0; of a label, as many as its place in the list may take. */
    static int octets(IndexField field) {
        return switch (field.kind()) {
            case UNSIGNED -> field.octets();
            case IPV4, CAPTURE, INTERFACE -> 4;
            case IPV6 -> 16;
            case TEXT, OCTETS -> 0;
            case LABEL -> 2;
            case SEID_ENDPOINT -> 24;
            case TEID_ENDPOINT, COMMUNITY_ID -> 20;
            case TIME -> 8;
        };
    }

    private static byte[][] words(List<String> labels) {
        return labels.stream().map(label -> label.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }

    @Override
    public void number(IndexField field, long value) {
        int f = field.ordinal();
        NumberTerms set = sets[f];
        if (set != null) {
            set.add((int) (value & masks[f]), documents);
            return;
        }
        int slot = termSlots[f];
        if (slot >= 0) {
            staging.add(slot, value & masks[f], documents);
        }
    }

    @Override
    public void header(IndexField field, long value) {
        int f = field.ordinal();
        int slot = valueSlots[f];
        if (slot >= 0) {
            waitForOthers(f);
            staging.add(slot, value & masks[f], documents);
            if (togetherSlots[f] != NONE) {
                staging.drain(slot);
            }
        }
        number(field, value);
    }

    @Override
    public void octets(IndexField field, Octets octets, long at, int length) {
        int f = field.ordinal();
        if (field.kind() == Kind.TEXT) {
            int size = Math.min(length, TEXT_LIMIT);
            octets.copyTo(at, text, 0, size);
            add(f, text, size);
        } else if (length == lengths[f] && length > 0) {
            waitForOthers(f);
            add(field, termSlots[f], octets, at, length);
            passOthers(f);
        }
    }

    private void add(int f, byte[] text, int length) {
        if (texts[f] != null) {
            texts[f].add(text, length, documents);
        } else {
            valueTexts[f].add(text, length, documents);
        }
    }

    private void add(IndexField field, int slot, Octets octets, long at, int length) {
        switch (length) {
            case 4 -> staging.add(slot, octets.u32(at), documents);
            case 16 -> staging.add(slot, octets.i64(at), octets.i64(at + 8), documents);
            case 20 -> staging.add(slot, octets.i64(at), octets.i64(at + 8), octets.u32(at + 16), documents);
            case 24 -> staging.add(slot, octets.i64(at), octets.i64(at + 8), octets.i64(at + 16), documents);
            default -> throw new AssertionError(field);
        }
    }

    @Override
    public void text(IndexField field, byte[] text, int length) {
        int f = field.ordinal();
        if (field.kind() == Kind.TEXT) {
            add(f, text, Math.min(length, TEXT_LIMIT));
        } else if (length == lengths[f] && length > 0) {
            waitForOthers(f);
            add(field, termSlots[f], text, length);
            passOthers(f);
        }
    }

    private void add(IndexField field, int slot, byte[] text, int length) {
        switch (length) {
            case 4 -> staging.add(slot, KeyTerms.u32(text, 0), documents);
            case 16 -> staging.add(slot, KeyTerms.i64(text, 0), KeyTerms.i64(text, 8), documents);
            case 20 -> staging.add(
                    slot, KeyTerms.i64(text, 0), KeyTerms.i64(text, 8), KeyTerms.u32(text, 16), documents);
            case 24 -> staging.add(
                    slot, KeyTerms.i64(text, 0), KeyTerms.i64(text, 8), KeyTerms.i64(text, 16), documents);
            default -> throw new AssertionError(field);
        }
    }

    /** Values of a column come in the order of the documents: those that came together with others before one alone. */
    private void waitForOthers(int f) {
        if (togetherSlots[f] != NONE) {
            staging.drain(togetherSlots[f]);
        }
    }

    /** And that one before further ones. */
    private void passOthers(int f) {
        if (togetherSlots[f] != NONE) {
            staging.drain(termSlots[f]);
        }
    }

    @Override
    public void frame(Frame frame, int capture, int source) {
        if (frame.hasTime()) {
            Frames.stage(staging, frameSlot, frame, capture, source, documents);
            if (frame.captured() != frame.original()) {
                header(PacketSchema.FRAME_CAPTURED, frame.captured());
            }
        } else {
            super.frame(frame, capture, source);
        }
    }

    @Override
    public void flow(Flow flow) {
        Flows.stage(staging, flowSlot, flow, documents);
        if (flow.hasPorts()) {
            staging.add(
                    portSlots[flow.sourcePortField().ordinal()],
                    Ports.value(flow.sourcePort(), flow.destinationPort(), flow.isFirst()),
                    documents);
        }
    }

    @Override
    public void endpoint(IndexField field, long high, long low, long id) {
        int f = field.ordinal();
        staging.add(termSlots[f], high, low, id & masks[f], documents);
    }

    /** The values given since the last call were one document's. */
    public void endDocument() {
        if ((++documents & NumberSets.DOCUMENTS - 1) == 0) {
            drainSets();
        }
        if ((documents & COST_INTERVAL - 1) == 0) {
            valueCost = ROOM_COST;
            for (FirstValues values : firsts) {
                valueCost += values == null ? 0 : values.cost();
            }
        }
    }

    private void drainSets() {
        for (int slot : portSlots) {
            if (slot >= 0) {
                staging.drain(slot);
            }
        }
        int first = documents - 1 & -NumberSets.DOCUMENTS;
        for (NumberTerms set : sets) {
            if (set != null) {
                set.drain(first);
            }
        }
    }

    /** Documents so far. */
    public int documents() {
        return documents;
    }

    /** Whether the columns are to be written before another document is begun. */
    public boolean isFull() {
        return documents >= documentLimit || used() >= usedLimit;
    }

    /** Octets of memory in use. What is held, {@link #bytes()}, is at most half as much again once it has grown. */
    private long used() {
        return lists.used() + (long) documents * valueCost;
    }

    /** Octets of memory that the columns hold. */
    public long bytes() {
        long bytes = lists.bytes() + staging.bytes() + flows.bytes() + TEXT_LIMIT + room.bytes();
        for (int f = 0; f < fields.size(); f++) {
            bytes += (terms[f] == null ? 0 : terms[f].bytes()) + (firsts[f] == null ? 0 : firsts[f].bytes());
        }
        return bytes;
    }

    /** Forgets every document, and begins again with the first. */
    public void clear() {
        // Traffic that changes would leave behind arrays that nothing fills: when over the budget they go.
        boolean release = bytes() > budget;
        for (int f = 0; f < fields.size(); f++) {
            if (terms[f] != null) {
                terms[f].clear(documents, release);
            }
            if (firsts[f] != null) {
                firsts[f].clear(release);
            }
        }
        staging.clear();
        flows.clear(release);
        lists.clear(release);
        if (release) {
            room.release();
        }
        documents = 0;
        valueCost = ROOM_COST;
    }

    SortRoom room() {
        return room;
    }

    /** Makes ready for being written. */
    void settle() {
        drainSets();
        staging.drain();
        for (int f = 0; f < fields.size(); f++) {
            if (terms[f] != null) {
                terms[f].settle();
            }
        }
    }

    List<IndexField> fields() {
        return fields;
    }

    /** The terms of the field of ordinal {@code f}, null if it has none. */
    TermColumn terms(int f) {
        return terms[f];
    }

    /** The documents' own values of the field of ordinal {@code f}, null if it has none. */
    FirstValues values(int f) {
        return firsts[f];
    }
}
