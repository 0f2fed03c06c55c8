/**
 * One step of the schema. A step that has once been part of a version that people used never changes: the next step
 * repairs it.
 */
export type Migration = {
  /** 1, 2, 3 … without gaps. */
  readonly version: number;
  readonly name: string;
  /** Run in order, in one transaction. */
  readonly statements: readonly string[];
};
