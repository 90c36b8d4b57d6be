package io.seidex.segment;

import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/**
 * Terms that are texts: short ones as keys of three words, of which many are looked up together, longer ones as octets.
 *
 * <pre>
 *  key of a short text   24 octets: the text, zeros, and in the last octet its length; they sort as the texts do
 * </pre>
 */
final class TextColumn extends TermColumn {
    /** Octets of the longest text that is a key. */
    static final int SHORT = 23;
    /** Words of a key. */
    static final int WORDS = 3;

    private final KeyTerms keys;
    private final TextTerms texts;
    private final int slot;
    private final Staging staging;
    private final byte[] padded = new byte[WORDS * Long.BYTES];
    private int last = -1;

    // The walk: the next of either, and whose turn it is.
    private final BytesRef key = new BytesRef();
    private final BytesRef text = new BytesRef();
    private boolean hasKey;
    private boolean hasText;
    private TermColumn current;

    TextColumn(KeyTerms keys, TextTerms texts, Staging staging) {
        this.keys = keys;
        this.texts = texts;
        this.staging = staging;
        this.slot = staging.assign(keys, WORDS);
    }

    /** Adds {@code document} to the documents of the first {@code length} octets of {@code text}. */
    void add(byte[] text, int length, int document) {
        if (document != last) {
            last = document;
            count(1);
        }
        if (length > SHORT) {
            texts.add(text, length, document);
            return;
        }
        byte[] from = text;
        if (text.length < padded.length) {
            System.arraycopy(text, 0, padded, 0, length);
            from = padded;
        }
        staging.add(
                slot,
                KeyTerms.i64(from, 0) & octets(length),
                KeyTerms.i64(from, 8) & octets(length - 8),
                KeyTerms.i64(from, 16) & octets(length - 16) | length,
                document);
    }

    /** A mask of the first {@code count} of eight octets. */
    private static long octets(int count) {
        return count <= 0 ? 0 : count >= Long.BYTES ? -1 : -1L << Long.SIZE - Byte.SIZE * count;
    }

    @Override
    boolean isEmpty() {
        return keys.isEmpty() && texts.isEmpty();
    }

    @Override
    void open(SortRoom room) {
        keys.open(room);
        // The room keeps one order at a time.
        keys.keepOrder();
        texts.open(room);
        hasKey = keys.next(key);
        hasText = texts.next(text);
        current = null;
    }

    @Override
    boolean next(BytesRef term) {
        if (current == keys) {
            hasKey = keys.next(key);
        } else if (current == texts) {
            hasText = texts.next(text);
        }
        if (!hasKey && !hasText) {
            return false;
        }
        boolean isKey = hasKey && (!hasText || Arrays.compareUnsigned(
                key.bytes, key.offset, key.offset + key.length, text.bytes, text.offset, text.offset + text.length)
                < 0);
        current = isKey ? keys : texts;
        BytesRef from = isKey ? key : text;
        term.bytes = from.bytes;
        term.offset = from.offset;
        term.length = from.length;
        return true;
    }

    @Override
    int read(int[] block) {
        return current.read(block);
    }

    @Override
    long bytes() {
        return keys.bytes() + texts.bytes();
    }

    @Override
    void clear(int documents, boolean release) {
        keys.clear(documents, release);
        texts.clear(documents, release);
        last = -1;
        super.clear(documents, release);
    }
}
