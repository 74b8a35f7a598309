import { saveHospital } from "../../shared/store/registry/registry-store.ts";
import { applyChange } from "../kit/apply.ts";
import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { putHospitalContract } from "./put-hospital.contract.ts";

type Call = CallOf<typeof putHospitalContract>;

/** The agency's last statement of a hospital holds; visits keep the tier of their admission. */
export const putHospital =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyChange(services, call, async () => {
      const hospital = { ...call.body, code: call.params.code };
      const writes = [saveHospital(services.db, hospital)];
      return { ok: true, value: { subject: hospital.code, value: hospital, writes } };
    });
