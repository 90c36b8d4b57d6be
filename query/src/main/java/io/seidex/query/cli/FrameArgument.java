package io.seidex.query.cli;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * {@code CAPTURE:NUMBER}, {@code CAPTURE} or {@code NUMBER}, as people write it. The last colon splits, unless all of it names
 * a capture: names may hold colons.
 *
 * @param capture empty if only a number was written
 * @param number empty if the whole capture is meant
 */
record FrameArgument(String capture, OptionalLong number) {
    /**
     * @param isCapture whether a text names a capture
     * @return empty if nothing in it names a capture, and it is no number
     */
    static Optional<FrameArgument> parse(String text, Predicate<String> isCapture) {
        if (isCapture.test(text)) {
            return Optional.of(new FrameArgument(text, OptionalLong.empty()));
        }
        int colon = text.lastIndexOf(':');
        OptionalLong number = number(text.substring(colon + 1));
        if (number.isEmpty()) {
            return Optional.empty();
        }
        if (colon < 0) {
            return Optional.of(new FrameArgument("", number));
        }
        String capture = text.substring(0, colon);
        return isCapture.test(capture) ? Optional.of(new FrameArgument(capture, number)) : Optional.empty();
    }

    private static OptionalLong number(String digits) {
        if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(digits));
    }
}
