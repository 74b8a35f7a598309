import type { SeededRandom } from "../../infra/demo/seeded-random.ts";
import { makeLines } from "./charge-bodies.ts";
import { type HospitalBooks, isStay, type KnownVisit } from "./hospital-books.ts";
import type { Verb } from "./plan.ts";
import type { Said } from "./request.ts";
import { cases, visitTypes } from "./world.ts";

/** What a deed is drawn from. */
export interface Setting {
  readonly books: HospitalBooks;
  readonly random: SeededRandom;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Names what is new in this deed. */
  readonly mark: string;
}

type Deed = (setting: Setting) => Said | undefined;

const DAY_MS = 86_400_000;

/** Of the others nobody has heard yet, or only their number. */
const knownCases = cases.filter(({ status }) => status !== undefined);

const register: Deed = ({ random, now, mark, books }) => {
  const isOnNotice = random.chance(0.15);
  const { idNumber, caseNo, employerUscc, injuredOn } = random.pick(isOnNotice ? cases : knownCases);
  // Some days ago: nothing is billed or discharged before it happened.
  const admittedAt = new Date(now - random.integer(2, 5) * DAY_MS).toISOString();
  const under = isOnNotice ? { injury: { employerUscc, injuredOn } } : { caseNo };
  // Now and then a number that the hospital has used before.
  const number = random.chance(0.1) ? `NO-${books.code}` : `NO-${mark}`;
  return {
    operationId: "register-visit",
    input: {
      body: {
        hospitalVisitNo: number,
        visitType: random.pick(visitTypes),
        idNumber,
        ...under,
        admittedAt,
        department: "骨科",
        diagnoses: [{ code: random.chance(0.1) ? "S61.001" : "S62.301", name: "骨折", primary: true }],
        ...(isOnNotice || random.chance(0.5) ? { employerNotice: { reference: "N1", at: admittedAt } } : {}),
      },
    },
  };
};

/** On a visit in one of these states, as far as the hospital knows; now and then on any. */
const onVisit =
  (states: readonly string[], make: (setting: Setting, visit: KnownVisit) => Said | undefined): Deed =>
  (setting) => {
    const visit = setting.books.pickVisit(setting.random, ({ status }) => states.includes(status));
    return visit === undefined ? undefined : make(setting, visit);
  };

const onStay =
  (make: (setting: Setting, visit: KnownVisit) => Said): Deed =>
  (setting) => {
    const visit = setting.books.pickVisit(setting.random, (each) => each.status === "OPEN" && isStay(each));
    return visit === undefined ? undefined : make(setting, visit);
  };

const ofVisit = (operationId: string, { visitId }: KnownVisit, body?: unknown): Said => ({
  operationId,
  input: { params: { visitId }, ...(body === undefined ? {} : { body }) },
});

const revoke = onVisit(["OPEN", "DISCHARGED"], ({ random }, visit) => {
  const lineNos = [...visit.lines.keys()].filter(() => random.chance(0.3)).slice(0, 3);
  const body = lineNos.length === 0 || random.chance(0.3) ? { all: true } : { lineNos };
  return ofVisit("revoke-charges", visit, body);
});

const details = [{ ward: "3" }, { department: "康复科" }];

const discharge: Deed = onStay(({ random, now }, visit) => {
  const at = random.chance(0.1) ? Date.parse(visit.admittedAt) : now;
  const outcome = random.chance(0.5) ? { outcome: "CURED" } : {};
  return ofVisit("discharge-worker", visit, { dischargedAt: new Date(at).toISOString(), ...outcome });
});

/** What may change, and the day of a discharge that was told wrong. */
const amend = ({ random, now }: Setting, visit: KnownVisit): Said => {
  const days = random.integer(0, 5);
  const dischargedAt = new Date(Math.max(Date.parse(visit.admittedAt), now - days * DAY_MS)).toISOString();
  const isOver = visit.status === "DISCHARGED" && random.chance(0.6);
  return ofVisit("amend-visit", visit, isOver ? { dischargedAt } : random.pick(details));
};

const settle: Deed = ({ books, random }) => {
  const states = random.chance(0.1) ? ["DEFERRED", "RELEASED"] : ["OPEN", "DISCHARGED"];
  const visit = books.pickVisit(random, ({ hasLines, status }) => hasLines && states.includes(status));
  if (visit === undefined) return undefined;
  const mayBeInterim = isStay(visit) && visit.status === "OPEN";
  return ofVisit(
    "settle-visit",
    visit,
    random.chance(mayBeInterim ? 0.85 : 0.05) ? { kind: "INTERIM" } : undefined,
  );
};

