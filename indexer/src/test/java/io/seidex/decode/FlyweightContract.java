package io.seidex.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every header must do, whatever octets it is moved over. A new header is tested by naming its samples. */
abstract class FlyweightContract<F extends Flyweight> {
    private static final int ROUNDS = 2_000;
    private static final int LONGEST = 64;
    private static final int AMID = 40;

    /** @param hex octets, blanks allowed */
    record Sample(String hex, String description) {}

    protected abstract F create();

    protected abstract Fault wrap(F header, Octets octets, long at, int available);

    /** Must read every accessor that may be called after the fault. */
    protected abstract String describe(F header, Fault fault);

    protected abstract List<Sample> samples();

    @Test
    void shouldDescribeEverySample() {
        for (Sample sample : samples()) {
            byte[] octets = octets(sample);
            assertEquals(sample.description(), answer(create(), octets, 0, octets.length), sample.hex());
        }
    }

    @Test
    void shouldAnswerEveryPrefixWithoutThrowing() {
        for (Sample sample : samples()) {
            byte[] octets = octets(sample);
            for (int length = 0; length <= octets.length; length++) {
                answer(create(), Arrays.copyOf(octets, length), 0, length);
            }
        }
    }

    @Test
    void shouldNotLookOutsideItsWindow() {
        for (Sample sample : samples()) {
            byte[] octets = octets(sample);
            for (int length = 0; length <= octets.length; length++) {
                assertEquals(amid(octets, length, (byte) 0), amid(octets, length, (byte) 0xFF),
                        sample.hex() + " cut to " + length);
            }
        }
    }

    @Test
    void shouldForgetThePreviousPacket() {
        F used = create();
        for (Sample first : samples()) {
            for (Sample second : samples()) {
                answer(used, octets(first), 0, octets(first).length);
                byte[] octets = octets(second);
                assertEquals(second.description(), answer(used, octets, 0, octets.length),
                        first.hex() + " before " + second.hex());
            }
        }
    }

    @Test
    void shouldSurviveRandomOctets() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        F header = create();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] octets = new byte[random.nextInt(LONGEST)];
            random.nextBytes(octets);
            if (round % 2 == 0) {
                byte[] begin = octets(samples().get(random.nextInt(samples().size())));
                System.arraycopy(begin, 0, octets, 0, random.nextInt(Math.min(begin.length, octets.length) + 1));
            }
            try {
                answer(header, octets, 0, octets.length);
            } catch (RuntimeException e) {
                throw new AssertionError("-Dseed=" + seed + " " + HexFormat.of().formatHex(octets), e);
            }
        }
    }

    private String amid(byte[] octets, int length, byte filling) {
        byte[] surrounded = new byte[AMID + length + AMID];
        Arrays.fill(surrounded, filling);
        System.arraycopy(octets, 0, surrounded, AMID, length);
        return answer(create(), surrounded, AMID, length);
    }

    private String answer(F header, byte[] content, long at, int available) {
        try (Octets octets = Octets.of(content)) {
            Fault fault = wrap(header, octets, at, available);
            String description = describe(header, fault);
            return fault == Fault.NONE ? description : (fault.label() + " " + description).strip();
        }
    }

    private static byte[] octets(Sample sample) {
        return HexFormat.of().parseHex(sample.hex().replace(" ", ""));
    }
}
