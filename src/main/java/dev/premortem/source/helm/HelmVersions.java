package dev.premortem.source.helm;

/** Versions of what renders. */
final class HelmVersions {
    /** helm-java 0.0.21 carries Helm 3.21.0; asked of it on 2026-11-25, held by a test. */
    static final String LIBRARY = "helm 3.21.0 (helm-java 0.0.21)";

    private HelmVersions() {}
}
