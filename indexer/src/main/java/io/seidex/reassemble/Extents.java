package io.seidex.reassemble;

import io.seidex.octets.Octets;
import io.seidex.octets.GrowingOctets;
import java.util.Arrays;

/**
 * The arithmetic of pieces: which positions of a whole are there, and where their octets are. Extents of many wholes in
 * the same arrays: the extents of one are disjoint, and a treap by position whose root is its name, 0 while there are
 * none. An extent is found, added or taken away in steps that grow with the logarithm of their number, in whatever
 * order pieces come.
 *
 * <pre>
 *  positions from, to      of an octet, the positions of its whole; of a numbered piece, its number and the next
 *  source, at, length      where its octets are: in a capture, or in memory of our own ({@link #KEPT})
 *  source, frame, record   which frame brought them, and of which source it is
 * </pre>
 *
 * <p>A piece that overlaps what is there adds what is new of it: what came first stays. Whether the octets agree is
 * {@linkplain #compare told}. A piece that adds nothing may be kept aside, for the frame that brought it.
 */
final class Extents {
    private static final int FIRST_CAPACITY = 64;
    /** Set in the source of an extent whose piece has an extent before it. */
    private static final int CONTINUED = 0x4000_0000;
    /** Set in the source of an extent whose octets were copied. */
    private static final int KEPT = 0x2000_0000;
    /** Set in the source of an extent whose positions came again. */
    private static final int AGAIN = 0x1000_0000;
    /** The source of an extent that is not in use. */
    private static final int FREE = -1;
    /** Octets of an extent in the arrays. */
    private static final int COST = 5 * Long.BYTES + 4 * Integer.BYTES;

    private long[] from = new long[0];
    private long[] to = from;
    private long[] at = from;
    private long[] frame = from;
    private long[] record = from;
    private int[] length = new int[0];
    private int[] source = length;
    private int[] left = length;
    private int[] right = length;
    /** Extents that were ever in use; the first is never. */
    private int used = 1;
    private int free;
    private int count;
    /** Copied octets that nothing points to any more, at least. */
    private long freed;

    private final GrowingOctets kept;
    private Octets[] sources = new Octets[1];

    // What compare() found.
    private int gaps;
    private boolean overlaps;
    private boolean agrees;
    private boolean repeats;

    private final Piece compared = new Piece();

    /** What {@link #splitAt} left. */
    private int behindSplit;

    // What add() added.
    private long addedPositions;
    private long addedOctets;

    /** @param kept where copied octets are */
    Extents(GrowingOctets kept) {
        this.kept = kept;
    }

    /** Names the memory of a source. */
    void source(int ordinal, Octets octets) {
        if (ordinal >= sources.length) {
            sources = Arrays.copyOf(sources, Math.max(ordinal + 1, 2 * sources.length));
        }
        sources[ordinal] = octets;
    }

    Octets source(int ordinal) {
        return sources[ordinal];
    }

    long from(int extent) {
        return from[extent];
    }

    long to(int extent) {
        return to[extent];
    }

    long frame(int extent) {
        return frame[extent];
    }

    long record(int extent) {
        return record[extent];
    }

    int length(int extent) {
        return length[extent];
    }

    long at(int extent) {
        return at[extent];
    }

    int sourceOf(int extent) {
        return source[extent] & ~(CONTINUED | KEPT | AGAIN);
    }

    private boolean isKept(int extent) {
        return (source[extent] & KEPT) != 0;
    }

    Octets octets(int extent) {
        return isKept(extent) ? kept.octets() : sources[sourceOf(extent)];
    }

    /** Whether the piece that brought it has an extent before this one. */
    boolean isContinued(int extent) {
        return (source[extent] & CONTINUED) != 0;
    }

    /** The extent that was kept aside after another; after the {@code last} comes 0, after 0 the first. */
    int aside(int last, int extent) {
        return extent == last ? 0 : right[extent == 0 ? last : extent];
    }

    /** The first extent that ends behind a position, 0 if none does. */
    int behind(int root, long position) {
        int found = 0;
        for (int extent = root; extent != 0;) {
            if (to[extent] > position) {
                found = extent;
                extent = left[extent];
            } else {
                extent = right[extent];
            }
        }
        return found;
    }

