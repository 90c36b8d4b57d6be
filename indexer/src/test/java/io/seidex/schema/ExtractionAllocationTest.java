package io.seidex.schema;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.seidex.decode.Packet;
import io.seidex.decode.PacketDecoder;
import io.seidex.dictionary.Dictionaries;
import io.seidex.octets.Octets;
import io.seidex.traffic.Bytes;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class ExtractionAllocationTest {
    private static final int WARM_UP = 300;
    private static final int ROUNDS = 100;
    /** Octets of an object without fields, rounded as the heap rounds. */
    private static final int SMALLEST_OBJECT = 16;
    private static final int ETHERNET = 1;

    /** Reads every value and keeps nothing. */
    private static final class Sum extends ValueSink {
        private long sum;

        @Override
        public void number(IndexField field, long value) {
            sum += value ^ field.ordinal();
        }

        @Override
        public void header(IndexField field, long value) {
            sum += value + field.ordinal();
        }

        @Override
        public void octets(IndexField field, Octets octets, long at, int length) {
            sum += octets.uint(at, Math.min(length, Long.BYTES));
        }

        @Override
        public void text(IndexField field, byte[] text, int length) {
            sum += length == 0 ? 0 : text[length - 1];
        }

        @Override
        public void endpoint(IndexField field, long high, long low, long id) {
            sum += high ^ low ^ id;
        }
    }

    @Test
    void shouldAllocateNothingForAPacket() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (String traffic : new String[] {"n4-session-churn", "mixed-core", "every-interface"}) {
            byte[][] packets = ExtractionTest.packets(traffic, 42);
            PacketDecoder decoder = new PacketDecoder();
            Packet packet = new Packet();
            Extraction extraction = Extraction.forIndexing(Dictionaries.builtIn());
            Sum sum = new Sum();
            try (Octets octets = Octets.of(Bytes.join(packets))) {
                for (int i = 0; i < WARM_UP; i++) {
                    round(packets, octets, decoder, packet, extraction, sum);
                }
                long before = thread.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < ROUNDS; i++) {
                    round(packets, octets, decoder, packet, extraction, sum);
                }
                long allocated = thread.getCurrentThreadAllocatedBytes() - before;
                // The bean's own answer is an object, and compilers come and go; a packet that allocated would show each round.
                assertTrue(allocated < ROUNDS * SMALLEST_OBJECT,
                        traffic + ": " + allocated + " octets, sum " + sum.sum);
            }
        }
    }

    private static void round(
            byte[][] packets, Octets octets, PacketDecoder decoder, Packet packet, Extraction extraction, Sum sum) {
        long at = 0;
        for (byte[] content : packets) {
            decoder.decode(octets, at, content.length, content.length, ETHERNET, packet);
            extraction.extract(octets, packet, sum);
            at += content.length;
        }
    }
}
