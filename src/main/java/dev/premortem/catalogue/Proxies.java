package dev.premortem.catalogue;

import java.util.List;
import java.util.Optional;

/** Programs whose pods carry what users ask of others, known by the names of their images. */
public final class Proxies {
    /** Beside the controllers of Ingresses: Istio's gateways, Kong, Emissary. */
    private static final List<String> OTHERS = List.of("proxyv2", "kong", "emissary");

    private Proxies() {}

    /** The controller of Ingresses that an image is, in a word that names of its classes hold. */
    public static Optional<String> controller(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1);
        if (name.startsWith("traefik")) {
            return Optional.of("traefik");
        }
        if (image.contains("ingress-nginx/controller") || name.startsWith("nginx-ingress")) {
            return Optional.of("nginx");
        }
        if (name.startsWith("haproxy-ingress") || name.startsWith("kubernetes-ingress")) {
            return Optional.of("haproxy");
        }
        return Optional.empty();
    }

    /** True for an image that routes for others. */
    public static boolean routes(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1).replaceFirst("[:@].*", "");
        return controller(image).isPresent() || OTHERS.contains(name);
    }
}
