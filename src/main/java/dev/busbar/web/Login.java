package dev.busbar.web;

import dev.busbar.access.AccessException;
import dev.busbar.access.Authenticator;
import dev.busbar.config.AuthConfig;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Shows the details of this node only to clients that authenticate and have a role with {@code observe}. */
final class Login {

    private final Authenticator authenticator;
    private final AuthConfig auth;

    Login(Authenticator authenticator, AuthConfig auth) {
        this.authenticator = authenticator;
        this.auth = auth;
    }

    /**
     * Returns a handler that chooses between two others. It refuses clients whose authorization is not accepted.
     *
     * @param details answers clients that may see the details
     * @param others answers clients that send no authorization
     */
    Handler<RoutingContext> either(Handler<RoutingContext> details, Handler<RoutingContext> others) {
        return context -> {
            var authorization = context.request().getHeader("Authorization");
            if (authorization == null) {
                others.handle(context);
                return;
            }
            authenticator
                    .identify(authorization)
                    .onSuccess(identity -> {
                        if (identity.permissions().mayObserve()) {
                            details.handle(context);
                        } else {
                            refuse(
                                    context,
                                    403,
                                    identity.name() + " may not observe; a role of web.roles can permit it");
                        }
                    })
                    .onFailure(failure -> {
                        if (failure instanceof AccessException) {
                            unauthorized(context, failure.getMessage());
                        } else {
                            context.fail(failure);
                        }
                    });
        };
    }

    /** Returns a handler that answers only clients that may see the details. */
    Handler<RoutingContext> only(Handler<RoutingContext> details) {
        return either(details, context -> unauthorized(context, "this needs an authorization (management.login)"));
    }

    private void unauthorized(RoutingContext context, String why) {
        if (auth.htpasswd() != null) {
            context.response().headers().add("WWW-Authenticate", "Basic realm=\"busbar\", charset=\"UTF-8\"");
        }
        if (auth.jwt() != null) {
            context.response().headers().add("WWW-Authenticate", "Bearer realm=\"busbar\"");
        }
        refuse(context, 401, why);
    }

    private static void refuse(RoutingContext context, int status, String why) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(why + "\n");
    }
}
