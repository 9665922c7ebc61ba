package dev.premortem.catalogue;

import java.util.List;
import java.util.Optional;

/** Endpoints of known programs whose answer depends on something outside of the program, and are therefore no sign of its life. */
public final class DependentProbes {
    /**
     * One endpoint.
     *
     * @param image part of the image's name without its tag
     * @param path path of the endpoint
     * @param on what it depends on, as the end of "answers only while …"
     * @param source where that is said
     */
    public record Endpoint(String image, String path, String on, String source) {}

    private static final List<Endpoint> ALL = List.of(
            new Endpoint(
                    "cloudflared",
                    "/ready",
                    "it has a connection to Cloudflare's edge",
                    "github.com/cloudflare/cloudflared, metrics/readiness.go: 200 while at least one connection is active,"
                            + " 503 otherwise (read in an excerpt, 2026-11-25)"),
            new Endpoint(
                    "oauth2-proxy",
                    "/ready",
                    "its session store answers",
                    "oauth2-proxy/oauth2-proxy docs/docs/features/endpoints.md: /ready answers 200 while the connections"
                            + " below it, such as the Redis store, are there (read 2026-11-25)"));

    private DependentProbes() {}

    /** The endpoint of an image at a path; empty for those not known to depend on anything. */
    public static Optional<Endpoint> of(String image, String path) {
        String name = image.replaceFirst("@.*$", "");
        String plain = name.substring(name.lastIndexOf('/') + 1).replaceFirst(":.*$", "");
        return ALL.stream()
                .filter(endpoint -> plain.equals(endpoint.image())
                        && path.replaceFirst("[?].*$", "").equals(endpoint.path()))
                .findFirst();
    }
}
