import { type Day, dayOf, type Instant, instantOf } from "../../shared/domain/dates.ts";
import { type Failure, failure, type NamedHospital } from "../../shared/domain/failures.ts";
import type { Employer } from "../../shared/domain/registry/employer.ts";
import type { Hospital } from "../../shared/domain/registry/hospital.ts";
import type { InjuryCase } from "../../shared/domain/registry/injury-case.ts";
import type { Worker } from "../../shared/domain/registry/worker.ts";
import { err, type Result } from "../../shared/domain/result.ts";
import type { VisitType } from "../../shared/domain/visit-type.ts";
import {
  checkEligibility,
  type Eligibility,
  hasAgreement,
} from "../../shared/domain/visits/check-eligibility.ts";
import { findStayAtOdds, type Stay } from "../../shared/domain/visits/stays.ts";
import type { NamedPerson } from "../../shared/personal-data/person-lookup.ts";
import type { Database } from "../../shared/store/kit/database.ts";
import { findCaseOwner, findEmployers, findHospital } from "../../shared/store/registry/registry-store.ts";
import { findWorkerAndCases, findWorkerId } from "../../shared/store/registry/worker-store.ts";
import { findStays, type StaysRecord } from "../../shared/store/visits/stay-store.ts";
import type { Services } from "../kit/services.ts";
import { nameHospital } from "./name-hospital.ts";

interface EligibilityQuery extends NamedPerson {
  readonly hospitalCode: string;
  readonly visitType: VisitType;
  readonly serviceDay: Day;
  /** At registration: the moment of admission. */
  readonly admittedAt?: Instant;
  /** At registration: the case that the hospital names, and its diagnoses. */
  readonly caseNo?: string | undefined;
  readonly diagnosisCodes?: readonly string[];
}

/** Told to whoever may know of the person, and has to ask there. */
async function findBedAt(
  db: Database,
  { refusals }: Eligibility,
  inTheWay: Stay | undefined,
): Promise<NamedHospital | undefined> {
  const isWhy = refusals.some(({ code }) => code === "ADMITTED_ELSEWHERE");
  return isWhy ? nameHospital(db, inTheWay?.hospitalCode) : undefined;
}

export interface EligibilityFound {
  readonly hospital: Hospital;
  /** Whether the answer may tell of anybody: to a hospital without an agreement it does not. */
  readonly mayKnow: boolean;
  /** Undefined where there is no such worker, or where the hospital may not know. */
  readonly workerId: string | undefined;
  /** Undefined as well where the hospital named a case that is not the worker's. */
  readonly worker: Worker | undefined;
  readonly employers: ReadonlyMap<string, Employer>;
  readonly eligibility: Eligibility;
  /** All stays of the worker, as they were read. */
  readonly known: StaysRecord;
  /** The hospital of the stay that is in the way, where that is why the worker is refused. */
  readonly bedAt?: NamedHospital | undefined;
}

type Needs = Pick<Services, "db" | "personLookup" | "now">;

interface Person {
  readonly worker: Worker | "NOT_READ" | undefined;
  readonly cases: readonly InjuryCase[];
  readonly known: StaysRecord;
}

const NO_STAYS: StaysRecord = { stays: [], version: 0 };

/** A stay that would begin then; where only the day is known, at its end. */
const toAskedStay = ({ hospitalCode, serviceDay, admittedAt }: EligibilityQuery): Stay => ({
  visitId: "",
  hospitalCode,
  admittedAt: admittedAt ?? instantOf(Date.parse(`${serviceDay}T23:59:59.999+08:00`)),
});

/** The worker with the cases that are asked about, and with all stays wherever. */
async function readPerson(db: Database, workerId: string, caseNo: string | undefined): Promise<Person> {
  const [{ worker, cases }, known] = await Promise.all([
    findWorkerAndCases(db, workerId),
    findStays(db, workerId),
  ]);
  const named = caseNo === undefined ? cases : cases.filter((each) => each.caseNo === caseNo);
  return { worker, cases: named, known };
}

/**
 * Loads what eligibility depends on and decides it; used by the check and by registration alike. Where a case is named that
 * is not the worker's, or the hospital has no agreement, it takes as many steps whether there is such a worker or not.
 */
export async function findEligibility(
  services: Needs,
  asked: EligibilityQuery,
): Promise<Result<EligibilityFound, Failure>> {
  const { db } = services;
  const { caseNo } = asked;
  const [hospital, workerId, caseOwner] = await Promise.all([
    findHospital(db, asked.hospitalCode),
    findWorkerId(db, services.personLookup.hashes(asked)),
    caseNo === undefined ? undefined : findCaseOwner(db, caseNo),
  ]);
  if (hospital === undefined) return err(failure("INSTITUTION_UNKNOWN"));
  const days = { serviceDay: asked.serviceDay, today: dayOf(services.now()) };
  const mayKnow = hasAgreement({ hospital, ...days });
  const isOwnCase = caseNo === undefined || caseOwner === workerId;
  const { worker, cases, known }: Person =
    workerId !== undefined && isOwnCase && mayKnow
      ? await readPerson(db, workerId, caseNo)
      : { worker: workerId === undefined ? undefined : "NOT_READ", cases: [], known: NO_STAYS };
  const employers = await findEmployers(
    db,
    cases.map(({ employerUscc }) => employerUscc),
  );
  const byUscc = new Map(employers.map((employer) => [employer.uscc, employer]));
  const inTheWay = findStayAtOdds(known.stays, toAskedStay(asked));
  const eligibility = checkEligibility({
    hospital,
    worker,
    cases,
    findEmployer: (uscc) => byUscc.get(uscc),
    visitType: asked.visitType,
    ...days,
    hasOpenStay: inTheWay !== undefined,
    ...(asked.diagnosisCodes === undefined ? {} : { diagnosisCodes: asked.diagnosisCodes }),
  });
  return {
    ok: true,
    value: {
      ...{ hospital, mayKnow, employers: byUscc, eligibility, known },
      bedAt: await findBedAt(db, eligibility, inTheWay),
      workerId: mayKnow ? workerId : undefined,
      worker: mayKnow && worker !== "NOT_READ" ? worker : undefined,
    },
  };
}