    /** Whether a position is there. */
    boolean has(int root, long position) {
        int extent = behind(root, position);
        return extent != 0 && from[extent] <= position;
    }

    /** The first extent, 0 if there is none. */
    int first(int root) {
        return behind(root, Long.MIN_VALUE);
    }

    /** The last extent, 0 if there is none. */
    int last(int root) {
        int extent = root;
        while (extent != 0 && right[extent] != 0) {
            extent = right[extent];
        }
        return extent;
    }

    /** Looks at what a piece would meet. */
    void compare(int root, Piece piece) {
        gaps = 0;
        overlaps = false;
        agrees = true;
        repeats = false;
        int extent = behind(root, piece.from);
        repeats = extent != 0 && from[extent] == piece.from && to[extent] == piece.to;
        for (long position = piece.from; position < piece.to;) {
            if (extent == 0 || from[extent] >= piece.to) {
                gaps++;
                return;
            }
            if (from[extent] > position) {
                gaps++;
                position = from[extent];
            }
            overlaps = true;
            long end = Math.min(piece.to, to[extent]);
            agrees &= agrees(extent, piece, position, end);
            position = end;
            extent = position < piece.to ? behind(root, position) : 0;
        }
    }

    private boolean agrees(int extent, Piece piece, long position, long end) {
        if (piece.numbered) {
            return length[extent] == piece.length
                    && octets(extent).matches(at[extent], piece.octets, piece.at, piece.length);
        }
        return octets(extent).matches(
                at[extent] + position - from[extent], piece.octets, piece.at + position - piece.from, end - position);
    }

    /** How many extents would be added for what the piece {@link #compare compared} last brings. */
    int gaps() {
        return gaps;
    }

    /** Whether that piece has positions that are there. */
    boolean overlaps() {
        return overlaps;
    }

    /** Whether its octets are the same wherever it overlaps. */
    boolean agrees() {
        return agrees;
    }

    /** Whether an extent is there of the same positions. */
    boolean repeats() {
        return repeats;
    }

    /**
     * Adds what is new of a piece. As many extents as {@link #gaps} said must be {@linkplain #room there}.
     *
     * @param piece its octets stay, or were copied
     * @return the root
     */
    int add(int root, Piece piece) {
        int grown = root;
        int mark = 0;
        addedPositions = 0;
        addedOctets = 0;
        for (long position = piece.from; position < piece.to;) {
            int extent = behind(grown, position);
            if (extent != 0 && from[extent] <= position) {
                position = to[extent];
                continue;
            }
            long end = extent == 0 ? piece.to : Math.min(piece.to, from[extent]);
            int added = take(piece, mark);
            from[added] = position;
            to[added] = end;
            if (!piece.numbered) {
                at[added] = piece.at + position - piece.from;
                length[added] = (int) (end - position);
            }
            grown = insert(grown, added);
            addedPositions += end - position;
            addedOctets += length[added];
            mark = CONTINUED;
            position = end;
        }
        return grown;
    }

    /** How many positions were new of the piece that was added last. */
    long addedPositions() {
        return addedPositions;
    }

    /** How many octets were new of it. */
    long addedOctets() {
        return addedOctets;
    }

    /**
     * Keeps a piece that adds nothing.
     *
     * @param last what was kept aside before it, or 0; what is kept aside points to the next, and the last to the first
     * @return the last
     */
    int setAside(int last, Piece piece) {
        int extent = take(piece, 0);
        length[extent] = 0;
        source[extent] &= ~KEPT;
        right[extent] = last == 0 ? extent : right[last];
        if (last != 0) {
            right[last] = extent;
        }
        return extent;
    }

    /** Whether the octets of all extents of a treap are in another, at their positions. */
    boolean holds(int root, int other, boolean numbered) {
        for (int each = first(other); each != 0; each = behind(other, to[each])) {
            compared.over(octets(each), 0, at[each], length[each]);
            compared.numbered = numbered;
            compared.from = from[each];
            compared.to = to[each];
            compare(root, compared);
            if (gaps > 0 || !agrees) {
                return false;
            }
        }
        return true;
    }

