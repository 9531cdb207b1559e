package dev.busbar.testing;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link RabbitNode}: one that all test classes share, started at the first use, or with
 * {@link PrivateNode} one of their own. A test of the shared node uses names of its own and does not break it. For
 * other {@link RabbitSettings} call {@link RabbitNode#start(RabbitSettings)}.
 *
 * <p>Without an installed RabbitMQ the tests are skipped, or fail if {@link Requirement everything is required}.
 */
public final class RabbitExtension implements ExecutionCondition, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RabbitExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Requirement.rabbitMq().asCondition();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RabbitNode.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        boolean own = parameter.isAnnotated(PrivateNode.class);
        ExtensionContext owner = own ? context : context.getRoot();
        String key = own ? parameter.getParameter().toString() : "shared";
        return owner.getStore(NAMESPACE)
                .getOrComputeIfAbsent(key, x -> RabbitNode.start(RabbitSettings.PLAIN), RabbitNode.class);
    }
}
