/**
 * Here is a piece. Is it whole yet?
 *
 * <p>Fragments of IP datagrams, messages that are divided over several datagrams, and streams: one arithmetic for all three.
 * {@link io.seidex.reassemble.Extents} knows which positions of a whole are there, and where their octets are;
 * {@link io.seidex.reassemble.Wholes} keeps the wholes that are open, each under a {@link io.seidex.reassemble.Key}. What
 * a position is depends on the kind: an octet of a datagram, the number of a piece, an octet of a stream.
 *
 * <p>What came in one piece is not copied. Pieces are not copied either as long as the memory that they point to stays:
 * they are put together once, when the last has come. Memory is taken by what came, never by what a length claims, and
 * from a budget: the oldest whole is given up first, and whoever asked for it is told. Time is the time of the
 * captures. Nothing here throws on what it is offered.
 *
 * <p>A range of a capture is read alone, and so are several at a time. What a range cannot know, since it began or ends in
 * the midst of something, is joined afterwards: {@link io.seidex.reassemble.Seam} is told of every piece near the begin and of
 * what is open at the end, and the frames of those that may belong together are read again, through the same reassembly.
 */
package io.seidex.reassemble;
