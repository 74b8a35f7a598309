import { testPersonServices } from "../support/test-keys.ts";
import type { Change, Commit } from "./commit.ts";
import type { Mirror } from "./mirror.ts";
import type { Said } from "./request.ts";
import { demand } from "./violation.ts";
import { AGENCY, statements } from "./world.ts";

const LISTED = ["put-policy", "put-hospital", "put-employer", "put-worker", "put-case"] as const;
const isListed = (operationId: string): boolean => LISTED.some((each) => each === operationId);

const hashOf = (idNumber: string): string =>
  testPersonServices.personLookup.hashes({ idType: "RESIDENT_ID", idNumber })[0];
const numberIn = ({ input }: Said): string => String(Object(input.body).idNumber);
/** What a statement is of: a later one of the same takes its place. */
const subjectOf = (said: Said): string => {
  const { operationId, input } = said;
  const name = Object.values(input.params ?? {})[0] ?? numberIn(said);
  return `${operationId} ${name}`;
};

const isWorker = ({ pk, sk }: Change): boolean => pk.startsWith("WORKER#") && sk === "WORKER";

/** What the agency has stated: whose each number is for good, and what is stated again where the Registry is lost. */
export class RegistryBook {
  readonly #stated = new Map<string, Said>();
  /** Messages that stated workers or prices, as they took effect first. */
  readonly #messages = new Map<string, Said>();
  readonly #owners = new Map<string, string>();
  readonly #mirror: Mirror;

  constructor(mirror: Mirror) {
    this.#mirror = mirror;
    for (const [operationId, input] of statements()) {
      this.#enter({ operationId, input: { ...input, institution: AGENCY } });
    }
    for (const said of this.#messagesOf("put-worker")) {
      const owner = this.#ownerOf(numberIn(said));
      if (owner !== undefined) this.#owners.set(numberIn(said), owner);
    }
  }

  #ownerOf(idNumber: string): string | undefined {
    const found = this.#mirror.get(`PERSON#${hashOf(idNumber)}`, "PERSON")?.workerId;
    return typeof found === "string" ? found : undefined;
  }

  #enter(said: Said): void {
    const { operationId, input } = said;
    if (isListed(operationId)) this.#stated.set(subjectOf(said), said);
    const key = String(input.key);
    const isMessage = operationId === "put-worker" || operationId === "import-catalogue";
    if (isMessage && !this.#messages.has(key)) this.#messages.set(key, said);
  }

  #messagesOf(operationId: string): Said[] {
    return [...this.#messages.values()].filter((said) => said.operationId === operationId);
  }

  /** Whose employee the worker of a case was, as the agency has it. */
  employerOf(caseNo: string): string | undefined {
    return Object(this.#stated.get(`put-case ${caseNo}`)?.input.body).employerUscc;
  }

  #correct({ input }: Said): void {
    const name = `put-case ${input.params?.caseNo}`;
    const said = this.#stated.get(name);
    if (said === undefined) return;
    const body = { ...Object(said.input.body), employerUscc: Object(input.body).employerUscc };
    this.#stated.set(name, { ...said, input: { ...said.input, body } });
  }

  /** A write of the agency. A number leads to the same worker for ever, whatever became of the Registry. */
  follow({ request, changes }: Commit): void {
    const { operationId, input } = request;
    if (!changes.some(({ pk }) => !pk.startsWith("AUDIT#"))) return;
    this.#enter({ operationId, input });
    const isCorrected =
      operationId === "correct-employer" && changes.some(({ sk }) => sk.startsWith("CASE#"));
    if (isCorrected) this.#correct({ operationId, input });
    const worker = operationId === "put-worker" ? changes.find(isWorker)?.after : undefined;
    if (worker === undefined) return;
    const idNumber = numberIn({ operationId, input });
    const workerId = String(worker.workerId);
    const owner = this.#owners.get(idNumber) ?? workerId;
    const isOther = [...this.#owners].some(([number, id]) => id === workerId && number !== idNumber);
    demand(owner === workerId && !isOther, "no person has two worker ids", () => [input, workerId, owner]);
    this.#owners.set(idNumber, workerId);
  }

  /**
   * Everything as it is stated last, in the order in which one rests on the other: workers and prices by the messages that
   * stated them, in their first order and under their first keys, or under new ones that begin with the mark.
   */
  again(catalogue: readonly unknown[], mark: string, isUnderFirstKeys: boolean): Said[] {
    const ofKind = (operationId: string): Said[] =>
      [...this.#stated.values()].filter((said) => said.operationId === operationId);
    const body = { items: catalogue };
    const workers = ofKind("put-worker").map(
      (said, index): Said => ({ ...said, input: { ...said.input, key: `${mark}-w${index}` } }),
    );
    const prices: Said = {
      operationId: "import-catalogue",
      input: { institution: AGENCY, key: `${mark}-catalogue`, body },
    };
    return [
      ...ofKind("put-policy"),
      ...(isUnderFirstKeys ? this.#messagesOf("import-catalogue") : [prices]),
      ...ofKind("put-hospital"),
      ...ofKind("put-employer"),
      ...(isUnderFirstKeys ? this.#messagesOf("put-worker") : workers),
      ...ofKind("put-case"),
    ];
  }

  /** Once all is stated again, every number leads where it led, and every visit finds its worker and its case. */
  checkFound(): void {
    for (const [idNumber, workerId] of this.#owners) {
      const owner = this.#ownerOf(idNumber);
      demand(owner === workerId, "no person has two worker ids", () => [idNumber, workerId, owner]);
    }
    for (const visitId of this.#mirror.visitIds()) {
      const { workerId, caseNo } = this.#mirror.visit(visitId)?.header ?? {};
      const worker = this.#mirror.get(`WORKER#${workerId}`, "WORKER");
      const injuryCase = this.#mirror.get(`WORKER#${workerId}`, `CASE#${caseNo}`);
      demand(
        worker !== undefined && (caseNo === undefined || injuryCase !== undefined),
        "what a visit rests on is found again when the Registry was lost",
        () => [visitId, workerId, caseNo],
      );
    }
  }
}
