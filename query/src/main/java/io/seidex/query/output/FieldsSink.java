package io.seidex.query.output;

import io.seidex.query.search.Hit;
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
    private final Occurrences occurrences;

    public FieldsSink(List<OutputField> fields, FieldsOptions options, ZoneId zone, OutputStream out) {
        this.fields = fields.toArray(new OutputField[0]);
        this.options = options;
        this.out = new LineOutput(out);
        this.occurrences = new Occurrences(fields, zone);
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
        occurrences.over(hit);
        for (int i = 0; i < fields.length; i++) {
            separate(i);
            int first = occurrences.first(i);
            if (first >= 0) {
                quote();
                print(i, hit, first);
                quote();
            }
        }
        out.endLine();
        return true;
    }

    private void separate(int index) {
        if (index > 0) {
            out.text().put(options.separator());
        }
    }

    private void print(int field, Hit hit, int first) throws IOException {
        switch (options.occurrence()) {
            case 'f' -> printOne(field, hit, first);
            case 'l' -> {
                int last = first;
                for (int i = first; i >= 0; i = occurrences.next(field, i)) {
                    last = i;
                }
                printOne(field, hit, last);
            }
            default -> {
                for (int i = first; i >= 0; i = occurrences.next(field, i)) {
                    if (i != first) {
                        out.text().put(options.aggregator());
                    }
                    printOne(field, hit, i);
                }
            }
        }
    }

    private void printOne(int field, Hit hit, int occurrence) throws IOException {
        if (fields[field].isCapture()) {
            out.text().put(OneLine.of(hit.capture().path()));
        } else {
            occurrences.print(field, occurrence, out.text());
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
