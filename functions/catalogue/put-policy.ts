import {
  nextReferenceVersion,
  raiseReferenceVersion,
  readReferenceVersion,
  savePolicy,
} from "../../shared/store/catalogue/reference-store.ts";
import { applyChange } from "../kit/apply.ts";
import type { CallOf, Outcome } from "../kit/bind.ts";
import type { Services } from "../kit/services.ts";
import type { putPolicyContract } from "./put-policy.contract.ts";
import { toPolicyView } from "./reference-views.ts";

type Call = CallOf<typeof putPolicyContract>;

/** States a policy from a day on; settlements keep the one that they were calculated with. */
export const putPolicy =
  (services: Pick<Services, "db" | "logger" | "now">) =>
  (call: Call): Outcome =>
    applyChange(services, call, async () => {
      const policy = { ...call.body, effectiveFrom: call.params.effectiveFrom };
      const { db, now } = services;
      const read = await readReferenceVersion(db);
      const version = nextReferenceVersion(now(), read);
      const writes = [savePolicy(db, policy, version), raiseReferenceVersion(db, version, read)];
      return { ok: true, value: { subject: policy.effectiveFrom, value: toPolicyView(policy), writes } };
    });
