package io.seidex.query.search;

import io.seidex.capture.Frame;
import io.seidex.query.filter.LuceneQueries;
import io.seidex.query.filter.Predicate;
import io.seidex.schema.IndexField;
import io.seidex.schema.IndexField.Kind;
import io.seidex.schema.IndexField.Values;
import io.seidex.schema.PacketSchema;
import io.seidex.store.Manifest;
import io.seidex.store.Shard;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NIOFSDirectory;
import org.apache.lucene.util.BytesRef;

/** The Lucene index of a shard, open. */
final class OpenShard implements Closeable {
    /**
     * Shards of fewer documents, or of fewer files, are read through file channels: to map a file and give it back costs more
     * than to read little of it. So are shards of so many files that the system's 65,530 mappings would not do.
     */
    private static final long FEW_DOCUMENTS = 100_000;
    private static final int FEW_FILES = 64;
    static final int MOST_MAPPED_FILES = 48_000;
    private static final BytesRef[] NO_OCTETS = {};

    private final Directory directory;
    private final int files;
    private final boolean isMapped;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final LuceneQueries queries;
    private final Map<Predicate, Prepared> prepared = new HashMap<>();
    /** Null until a fragment is met. */
    private FragmentLinks links;
    /** Null until one is asked for. */
    private int[] pieces;
    private int[] behindGaps;

    /** A predicate, ready to be asked of this shard; {@code sure} and {@code maybe} are the same if the index knows all. */
    record Prepared(Weight sure, Weight maybe) {
        boolean isExact() {
            return sure == maybe;
        }
    }

    OpenShard(Shard shard) throws IOException {
        Directory channels = new NIOFSDirectory(shard.path());
        files = kept(channels.listAll());
        isMapped = (shard.documents() >= FEW_DOCUMENTS || files >= FEW_FILES) && files <= MOST_MAPPED_FILES;
        directory = isMapped ? new MMapDirectory(shard.path()) : channels;
        try {
            reader = DirectoryReader.open(directory);
        } catch (IOException e) {
            directory.close();
            throw e;
        }
        searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        int[] interfaceIds = new int[shard.manifest().interfaces().size()];
        for (int row = 0; row < interfaceIds.length; row++) {
            interfaceIds[row] = interfaceId(shard.manifest(), row);
        }
        queries = new LuceneQueries(interfaceIds);
    }

    /** {@code frame.interface_id} of a row; -1 if it has none: a file of pcap's formats has an interface, but does not say so. */
    static int interfaceId(Manifest manifest, long row) {
        Manifest.InterfaceRow known = manifest.interfaces().get((int) row);
        return manifest.captures().get(known.capture()).format().startsWith("pcapng") ? known.source().id() : -1;
    }

    /** How many of a directory's files stay open as long as the index does. */
    private static int kept(String[] names) {
        int kept = 0;
        for (String name : names) {
            int dot = name.lastIndexOf('.');
            kept += dot < 0 || name.startsWith(".si", dot) || name.startsWith(".cfe", dot)
                    || name.startsWith(".json", dot) ? 0
                            : 1;
        }
        return kept;
    }

    /** How many files it has open, mapped or not. */
    int files() {
        return files;
    }

    boolean isMapped() {
        return isMapped;
    }

    List<LeafReaderContext> leaves() {
        return reader.leaves();
    }

    /** Which documents complete divided datagrams. */
    FragmentLinks links() throws IOException {
        if (links == null) {
            links = new FragmentLinks(leaves());
        }
        return links;
    }

    /** Whether a document is of a packet that brought a piece of something that it does not complete. */
    boolean isPiece(int document) throws IOException {
        if (pieces == null) {
            pieces = documents(new TermQuery(new Term(PacketSchema.REASSEMBLY.name(), PacketSchema.PIECE)));
        }
        return Arrays.binarySearch(pieces, document) >= 0;
    }

    /** Whether a document is of a segment that came when octets before it had not. */
    boolean isBehindGap(int document) throws IOException {
        if (behindGaps == null) {
            behindGaps = documents(new TermQuery(new Term(PacketSchema.REASSEMBLY.name(), PacketSchema.GAP)));
        }
        return Arrays.binarySearch(behindGaps, document) >= 0;
    }

