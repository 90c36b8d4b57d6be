package io.seidex.segment;

import io.seidex.schema.IndexField;
import io.seidex.schema.PacketSchema;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/**
 * Where the time and the octets of writing segments go, field by field: handed to {@link SegmentWriter}, filled by it. Time
 * is the processor's, so that a busy machine does not count, nor does waiting for the disk.
 * Octets are counted where they are written, so a field's part of a file's header or footer is nobody's.
 */
public final class SegmentCosts {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<IndexField> fields;
    private final long[][] nanos;
    private final long[][] bytes;
    private long documents;
    private long otherNanos;
    private long otherBytes;

    public SegmentCosts(PacketSchema schema) {
        this.fields = schema.fields();
        nanos = new long[Part.values().length][fields.size()];
        bytes = new long[Part.values().length][fields.size()];
    }

    /** Documents written so far. */
    public long documents() {
        return documents;
    }

    /** Nanoseconds that belong to no field: stored fields, headers, compound files. */
    public long otherNanos() {
        return otherNanos;
    }

    /** Octets that belong to no field. Those of compound files count once, as what they are made of. */
    public long otherBytes() {
        return otherBytes;
    }

    /** The costs of every field, in the order of the schema. */
    public List<FieldCost> fields() {
        List<FieldCost> costs = new ArrayList<>();
        for (IndexField field : fields) {
            int f = field.ordinal();
            costs.add(new FieldCost(
                    field,
                    nanos[Part.VALUES.ordinal()][f],
                    bytes[Part.VALUES.ordinal()][f],
                    nanos[Part.TERMS.ordinal()][f],
                    bytes[Part.TERMS.ordinal()][f]));
        }
        return costs;
    }

    /** A table of nanoseconds and octets a document, the dearest field first. */
    public String table() {
        StringBuilder table = new StringBuilder("field                      values ns    octets  terms ns    octets\n");
        fields().stream()
                .filter(cost -> cost.bytes() > 0)
                .sorted((a, b) -> Long.compare(b.nanos(), a.nanos()))
                .forEach(cost -> line(
                        table, cost.field().name(), cost.valueNanos(), cost.valueBytes(), cost.termNanos(),
                        cost.termBytes()));
        line(table, "(other)", otherNanos, otherBytes, 0, 0);
        FieldCost sum = fields().stream().reduce(
                new FieldCost(null, otherNanos, otherBytes, 0, 0), (a, b) -> new FieldCost(
                        null,
                        a.valueNanos() + b.valueNanos(),
                        a.valueBytes() + b.valueBytes(),
                        a.termNanos() + b.termNanos(),
                        a.termBytes() + b.termBytes()));
        line(table, "(all)", sum.valueNanos(), sum.valueBytes(), sum.termNanos(), sum.termBytes());
        return table.toString();
    }

    private void line(StringBuilder table, String name, long valueNanos, long valueBytes, long termNanos,
            long termBytes) {
        double each = Math.max(1, documents);
        table.append(String.format(
                Locale.ROOT,
                "%-26s%10.2f%10.3f%10.2f%10.3f%n",
                name, valueNanos / each, valueBytes / each, termNanos / each, termBytes / each));
    }

    /** A part of a segment that fields have a share in. */
    enum Part {
        VALUES,
        TERMS
    }

    /** Reads time and octets at the borders between fields. Does nothing if there are no costs to fill. */
    static final class Clock {
        private final SegmentCosts costs;
        private final Directory directory;
        private final List<IndexOutput> outputs = new ArrayList<>();
        private Part part = Part.VALUES;
        private int current = -1;
        private long lastNanos;
        private long lastBytes;
        private long closedBytes;

        Clock(SegmentCosts costs, Directory directory) {
            this.costs = costs;
            this.directory = costs == null ? directory : new Counting(directory);
            this.lastNanos = costs == null ? 0 : THREADS.getCurrentThreadCpuTime();
        }

        /** Where to write, so that the octets are counted. */
        Directory directory() {
            return directory;
        }

        void part(Part part) {
            end();
            this.part = part;
        }

        /** What comes now belongs to field {@code f}. */
        void begin(int f) {
            end();
            current = f;
        }

        /** What comes now belongs to no field. */
        void end() {
            if (costs == null) {
                return;
            }
            long nanos = THREADS.getCurrentThreadCpuTime();
            long written = closedBytes;
            for (IndexOutput output : outputs) {
                written += output.getFilePointer();
            }
            if (current < 0) {
                costs.otherNanos += nanos - lastNanos;
                costs.otherBytes += written - lastBytes;
            } else {
                costs.nanos[part.ordinal()][current] += nanos - lastNanos;
                costs.bytes[part.ordinal()][current] += written - lastBytes;
            }
            lastNanos = nanos;
            lastBytes = written;
            current = -1;
        }

        /** The segment is written. */
        void finish(int documents) {
            end();
            if (costs != null) {
                costs.documents += documents;
            }
        }

        private final class Counting extends FilterDirectory {
            Counting(Directory directory) {
                super(directory);
            }

            @Override
            public IndexOutput createOutput(String name, IOContext context) throws IOException {
                IndexOutput output = new FilterIndexOutput("counted", name, super.createOutput(name, context)) {
                    private boolean open = true;

                    @Override
                    public void writeShort(short value) throws IOException {
                        out.writeShort(value);
                    }

                    @Override
                    public void writeInt(int value) throws IOException {
                        out.writeInt(value);
                    }

                    @Override
                    public void writeLong(long value) throws IOException {
                        out.writeLong(value);
                    }

                    @Override
                    public void close() throws IOException {
                        if (open) {
                            open = false;
                            closedBytes += getFilePointer();
                            outputs.remove(this);
                        }
                        super.close();
                    }
                };
                outputs.add(output);
                return output;
            }
        }
    }
}
