/** What must hold did not hold. */
export class Violation extends Error {
  override readonly name = "Violation";
  readonly rule: string;

  constructor(rule: string, detail: string) {
    super(`${rule}: ${detail}`);
    this.rule = rule;
  }
}

/** Fails the history where a rule does not hold; the detail is only made then. */
export function demand(holds: boolean, rule: string, detail: () => unknown): asserts holds {
  if (holds) return;
  const about = detail();
  throw new Violation(rule, typeof about === "string" ? about : JSON.stringify(about));
}
