package io.seidex.query.search;

import io.seidex.capture.Capture;
import io.seidex.capture.CaptureInterface;
import io.seidex.capture.Frame;
import io.seidex.decode.UdpHeader;
import io.seidex.query.dissect.FrameLink;
import io.seidex.query.dissect.NodeText;
import io.seidex.query.dissect.PacketTree;
import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import io.seidex.schema.StreamRow;
import io.seidex.store.IndexedCapture;
import io.seidex.store.Manifest;
import io.seidex.store.Overlays;
import io.seidex.store.PacketIndex;
import io.seidex.store.Shard;
import io.seidex.store.ShardPart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;

/** A packet that was found: what its document says, and its values as {@link PacketReader} reads them. A window that moves. */
public final class Hit {
    private static final List<IndexField> PLACE = List.of(PacketSchema.CAPTURE, PacketSchema.FRAME_NUMBER,
            PacketSchema.FRAME_OFFSET, PacketSchema.FRAME_CAPTURED, PacketSchema.FRAME_LENGTH,
            PacketSchema.FRAME_INTERFACE, PacketSchema.FRAME_TIME);

    private static final BytesRef[] NO_OCTETS = {};

    private final NumericDocValues[] numbers;
    private final SortedDocValues[] octets;
    private final PacketReader reader;
    private final PacketSchema schema;
    private final Overlays overlays;
    private final PacketValues values;
    private final PacketTree tree = new PacketTree();
    private final NodeText nodeText = new NodeText();

    private IndexedCapture capture;
    private ShardPart part;
    /** The shard that holds the document: the part's, or an overlay. */
    private Manifest manifest;
    private OpenShard shard;
    private LeafReader leaf;
    /** Null until it is asked for. */
    private LabelTerms faults;
    private int base;
    private int document;
    private boolean hasValues;
    private boolean isDecoded;
    private boolean hasTree;
    private boolean isDissected;

    Hit(PacketIndex index, PacketReader reader) {
        this.reader = reader;
        this.schema = index.schema();
        this.overlays = index.overlays();
        values = new PacketValues(schema);
        numbers = new NumericDocValues[schema.fields().size()];
        octets = new SortedDocValues[schema.fields().size()];
    }

    /** The fields of the index. */
    public PacketSchema schema() {
        return schema;
    }

    /** Enters a segment: its documents may be visited in ascending order. */
    void enter(
            IndexedCapture capture, ShardPart part, Shard holder, OpenShard shard, LeafReaderContext segment) {
        this.capture = capture;
        this.part = part;
        this.manifest = holder.manifest();
        this.shard = shard;
        this.leaf = segment.reader();
        this.base = segment.docBase;
        this.faults = null;
        Arrays.fill(numbers, null);
        Arrays.fill(octets, null);
    }

    void move(int document) {
        this.document = document;
        this.hasValues = false;
        this.hasTree = false;
    }

    /** The capture that the packet is in. */
    public IndexedCapture capture() {
        return capture;
    }

    /** {@code frame.number}. */
    public long number() throws IOException {
        return value(PacketSchema.FRAME_NUMBER);
    }

    /** Whether the document has a value of a field of numbers. */
    public boolean hasValue(IndexField field) throws IOException {
        return field == PacketSchema.FRAME_CAPTURED || documentValues(field).advanceExact(document);
    }

    /** The value that the document has of a field of numbers; 0 if there is none. */
    public long value(IndexField field) throws IOException {
        NumericDocValues values = documentValues(field);
        if (values.advanceExact(document)) {
            return values.longValue();
        }
        return field == PacketSchema.FRAME_CAPTURED ? value(PacketSchema.FRAME_LENGTH) : 0;
    }

    /** The interface that captured the packet. */
    public CaptureInterface source() throws IOException {
        long row = value(PacketSchema.FRAME_INTERFACE);
        return manifest.interfaces().get((int) row).source();
    }

