package dev.busbar.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a test class whose scenarios another class runs in every build, with another broker or protocol. Such classes
 * run with the profile {@code all}, and in {@code .ci/run}.
 */
@Tag("repeats")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Repeats {}
