import { err } from "../../shared/domain/result.ts";
import { readClaims } from "../../shared/store/visits/claim-store.ts";
import { answerWith, type CallOf, type Outcome } from "../kit/bind.ts";
import { cursorInvalid, dayAnd, readPlace, toCursor } from "../kit/cursor.ts";
import type { Services } from "../kit/services.ts";
import { toClaimViews } from "./claim-view.ts";
import type { listClaimsContract } from "./list-claims.contract.ts";

type Call = CallOf<typeof listClaimsContract>;

const isClaimPlace = dayAnd(/^#V[0-9A-Z]{20}#[A-Z0-9]{12}$/);

export const listClaims =
  ({ db }: Pick<Services, "db">) =>
  async (call: Call): Outcome => {
    const { status, from, to, limit } = call.query;
    const place = readPlace(call, isClaimPlace);
    if (!place.ok) return place;
    const admittedOn = place.value?.slice(0, 10);
    if (admittedOn !== undefined && (admittedOn < from || admittedOn > to)) return err(cursorInvalid(call));
    const claimQuery = { employerUscc: call.caller.institution, status, from, to };
    const { claims, next } = await readClaims(db, claimQuery, limit, place.value);
    return answerWith({
      items: await toClaimViews(db, claims),
      nextCursor: next === undefined ? null : toCursor(call, next),
    });
  };
