import { makeSeededRandom } from "../../infra/demo/seeded-random.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import type { CallInput } from "../support/service.ts";
import { Clients, type Sending } from "./clients.ts";
import type { Change } from "./commit.ts";
import { CommitChecks } from "./commit-checks.ts";
import { drawFault } from "./fault-draws.ts";
import { type Call, Crash, type Fault, makeFaultyClient } from "./faulty-client.ts";
import { Functions } from "./functions.ts";
import type { Beginning } from "./message-checks.ts";
import { idOf } from "./mirror.ts";
import type { Action, Plan, PlannedFault } from "./plan.ts";
import { type Delivery, hashOf, Pump } from "./pump.ts";
import { checkReading, checkRefusal } from "./read-checks.ts";
import { type Heard, makeRequest, type Request, requestNow, type Said } from "./request.ts";
import { seedOf } from "./seeds.ts";
import { type Send, toClient } from "./send.ts";
import {
  dumpStore,
  emptyRegistry,
  placesWritten,
  readPlaces,
  type StoreUnderTest,
} from "./store-under-test.ts";
import { checkTables } from "./table-checks.ts";
import { Timeline } from "./timeline.ts";
import { demand } from "./violation.ts";

/** Two days before a month ends, so that many reversals fall into the next one. */
const START = Date.parse("2026-03-30T01:00:00Z");
const LONGEST_LATENCY_MS = 12;
const LATE_MS = 2_000;
/** No index lags longer, whatever else is drawn: far longer than DynamoDB's do. */
const LONGEST_INDEX_LAG_MS = 60_000;
/** How long the agency waits for an answer before it sends a statement again, and how often it does. */
const PATIENCE_MS = 10_000;
const MOST_ATTEMPTS = 200;

/** By evening nothing stands in the way of a job; what it sets off has to end. */
const MAX_ROUNDS = 20;

export type Mutant = (send: Send) => Send;

interface Answered {
  readonly request: Request;
  readonly sending: Sending;
  readonly beginning: Beginning;
  readonly heard: Heard | undefined;
}

/** One history as it is played: clients, functions, tables, and the checks beside them. */
export class History {
  readonly #plan: Plan;
  readonly #store: StoreUnderTest;
  readonly #timeline = new Timeline(START);
  readonly #functions: Functions;
  readonly #pump: Pump;
  readonly clients: Clients;
  readonly checks: CommitChecks;
  readonly #planned: ReadonlyMap<string, string> | undefined;
  readonly #crashing = new Set<Request>();
  readonly #underWay = new Set<Promise<unknown>>();
  #writes: (() => void)[] = [];
  #answers: (() => void)[] = [];
  #isCalm = false;
  #indexedAt = START;
  /** While everything is stated again, nothing else is let in. */
  #isShut = false;
  steps = 0;
  readonly faults: PlannedFault[] = [];
  readonly log: string[] = [];
  /** What each action came to. */
  readonly said = new Map<number, Said>();

  private constructor(plan: Plan, store: StoreUnderTest, checks: CommitChecks, mutant: Mutant) {
    this.#plan = plan;
    this.#store = store;
    this.checks = checks;
    this.clients = new Clients((caseNo) => checks.registry.employerOf(caseNo));
    this.#planned =
      plan.faults && new Map(plan.faults.map((each) => [`${each.requestId}/${each.call}`, each.fault]));
    const send = mutant((command) => this.#sendOf(requestNow())(command));
    const db: Database = {
      client: toClient(send),
      registry: store.registry,
      ledger: store.ledger,
      pause: (longestMs) => this.#wait(requestNow(), Math.ceil(longestMs)),
    };
    this.#functions = new Functions(db, this.#timeline, 1 + (plan.seed % 3), (work) => this.#follow(work));
    this.#pump = new Pump(plan.seed, (delayMs, delivery) =>
      this.#timeline.after(this.#isCalm ? 0 : delayMs, () => this.#deliver(delivery)),
    );
  }

  static async start(plan: Plan, store: StoreUnderTest, mutant: Mutant): Promise<History> {
    return new History(plan, store, new CommitChecks(await dumpStore(store)), mutant);
  }

