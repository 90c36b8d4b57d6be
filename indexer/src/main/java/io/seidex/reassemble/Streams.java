package io.seidex.reassemble;

import io.seidex.capture.Frame;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.decode.TcpHeader;
import io.seidex.dictionary.DeclaredProtocol;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.octets.GrowingOctets;
import io.seidex.octets.Octets;
import java.util.Arrays;

/**
 * Finds the messages of protocols that are carried by TCP, one behind the other: GTP', and declared ones. A message belongs to
 * the frame that brings the last of its octets; a message that lies in one segment is read where it lies.
 *
 * <p>Each direction of a connection is a {@linkplain Wholes whole} without an end. Its positions are sequence numbers that
 * do not wrap around; it begins with the message that is not complete yet, and what is taken out of it is forgotten.
 * Segments may come in any order, twice, and overlap: of what waits, octets that come again must be the same, or all of
 * it is given up ({@link Fault#PIECE_CONFLICT}); what has been taken out is not compared any more.
 *
 * <p>Behind a gap the stream goes on at a segment that begins a message, if that can be told: the segment is a chain of
 * plausible messages. What is before it becomes a <em>hole</em>, a stream of its own that ends there and may be filled yet. A
 * stream of which no beginning was seen begins in the same way. Where it cannot be told, octets wait for those before
 * them, and where nothing is before them they are skipped ({@link Fault#STREAM_UNREADABLE}).
 *
 * <p>Where a range of a capture ends, a stream is known by few frames: those from the last on that anyone would take for the
 * begin of a message, {@link #open}.
 *
 * <p>What is waiting is let go of {@value #LIFE_SECONDS} s after the last segment of its stream, and the oldest when memory is
 * short.
 */
public final class Streams implements AutoCloseable {
    /** As long as a connection may be silent. */
    private static final int LIFE_SECONDS = 600;
    /** A message that claims more octets is none, and a segment so far from its stream is not of it. */
    static final int MOST = 1 << 24;
    /** Holes that a stream has at the same time; the number of each is the last word of its key, and that of the stream 0. */
    private static final int HOLES = 8;
    /** What sequence numbers count from: a position before the first is a position still. */
    private static final long EPOCH = 1L << 40;

    // Notes of a stream.
    /** Where its next message begins is not known. */
    private static final int LOST = 1;
    /** Where it begins is a guess that no other message confirms yet. */
    private static final int GUESSED = 2;
    /** It was closed: what comes behind is of another. */
    private static final int CLOSED = 4;
    private static final int FIRST_HOLE = 8;
    private static final int ALL_HOLES = (1 << HOLES) - 1 << 3;
    /** How many segments of it went on from where it was; no more than {@link #SETTLED} are counted. */
    private static final int SETTLING = 1 << 16;
    private static final int SETTLED = 4;
    /** How many frames are needed to know as much of it. */
    private static final long KEPT_FRAME = 1L << 32;
    private static final int MOST_FRAMES = 512;

    /** As long as a hole may be filled. */
    private static final int HOLE_SECONDS = 10;

    /** What {@link #begins} answers of a segment. */
    private enum Begin {
        NOWHERE,
        PERHAPS,
        CERTAINLY
    }

    private final Wholes wholes;
    private final Extents extents;
    private final Framing[] framings;
    private final byte[][] delimiters;
    private final Surroundings surroundings = new Surroundings();
    private final TcpHeader tcp = new TcpHeader();
    /** A header that lies in two extents or more. */
    private final GrowingOctets header = new GrowingOctets();
    /** Messages of several segments. */
    private final GrowingOctets gathered = new GrowingOctets();
    /** The packet, and behind it the messages of several segments that it completes. */
    private final GrowingOctets together = new GrowingOctets();

    private Octets capture = Octets.EMPTY;
    private int source;
    private long timeNanos;

    // The segment.
    private Frame frame;
    private long number;
    private Packet packet;
    private Framing framing;
    private byte[] delimiter;
    private long dataAt;
    private int present;
    /** The positions of its octets, and of what was sent and is not in the capture. */
    private long from;
    private long behind;
    private long sentTo;
    /** How many of its octets stand before the first message. */
    private int skipped;
    /** Whether it would be read in the same way if nothing of its stream were known. */
    private boolean isAnchor;
    private boolean isRestarted;
    private boolean isJoined;
    private Seam seam = Seam.NONE;

    // What it completed: messages in a row.
    private int runs;
    private long[] runAt = new long[4];
    private int[] runLength = new int[4];
    private int[] runClaimed = new int[4];
    private boolean[] isGathered = new boolean[4];
    private int[] runSequence = new int[4];
    /** Where what was gathered begins in {@link #together}. */
    private long gatheredAt;
    private boolean isPiece;
    /** Where messages are read that are known already, they end here. */
    private long wantedTo = Long.MAX_VALUE;
    private boolean isTogether;
    private int messages;
    private int pieces;
    private long[] frames = new long[16];
    private int[] sources = new int[16];

