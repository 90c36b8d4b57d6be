package io.seidex.reassemble;

import io.seidex.decode.Gtp1Header;
import io.seidex.decode.Packet;
import io.seidex.dictionary.DeclaredProtocol;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.octets.Octets;

/**
 * Where a message of a stream ends: it has a header that tells its length, or octets stand behind it that are in no message.
 * One for each thread.
 */
abstract class Framing {
    /** The octets begin no message. */
    static final long NO_MESSAGE = -1;

    /** A message that claims more octets is none. */
    static final int MOST = 1 << 24;

    /** Where a header is {@linkplain #isStrong strong}, so many messages one behind the other are no chance. */
    static final int ROW = 3;

    private static final int STRONG_BITS = 16;
    /** What other octets say less often than one time of two to the power of this is believed. */
    static final int CHANCE_BITS = 12;
    private static final int SMALL_BITS = 3;

    private static final byte[] NONE = {};

    /** What {@link #begins} answers of a segment. */
    enum Begin {
        NOWHERE,
        PERHAPS,
        CERTAINLY
    }

    private int skipped;

    /** How many octets have to be there to tell the length; 0 if a delimiter tells it. */
    abstract int headerLength();

    /**
     * How many octets the message has that begins with the header at {@code at}; {@link #NO_MESSAGE} if that is none. A
     * message that ends with a delimiter has no more than {@code length}; of it, only the header is looked at.
     */
    abstract long length(Octets octets, long at, int length);

    /** Of so many bits: by how few of the octets that are no header they would be one. */
    abstract int headerBits();

    /** The most octets that a header can say of its message. */
    abstract long longest();

    /** Whether what is no header is mostly told to be none: a row that begins anywhere is no chance. */
    boolean isStrong() {
        return headerBits() >= STRONG_BITS;
    }

    /** Whether a header that is one is so as they are written, where nothing else tells that a message begins. */
    boolean isLikely(Octets octets, long at) {
        return true;
    }

    /** What stands behind each message; no octets if there is nothing. */
    byte[] delimiter() {
        return NONE;
    }

    /** Those of declared protocols that are carried by TCP, at their places, and that of GTP', TS 32.295 6.1, as the last. */
    static Framing[] all(DeclaredProtocols protocols) {
        Framing[] all = new Framing[protocols.all().size() + 1];
        for (int place = 0; place < all.length - 1; place++) {
            if (protocols.get(place).transport() == DeclaredProtocol.Transport.TCP) {
                all[place] = new Declared(protocols.get(place));
            }
        }
        all[all.length - 1] = new GtpPrime(protocols);
        return all;
    }

    /** That of the stream which a packet has a segment of. */
    static Framing of(Framing[] all, Packet packet) {
        return all[packet.streamProtocol() == Packet.GTP_PRIME ? all.length - 1 : packet.streamProtocol()];
    }

    /** Whether a message begins with the header at {@code at}, as they are written. */
    final boolean isMessage(Octets octets, long at) {
        if (!isLikely(octets, at)) {
            return false;
        }
        long told = length(octets, at, headerLength());
        return told != NO_MESSAGE && told <= MOST;
    }

    /**
     * Whether a segment begins a message, behind {@link #skipped} octets of it.
     *
     * @param isBehindGap whether octets before it are missing
     */
    final Begin begins(Octets octets, long at, int length, boolean isBehindGap) {
        skipped = 0;
        byte[] delimiter = delimiter();
        if (delimiter.length > 0) {
            // A segment that ends with a message begins with one.
            boolean isAligned = !isBehindGap && length >= delimiter.length
                    && octets.matches(at + length - delimiter.length, delimiter, 0, delimiter.length);
            skipped = isAligned ? 0 : behindDelimiter(octets, at, length);
            return isAligned || skipped > 0 ? Begin.CERTAINLY : Begin.NOWHERE;
        }
        int read = 0;
        int count = 0;
        boolean isPart = false;
        while (!isPart && length - read >= Math.max(1, headerLength())) {
            if (!isMessage(octets, at + read)) {
                return Begin.NOWHERE;
            }
            long told = length(octets, at + read, headerLength());
            isPart = told > length - read;
            if (!isPart) {
                read += (int) told;
                count++;
            }
        }
        if (count == 0) {
            return isPart ? Begin.PERHAPS : Begin.NOWHERE;
        }
        return isStrong() || read == length && bits(count, length) >= CHANCE_BITS ? Begin.CERTAINLY : Begin.PERHAPS;
    }

    /** Of so many bits: by how little of chance so many messages fill so many octets. */
    final int bits(int count, long length) {
        // Small numbers are more often than large ones, but seldom as large as what is there.
        return count * headerBits() + (count == 1 ? bits(longest())
                : bits(length / count) + count * Math.min(SMALL_BITS, bits(longest() / length)));
    }

