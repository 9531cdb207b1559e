package dev.busbar.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a test, or a class of them, whose scenario another one runs in every build, with another broker or protocol.
 * They run with the profile {@code all}, and in {@code .ci/run}.
 */
@Tag("repeats")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Repeats {}
