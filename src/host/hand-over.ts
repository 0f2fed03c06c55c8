import { transfer } from "comlink";
import { buffersOf } from "../circuit/crossing/pack-rows.ts";
import type { CommandType, PackedDelta, Reply } from "../model/wire.ts";
import type { HostApi } from "./contract.ts";

/**
 * The same host for a page in another thread: the columns of deltas are handed over, not copied. The one place where
 * what a host tells is transferred; in one thread there is nothing to hand over.
 */
export function handOver(host: HostApi): HostApi {
  return {
    command: async (command) => handOverReply(await host.command(command)),
    subscribe: (listener) => host.subscribe((batch) => listener(transfer(batch, buffersOfAll(batch.deltas)))),
  };
}

function handOverReply<T extends CommandType>(reply: Reply<T>): Reply<T> {
  if (!reply.ok || !("deltas" in reply.value)) return reply;
  return transfer(reply, buffersOfAll(reply.value.deltas));
}

function buffersOfAll(deltas: readonly PackedDelta[]): ArrayBuffer[] {
  return buffersOf(deltas.map(({ upserts }) => upserts));
}
