import { bindAll as bindAgency } from "../../functions/entry/agency-routes.ts";
import { bindAll as bindEnterprise } from "../../functions/entry/enterprise-routes.ts";
import { bindAll as bindFinance } from "../../functions/entry/finance-routes.ts";
import { bindAll as bindHospital } from "../../functions/entry/hospital-routes.ts";
import { makeAccessAudit } from "../../functions/kit/access-audit.ts";
import { type ApiHandler, makeApiHandler } from "../../functions/kit/api-handler.ts";
import type { BoundOperation } from "../../functions/kit/bind.ts";
import { makeCheckInstitution } from "../../functions/kit/check-institution.ts";
import type { Services } from "../../functions/kit/services.ts";
import type { AgencyServices } from "../../functions/registry/agency-services.ts";
import { follow } from "../../functions/settlements/follow-case-decision.ts";
import type { FollowTask } from "../../functions/settlements/followed-events.ts";
import { audiences } from "../../infra/aws/audiences.ts";
import { jobs } from "../../infra/aws/jobs.ts";
import type { TableAccesses } from "../../infra/aws/table-access.ts";
import { instantOf } from "../../shared/domain/dates.ts";
import { ID_CHANCES, idOf } from "../../shared/domain/ids.ts";
import { makeFileStore } from "../../shared/files/file-store.ts";
import { fullAdvice } from "../../shared/http/full-advice.ts";
import type { PersonalDataCipher } from "../../shared/personal-data/personal-data-cipher.ts";
import { makeReferenceStore } from "../../shared/store/catalogue/reference-store.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { SUMMARY_SHARDS } from "../../shared/store/kit/keys.ts";
import { makeCaseKeyMemory } from "../../shared/store/registry/case-key-memory.ts";
import { makeIsStated } from "../../shared/store/registry/institution-store.ts";
import { isTransientError } from "../../shared/transient-error.ts";
import { contextOf, findOperation, toEvent } from "../support/api-event.ts";
import { checkAnswer } from "../support/contract.ts";
import { checkGranted } from "../support/granted-access.ts";
import { testPersonServices } from "../support/test-keys.ts";
import { currentRequest, type Heard, type Request, requestNow } from "./request.ts";
import { toClient, toSend } from "./send.ts";
import type { Timeline } from "./timeline.ts";
import { AGENCY, MAX_LINES_OF_BILL } from "./world.ts";

const bindings = {
  hospital: bindHospital,
  enterprise: bindEnterprise,
  finance: bindFinance,
  agency: bindAgency,
} as const satisfies Record<string, (services: AgencyServices) => BoundOperation[]>;
type Audience = keyof typeof bindings;

const isAudience = (audience: string): audience is Audience => audience in bindings;

const SKEW_MS = 15_000;

/** Of real time, which a simulation hardly takes: the longest that a timer can be set to. */
const context = contextOf(2 ** 31 - 1);

/** One process of one audience: its memory of reference data ends with it. */
interface Instance {
  readonly handler: ApiHandler;
  readonly services: Services;
  readonly under: Set<Request>;
}

/** The process of the jobs takes no calls. */
const JOBS = "jobs";
type Pool = Audience | typeof JOBS;

/** The way to the tables of a function that may do no more there than it has been granted. */
const grant = (db: Database, tables: TableAccesses): Database => ({
  ...db,
  client: toClient((command) => {
    checkGranted(tables, db, command.constructor.name, command.input);
    return toSend(db.client)(command);
  }),
});

/** A few processes for each audience and for the jobs, which die and are replaced. */
export class Functions {
  readonly #instances = new Map<Pool, Instance[]>();
  readonly #db: Database;
  #started = 0;
  readonly #timeline: Timeline;
  readonly #cipher: PersonalDataCipher;

