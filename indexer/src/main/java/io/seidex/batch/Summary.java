package io.seidex.batch;

import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.store.Manifest.FaultRow;
import java.util.List;

/**
 * What a batch did.
 *
 * @param captures captures of which something was indexed
 * @param known files whose content the index held already
 * @param refused files that gave nothing
 * @param shards shards that were published
 * @param packets packets that were read
 * @param documents documents that were written
 * @param joined packets that have another document since their pieces lie in several captures, or parts of one
 * @param octets octets of captures that were indexed
 * @param nanos how long it took
 * @param privateOctets the most memory that was held at a time, mapped captures not counted; 0 where the system does not say
 * @param faults what was wrong in all inputs together, those that were known included
 */
public record Summary(
        long captures,
        long known,
        long refused,
        long shards,
        long packets,
        long documents,
        long joined,
        long octets,
        long nanos,
        long privateOctets,
        List<FaultTotal> faults) {
    public Summary {
        faults = List.copyOf(faults);
    }

    /** Whether some input was damaged or gave nothing. */
    public boolean isDamaged() {
        return refused > 0 || faults.stream().anyMatch(total -> total.fault().isDamage());
    }

    /** How often a fault was met in all captures together, and where first. */
    public record FaultTotal(Layer layer, Fault fault, long count, long captures, String firstPath, FaultRow first) {
        /** So many more; null if none are left. */
        FaultTotal plus(long more) {
            return count + more <= 0 ? null : new FaultTotal(layer, fault, count + more, captures, firstPath, first);
        }
    }
}
