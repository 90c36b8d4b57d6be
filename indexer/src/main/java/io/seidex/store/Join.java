package io.seidex.store;

import com.fasterxml.jackson.core.JsonGenerator;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of several ranges of captures whose pieces are put together, or wait for one another: given to reassembly in this
 * order, with nothing before them, they say what becomes of each of them. An overlay is made of joins. Where a frame is in the
 * joins of two overlays, the later one holds; one that changes nothing says that an earlier one does not hold any more.
 *
 * @param frames in the order of reassembly
 * @param changes by how much the faults differ from what the ranges, each for itself, found
 * @param open by how much the number of wholes that wait does
 * @param keys of its pieces that {@link Ends} do not list: those that wait although none of their range's does, read alone,
 *     and those that a frame has only together with the fragments of other ranges
 */
public record Join(List<FrameRow> frames, List<Change> changes, long open, List<Long> keys) {
    /** {@link FrameRow#document} of a frame whose document is right as it is. */
    public static final long NONE = -1;

    public Join {
        frames = List.copyOf(frames);
        changes = List.copyOf(changes);
        keys = List.copyOf(keys);
    }

    /** Whether it says that its frames are what their ranges say, in the place of earlier joins. */
    boolean isNone() {
        return open == 0 && changes.isEmpty() && frames.stream().allMatch(row -> row.document == NONE);
    }

    /**
     * A frame that brought pieces.
     *
     * @param capture place of its capture in the overlay's manifest
     * @param source place of the interface there
     * @param frame its number
     * @param recordAt where its record is
     * @param document of the overlay, in the place of the frame's own; {@link #NONE} if that is right as it is
     * @param pieces of what it completes, in their order
     */
    public record FrameRow(
            int capture, int source, long frame, long recordAt, long document, List<PieceRow> pieces) {
        public FrameRow {
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * A piece of what a frame completes.
     *
     * @param layer whose pieces are put together: of fragments IP, of everything else {@link Layer#DECLARED}
     * @param frame place of the frame that brought it, in the join
     */
    public record PieceRow(Layer layer, int frame) {}

    /** How often a fault occurs more than the ranges found it; negative if less. */
    public record Change(Layer layer, Fault fault, long count) {}

    static void write(List<Join> joins, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("joins");
        for (Join join : joins) {
            json.writeStartObject();
            json.writeArrayFieldStart("frames");
            for (FrameRow row : join.frames) {
                json.writeStartObject();
                json.writeNumberField("capture", row.capture);
                json.writeNumberField("interface", row.source);
                json.writeNumberField("frame", row.frame);
                json.writeNumberField("offset", row.recordAt);
                if (row.document != NONE) {
                    json.writeNumberField("document", row.document);
                }
                if (!row.pieces.isEmpty()) {
                    json.writeArrayFieldStart("pieces");
                    for (PieceRow piece : row.pieces) {
                        json.writeStartObject();
                        json.writeStringField("layer", piece.layer.label());
                        json.writeNumberField("frame", piece.frame);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("changes");
            for (Change change : join.changes) {
                json.writeStartObject();
                json.writeStringField("layer", change.layer.label());
                json.writeStringField("fault", change.fault.name());
                json.writeNumberField("count", change.count);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeNumberField("open", join.open);
            json.writeArrayFieldStart("keys");
            for (long key : join.keys) {
                json.writeNumber(key);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Manifests of shards that are no overlays need not have any; of overlays made before, joins have no keys and frames no pieces. */
    static List<Join> read(JsonTree manifest, int captures, int sources) throws JsonTree.BrokenMember {
        List<Join> joins = new ArrayList<>();
        if (!manifest.has("joins")) {
            return joins;
        }
        for (JsonTree join : manifest.objects("joins")) {
            List<FrameRow> frames = new ArrayList<>();
            List<JsonTree> rows = join.objects("frames");
            for (JsonTree row : rows) {
                List<PieceRow> pieces = new ArrayList<>();
                for (JsonTree piece : row.has("pieces") ? row.objects("pieces") : List.<JsonTree>of()) {
                    pieces.add(new PieceRow(
                            piece.choice("layer", Manifest::layer), piece.ordinal("frame", rows.size())));
                }
                frames.add(new FrameRow(
                        row.ordinal("capture", captures),
                        row.ordinal("interface", sources),
                        row.natural("frame"),
                        row.natural("offset"),
                        row.has("document") ? row.natural("document") : NONE,
                        pieces));
            }
            List<Change> changes = new ArrayList<>();
            for (JsonTree change : join.objects("changes")) {
                changes.add(new Change(
                        change.choice("layer", Manifest::layer),
                        change.choice("fault", Manifest::fault),
                        change.number("count")));
            }
            List<Long> keys = join.has("keys") ? join.numbers("keys") : List.of();
            joins.add(new Join(frames, changes, join.number("open"), keys));
        }
        return joins;
    }
}
