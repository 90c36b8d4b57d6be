package io.seidex.dictionary;

/**
 * A number that a member of a header tells, in units of its own.
 *
 * @param added what is to be added to so many units
 */
record Amount(Member member, int unit, long added) {
    /** What is meant by a value; below 0 if that is more than a long can hold, or less than nothing. */
    long of(long value) {
        return value < 0 || value > (Long.MAX_VALUE >>> 1) / unit ? -1 : value * unit + added;
    }
}
