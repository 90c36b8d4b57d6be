package io.seidex.reassemble;

import io.seidex.decode.Gtp1Header;
import io.seidex.dictionary.DeclaredProtocol;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.dictionary.LayoutReader;
import io.seidex.dictionary.Member;
import io.seidex.octets.Octets;

/**
 * Where a message of a stream ends: it has a header that tells its length, or octets stand behind it that are in no message.
 * One for each thread.
 */
abstract class Framing {
    /** The octets begin no message. */
    static final long NO_MESSAGE = -1;

    private static final byte[] NONE = {};

    /** How many octets have to be there to tell the length; 0 if a delimiter tells it. */
    abstract int headerLength();

    /**
     * How many octets the message has that begins with the header at {@code at}; {@link #NO_MESSAGE} if that is none. A
     * message that ends with a delimiter has no more than {@code length}; of it, only the header is looked at.
     */
    abstract long length(Octets octets, long at, int length);

    /** Whether what is no header is mostly told to be none. */
    abstract boolean isStrong();

    /** Whether a header that is one is so as they are written, where nothing else tells that a message begins. */
    boolean isLikely(Octets octets, long at) {
        return true;
    }

    /** What stands behind each message; no octets if there is nothing. */
    byte[] delimiter() {
        return NONE;
    }

    /** GTP', TS 32.295 6.1. */
    static Framing gtpPrime(DeclaredProtocols declared) {
        return new GtpPrime(declared);
    }

    static Framing of(DeclaredProtocol protocol) {
        return new Declared(protocol);
    }

    private static final class GtpPrime extends Framing {
        private static final int LENGTH_KNOWN = 4;
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
            boolean isOfGtpPrime = switch (octets.u8(at + 1)) {
                case 1, 2, 3, 4, 5, 6, 7, 240, 241 -> true;
                default -> declared.isGtpMessage(octets.u8(at + 1));
            };
            return isOfGtpPrime && (octets.u8(at) & SPARE) == SPARE;
        }

        @Override
        boolean isStrong() {
            return true;
        }
    }

    private static final class Declared extends Framing {
        private final DeclaredProtocol protocol;
        private final Member length;
        private final int headerLength;
        private final byte[] delimiter;
        private final LayoutReader reader = new LayoutReader();

        Declared(DeclaredProtocol protocol) {
            this.protocol = protocol;
            this.length = protocol.length();
            this.headerLength = protocol.headerLength();
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
            if (length == null) {
                return available;
            }
            long told = -1;
            for (reader.over(protocol.header().program(), octets, at, headerLength); reader.next();) {
                if (reader.index() == length.index()) {
                    told = protocol.messageLength(reader.number());
                }
            }
            return told < Math.max(1, headerLength) ? NO_MESSAGE : told;
        }

        @Override
        boolean isStrong() {
            return !protocol.constants().isEmpty();
        }

        @Override
        byte[] delimiter() {
            return delimiter;
        }
    }
}
