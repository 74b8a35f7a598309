import type { Mirror } from "./mirror.ts";
import type { Heard, Request, Said } from "./request.ts";
import { type MessageItem, textOf } from "./stored.ts";
import type { AppliedFact } from "./transition-checks.ts";
import type { Item } from "./values.ts";
import { demand } from "./violation.ts";
import { AGENCY, statements } from "./world.ts";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const contentOf = ({ operationId, input }: Said): string =>
  JSON.stringify([operationId, input.params ?? {}, input.body ?? null]);

export const ownId = ({ input }: Said): string => `${input.institution}#${input.key}`;

/** What was on record of a message when a request of it began. */
export interface Beginning {
  readonly commit: number;
  readonly record: MessageItem | undefined;
  readonly cancellation: string | undefined;
}

/** What became of each message, and whether every answer says so. */
export class MessageChecks {
  readonly facts = new Map<string, AppliedFact>();
  /** Answers of cancellations, by the message that was cancelled. */
  readonly cancellations = new Map<string, string>();
  readonly #cancellationAnswers = new Map<string, string>();
  readonly #mirror: Mirror;

  constructor(mirror: Mirror) {
    this.#mirror = mirror;
    for (const [operationId, input] of statements()) {
      const said = { operationId, input: { ...input, institution: AGENCY } };
      const record = this.recordOf(ownId(said));
      if (record !== undefined) this.applied(ownId(said), record, said);
    }
  }

  recordOf(id: string): MessageItem | undefined {
    return this.#mirror.get(`MESSAGE#${id}`, "MESSAGE") as MessageItem | undefined;
  }

  isReversed(id: string): boolean {
    return this.cancellations.get(id)?.includes('"REVERSED"') === true;
  }

  applied(id: string, record: MessageItem, request: Said): AppliedFact {
    const key = request.input.key ?? "";
    const fact = { id, key, record, content: contentOf(request), body: request.input.body };
    this.facts.set(id, fact);
    return fact;
  }

  cancelled(id: string, item: Item): string {
    const text = textOf(item.answer as Uint8Array);
    this.cancellations.set(id, text);
    return text;
  }

  begin(request: Request, commit: number): Beginning {
    const about = request.operationId === "get-message" ? request.input.params?.key : request.input.key;
    const id = `${request.input.institution}#${about}`;
    return { commit, record: this.recordOf(id), cancellation: this.cancellations.get(id) };
  }

  /** A message's answer against its record; a question's against what was known when it was asked. */
  answered(request: Request, heard: Heard, beginning: Beginning): void {
    const { operationId } = request;
    const about = { request: request.requestId, operationId, heard };
    demand(heard.status !== 500, "what passes is answered as busy, nothing else goes wrong", () => about);
    if (operationId === "get-message") this.#told(request, heard, beginning);
    else if (typeof request.input.key === "string" && heard.status < 500) {
      if (heard.status < 300) this.#succeeded(request, heard);
      else this.#refused(request, heard, beginning);
    }
    if (operationId === "cancel-message" && heard.status < 300) {
      const target = `${request.input.institution}#${request.input.params?.key}`;
      const first = this.#cancellationAnswers.get(target) ?? heard.text;
      this.#cancellationAnswers.set(target, first);
      demand(heard.text === first, "a cancellation is answered the same for ever", () => [about, first]);
      demand(this.cancellations.has(target), "a cancelled message is on record as such", () => about);
    }
  }

  #succeeded(request: Request, heard: Heard): void {
    const id = ownId(request);
    const record = this.recordOf(id);
    const isOnRecord = record !== undefined && record.barred === undefined;
    demand(isOnRecord, "a message answered with success is on record", () => [request.requestId, heard]);
    demand(
      textOf(record.answer) === heard.text && record.status === heard.status,
      "a message's answer is the same bytes for ever",
      () => [request.requestId, heard.text, textOf(record.answer)],
    );
    demand(this.facts.get(id)?.content === contentOf(request), "a key is one message's", () => [
      contentOf(request),
      this.facts.get(id),
    ]);
    const isFirst = !heard.isReplay;
    demand(
      !isFirst || request.commits > 0,
      "an answer that is no replay has taken effect",
      () => request.requestId,
    );
  }

  #refused(request: Request, heard: Heard, { record }: Beginning): void {
    const about = () => [request.requestId, request.operationId, request.input, heard.body];
    demand(request.commits === 0, "refused input changes nothing", about);
    const isOwnKey =
      request.operationId === "cancel-message" && request.input.params?.key === request.input.key;
    if (record === undefined || isOwnKey || heard.body.code === "INPUT_INVALID") return;
    if (record.barred) demand(heard.body.code === "MESSAGE_CANCELLED", "a barred message is told so", about);
    else {
      const isSame = this.facts.get(ownId(request))?.content === contentOf(request);
      demand(!isSame, "a message that took effect is answered with success for ever", about);
      demand(
        heard.body.code === "IDEMPOTENCY_KEY_REUSED",
        "other content under a used key is told so",
        about,
      );
    }
  }

  #told(request: Request, heard: Heard, { record, cancellation }: Beginning): void {
    if (heard.status !== 200) return;
    const { status, answer } = heard.body;
    const about = () => [request.requestId, request.input.params, heard.body];
    if (cancellation !== undefined)
      demand(status === "CANCELLED", "what was cancelled is told as such", about);
    else if (record !== undefined)
      demand(status !== "NOT_APPLIED", "what took effect is told as such", about);
    const id = `${request.input.institution}#${request.input.params?.key}`;
    const known = this.recordOf(id);
    if (answer === undefined) return;
    const body = isRecord(answer) ? answer.body : undefined;
    demand(
      known?.barred === undefined && known !== undefined && same(body, JSON.parse(textOf(known.answer))),
      "a question is told the answer of then",
      about,
    );
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
