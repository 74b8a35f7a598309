import { type VisitKey, visitPartition } from "../kit/keys.ts";
import type { FactsKey } from "./case-facts-store.ts";

/** Which case a visit belongs to never changes, so a process may remember it and read both at once. */
export interface CaseKeyMemory {
  readonly get: (visit: VisitKey) => FactsKey | undefined;
  readonly remember: (visit: VisitKey, key: FactsKey) => void;
}

const MAX_VISITS = 10_000;

export function makeCaseKeyMemory(): CaseKeyMemory {
  const keys = new Map<string, FactsKey>();
  return {
    get: (visit) => keys.get(visitPartition(visit)),
    remember: (visit, { workerId, caseNo, employerUscc }) => {
      if (keys.size >= MAX_VISITS) keys.clear();
      keys.set(visitPartition(visit), { workerId, caseNo, employerUscc });
    },
  };
}
