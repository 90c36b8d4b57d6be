package io.seidex.dictionary;

import java.util.List;

/**
 * What the numbers in the octets stand for, piece by piece: {@code 64-127 64 +8 [kbit/s]} says that 64 is 64 kbit/s, 65 is
 * 72 kbit/s, up to 127, which is 568 kbit/s. A number outside all pieces is itself. Immutable; ascending.
 */
public final class Scale {
    /**
     * The numbers {@code from} to {@code to}.
     *
     * @param first what {@code from} stands for
     * @param step what each further one adds
     * @param unit empty if there is none
     * @param isNone they stand for no value at all, such as "see another octet"
     */
    public record Piece(long from, long to, long first, long step, String unit, boolean isNone) {}

    private final String name;
    private final Piece[] pieces;

    Scale(String name, List<Piece> pieces) {
        this.name = name;
        this.pieces = pieces.toArray(new Piece[0]);
    }

    /** Every number times the same. */
    static Scale times(long factor) {
        return new Scale("", List.of(new Piece(0, Long.MAX_VALUE, 0, factor, "", false)));
    }

    /** Such as {@code nas.bit_rate}; empty of one that only multiplies. */
    public String name() {
        return name;
    }

    public List<Piece> pieces() {
        return List.of(pieces);
    }

    /** What a number stands for. */
    public long value(long number) {
        Piece piece = piece(number);
        return piece == null || piece.isNone() ? number : piece.first() + (number - piece.from()) * piece.step();
    }

    /** Whether a number stands for another. */
    public boolean covers(long number) {
        return piece(number) != null;
    }

    /** Whether a number stands for no value. */
    public boolean isNone(long number) {
        Piece piece = piece(number);
        return piece != null && piece.isNone();
    }

    /** Whether there are numbers that stand for no value. */
    public boolean hasNone() {
        for (Piece piece : pieces) {
            if (piece.isNone()) {
                return true;
            }
        }
        return false;
    }

    /** What {@link #value} counts; empty if that is not said. */
    public String unit(long number) {
        Piece piece = piece(number);
        return piece == null ? "" : piece.unit();
    }

    private Piece piece(long number) {
        for (Piece piece : pieces) {
            if (number >= piece.from() && number <= piece.to()) {
                return piece;
            }
        }
        return null;
    }
}
