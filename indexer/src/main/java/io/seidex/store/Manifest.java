package io.seidex.store;

import com.fasterxml.jackson.core.JsonGenerator;
import io.seidex.capture.Border;
import io.seidex.capture.CaptureInterface;
import io.seidex.decode.LinkTypes;
import io.seidex.decode.PacketDecoder;
import io.seidex.fault.Fault;
import io.seidex.fault.FaultLog;
import io.seidex.fault.Layer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a shard covers and holds: the content of its {@code manifest.json}. It is written once, with the shard, and never
 * changes.
 *
 * <p>The doc values {@code capture} and {@code frame.interface_id} of the shard's documents are places in {@link #captures}
 * and {@link #interfaces}. Documents are in the order of {@link #parts}, and within a part in the order of the frames.
 *
 * <p>An <em>overlay</em> has no parts either, but joins: its documents take the place of those of single frames in other
 * shards, {@link Overlays}.
 *
 * <p>Any other manifest without parts has no Lucene index beside it. It records what a run learned without indexing anything: other
 * names of captures that are known, and files that gave nothing.
 *
 * @param name the shard's directory below {@code shards}
 * @param program version of the program that wrote it
 * @param schema which fields the documents have, {@link Settings#schema()}
 * @param dictionaries the dictionaries that decoded them
 * @param captures the captures that the parts are of
 * @param parts the ranges of captures that are covered
 * @param interfaces the interfaces that captured the packets
 * @param refused files that were looked at and gave nothing
 * @param documents how many documents the shard holds
 * @param packets how many packets were read
 * @param protocols labels of the protocols that some document holds
 * @param replaces names of the shards that this one takes the place of
 * @param sequence of overlays, the order in which they were made, from 1; 0 if this is none
 * @param joins what the overlay puts together
 */
public record Manifest(
        String name,
        String program,
        String schema,
        List<String> dictionaries,
        List<CaptureRow> captures,
        List<Part> parts,
        List<InterfaceRow> interfaces,
        List<RefusedRow> refused,
        long documents,
        long packets,
        List<String> protocols,
        List<String> replaces,
        long sequence,
        List<Join> joins) {

    /** The format that is written and read. */
    public static final int FORMAT = 1;

    /** A capture may describe an interface of each of thousands of link types; a line for people names so many. */
    private static final int MOST_LINK_TYPES = 8;

    public Manifest {
        dictionaries = List.copyOf(dictionaries);
        captures = List.copyOf(captures);
        parts = List.copyOf(parts);
        interfaces = List.copyOf(interfaces);
        refused = List.copyOf(refused);
        protocols = List.copyOf(protocols);
        replaces = List.copyOf(replaces);
        joins = List.copyOf(joins);
    }

    /** Whether the documents take the place of other shards' documents. */
    public boolean isOverlay() {
        return sequence > 0;
    }

    /**
     * A capture, or the part of its life that one run saw. Rows of several shards are of the same capture if they have the
     * same {@code id}.
     *
     * @param id made of the digest of its first octets when it was first indexed
     * @param headLength how many octets that was
     * @param paths absolute; the first is the one that was read
     * @param size the file's size when it was read
     * @param modifiedNanos the file's modification time when it was read
     * @param startNanos time of the capture's first packet, 0 if that has none
     * @param format {@code pcap}, {@code pcapng} …
     */
    public record CaptureRow(
            String id,
            int headLength,
            List<String> paths,
            long size,
            long modifiedNanos,
            long startNanos,
            String format) {
        public CaptureRow {
            paths = List.copyOf(paths);
        }

        /** The path that was read. */
        public String path() {
            return paths.getFirst();
        }
    }

    /**
     * A range of a capture that the shard covers.
     *
     * @param capture the capture's place in {@link Manifest#captures}
     * @param from the first octet
     * @param to behind the last octet that was looked at
     * @param digest of the octets from {@code from} to {@code to}, {@link RangeDigest}
     * @param start where reading began: the first frame's number, and what must be known to read from there
     * @param end where a tail would be read from: before {@code to} if the file ends within a record
     * @param frames how many frames were read
     * @param firstDocument the document of the first frame
     * @param documents how many documents follow from there
     * @param firstNanos the earliest time of a packet; greater than {@code lastNanos} if none has a time
     * @param lastNanos the latest time of a packet
     * @param faults what was wrong
     * @param ends what it left open at either end
     */
    public record Part(
            int capture,
            long from,
            long to,
            String digest,
            Border start,
            Border end,
            long frames,
            long firstDocument,
            long documents,
            long firstNanos,
            long lastNanos,
            List<FaultRow> faults,
            EndsRow ends) {
        public Part {
            faults = List.copyOf(faults);
        }

        /**
         * What is wrong with the part, of a capture that is covered up to {@code end}: that the file ended within a record
         * is no fault any more if it went on.
         */
        public List<FaultRow> faultsIn(long end) {
            return end <= to
                    ? faults
                    : faults.stream().filter(row -> row.fault() != Fault.RECORD_TRUNCATED).toList();
        }

        /** Whether any packet has a time. */
        public boolean hasTimes() {
            return firstNanos <= lastNanos;
        }
    }

    /**
     * What a part left open at either end. The pieces themselves are in the shard's file {@code ends}.
     *
     * @param begin pieces in its first minute: they may belong to something that began before it
     * @param end pieces of what was open at its end
     * @param wholes how many datagrams and messages that was
     * @param dropped pieces for which the file had no room: what they belong to stays open
     */
    public record EndsRow(long begin, long end, long wholes, long dropped) {
        public static final EndsRow NONE = new EndsRow(0, 0, 0, 0);
    }

    /** An interface of the capture at place {@code capture} of {@link Manifest#captures}. */
    public record InterfaceRow(int capture, CaptureInterface source) {}

    /** A file that gave nothing: no capture, or not readable. It is looked at again when it has changed. */
    public record RefusedRow(String path, long size, long modifiedNanos, Fault fault) {}

    /**
     * How often a fault was met in a part, and where first.
     *
     * @param firstFrame 0 where no frame is concerned
     * @param about what the fault does not say itself: of link types that are not decoded, which; empty of most
     */
    public record FaultRow(Layer layer, Fault fault, long count, long firstFrame, long firstAt, String about) {
        /** What a log holds, in the order of layers and faults, of a part whose packets {@code sources} captured. */
        public static List<FaultRow> of(FaultLog log, List<CaptureInterface> sources) {
            List<FaultRow> rows = new ArrayList<>();
            for (Layer layer : Layer.values()) {
                for (Fault fault : Fault.values()) {
                    if (log.count(layer, fault) > 0) {
                        rows.add(new FaultRow(
                                layer,
                                fault,
                                log.count(layer, fault),
                                log.firstFrame(layer, fault),
                                log.firstAt(layer, fault),
                                fault == Fault.LINK_TYPE_UNKNOWN ? linkTypes(sources) : ""));
                    }
                }
            }
            return rows;
        }

        private static String linkTypes(List<CaptureInterface> sources) {
            return sources.stream()
                    .map(CaptureInterface::linkType)
                    .filter(type -> !PacketDecoder.decodes(type))
                    .distinct()
                    .limit(MOST_LINK_TYPES)
                    .map(LinkTypes::text)
                    .collect(Collectors.joining(", "));
        }
    }

    static Layer layer(String label) {
        for (Layer layer : Layer.values()) {
            if (layer.label().equals(label)) {
                return layer;
            }
        }
        return null;
    }

    static Fault fault(String name) {
        for (Fault fault : Fault.values()) {
            if (fault.name().equals(name)) {
                return fault;
            }
        }
        return null;
    }

    /** What a run learned without indexing anything. */
    public static Manifest ofNames(
            String name, Settings settings, List<CaptureRow> captures, List<RefusedRow> refused) {
        return new Manifest(
                name,
                Program.VERSION,
                settings.schema(),
                settings.dictionaryWords(),
                captures,
                List.of(),
                List.of(),
                refused,
                0,
                0,
                List.of(),
                List.of(),
                0,
                List.of());
    }

    /** As JSON, in UTF-8. */
    public byte[] toJson() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonTree.JSON.createGenerator(bytes)) {
            json.useDefaultPrettyPrinter();
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #toJson()} wrote; {@code what} names it in messages. */
    public static Manifest read(byte[] json, String what) throws IndexException {
        JsonTree tree = JsonTree.read(json, what);
        try {
            long format = tree.number("format");
            if (format != FORMAT) {
                throw new IndexException(what + " is of format " + format + ", this program reads " + FORMAT
                        + ": use the version of Seidex that wrote it, or index again");
            }
            return read(tree);
        } catch (JsonTree.BrokenMember e) {
            throw new IndexException(what + " is broken: " + e.getMessage(), e);
        }
    }

    private static Manifest read(JsonTree tree) throws JsonTree.BrokenMember {
        List<CaptureRow> captures = new ArrayList<>();
        for (JsonTree row : tree.objects("captures")) {
            List<String> paths = row.texts("paths");
            if (paths.isEmpty()) {
                throw new JsonTree.BrokenMember("paths", "a list of at least one path");
            }
            captures.add(new CaptureRow(
                    row.text("id"),
                    row.natural32("head_length"),
                    paths,
                    row.natural("size"),
                    row.number("modified"),
                    row.number("start"),
                    row.text("format")));
        }
        List<Part> parts = new ArrayList<>();
        for (JsonTree row : tree.objects("parts")) {
            boolean times = row.has("first_time") && row.has("last_time");
            parts.add(new Part(
                    row.ordinal("capture", captures.size()),
                    row.natural("from"),
                    row.natural("to"),
                    row.text("digest"),
                    border(row.object("start")),
                    border(row.object("end")),
                    row.natural("frames"),
                    row.natural("first_document"),
                    row.natural("documents"),
                    times ? row.number("first_time") : Long.MAX_VALUE,
                    times ? row.number("last_time") : Long.MIN_VALUE,
                    faults(row),
                    ends(row)));
        }
        List<InterfaceRow> interfaces = new ArrayList<>();
        for (JsonTree row : tree.objects("interfaces")) {
            interfaces.add(new InterfaceRow(row.ordinal("capture", captures.size()), source(row)));
        }
        List<RefusedRow> refused = new ArrayList<>();
        for (JsonTree row : tree.objects("refused")) {
            refused.add(new RefusedRow(
                    row.text("path"),
                    row.number("size"),
                    row.number("modified"),
                    row.choice("fault", Manifest::fault)));
        }
        return new Manifest(
                tree.text("name"),
                tree.text("program"),
                tree.text("schema"),
                tree.texts("dictionaries"),
                captures,
                parts,
                interfaces,
                refused,
                tree.natural("documents"),
                tree.natural("packets"),
                tree.texts("protocols"),
                tree.texts("replaces"),
                tree.has("sequence") ? tree.natural("sequence") : 0,
                Join.read(tree, captures.size(), interfaces.size()));
    }

    private static EndsRow ends(JsonTree part) throws JsonTree.BrokenMember {
        if (!part.has("open")) {
            return EndsRow.NONE;
        }
        JsonTree open = part.object("open");
        return !open.has("begin") ? EndsRow.NONE
                : new EndsRow(
                        open.natural("begin"),
                        open.natural("end"),
                        open.natural("wholes"),
                        open.natural("dropped"));
    }

    private static List<FaultRow> faults(JsonTree part) throws JsonTree.BrokenMember {
        List<FaultRow> rows = new ArrayList<>();
        for (JsonTree row : part.objects("faults")) {
            rows.add(new FaultRow(
                    row.choice("layer", Manifest::layer),
                    row.choice("fault", Manifest::fault),
                    row.natural("count"),
                    row.natural("frame"),
                    row.natural("offset"),
                    row.text("about")));
        }
        return rows;
    }

    private static Border border(JsonTree tree) throws JsonTree.BrokenMember {
        List<CaptureInterface> interfaces = new ArrayList<>();
        for (JsonTree row : tree.objects("interfaces")) {
            interfaces.add(source(row));
        }
        return new Border(
                tree.natural("at"),
                tree.natural("frame"),
                tree.integer("section"),
                tree.flag("big_endian"),
                interfaces);
    }

    private static CaptureInterface source(JsonTree tree) throws JsonTree.BrokenMember {
        return new CaptureInterface(
                tree.integer("section"),
                tree.integer("id"),
                tree.flag("big_endian"),
                tree.integer("link_type"),
                tree.number("ticks_per_second"),
                tree.number("offset_seconds"),
                tree.number("snap_length"),
                tree.text("interface"));
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("format", FORMAT);
        json.writeStringField("name", name);
        json.writeStringField("program", program);
        json.writeStringField("schema", schema);
        texts(json, "dictionaries", dictionaries);
        json.writeNumberField("documents", documents);
        json.writeNumberField("packets", packets);
        texts(json, "protocols", protocols);
        texts(json, "replaces", replaces);
        if (isOverlay()) {
            json.writeNumberField("sequence", sequence);
            Join.write(joins, json);
        }
        json.writeArrayFieldStart("captures");
        for (CaptureRow row : captures) {
            json.writeStartObject();
            json.writeStringField("id", row.id);
            json.writeNumberField("head_length", row.headLength);
            texts(json, "paths", row.paths);
            json.writeNumberField("size", row.size);
            json.writeNumberField("modified", row.modifiedNanos);
            json.writeNumberField("start", row.startNanos);
            json.writeStringField("format", row.format);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("parts");
        for (Part part : parts) {
            write(json, part);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("interfaces");
        for (InterfaceRow row : interfaces) {
            json.writeStartObject();
            json.writeNumberField("capture", row.capture);
            write(json, row.source);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("refused");
        for (RefusedRow row : refused) {
            json.writeStartObject();
            json.writeStringField("path", row.path);
            json.writeNumberField("size", row.size);
            json.writeNumberField("modified", row.modifiedNanos);
            json.writeStringField("fault", row.fault.name());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Part part) throws IOException {
        json.writeStartObject();
        json.writeNumberField("capture", part.capture);
        json.writeNumberField("from", part.from);
        json.writeNumberField("to", part.to);
        json.writeStringField("digest", part.digest);
        json.writeNumberField("frames", part.frames);
        json.writeNumberField("first_document", part.firstDocument);
        json.writeNumberField("documents", part.documents);
        if (part.hasTimes()) {
            json.writeNumberField("first_time", part.firstNanos);
            json.writeNumberField("last_time", part.lastNanos);
        }
        write(json, "start", part.start);
        write(json, "end", part.end);
        json.writeArrayFieldStart("faults");
        for (FaultRow row : part.faults) {
            json.writeStartObject();
            json.writeStringField("layer", row.layer.label());
            json.writeStringField("fault", row.fault.name());
            json.writeNumberField("count", row.count);
            json.writeNumberField("frame", row.firstFrame);
            json.writeNumberField("offset", row.firstAt);
            json.writeStringField("about", row.about);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("open");
        json.writeNumberField("begin", part.ends.begin);
        json.writeNumberField("end", part.ends.end);
        json.writeNumberField("wholes", part.ends.wholes);
        json.writeNumberField("dropped", part.ends.dropped);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, Border border) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("at", border.at());
        json.writeNumberField("frame", border.frame());
        json.writeNumberField("section", border.section());
        json.writeBooleanField("big_endian", border.bigEndian());
        json.writeArrayFieldStart("interfaces");
        for (CaptureInterface source : border.interfaces()) {
            json.writeStartObject();
            write(json, source);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, CaptureInterface source) throws IOException {
        json.writeNumberField("section", source.section());
        json.writeNumberField("id", source.id());
        json.writeBooleanField("big_endian", source.bigEndian());
        json.writeNumberField("link_type", source.linkType());
        json.writeNumberField("ticks_per_second", source.ticksPerSecond());
        json.writeNumberField("offset_seconds", source.offsetSeconds());
        json.writeNumberField("snap_length", source.snapLength());
        json.writeStringField("interface", source.name());
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
