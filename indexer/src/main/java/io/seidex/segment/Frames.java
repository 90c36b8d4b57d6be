package io.seidex.segment;

import io.seidex.capture.Frame;

/**
 * What the records of frames say, staged together, on its way into the columns. Of each frame: place of the capture and of
 * the interface, number, offset, length, time.
 */
final class Frames implements Staging.Column {
    /** Words of a staged value. */
    static final int WORDS = 5;

    private final FirstValues captures;
    private final FirstValues interfaces;
    /** Of the words behind the first. */
    private final FirstValues[] values;
    private final long[] places = new long[Staging.BATCH];

    Frames(
            FirstValues captures, FirstValues interfaces, FirstValues numbers, FirstValues offsets,
            FirstValues lengths, FirstValues times) {
        this.captures = captures;
        this.interfaces = interfaces;
        this.values = new FirstValues[] {numbers, offsets, lengths, times};
    }

    static void stage(Staging staging, int slot, Frame frame, int capture, int source, int document) {
        staging.add(
                slot, (long) capture << 32 | source, frame.number(), frame.recordAt(), frame.original(),
                frame.timeNanos(), document);
    }

    @Override
    public void addAll(long[] words, int[] documents, int at, int size) {
        for (int i = 0; i < size; i++) {
            places[i] = words[at + i] >>> 32;
        }
        captures.addAll(places, 0, documents, at, size);
        interfaces.addAll(words, at, documents, at, size);
        for (int w = 0; w < values.length; w++) {
            values[w].addAll(words, at + (w + 1) * Staging.STRIDE, documents, at, size);
        }
    }
}