    /**
     * @param budget octets of memory for what is not complete
     * @param abandoned is told of messages that do not become complete
     */
    public Streams(DeclaredProtocols protocols, long budget, Abandoned abandoned) {
        wholes = new Wholes(budget, LIFE_SECONDS * 1_000_000_000L, new Waiting(abandoned));
        extents = wholes.extents();
        framings = new Framing[protocols.all().size() + 1];
        delimiters = new byte[framings.length][];
        for (int place = 0; place < framings.length; place++) {
            boolean isPrime = place == framings.length - 1;
            if (isPrime || protocols.get(place).transport() == DeclaredProtocol.Transport.TCP) {
                framings[place] = isPrime ? Framing.gtpPrime(protocols) : Framing.of(protocols.get(place));
                delimiters[place] = framings[place].delimiter();
            }
        }
    }

    /** Passes on what was waiting; a stream that lacks nothing is not worth a word. */
    private record Waiting(Abandoned abandoned) implements Abandoned {
        @Override
        public void abandoned(Whole whole, Fault why) {
            boolean isHole = whole.keyWord(whole.keyWords() - 1) != 0;
            if ((isHole ? whole : whole.plain()).next()) {
                whole.rewind();
                abandoned.abandoned(whole, why);
            }
        }
    }

    /** The frames that follow are of this capture, which stays until {@link #end}. */
    public void over(int source, Octets capture) {
        this.source = source;
        this.capture = capture;
        wholes.source(source, capture);
    }

    /**
     * Takes the segment that {@link Packet#stream} names, if any. The messages that it completes are added to the packet's
     * layers, and what is wrong to its faults.
     *
     * @param number of the frame
     * @return whether it completes a message
     */
    public boolean complete(Frame frame, long number, Packet packet, PacketDecoder decoder) {
        runs = 0;
        messages = 0;
        pieces = 0;
        isTogether = false;
        isPiece = false;
        isAnchor = false;
        isRestarted = false;
        isJoined = false;
        int index = packet.stream();
        if (index < 0) {
            return false;
        }
        this.frame = frame;
        this.number = number;
        this.packet = packet;
        if (frame.hasTime()) {
            timeNanos = frame.timeNanos();
        }
        if (wantedTo == Long.MAX_VALUE) {
            wholes.passed(timeNanos);
        }
        int place = packet.streamProtocol() == Packet.GTP_PRIME ? framings.length - 1 : packet.streamProtocol();
        framing = framings[place];
        delimiter = delimiters[place];
        tcp.over(packet.octets(), packet.at(index), packet.available(index));
        dataAt = packet.streamAt();
        int sent = Math.max(0, packet.streamLength());
        present = (int) Math.min(sent, packet.at(index) + packet.available(index) - dataAt);
        key(packet);
        take(sent);
        if (seam != Seam.NONE && (sent > 0 || tcp.isSyn() || tcp.isFin() || tcp.isRst())) {
            remember();
        }
        return runs > 0 && emit(decoder);
    }

    private void key(Packet packet) {
        int index = packet.stream();
        Key key = wholes.key().clear();
        surroundings.add(key, packet, index);
        surroundings.ports(key, packet, index);
        key.add(0);
    }

    private void take(int sent) {
        int stream = wholes.find();
        int sequence = tcp.sequence();
        if (tcp.isSyn()) {
            sequence++;
            stream = wantedTo == Long.MAX_VALUE ? synchronise(stream, sequence) : stream;
        }
        // What accompanies a reset is no part of the stream, RFC 9293 3.10.7.
        if (sent > 0 && !tcp.isRst()) {
            from = place(stream, sequence);
            behind = from + present;
            sentTo = from + sent;
            data(stream);
        }
        if ((tcp.isFin() || tcp.isRst()) && wantedTo == Long.MAX_VALUE) {
            stream = wholes.find();
            if (stream != 0) {
                close(stream, place(stream, sequence) + (tcp.isRst() ? 0 : sent));
            }
        }
    }

