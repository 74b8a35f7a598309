import { saveEmployer } from "../../shared/store/registry-store.ts";
import { applyChange } from "../apply.ts";
import type { CallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import type { agencyOperations } from "./operations.ts";

type Call = CallOf<typeof agencyOperations.putEmployer>;

/** The agency's last statement of an employer holds. */
export const putEmployer =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyChange(services, call, async () => {
      const employer = { ...call.body, uscc: call.params.uscc };
      const writes = [saveEmployer(services.db, employer)];
      return { ok: true, value: { subject: employer.uscc, value: employer, writes } };
    });
