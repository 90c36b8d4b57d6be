package io.seidex.dictionary;

/**
 * A message type of a protocol.
 *
 * @param clause where the specification describes it; empty if that is not known
 * @param session whether it belongs to a session: PFCP's SEID or GTP's TEID is in its header
 * @param answers the type of the request that it answers; 0: none; {@link #ANY}: every request
 * @param answeredBy the type of its answer; 0: none
 */
public record Message(int type, String name, String clause, boolean session, int answers, int answeredBy) {
    /** Answers every request: a version that is not supported. */
    public static final int ANY = -1;

    /** Whether it answers another message. */
    public boolean isResponse() {
        return answers != 0;
    }
}
