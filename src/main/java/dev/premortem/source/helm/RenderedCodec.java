package dev.premortem.source.helm;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.render.Unread;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rendered objects as bytes, for the cache; without the charts that are absent, which the loader finds each time. Each text is written once; where it stands again its number does. */
final class RenderedCodec {
    private static final int SCALAR = 0;
    private static final int SEQUENCE = 1;
    private static final int MAPPING = 2;
    private static final int MOST_DEPTH = 400;

    private RenderedCodec() {}

    /** A result as bytes. */
    static byte[] write(Rendered rendered) {
        Writer out = new Writer();
        out.number(rendered.objects().size());
        rendered.objects().forEach(out::tree);
        out.text(rendered.by());
        out.text(rendered.gap());
        out.number(rendered.problems().size());
        rendered.problems().forEach(out::problem);
        out.number(rendered.unread().size());
        rendered.unread().forEach(out::unread);
        return out.bytes();
    }

    /** A tree as bytes, with its places. */
    static byte[] tree(Tree tree) {
        Writer out = new Writer();
        out.tree(tree);
        return out.bytes();
    }

    /** The result that bytes hold; empty where they are none, as when a disk was full. */
    static Optional<Rendered> read(byte[] bytes) {
        try {
            Reader in = new Reader(bytes);
            List<Tree> objects = new ArrayList<>();
            for (int left = in.number(); left > 0; left--) {
                objects.add(in.tree(0));
            }
            Optional<String> by = in.optional();
            Optional<String> gap = in.optional();
            List<Problem> problems = new ArrayList<>();
            for (int left = in.number(); left > 0; left--) {
                problems.add(in.problem());
            }
            List<Unread> unread = new ArrayList<>();
            for (int left = in.number(); left > 0; left--) {
                unread.add(in.unread());
            }
            return in.over()
                    ? Optional.of(new Rendered(List.copyOf(objects), by, gap, List.copyOf(problems))
                            .unread(List.copyOf(unread)))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // then it is rendered anew
        }
    }

    private static final class Writer {
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(buffer);
        private final Map<String, Integer> known = new LinkedHashMap<>();

        byte[] bytes() {
            return buffer.toByteArray();
        }

        void number(int value) {
            try {
                int rest = value;
                while ((rest & ~0x7f) != 0) {
                    out.writeByte(rest & 0x7f | 0x80);
                    rest >>>= 7;
                }
                out.writeByte(rest);
            } catch (IOException e) {
                throw new UncheckedIOException("memory can be written to", e);
            }
        }

        void text(String text) {
            Integer number = known.get(text);
            if (number != null) {
                number(number + 1);
                return;
            }
            known.put(text, known.size());
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(0);
            number(bytes.length);
            buffer.write(bytes, 0, bytes.length);
        }

        void text(Optional<String> text) {
            number(text.isPresent() ? 1 : 0);
            text.ifPresent(this::text);
        }

        void place(Declared place) {
            text(place.file());
            number(place.line());
            text(place.field());
        }

        void problem(Problem problem) {
            text(problem.file());
            number(problem.line());
            text(problem.field());
            text(problem.found());
            text(problem.expected());
            text(problem.hint());
        }

        void unread(Unread unread) {
            text(unread.path());
            place(unread.place());
            number(unread.until());
            text(unread.instead());
            number(unread.empty() ? 1 : 0);
        }

        void tree(Tree tree) {
            switch (tree) {
                case Tree.Scalar scalar -> {
                    number(SCALAR);
                    place(scalar.place());
                    text(scalar.kind().name());
                    text(scalar.value());
                }
                case Tree.Sequence sequence -> {
                    number(SEQUENCE);
                    place(sequence.place());
                    number(sequence.values().size());
                    sequence.values().forEach(this::tree);
                }
                case Tree.Mapping mapping -> {
                    number(MAPPING);
                    place(mapping.place());
                    number(mapping.values().size());
                    mapping.values().forEach(entry -> {
                        text(entry.key());
                        place(entry.place());
                        tree(entry.value());
                    });
                }
            }
        }
    }

    private static final class Reader {
        private final DataInputStream in;
        private final List<String> known = new ArrayList<>();

        Reader(byte[] bytes) {
            in = new DataInputStream(new ByteArrayInputStream(bytes));
        }

        boolean over() throws IOException {
            return in.read() < 0;
        }

        int number() throws IOException {
            int value = 0;
            for (int shift = 0; shift < 35; shift += 7) {
                int next = in.readUnsignedByte();
                value |= (next & 0x7f) << shift;
                if (next < 0x80) {
                    return value;
                }
            }
            throw new IOException("no number");
        }

        private int number(int below) throws IOException {
            int value = number();
            if (value < 0 || value >= below) {
                throw new IOException("a number out of its range");
            }
            return value;
        }

        String text() throws IOException {
            int number = number(known.size() + 1);
            if (number > 0) {
                return known.get(number - 1);
            }
            int length = number(Integer.MAX_VALUE);
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new IOException("ends in the middle of a text");
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            known.add(text);
            return text;
        }

        Optional<String> optional() throws IOException {
            return number(2) == 1 ? Optional.of(text()) : Optional.empty();
        }

        Declared place() throws IOException {
            return new Declared(text(), number(), text());
        }

        Problem problem() throws IOException {
            return new Problem(text(), number(), text(), text(), text(), text());
        }

        Unread unread() throws IOException {
            return new Unread(text(), place(), number(), optional(), number(2) == 1);
        }

        Tree tree(int depth) throws IOException {
            if (depth > MOST_DEPTH) {
                throw new IOException("nested deeper than " + MOST_DEPTH);
            }
            int kind = number(MAPPING + 1);
            Declared place = place();
            if (kind == SCALAR) {
                return new Tree.Scalar(place, Tree.Scalar.Kind.valueOf(text()), text());
            }
            int size = number();
            if (kind == SEQUENCE) {
                List<Tree> values = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    values.add(tree(depth + 1));
                }
                return new Tree.Sequence(place, List.copyOf(values));
            }
            List<Tree.Entry> entries = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                entries.add(new Tree.Entry(text(), place(), tree(depth + 1)));
            }
            return new Tree.Mapping(place, List.copyOf(entries));
        }
    }
}
