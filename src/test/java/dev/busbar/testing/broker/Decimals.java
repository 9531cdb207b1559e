package dev.busbar.testing.broker;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.qpid.protonj2.types.Decimal128;

/**
 * Writes and reads IEEE 754's decimal128 with a binary coefficient, in the form that all numbers of up to 34 digits
 * have: a sign bit, 14 bits of exponent, 113 of coefficient. Protonj2 carries the bits and does not interpret them.
 */
final class Decimals {

    private static final int COEFFICIENT_BITS = 113;
    private static final int BIAS = 6_176;
    private static final BigInteger COEFFICIENT =
            BigInteger.ONE.shiftLeft(COEFFICIENT_BITS).subtract(BigInteger.ONE);

    private Decimals() {}

    static Decimal128 toAmqp(BigDecimal value) {
        var bits = BigInteger.valueOf(BIAS - value.scale())
                .shiftLeft(COEFFICIENT_BITS)
                .or(value.unscaledValue().abs());
        if (value.signum() < 0) {
            bits = bits.setBit(127);
        }
        return new Decimal128(bits.shiftRight(64).longValue(), bits.longValue());
    }

    static BigDecimal fromAmqp(Decimal128 value) {
        var high = new BigInteger(Long.toUnsignedString(value.getMostSignificantBits()));
        var bits = high.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(value.getLeastSignificantBits())));
        var exponent = bits.clearBit(127).shiftRight(COEFFICIENT_BITS).intValue() - BIAS;
        var magnitude = new BigDecimal(bits.and(COEFFICIENT), -exponent);
        return bits.testBit(127) ? magnitude.negate() : magnitude;
    }
}
