import { lookup } from "node:dns/promises";
import { type Result, refuse, succeed } from "../domain/result.ts";
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

async function findAddresses(name: string, resolve: ResolveName): Promise<readonly Address[]> {
  try {
    return await resolve(name);
  } catch {
    return [];
  }
}

/**
 * Where the name of a webhook leads: refused where only one of its addresses is not open to the public.
 * `allowLocal` lets names of this very machine through, as long as they lead there.
 */
export async function resolveTarget(
  url: URL,
  allowLocal: boolean,
  resolve: ResolveName = resolveName,
): Promise<Result<readonly Address[], TargetFault>> {
  const addresses = await findAddresses(url.hostname.replace(/^\[|\]$/g, ""), resolve);
  if (addresses.length === 0) return refuse("NAME_UNKNOWN");
  const isOpen = allowLocal && isLocalUrl(url) ? isLoopbackAddress : isPublicAddress;
  return addresses.every(({ address }) => isOpen(address))
    ? succeed(addresses)
    : refuse("ADDRESS_NOT_PUBLIC");
}