    /** Marks the extents that lie in a piece, which came again; how many were not. */
    int mark(int root, Piece piece) {
        int marked = 0;
        for (int extent = behind(root, piece.from); extent != 0 && to[extent] <= piece.to;) {
            if (from[extent] >= piece.from && (source[extent] & AGAIN) == 0) {
                source[extent] |= AGAIN;
                marked++;
            }
            extent = behind(root, to[extent]);
        }
        return marked;
    }

    /** Takes all marks away. */
    void unmark(int root) {
        for (int extent = first(root); extent != 0; extent = behind(root, to[extent])) {
            source[extent] &= ~AGAIN;
        }
    }

    /** Whether an extent is all that a piece at its positions brought. */
    boolean isAt(int extent, Piece piece) {
        return extent != 0 && from[extent] == piece.from && to[extent] == piece.to && !isContinued(extent);
    }

    /**
     * Puts a piece in the place of an extent {@linkplain #isAt at it}; 1 if that was {@linkplain #mark marked}, or 0.
     */
    int exchange(int extent, Piece piece) {
        int marked = (source[extent] & AGAIN) == 0 ? 0 : 1;
        freed += isKept(extent) ? length[extent] : 0;
        fill(extent, piece, 0);
        return marked;
    }

    /** The root of all extents of two treaps, of which none overlap. */
    int merge(int root, int other) {
        int merged = root;
        for (int extent = other; extent != 0;) {
            int before = left[extent];
            if (before == 0) {
                int next = right[extent];
                right[extent] = 0;
                merged = insert(merged, extent);
                extent = next;
            } else {
                left[extent] = right[before];
                right[before] = extent;
                extent = before;
            }
        }
        return merged;
    }

    /** The last of all that was kept aside after two. */
    int mergeAside(int last, int other) {
        if (last == 0 || other == 0) {
            return last + other;
        }
        int first = right[last];
        right[last] = right[other];
        right[other] = first;
        return other;
    }

    private int take(Piece piece, int mark) {
        int extent = free;
        if (extent != 0) {
            free = right[extent];
        } else {
            extent = used++;
        }
        count++;
        fill(extent, piece, mark);
        left[extent] = 0;
        right[extent] = 0;
        return extent;
    }

    private void fill(int extent, Piece piece, int mark) {
        from[extent] = piece.from;
        to[extent] = piece.to;
        at[extent] = piece.at;
        length[extent] = piece.length;
        source[extent] = piece.source | mark | (piece.stays ? 0 : KEPT);
        frame[extent] = piece.frame;
        record[extent] = piece.recordAt;
    }

    private int insert(int root, int added) {
        int parent = 0;
        int extent = root;
        while (extent != 0 && priority(extent) > priority(added)) {
            parent = extent;
            extent = from[added] < from[extent] ? left[extent] : right[extent];
        }
        split(extent, added);
        if (parent == 0) {
            return added;
        }
        if (from[added] < from[parent]) {
            left[parent] = added;
        } else {
            right[parent] = added;
        }
        return root;
    }

    /** Makes {@code added} the root of a treap: what lies before it to its left, what lies behind it to its right. */
    private void split(int root, int added) {
        int before = added;
        int behind = added;
        for (int extent = root; extent != 0;) {
            if (from[extent] < from[added]) {
                if (before == added) {
                    left[before] = extent;
                } else {
                    right[before] = extent;
                }
                before = extent;
                extent = right[extent];
            } else {
                if (behind == added) {
                    right[behind] = extent;
                } else {
                    left[behind] = extent;
                }
                behind = extent;
                extent = left[extent];
            }
        }
        if (before != added) {
            right[before] = 0;
        }
        if (behind != added) {
            left[behind] = 0;
        }
    }

    /** A number that looks random, the same for an extent as long as it lives. */
    private static int priority(int extent) {
        int mixed = extent * 0x9E37_79B9;
        mixed = (mixed ^ mixed >>> 15) * 0x85EB_CA6B;
        return mixed ^ mixed >>> 13;
    }

