package dev.premortem.engine.cuts;

/** A store of families of sets, as far as one has to see to read them. */
interface SetView {
    /** The number of the family without sets. */
    int NONE = 0;
    /** The number of the family of the empty set alone. */
    int EMPTY = 1;

    /** One more than the largest number of a node. */
    int capacity();

    int level(int node);

    int low(int node);

    int high(int node);
}
