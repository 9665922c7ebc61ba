/** The command line: one file per command; only {@link dev.premortem.cli.Main} touches clock, environment and exit code. Main type: {@link dev.premortem.cli.Main}. */
@NullMarked
package dev.premortem.cli;

import org.jspecify.annotations.NullMarked;
