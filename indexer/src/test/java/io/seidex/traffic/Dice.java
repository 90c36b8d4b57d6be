package io.seidex.traffic;

/** Random numbers that are the same for a seed under every JDK: SplitMix64. */
final class Dice {
    private long state;

    Dice(long seed) {
        state = seed;
    }

    long bits() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    /** From 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) ((bits() >>> 32) * bound >>> 32);
    }

    int between(int from, int to) {
        return from + below(to - from + 1);
    }

    boolean perMille(int share) {
        return below(1000) < share;
    }
}
