import { makeAuthorisations } from "./authorisations.ts";
import { addDays } from "./calendar-days.ts";
import { demoUscc } from "./employers.ts";
import { hospitalCode } from "./hospitals.ts";
import { type InjuryKind, injuryKind, injuryKinds } from "./injury-kinds.ts";
import type { CaseBody, CaseStatus, District, InjuryBody, WorkerBody } from "./registry-bodies.ts";
import { elementAt, makeSeededRandom, type SeededRandom } from "./seeded-random.ts";
import { type ShowcaseCase, showcaseCases } from "./showcase-cases.ts";

const SEED = 2026;

interface StatusShare {
  readonly status: CaseStatus;
  readonly count: number;
  /** The first day on which such a case was injured, and over how many days they are spread. */
  readonly from: string;
  readonly days: number;
}

/** 400 together with the showcase cases. What is undecided is recent, what is closed is old. */
const shares: readonly StatusShare[] = [
  { status: "RECOGNISED", count: 335 - showcaseCases.length, from: "2026-01-02", days: 300 },
  { status: "APPLIED", count: 18, from: "2026-10-25", days: 25 },
  { status: "ACCEPTED", count: 16, from: "2026-09-25", days: 45 },
  { status: "SUSPENDED", count: 7, from: "2026-06-01", days: 100 },
  { status: "NOT_RECOGNISED", count: 12, from: "2026-01-10", days: 240 },
  { status: "CLOSED", count: 12, from: "2026-01-05", days: 90 },
];

/** From here on cases belong to workers who have one already: 15 workers have two. */
const FIRST_SECOND_CASE = 385;
const SECOND_CASES_BEGIN_AT_WORKER = 100;

const caseNo = (index: number): string => `GS2026${String(index + 1).padStart(6, "0")}`;

/** The workers whose benefits are stopped; each has a recognised case, so that the refusal tells only that. */
export const frozenWorkerIndexes: ReadonlySet<number> = new Set([40, 77, 123, 210, 255]);

const toInjury = ({ bodyPart, description, diagnosisPrefixes }: InjuryKind): InjuryBody => ({
  bodyPart,
  description,
  diagnosisPrefixes,
});

function makeShowcaseCase(showcase: ShowcaseCase, worker: WorkerBody): CaseBody {
  const kind = injuryKind(showcase.kind);
  return {
    idNumber: worker.idNumber,
    employerUscc: demoUscc(showcase.employer),
    injuredOn: showcase.injuredOn,
    status: "RECOGNISED",
    thirdPartyLiability: false,
    injuries: [toInjury(kind)],
    authorisations: makeAuthorisations({ ...showcase, furtherBenefits: kind.furtherBenefits }),
  };
}

/** What the agency has found out by then: nothing on an application, the injury once it was examined. */
function knownInjuries(status: CaseStatus, random: SeededRandom): readonly InjuryKind[] {
  const first = random.pick(injuryKinds);
  const second = random.pick(injuryKinds);
  const hasTwo = random.chance(0.08) && second !== first;
  if (status === "APPLIED" || status === "NOT_RECOGNISED") return [];
  if (status === "ACCEPTED" && random.chance(0.5)) return [];
  return hasTwo ? [first, second] : [first];
}

function drawAuthorisations(
  status: CaseStatus,
  injuredOn: string,
  kinds: readonly InjuryKind[],
  random: SeededRandom,
): CaseBody["authorisations"] {
  const isLimited = random.chance(0.15);
  const limit = [...new Set([hospitalCode(random.integer(1, 8)), hospitalCode(random.integer(1, 3))])];
  if (status !== "RECOGNISED" && status !== "CLOSED") return [];
  return makeAuthorisations({
    injuredOn,
    furtherBenefits: [...new Set(kinds.flatMap((kind) => kind.furtherBenefits))],
    ...(isLimited ? { treatmentHospitals: limit } : {}),
    ...(status === "CLOSED" ? { endedOn: addDays(injuredOn, 150) } : {}),
  });
}

function drawCase(share: StatusShare, worker: WorkerBody, random: SeededRandom): CaseBody {
  const injuredOn = addDays(share.from, random.integer(0, share.days - 1));
  const kinds = knownInjuries(share.status, random);
  return {
    idNumber: worker.idNumber,
    employerUscc: demoUscc(random.chance(0.04) ? 0 : random.integer(1, 199)),
    injuredOn,
    status: share.status,
    thirdPartyLiability: random.chance(0.03),
    injuries: kinds.map(toInjury),
    authorisations: drawAuthorisations(share.status, injuredOn, kinds, random),
  };
}

/**
 * 400 invented cases of 2026, of fictional workers: the showcase cases first, each of a worker of its own, then the
 * rest by lot.
 */
export function makeCases(workers: readonly WorkerBody[]): District["cases"] {
  const random = makeSeededRandom(SEED);
  const workerOf = (index: number): WorkerBody => {
    const second = index - FIRST_SECOND_CASE;
    return elementAt(workers, second < 0 ? index : SECOND_CASES_BEGIN_AT_WORKER + second);
  };
  const bodies = showcaseCases.map((showcase, index) => makeShowcaseCase(showcase, workerOf(index)));
  for (const share of shares) {
    for (let made = 0; made < share.count; made += 1) {
      bodies.push(drawCase(share, workerOf(bodies.length), random));
    }
  }
  return bodies.map((body, index) => ({ caseNo: caseNo(index), body }));
}