  /** `follow` hears of work that takes real time: virtual time must not go on meanwhile. */
  constructor(
    db: Database,
    timeline: Timeline,
    perAudience: number,
    follow: <T>(work: Promise<T>) => Promise<T>,
  ) {
    this.#db = db;
    this.#timeline = timeline;
    const { cipher } = testPersonServices;
    this.#cipher = {
      ...cipher,
      seal: (...data) => follow(cipher.seal(...data)),
      open: (...data) => follow(cipher.open(...data)),
    };
    for (const audience of [...Object.keys(bindings).filter(isAudience), JOBS] as const) {
      this.#instances.set(
        audience,
        Array.from({ length: perAudience }, () => this.#start(audience)),
      );
    }
  }

  #start(pool: Pool): Instance {
    // Clocks differ from one process to the next.
    this.#started += 1;
    const skewMs = ((this.#started % 5) - 2) * SKEW_MS;
    const { tables } = pool === JOBS ? jobs["follow-case-decision"] : audiences[pool];
    const db = grant(this.#db, tables);
    const services: AgencyServices = {
      db,
      references: makeReferenceStore(db),
      caseKeys: makeCaseKeyMemory(),
      ...testPersonServices,
      cipher: this.#cipher,
      access: {
        ...testPersonServices.access,
        checkInstitution: makeCheckInstitution({ isStated: makeIsStated(db), agencyCodes: [AGENCY] }),
      },
      lookupsPerHour: 1_000_000,
      maxLinesOfBill: MAX_LINES_OF_BILL,
      personalData: { kind: "FILE", path: "" },
      files: makeFileStore(undefined),
      newSecret: () => "a-secret-of-the-simulation",
      allowLocalWebhooks: false,
      logger: { log: () => undefined },
      now: () => instantOf(this.#timeline.now + skewMs),
      newId: (prefix) => {
        const { ids } = requestNow();
        return idOf(
          prefix,
          Array.from({ length: ID_CHANCES }, () => ids.integer(0, 31)),
        );
      },
      pickShard: () => requestNow().random.integer(0, SUMMARY_SHARDS - 1),
    };
    const operations = pool === JOBS ? [] : bindings[pool](services);
    return {
      handler: makeApiHandler(operations, services, makeAccessAudit(services), fullAdvice),
      services,
      under: new Set(),
    };
  }

  /** Runs a request to its end; undefined where its process died before. */
  async run(request: Request): Promise<Heard | undefined> {
    const definition = findOperation(request.operationId);
    const { audience } = definition;
    const instances = isAudience(audience) ? this.#instances.get(audience) : undefined;
    if (instances === undefined) throw new Error(`no function for ${audience}`);
    const instance = request.random.pick(instances);
    instance.under.add(request);
    const event = toEvent(definition, request.input, request.requestId);
    const answer = await currentRequest.run(request, () => instance.handler(event, context));
    if (request.isDead || request.client?.isDead() === true) return undefined;
    instance.under.delete(request);
    checkAnswer(definition, answer);
    return {
      status: answer.statusCode,
      text: answer.body,
      body: JSON.parse(answer.body) as Heard["body"],
      isReplay: answer.headers["idempotency-replayed"] === "true",
    };
  }

  /** Runs the job on an event; undefined where its process died before, false where it is to be called again. */
  async runJob(request: Request, task: FollowTask, isTimeUp: () => boolean): Promise<boolean | undefined> {
    const instance = request.random.pick(this.#instances.get(JOBS) ?? []);
    instance.under.add(request);
    const isDead = (): boolean => request.isDead || request.client?.isDead() === true;
    try {
      const isDone = await currentRequest.run(request, () => follow(instance.services, { task }, isTimeUp));
      return isDead() ? undefined : isDone;
    } catch (error) {
      if (isDead()) return undefined;
      const isPassing = isTransientError(error) || /could not be brought up to date/.test(String(error));
      if (!isPassing) throw error;
      return false;
    } finally {
      if (!isDead()) instance.under.delete(request);
    }
  }

  /** Ends every process with all that it was doing, and with its memory, and starts others. */
  restart(): void {
    for (const [pool, instances] of this.#instances) {
      for (const each of instances.flatMap(({ under }) => [...under])) each.isDead = true;
      this.#instances.set(
        pool,
        instances.map(() => this.#start(pool)),
      );
    }
  }

  /** Kills the process of a request, with whatever else it was doing, and starts another. */
  kill(request: Request): void {
    for (const [audience, instances] of this.#instances) {
      const place = instances.findIndex(({ under }) => under.has(request));
      const instance = instances[place];
      if (instance === undefined) continue;
      for (const each of instance.under) each.isDead = true;
      instances[place] = this.#start(audience);
    }
  }
}
