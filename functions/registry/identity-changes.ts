import type * as z from "zod/mini";
import type { IdentityCorrection } from "../../shared/domain/registry/corrections.ts";
import { identityOf, type PersonNumber } from "../../shared/domain/registry/person-number.ts";
import type { PersonalData } from "../../shared/domain/registry/worker.ts";
import type { Write } from "../../shared/store/kit/transaction.ts";
import {
  type CorrectedNumber,
  findCorrectedNumber,
  saveCorrectedNumber,
} from "../../shared/store/registry/worker-number-store.ts";
import {
  findWorkerId,
  findWorkerRecord,
  type WorkerRecord,
} from "../../shared/store/registry/worker-store.ts";
import type { AgencyServices } from "./agency-services.ts";

type Correction = z.infer<typeof IdentityCorrection>;
type Needs = Pick<AgencyServices, "db" | "personLookup" | "workerIds" | "cipher">;

/** A worker with what names the person. */
export interface OpenedWorker {
  readonly known: WorkerRecord;
  readonly person: PersonalData;
}

export async function openWorker({ db, cipher }: Needs, workerId: string): Promise<OpenedWorker | undefined> {
  const known = await findWorkerRecord(db, workerId);
  return known === undefined ? undefined : { known, person: await cipher.open(workerId, known.sealed) };
}

/** Which worker has the numbers that a correction states; undefined where nobody has, or none is stated. */
export interface Holders {
  readonly number: string | undefined;
  readonly card: string | undefined;
}

export async function findHolders(
  { db, personLookup }: Needs,
  { idType, idNumber, cardNumber }: Correction,
): Promise<Holders> {
  const [number, card] = await Promise.all([
    idNumber === undefined ? undefined : findWorkerId(db, personLookup.hashes({ idType, idNumber })),
    cardNumber === undefined ? undefined : findWorkerId(db, personLookup.hashes({ cardNumber })),
  ]);
  return { number, card };
}

/** Whether a number belongs to somebody who is none of these. */
export const isTaken = (holder: string | undefined, others: readonly (string | undefined)[]): boolean =>
  holder !== undefined && !others.includes(holder);

/** A worker whose person is named otherwise from now on. */
export interface IdentityChange {
  readonly known: WorkerRecord;
  readonly from: PersonalData;
  readonly to: PersonalData;
}

/** The person as corrected; what is not named stays. */
function toCorrected(person: PersonalData, { idType, idNumber, cardNumber, name }: Correction): PersonalData {
  return {
    ...person,
    ...(idNumber === undefined ? {} : { idType, idNumber }),
    ...(cardNumber === undefined ? {} : { cardNumber }),
    ...(name === undefined ? {} : { name }),
  };
}

/** The change of the worker, and that of the other one where the other has a number that goes over. */
export function toChanges(
  one: OpenedWorker,
  other: OpenedWorker | undefined,
  correction: Correction,
  { number, card }: Holders,
): readonly IdentityChange[] {
  const change = { known: one.known, from: one.person, to: toCorrected(one.person, correction) };
  const otherId = other?.known.workerId;
  if (other === undefined || otherId === one.known.workerId) return [change];
  const [isNumber, isCard] = [number === otherId, card === otherId];
  if (!isNumber && !isCard) return [change];
  const { idType, idNumber, cardNumber } = one.person;
  const to = {
    ...other.person,
    ...(isNumber ? { idType, idNumber } : {}),
    ...(isCard ? { cardNumber } : {}),
  };
  return [change, { known: other.known, from: other.person, to }];
}

/** Whose a number is after the changes; undefined for one that nobody of them has any more. */
const ownerAfter = (changes: readonly IdentityChange[], identity: string): string | undefined =>
  changes.find(({ to }) => identityOf(to) === identity)?.known.workerId;

/**
 * Keeps in the Ledger whom the numbers lead to that changed hands: a new number to its worker, and one that nobody has any
 * more to whoever is stated with it next, who gets another id. A number that leads to somebody else by now is left to them.
 */
export async function moveNumbers(
  { db, workerIds }: Needs,
  changes: readonly IdentityChange[],
): Promise<readonly Write[]> {
  const changed = changes.filter(({ from, to }) => identityOf(from) !== identityOf(to));
  const numbers = new Map<string, { number: PersonNumber; before: string | undefined }>();
  for (const { to } of changed) numbers.set(identityOf(to), { number: to, before: undefined });
  for (const { known, from } of changed)
    numbers.set(identityOf(from), { number: from, before: known.workerId });
  const write = async (
    identity: string,
    number: PersonNumber,
    before: string | undefined,
  ): Promise<readonly Write[]> => {
    const trace = workerIds.traceOf(number);
    const known = await findCorrectedNumber(db, trace);
    const next = (): Omit<CorrectedNumber, "version"> | undefined => {
      const workerId = ownerAfter(changes, identity);
      if (workerId !== undefined) return { workerId, uses: known?.uses ?? 0 };
      if (known !== undefined && known.workerId !== before) return undefined;
      const uses = (known?.uses ?? 0) + 1;
      return { workerId: workerIds.idOf(number, uses), uses };
    };
    const saved = next();
    return saved === undefined ? [] : [saveCorrectedNumber(db, trace, known, saved)];
  };
  const writes = await Promise.all(
    [...numbers].map(([identity, { number, before }]) => write(identity, number, before)),
  );
  return writes.flat();
}
