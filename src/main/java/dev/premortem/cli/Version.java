package dev.premortem.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the manifest. */
final class Version implements IVersionProvider {
    private static final String OURS = "0.1.0-SNAPSHOT";

    @Override
    public String[] getVersion() {
        return new String[] {"premortem " + packed().orElse(OURS + " (not packed)")};
    }

    /** The number alone. */
    static String number() {
        return packed().orElse(OURS);
    }

    private static Optional<String> packed() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion());
    }
}
