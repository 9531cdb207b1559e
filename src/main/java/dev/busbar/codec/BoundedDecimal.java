package dev.busbar.codec;

import java.math.BigDecimal;

/**
 * Reads decimals of outsiders within bounds. The time to read a decimal grows with the square of its digits, and the
 * time and memory to use it with its exponent, so a short text could keep a processor busy.
 */
final class BoundedDecimal {

    /** The same bound as for JSON numbers. */
    static final int MAX_CHARACTERS = 1000;

    /** More than the exponent of a decimal128. */
    static final int MAX_EXPONENT = 10_000;

    private BoundedDecimal() {}

    /**
     * Reads a decimal.
     *
     * @throws IllegalArgumentException if the text is not a decimal, or exceeds the bounds
     */
    static BigDecimal parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("it has more than " + MAX_CHARACTERS + " characters");
        }
        return requireBounded(new BigDecimal(text));
    }

    /**
     * Returns the value.
     *
     * @throws IllegalArgumentException if its exponent exceeds the bound
     */
    static BigDecimal requireBounded(BigDecimal value) {
        if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
            throw new IllegalArgumentException("its exponent is beyond " + MAX_EXPONENT);
        }
        return value;
    }
}