    /** Takes away the first extent, of at least one. */
    int removeFirst(int root) {
        int parent = 0;
        int extent = root;
        while (left[extent] != 0) {
            parent = extent;
            extent = left[extent];
        }
        int rest = right[extent];
        give(extent);
        if (parent == 0) {
            return rest;
        }
        left[parent] = rest;
        return root;
    }

    /** Takes away what lies before {@code position} of the first extent, which ends behind it. */
    void cut(int extent, long position) {
        long gone = position - from[extent];
        from[extent] = position;
        at[extent] += gone;
        length[extent] -= (int) gone;
        if (isKept(extent)) {
            freed += gone;
        }
    }

    /**
     * Divides a treap.
     *
     * @param position in no extent but as its first
     * @return the root of what lies before the position; {@link #behindSplit} is the root of the rest
     */
    int splitAt(int root, long position) {
        int first = 0;
        int before = 0;
        int behind = 0;
        behindSplit = 0;
        for (int extent = root; extent != 0;) {
            if (from[extent] < position) {
                if (before == 0) {
                    first = extent;
                } else {
                    right[before] = extent;
                }
                before = extent;
                extent = right[extent];
            } else {
                if (behind == 0) {
                    behindSplit = extent;
                } else {
                    left[behind] = extent;
                }
                behind = extent;
                extent = left[extent];
            }
        }
        if (before != 0) {
            right[before] = 0;
        }
        if (behind != 0) {
            left[behind] = 0;
        }
        return first;
    }

    int behindSplit() {
        return behindSplit;
    }

    /** Takes away all extents of a treap. */
    void remove(int root) {
        for (int extent = root; extent != 0;) {
            int before = left[extent];
            if (before == 0) {
                int next = right[extent];
                give(extent);
                extent = next;
            } else {
                // What is before moves up: each extent does at most once.
                left[extent] = right[before];
                right[before] = extent;
                extent = before;
            }
        }
    }

    /** Takes away all that was kept aside. */
    void removeAside(int last) {
        for (int extent = last == 0 ? 0 : right[last]; extent != 0;) {
            int next = aside(last, extent);
            give(extent);
            extent = next;
        }
    }

    private void give(int extent) {
        if (isKept(extent)) {
            freed += length[extent];
        }
        source[extent] = FREE;
        right[extent] = free;
        free = extent;
        count--;
    }

    /** How many extents may be added before {@link #grow}. */
    int room() {
        return from.length - 1 - count;
    }

    /** Octets of memory that the arrays hold. */
    long bytes() {
        return (long) from.length * COST;
    }

    /** Octets of memory that {@link #grow} would take besides. */
    long growth() {
        return (long) (capacity() - from.length) * COST;
    }

    private int capacity() {
        return from.length == 0 ? FIRST_CAPACITY : from.length + (from.length >> 1);
    }

    void grow() {
        int capacity = capacity();
        from = Arrays.copyOf(from, capacity);
        to = Arrays.copyOf(to, capacity);
        at = Arrays.copyOf(at, capacity);
        frame = Arrays.copyOf(frame, capacity);
        record = Arrays.copyOf(record, capacity);
        length = Arrays.copyOf(length, capacity);
        source = Arrays.copyOf(source, capacity);
        left = Arrays.copyOf(left, capacity);
        right = Arrays.copyOf(right, capacity);
    }

    /** How many copied octets nothing points to any more, at least; counted from {@link #moveKept} on. */
    long freed() {
        return freed;
    }

    /** Moves all octets that were copied into {@code target}. */
    void moveKept(GrowingOctets target) {
        freed = 0;
        for (int extent = 1; extent < used; extent++) {
            if (source[extent] != FREE && isKept(extent)) {
                long moved = target.length();
                target.append(kept.octets(), at[extent], length[extent]);
                at[extent] = moved;
            }
        }
    }

    /** Forgets everything, and keeps the arrays. */
    void clear() {
        used = 1;
        free = 0;
        count = 0;
        freed = 0;
        Arrays.fill(sources, null);
    }
}
