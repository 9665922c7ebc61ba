package dev.premortem.source;

import dev.premortem.fact.Problem;
import java.util.List;

/**
 * What came of edits.
 *
 * @param patch unified diff of the changed files; empty where no text changes
 * @param newProblems problems that the reading did not have before, and edits that could not be made
 */
public record Edited(Reading reading, String patch, List<Problem> newProblems) {}
