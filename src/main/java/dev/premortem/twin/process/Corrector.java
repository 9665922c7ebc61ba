package dev.premortem.twin.process;

import java.time.Duration;

/** Who makes a record follow the address of a load balancer that moved. */
public sealed interface Corrector {
    /** Nobody, within the model: the outage ends when somebody mends it. */
    record Nobody() implements Corrector {}

    /**
     * A program that looks every so often (external-dns).
     *
     * @param interval longest wait until it looks
     */
    record Program(Duration interval) implements Corrector {}

    /**
     * A person.
     *
     * @param delay from the moment at which the load balancer answers again: to see it, find out and correct the record
     */
    record Person(Duration delay) implements Corrector {}
}
