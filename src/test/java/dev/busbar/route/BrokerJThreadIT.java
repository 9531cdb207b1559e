package dev.busbar.route;

class BrokerJThreadIT extends ThreadScenarios {
    @Override
    String uri() {
        return SharedBrokerJ.uri();
    }

    /** It shares this JVM, and has threads of its own. */
    @Override
    boolean ofBroker(String thread) {
        return thread.startsWith("Housekeeping")
                || thread.startsWith("IO-")
                || thread.startsWith("virtualhost-")
                || thread.startsWith("ForkJoinPool.commonPool-");
    }
}
