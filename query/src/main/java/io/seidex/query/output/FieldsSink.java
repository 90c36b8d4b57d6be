package io.seidex.query.output;

import io.seidex.query.search.Hit;
import io.seidex.query.search.PacketValues;
import io.seidex.schema.PacketSchema;
import io.seidex.store.OneLine;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;

/** The values of chosen fields, as tshark's {@code -T fields} prints them. */
public final class FieldsSink implements PacketSink {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final OutputField[] fields;
    private final FieldsOptions options;
    private final LineOutput out;
    private final ValuePrinter printer = new ValuePrinter();
    private final TimePrinter times;
    private final boolean isOfRecord;

    public FieldsSink(List<OutputField> fields, FieldsOptions options, ZoneId zone, OutputStream out) {
        this.fields = fields.toArray(new OutputField[0]);
        this.options = options;
        this.out = new LineOutput(out);
        this.times = new TimePrinter(zone);
        this.isOfRecord = fields.stream().allMatch(OutputField::isOfRecord);
    }

    @Override
    public void begin() throws IOException {
        if (options.bom()) {
            out.text().put(BYTE_ORDER_MARK);
        }
        if (options.header()) {
            for (int i = 0; i < fields.length; i++) {
                separate(i);
                out.text().put(fields[i].name());
            }
            out.endLine();
        }
    }

    @Override
    public boolean accept(Hit hit) throws IOException {
        PacketValues values = isOfRecord ? hit.recordValues() : hit.values();
        for (int i = 0; i < fields.length; i++) {
            separate(i);
            print(fields[i], hit, values);
        }
        out.endLine();
        return true;
    }

    private void separate(int index) {
        if (index > 0) {
            out.text().put(options.separator());
        }
    }

    private void print(OutputField field, Hit hit, PacketValues values) throws IOException {
        int found = field.next(values, 0);
        if (found < 0) {
            return;
        }
        quote();
        switch (options.occurrence()) {
            case 'f' -> print(field, hit, values, found);
            case 'l' -> {
                int last = found;
                for (int i = found; i >= 0; i = field.next(values, i + 1)) {
                    last = i;
                }
                print(field, hit, values, last);
            }
            default -> {
                for (int i = found; i >= 0; i = field.next(values, i + 1)) {
                    if (i > found) {
                        out.text().put(options.aggregator());
                    }
                    print(field, hit, values, i);
                }
            }
        }
        quote();
    }

    private void print(OutputField field, Hit hit, PacketValues values, int index) throws IOException {
        if (field.asDate()) {
            times.printed(values.number(index), out.text());
        } else if (values.field(index) == PacketSchema.CAPTURE) {
            out.text().put(OneLine.of(hit.capture().path()));
        } else {
            printer.print(hit, values, index, out.text());
        }
    }

    private void quote() {
        if (options.quote() != 0) {
            out.text().put(options.quote());
        }
    }

    @Override
    public void finish() throws IOException {
        out.finish();
    }
}