  /** Plays all actions to their end; throws a Violation as soon as something does not hold. */
  async play(): Promise<void> {
    for (const action of this.#plan.actions) {
      this.#timeline.after(action.at, () => {
        this.steps += 1;
        if (action.verb === "LOSE_REGISTRY") return this.#loseRegistry(action);
        const sending = this.clients.act(action, this.#timeline.now);
        if (sending === undefined) return;
        const { operationId, input } = sending;
        this.said.set(action.id, { operationId, input });
        for (let copy = 1; copy <= action.copies; copy += 1) {
          this.#submit(sending, `${action.id}.${copy}`, seedOf(action.draws, copy));
        }
        this.#store.advanceIndexes(action.draws % 7);
      });
    }
    while (await this.#advance()) {
      // Each step is checked as it is taken.
    }
    checkTables(await dumpStore(this.#store), this.checks.mirror);
  }

  /** From now on no faults strike, no answer is lost. */
  calm(): void {
    this.#isCalm = true;
  }

  /** Lets the jobs handle every event that is left, and those that come of it. */
  async handleEvents(): Promise<void> {
    for (let round = 0; this.#pump.redrive(); round += 1) {
      demand(round < MAX_ROUNDS, "the jobs come to an end", () => round);
      while (await this.#advance()) {
        // Until nothing is under way.
      }
    }
  }

  /** A call in a calm hour, with its answer. */
  async call(operationId: string, input: CallInput): Promise<Heard> {
    let heard: Heard | undefined;
    const hear = (answer: Heard): void => {
      heard = answer;
    };
    this.#submit({ operationId, input, hear }, `calm.${this.steps}`, seedOf(this.#plan.seed, this.steps));
    while (heard === undefined && (await this.#advance())) {
      // Until the answer is there.
    }
    if (heard === undefined) throw new Error(`${operationId} was not answered in a calm hour`);
    return heard;
  }

  /** The next thing happens, whatever it sets off comes to rest, and is checked. */
  async #advance(): Promise<boolean> {
    const { next } = this.#timeline;
    if (next !== undefined && next - this.#indexedAt >= LONGEST_INDEX_LAG_MS) {
      this.#store.advanceIndexes();
      this.#indexedAt = next;
    }
    if (!this.#timeline.advance()) return false;
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#underWay.size > 0) {
      await Promise.allSettled(this.#underWay);
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const request of this.#crashing) {
      if (request.client?.isDead() !== true) continue;
      this.#crashing.delete(request);
      this.#functions.kill(request);
    }
    const due = [...this.#writes, ...this.#answers];
    this.#writes = [];
    this.#answers = [];
    for (const check of due) check();
    return true;
  }

  #submit(sending: Sending, requestId: string, seed: number): void {
    const request = makeRequest(sending, requestId, seed);
    const { random } = request;
    // Some messages arrive late, some never.
    if (!this.#isCalm && random.chance(0.03)) return;
    const delayMs = random.chance(0.1) ? random.integer(0, LATE_MS) : random.integer(0, LONGEST_LATENCY_MS);
    this.#timeline.after(this.#isCalm ? 0 : delayMs, () => this.#begin(request, sending));
  }

  /** The Registry is lost, with whatever goes on at that moment, and the agency sends everything again. */
  #loseRegistry({ id, draws }: Action): void {
    if (this.#isShut) return;
    this.#isShut = true;
    this.#functions.restart();
    const all = this.checks.statedAgain(`again${id}`, draws % 2 === 0);
    const emptied = emptyRegistry(this.#store).then((items) => {
      this.#writes.push(() => this.checks.lost(items));
      this.#timeline.after(0, () => this.#stateAgain(all, `again${id}`));
    });
    this.#follow(emptied).catch((error: unknown) => this.#fail(error));
  }

  /** One statement after the other, each until it is answered with success. */
  #stateAgain(left: readonly Said[], mark: string, attempt = 1): void {
    const [said, ...others] = left;
    if (said === undefined) {
      this.checks.checkFound();
      this.#isShut = false;
      return;
    }
    const isPossible = attempt < MOST_ATTEMPTS;
    demand(isPossible, "what was stated before can be stated again", () => said);
    let isOver = false;
    const goOn = (isDone: boolean): void => {
      if (isOver) return;
      isOver = true;
      this.#stateAgain(isDone ? others : left, mark, isDone ? 1 : attempt + 1);
    };
    const hear = ({ status, body }: Heard): void => {
      const isTaken = status < 300;
      demand(isTaken || status === 503, "what was stated before can be stated again", () => [said, body]);
      goOn(isTaken);
    };
    const requestId = `${mark}.${left.length}.${attempt}`;
    this.#submit({ ...said, hear, isAgain: true }, requestId, seedOf(this.#plan.seed, hashOf(requestId)));
    this.#timeline.after(PATIENCE_MS, () => goOn(false));
  }

  #begin(request: Request, sending: Sending): void {
    if (this.#isShut && sending.isAgain !== true) return;
    const beginning = this.#connect(request);
    this.#functions.run(request).then(
      (heard) => this.#answers.push(() => this.#answered({ request, sending, beginning, heard })),
      (error: unknown) => this.#fail(error),
    );
  }

