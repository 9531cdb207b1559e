package dev.busbar.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes the configuration key of a record component: how the key is read, checked, written and documented follows
 * from this and from the component's type, and is said nowhere else.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface ConfigKey {

    /** The key's name; {@code group.name} for a key of a group. Empty for the component's own name. */
    String name() default "";

    /** What the key means, in Markdown. */
    String doc();

    /** The least and the greatest value of a number, size or duration, e.g. {@code 1ms to 24h}. */
    String range() default "";

    /** What a text has to be. */
    TextKind text() default TextKind.TEXT;

    /** The default as a configuration has it. Without one a list and a map are empty, and a section has its own. */
    String[] byDefault() default {};

    /** What the absence of the key means, in Markdown, if that is not one value: the component is {@code null} then. */
    String whenAbsent() default "";

    /** Whether the absence of the key is a problem. */
    boolean required() default false;

    /** Whether the default is the exchange of the top level. */
    boolean inherited() default false;
}
