import { saveHospital } from "../../shared/store/registry-store.ts";
import { applyChange } from "../apply.ts";
import type { CallOf, Outcome } from "../bind.ts";
import type { Services } from "../services.ts";
import type { agencyOperations } from "./operations.ts";

type Call = CallOf<typeof agencyOperations.putHospital>;

/** The agency's last statement of a hospital holds; visits keep the tier of their admission. */
export const putHospital =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyChange(services, call, async () => {
      const hospital = { ...call.body, code: call.params.code };
      const writes = [saveHospital(services.db, hospital)];
      return { ok: true, value: { subject: hospital.code, value: hospital, writes } };
    });
