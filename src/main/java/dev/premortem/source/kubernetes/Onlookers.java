package dev.premortem.source.kubernetes;

import dev.premortem.estate.Workload;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Programs that show or watch others: status pages, start pages, probes, collectors of metrics, senders of alerts. The addresses in their settings are what
 * they ask about; where one of those is away they answer, and say so.
 */
final class Onlookers {
    private static final Pattern IMAGES =
            Pattern.compile("(?:.*/)?(?:alertmanager|blackbox[-_]exporter|dashbrr|dashy|flame"
                    + "|gatus|glance|heimdall|homarr|homepage|homer|prometheus|smokeping|statping(?:-ng)?|uptime-kuma|vmagent"
                    + "|vmalert|vmalertmanager)(?:[:@].*)?");

    private Onlookers() {}

    /** True for a pod whose first container is one: those beside it serve it. */
    static boolean are(List<Workload.Container> containers) {
        return !containers.isEmpty()
                && IMAGES.matcher(containers.getFirst().image().value()).matches();
    }
}
