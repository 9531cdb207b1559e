package dev.busbar.config;

/** How datetimes are written into JSON. All three are read, whatever is written. */
public enum DatetimeStyle {
    /** {@code "2014-03-01T12:00:00Z"}. */
    ISO,
    /** Seconds since 1970, as Buildbot writes them. */
    EPOCH,
    /**
     * {@code {"__type__": "datetime", "__value__": "2014-03-01T12:00:00+00:00"}}, as kombu 5.3 and later write them.
     */
    KOMBU
}
