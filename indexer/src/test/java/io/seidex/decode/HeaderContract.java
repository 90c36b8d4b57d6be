package io.seidex.decode;

import io.seidex.fault.Fault;
import io.seidex.octets.Octets;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The contract of a header, told by how it is made, moved and described. */
abstract class HeaderContract<F extends Flyweight> extends FlyweightContract<F> {
    /** Moves a header. */
    interface Wrap<F> {
        Fault wrap(F header, Octets octets, long at, int available);
    }

    private final Supplier<F> supplier;
    private final Wrap<F> wrap;
    private final Function<F, String> description;
    private final List<Sample> samples;

    /** @param description of what the header says, asked only after a fault that does not stop */
    protected HeaderContract(Supplier<F> supplier, Wrap<F> wrap, Function<F, String> description, Sample... samples) {
        this.supplier = supplier;
        this.wrap = wrap;
        this.description = description;
        this.samples = List.of(samples);
    }

    @Override
    protected final F create() {
        return supplier.get();
    }

    @Override
    protected final Fault wrap(F header, Octets octets, long at, int available) {
        return wrap.wrap(header, octets, at, available);
    }

    @Override
    protected final String describe(F header, Fault fault) {
        return fault.stops() ? "" : description.apply(header);
    }

    @Override
    protected final List<Sample> samples() {
        return samples;
    }
}
