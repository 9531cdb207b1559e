package dev.busbar.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a record a section of the configuration: each component with a {@link ConfigKey} is one of its keys. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface ConfigSection {

    /** The heading on the reference page. */
    String title();

    /** The sentences below the heading, in Markdown. */
    String intro() default "";

    /** The key that a bare text in place of the section stands for; empty if there is none. */
    String shorthand() default "";

    /** The sections that are written inside this one, but whose keys are components of this record. */
    Group[] groups() default {};

    /** A section without a record of its own: the components whose keys are called {@code name.…} are its keys. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface Group {

        String name();

        String title();

        /** What the group means, in Markdown, as for a key. */
        String doc();

        /** Whether its absence is a problem; if not, absence is as good as a group without keys. */
        boolean required() default false;
    }
}
