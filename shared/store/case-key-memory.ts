import { type VisitKey, visitPartition } from "./keys.ts";
import type { CaseKey } from "./registry-store.ts";

/** Which case a visit belongs to never changes, so a process may remember it and read both at once. */
export interface CaseKeyMemory {
  readonly get: (visit: VisitKey) => CaseKey | undefined;
  readonly remember: (visit: VisitKey, key: CaseKey) => void;
}

const MAX_VISITS = 10_000;

export function makeCaseKeyMemory(): CaseKeyMemory {
  const keys = new Map<string, CaseKey>();
  return {
    get: (visit) => keys.get(visitPartition(visit)),
    remember: (visit, { workerId, caseNo }) => {
      if (keys.size >= MAX_VISITS) keys.clear();
      keys.set(visitPartition(visit), { workerId, caseNo });
    },
  };
}