  /** An event reaches the jobs. */
  #deliver(delivery: Delivery): void {
    if (this.#isShut) {
      this.#timeline.after(PATIENCE_MS, () => this.#deliver(delivery));
      return;
    }
    const { eventId, task, attempt, seed } = delivery;
    const said = { operationId: "follow-case-decision", input: { params: { ...task } } };
    const request = makeRequest(said, `${eventId}.${attempt}`, seed);
    this.#connect(request);
    const { random } = request;
    const isHurried = !this.#isCalm && random.chance(0.2);
    this.#functions
      .runJob(request, task, () => isHurried && random.chance(0.4))
      .then(
        (isDone) =>
          this.#answers.push(() => {
            this.log.push(
              `${this.#timeline.now - START} ${request.requestId} job of ${task.subject} → ${isDone}`,
            );
            this.#pump.finished(delivery, isDone === true);
          }),
        (error: unknown) => this.#fail(error),
      );
  }

  #fail(error: unknown): void {
    this.#answers.push(() => {
      throw error;
    });
  }

  /** Gives a request its way to the tables. */
  #connect(request: Request): Beginning {
    const beginning = this.checks.messages.begin(request, this.checks.count);
    request.client = makeFaultyClient(
      (command) => this.#execute(request, beginning, command),
      (call) => this.#faultOf(request, call),
      () => this.#wait(request, request.random.chance(0.04) ? 300 : LONGEST_LATENCY_MS),
    );
    return beginning;
  }

  #sendOf({ client }: Request): Send {
    if (client === undefined) throw new Error("the request has not begun");
    return client.send;
  }

  async #wait(request: Request, longestMs: number): Promise<void> {
    await this.#timeline.wait(request.random.integer(0, longestMs));
    if (request.isDead) throw new Crash("the process died");
  }

  #faultOf(request: Request, { index, name }: Call): Fault | undefined {
    if (this.#isCalm) return undefined;
    const place = { requestId: request.requestId, call: index };
    const fault =
      this.#planned === undefined
        ? drawFault(this.#plan.seed, makeSeededRandom(seedOf(request.seed, index, 2)), name)
        : (this.#planned.get(`${place.requestId}/${index}`) as Fault | undefined);
    if (fault === undefined) return undefined;
    this.faults.push({ ...place, fault });
    if (fault.startsWith("CRASHED")) this.#crashing.add(request);
    return fault;
  }

  /** The store call itself; what it wrote is read back before anybody else has a turn. */
  #execute(request: Request, beginning: Beginning, command: Parameters<Send>[0]): Promise<object> {
    const work = (async () => {
      this.steps += 1;
      const answer = await this.#store.send(command);
      const places = placesWritten(command);
      if (places.length === 0) return answer;
      const items = new Map(
        (await readPlaces(this.#store.send, places)).map((item) => [idOf(item.pk, item.sk), item] as const),
      );
      this.#writes.push(() => {
        const at = this.#timeline.now;
        const changes = places.map(({ pk, sk }): Change => {
          return { pk, sk, before: this.checks.mirror.get(pk, sk), after: items.get(idOf(pk, sk)) };
        });
        this.log.push(`${this.#timeline.now - START} ${request.requestId} ${request.operationId} writes`);
        for (const event of this.checks.check({ request, beginning, changes, at })) this.#pump.written(event);
      });
      return answer;
    })();
    return this.#follow(work);
  }

  /** Nothing else happens until a piece of work is done. */
  #follow<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    const done = (): boolean => this.#underWay.delete(work);
    work.then(done, done);
    return work;
  }

  #answered({ request, sending, beginning, heard }: Answered): void {
    if (heard === undefined) return;
    const code = heard.status < 300 ? "" : ` ${String(heard.body.code)}`;
    this.log.push(
      `${this.#timeline.now - START} ${request.requestId} ${request.operationId} ${JSON.stringify(request.input)} → ${heard.status}${code}`,
    );
    this.checks.messages.answered(request, heard, beginning);
    const isStill = beginning.commit === this.checks.count;
    checkReading(request, heard, this.checks.mirror, isStill);
    checkRefusal(request, heard, this.checks.mirror, isStill);
    // Some answers are lost on the way.
    if (!this.#isCalm && request.random.chance(0.1)) return;
    const delayMs = this.#isCalm ? 0 : request.random.integer(0, LONGEST_LATENCY_MS);
    this.#timeline.after(delayMs, () => sending.hear(heard));
  }
}
