package io.seidex.query.search;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A filter that decides for itself on the values of a packet: what the program's answers are compared with. Nothing of the
 * program's filters is in it. Values are strings of octets that sort as the values do.
 */
sealed interface Expression {
    /** As a user would write it. */
    String text();

    /** Whether it holds of a packet, given the values of each field. */
    boolean holds(Map<String, List<byte[]>> packet);

    /** A value as it is written, and the lowest and highest value that it stands for: of a network, not the same. */
    record Value(String text, byte[] low, byte[] high) {}

    /** A field, or one that stands for two. */
    record Field(String name, List<String> parts) {
        List<byte[]> values(Map<String, List<byte[]>> packet) {
            return parts.stream().flatMap(part -> packet.getOrDefault(part, List.of()).stream()).toList();
        }
    }

    /** Several, joined by {@code &&} or {@code ||}. */
    record Joined(boolean all, List<Expression> terms) implements Expression {
        @Override
        public String text() {
            return terms.stream().map(Expression::text).collect(Collectors.joining(all ? " && " : " || ", "(", ")"));
        }

        @Override
        public boolean holds(Map<String, List<byte[]>> packet) {
            return all ? terms.stream().allMatch(term -> term.holds(packet))
                    : terms.stream().anyMatch(term -> term.holds(packet));
        }
    }

    /** What it is not. */
    record Not(Expression term) implements Expression {
        @Override
        public String text() {
            return "!" + term.text();
        }

        @Override
        public boolean holds(Map<String, List<byte[]>> packet) {
            return !term.holds(packet);
        }
    }

    /** The field is there. */
    record Present(Field field) implements Expression {
        @Override
        public String text() {
            return field.name();
        }

        @Override
        public boolean holds(Map<String, List<byte[]>> packet) {
            return !field.values(packet).isEmpty();
        }
    }

    /** A protocol is there. */
    record Protocol(String name) implements Expression {
        @Override
        public String text() {
            return name;
        }

        @Override
        public boolean holds(Map<String, List<byte[]>> packet) {
            // Every packet is a frame; as a layer it stands only where nothing else is known.
            return name.equals("frame") || packet.getOrDefault("frame.protocols", List.of()).stream()
                    .anyMatch(label -> Arrays.equals(label, name.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    /** Some occurrence compares so; with {@code !=}, there are some, and all do. */
    record Compared(Field field, String operator, Value value) implements Expression {
        @Override
        public String text() {
            return field.name() + " " + operator + " " + value.text();
        }

        @Override
        public boolean holds(Map<String, List<byte[]>> packet) {
            List<byte[]> values = field.values(packet);
            return operator.equals("!=") ? !values.isEmpty() && values.stream().allMatch(this::compares)
                    : values.stream().anyMatch(this::compares);
        }

        private boolean compares(byte[] occurrence) {
            boolean below = Arrays.compareUnsigned(occurrence, value.low()) < 0;
            boolean above = Arrays.compareUnsigned(occurrence, value.high()) > 0;
            return switch (operator) {
                case "==" -> !below && !above;
                case "!=" -> below || above;
                case "<" -> below;
                case "<=" -> !above;
                case ">" -> above;
                case ">=" -> !below;
                default -> throw new IllegalStateException(operator);
            };
        }
    }

    /** Some occurrence is one of the values, or between two of them. */
    record Member(Field field, boolean negated, List<List<Value>> ranges) implements Expression {
        @Override
        public String text() {
            return field.name() + (negated ? " not in {" : " in {")
                    + ranges.stream().map(range -> range.stream().map(Value::text).collect(Collectors.joining(" .. ")))
                            .collect(Collectors.joining(", "))
                    + "}";
        }

        @Override
        public boolean holds(Map<String, List<byte[]>> packet) {
            return negated != field.values(packet).stream().anyMatch(occurrence -> ranges.stream()
                    .anyMatch(range -> Arrays.compareUnsigned(occurrence, range.getFirst().low()) >= 0
                            && Arrays.compareUnsigned(occurrence, range.getLast().high()) <= 0));
        }
    }
}
