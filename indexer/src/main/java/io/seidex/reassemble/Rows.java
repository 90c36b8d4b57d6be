package io.seidex.reassemble;

import io.seidex.octets.Octets;
import java.util.Arrays;

/**
 * Where a row of messages begins in octets of which any may be a header, for all that it tells: their chains of lengths are
 * followed from every position at once.
 *
 * <p>The longest chain is the row, if chance would give one that is as long in fewer than one of four thousand such octets; or if
 * the octets are more than any message has, so that one must begin in them. How likely chance is, its own messages tell: by
 * how many of their octets such messages begin, too. A chain that begins anywhere may run into the row: so it does not count
 * from its first message on, but from where as many precede that this is no chance, and where chains that skip its
 * messages have met it. If one of them does not, there is no answer.
 *
 * <p>The work is in proportion to the octets, of which there are {@value #MOST} at most, and so is the memory, 12 octets of it
 * for each, which is taken when the first are asked for.
 */
final class Rows {
    static final int MOST = 1 << 16;
    private static final int CHANCE_BITS = 12;
    private static final int DEAD = -1;

    /** By position: where the message ends that begins there, or 0 if that is behind the octets, or cannot be told. */
    private int[] next = {};
    /** How many messages follow each other from there on; {@link #DEAD} if that comes to what is none. */
    private int[] count = next;
    /** Where they come to the longest chain; {@link #DEAD} if they do not. */
    private int[] meets = next;

    /** Behind how many octets the row begins; -1 if there is none. */
    int find(Framing framing, Octets octets, int length) {
        if (next.length <= length) {
            int capacity = Math.min(MOST, Math.max(1 << 12, 2 * length)) + 1;
            next = new int[capacity];
            count = new int[capacity];
            meets = new int[capacity];
        }
        chain(framing, octets, length);
        int longest = 0;
        for (int at = 1; at < length; at++) {
            longest = count[at] > count[longest] ? at : longest;
        }
        double bits = 0;
        int begin = -1;
        for (int at = longest; next[at] != 0; at = next[at]) {
            bits += bits(at);
            begin = begin < 0 && bits >= CHANCE_BITS ? next[at] : begin;
        }
        boolean isClear = bits >= Framing.bits(length) + CHANCE_BITS;
        boolean isIn = length >= 2 * framing.longest();
        if (!isClear && !isIn) {
            return -1;
        }
        begin = agreed(longest, length, isIn ? framing.longest() : length, isClear, begin);
        return begin >= 0 && count[begin] > 0 ? begin : -1;
    }

    /** How seldom a message that begins at a position ends within the octets, by those positions that the one there reaches over. */
    private double bits(int at) {
        int inside = 1;
        for (int each = at + 1; each < next[at]; each++) {
            inside += count[each] > 0 ? 1 : 0;
        }
        return Math.log((double) (next[at] - at) / inside) / Math.log(2);
    }

    /** Follows the chains. */
    private void chain(Framing framing, Octets octets, int length) {
        int needed = framing.headerLength();
        next[length] = 0;
        count[length] = 0;
        for (int at = length - 1; at >= 0; at--) {
            next[at] = 0;
            count[at] = 0;
            if (length - at < needed) {
                continue;
            }
            long told = framing.isMessage(octets, at) ? framing.length(octets, at, needed) : Framing.NO_MESSAGE;
            if (told == Framing.NO_MESSAGE) {
                count[at] = DEAD;
            } else if (told <= length - at) {
                next[at] = at + (int) told;
                count[at] = count[next[at]] == DEAD ? DEAD : count[next[at]] + 1;
            }
        }
    }

    /**
     * Where all chains agree.
     *
     * @param first that begin before this
     * @param isClear whether one that came to the longest by chance is known by that it has fewer messages
     * @param from but not before this; -1 if it is not known
     */
    private int agreed(int longest, int length, long first, boolean isClear, int from) {
        Arrays.fill(meets, 0, length + 1, DEAD);
        int end = longest;
        for (meets[end] = end; next[end] != 0; meets[end] = end) {
            end = next[end];
        }
        int begin = from < 0 ? next[longest] : from;
        for (int at = length - 1; at >= 0; at--) {
            if (meets[at] != DEAD || count[at] <= 0) {
                continue;
            }
            int met = meets[next[at]];
            meets[at] = met;
            if (at >= first || count[at] == 1) {
                continue;
            }
            if (met == DEAD && (!isClear || 2 * count[at] >= count[longest])) {
                return -1;
            }
            int own = count[at] - count[Math.max(0, met)];
            if (met != DEAD && (!isClear || own >= Framing.ROW || count[at] + 1 >= count[longest])) {
                begin = Math.max(begin, met);
            }
        }
        return begin;
    }
}
