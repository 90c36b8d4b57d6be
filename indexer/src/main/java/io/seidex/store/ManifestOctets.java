package io.seidex.store;

import io.seidex.capture.Border;
import io.seidex.capture.CaptureInterface;
import io.seidex.fault.Fault;
import io.seidex.fault.Layer;
import io.seidex.store.Manifest.CaptureRow;
import io.seidex.store.Manifest.EndsRow;
import io.seidex.store.Manifest.FaultRow;
import io.seidex.store.Manifest.InterfaceRow;
import io.seidex.store.Manifest.Part;
import io.seidex.store.Manifest.RefusedRow;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A manifest in octets, for the {@link Catalog}: the members in their order, numbers in 8, 4 or 2 octets, lists after their
 * length, texts as a list of UTF-8 octets. Ten times as quick to read as JSON, and of use to nobody else.
 */
final class ManifestOctets {
    private ManifestOctets() {}

    private interface Write<T> {
        void write(T row, DataOutputStream out) throws IOException;
    }

    private interface Read<T> {
        T read(ByteBuffer in);
    }

    static void write(Manifest manifest, DataOutputStream out) throws IOException {
        text(manifest.name(), out);
        text(manifest.program(), out);
        text(manifest.schema(), out);
        list(manifest.dictionaries(), out, ManifestOctets::text);
        list(manifest.captures(), out, ManifestOctets::capture);
        list(manifest.parts(), out, ManifestOctets::part);
        list(manifest.interfaces(), out, (row, to) -> {
            to.writeInt(row.capture());
            source(row.source(), to);
        });
        list(manifest.refused(), out, (row, to) -> {
            text(row.path(), to);
            to.writeLong(row.size());
            to.writeLong(row.modifiedNanos());
            to.writeShort(row.fault().ordinal());
        });
        out.writeLong(manifest.documents());
        out.writeLong(manifest.packets());
        list(manifest.protocols(), out, ManifestOctets::text);
        list(manifest.replaces(), out, ManifestOctets::text);
        out.writeLong(manifest.sequence());
        list(manifest.joins(), out, ManifestOctets::join);
    }

    static Manifest read(ByteBuffer in) {
        return new Manifest(
                text(in),
                text(in),
                text(in),
                list(in, ManifestOctets::text),
                list(in, ManifestOctets::capture),
                list(in, ManifestOctets::part),
                list(in, from -> new InterfaceRow(from.getInt(), source(from))),
                list(in, from -> new RefusedRow(text(from), from.getLong(), from.getLong(), Fault.of(from.getShort()))),
                in.getLong(),
                in.getLong(),
                list(in, ManifestOctets::text),
                list(in, ManifestOctets::text),
                in.getLong(),
                list(in, ManifestOctets::join));
    }

    private static void join(Join join, DataOutputStream out) throws IOException {
        list(join.frames(), out, (row, to) -> {
            to.writeInt(row.capture());
            to.writeInt(row.source());
            to.writeLong(row.frame());
            to.writeLong(row.recordAt());
            to.writeLong(row.document());
            list(row.pieces(), to, (piece, octets) -> {
                octets.writeShort(piece.layer().ordinal());
                octets.writeInt(piece.frame());
            });
        });
        list(join.changes(), out, (row, to) -> {
            to.writeShort(row.layer().ordinal());
            to.writeShort(row.fault().ordinal());
            to.writeLong(row.count());
        });
        out.writeLong(join.open());
        list(join.keys(), out, (key, to) -> to.writeLong(key));
    }

    private static Join join(ByteBuffer in) {
        return new Join(
                list(in, from -> new Join.FrameRow(
                        from.getInt(),
                        from.getInt(),
                        from.getLong(),
                        from.getLong(),
                        from.getLong(),
                        list(from, piece -> new Join.PieceRow(Layer.of(piece.getShort()), piece.getInt())))),
                list(in, from -> new Join.Change(
                        Layer.of(from.getShort()),
                        Fault.of(from.getShort()),
                        from.getLong())),
                in.getLong(),
                list(in, ByteBuffer::getLong));
    }

    private static void capture(CaptureRow row, DataOutputStream out) throws IOException {
        text(row.id(), out);
        out.writeInt(row.headLength());
        list(row.paths(), out, ManifestOctets::text);
        out.writeLong(row.size());
        out.writeLong(row.modifiedNanos());
        out.writeLong(row.startNanos());
        text(row.format(), out);
    }

    private static CaptureRow capture(ByteBuffer in) {
        return new CaptureRow(
                text(in),
                in.getInt(),
                list(in, ManifestOctets::text),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                text(in));
    }

    private static void part(Part part, DataOutputStream out) throws IOException {
        out.writeInt(part.capture());
        out.writeLong(part.from());
        out.writeLong(part.to());
        text(part.digest(), out);
        border(part.start(), out);
        border(part.end(), out);
        out.writeLong(part.frames());
        out.writeLong(part.firstDocument());
        out.writeLong(part.documents());
        out.writeLong(part.firstNanos());
        out.writeLong(part.lastNanos());
        list(part.faults(), out, (row, to) -> {
            to.writeShort(row.layer().ordinal());
            to.writeShort(row.fault().ordinal());
            to.writeLong(row.count());
            to.writeLong(row.firstFrame());
            to.writeLong(row.firstAt());
            text(row.about(), to);
        });
        out.writeLong(part.ends().begin());
        out.writeLong(part.ends().end());
        out.writeLong(part.ends().wholes());
        out.writeLong(part.ends().dropped());
    }

    private static Part part(ByteBuffer in) {
        return new Part(
                in.getInt(),
                in.getLong(),
                in.getLong(),
                text(in),
                border(in),
                border(in),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                list(in, from -> new FaultRow(
                        Layer.of(from.getShort()),
                        Fault.of(from.getShort()),
                        from.getLong(),
                        from.getLong(),
                        from.getLong(),
                        text(from))),
                new EndsRow(in.getLong(), in.getLong(), in.getLong(), in.getLong()));
    }

    private static void border(Border border, DataOutputStream out) throws IOException {
        out.writeLong(border.at());
        out.writeLong(border.frame());
        out.writeInt(border.section());
        out.writeByte(border.bigEndian() ? 1 : 0);
        list(border.interfaces(), out, ManifestOctets::source);
    }

    private static Border border(ByteBuffer in) {
        return new Border(in.getLong(), in.getLong(), in.getInt(), in.get() != 0, list(in, ManifestOctets::source));
    }

    private static void source(CaptureInterface source, DataOutputStream out) throws IOException {
        out.writeInt(source.section());
        out.writeInt(source.id());
        out.writeByte(source.bigEndian() ? 1 : 0);
        out.writeInt(source.linkType());
        out.writeLong(source.ticksPerSecond());
        out.writeLong(source.offsetSeconds());
        out.writeLong(source.snapLength());
        text(source.name(), out);
    }

    private static CaptureInterface source(ByteBuffer in) {
        return new CaptureInterface(
                in.getInt(),
                in.getInt(),
                in.get() != 0,
                in.getInt(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                text(in));
    }

    private static void text(String text, DataOutputStream out) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(octets.length);
        out.write(octets);
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    private static <T> void list(List<T> rows, DataOutputStream out, Write<T> write) throws IOException {
        out.writeInt(rows.size());
        for (T row : rows) {
            write.write(row, out);
        }
    }

    private static <T> List<T> list(ByteBuffer in, Read<T> read) {
        int size = in.getInt();
        List<T> rows = new ArrayList<>(Math.min(size, in.remaining()));
        for (int i = 0; i < size; i++) {
            rows.add(read.read(in));
        }
        return rows;
    }
}
