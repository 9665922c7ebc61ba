/** Holds the walls of the house: imports, purity, size, names, and that every mechanism has its test and its page. */
@org.jspecify.annotations.NullMarked
package dev.premortem.tidy;