    /** Keeps the frame among those that the stream is known by, and tells of it. */
    private void remember() {
        int stream = wholes.find();
        long digest = wholes.key().digest();
        if (stream == 0) {
            seam.offered(digest, false);
            return;
        }
        long notes = wholes.note(stream);
        long kept = notes / KEPT_FRAME;
        int settled = (int) notes / SETTLING;
        boolean isUnknown = (notes & LOST) != 0 || isRestarted && !isAnchor;
        if (tcp.isSyn() || isAnchor || isUnknown) {
            kept = 0;
            wholes.removeAside(stream);
        }
        if (isUnknown) {
            // It is known as well as if nothing of it had come.
        } else if (kept < MOST_FRAMES) {
            piece(0, 0);
            wholes.putAside(stream);
            kept++;
        } else if (kept == MOST_FRAMES) {
            wholes.removeAside(stream);
            kept++;
        }
        if (settled < SETTLED && (tcp.isSyn() || isAnchor)) {
            settled = tcp.isSyn() ? SETTLED : settled + 1;
        }
        seam.offered(digest, tcp.isSyn() || isAnchor && settled == SETTLED);
        wholes.note(stream, kept * KEPT_FRAME + (long) settled * SETTLING + notes % SETTLING);
    }

    /** The position of a sequence number: the one next to where the stream is. */
    private long place(int stream, int sequence) {
        if (stream == 0) {
            return EPOCH + (sequence & 0xFFFF_FFFFL);
        }
        long begin = wholes.begin(stream);
        return begin + (sequence - (int) begin);
    }

    /** A connection begins; a SYN that comes again is none of another. */
    private int synchronise(int stream, int sequence) {
        long begin = place(stream, sequence);
        if (stream != 0) {
            if (wholes.limit(stream) == begin && (wholes.note(stream) & CLOSED) == 0) {
                return stream;
            }
            forget(stream);
        }
        return open(begin, begin, 0);
    }

    /** @param first where the connection begins, if that was seen */
    private int open(long begin, long first, long notes) {
        piece(begin, begin);
        int stream = wholes.openStream(begin);
        if (stream != 0) {
            wholes.limit(stream, first);
            wholes.note(stream, notes);
        }
        return stream;
    }

    /** Gives a stream and its holes up: it is over. */
    private void forget(int stream) {
        int notes = (int) wholes.note(stream);
        wholes.abandon(stream, Fault.WHOLE_INCOMPLETE);
        for (int hole = 0; hole < HOLES; hole++) {
            if ((notes & FIRST_HOLE << hole) != 0) {
                wholes.key().last(hole + 1L);
                int filled = wholes.find();
                if (filled != 0) {
                    wholes.abandon(filled, Fault.WHOLE_INCOMPLETE);
                }
            }
        }
        wholes.key().last(0);
    }

    private void close(int stream, long end) {
        long reach = wholes.reach(stream);
        if (Math.abs(end - reach) > MOST) {
            return;
        }
        wholes.note(stream, wholes.note(stream) | CLOSED);
        if (end == reach && reach > wholes.begin(stream)) {
            restart(stream, Fault.WHOLE_INCOMPLETE, reach, 0);
        }
    }

    // Which octets are new.

    private void data(int known) {
        int stream = known;
        if (stream == 0) {
            enter();
            return;
        }
        wholes.touch(stream, timeNanos);
        fillNoMore(stream);
        int notes = (int) wholes.note(stream) % SETTLING;
        boolean isOther = Math.abs(from - wholes.reach(stream)) > MOST
                || (notes & CLOSED) != 0 && from > wholes.reach(stream);
        if (isOther) {
            if (begins(false) == Begin.NOWHERE) {
                packet.report(Layer.TCP, Fault.STREAM_UNREADABLE, dataAt);
                return;
            }
            forget(stream);
            from = place(0, tcp.sequence());
            behind = from + present;
            sentTo = from + packet.streamLength();
            enter();
            return;
        }
        if ((notes & ALL_HOLES) != 0 && from < wholes.begin(stream)) {
            fill(notes);
            stream = wholes.find();
        }
        if (stream == 0 || behind <= wholes.begin(stream) || isKeptAlive(stream)) {
            return;
        }
        if ((wholes.note(stream) & LOST) != 0) {
            find(stream);
        } else {
            isAnchor = seam != Seam.NONE && wholes.root(stream) == 0 && from == wholes.begin(stream)
                    && (wholes.note(stream) & (ALL_HOLES | GUESSED | CLOSED)) == 0
                    && begins(false) == Begin.CERTAINLY && skipped == 0;
            follow(stream);
        }
    }

    /** One octet that was sent before may be any: RFC 1122 4.2.3.6. */
    private boolean isKeptAlive(int stream) {
        return sentTo - from == 1
                && (sentTo == wholes.reach(stream) || sentTo == extents.to(extents.last(wholes.root(stream))));
    }

    /** Gives up holes that were not filled in time. */
    private void fillNoMore(int stream) {
        long notes = wholes.note(stream);
        for (int hole = 0; (notes & ALL_HOLES) != 0 && hole < HOLES; hole++) {
            if ((notes & FIRST_HOLE << hole) == 0) {
                continue;
            }
            wholes.key().last(hole + 1L);
            int old = wholes.find();
            if (old == 0 || Math.abs(timeNanos - wholes.since(old)) > HOLE_SECONDS * 1_000_000_000L) {
                if (old != 0) {
                    wholes.abandon(old, Fault.STREAM_GAP);
                }
                notes &= ~((long) FIRST_HOLE << hole);
                wholes.note(stream, notes);
            }
        }
        wholes.key().last(0);
    }

