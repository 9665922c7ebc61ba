package dev.premortem.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"premortem " + (version == null ? "0.1.0-SNAPSHOT (not packed)" : version)};
    }
}
