import type { Fault } from "../base/fault.ts";

/** A fault on its way to the reply of a command; it never leaves the engine as an exception. */
export class CommandFault extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.name = "CommandFault";
    this.fault = fault;
  }
}
