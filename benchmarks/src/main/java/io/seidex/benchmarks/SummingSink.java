package io.seidex.benchmarks;

import io.seidex.octets.Octets;
import io.seidex.schema.IndexField;
import io.seidex.schema.ValueSink;

/** Reads every value that it is given and keeps only a sum of them, so that reading cannot be left out. */
final class SummingSink extends ValueSink {
    long sum;

    @Override
    public void number(IndexField field, long value) {
        sum += value;
    }

    @Override
    public void header(IndexField field, long value) {
        sum += value;
    }

    @Override
    public void octets(IndexField field, Octets octets, long at, int length) {
        for (int i = 0; i < length; i++) {
            sum += octets.u8(at + i);
        }
    }

    @Override
    public void text(IndexField field, byte[] text, int length) {
        for (int i = 0; i < length; i++) {
            sum += text[i];
        }
    }

    @Override
    public void endpoint(IndexField field, long high, long low, long id) {
        sum += high + low + id;
    }
}
