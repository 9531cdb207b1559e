package dev.busbar.config;

import java.util.List;

final class SlowReaderSection {

    static final Type<SlowReader> POLICY = Types.choice(SlowReader.class);

    static final Key<List<String>> ADDRESSES = Key.required(
            "addresses",
            new ListOf<>(Names.BROWSER_ADDRESS, true),
            "Which: event bus addresses, and `mq:` filters, which stand for all they cover.");
    static final Key<SlowReader> POLICY_KEY =
            Key.required("policy", POLICY, "As `limits.whenSlow`, for subscriptions to these.");

    static final Section<SlowReaderConfig> TYPE = new Section<>(
            "Slow readers",
            "The first entry that has a subscription's address decides.",
            List.of(ADDRESSES.from(SlowReaderConfig::addresses), POLICY_KEY.from(SlowReaderConfig::policy)),
            it -> new SlowReaderConfig(it.get(ADDRESSES), it.get(POLICY_KEY)));

    private SlowReaderSection() {}
}
