package dev.premortem.source.live;

/** What came of one request. */
sealed interface Answer<T> {
    /** The server answered, and the answer was read. */
    record Got<T>(T value) implements Answer<T> {}

    /**
     * The server refused.
     *
     * @param status of HTTP
     */
    record Refused<T>(int status) implements Answer<T> {}

    /**
     * No answer, or none that can be read.
     *
     * @param why for people; holds nothing of the answer
     */
    record Failed<T>(String why) implements Answer<T> {}
}
