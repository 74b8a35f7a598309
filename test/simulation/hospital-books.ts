import type { SeededRandom } from "../../infra/demo/seeded-random.ts";
import type { WireLine } from "../support/example-bills.ts";
import type { Heard, Said } from "./request.ts";

/** A visit as the hospital's own system knows it: from what it sent and what it was told. */
export interface KnownVisit {
  readonly visitId: string;
  readonly visitType: string;
  readonly admittedAt: string;
  /** Lines that it has sent so far, whatever became of them. */
  readonly lines: Map<string, WireLine>;
  /** Absent where it was taken in without one. */
  readonly caseNo: string | undefined;
  settlementIds: string[];
  /** As last heard of; others may have moved it on. */
  status: string;
  /** Whether lines were taken. */
  hasLines: boolean;
}

/** A message that the hospital has sent, with the first success that it heard of. */
export interface SentMessage extends Said {
  readonly key: string;
  heard: Heard | undefined;
}

/** What one hospital's billing system remembers. */
export class HospitalBooks {
  readonly code: string;
  readonly visits = new Map<string, KnownVisit>();
  readonly sent: SentMessage[] = [];
  #latest: string | undefined;

  constructor(code: string) {
    this.code = code;
  }

  /** Mostly the visit that is being worked on, so that clients meet; rather one that suits. */
  pickVisit(random: SeededRandom, suits?: (visit: KnownVisit) => boolean): KnownVisit | undefined {
    if (this.visits.size === 0) return undefined;
    if (suits !== undefined && random.chance(0.8)) {
      const suitable = [...this.visits.values()].filter(suits).slice(-3);
      if (suitable.length > 0) return random.pick(suitable);
    }
    const latest = this.#latest === undefined ? undefined : this.visits.get(this.#latest);
    if (latest !== undefined && latest.status !== "CANCELLED" && random.chance(0.6)) return latest;
    const living = [...this.visits.values()].filter(({ status }) => status !== "CANCELLED");
    const visit = random.pick(living.length > 0 && random.chance(0.9) ? living : [...this.visits.values()]);
    this.#latest = visit.visitId;
    return visit;
  }

  /** A message of late, more likely one whose answer never came. */
  pickMessage(random: SeededRandom): SentMessage | undefined {
    const late = this.sent.slice(-12);
    const unheard = late.filter(({ heard }) => heard === undefined);
    const among = unheard.length > 0 && random.chance(0.5) ? unheard : late;
    return among.length === 0 ? undefined : random.pick(among);
  }

  /** What settled or reversed a visit last, as far as is known, of those that were not done of late. */
  pickOldSettling(random: SeededRandom): SentMessage | undefined {
    const latest = new Map<string, SentMessage>();
    for (const message of this.sent) {
      const { visitId, settlementId } = message.heard?.body ?? {};
      if (typeof visitId === "string" && typeof settlementId === "string") latest.set(visitId, message);
    }
    const all = [...latest.values()];
    // Only what the fund settled is in the figures of a month.
    const ofFund = all.filter(({ heard }) => /^(FINAL|INTERIM)$/.test(String(heard?.body.kind)));
    const among = ofFund.length > 0 && random.chance(0.7) ? ofFund : all;
    return among.length === 0 ? undefined : random.pick(among);
  }

  remember(message: Said & { readonly key: string }): SentMessage {
    const known = this.sent.find(({ key }) => key === message.key);
    if (known !== undefined) return known;
    const sent: SentMessage = { ...message, heard: undefined };
    this.sent.push(sent);
    return sent;
  }

  /** Enters what a message was answered with success. */
  enter(message: SentMessage, heard: Heard): void {
    const isNews = message.heard === undefined;
    message.heard ??= heard;
    const { operationId, input } = message;
    if (operationId === "register-visit") this.#enterVisit(heard.body);
    const settlementId = heard.body.settlementId;
    const visit = this.visits.get(visitIdIn(heard.body) ?? input.params?.visitId ?? "");
    if (visit === undefined) return;
    // What the jobs settled is known to a hospital that asks.
    if (Array.isArray(heard.body.settlementIds)) visit.settlementIds = heard.body.settlementIds.map(String);
    if (typeof settlementId === "string" && !visit.settlementIds.includes(settlementId)) {
      visit.settlementIds.push(settlementId);
    }
    if (isNews) visit.status = statusAfter(visit, heard.body);
    if (isNews && operationId === "upload-charges") visit.hasLines = true;
  }

  /** What it read of a visit: the jobs may have moved it on. */
  learn({ visitId, status, settlementIds }: Heard["body"]): void {
    const visit = this.visits.get(String(visitId));
    if (visit === undefined || !Array.isArray(settlementIds)) return;
    visit.status = String(status);
    visit.settlementIds = settlementIds.map(String);
  }

  #enterVisit({ visitId, visitType, admittedAt, caseNo }: Heard["body"]): void {
    const id = String(visitId);
    if (this.visits.has(id)) return;
    this.visits.set(id, {
      visitId: id,
      visitType: String(visitType),
      admittedAt: String(admittedAt),
      caseNo: typeof caseNo === "string" ? caseNo : undefined,
      lines: new Map(),
      settlementIds: [],
      status: "OPEN",
      hasLines: false,
    });
    this.#latest = id;
  }
}

const visitIdIn = ({ visitId }: Heard["body"]): string | undefined =>
  typeof visitId === "string" ? visitId : undefined;

export const isStay = ({ visitType }: KnownVisit): boolean => visitType.endsWith("INPATIENT");

/** Where an answer leaves a visit. */
function statusAfter(visit: KnownVisit, { kind, status }: Heard["body"]): string {
  if (kind === "FINAL") return "SETTLED";
  if (kind === "DEFERRED") return "DEFERRED";
  if (kind === "RELEASE") return "RELEASED";
  // It may wait again; the hospital finds out when it asks.
  if (kind === "REVERSAL" && visit.status !== "OPEN") return isStay(visit) ? "DISCHARGED" : "OPEN";
  return kind === undefined && typeof status === "string" ? status : visit.status;
}
