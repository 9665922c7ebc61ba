/** Commands as a user starts them, without a process. */
@org.jspecify.annotations.NullMarked
package dev.premortem.cli;
