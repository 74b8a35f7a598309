import type { CaseBook, CaseInput, PartyFacts } from "./case-book.ts";
import type { HeaderItem } from "./stored.ts";
import type { Item } from "./values.ts";

type Periods = ReturnType<PartyFacts["insured"]>;
interface Held<Fact> {
  readonly since: number;
  readonly fact: Fact;
}

/** A case with what held of its worker and its employer at the same time. */
export interface Circumstances {
  readonly statement: CaseInput;
  readonly facts: PartyFacts;
}

/** Whose benefits were stopped and which employer was insured when, as the Registry has had it since the beginning. */
export class PartyBook {
  readonly #frozen = new Map<string, Held<boolean>[]>();
  readonly #insured = new Map<string, Held<Periods>[]>();
  readonly #cases: CaseBook;

  constructor(cases: CaseBook, items: Iterable<Item>) {
    this.#cases = cases;
    for (const item of items) this.stated(item, 0);
  }

  /** A worker or an employer as the write of this number left it. */
  stated(item: Item, since: number): void {
    if (item.sk === "WORKER") add(this.#frozen, String(item.workerId), { since, fact: item.frozen === true });
    if (item.sk === "EMPLOYER")
      add(this.#insured, String(item.uscc), { since, fact: item.insured as Periods });
  }

  /** Everything under which a visit may have been looked at since a write. */
  heldSince(header: HeaderItem, commit: number): Circumstances[] {
    return this.#cases.heldSince(header.caseNo, commit).flatMap((statement) =>
      heldSince(this.#frozen.get(header.workerId), commit).flatMap((isFrozen) =>
        heldSince(this.#insured.get(statement.employerUscc), commit).map((insured) => ({
          statement,
          facts: { isFrozen: () => isFrozen, insured: () => insured },
        })),
      ),
    );
  }

  currentCase(caseNo: string | undefined): CaseInput | undefined {
    return this.#cases.current(caseNo);
  }

  /** What holds now. */
  readonly current: PartyFacts = {
    isFrozen: (workerId) => this.#frozen.get(workerId)?.at(-1)?.fact === true,
    insured: (uscc) => this.#insured.get(uscc)?.at(-1)?.fact ?? [],
  };
}

function add<Fact>(book: Map<string, Held<Fact>[]>, id: string, held: Held<Fact>): void {
  book.set(id, [...(book.get(id) ?? []), held]);
}

const heldSince = <Fact>(versions: readonly Held<Fact>[] = [], commit: number): Fact[] =>
  versions
    .filter((_, index) => (versions[index + 1]?.since ?? Number.POSITIVE_INFINITY) > commit)
    .map(({ fact }) => fact);
