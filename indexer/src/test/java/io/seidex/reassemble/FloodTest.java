package io.seidex.reassemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.seidex.capture.Capture;
import io.seidex.capture.Frame;
import io.seidex.capture.FrameCursor;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.DeclaredProtocols;
import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.octets.Octets;
import io.seidex.traffic.CaptureFormat;
import io.seidex.traffic.CaptureWriter;
import io.seidex.traffic.Flood;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pieces that never become whole, of many wholes at once: memory keeps within the budget, and every piece is told of. */
class FloodTest {
    private static final int WHOLES = 1 << 16;
    private static final int ROUNDS = 4;
    private static final int FRAMES = ROUNDS * WHOLES;

    private final Packet packet = new Packet();
    private final PacketDecoder decoder = new PacketDecoder();
    private long abandoned;
    private long pieces;
    private long givenUp;

    private void abandoned(Whole whole, Fault why) {
        assertTrue(why == Fault.NONE || why == Fault.WHOLE_GIVEN_UP, why::toString);
        abandoned++;
        pieces += whole.pieces();
        givenUp += why == Fault.WHOLE_GIVEN_UP ? 1 : 0;
    }

    /** What is done with a frame; answers the octets of memory that are held. */
    private interface Reader {
        long read(Frame frame);
    }

    private void each(Flood flood, long budget, Capture capture, Reader reader) {
        FrameCursor cursor = capture.cursor(new FaultLog());
        long most = 0;
        while (cursor.next()) {
            decoder.decode(capture.octets(), cursor.frame(), packet);
            most = Math.max(most, reader.read(cursor.frame()));
        }
        assertTrue(most <= budget, () -> flood + " holds more than its budget");
        assertTrue(most > budget / 4, most + " of " + budget);
    }

    private static Capture capture(Flood flood) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureWriter.to(octets, CaptureFormat.PCAP, CaptureWriter.ETHERNET)) {
            flood.write(writer, WHOLES, FRAMES);
        }
        return Capture.of(Octets.of(octets.toByteArray()), new FaultLog());
    }

    /** The large budget is enough for all of them. */
    @ParameterizedTest
    @CsvSource({"64, false", "4, true", "1, true"})
    void shouldKeepFragmentsWithinTheBudget(int mebibytes, boolean tooLittle) throws IOException {
        long budget = (long) mebibytes << 20;
        try (Capture capture = capture(Flood.FRAGMENTS);
                Fragments fragments = new Fragments(budget, this::abandoned)) {
            fragments.over(0, capture.octets());
            each(Flood.FRAGMENTS, budget, capture, frame -> {
                assertTrue(!fragments.complete(frame, frame.number(), packet, decoder));
                assertEquals(0, packet.faults());
                return fragments.bytes();
            });
            fragments.end();
        }
        assertEquals(FRAMES, pieces);
        assertEquals(tooLittle, givenUp > 0);
        assertTrue(abandoned == WHOLES || tooLittle && abandoned > WHOLES, abandoned + " were told of");
    }

    @Test
    void shouldKeepDividedMessagesWithinTheBudget() throws IOException {
        long budget = 4 << 20;
        try (Capture capture = capture(Flood.DIVISIONS);
                DeclaredMessages messages =
                        new DeclaredMessages(DeclaredProtocols.builtIn(), budget, this::abandoned)) {
            messages.over(0, capture.octets());
            each(Flood.DIVISIONS, budget, capture, frame -> {
                assertTrue(!messages.complete(frame, packet, packet.count() - 1));
                return messages.bytes();
            });
            messages.end();
        }
        assertEquals(FRAMES, pieces);
        assertTrue(givenUp > 0);
    }
}
