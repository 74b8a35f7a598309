import { lookup } from "node:dns/promises";
import { setTimeout as wait } from "node:timers/promises";
import { err, ok, type Result } from "../domain/result.ts";
import { isLocalUrl } from "../domain/webhooks/webhook-url.ts";
import { isLoopbackAddress, isPublicAddress } from "./public-address.ts";

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Every address of a name; throws where the name has none. */
export type ResolveName = (name: string) => Promise<readonly Address[]>;

const resolveName: ResolveName = (name) => lookup(name, { all: true, order: "verbatim" });

/** Why a webhook's address leads nowhere that may be called. */
export type TargetFault = "NAME_UNKNOWN" | "ADDRESS_NOT_PUBLIC";

/** A name server that says nothing for so long has no address to give. */
const TIMEOUT_MS = 5_000;

async function findAddresses(
  name: string,
  resolve: ResolveName,
  timeoutMs: number,
): Promise<readonly Address[]> {
  const over = new AbortController();
  const silence = wait(timeoutMs, [], { signal: over.signal });
  try {
    return await Promise.race([resolve(name), silence]);
  } catch {
    return [];
  } finally {
    silence.catch(() => undefined);
    over.abort();
  }
}

/**
 * Where the name of a webhook leads: refused where only one of its addresses is not open to the public, or where
 * nobody says in time what they are.
 * `allowLocal` lets names of this very machine through, as long as they lead there.
 */
export async function resolveTarget(
  url: URL,
  allowLocal: boolean,
  resolve: ResolveName = resolveName,
  timeoutMs = TIMEOUT_MS,
): Promise<Result<readonly Address[], TargetFault>> {
  const addresses = await findAddresses(url.hostname.replace(/^\[|\]$/g, ""), resolve, timeoutMs);
  if (addresses.length === 0) return err("NAME_UNKNOWN");
  const isOpen = allowLocal && isLocalUrl(url) ? isLoopbackAddress : isPublicAddress;
  return addresses.every(({ address }) => isOpen(address)) ? ok(addresses) : err("ADDRESS_NOT_PUBLIC");
}
