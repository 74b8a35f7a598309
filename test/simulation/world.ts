import { isIdNumber, isUscc } from "../../shared/domain/check-characters.ts";
import type { CallInput } from "../support/service.ts";
import type { CaseInput } from "./case-book.ts";

/** Who lives in the simulated city, all of it fictional: 999999 is no district, DEM no assigned organisation. */
const withCheck = (text: string, alphabet: string, isRight: (text: string) => boolean): string => {
  const found = [...alphabet].map((character) => text + character).find(isRight);
  if (found === undefined) throw new Error(`no check character fits ${text}`);
  return found;
};

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

export const AGENCY = "A330304";
export const hospitals = numbers(4).map((number) => ({
  code: `H3303040000${number}`,
  tier: ((number % 3) + 1) as 1 | 2 | 3,
}));
export const employers = numbers(2).map((number) =>
  withCheck(`91999999DEM00000${number}`, "0123456789ABCDEFGHJKLMNPQRTUWXY", isUscc),
);

export interface SimulatedCase {
  readonly caseNo: string;
  readonly idNumber: string;
  readonly employerUscc: string;
  readonly injuredOn: string;
  /** What is stated of it from the start; nothing of a case that comes later. */
  readonly status: "RECOGNISED" | "ACCEPTED" | undefined;
}

export const idNumbers = numbers(4).map((number) =>
  withCheck(`99990119810329${String(number).padStart(3, "0")}`, "0123456789X", isIdNumber),
);

const INJURED_ON = "2026-01-10";
const INJURED_AGAIN_ON = "2026-01-20";

/**
 * The first worker has two cases at two employers; the last one's is not decided yet. Two more come after workers
 * were taken in on their employers' notice.
 */
export const cases: readonly SimulatedCase[] = [0, 0, 1, 2, 3, 2, 3].map((worker, index) => ({
  caseNo: `GS-SIM-${index + 1}`,
  idNumber: idNumbers[worker] ?? "",
  employerUscc: employers[index % employers.length] ?? "",
  injuredOn: index < 5 ? INJURED_ON : INJURED_AGAIN_ON,
  status: index < 4 ? "RECOGNISED" : index < 5 ? "ACCEPTED" : undefined,
}));

/** So few lines may be unsettled that stays come upon it. */
export const MAX_LINES_OF_BILL = 6;

export const visitTypes = ["INPATIENT", "OUTPATIENT", "REHABILITATION_INPATIENT"] as const;

export const policy = {
  unrelatedBearer: "OTHER_INSURER",
  noEmployerNoticeBearer: "EMPLOYER",
  noConsentBearer: "HOSPITAL",
  overCapBearer: "HOSPITAL",
  overQuantityBearer: "HOSPITAL",
  releasedBearer: "PERSONAL",
  mealAllowancePerDay: "15.00",
  monthClosesOn: 2,
};

const DAY_MS = 86_400_000;
const monthOfDay = (on: string): string => on.slice(0, 7);

/** Whether the figures of a day's month no longer change by a later day, once more and apart from the service. */
export function isClosed(on: string, by: string): boolean {
  const next = new Date(Date.parse(`${monthOfDay(on)}-28`) + 4 * DAY_MS).toISOString().slice(0, 7);
  return by > `${next}-${String(policy.monthClosesOn).padStart(2, "0")}`;
}
const POLICY_FROM = "2024-01-01";

export interface Tariff {
  readonly caps: { readonly "1": string; readonly "2": string; readonly "3": string } | null;
  readonly restricted?: boolean;
  readonly maxPerDay?: string;
  readonly maxPerVisit?: string;
  readonly fundRatio?: string;
}

/** What the items of the catalogue may cost; the agency states one after the other of each item's tariffs. */
export const tariffs: Readonly<Record<string, readonly Tariff[]>> = {
  A: [{ caps: { "1": "8", "2": "9.5", "3": "10" } }, { caps: { "1": "8.4", "2": "9.975", "3": "10.5" } }],
  B: [
    { caps: null, maxPerDay: "1" },
    { caps: null, maxPerDay: "2", fundRatio: "0.9" },
  ],
  C: [
    { caps: { "1": "20", "2": "22", "3": "25.25" }, maxPerVisit: "2", fundRatio: "0.8" },
    { caps: null, maxPerVisit: "3" },
  ],
  D: [{ caps: null, restricted: true }, { caps: null }],
};
/** Items with limits come more often: a limit shows only where it is used up. */
export const itemCodes = [...Object.keys(tariffs), "B", "C", "B", "C", "UNKNOWN"];

