package dev.premortem.source.render;

import dev.premortem.fact.Declared;
import java.util.Optional;

/**
 * A value of a release under a key that nothing of its chart reads.
 *
 * @param path keys that lead to it, with dots between them
 * @param place of its key
 * @param until last line of what stands below it
 * @param instead what the chart reads and is meant by all appearances; empty where that is not clear
 * @param empty true where it is nothing, false, nought or an empty text, which its absence would most likely give too
 */
public record Unread(String path, Declared place, int until, Optional<String> instead, boolean empty) {}
