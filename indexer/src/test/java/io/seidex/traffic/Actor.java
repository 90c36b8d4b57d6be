package io.seidex.traffic;

/** Somebody in the network who does something now and then; the wheel of {@link Network} calls. */
abstract class Actor {
    /** The next actor of the same tick, while this one is on the wheel. */
    Actor nextOfTick;

    /** Writes one packet, or none, and puts itself on the wheel again. */
    abstract void act();
}
