package io.seidex.store;

import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * A filter that says which identifiers a shard surely does not hold, so that a search for one of them opens only the few
 * shards that may. A blocked Bloom filter of 10 bits a distinct term, in the shard's file {@code identifiers}. That of a small
 * shard is in the catalog too; of another, a look reads two places of the file and keeps nothing.
 *
 * <pre>
 *  octets  0-7    "SEIDEX I"
 *          8-11   format, 1
 *         12-15   number of blocks
 *         16-19   length of the names
 *         20-     names of the fields that are in the filter, UTF-8, one a line
 *     then        the blocks, of 64 octets
 * </pre>
 *
 * <p>The hash of a term is MurmurHash3 of 128 bits, seeded with the {@link String#hashCode()} of its field's name. Its first
 * half, taken as a fraction, chooses the block; its second half seven bits of it, nine bits a choice. A field with so many
 * terms that the filter would outgrow {@link #LIMIT} is left out: every shard may hold its terms.
 */
final class Identifiers {
    private static final long MAGIC = 0x5345_4944_4558_2049L;
    private static final int FORMAT = 1;
    private static final int HEADER = 20;
    /** What is read to find the header, the names included. */
    private static final int BEGINNING = 2048;
    private static final int BLOCK = 64;
    private static final int TERM_BITS = 10;
    private static final int CHOICES = 7;
    /** Terms that are added together. */
    private static final int BATCH = 64;

    /** Octets of the largest filter. */
    static final long LIMIT = 8 << 20;

    /** Octets of the largest filter that is copied into the catalog. */
    static final int SMALL = 4096;

    /** Not known: the shard may hold anything. */
    static final byte[] NONE = {};

    private Identifiers() {}

    /**
     * Whether the terms of a field tell shards apart: types, ports and the numbers of frames are in all of them, and F-SEIDs' SEIDs
     * are SEIDs.
     */
    static boolean covers(IndexField field) {
        if (!field.terms() || field == PacketSchema.IP_FRAGMENT || field == PacketSchema.IPV6_FRAGMENT) {
            return false;
        }
        return switch (field.kind()) {
            case UNSIGNED -> field.octets() >= 4;
            case IPV4, IPV6, TEXT, TEID_ENDPOINT, COMMUNITY_ID -> true;
            case SEID_ENDPOINT, LABEL, TIME, CAPTURE, INTERFACE, OCTETS -> false;
        };
    }

    /** The filter's file for the terms of an index. */
    static byte[] of(IndexReader reader, PacketSchema schema) throws IOException {
        Map<IndexField, Long> counts = new HashMap<>();
        for (IndexField field : schema.fields()) {
            if (covers(field)) {
                long count = 0;
                for (LeafReaderContext leaf : reader.leaves()) {
                    Terms terms = leaf.reader().terms(field.name());
                    count += terms == null ? 0 : terms.size();
                }
                counts.put(field, count);
            }
        }
        List<IndexField> fields = new ArrayList<>(counts.keySet());
        fields.sort(Comparator.<IndexField>comparingLong(counts::get).thenComparing(IndexField::ordinal));
        long terms = 0;
        StringBuilder names = new StringBuilder();
        List<IndexField> covered = new ArrayList<>();
        for (IndexField field : fields) {
            if ((terms + counts.get(field)) * TERM_BITS / 8 <= LIMIT) {
                terms += counts.get(field);
                covered.add(field);
                names.append(field.name()).append('\n');
            }
        }
        byte[] text = names.toString().getBytes(StandardCharsets.UTF_8);
        int blocks = (int) (terms * TERM_BITS / 8 / BLOCK) + 1;
        int begin = HEADER + text.length;
        ByteBuffer file = ByteBuffer.allocate(begin + blocks * BLOCK);
        file.putLong(MAGIC).putInt(FORMAT).putInt(blocks).putInt(text.length).put(text);
        for (IndexField field : covered) {
            for (LeafReaderContext leaf : reader.leaves()) {
                add(file.array(), begin, blocks, field, leaf.reader().terms(field.name()));
            }
        }
        return file.array();
    }

    private static void add(byte[] file, int begin, int blocks, IndexField field, Terms terms) throws IOException {
        if (terms == null) {
            return;
        }
        int seed = field.name().hashCode();
        int[] places = new int[BATCH];
        long[] choices = new long[BATCH];
        int size = 0;
        TermsEnum each = terms.iterator();
        for (BytesRef term = each.next(); term != null; term = each.next()) {
            long[] hash = StringHelper.murmurhash3_x64_128(term.bytes, term.offset, term.length, seed);
            places[size] = begin + block(hash[0], blocks) * BLOCK;
            choices[size++] = hash[1];
            if (size == BATCH) {
                set(file, places, choices, size);
                size = 0;
            }
        }
        set(file, places, choices, size);
    }

    /** Sets bits of several terms in a row: a large filter is not in the processor's caches, and so they wait for it together. */
    private static void set(byte[] file, int[] places, long[] choices, int size) {
        for (int t = 0; t < size; t++) {
            int block = places[t];
            long rest = choices[t];
            for (int i = 0; i < CHOICES; i++, rest >>>= 9) {
                int at = block + (int) (rest >>> 3 & BLOCK - 1);
                file[at] |= (byte) (1 << (rest & 7));
            }
        }
    }

    /** The filter of a shard if it is small, {@link #NONE} if it is not or is missing. */
    static byte[] small(Path shard) throws IOException {
        Path file = shard.resolve(Layout.IDENTIFIERS);
        return Files.exists(file) && Files.size(file) <= SMALL ? Files.readAllBytes(file) : NONE;
    }

    /**
     * False if the shard surely has no document with this term.
     *
     * @param filter the shard's filter, as {@link #small} says it
     */
    static boolean mayContain(Path shard, byte[] filter, IndexField field, BytesRef term) throws IOException {
        if (!covers(field)) {
            return true;
        }
        if (filter.length > 0) {
            return mayContain(ByteBuffer.wrap(filter), (at, length) -> ByteBuffer.wrap(filter, (int) at, length), field,
                    term);
        }
        try (FileChannel file = FileChannel.open(shard.resolve(Layout.IDENTIFIERS), StandardOpenOption.READ)) {
            int beginning = (int) Math.min(BEGINNING, file.size());
            return mayContain(read(file, 0, beginning), (at, length) -> read(file, at, length), field, term);
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private interface Place {
        ByteBuffer read(long at, int length) throws IOException;
    }

    private static boolean mayContain(ByteBuffer beginning, Place place, IndexField field, BytesRef term)
            throws IOException {
        if (beginning.remaining() < HEADER || beginning.getLong() != MAGIC || beginning.getInt() != FORMAT) {
            return true;
        }
        int blocks = beginning.getInt();
        int length = beginning.getInt();
        if (blocks <= 0 || length < 0) {
            return true;
        }
        ByteBuffer text = length <= beginning.remaining() ? beginning : place.read(HEADER, length);
        String names = new String(text.array(), text.arrayOffset() + text.position(), length, StandardCharsets.UTF_8);
        if (!("\n" + names).contains("\n" + field.name() + "\n")) {
            return true;
        }
        int seed = field.name().hashCode();
        long[] hash = StringHelper.murmurhash3_x64_128(term.bytes, term.offset, term.length, seed);
        ByteBuffer block = place.read(HEADER + length + (long) block(hash[0], blocks) * BLOCK, BLOCK);
        long choices = hash[1];
        for (int i = 0; i < CHOICES; i++, choices >>>= 9) {
            int at = block.position() + (int) (choices >>> 3 & BLOCK - 1);
            if ((block.get(at) & 1 << (choices & 7)) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int block(long hash, int blocks) {
        return (int) Math.unsignedMultiplyHigh(hash, blocks);
    }

    private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                throw new IndexException(
                        "the file " + Layout.IDENTIFIERS + " of a shard is cut: remove the shard and index"
                                + " again");
            }
        }
        return buffer.flip();
    }
}
