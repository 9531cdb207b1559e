package dev.busbar.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes the configuration key of a record component. How the key is read, checked, written and documented follows
 * from this annotation and the component's type, and is said nowhere else.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface ConfigKey {

    /** The name of the key; {@code group.name} for a key in a group. The component's own name if this is empty. */
    String name() default "";

    /** What the key means, in Markdown. */
    String doc();

    /** The least and the greatest number, size or duration, e.g. {@code 1ms to 24h}. */
    String range() default "";

    /** The kind of text that a text, or each text of a list, has to be. */
    TextKind text() default TextKind.TEXT;

    /** The kind of text that each name in a map has to be. */
    TextKind names() default TextKind.ROLE;

    /**
     * The default, as a configuration would say it. Without one, a list or map is empty, and a section has its own
     * defaults.
     */
    String[] byDefault() default {};

    /** What the absence of the key means, in Markdown, if that is not one value: the component is {@code null} then. */
    String whenAbsent() default "";

    /** Whether the absence of the key is a problem. */
    boolean required() default false;

    /**
     * Whether the top-level {@code exchange} is taken if the key is absent. Has an effect only with
     * {@link #whenAbsent}.
     */
    boolean inherited() default false;
}
