package io.seidex.reassemble;

/**
 * Is told what a kind of reassembly takes, so that wholes whose pieces lie in several ranges of captures can be put together
 * later: the frames that brought the pieces are read again, in the order of their times, and given to the same reassembly.
 *
 * <p>A kind of reassembly does three things for this. It calls {@link #offered} for each piece that may change what it
 * knows; it answers {@code open(Seam)}, asked when a range has ended, by calling {@link #open} for each piece that it still
 * holds for something to come; and it keeps the {@linkplain Piece#source source} of each piece beside the frame, since
 * frames of several captures come when pieces are read again.
 *
 * <p>A piece is named by its frame and by a key: {@link Key#digest} of what the pieces of one whole have in common, the same
 * in every run. Two wholes that have the same by chance cost time, nothing else: what belongs together is decided by the
 * reassembly itself, when it gets the frames again. Bit 0 of the key says whether what it names is {@linkplain #isLasting
 * lasting}.
 */
public interface Seam {
    /** Nobody wants to know: nothing is kept for it. */
    Seam NONE = nobody();
    /** Nobody wants to know, but as much memory is taken as if somebody did: the same wholes are given up for want of it. */
    Seam SILENT = nobody();

    /** Whether a key is of a stream: its connection may be silent for long. Datagrams and messages do not wait so long. */
    static boolean isLasting(long key) {
        return (key & 1) != 0;
    }

    private static Seam nobody() {
        return new Seam() {
            @Override
            public void offered(long key, boolean begins) {
                // Nobody wants to know.
            }

            @Override
            public void open(long key, int source, long frame) {
                // Nobody wants to know.
            }
        };
    }

    /**
     * The frame that is being read brought a piece.
     *
     * @param begins whether a whole begins with it, and nothing that came before under the same key matters any more: what
     *     becomes of this piece and of those that follow is the same with or without what came before
     */
    void offered(long key, boolean begins);

    /**
     * What {@link #offered} could not tell yet of a piece that an earlier frame brought: a whole began with it, and nothing
     * that came before matters.
     */
    default void begun(long key, int source, long frame) {
        // Whoever only keeps pieces does not ask.
    }

    /**
     * The piece that was offered last begins a whole in whatever order of frames it stands: of a stream that is known, of
     * other wholes only when none was there for as long as one waits.
     */
    default void settled(long key) {
        // Whoever replays sees it.
    }

    /** So many frames brought pieces of something that what follows the range may complete: too many to be kept. */
    default void forgotten(int pieces) {
        // Whoever only keeps pieces does not ask.
    }

    /** A frame brought a piece of something that what follows the range may complete, repeat or contradict. */
    void open(long key, int source, long frame);
}
