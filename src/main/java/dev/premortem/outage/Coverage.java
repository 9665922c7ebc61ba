package dev.premortem.outage;

import dev.premortem.fact.Problem;
import java.util.List;

/**
 * What was read and what was not.
 *
 * @param objects how many documents and objects were read
 * @param files how many files
 * @param notUnderstood what was left out, gaps and on purpose, each with its reason
 * @param problems bad input, for stderr
 * @param notRun mechanisms that lack a fact: id and what is missing
 * @param kinds how much of each kind was understood, sorted by kind
 * @param rendering what became of releases that have to be rendered
 */
public record Coverage(
        int objects,
        int files,
        List<NotUnderstood> notUnderstood,
        List<Problem> problems,
        List<NotRun> notRun,
        List<Kind> kinds,
        Rendering rendering) {
    /** Without counts of kinds, and nothing to render. */
    public Coverage(
            int objects, int files, List<NotUnderstood> notUnderstood, List<Problem> problems, List<NotRun> notRun) {
        this(objects, files, notUnderstood, problems, notRun, List.of(), Rendering.NONE);
    }

    /**
     * Something that was left out.
     *
     * @param aside true where that is no gap: data of other tools, samples, what no root reaches, what another file says already
     */
    public record NotUnderstood(String file, int line, String kind, String reason, boolean aside) {
        /** A gap. */
        public NotUnderstood(String file, int line, String kind, String reason) {
            this(file, line, kind, reason, false);
        }

        /** Left out on purpose. */
        public static NotUnderstood aside(String file, int line, String kind, String reason) {
            return new NotUnderstood(file, line, kind, reason, true);
        }
    }

    /** A mechanism that could not run. */
    public record NotRun(String mechanism, String lacks) {}

    /**
     * How much of one kind of document or object was understood.
     *
     * @param kind as the document says it; {@code values}, {@code template} and the like for what has none
     * @param aside how many of those read were left out on purpose
     */
    public record Kind(String kind, int read, int understood, int aside) {
        /** With nothing left out on purpose. */
        public Kind(String kind, int read, int understood) {
            this(kind, read, understood, 0);
        }
    }

    /**
     * What became of releases that have to be rendered.
     *
     * @param releases how many there are
     * @param gaps why some were not, most frequent first
     * @param by programs and versions that rendered
     */
    public record Rendering(int releases, List<Gap> gaps, List<String> by) {
        /** Nothing to render. */
        public static final Rendering NONE = new Rendering(0, List.of(), List.of());

        /** Why some were not rendered, and how many. */
        public record Gap(String reason, int releases) {}

        /** How many were rendered. */
        public int rendered() {
            return releases - gaps.stream().mapToInt(Gap::releases).sum();
        }
    }

    /** What should have been understood and was not. */
    public List<NotUnderstood> gaps() {
        return notUnderstood.stream().filter(one -> !one.aside()).toList();
    }

    /** What was left out on purpose. */
    public List<NotUnderstood> asides() {
        return notUnderstood.stream().filter(NotUnderstood::aside).toList();
    }

    /**
     * The share of what was read that was understood, from 0 to 1; what was left out before it became an object counts too, what was left out on purpose does
     * not.
     */
    public double share() {
        int read = kinds.stream().mapToInt(kind -> kind.read() - kind.aside()).sum();
        int understood = kinds.stream().mapToInt(Kind::understood).sum();
        if (kinds.isEmpty()) {
            read = Math.max(objects - asides().size(), gaps().size());
            understood = read - gaps().size();
        }
        return read == 0 ? (asides().isEmpty() ? 0 : 1) : understood / (double) read;
    }

    /** The same with counts of kinds. */
    public Coverage kinds(List<Kind> counted) {
        return new Coverage(objects, files, notUnderstood, problems, notRun, List.copyOf(counted), rendering);
    }

    /** The same with what was rendered. */
    public Coverage rendered(Rendering result) {
        return new Coverage(objects, files, notUnderstood, problems, notRun, kinds, result);
    }

    /** The same with other problems. */
    public Coverage with(List<Problem> told) {
        return new Coverage(objects, files, notUnderstood, List.copyOf(told), notRun, kinds, rendering);
    }

    /** The same with what did not run. */
    public Coverage notRun(List<NotRun> mechanisms) {
        return new Coverage(objects, files, notUnderstood, problems, List.copyOf(mechanisms), kinds, rendering);
    }
}
