package dev.premortem.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a Caddyfile makes Caddy order by itself: one certificate for each public name of its sites.
 *
 * @param names sorted; none where automatic HTTPS is off or certificates come from elsewhere
 * @param server the CA's directory where the global options name one
 */
record Caddyfile(SortedSet<String> names, Optional<String> server) {
    /** Reads the blocks of the outermost level; a snippet orders nothing. */
    static Caddyfile parse(String text) {
        SortedSet<String> names = new TreeSet<>();
        Optional<String> server = Optional.empty();
        List<String> sites = new ArrayList<>();
        boolean orders = true;
        boolean automatic = true;
        int depth = 0;
        for (String raw : text.split("\n", -1)) {
            String line = raw.replaceAll("(^|\\s)#.*", "").strip();
            if (depth == 0 && !line.isEmpty() && !line.equals("}")) {
                String head = line.endsWith("{") ? line.substring(0, line.length() - 1) : line;
                sites.addAll(List.of(head.replace(',', ' ').strip().split("\\s+")));
            }
            if (depth > 0) {
                boolean global = sites.isEmpty() || sites.equals(List.of(""));
                if (global && line.startsWith("acme_ca ")) {
                    server = Optional.of(line.substring("acme_ca ".length()).strip());
                }
                automatic &= !(global && (line.startsWith("auto_https off") || line.equals("local_certs")));
                orders &= !(line.equals("tls internal") || line.startsWith("tls /"));
            }
            depth += line.endsWith("{") ? 1 : line.equals("}") ? -1 : 0;
            if (depth == 0 && !line.isEmpty() && !line.endsWith(",")) {
                if (orders) {
                    sites.stream().flatMap(site -> name(site).stream()).forEach(names::add);
                }
                sites.clear();
                orders = true;
            }
        }
        return new Caddyfile(automatic ? names : new TreeSet<>(), server);
    }

    /** The public name in a site's address; plain HTTP, addresses by number and names of this machine get no certificate of a CA. */
    private static Optional<String> name(String site) {
        if (site.startsWith("http://") || site.startsWith("(") || site.startsWith("&(")) {
            return Optional.empty();
        }
        String name = site.replaceFirst("^https://", "")
                .replaceFirst("/.*$", "")
                .replaceFirst(":443$", "")
                .toLowerCase(Locale.ROOT);
        boolean local = name.endsWith(".localhost") || name.endsWith(".local") || name.endsWith(".internal");
        return name.matches("(\\*\\.)?([a-z0-9-]+\\.)+[a-z][a-z0-9-]+") && !local
                ? Optional.of(name)
                : Optional.empty();
    }
}
