import { err } from "../../shared/domain/result.ts";
import { findWorkerId } from "../../shared/store/registry/worker-store.ts";
import { readVisitsOfWorker } from "../../shared/store/visits/hospital-visits.ts";
import { countLookupBy, WEIGHT_OF_NOBODY } from "../access/lookup-limit.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { readPlace } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import type { findVisitsContract } from "./find-visits.contract.ts";
import { isVisitPlace, toVisitPageView } from "./list-visits.ts";

type Call = CallOf<typeof findVisitsContract>;

/** No worker's id. Who is not there is looked for all the same: how long it takes would tell. */
const NOBODY = "NOBODY";

/**
 * Own visits of whoever has a number. It is a look-up, and counted as one; whoever was never treated here is answered,
 * counted and looked for as somebody who is not there.
 */
export const findVisits =
  (services: Pick<Services, "db" | "personLookup" | "logger" | "lookupsPerHour" | "now">) =>
  async (call: Call): Outcome => {
    const { caller, body, query, requestId, institutionCheck } = call;
    const { db, personLookup } = services;
    const hospitalCode = caller.institution;
    const place = readPlace(call, isVisitPlace);
    if (!place.ok) return place;
    const notServed = await institutionCheck;
    if (notServed !== undefined) return err(notServed);
    const by = { hospitalCode, requestId };
    const isTooMany = await countLookupBy(services, by);
    if (isTooMany !== undefined) return err(isTooMany);
    const workerId = await findWorkerId(db, personLookup.hashes(body));
    const of = { hospitalCode, workerId: workerId ?? NOBODY };
    const page = await readVisitsOfWorker(db, of, { limit: query.limit, after: place.value });
    if (page.visits.length === 0) await countLookupBy(services, by, WEIGHT_OF_NOBODY - 1);
    return answerWith(toVisitPageView(call, page), { subject: workerId });
  };
