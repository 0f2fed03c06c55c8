/** What a rule asks of the evidence that it reads, beyond its being there. Part of the signature. */
export type Requirements = {
  /** Fields that must be present, in any order. */
  readonly fields?: readonly string[];
  /** Type by field. */
  readonly types?: { readonly [field: string]: string };
  readonly metadata?: { readonly [key: string]: string };
};

/**
 * One step of a build: it reads all of `inputs` and makes `output`. Rules and evidence have names of their own, so a
 * rule may be called as the evidence that it makes.
 */
export type RuleDefinition = {
  /** Unique among the rules. */
  readonly name: string;
  /** Names of evidence. A name that stands twice counts once; the order means nothing. */
  readonly inputs: readonly string[];
  /** Name of evidence; several rules may make the same one. */
  readonly output: string;
  /** Less goes first among rules that are ready together. Any finite number. */
  readonly priority: number;
  readonly requirements?: Requirements;
};

/** Evidence told of by itself: evidence that no rule touches, or that promises something. */
export type EvidenceDefinition = {
  /** Unique among the evidence that is told of. */
  readonly name: string;
  /** What it promises whoever reads it. */
  readonly requirements?: Requirements;
};

/** `all_producers`: evidence that several rules make is there when all of them have run. */
export type OutputPolicy = "all_producers";