    /** The first segment of a stream whose beginning was not seen. */
    private void enter() {
        Begin begin = begins(false);
        if (begin == Begin.NOWHERE) {
            packet.report(Layer.TCP, Fault.STREAM_UNREADABLE, dataAt);
            return;
        }
        long first = from + skipped;
        int stream = open(first, Piece.UNKNOWN, begin == Begin.PERHAPS ? GUESSED : 0);
        if (stream == 0) {
            packet.report(Layer.TCP, Fault.WHOLE_GIVEN_UP, dataAt);
            return;
        }
        isJoined = true;
        isAnchor = begin == Begin.CERTAINLY && skipped == 0;
        follow(stream);
    }

    /** A segment of a stream that does not know where its next message begins. */
    private void find(int stream) {
        long begin = wholes.begin(stream);
        Begin found = from < begin ? Begin.NOWHERE : begins(false);
        if (found == Begin.NOWHERE) {
            packet.report(Layer.TCP, Fault.STREAM_UNREADABLE, dataAt);
            wholes.advance(stream, Math.max(begin, sentTo));
            return;
        }
        wholes.note(stream, wholes.note(stream) & ~LOST | (found == Begin.PERHAPS ? GUESSED : 0));
        wholes.advance(stream, from + skipped);
        isAnchor = found == Begin.CERTAINLY && skipped == 0;
        follow(stream);
    }

    /** Octets that come late, for holes that they fill. */
    private void fill(int notes) {
        long wasFrom = from;
        long wasBehind = behind;
        long wasSentTo = sentTo;
        long wasAt = dataAt;
        for (int hole = 0; hole < HOLES; hole++) {
            if ((notes & FIRST_HOLE << hole) == 0) {
                continue;
            }
            wholes.key().last(hole + 1L);
            int filled = wholes.find();
            long limit = filled == 0 ? 0 : wholes.limit(filled);
            if (filled != 0 && wasBehind > wholes.begin(filled) && wasFrom < limit) {
                from = Math.max(wasFrom, wholes.begin(filled));
                behind = Math.min(wasBehind, limit);
                sentTo = behind;
                dataAt = wasAt + from - wasFrom;
                append(filled, limit);
                filled = wholes.find();
                if (filled != 0 && wholes.begin(filled) == limit) {
                    wholes.remove(filled);
                    filled = 0;
                }
            }
            if (filled == 0) {
                wholes.key().last(0);
                int stream = wholes.find();
                if (stream != 0) {
                    wholes.note(stream, wholes.note(stream) & ~((long) FIRST_HOLE << hole));
                }
            }
        }
        wholes.key().last(0);
        from = wasFrom;
        behind = wasBehind;
        sentTo = wasSentTo;
        dataAt = wasAt;
    }

    /** A segment behind which, in which or before which the stream goes on. */
    private void follow(int known) {
        int stream = known;
        long reach = wholes.reach(stream);
        if (from > reach) {
            leap(stream);
            return;
        }
        if (from == reach && reach > wholes.begin(stream) && (wholes.note(stream) & GUESSED) != 0
                && begins(false) == Begin.CERTAINLY) {
            // What is known to begin here is more than what was guessed to go on.
            restart(stream, Fault.STREAM_UNREADABLE, from + skipped, 0);
            stream = wholes.find();
            isAnchor = skipped == 0;
            if (stream == 0) {
                return;
            }
        }
        append(stream, wantedTo);
    }

    /**
     * A segment behind a gap. If it begins messages, the stream goes on with them. If it may begin one that is longer than the
     * segment, that is marked: once there is all of it, and what follows it begins a message too, the stream goes on there.
     */
    private void leap(int stream) {
        if (wantedTo != Long.MAX_VALUE) {
            put(stream, from, wantedTo);
            return;
        }
        if (behind > wholes.begin(stream) + MOST) {
            restart(stream, Fault.WHOLE_INCOMPLETE, sentTo, LOST);
            packet.report(Layer.TCP, Fault.STREAM_GAP, dataAt);
            return;
        }
        Begin begin = isWaiting(stream, from) ? Begin.NOWHERE : begins(true);
        long position = from + skipped;
        long mark = wholes.mark(stream);
        if (begin == Begin.CERTAINLY && mark == Piece.UNKNOWN) {
            if (leaveHole(stream, position)) {
                append(stream, Long.MAX_VALUE);
            }
            return;
        }
        if (!put(stream, from, Long.MAX_VALUE)) {
            return;
        }
        isPiece = true;
        long end = mark == Piece.UNKNOWN ? Long.MAX_VALUE : mark + lengthAt(stream, mark, framing.headerLength());
        if (end != Long.MAX_VALUE && isConfirmed(stream, end)) {
            leapTo(stream, mark);
        } else if (begin == Begin.CERTAINLY) {
            leapTo(stream, position);
        } else if (begin == Begin.PERHAPS && wholes.mark(stream) == Piece.UNKNOWN
                || begin == Begin.PERHAPS
                        && end > from + framing.length(packet.octets(), dataAt, framing.headerLength())) {
            wholes.mark(stream, from);
        }
    }

