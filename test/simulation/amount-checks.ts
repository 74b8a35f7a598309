import { yuanText } from "../support/exact.ts";
import type { WireBill, WireItem, WireLine } from "../support/example-bills.ts";
import { referenceAdjudication, type Use } from "../support/reference-adjudication.ts";
import { type CaseInput, inTheWay, isRefused, isUndecided } from "./case-book.ts";
import type { VisitState } from "./mirror.ts";
import type { PartyBook } from "./party-book.ts";
import { PriceBook } from "./price-book.ts";
import { type DetailsItem, isFunds, type SettlementItem } from "./stored.ts";
import { areEqual } from "./values.ts";
import { demand } from "./violation.ts";
import { policy } from "./world.ts";

const bearers = ["fund", "employer", "hospital", "thirdParty", "otherInsurer", "personal"] as const;
/** Each settlement against the reference, with the catalogue and the case as they stood when it was made. */
export class AmountChecks {
  readonly #prices: PriceBook;
  #lost: readonly WireItem[] = [];
  readonly #used = new Map<string, readonly Use[]>();

  readonly #parties: PartyBook;

  constructor(version: number, parties: PartyBook) {
    this.#parties = parties;
    this.#prices = new PriceBook(version);
  }

  catalogueStated(items: readonly WireItem[], version: number): void {
    this.#prices.stated(items, version);
  }

  /** The catalogue as it stands. */
  catalogue(): readonly WireItem[] {
    return this.#prices.current();
  }

  /** The Registry was lost, and with it every item. */
  lost(): void {
    this.#lost = this.#inOrder();
    this.#prices.lost();
  }

  #inOrder(): readonly WireItem[] {
    const byName = (a: { itemCode: string }, b: { itemCode: string }) => (a.itemCode < b.itemCode ? -1 : 1);
    const byFirstDay = (a: { from: string }, b: { from: string }) => (a.from < b.from ? -1 : 1);
    return this.#prices
      .current()
      .map((item) => ({ ...item, periods: item.periods.toSorted(byFirstDay) }))
      .sort(byName);
  }

  /** Once everything is stated again, each price is what it was. */
  checkFound(): void {
    const found = this.#inOrder();
    demand(
      areEqual(found, this.#lost),
      "a price list that was lost is as it was once it is stated again",
      () => [this.#lost, found],
    );
  }

  /** A settlement restored uses up what its original did. */
  restored(settlementId: string, originalId: string): void {
    this.#used.set(settlementId, this.#used.get(originalId) ?? []);
  }

  /** Fails unless the amounts are those of a bill as it stood at some moment since commit number `since`. */
  check(settlement: SettlementItem, before: VisitState, lines: readonly WireLine[], since: number): void {
    const { header } = before;
    if (settlement.kind === "RELEASE") {
      const [current] = this.#casesOf(settlement, before, since);
      demand(current !== undefined, "what is released was refused", () => settlement);
      const left = [0, 0, 0, 0, 0, settlement.total];
      const isWhole = settlement.allocation.every((part, index) => part === left[index]);
      demand(isWhole, "what is released is borne by the policy's fallback bearer", () => settlement);
      return;
    }
    const earlier = header.standing
      .filter(({ kind }) => isFunds(kind))
      .flatMap(({ number }) => this.#used.get(`${header.visitId}-${number}`) ?? []);
    const items = this.#prices.at(settlement.catalogueVersion);
    demand(items !== undefined, "a settlement names the catalogue it was made with", () => settlement);
    const { employerNotice } = before.details as DetailsItem;
    const current = this.#casesOf(settlement, before, since);
    const found = current.map(({ injuries }) => {
      const uses = [...earlier];
      const expected = referenceAdjudication(
        {
          tier: header.tier,
          visit: {
            visitType: header.visitType as WireBill["visit"]["visitType"],
            admittedAt: header.admittedAt,
            ...(employerNotice === undefined ? {} : { employerNotice }),
          },
          case: {
            injuries: injuries.map(({ diagnosisPrefixes }) => ({
              diagnosisPrefixes: [...diagnosisPrefixes],
            })),
          },
          policy,
          items: [...items],
          lines: [...lines],
        },
        uses,
      );
      return { expected, used: uses.slice(earlier.length) };
    });
    const actual = settlement.allocation.map((part) => yuanText(BigInt(part)));
    const match = found.find(({ expected }) =>
      bearers.every((bearer, i) => expected.allocation[bearer] === actual[i]),
    );
    demand(match !== undefined, "a settlement's amounts are those of the reference", () => ({
      settlement,
      expected: found.map(({ expected }) => expected.allocation),
      lines,
    }));
    this.#used.set(settlement.settlementId, match.used);
  }

  /**
   * The cases by which a settlement of this kind may have been made: the fund's by any under which nothing was in the way
   * at some moment meanwhile; what waits by the case as it stands, undecided or with the reason that it names.
   */
  #casesOf(
    { kind, blockedBy }: SettlementItem,
    { header }: VisitState,
    since: number,
  ): Pick<CaseInput, "injuries">[] {
    if (kind === "DEFERRED" && header.caseNo === undefined) return [{ injuries: [] }];
    const held = this.#parties.heldSince(header, since);
    const recognised = held.filter(({ statement }) => statement.status === "RECOGNISED");
    const current = this.#parties.currentCase(header.caseNo);
    const found =
      kind === "DEFERRED" && blockedBy !== undefined
        ? recognised.filter(
            ({ statement, facts }) =>
              statement === current && inTheWay(header, statement, facts) === blockedBy,
          )
        : kind === "DEFERRED"
          ? held.filter(({ statement }) => statement === current && isUndecided(statement))
          : kind === "RELEASE"
            ? held.filter(({ statement }) => statement === current && isRefused(statement))
            : recognised.filter(({ statement, facts }) => inTheWay(header, statement, facts) === undefined);
    demand(
      found.length > 0,
      "what is settled by the fund fulfils every condition of payment, and what waits says what it waits for",
      () => [kind, blockedBy, header, held],
    );
    return found.map(({ statement }) => statement);
  }
}
