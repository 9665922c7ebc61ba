package dev.premortem.model;

import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The host that the command of a probe asks, and whether that is the pod itself. */
public final class OtherHosts {
    private static final String HOST = "([A-Za-z0-9][A-Za-z0-9.-]*)";

    /** How clients are told a host: in a URL, by a flag, or as the first word of netcat. */
    private static final List<Pattern> ASKED = List.of(
            Pattern.compile("https?://(?:[^/@\\s]*@)?" + HOST),
            Pattern.compile(
                    "\\b(?:pg_isready|psql|redis-cli|valkey-cli|mysqladmin|mysql|mariadb-admin|mongosh?)\\b[^;|&]*?\\s(?:-h\\s*|--host[= ])"
                            + HOST),
            Pattern.compile("\\b(?:nc|ncat|netcat)\\s+(?:-[A-Za-z0-9]+\\s+)*" + HOST + "\\s+[0-9]{2,5}\\b"));

    private OtherHosts() {}

    /** The first host that a command asks. */
    public static Optional<String> asked(String command) {
        for (Pattern pattern : ASKED) {
            Matcher matcher = pattern.matcher(command);
            if (matcher.find()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    /** True for nothing, for the pod itself, for a Service that it stands behind, and for a short name that no Service bears: nobody knows who that is. */
    public static boolean own(Sketch sketch, Workload workload, String asked) {
        String[] labels = asked.split("\\.", -1);
        String namespace = labels.length > 1 ? labels[1] : workload.namespace();
        Optional<Service> service = sketch.estate().all(Service.class).stream()
                .filter(each -> each.cluster().equals(workload.cluster())
                        && each.name().equals(labels[0])
                        && each.namespace().equals(namespace))
                .findFirst();
        boolean behind = service.filter(
                        each -> sketch.placement().backends(each).contains(workload))
                .isPresent();
        return asked.isEmpty() || behind || (labels.length == 1 && service.isEmpty());
    }
}