    private void leapTo(int stream, long position) {
        if (leaveHole(stream, position)) {
            isPiece = false;
            takeOut(stream, Long.MAX_VALUE, false, wholes.reach(stream), position);
        }
    }

    /** Whether the message that begins at the mark is there, and another behind it. What is none is not marked any more. */
    private boolean isConfirmed(int stream, long end) {
        long reach = wholes.markReach(stream);
        if (reach < end) {
            return false;
        }
        if (reach == end && end == behind && tcp.isPsh()) {
            return true;
        }
        int needed = framing.headerLength();
        long border = end;
        int messages = 0;
        while (reach - border >= needed && messages < 2) {
            if (!isLikely(stream, border, needed)) {
                wholes.mark(stream, Piece.UNKNOWN);
                return false;
            }
            messages++;
            border += lengthAt(stream, border, needed);
        }
        // Where any octets are a header, what follows has to end somewhere too.
        return framing.isStrong() ? messages > 0 : messages > 0 && border <= reach;
    }

    /** Adds the segment from a position on to what waits; false if it contradicts that, or there is no memory. */
    private boolean put(int stream, long first, long limit) {
        piece(first, behind);
        Fault fault = wholes.put(stream);
        if (fault != Fault.NONE) {
            packet.report(Layer.TCP, fault, dataAt);
            if (fault == Fault.PIECE_CONFLICT) {
                giveUp(stream, fault, Math.max(wholes.reach(stream), sentTo), limit);
            }
        }
        return fault == Fault.NONE;
    }

    /** Whether octets wait at a position, or just behind it in the way of the segment. */
    private boolean isWaiting(int stream, long position) {
        int next = extents.behind(wholes.root(stream), position);
        return next != 0 && extents.from(next) <= position;
    }

    /** The stream goes on at a position; what is before becomes a hole. */
    private boolean leaveHole(int stream, long position) {
        long begin = wholes.begin(stream);
        long notes = wholes.note(stream);
        int hole = 0;
        while (hole < HOLES - 1 && (notes & FIRST_HOLE << hole) != 0) {
            hole++;
        }
        wholes.key().last(hole + 1L);
        int left = wholes.find();
        if (left != 0) {
            wholes.abandon(left, Fault.WHOLE_INCOMPLETE);
        }
        piece(begin, begin);
        left = wholes.openStream(begin);
        wholes.key().last(0);
        int rest = wholes.find();
        if (rest == 0 || left == 0) {
            return rest != 0;
        }
        wholes.limit(left, position);
        wholes.note(left, notes & GUESSED);
        wholes.end(left, wholes.end(rest));
        wholes.split(rest, left, position);
        wholes.reach(left, wholes.reach(rest));
        if (skipped > 0) {
            piece(from, position);
            wholes.put(left);
        }
        wholes.putAside(left);
        wholes.key().last(0);
        rest = wholes.find();
        if (rest == 0) {
            return false;
        }
        wholes.advance(rest, position);
        wholes.reach(rest, position);
        wholes.mark(rest, Piece.UNKNOWN);
        wholes.end(rest, Piece.UNKNOWN);
        wholes.note(rest, notes & ~GUESSED | FIRST_HOLE << hole);
        return true;
    }

    /** Gives up what waits; the stream stays, at another place. */
    private void restart(int stream, Fault why, long position, int notes) {
        long first = wholes.limit(stream);
        long kept = wholes.note(stream) & ~(LOST | GUESSED);
        wholes.abandon(stream, why);
        open(position, first, kept | notes);
        isRestarted = true;
    }

    /** Adds the segment, and takes out the messages that it completes; none of them may reach beyond {@code limit}. */
    private void append(int stream, long limit) {
        long begin = wholes.begin(stream);
        long reach = wholes.reach(stream);
        long first = Math.max(from, begin);
        boolean isAlone = wholes.root(stream) == 0 && from <= reach;
        if (isAlone) {
            takeOut(stream, limit, true, wholes.reach(stream, behind), reach);
        } else if (put(stream, first, limit) && from <= reach) {
            takeOut(stream, limit, false, wholes.reach(stream, reach), reach);
        }
    }

