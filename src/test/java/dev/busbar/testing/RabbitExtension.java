package dev.busbar.testing;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link RabbitNode}: one that all test classes share, started at the first use, or with
 * {@link PrivateNode} one of their own. Its release is the {@link RabbitRelease#chosen chosen} one unless the class
 * says {@link OnRabbit}. A test of the shared node uses names of its own and does not break it. For other
 * {@link RabbitSettings} call {@link RabbitNode#start(RabbitSettings)}.
 *
 * <p>Without an installed RabbitMQ the tests are skipped, or fail if {@link Requirement everything is required}.
 */
public final class RabbitExtension implements ExecutionCondition, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RabbitExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return release(context).server().asCondition();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RabbitNode.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean own = parameter.isAnnotated(PrivateNode.class);
        ExtensionContext owner = own ? context : context.getRoot();
        RabbitRelease release = release(context);
        String key = own ? parameter.getParameter().toString() : "shared " + release;
        return owner.getStore(NAMESPACE)
                .getOrComputeIfAbsent(key, x -> RabbitNode.start(release, RabbitSettings.PLAIN), RabbitNode.class);
    }

    private static RabbitRelease release(ExtensionContext context) {
        return context.getTestClass().flatMap(RabbitExtension::said).orElseGet(RabbitRelease::chosen);
    }

    /** Nested classes have the release of the class around them. */
    private static Optional<RabbitRelease> said(Class<?> test) {
        for (Class<?> each = test; each != null; each = each.getEnclosingClass()) {
            OnRabbit said = each.getAnnotation(OnRabbit.class);
            if (said != null) {
                return Optional.of(said.value());
            }
        }
        return Optional.empty();
    }
}
