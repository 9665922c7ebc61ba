package dev.premortem.source.kustomize;

/** What has to be done should the program be ended, by Ctrl-C say, before this is closed. */
final class AtEnd implements AutoCloseable {
    private final Thread hook;

    private AtEnd(Thread hook) {
        this.hook = hook;
    }

    /** Where the end has begun already it is done at once. */
    static AtEnd of(Runnable work) {
        Thread hook = new Thread(work, "kustomize-interrupted");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            work.run();
        }
        return new AtEnd(hook);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the end has begun, and with it the hook
        }
    }
}
