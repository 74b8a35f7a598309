import { mapConcurrent } from "../../shared/map-concurrent.ts";
import { makeDemoBills } from "./bills.ts";
import { type PostAs, signIn } from "./demo-api.ts";
import { demoRegistry } from "./demo-registry.ts";
import { type BillResult, postBill } from "./post-bill.ts";
import type { DemoBill } from "./visit-bodies.ts";

const BILLS_AT_A_TIME = 4;

export interface PostingProgress {
  readonly posted: number;
  readonly total: number;
  /** The bill that was posted last. */
  readonly result: BillResult;
}

export interface PostingOptions {
  /** Of the service, such as `http://localhost:8787`. */
  readonly baseUrl: string;
  /** Of both demo hospitals. */
  readonly clientSecret?: string | undefined;
  readonly onProgress?: ((progress: PostingProgress) => void) | undefined;
  /** Other bills than the thirty of the demo. */
  readonly bills?: readonly DemoBill[] | undefined;
}

interface Placed {
  readonly bill: DemoBill;
  readonly place: number;
}

/** One queue for each worker: a stay must be over before the same worker's next visit begins. */
function queuesByWorker(bills: readonly DemoBill[]): readonly (readonly Placed[])[] {
  const placed = bills.map((bill, place) => ({ bill, place }));
  return [...Map.groupBy(placed, ({ bill }) => bill.idNumber).values()];
}

/** Signs every client in before the first bill, so that a wrong secret posts nothing. */
async function signInAll(
  bills: readonly DemoBill[],
  baseUrl: string,
  secret: string,
): Promise<(clientId: string) => PostAs> {
  const clientIds = [...new Set(bills.map(({ clientId }) => clientId))];
  const signedIn = clientIds.map(async (id) => [id, await signIn(baseUrl, id, secret)] as const);
  const posts = new Map(await Promise.all(signedIn));
  return (clientId) => {
    const post = posts.get(clientId);
    if (post === undefined) throw new RangeError(`${clientId} was not signed in`);
    return post;
  };
}

/**
 * Posts the demo bills over HTTP, four at a time, and gives their results in the order of the bills. The first
 * refused call (DemoCallError) ends it: bills on their way are finished, no other is begun, then it is thrown.
 * Posting them again gives the same results, because the message keys are the same.
 */
export async function postDemoBills(options: PostingOptions): Promise<BillResult[]> {
  const bills = options.bills ?? makeBillsOfTheDemo();
  const postAs = await signInAll(bills, options.baseUrl, options.clientSecret ?? "demo-secret");
  const results: BillResult[] = [];
  let posted = 0;
  let hasFailed = false;
  await mapConcurrent(queuesByWorker(bills), BILLS_AT_A_TIME, async (queue) => {
    for (const { bill, place } of queue) {
      if (hasFailed) return;
      try {
        const result = await postBill(bill, postAs(bill.clientId));
        results[place] = result;
        posted += 1;
        options.onProgress?.({ posted, total: bills.length, result });
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  });
  return results;
}

function makeBillsOfTheDemo(): readonly DemoBill[] {
  const registry = demoRegistry();
  return makeDemoBills(registry, registry.catalogueItems);
}
