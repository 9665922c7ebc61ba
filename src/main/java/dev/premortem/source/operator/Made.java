package dev.premortem.source.operator;

import java.util.List;

/**
 * What an operator makes of one kind.
 *
 * @param source the operator's documentation of names, numbers and labels
 */
record Made(String group, String kind, String source, List<Pods> pods) {
    static Made of(String group, String kind, String source, Pods... pods) {
        return new Made(group, kind, source, List.of(pods));
    }
}
