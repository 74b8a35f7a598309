/**
 * A fictional district for trying the service: 云渚市 (Yunzhu) does not exist, nor does anybody in it. People,
 * companies, hospitals, numbers, prices and injuries are invented; any likeness is chance.
 */
import { frozenWorkerIndexes, makeCases } from "./cases.ts";
import { demoUscc, makeEmployers } from "./employers.ts";
import { makeHospitals } from "./hospitals.ts";
import { demoPolicies } from "./policies.ts";
import type { District } from "./registry-bodies.ts";
import { makeWorkers } from "./workers.ts";

/** The institution of the demo client `demo-enterprise`. */
export const DEMO_EMPLOYER_USCC = demoUscc(0);

/** 12 hospitals, 200 employers, 2,000 workers, 400 cases, two policies; the same in every call. */
export function makeDistrict(): District {
  const workers = makeWorkers(frozenWorkerIndexes);
  return {
    hospitals: makeHospitals(),
    employers: makeEmployers(),
    workers,
    cases: makeCases(workers),
    policies: demoPolicies,
  };
}
