package io.seidex.benchmarks;

import io.seidex.decode.FlaggedAddresses;
import io.seidex.dictionary.Dictionary;
import io.seidex.dictionary.Element;
import io.seidex.dictionary.LayoutReader;
import io.seidex.dictionary.Program;
import io.seidex.octets.Octets;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the value of one F-TEID of PFCP costs: TEID and addresses, read by the dictionary's program, by that program
 * unrolled, by the indexer's own reader, and by a loop that somebody might write by hand. Values are of IPv4, of IPv6, of
 * both, and ones that ask to choose.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FTeidBenchmark {
    static final int VALUES = 4096;
    private static final int F_TEID = 21;
    private static final int LONGEST = 25;
    private static final int CHOOSE = 4;
    private static final Set<String> INDEXED =
            Set.of("pfcp.f_teid.teid", "pfcp.f_teid.ipv4_addr", "pfcp.f_teid.ipv6_addr");

    /** All of IPv4, as usual; or of every kind. */
    @Param({"ipv4", "mixed"})
    public String kinds;

    private final LayoutReader reader = new LayoutReader();
    private final FlaggedAddresses addresses = new FlaggedAddresses();
    private final int[] at = new int[VALUES];
    private final int[] lengths = new int[VALUES];
    private Octets octets;
    private Program program;
    private Program unrolled;

    @Setup
    public void open() {
        Element element = Dictionary.pfcp().element(0, F_TEID);
        program = element.layout().program(member -> INDEXED.contains(member.field()));
        unrolled = program.unrolled();
        byte[] content = new byte[VALUES * LONGEST];
        Random random = new Random(42);
        random.nextBytes(content);
        for (int i = 0; i < VALUES; i++) {
            int flags = kinds.equals("ipv4") ? 1 : new int[] {1, 2, 3, 5}[random.nextInt(4)];
            at[i] = i * LONGEST;
            content[at[i]] = (byte) flags;
            lengths[i] = (flags & CHOOSE) != 0 ? 1 : 5 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 2) != 0 ? 16 : 0);
        }
        octets = Octets.of(content);
    }

    @TearDown
    public void close() {
        octets.close();
    }

    /** The dictionary's program of what is indexed. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long dictionary() {
        return read(program);
    }

    /** The same, run ahead for every first octet: what the indexer does with most elements. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long unrolled() {
        return read(unrolled);
    }

    private long read(Program program) {
        long sum = 0;
        for (int i = 0; i < VALUES; i++) {
            for (reader.over(program, octets, at[i], lengths[i]); reader.next();) {
                sum += reader.length() == 16 ? octets.i64(reader.at()) + octets.i64(reader.at() + 8) : reader.number();
            }
        }
        return sum;
    }

    /** What the indexer does with this one. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long indexed() {
        long sum = 0;
        for (int i = 0; i < VALUES; i++) {
            if (addresses.wrap(FlaggedAddresses.Kind.PFCP_F_TEID, octets, at[i], lengths[i])) {
                sum += addresses.hasId() ? addresses.id() : 0;
                sum += addresses.hasIpv4() ? octets.u32(addresses.ipv4At()) : 0;
                if (addresses.hasIpv6()) {
                    sum += octets.i64(addresses.ipv6At()) + octets.i64(addresses.ipv6At() + 8);
                }
            }
        }
        return sum;
    }

    /** By hand: the same conditions, the same lengths looked at. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long byHand() {
        long sum = 0;
        for (int i = 0; i < VALUES; i++) {
            int length = lengths[i];
            int place = at[i];
            int flags = length > 0 ? octets.u8(place) : CHOOSE;
            if ((flags & CHOOSE) != 0 || length < 5) {
                continue;
            }
            sum += octets.u32(place + 1);
            int next = 5;
            if ((flags & 1) != 0) {
                if (length < next + 4) {
                    continue;
                }
                sum += octets.u32(place + next);
                next += 4;
            }
            if ((flags & 2) != 0 && length >= next + 16) {
                sum += octets.i64(place + next) + octets.i64(place + next + 8);
            }
        }
        return sum;
    }
}
