/** Renderers on results made by hand. */
@org.jspecify.annotations.NullMarked
package dev.premortem.report;
