import { failure } from "../../shared/domain/failures.ts";
import { parseReconciliationId } from "../../shared/domain/reconciliation/reconciliation.ts";
import { err } from "../../shared/domain/result.ts";
import { readDifferences } from "../../shared/store/reconciliation/detail-store.ts";
import { findRound } from "../../shared/store/reconciliation/round-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { readNumber, toNumberCursor } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import { toDifferencesCsv } from "./differences-csv.ts";
import type { listDifferencesContract } from "./list-differences.contract.ts";
import { toDifferenceView } from "./reconciliation-views.ts";

type Call = CallOf<typeof listDifferencesContract>;

/** Rows of one CSV page: some 4 MB, and Lambda answers with 6 at most. */
const CSV_ROWS = 8_000;

/** Every difference of a round that was compared, with what mends it; as a table for Excel on request. */
export const listDifferences =
  ({ db }: Pick<Services, "db">) =>
  async (call: Call): Outcome => {
    const { caller, params, query } = call;
    const position = readNumber(call);
    if (!position.ok) return position;
    const id = parseReconciliationId(params.reconciliationId);
    const round = id === undefined ? undefined : await findRound(db, caller.institution, id);
    if (round === undefined) return err(failure("RECONCILIATION_NOT_FOUND"));
    if (round.comparison === undefined) return err(failure("RECONCILIATION_NOT_COMPARED"));
    const seen = { subject: params.reconciliationId };
    const start = position.value;
    const limit = query.format === "csv" ? CSV_ROWS : query.limit;
    const found = await readDifferences(db, round, start, limit + 1);
    const page = found.slice(0, limit).map(toDifferenceView);
    const nextCursor = found.length > limit ? toNumberCursor(call, start + limit) : null;
    if (query.format !== "csv") return answerWith({ items: page, nextCursor }, seen);
    const path = `/v1/hospital/reconciliations/${params.reconciliationId}/differences?format=csv`;
    const fileName = `differences-${params.reconciliationId}.csv`;
    const next = nextCursor === null ? {} : { link: `<${path}&cursor=${nextCursor}>; rel="next"` };
    return {
      ok: true,
      value: {
        ...{ kind: "FILE", mediaType: "text/csv", text: toDifferencesCsv(page) },
        ...{ fileName, headers: next, seen },
      },
    };
  };
