package dev.busbar.broker.amqp10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.apache.qpid.proton.amqp.Decimal128;
import org.apache.qpid.proton.amqp.Decimal32;
import org.apache.qpid.proton.amqp.Decimal64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bits are those of Intel's decimal library and of MongoDB's decimal128, which have the same encoding. */
class DecimalsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 3040000000000000, 0000000000000000",
        "1, 3040000000000000, 0000000000000001",
        "-1, b040000000000000, 0000000000000001",
        "0.1, 303e000000000000, 0000000000000001",
        "-100E-10, b02c000000000000, 0000000000000064",
        "0.1234567890123456789012345678901234, 2ffc3cde6fff9732, de825cd07e96aff2",
        "9.999999999999999999999999999999999E+6144, 5fffed09bead87c0, 378d8e63ffffffff",
        "1E-6176, 0000000000000000, 0000000000000001",
    })
    void decimal128(BigDecimal value, String high, String low) {
        var bits = new Decimal128(Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16));

        assertThat(Decimals.fromAmqp(bits)).isEqualTo(value);
        var written = Decimals.toAmqp(value);
        assertThat(Long.toHexString(written.getMostSignificantBits()))
                .isEqualTo(Long.toHexString(bits.getMostSignificantBits()));
        assertThat(Long.toHexString(written.getLeastSignificantBits()))
                .isEqualTo(Long.toHexString(bits.getLeastSignificantBits()));
    }

    /**
     * Scaling a number with a larger exponent takes as many digits. Scaling this number would take long enough to be
     * noticed, and not longer.
     */
    @ParameterizedTest
    @ValueSource(strings = {"1E+1000000", "1E-1000000", "7E+2147483647", "-7E-2147483647", "1E+6145", "1E-6177"})
    void whatIsFarOutsideIsRefusedWithoutScalingIt(BigDecimal value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decimals.toAmqp(value))
                .withMessageContaining("exponent");
    }

    @Test
    void zeroHasAnyExponent() {
        assertThat(Decimals.fromAmqp(Decimals.toAmqp(new BigDecimal("0E+2147483647"))))
                .isEqualTo(new BigDecimal("0E+6111"));
        assertThat(Decimals.fromAmqp(Decimals.toAmqp(new BigDecimal("0E-2147483647"))))
                .isEqualTo(new BigDecimal("0E-6176"));
        assertThat(Decimals.fromAmqp(Decimals.toAmqp(new BigDecimal("1000E+6141"))))
                .isEqualTo(new BigDecimal("1E+6144").setScale(-6111));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 31c0000000000001",
        "-7.50, b1800000000002ee",
        "9007199254740991, 31dfffffffffffff",
        "9007199254740992, 6c70000000000000",
        "9999999999999999E+369, 77fb86f26fc0ffff",
    })
    void decimal64(BigDecimal value, String bits) {
        assertThat(Decimals.fromAmqp(new Decimal64(Long.parseUnsignedLong(bits, 16))))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 32800001",
        "-7.50, b18002ee",
        "8388607, 32ffffff",
        "8388608, 6ca00000",
        "9999999E+90, 77f8967f",
    })
    void decimal32(BigDecimal value, String bits) {
        assertThat(Decimals.fromAmqp(new Decimal32(Integer.parseUnsignedInt(bits, 16))))
                .isEqualTo(value);
    }

    @Test
    void infinityAndNoNumberAreDoubles() {
        assertThat(Decimals.fromAmqp(new Decimal128(0x7800L << 48, 0))).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Decimals.fromAmqp(new Decimal128(0xF800L << 48, 0))).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Decimals.fromAmqp(new Decimal64(0x7C00L << 48))).isEqualTo(Double.NaN);
        assertThat(Decimals.fromAmqp(new Decimal32(0x7C00 << 16))).isEqualTo(Double.NaN);
    }

    @Test
    void moreDigitsThanThereAreCountAsZero() {
        assertThat(Decimals.fromAmqp(new Decimal32(0x6cb8967f + 1))).isEqualTo(BigDecimal.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E+6144", "1.0E-6176", "1234567890123456789012345678901234000"})
    void movesTheExponentWhereItMust(BigDecimal value) {
        assertThat((BigDecimal) Decimals.fromAmqp(Decimals.toAmqp(value))).isEqualByComparingTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678901234567890123456789012345", "1E+6145", "1E-6177", "1.1E-6176"})
    void refusesWhatHasNoRoom(BigDecimal value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Decimals.toAmqp(value))
                .withMessageContaining("34 digits")
                .withMessageContaining("string");
    }
}
