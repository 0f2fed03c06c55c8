/** Milliseconds since the epoch. Time is a value that is passed in, so that tests can set it. */
export type Clock = () => number;