/** The days on which a price may begin: before any history, and while most of them last. */
export const priceDays = [POLICY_FROM, POLICY_FROM, "2026-03-31", "2026-04-02", "2026-04-06"] as const;

export const itemBody = (itemCode: string, tariff: Tariff, from: string = POLICY_FROM) => ({
  itemCode,
  name: `项目 ${itemCode}`,
  kind: "SERVICE",
  unit: "次",
  periods: [{ from, to: null, medical: true, rehabilitation: true, restricted: false, ...tariff }],
});

const everywhere = visitTypes.map((benefit) => ({ benefit, from: INJURED_ON, to: null }));
/** What the agency may allow: everything, nothing, something that has ended, or only elsewhere. */
export const authorisations: readonly CaseInput["authorisations"][] = [
  everywhere,
  [],
  everywhere.slice(0, 2),
  everywhere.map((each) => ({ ...each, to: "2026-02-01" })),
  everywhere.map((each) => ({ ...each, hospitalCodes: ["H33030400001"] })),
];

export interface CaseChange {
  readonly status: string;
  readonly prefixes: readonly string[];
  readonly authorisations?: CaseInput["authorisations"];
  readonly thirdPartyLiability?: boolean;
}

/** What is stated of a case before any history. */
export const firstChange = ({ status }: SimulatedCase): CaseChange | undefined =>
  status && { status, prefixes: status === "RECOGNISED" ? ["S62"] : [] };

export const caseBody = (
  { idNumber, employerUscc, injuredOn }: SimulatedCase,
  { status, prefixes, authorisations: allowed = everywhere, thirdPartyLiability = false }: CaseChange,
) => ({
  idNumber,
  employerUscc,
  injuredOn,
  status,
  thirdPartyLiability,
  injuries:
    prefixes.length === 0
      ? []
      : [{ bodyPart: "右手", description: "骨折", diagnosisPrefixes: [...prefixes] }],
  authorisations: allowed,
});

export const hospitalBody = (tier: 1 | 2 | 3, isActive: boolean) => ({
  name: "云渚市试验医院",
  tier,
  services: [...visitTypes],
  agreement: { from: "2020-01-01", to: null, status: isActive ? "ACTIVE" : "SUSPENDED" },
});

/** An employer that was insured from the beginning, only after the first injuries, or never. */
export const insuredPeriods = [[{ from: "2020-01-01", to: null }], [{ from: "2026-01-15", to: null }], []];
export const employerBody = (insured: (typeof insuredPeriods)[number]) => ({
  name: "云渚市试验五金厂",
  insured,
});

export const workerBody = (idNumber: string, frozen: boolean) => ({
  idNumber,
  cardNumber: `DEMO00000${idNumbers.indexOf(idNumber)}`,
  name: "诸葛试验",
  frozen,
});

type Statement = readonly [operationId: string, input: CallInput];

/** Everything that the agency states before the first worker is treated, in this order. */
export function statements(): Statement[] {
  const insured = [{ from: "2020-01-01", to: null }];
  return [
    ...hospitals.map(
      ({ code, tier }): Statement => ["put-hospital", { params: { code }, body: hospitalBody(tier, true) }],
    ),
    ...employers.map(
      (uscc): Statement => ["put-employer", { params: { uscc }, body: employerBody(insured) }],
    ),
    ...idNumbers.map(
      (idNumber, index): Statement => [
        "put-worker",
        {
          key: `worker-${index}`,
          body: workerBody(idNumber, false),
        },
      ],
    ),
    ["put-policy", { params: { effectiveFrom: POLICY_FROM }, body: policy }],
    [
      "import-catalogue",
      {
        key: "catalogue",
        body: {
          items: Object.entries(tariffs).flatMap(([code, [first]]) => (first ? [itemBody(code, first)] : [])),
        },
      },
    ],
    ...cases.flatMap((each): Statement[] => {
      const change = firstChange(each);
      const { caseNo } = each;
      return change === undefined ? [] : [["put-case", { params: { caseNo }, body: caseBody(each, change) }]];
    }),
  ];
}