    /**
     * The frames without which a divided datagram that the packet completes cannot be put together, ascending, its own not
     * among them; none if it completes nothing. What stands in a tunnel may need others than its own fragments.
     */
    SortedSet<Long> pieces() throws IOException {
        SortedSet<Long> needed = new TreeSet<>();
        pieces(base + document, needed);
        needed.remove(number());
        return needed;
    }

    private void pieces(int of, SortedSet<Long> needed) throws IOException {
        for (long frame : shard.links().pieces(of)) {
            if (needed.add(frame)) {
                pieces(documentOf(frame), needed);
            }
        }
    }

    private int documentOf(long frame) throws IOException {
        return frame == number() ? base + document
                : (int) (part.part().firstDocument() + frame - part.part().start().frame());
    }

    /** The join that the packet is in; null if it is in none. */
    Overlays.Place join() throws IOException {
        return overlays.isEmpty() ? null : overlays.of(capture.id(), number());
    }

    /** Takes a frame that brought a piece, in a capture of an id. */
    interface PieceSink {
        void piece(String capture, long frame);
    }

    /** Every frame without which what the packet completes cannot be put together, its own not among them. */
    void eachPiece(PieceSink sink) throws IOException {
        Overlays.Place join = join();
        if (join == null) {
            for (long frame : pieces()) {
                sink.piece(capture.id(), frame);
            }
            return;
        }
        join.pieces().forEach(row -> sink.piece(join.capture(row).id(), row.frame()));
    }

    /** The part of a capture that the packet is in. */
    ShardPart part() {
        return part;
    }

    /**
     * The frames of that part that are fragments, or complete a divided datagram, ascending.
     *
     * @param others finds others that are wanted too; null for none
     */
    long[] fragments(Query others) throws IOException {
        Manifest.Part in = part.part();
        int[] fragments = shard.documents(PacketSchema.REASSEMBLY);
        IntStream wanted = others == null ? IntStream.of(fragments)
                : IntStream.concat(IntStream.of(fragments), IntStream.of(shard.documents(others))).sorted().distinct();
        return wanted
                .filter(each -> each >= in.firstDocument() && each < in.firstDocument() + in.documents())
                .mapToLong(each -> in.start().frame() + each - in.firstDocument()).toArray();
    }

    /** Reads another frame of this part of the capture; false if its record is not what its document says. */
    boolean read(Capture in, long frame, Frame into) throws IOException {
        int of = documentOf(frame);
        return in.frameAt(shard.value(of, PacketSchema.FRAME_OFFSET), sourceOf(frame), into) && shard.isSame(of, into);
    }

    /** The interface that captured another frame of this part of the capture. */
    private CaptureInterface sourceOf(long frame) throws IOException {
        long row = shard.value(documentOf(frame), PacketSchema.FRAME_INTERFACE);
        return part.shard().manifest().interfaces().get((int) row).source();
    }

    /** The frames that complete a datagram with a fragment of the packet, itself not among them. */
    long[] reassembledIn(IndexField field) throws IOException {
        Manifest.Part in = part.part();
        int[] documents = shard.links().completed(number(), in.firstDocument(), in.documents(), field);
        return IntStream.of(documents).filter(other -> other != base + document)
                .mapToLong(other -> in.start().frame() + other - in.firstDocument()).toArray();
    }

    /** The frames that brought the pieces of what the packet completes that a field names, ascending; if it is in no join. */
    long[] pieces(IndexField field) throws IOException {
        return shard.links().pieces(base + document, field);
    }

    /** Where the messages stand that the packet completes in its stream; as {@link StreamRow} has it. */
    long[] streamRows() throws IOException {
        long first = value(PacketSchema.STREAM_MESSAGES);
        BytesRef[] others = StreamRow.hasOthers(first) ? stored(PacketSchema.STREAM_MORE_MESSAGES) : NO_OCTETS;
        if (others.length == 0) {
            return new long[] {first};
        }
        ByteBuffer rows = ByteBuffer.wrap(others[0].bytes, others[0].offset, others[0].length);
        long[] all = new long[1 + others[0].length / Long.BYTES];
        all[0] = first;
        for (int i = 1; i < all.length; i++) {
            all[i] = rows.getLong();
        }
        return all;
    }