    /**
     * Takes out the messages that are there.
     *
     * @param isAlone whether nothing waits but the segment, which was not put to it
     * @param now up to where all is there
     * @param reach up to where all was
     */
    private void takeOut(int stream, long limit, boolean isAlone, long now, long reach) {
        long begin = wholes.begin(stream);
        long border = begin;
        long end = wholes.end(stream);
        long searched = reach;
        boolean isBroken = false;
        while (!isBroken && border < limit) {
            if (end == Piece.UNKNOWN) {
                end = end(stream, border, now, searched);
                isBroken = end < border || end > limit && end != Long.MAX_VALUE;
                if (isBroken || end == Long.MAX_VALUE) {
                    end = Piece.UNKNOWN;
                    break;
                }
            }
            if (end > now) {
                break;
            }
            border = end;
            searched = end;
            end = Piece.UNKNOWN;
        }
        boolean isGuessed = (wholes.note(stream) & GUESSED) != 0;
        if (isBroken && isGuessed) {
            border = begin;
        } else if (border > begin) {
            run(stream, begin, border, border);
            wholes.note(stream, wholes.note(stream) & ~GUESSED);
        }
        if (isBroken) {
            packet.report(Layer.TCP, Fault.STREAM_UNREADABLE, dataAt + Math.max(0, border - from));
            giveUp(stream, Fault.STREAM_UNREADABLE, Math.max(now, sentTo), limit);
            return;
        }
        boolean isCut = sentTo > behind && now == behind && border >= from && border < now
                && end != Piece.UNKNOWN && end <= sentTo;
        if (isCut) {
            // No more of it will come: what is there is read.
            run(stream, border, now, end);
            border = end;
            end = Piece.UNKNOWN;
        }
        wholes.advance(stream, border);
        wholes.end(stream, end);
        isPiece |= border < behind && behind <= now;
        if (isAlone && border < now) {
            piece(border, now);
            if (wholes.put(stream) != Fault.NONE) {
                packet.report(Layer.TCP, Fault.WHOLE_GIVEN_UP, dataAt);
            }
        }
    }

    /** Fills the piece with octets of the segment. */
    private void piece(long first, long last) {
        Piece piece = wholes.piece();
        long at = dataAt + first - from;
        int length = (int) (last - first);
        if (packet.octets() == capture) {
            piece.over(wholes, source, at, length);
        } else {
            piece.over(packet.octets(), source, at, length);
        }
        piece.offset(first).seen(number, frame.recordAt(), timeNanos);
    }

    /** Gives up what waits: where the next message begins is not known. A hole is given up with it. */
    private void giveUp(int stream, Fault why, long position, long limit) {
        if (limit == Long.MAX_VALUE) {
            restart(stream, why, position, LOST);
        } else {
            wholes.abandon(stream, why);
        }
    }

    // Where messages end.

    /**
     * Where the message ends that begins at {@code border}: before that, if none begins there; {@link Long#MAX_VALUE} if that
     * cannot be told yet.
     *
     * @param reach what is there
     * @param searched up to where no delimiter begins that ends there
     */
    private long end(int stream, long border, long reach, long searched) {
        if (delimiter.length > 0) {
            long found = delimiter(stream, Math.max(border, searched - delimiter.length + 1), reach);
            return found != Long.MAX_VALUE || reach - border <= MOST ? found : border - 1;
        }
        int needed = framing.headerLength();
        if (reach - border < needed) {
            return Long.MAX_VALUE;
        }
        long length = lengthAt(stream, border, needed);
        return length == Framing.NO_MESSAGE || length > MOST ? border - 1 : border + length;
    }

    private boolean isLikely(int stream, long border, int needed) {
        header.clear();
        gather(header, stream, border, border + needed, false);
        long length = framing.length(header.octets(), 0, needed);
        return length != Framing.NO_MESSAGE && length <= MOST && framing.isLikely(header.octets(), 0);
    }

    private long lengthAt(int stream, long border, int needed) {
        if (border >= from && border + needed <= behind) {
            return framing.length(packet.octets(), dataAt + border - from, needed);
        }
        int extent = extents.behind(wholes.root(stream), border);
        if (extents.to(extent) - border >= needed) {
            return framing.length(extents.octets(extent), extents.at(extent) + border - extents.from(extent), needed);
        }
        header.clear();
        gather(header, stream, border, border + needed, false);
        return framing.length(header.octets(), 0, needed);
    }

