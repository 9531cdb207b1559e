package dev.busbar.bench;

/** A JVM in which one contender runs once. Prints what was measured as one line of JSON. */
final class Contestant {

    /** Before the result, to tell it from what libraries print. */
    static final String MARK = "RESULT ";

    private Contestant() {}

    public static void main(String[] arguments) throws Exception {
        var result = Contender.valueOf(arguments[0]).contest.run(Setup.of(arguments));
        System.out.println(MARK + result.encode());
        System.exit(0);
    }

    /** Ends this JVM: thrown in a callback, a failure would only be waited for. */
    static void fail(Throwable cause) {
        cause.printStackTrace();
        Runtime.getRuntime().halt(1);
    }
}
