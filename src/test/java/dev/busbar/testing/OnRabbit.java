package dev.busbar.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * On a test class with {@link RabbitExtension}: which release its nodes are of, whichever is
 * {@link RabbitRelease#chosen chosen}. Such a class runs once in {@code .ci/run}, and not again with each release.
 */
@Tag("pinned")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
public @interface OnRabbit {
    RabbitRelease value();
}