    /** Hands over where messages stand that do not follow the first. */
    void streamRows(PacketValues into) throws IOException {
        if (StreamRow.hasOthers(value(PacketSchema.STREAM_MESSAGES))) {
            keptValue(PacketSchema.STREAM_MORE_MESSAGES, into);
        }
    }

    /** Whether it brought a piece of a datagram or message that it does not complete. */
    boolean isPiece() throws IOException {
        return shard.isPiece(base + document);
    }

    /** Whether it is a segment that came when octets before it had not. */
    boolean isBehindGap() throws IOException {
        return shard.isBehindGap(base + document);
    }

    /** The octets that the document keeps of a field of octets of any length. */
    BytesRef[] stored(IndexField field) throws IOException {
        return shard.stored(base + document, field);
    }

    /** Makes {@code into} a frame of this part of the capture as the index has it; false if it does not. */
    boolean restore(long frame, Frame into) throws IOException {
        int of = documentOf(frame);
        BytesRef[] octets = shard.stored(of, PacketSchema.FRAME_OCTETS);
        if (octets.length == 0) {
            return false;
        }
        into.restore(octets[0].bytes, frame, shard.value(of, PacketSchema.FRAME_OFFSET),
                shard.value(of, PacketSchema.FRAME_LENGTH), sourceOf(frame),
                shard.optional(of, PacketSchema.FRAME_TIME));
        return true;
    }

    /** {@code frame.interface_id}; -1 if the capture does not name its interfaces. */
    public int interfaceId() throws IOException {
        return OpenShard.interfaceId(manifest, value(PacketSchema.FRAME_INTERFACE));
    }

    /** Hands over what the document says is wrong with the packet: the place of each fault among the words of its field. */
    void faults(IntConsumer sink) throws IOException {
        if (faults == null) {
            faults = new LabelTerms(leaf, PacketSchema.FAULT, schema.labels(PacketSchema.FAULT));
        }
        faults.of(document, sink);
    }

    /**
     * Every value of the packet, decoded again from its capture. If that is gone or has changed, the trouble is told, and
     * the values are those that the document keeps: the first of each field.
     */
    public PacketValues values() throws IOException {
        if (!hasValues) {
            hasValues = true;
            isDecoded = reader.read(this, values);
            if (!isDecoded) {
                keptValues();
            }
        }
        return values;
    }

    /** Whether {@link #values} are the packet's own, all of them. */
    public boolean isDecoded() throws IOException {
        values();
        return isDecoded;
    }

    /** Everything in the packet, decoded again from its capture; null if that is gone or has changed, which is told. */
    public PacketTree tree() throws IOException {
        if (!hasTree) {
            hasTree = true;
            isDissected = reader.read(this, tree);
        }
        return isDissected ? tree : null;
    }

    /** Room for the text of a node. */
    NodeText nodeText() {
        return nodeText;
    }

    /** The values that are the record's, not the packet's: as {@link #values}, without a look at the capture. */
    public PacketValues recordValues() throws IOException {
        if (hasValues) {
            return values;
        }
        values.clear();
        placeValues(values);
        return values;
    }

    /** Hands over what is the record's, not the packet's. */
    void placeValues(PacketValues into) throws IOException {
        for (IndexField field : PLACE) {
            if (hasValue(field) && (field != PacketSchema.FRAME_INTERFACE || interfaceId() >= 0)) {
                into.header(field, value(field));
            }
        }
    }

