package dev.premortem.engine.cuts;

/**
 * What a node of a {@link FaultTree} says about its inputs, where true means failed. An input that is mentioned twice
 * counts once in {@link #AND}, {@link #OR}, {@link #NAND}, {@link #NOR} and {@link #IFF}, and once for each mention in
 * {@link #AT_LEAST}, {@link #CARDINALITY} and {@link #XOR}.
 */
public enum Kind {
    /** A basic event: no inputs, a name and a probability. */
    EVENT,
    /** A house event: no inputs, always true or always false. */
    CONSTANT,
    /** True when all inputs are. */
    AND,
    /** True when an input is. */
    OR,
    /** True when at least {@link FaultTree#low low} mentions are. */
    AT_LEAST,
    /** True when its one input is not. */
    NOT,
    /** True when an odd number of mentions is. */
    XOR,
    /** True when some input is not. */
    NAND,
    /** True when no input is. */
    NOR,
    /** True when all inputs are equal. */
    IFF,
    /** True when the first of two inputs is not, or the second is. */
    IMPLY,
    /** True when the number of true mentions is from {@link FaultTree#low low} to {@link FaultTree#high high}. */
    CARDINALITY,
    /** The second of three inputs when the first is true, the third otherwise. */
    CHOICE
}
