import type { CaseKey } from "./registry-store.ts";

/** Which case a visit belongs to never changes, so a process may remember it and read both at once. */
export interface CaseKeyMemory {
  readonly get: (visitId: string) => CaseKey | undefined;
  readonly remember: (visitId: string, key: CaseKey) => void;
}

const MAX_VISITS = 10_000;

export function makeCaseKeyMemory(): CaseKeyMemory {
  const keys = new Map<string, CaseKey>();
  return {
    get: (visitId) => keys.get(visitId),
    remember: (visitId, { workerId, caseNo }) => {
      if (keys.size >= MAX_VISITS) keys.clear();
      keys.set(visitId, { workerId, caseNo });
    },
  };
}