    /** The position behind the first delimiter that begins at {@code position} or behind; else {@link Long#MAX_VALUE}. */
    private long delimiter(int stream, long position, long reach) {
        int extent = 0;
        int matched = 0;
        for (long each = position; each < reach; each++) {
            int octet;
            if (each >= from && each < behind) {
                octet = packet.octets().u8(dataAt + each - from);
            } else {
                if (extent == 0 || each >= extents.to(extent) || each < extents.from(extent)) {
                    extent = extents.behind(wholes.root(stream), each);
                }
                octet = extents.octets(extent).u8(extents.at(extent) + each - extents.from(extent));
            }
            if (octet == (delimiter[matched] & 0xFF)) {
                if (++matched == delimiter.length) {
                    return each + 1;
                }
            } else {
                each -= matched;
                matched = 0;
            }
        }
        return Long.MAX_VALUE;
    }

    /**
     * Whether the segment begins a message, behind {@link #skipped} octets.
     *
     * @param isBehindGap whether octets before it are missing
     */
    private Begin begins(boolean isBehindGap) {
        skipped = 0;
        Octets octets = packet.octets();
        if (delimiter.length > 0) {
            // A segment that ends with a message begins with one.
            boolean isAligned = !isBehindGap && present >= delimiter.length
                    && octets.matches(dataAt + present - delimiter.length, delimiter, 0, delimiter.length);
            skipped = isAligned ? 0 : delimiterIn(octets, dataAt, present);
            return isAligned || skipped > 0 ? Begin.CERTAINLY : Begin.NOWHERE;
        }
        int needed = framing.headerLength();
        int read = 0;
        int count = 0;
        boolean isPart = false;
        while (!isPart && present - read >= Math.max(1, needed)) {
            long length = framing.length(octets, dataAt + read, needed);
            if (length == Framing.NO_MESSAGE || length > MOST || !framing.isLikely(octets, dataAt + read)) {
                return Begin.NOWHERE;
            }
            isPart = length > present - read;
            if (!isPart) {
                read += (int) length;
                count++;
            }
        }
        if (count == 0) {
            return isPart ? Begin.PERHAPS : Begin.NOWHERE;
        }
        boolean isCertain = framing.isStrong() || read == present || count > 1;
        return isCertain ? Begin.CERTAINLY : Begin.PERHAPS;
    }

    private int delimiterIn(Octets octets, long at, int length) {
        for (int i = 0; i + delimiter.length <= length; i++) {
            if (octets.u8(at + i) == (delimiter[0] & 0xFF)
                    && octets.matches(at + i, delimiter, 0, delimiter.length)) {
                return i + delimiter.length;
            }
        }
        return 0;
    }

    // What is complete.

    /** Notes messages in a row. */
    private void run(int stream, long first, long last, long claimed) {
        if (runs == runAt.length) {
            runAt = Arrays.copyOf(runAt, 2 * runs);
            runLength = Arrays.copyOf(runLength, 2 * runs);
            runClaimed = Arrays.copyOf(runClaimed, 2 * runs);
            isGathered = Arrays.copyOf(isGathered, 2 * runs);
            runSequence = Arrays.copyOf(runSequence, 2 * runs);
        }
        boolean isApart = first < from || last > behind;
        if (isApart && !isTogether) {
            isTogether = true;
            gathered.clear();
        }
        isGathered[runs] = isApart;
        runAt[runs] = isApart ? gathered.length() : dataAt + first - from;
        runSequence[runs] = (int) first;
        runLength[runs] = (int) (last - first);
        runClaimed[runs++] = (int) (claimed - first);
        if (isApart) {
            gather(gathered, stream, first, last, true);
        }
    }

    private void gather(GrowingOctets target, int stream, long first, long last, boolean isMessage) {
        for (long position = first; position < last;) {
            int extent = extents.behind(wholes.root(stream), position);
            long to = Math.min(last, extents.to(extent));
            target.append(extents.octets(extent), extents.at(extent) + position - extents.from(extent), to - position);
            if (isMessage) {
                contribute(extent);
            }
            position = to;
        }
    }

    private void contribute(int extent) {
        if (pieces == frames.length) {
            frames = Arrays.copyOf(frames, 2 * pieces);
            sources = Arrays.copyOf(sources, 2 * pieces);
        }
        frames[pieces] = extents.frame(extent);
        sources[pieces++] = extents.sourceOf(extent);
    }

    private boolean emit(PacketDecoder decoder) {
        long begin = packet.at(0);
        long behindPacket = 0;
        if (isTogether) {
            int length = packet.available(0);
            together.clear();
            together.append(packet.octets(), begin, length);
            together.append(gathered.octets(), 0, gathered.length());
            decoder.move(packet, together.octets(), -begin);
            behindPacket = length;
            gatheredAt = length;
        }
        for (int run = 0; run < runs; run++) {
            long at = isGathered[run] ? behindPacket + runAt[run] : isTogether ? runAt[run] - begin : runAt[run];
            messages(decoder, at, runLength[run], runClaimed[run]);
        }
        return messages > 0;
    }