    /** The documents that have a term of a field, ascending. */
    int[] documents(IndexField field) throws IOException {
        return documents(new TermRangeQuery(field.name(), null, null, true, true));
    }

    /** The documents that match a query, ascending. */
    int[] documents(Query query) throws IOException {
        IntStream.Builder found = IntStream.builder();
        Weight any = weight(query);
        for (LeafReaderContext leaf : leaves()) {
            Scorer scorer = any.scorer(leaf);
            if (scorer != null) {
                DocIdSetIterator each = scorer.iterator();
                while (each.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    found.add(leaf.docBase + each.docID());
                }
            }
        }
        return found.build().toArray();
    }

    /** The value that any document has of a field of numbers; 0 if there is none. */
    long value(int document, IndexField field) throws IOException {
        LeafReaderContext leaf = leaves().get(ReaderUtil.subIndex(document, leaves()));
        NumericDocValues values = DocValues.getNumeric(leaf.reader(), field.name());
        return values.advanceExact(document - leaf.docBase) ? values.longValue() : 0;
    }

    /** The value that any document has of a field of numbers, if it has one. */
    OptionalLong optional(int document, IndexField field) throws IOException {
        LeafReaderContext leaf = leaves().get(ReaderUtil.subIndex(document, leaves()));
        NumericDocValues values = DocValues.getNumeric(leaf.reader(), field.name());
        return values.advanceExact(document - leaf.docBase) ? OptionalLong.of(values.longValue())
                : OptionalLong.empty();
    }

    /** Whether the record that a frame was read from is what a document says of it: times and lengths. */
    boolean isSame(int document, Frame frame) throws IOException {
        long length = value(document, PacketSchema.FRAME_LENGTH);
        OptionalLong time = optional(document, PacketSchema.FRAME_TIME);
        return frame.original() == length
                && frame.captured() == optional(document, PacketSchema.FRAME_CAPTURED).orElse(length)
                && frame.hasTime() == time.isPresent() && (!frame.hasTime() || frame.timeNanos() == time.getAsLong());
    }

    /** The octets that a document keeps of a field of {@link Kind#OCTETS}: each time other ones, from their arrays' begin. */
    BytesRef[] stored(int document, IndexField field) throws IOException {
        if (field.values() == Values.BINARY) {
            LeafReaderContext leaf = leaves().get(ReaderUtil.subIndex(document, leaves()));
            BinaryDocValues values = DocValues.getBinary(leaf.reader(), field.name());
            return values.advanceExact(document - leaf.docBase) ? parts(values.binaryValue()) : NO_OCTETS;
        }
        return reader.storedFields().document(document, Set.of(field.name())).getBinaryValues(field.name());
    }

    /** The octets of a document behind one another, each behind its length. */
    private static BytesRef[] parts(BytesRef value) {
        List<BytesRef> parts = new ArrayList<>();
        ByteArrayDataInput in = new ByteArrayDataInput(value.bytes, value.offset, value.length);
        while (!in.eof()) {
            byte[] part = new byte[in.readVInt()];
            in.readBytes(part, 0, part.length);
            parts.add(new BytesRef(part));
        }
        return parts.toArray(NO_OCTETS);
    }

    /** Asks a predicate that holds no question for the capture. */
    Prepared prepare(Predicate predicate) throws IOException {
        Prepared ready = prepared.get(predicate);
        if (ready == null) {
            LuceneQueries.Answer answer = queries.answer(predicate);
            Weight maybe = weight(answer.maybe());
            ready = new Prepared(answer.isExact() ? maybe : weight(answer.sure()), maybe);
            prepared.put(predicate, ready);
        }
        return ready;
    }

    /** Forgets the predicates of a query that is done. */
    void forget() {
        prepared.clear();
    }

    private Weight weight(Query query) throws IOException {
        return searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
    }

    @Override
    public void close() throws IOException {
        try (directory) {
            reader.close();
        }
    }
}
