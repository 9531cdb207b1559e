package dev.busbar.codec;

import java.math.BigDecimal;

/**
 * Reads decimals that come from outside. What it takes to read one grows with the square of its digits, and what it
 * takes to do anything with one, be it to ask for its whole part, with its exponent: some characters would do.
 */
final class BoundedDecimal {

    /** As JSON numbers may have. */
    static final int MAX_CHARACTERS = 1000;

    /** More than a decimal128 has. */
    static final int MAX_EXPONENT = 10_000;

    private BoundedDecimal() {}

    /** @throws IllegalArgumentException if it is no decimal, or beyond the bounds */
    static BigDecimal parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("it has more than " + MAX_CHARACTERS + " characters");
        }
        return within(new BigDecimal(text));
    }

    /** @throws IllegalArgumentException if it is beyond the bounds */
    static BigDecimal within(BigDecimal value) {
        if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
            throw new IllegalArgumentException("its exponent is beyond " + MAX_EXPONENT);
        }
        return value;
    }
}
