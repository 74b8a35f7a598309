import { yuanText } from "../support/exact.ts";
import type { Mirror } from "./mirror.ts";
import type { Heard, Request } from "./request.ts";
import { type HeaderItem, isFunds, isSummed, sumOf } from "./stored.ts";
import { demand } from "./violation.ts";
import { MAX_LINES_OF_BILL } from "./world.ts";

interface Claim {
  readonly visitId: string;
  readonly status: string;
}

/** Every claim that an employer is shown is its own, in a state that it has been in: lists may be a moment old. */
function checkClaims(request: Request, claims: readonly Claim[], mirror: Mirror): void {
  for (const { visitId, status } of claims) {
    const header = mirror.visit(visitId)?.header;
    const isOwn = mirror.employers.get(visitId)?.has(request.input.institution ?? "") === true;
    demand(isOwn, "an employer sees its own claims", () => [request.input, header]);
    demand(
      mirror.statuses.get(visitId)?.has(status) === true,
      "a claim is shown in a state that it was in",
      () => [visitId, status],
    );
  }
}

interface Told {
  readonly at: string;
  readonly eventId: string;
  readonly visitId?: string;
}

/** A feed tells in order, each thing once, and an institution of its own claims alone. */
function checkFeed({ operationId, input }: Request, events: readonly Told[], mirror: Mirror): void {
  const times = events.map(({ at }) => at);
  const ids = new Set(events.map(({ eventId }) => eventId));
  demand(
    times.join() === times.toSorted().join() && ids.size === events.length,
    "a feed tells everything in order, and once",
    () => events,
  );
  for (const { visitId = "" } of operationId === "list-agency-events" ? [] : events) {
    const isOwn =
      operationId === "list-hospital-events"
        ? mirror.visit(visitId)?.header?.hospitalCode === input.institution
        : mirror.employers.get(visitId)?.has(input.institution ?? "") === true;
    demand(isOwn, "an institution is told of its own claims", () => [input, visitId]);
  }
}

function checkTotals(heard: Heard, mirror: Mirror): void {
  const settlements = [...mirror.visitIds()]
    .flatMap((visitId) => mirror.visit(visitId)?.settlements ?? [])
    .filter(isSummed);
  const total = yuanText(BigInt(sumOf(settlements.map((each) => each.total))));
  const reversals = settlements.filter(({ kind }) => kind === "REVERSAL").length;
  const { totals } = heard.body as {
    readonly totals: { readonly total: string; readonly count: number; readonly reversalCount: number };
  };
  demand(
    totals.total === total &&
      totals.reversalCount === reversals &&
      totals.count === settlements.length - reversals,
    "finance sees the sum of all settlements",
    () => [totals, total, settlements.length],
  );
}

/** Which state a refusal speaks of. */
const statusesOf: Readonly<Record<string, readonly string[]>> = {
  VISIT_SETTLED: ["SETTLED"],
  VISIT_CANCELLED: ["CANCELLED"],
  VISIT_NOT_DISCHARGED: ["OPEN"],
  VISIT_NOT_OPEN: ["DISCHARGED", "DEFERRED", "RELEASED"],
};

/** A refusal speaks of what is there: nothing that exists is called unknown, and no state that it is not in. */
export function checkRefusal(request: Request, heard: Heard, mirror: Mirror, isStill: boolean): void {
  const { institution, params } = request.input;
  const visitId = params?.visitId ?? params?.settlementId?.replace(/-\d+$/, "");
  const header = mirror.visit(visitId ?? "")?.header;
  if (heard.status < 400 || header?.hospitalCode !== institution) return;
  const about = () => [request.requestId, request.operationId, request.input, heard.body, header];
  const code = String(heard.body.code);
  demand(!/^(VISIT|SETTLEMENT)_NOT_FOUND$/.test(code), "what a hospital made is known", about);
  const statuses = isStill ? statusesOf[code] : undefined;
  demand(
    header === undefined || statuses === undefined || statuses.includes(header.status),
    "a refusal names the state as it is",
    about,
  );
  const isOfBill = /^(upload|revoke)-charges$/.test(request.operationId);
  demand(
    !isStill || !isOfBill || header?.status !== "DISCHARGED" || statuses === undefined,
    "the bill of a stay that is discharged and not settled can be mended",
    about,
  );
  if (isStill && header !== undefined) checkRoom(request, code, header);
}

/** A long stay goes on: what an interim settlement has settled takes no room from what comes after it. */
function checkRoom({ operationId, input }: Request, code: string, header: HeaderItem): void {
  if (operationId !== "upload-charges" || code !== "TOO_MANY_LINES") return;
  const { lines } = input.body as { readonly lines: readonly unknown[] };
  const settled = header.standing.findLast(({ kind }) => isFunds(kind))?.lineCount ?? 0;
  demand(
    header.lineCount - settled + lines.length > MAX_LINES_OF_BILL,
    "a stay takes lines however many are settled",
    () => [header, lines.length],
  );
}

/** What is read while nobody writes is what stands. */
export function checkReading(request: Request, heard: Heard, mirror: Mirror, isStill: boolean): void {
  if (heard.status !== 200) return;
  const { operationId, input } = request;
  if (operationId === "list-claims") checkClaims(request, heard.body.items as Claim[], mirror);
  if (operationId.endsWith("-events")) checkFeed(request, heard.body.items as Told[], mirror);
  if (!isStill) return;
  if (operationId === "summarise-settlements") checkTotals(heard, mirror);
  const header = mirror.visit(input.params?.visitId ?? "")?.header;
  if (operationId === "get-visit") {
    const { status, lineCount } = heard.body;
    demand(
      status === header?.status && lineCount === header?.lineCount,
      "a visit is shown as it stands",
      () => [heard.body, header],
    );
  }
  if (operationId === "get-settlement") {
    const { settlementId, status, reversedBy } = heard.body;
    const [, visitId = "", number] = /^(.*)-(\d+)$/.exec(String(settlementId)) ?? [];
    const mark = mirror.visit(visitId)?.marks.get(Number(number));
    demand(
      mark === reversedBy && (status === "REVERSED") === (mark !== undefined),
      "a settlement is shown with what took it back",
      () => [heard.body, mark],
    );
  }
}
