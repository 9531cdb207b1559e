package dev.busbar.broker.amqp10;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.qpid.proton.amqp.Decimal128;
import org.apache.qpid.proton.amqp.Decimal32;
import org.apache.qpid.proton.amqp.Decimal64;

/**
 * Converts decimal floating point numbers from and to the binary encoding of IEEE 754-2008, which proton carries but
 * does not interpret.
 */
final class Decimals {

    private static final Format DECIMAL32 = new Format(32, 8, 7, 101);
    private static final Format DECIMAL64 = new Format(64, 10, 16, 398);
    private static final Format DECIMAL128 = new Format(128, 14, 34, 6176);
    private static final int MAX_EXPONENT = 6111;
    private static final BigInteger LOW_64_BITS = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private Decimals() {}

    /**
     * Encodes a number.
     *
     * @throws IllegalArgumentException if the number has more digits, or another magnitude, than decimal128 has
     */
    static Decimal128 toAmqp(BigDecimal value) {
        var fitting = fit(value);
        var coefficient = fitting.unscaledValue().abs();
        var exponent = (long) DECIMAL128.bias - fitting.scale();
        var sign = fitting.signum() < 0 ? Long.MIN_VALUE : 0;
        return new Decimal128(sign | exponent << 49 | coefficient.shiftRight(64).longValue(), coefficient.longValue());
    }

    private static BigDecimal fit(BigDecimal value) {
        // The magnitude is checked before scaling, which writes as many digits as the exponents differ by.
        if (value.signum() == 0) {
            var zero = Math.max(-MAX_EXPONENT, Math.min(value.scale(), DECIMAL128.bias));
            return new BigDecimal(BigInteger.ZERO, zero);
        }
        var exponent = -(long) value.scale() + value.precision();
        if (exponent < -DECIMAL128.bias || exponent > MAX_EXPONENT + DECIMAL128.digits) {
            throw outside();
        }
        try {
            var shortened = value.precision() > DECIMAL128.digits ? value.stripTrailingZeros() : value;
            var scale = Math.max(-MAX_EXPONENT, Math.min(shortened.scale(), DECIMAL128.bias));
            var fitting = shortened.setScale(scale, RoundingMode.UNNECESSARY);
            if (fitting.precision() <= DECIMAL128.digits) {
                return fitting;
            }
        } catch (ArithmeticException e) {
            // The exception below tells of it.
        }
        throw outside();
    }

    private static IllegalArgumentException outside() {
        return new IllegalArgumentException("a decimal of AMQP 1.0 has " + DECIMAL128.digits
                + " digits and an exponent of -6176 to 6111; round the number, or send it as a string");
    }

    /** Returns a {@link BigDecimal}, or a {@link Double} where the number is infinite or not a number. */
    static Number fromAmqp(Decimal128 value) {
        return DECIMAL128.read(BigInteger.valueOf(value.getMostSignificantBits())
                .shiftLeft(64)
                .or(BigInteger.valueOf(value.getLeastSignificantBits()).and(LOW_64_BITS)));
    }

    static Number fromAmqp(Decimal64 value) {
        return DECIMAL64.read(BigInteger.valueOf(value.getBits()));
    }

    static Number fromAmqp(Decimal32 value) {
        return DECIMAL32.read(BigInteger.valueOf(value.getBits()));
    }

    /**
     * Decodes one width of sign, exponent and coefficient. Where the two bits after the sign are set, the coefficient
     * is large: the exponent begins two bits later, and 100 goes before the other bits of the coefficient.
     */
    private record Format(int bits, int exponentBits, int digits, int bias) {

        Number read(BigInteger value) {
            var large = value.testBit(bits - 2) && value.testBit(bits - 3);
            if (large && value.testBit(bits - 4) && value.testBit(bits - 5)) {
                return value.testBit(bits - 6) ? Double.NaN : Double.POSITIVE_INFINITY * (value.signum() | 1);
            }
            var start = bits - 1 - exponentBits - (large ? 2 : 0);
            var coefficient = lowBits(value, start);
            if (large) {
                coefficient = coefficient.setBit(start + 2);
            }
            var exponent = lowBits(value.shiftRight(start), exponentBits).intValue();
            var number = new BigDecimal(value.signum() < 0 ? coefficient.negate() : coefficient, bias - exponent);
            return number.precision() <= digits ? number : new BigDecimal(BigInteger.ZERO, number.scale());
        }

        private static BigInteger lowBits(BigInteger value, int count) {
            return value.and(BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE));
        }
    }
}