    /** How many bits a number has, without the first. */
    static int bits(long number) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, number));
    }

    /**
     * As {@link #begins}, but looks for a row of messages in the midst of the segment too, if a header is mostly told from what is
     * none.
     */
    final Begin beginsWithin(Octets octets, long at, int length, boolean isBehindGap) {
        Begin begin = begins(octets, at, length, isBehindGap);
        if (begin != Begin.NOWHERE || !isStrong() || delimiter().length > 0) {
            return begin;
        }
        for (int i = 1; length - i >= ROW * headerLength(); i++) {
            if (isRowIn(octets, at + i, length - i)) {
                skipped = i;
                return Begin.CERTAINLY;
            }
        }
        return Begin.NOWHERE;
    }

    /** Whether octets behind a gap are messages, behind {@link #skipped} of them, and the last ends where they end. */
    final boolean isRow(Octets octets, long at, int length) {
        if (begins(octets, at, length, true) != Begin.CERTAINLY) {
            return false;
        }
        if (delimiter().length > 0) {
            return true;
        }
        long read = 0;
        while (length - read >= headerLength()) {
            read += length(octets, at + read, headerLength());
        }
        return read == length;
    }

    private boolean isRowIn(Octets octets, long at, int length) {
        long read = 0;
        for (int count = 0; count < ROW; count++) {
            if (length - read < headerLength() || !isMessage(octets, at + read)) {
                return false;
            }
            read += length(octets, at + read, headerLength());
        }
        return read <= length;
    }

    /** How many octets of the segment that was asked last stand before the first message. */
    final int skipped() {
        return skipped;
    }

    /** Behind how many octets the first delimiter ends; 0 if there is none. */
    final int behindDelimiter(Octets octets, long at, int length) {
        byte[] delimiter = delimiter();
        for (int i = 0; i + delimiter.length <= length; i++) {
            if (octets.u8(at + i) == (delimiter[0] & 0xFF)
                    && octets.matches(at + i, delimiter, 0, delimiter.length)) {
                return i + delimiter.length;
            }
        }
        return 0;
    }

    private static final class GtpPrime extends Framing {
        private static final int LENGTH_KNOWN = 4;
        /** With a header of 20 octets. */
        private static final long LONGEST = 0xFFFF + 20;
        /** Bits that senders set, and receivers ignore. */
        private static final int SPARE = 0x0E;

        private final Gtp1Header header = new Gtp1Header();
        private final DeclaredProtocols declared;

        GtpPrime(DeclaredProtocols declared) {
            this.declared = declared;
        }

        @Override
        int headerLength() {
            return LENGTH_KNOWN;
        }

        @Override
        long length(Octets octets, long at, int length) {
            header.over(octets, at, LENGTH_KNOWN);
            boolean isMessage = header.version() <= 2 && header.isPrime()
                    && (header.isKnownType() || declared.isGtpMessage(header.messageType()));
            return isMessage ? Math.max(header.messageLength(), header.headerLength()) : NO_MESSAGE;
        }

        @Override
        boolean isLikely(Octets octets, long at) {
            if ((octets.u8(at) & SPARE) != SPARE) {
                return false;
            }
            return switch (octets.u8(at + 1)) {
                case 1, 2, 3, 4, 5, 6, 7, 240, 241 -> true;
                default -> declared.isGtpMessage(octets.u8(at + 1));
            };
        }

        /** Five of the flags, and few types. */
        @Override
        int headerBits() {
            return 10;
        }

        @Override
        long longest() {
            return LONGEST;
        }

        /** By what its senders write. */
        @Override
        boolean isStrong() {
            return true;
        }
    }

    private static final class Declared extends Framing {
        private final DeclaredProtocol protocol;
        private final boolean isTold;
        private final int headerLength;
        private final int headerBits;
        private final long longest;
        private final byte[] delimiter;

        Declared(DeclaredProtocol protocol) {
            this.protocol = protocol;
            this.isTold = protocol.length() != null;
            this.headerLength = protocol.headerLength();
            this.longest = protocol.longestMessage();
            // A length that no message has tells as much as a constant.
            this.headerBits = protocol.constantBits() + (isTold ? bits(longest / MOST) : 0);
            this.delimiter = protocol.delimiter();
        }

        @Override
        int headerLength() {
            return delimiter.length > 0 ? 0 : headerLength;
        }

        @Override
        long length(Octets octets, long at, int available) {
            if (available < headerLength || !protocol.isHeader(octets, at)) {
                return NO_MESSAGE;
            }
            if (!isTold) {
                return available;
            }
            long told = protocol.messageLength(octets, at);
            return told < Math.max(1, headerLength) ? NO_MESSAGE : told;
        }

        @Override
        int headerBits() {
            return headerBits;
        }

        @Override
        long longest() {
            return longest;
        }

        @Override
        byte[] delimiter() {
            return delimiter;
        }
    }
}
