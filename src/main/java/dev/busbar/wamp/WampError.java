package dev.busbar.wamp;

/** The error URIs that the router sends: WAMP's own where the protocol has one. */
enum WampError {
    PROTOCOL_VIOLATION("wamp.error.protocol_violation"),
    NO_SUCH_REALM("wamp.error.no_such_realm"),
    NO_MATCHING_AUTH_METHOD("wamp.error.no_matching_auth_method"),
    AUTHENTICATION_FAILED("wamp.error.authentication_failed"),
    NOT_AUTHORIZED("wamp.error.not_authorized"),
    INVALID_URI("wamp.error.invalid_uri"),
    INVALID_ARGUMENT("wamp.error.invalid_argument"),
    OPTION_NOT_ALLOWED("wamp.error.option_not_allowed"),
    FEATURE_NOT_SUPPORTED("wamp.error.feature_not_supported"),
    NO_SUCH_SUBSCRIPTION("wamp.error.no_such_subscription"),
    PAYLOAD_SIZE_EXCEEDED("wamp.error.payload_size_exceeded"),
    /** The AMQP broker has not accepted the request, or not in time. */
    NETWORK_FAILURE("wamp.error.network_failure"),
    /** Busbar's own, because WAMP has no URI for this error. */
    TOO_MANY_SUBSCRIPTIONS("busbar.error.too_many_subscriptions");

    private final String uri;

    WampError(String uri) {
        this.uri = uri;
    }

    String uri() {
        return uri;
    }
}