const reverse: Deed = ({ books, random }) => {
  const atLeast = random.chance(0.3) ? 2 : 1;
  const visit = books.pickVisit(random, ({ settlementIds }) => settlementIds.length >= atLeast);
  const known = visit?.settlementIds ?? [];
  if (known.length === 0) return undefined;
  const settlementId = random.chance(0.7) ? known.at(-1) : random.pick(known);
  return {
    operationId: "reverse-settlement",
    input: { params: { settlementId: settlementId ?? "" }, body: { reason: "录入有误" } },
  };
};

const recordAdvance: Deed = onVisit(
  ["OPEN", "DISCHARGED", "DEFERRED", "RELEASED"],
  ({ random, mark }, visit) =>
    ofVisit("record-advance", visit, {
      paidBy: random.pick(["WORKER", "EMPLOYER"]),
      amount: random.pick(["0.01", "5", "20.5", "100"]),
      receipt: random.chance(0.1) ? "R" : `R-${mark}`,
    }),
);

const cancelMessage: Deed = ({ books, random }) => {
  const picked = books.pickMessage(random);
  // Whoever cancels every registration has nothing left to do.
  const isSpared = picked?.operationId === "register-visit" && random.chance(0.8);
  const message = isSpared ? books.pickMessage(random) : picked;
  const key = random.chance(0.05) ? "never-sent" : message?.key;
  return key === undefined ? undefined : { operationId: "cancel-message", input: { params: { key } } };
};

/** Weeks later, when its month is mostly closed, what was settled or reversed is taken back by one way or the other. */
const takeBackOld: Deed = ({ books, random }) => {
  const message = books.pickOldSettling(random);
  if (message === undefined) return undefined;
  const isReversed = message.operationId === "settle-visit" && random.chance(0.25);
  const settlementId = String(message.heard?.body.settlementId);
  return isReversed
    ? { operationId: "reverse-settlement", input: { params: { settlementId }, body: { reason: "录入有误" } } }
    : { operationId: "cancel-message", input: { params: { key: message.key } } };
};

const ask: Deed = ({ books, random }) => {
  const key = books.pickMessage(random)?.key;
  return key === undefined ? undefined : { operationId: "get-message", input: { params: { key } } };
};

/** What happened, from the beginning, a few events at a time. */
export const readFeed = (operationId: string, random: SeededRandom): Said => ({
  operationId,
  input: { query: { limit: random.pick(["1", "5", "200"]) } },
});

const isWaiting = ({ status }: KnownVisit): boolean => status === "DEFERRED" || status === "RELEASED";

const read: Deed = (setting) => {
  const { books, random } = setting;
  if (random.chance(0.08)) return readFeed("list-hospital-events", random);
  const waiting = random.chance(0.6) ? books.pickVisit(random, isWaiting) : undefined;
  if (waiting !== undefined) return ofVisit("get-visit", waiting);
  const visit = books.pickVisit(random);
  if (visit === undefined) return undefined;
  const [settlementId] = visit.settlementIds;
  const ofSettlement = random.pick(["get-settlement", "list-settlement-lines"]);
  if (settlementId !== undefined && random.chance(0.5)) {
    return { operationId: ofSettlement, input: { params: { settlementId } } };
  }
  return ofVisit(random.pick(["get-visit", "get-visit", "list-charges", "preview-settlement"]), visit);
};

/** What a hospital does anew, by verb; undefined where it has nothing yet to do it with. */
export const deeds: Readonly<Partial<Record<Verb, Deed>>> = {
  REGISTER: register,
  UPLOAD: onVisit(["OPEN", "DISCHARGED"], ({ random, mark }, visit) =>
    ofVisit("upload-charges", visit, { lines: makeLines(random, visit, mark) }),
  ),
  REVOKE: revoke,
  DISCHARGE: discharge,
  SETTLE: settle,
  REVERSE: reverse,
  RECORD_ADVANCE: recordAdvance,
  CANCEL_DISCHARGE: onVisit(["DISCHARGED"], (_, visit) => ofVisit("cancel-discharge", visit)),
  CANCEL_VISIT: onVisit(["OPEN"], (_, visit) => ofVisit("cancel-visit", visit)),
  AMEND: onVisit(["OPEN", "DISCHARGED"], amend),
  CANCEL_MESSAGE: cancelMessage,
  WEEKS_LATER: takeBackOld,
  ASK: ask,
  READ: read,
};
