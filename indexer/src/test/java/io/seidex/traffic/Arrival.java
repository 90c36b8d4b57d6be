package io.seidex.traffic;

/** What packets bring pieces of. */
interface Arrival {
    /** Positions from {@code from} on, {@code to} not among them, were captured in a frame. */
    void arrived(long from, long to, long frame);
}
