package dev.premortem.cli;

import java.nio.file.Path;
import java.util.List;

/** A command that reads estates: {@code .premortem.yaml} is looked for from its paths upwards. */
interface Rooted {
    /** What is read; never empty. */
    List<Path> roots();
}
