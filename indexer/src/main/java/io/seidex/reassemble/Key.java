package io.seidex.reassemble;

import io.seidex.octets.Octets;
import java.util.Arrays;

/**
 * What the pieces of one whole have in common and no other whole has at the same time: addresses, an identification, and
 * what they travelled in. Words that are compared exactly, one by one. Refilled for each piece.
 */
public final class Key {
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private long[] words = new long[16];
    private int count;

    /** Forgets the words. */
    public Key clear() {
        count = 0;
        return this;
    }

    /** Adds a word. */
    public Key add(long word) {
        if (count == words.length) {
            words = Arrays.copyOf(words, 2 * count);
        }
        words[count++] = word;
        return this;
    }

    /** Adds {@code length} octets, as so many words as they take. Their number is no part of the key. */
    public Key add(Octets octets, long at, int length) {
        int read = 0;
        for (; read + Long.BYTES <= length; read += Long.BYTES) {
            add(octets.i64(at + read));
        }
        return read < length ? add(octets.uint(at + read, length - read)) : this;
    }

    /** Puts another word in the place of the last. */
    Key last(long word) {
        words[count - 1] = word;
        return this;
    }

    /** How many words there are. */
    public int count() {
        return count;
    }

    long word(int index) {
        return words[index];
    }

    /** Keys that are the same have the same, in every run; other keys another, but for chance. */
    long digest() {
        long digest = count;
        for (int i = 0; i < count; i++) {
            digest = (digest ^ words[i]) * MULTIPLIER;
            digest ^= digest >>> 32;
        }
        digest *= MULTIPLIER;
        return digest ^ digest >>> 29;
    }

    /** What a {@link Seam} calls it: the digest, and whether it is of a stream. */
    long named(boolean isLasting) {
        return isLasting ? digest() | 1 : digest() & ~1L;
    }

    /** Refills it with the words of a whole. */
    Key of(Whole whole) {
        clear();
        for (int i = 0; i < whole.keyWords(); i++) {
            add(whole.keyWord(i));
        }
        return this;
    }

    /** Keys that are the same have the same; {@code seed} keeps whoever writes captures from choosing it. */
    int hash(long seed) {
        long hash = seed;
        for (int i = 0; i < count; i++) {
            hash = (hash ^ words[i]) * MULTIPLIER;
            hash ^= hash >>> 29;
        }
        return (int) (hash >>> 32);
    }
}
