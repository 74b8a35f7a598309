import { makeSeededRandom } from "../../infra/demo/seeded-random.ts";
import { findOperation } from "../support/api-event.ts";
import { deeds, type Setting } from "./billing-commands.ts";
import { HospitalBooks, isStay, type KnownVisit } from "./hospital-books.ts";
import {
  askAsEnterprise,
  askAsFinance,
  correct,
  decide,
  type EmployerOf,
  linkCase,
  stateAsAgency,
} from "./other-commands.ts";
import type { Action } from "./plan.ts";
import type { Heard, Said } from "./request.ts";
import { hospitals } from "./world.ts";

/** A call that a client makes, and what it does when it hears the answer. */
export interface Sending extends Said {
  readonly hear: (heard: Heard) => void;
  /** Part of stating everything again, while nothing else is let in. */
  readonly isAgain?: boolean;
}

/** A decision matters to a visit that waits for it, or that will before long. */
const matters =
  (states: readonly string[]) =>
  ({ status, lines }: KnownVisit): boolean =>
    states.includes(status) && lines.size > 0;
const billed = matters(["DEFERRED", "DEFERRED", "RELEASED", "SETTLED"]);
const unbilled = matters(["OPEN", "DISCHARGED"]);

const ignore = (): void => undefined;

/** The billing systems of all hospitals, and whoever else calls the service. */
export class Clients {
  readonly books: readonly HospitalBooks[] = hospitals.map(({ code }) => new HospitalBooks(code));
  /** Corrections of the agency, which go on where they broke off when they are sent again. */
  readonly corrections: Said[] = [];
  readonly #employerOf: EmployerOf;

  constructor(employerOf: EmployerOf) {
    this.#employerOf = employerOf;
  }

  /** What an action comes to, as far as its client knows the world by now. */
  act(action: Action, now: number): Sending | undefined {
    const random = makeSeededRandom(action.draws);
    const books = this.books[action.hospital];
    if (books === undefined) return undefined;
    if (action.said !== undefined) return this.#again(books, action.said);
    const { verb, id } = action;
    if (verb === "ENTERPRISE") {
      return { ...askAsEnterprise(random, books.pickVisit(random)?.visitId), hear: ignore };
    }
    if (verb === "FINANCE") return { ...askAsFinance(random), hear: ignore };
    if (verb === "DECIDE")
      return {
        ...decide(random, this.#employerOf, books.pickVisit(random, random.chance(0.5) ? billed : unbilled)),
        hear: ignore,
      };
    if (verb === "LINK") {
      const visit = books.pickVisit(random, ({ caseNo }) => caseNo === undefined);
      return visit && { ...linkCase(random, visit.visitId, `l${id}`), hear: ignore };
    }
    if (verb === "CORRECT") {
      const stay = books.pickVisit(random, (visit) => visit.status === "OPEN" && isStay(visit));
      const said = correct(random, stay, `k${id}`);
      if (said.operationId === "correct-employer") this.corrections.push(said);
      return { ...said, hear: ignore };
    }
    if (verb === "AGENCY") return { ...stateAsAgency(random, this.#employerOf, `a${id}`), hear: ignore };
    if (verb === "REPEAT") {
      const message = books.pickMessage(random);
      return message === undefined ? undefined : this.#send(books, message, message.key);
    }
    return this.#sayNew(action, { books, random, now, mark: String(id) });
  }

  /** Something new under a key of its own, or wrongly under a key that was used before. */
  #sayNew({ verb, id }: Action, setting: Setting): Sending | undefined {
    const { books, random } = setting;
    const isReuse = verb === "REUSE_KEY";
    const said = deeds[isReuse ? random.pick(["UPLOAD", "SETTLE", "REGISTER"] as const) : verb]?.(setting);
    if (said === undefined) return undefined;
    const { operationId, input } = said;
    if (isReuse) {
      const message = books.pickMessage(random);
      if (message === undefined) return undefined;
      return { operationId, input: { ...input, institution: books.code, key: message.key }, hear: ignore };
    }
    const institution = random.chance(0.02) ? random.pick(hospitals).code : books.code;
    const isMessage = findOperation(operationId).message;
    if (isMessage && institution === books.code) return this.#send(books, said, `m${id}`);
    const key = isMessage ? { key: `x${id}` } : {};
    const hear = (heard: Heard): void => {
      if (operationId === "get-visit" && heard.status === 200) books.learn(heard.body);
    };
    return { operationId, input: { ...input, institution, ...key }, hear };
  }

  /** What was said before, word by word. */
  #again(books: HospitalBooks, said: Said): Sending {
    const { key, institution } = said.input;
    const isOwn = key?.startsWith("m") === true && institution === books.code;
    return isOwn ? this.#send(books, said, key) : { ...said, hear: ignore };
  }

  #send(books: HospitalBooks, said: Said, key: string): Sending {
    const input = { ...said.input, institution: books.code, key };
    const sent = books.remember({ operationId: said.operationId, input, key });
    return {
      operationId: said.operationId,
      input,
      hear: (heard) => {
        if (heard.status < 300) books.enter(sent, heard);
      },
    };
  }
}
