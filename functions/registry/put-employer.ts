import { toEmployerEvent } from "../../shared/domain/events/service-event.ts";
import type { Employer } from "../../shared/domain/registry/employer.ts";
import { recordEvent } from "../../shared/store/events/event-store.ts";
import { findEmployerRecord, saveEmployer } from "../../shared/store/registry/registry-store.ts";
import { applyChange } from "../kit/apply.ts";
import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { putEmployerContract } from "./put-employer.contract.ts";

type Call = CallOf<typeof putEmployerContract>;

/** Periods in the order of their days, whatever order they were stated in. */
const periodsOf = ({ insured }: Employer): string =>
  insured
    .map(({ from, to }) => `${from} ${to ?? ""}`)
    .toSorted()
    .join();

/**
 * The agency's last statement of an employer holds. Claims that waited because it was not insured, or that no longer may
 * be paid, follow: also where it is stated for the first time, because a Registry may have been lost.
 */
export const putEmployer =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyChange(services, call, async () => {
      const { db, now } = services;
      const { uscc } = call.params;
      const employer = { ...call.body, uscc };
      const known = await findEmployerRecord(db, uscc);
      const version = (known?.version ?? 0) + 1;
      const isTold = known === undefined || periodsOf(known.employer) !== periodsOf(employer);
      const told = isTold ? [recordEvent(db, toEmployerEvent(uscc, now()))] : [];
      const writes = [saveEmployer(db, employer, version), ...told];
      return { ok: true, value: { subject: uscc, value: employer, writes } };
    });
