import type { Plan } from "./plan.ts";
import type { Played } from "./play.ts";

/** How often a history is played again to shorten it. */
export const MAX_REPLAYS = 1_500;

/** Removes what a list can do without, in ever smaller chunks, as long as the same still happens. */
async function reduce<T>(
  list: readonly T[],
  stillFails: (list: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let left = list;
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = left.length - size; start > -size; start -= size) {
      const from = Math.max(0, start);
      const shorter = [...left.slice(0, from), ...left.slice(start + size)];
      if (shorter.length < left.length && (await stillFails(shorter))) left = shorter;
    }
  }
  return left;
}

/**
 * The shortest history found that breaks the same rule: fewer actions, then fewer faults, then no message sent
 * twice, until nothing more can go.
 */
export async function shrink(
  plan: Plan,
  failed: Played,
  replay: (plan: Plan) => Promise<Played>,
  maxReplays: number,
): Promise<Plan> {
  let replays = 0;
  const fails = async (candidate: Plan): Promise<boolean> => {
    replays += 1;
    if (replays > maxReplays) return false;
    const { violation } = await replay(candidate);
    return violation !== undefined && violation.rule === failed.violation?.rule;
  };
  let best = plan;
  const spoken = plan.actions.flatMap((action) => {
    const said = failed.said.get(action.id);
    return said === undefined ? [] : [{ ...action, said }];
  });
  // What depends on nothing else can go by itself.
  const known: Plan[] = [
    { ...plan, faults: failed.faults, actions: spoken },
    { ...plan, faults: failed.faults },
  ];
  for (const candidate of known) {
    if (!(await fails(candidate))) continue;
    best = candidate;
    break;
  }
  for (let before = -1; before !== best.actions.length; ) {
    before = best.actions.length;
    const current = best;
    const actions = await reduce(best.actions, (each) => fails({ ...current, actions: each }));
    best = { ...best, actions };
    if (best.faults !== undefined) {
      const shorter = best;
      best = { ...best, faults: await reduce(best.faults, (each) => fails({ ...shorter, faults: each })) };
    }
    for (const [index, action] of best.actions.entries()) {
      if (action.copies === 1) continue;
      const single: Plan = { ...best, actions: best.actions.with(index, { ...action, copies: 1 }) };
      if (await fails(single)) best = single;
    }
  }
  return best;
}

/** A failing history for people: seed, rule, what clients did, which faults struck, and what was answered. */
export function describeFailure(plan: Plan, { violation, log }: Played): string {
  const actions = plan.actions.map((action) => `  ${JSON.stringify(action)}`);
  const faults = (plan.faults ?? []).map((fault) => `  ${JSON.stringify(fault)}`);
  return [
    `seed ${plan.seed}: ${violation?.message ?? "no violation"}`,
    `actions (${actions.length}):`,
    ...actions,
    `faults (${faults.length}):`,
    ...faults,
    "what happened:",
    ...log.map((line) => `  ${line}`),
  ].join("\n");
}
