import { yuanText } from "../support/exact.ts";
import type { WireBill, WireItem, WireLine } from "../support/example-bills.ts";
import { referenceAdjudication, type Use } from "../support/reference-adjudication.ts";
import type { VisitState } from "./mirror.ts";
import { type DetailsItem, isFunds, type SettlementItem } from "./stored.ts";
import { demand } from "./violation.ts";
import { type CaseChange, cases, itemBody, policy, tariffs } from "./world.ts";

type Injuries = WireBill["case"]["injuries"];

const bearers = ["fund", "employer", "hospital", "thirdParty", "otherInsurer", "personal"] as const;
const toInjuries = (prefixes: readonly string[]): Injuries =>
  prefixes.length === 0 ? [] : [{ diagnosisPrefixes: [...prefixes] }];

/** Each settlement against the reference, with the catalogue and the case as they stood when it was made. */
export class AmountChecks {
  #items = new Map<string, WireItem>();
  readonly #byVersion = new Map<number, Map<string, WireItem>>();
  readonly #caseVersions = new Map<string, { readonly since: number; readonly injuries: Injuries }[]>();
  readonly #used = new Map<string, readonly Use[]>();

  constructor(version: number) {
    for (const [code, [first]] of Object.entries(tariffs)) {
      if (first !== undefined) this.#items.set(code, itemBody(code, first));
    }
    this.#byVersion.set(version, this.#items);
    for (const { caseNo, isRecognised } of cases) {
      this.#caseVersions.set(caseNo, [{ since: 0, injuries: toInjuries(isRecognised ? ["S62"] : []) }]);
    }
  }

  catalogueStated(items: readonly WireItem[], version: number): void {
    this.#items = new Map([...this.#items, ...items.map((item) => [item.itemCode, item] as const)]);
    this.#byVersion.set(version, this.#items);
  }

  caseStated(caseNo: string, { prefixes }: CaseChange, commit: number): void {
    this.#caseVersions.get(caseNo)?.push({ since: commit, injuries: toInjuries(prefixes) });
  }

  /** A settlement restored uses up what its original did. */
  restored(settlementId: string, originalId: string): void {
    this.#used.set(settlementId, this.#used.get(originalId) ?? []);
  }

  /** Fails unless the amounts are those of a bill as it stood at some moment since commit number `since`. */
  check(settlement: SettlementItem, before: VisitState, lines: readonly WireLine[], since: number): void {
    const { header } = before;
    if (settlement.kind === "RELEASE") {
      const left = [0, 0, 0, 0, 0, settlement.total];
      const isWhole = settlement.allocation.every((part, index) => part === left[index]);
      demand(isWhole, "what is released is borne by the policy's fallback bearer", () => settlement);
      return;
    }
    const earlier = header.standing
      .filter(({ kind }) => isFunds(kind))
      .flatMap(({ number }) => this.#used.get(`${header.visitId}-${number}`) ?? []);
    const items = this.#byVersion.get(settlement.catalogueVersion);
    demand(items !== undefined, "a settlement names the catalogue it was made with", () => settlement);
    const { employerNotice } = before.details as DetailsItem;
    const versions = this.#caseVersions.get(header.caseNo ?? "") ?? [];
    const current = versions.filter(
      (_, index) => (versions[index + 1]?.since ?? Number.POSITIVE_INFINITY) > since,
    );
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
          case: { injuries },
          policy,
          items: [...items.values()],
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
}