    private void messages(PacketDecoder decoder, long at, int length, int claimed) {
        Octets octets = packet.octets();
        int read = 0;
        while (read < length) {
            int message;
            int whole;
            if (delimiter.length > 0) {
                whole = delimiterIn(octets, at + read, length - read);
                message = whole - delimiter.length;
                if (framing.length(octets, at + read, message) == Framing.NO_MESSAGE) {
                    packet.report(Layer.TCP, Fault.STREAM_UNREADABLE, at + read);
                    read += whole;
                    continue;
                }
            } else {
                whole = claimed > length ? claimed : (int) framing.length(octets, at + read, framing.headerLength());
                message = Math.min(whole, length - read);
            }
            decoder.message(packet, at + read, message, claimed > length ? claimed : message);
            messages++;
            read += Math.max(1, Math.min(whole, length - read));
        }
    }

    /** How many rows of messages the last segment completed: more than one, if it also fills a hole. */
    public int runs() {
        return runs;
    }

    /** The sequence number of their first octet. */
    public int sequence(int run) {
        return runSequence[run];
    }

    /** How many octets they have. */
    public int length(int run) {
        return runClaimed[run];
    }

    /** Whether what stands at a place of the packet came in several segments. */
    public boolean isGathered(long at) {
        return isTogether && at >= gatheredAt;
    }

    /** Whether octets of the last segment wait for others. */
    public boolean isPiece() {
        return isPiece;
    }

    /**
     * Forgets everything, and waits for messages that are known: in the stream of a segment, those that begin with a sequence
     * number. After the segments that brought them, {@link #complete} finds these and no others.
     *
     * @param length how many octets they have
     */
    public void expect(Packet packet, int sequence, int length) {
        wholes.clear();
        wholes.source(source, capture);
        key(packet);
        long begin = EPOCH + (sequence & 0xFFFF_FFFFL);
        wantedTo = begin + length;
        wholes.piece().over(Octets.EMPTY, 0, 0, 0).offset(begin).seen(0, 0, timeNanos);
        int stream = wholes.openStream(begin);
        if (stream != 0) {
            wholes.limit(stream, begin);
            wholes.note(stream, 0);
        }
    }

    /** How many messages the last segment completed. */
    public int messages() {
        return messages;
    }

    /** Whether octets of a message that it completed came before it: the packet's octets are {@link #octets}. */
    public boolean isTogether() {
        return isTogether;
    }

    /** Where in {@link #octets} the messages begin that came in several segments. */
    public long gatheredAt() {
        return gatheredAt;
    }

    /** The packet, and the messages that it completed; valid until the next are completed. */
    public Octets octets() {
        return together.octets();
    }

    /** In how many pieces those messages came that came in several segments. */
    public int pieces() {
        return pieces;
    }

    /** The frame of a piece; they are in the order of the stream. */
    public long frame(int piece) {
        return frames[piece];
    }

    /** The source of that frame, as {@link #over} named it. */
    public int source(int piece) {
        return sources[piece];
    }

    /** Whether the last segment is where a stream is entered whose beginning was not seen. */
    public boolean isJoined() {
        return isJoined;
    }

    /** How many octets those messages have. */
    public long length() {
        return isTogether ? gathered.length() : 0;
    }

    /** Who is told of the segments that are taken. */
    public void seam(Seam seam) {
        this.seam = seam;
    }

    /** Tells of the segments that streams are known by, for frames to come after {@code nowNanos}. */
    public void open(long nowNanos, Seam to) {
        wholes.passed(nowNanos);
        for (int stream = wholes.oldestOpen(); stream != 0; stream = wholes.next(stream)) {
            Key key = wholes.key().of(wholes.window(stream));
            long kept = wholes.note(stream) / KEPT_FRAME;
            if (wholes.keyWord(stream, key.count() - 1) == 0 && kept <= MOST_FRAMES) {
                long digest = key.digest();
                int last = wholes.aside(stream);
                for (int each = last == 0 ? 0 : extents.aside(last, 0); each != 0; each = extents.aside(last, each)) {
                    to.open(digest, extents.sourceOf(each), extents.frame(each));
                }
            }
        }
    }

    /** How many messages are not complete. */
    public int open() {
        int open = 0;
        for (int stream = wholes.oldestOpen(); stream != 0; stream = wholes.next(stream)) {
            open += wholes.root(stream) == 0 ? 0 : 1;
        }
        return open;
    }

    /** Octets of memory that are held for what is not complete. */
    public long bytes() {
        return wholes.bytes();
    }

    /** There are no more frames: all that waits is handed over, and everything is forgotten. */
    public void end() {
        wholes.end();
    }

    /** Forgets everything. */
    public void clear() {
        wantedTo = Long.MAX_VALUE;
        wholes.clear();
    }

    @Override
    public void close() {
        wholes.close();
        header.close();
        gathered.close();
        together.close();
    }
}