    /** Hands over what a datagram was put together from whose fragments cannot be read any more. */
    void datagramValues(PacketValues into) throws IOException {
        into.number(PacketSchema.REASSEMBLY, PacketSchema.label(PacketSchema.WHOLE));
        frames(PacketSchema.IP_FRAGMENT, into);
        frames(PacketSchema.IPV6_FRAGMENT, into);
        for (IndexField field : List.of(PacketSchema.IP_FRAGMENT_COUNT, PacketSchema.IPV6_FRAGMENT_COUNT,
                PacketSchema.IP_REASSEMBLED_LENGTH, PacketSchema.IPV6_REASSEMBLED_LENGTH)) {
            keptValue(field, into);
        }
    }

    private void frames(IndexField field, PacketValues into) throws IOException {
        for (FrameLink frame : reader.pieces(this, field)) {
            into.number(field, frame.number());
        }
    }

    /** Hands over what stands in a message that other packets hold pieces of: the document keeps it. */
    void messageValues(PacketValues into) throws IOException {
        if (hasValue(PacketSchema.REASSEMBLY_LENGTH)) {
            into.number(PacketSchema.REASSEMBLY, PacketSchema.label(PacketSchema.WHOLE));
            frames(PacketSchema.REASSEMBLY_FRAGMENT, into);
            keptValue(PacketSchema.REASSEMBLY_FRAGMENT_COUNT, into);
            keptValue(PacketSchema.REASSEMBLY_LENGTH, into);
        }
        for (IndexField field : schema.messageFields()) {
            keptValue(field, into);
        }
    }

    private void keptValues() throws IOException {
        values.clear();
        placeValues(values);
        faults(label -> values.number(PacketSchema.FAULT, label));
        for (IndexField field : schema.fields()) {
            if (!PLACE.contains(field)) {
                keptValue(field, values);
            }
        }
        if (!values.has(PacketSchema.PAYLOAD) && values.has(PacketSchema.UDP_SRCPORT)) {
            // What UDP carried in a datagram that was put together.
            for (IndexField field : List.of(PacketSchema.IP_REASSEMBLED_DATA, PacketSchema.IPV6_REASSEMBLED_DATA)) {
                for (BytesRef data : stored(field)) {
                    byte[] datagram = BytesRef.deepCopyOf(data).bytes;
                    if (datagram.length > UdpHeader.LENGTH) {
                        values.text(PacketSchema.PAYLOAD,
                                Arrays.copyOfRange(datagram, UdpHeader.LENGTH, datagram.length),
                                datagram.length - UdpHeader.LENGTH);
                    }
                }
            }
        }
    }

    private void keptValue(IndexField field, PacketValues into) throws IOException {
        switch (field.values()) {
            case NUMBER, NUMBER_SKIPPING -> {
                if (hasValue(field)) {
                    into.header(field, value(field));
                }
            }
            case OCTETS -> {
                SortedDocValues kept = keptOctets(field);
                if (kept.advanceExact(document)) {
                    BytesRef value = kept.lookupOrd(kept.ordValue());
                    byte[] copy = BytesRef.deepCopyOf(value).bytes;
                    into.text(field, copy, copy.length);
                }
            }
            case BINARY, STORED -> {
                for (BytesRef value : shard.stored(base + document, field)) {
                    into.text(field, value.bytes, value.length);
                }
            }
            case NONE -> {
                // Only its terms are in the index, and they cannot be had by document.
            }
        }
    }

    private NumericDocValues documentValues(IndexField field) throws IOException {
        NumericDocValues values = numbers[field.ordinal()];
        if (values == null) {
            values = DocValues.getNumeric(leaf, field.name());
            numbers[field.ordinal()] = values;
        }
        return values;
    }

    private SortedDocValues keptOctets(IndexField field) throws IOException {
        SortedDocValues values = octets[field.ordinal()];
        if (values == null) {
            values = DocValues.getSorted(leaf, field.name());
            octets[field.ordinal()] = values;
        }
        return values;
    }
}
