import { makeSeededRandom } from "../../infra/demo/seeded-random.ts";
import type { Said } from "./request.ts";
import { seedOf } from "./seeds.ts";
import { hospitals } from "./world.ts";

/** What a client sets out to do, and how often among a thousand. */
const weights = {
  REGISTER: 90,
  UPLOAD: 140,
  REVOKE: 30,
  DISCHARGE: 70,
  SETTLE: 150,
  REVERSE: 80,
  RECORD_ADVANCE: 35,
  CANCEL_DISCHARGE: 35,
  CANCEL_VISIT: 15,
  AMEND: 10,
  /** The same message again, the same key with other content, a question about a message, its cancellation. */
  REPEAT: 80,
  REUSE_KEY: 20,
  ASK: 40,
  CANCEL_MESSAGE: 90,
  /** Weeks later something settled long ago is cancelled or reversed. */
  WEEKS_LATER: 20,
  READ: 40,
  ENTERPRISE: 20,
  FINANCE: 10,
  AGENCY: 40,
  /** The agency decides a case, or says which case a visit is of. */
  DECIDE: 75,
  LINK: 10,
  /** The agency puts a wrong statement right, or frees a bed that was forgotten. */
  CORRECT: 20,
  /** The Registry is lost, and everything is stated again. */
  LOSE_REGISTRY: 5,
} as const;
export type Verb = keyof typeof weights;

/** One deed of one client: plain data, so that a history can be printed, shortened and played again. */
export interface Action {
  readonly id: number;
  /** Milliseconds after the start of the history. */
  readonly at: number;
  /** Which hospital's billing system; others ignore it. */
  readonly hospital: number;
  readonly verb: Verb;
  /** Seed of everything that the client and the machines draw for it. */
  readonly draws: number;
  /** How many times it is sent at the same moment. */
  readonly copies: 1 | 2;
  /** What exactly it says, once that is known: then it no longer depends on what its client heard before. */
  readonly said?: Said;
}

/** A fault of one store call of one request. */
export interface PlannedFault {
  readonly requestId: string;
  readonly call: number;
  readonly fault: string;
}

/** A whole history before it is played. */
export interface Plan {
  readonly seed: number;
  readonly actions: readonly Action[];
  /** Which faults strike; those that the requests draw where it is left out. */
  readonly faults?: readonly PlannedFault[];
}

const verbs = Object.entries(weights).flatMap(([verb, weight]) =>
  Array.from({ length: weight / 5 }, () => verb as Verb),
);

const DAY_MS = 86_400_000;
/** A history ends within its year, which is what its readers ask for. */
const MOST_WEEKS_LATER = 4;

/** How long after another something begins: mostly while it is still under way, now and then days later. */
function drawGap(random: ReturnType<typeof makeSeededRandom>): number {
  const kind = random.integer(1, 100);
  if (kind <= 50) return random.integer(0, 15);
  if (kind <= 85) return random.integer(16, 1_500);
  if (kind <= 95) return random.integer(1_500, 600_000);
  return random.integer(DAY_MS / 4, 4 * DAY_MS);
}

/** A hostile history from a seed. */
export function makePlan(seed: number, length: number): Plan {
  const random = makeSeededRandom(seedOf(seed, length));
  // Few hospitals in one history meet each other more often.
  const hospitalCount = random.integer(1, hospitals.length);
  // Where nothing is in dispute, stays are settled so far and to their end.
  const isDisputed = random.chance(0.65);
  let at = 0;
  let weeksLater = 0;
  let previous: Pick<Action, "verb" | "hospital"> = { verb: "REGISTER", hospital: 0 };
  const actions = Array.from({ length }, (_, id): Action => {
    const drawn = random.pick(verbs);
    const isUpset = isDisputed && previous.verb === "SETTLE" && random.chance(0.3);
    const quiet = !isDisputed && drawn === "DECIDE" ? "SETTLE" : drawn;
    const drawnVerb = id < hospitalCount * 2 ? "REGISTER" : isUpset ? "DECIDE" : quiet;
    const isLater = drawnVerb === "WEEKS_LATER";
    const verb = isLater && weeksLater === MOST_WEEKS_LATER ? "READ" : drawnVerb;
    if (verb === "WEEKS_LATER") {
      weeksLater += 1;
      at += random.integer(15 * DAY_MS, 45 * DAY_MS);
    }
    const drawnHospital = random.integer(0, hospitalCount - 1);
    const hospital = isUpset ? previous.hospital : drawnHospital;
    previous = { verb, hospital };
    // A decision arrives at the very moment at which something is settled.
    at += isUpset ? random.integer(0, 30) : drawGap(random);
    return {
      id,
      at,
      hospital,
      verb,
      draws: random.integer(0, 2 ** 31),
      copies: random.chance(0.12) ? 2 : 1,
    };
  });
  return { seed, actions };
}
