import * as z from "zod/mini";
import { auditKinds } from "../../shared/domain/audit/audit-entry.ts";
import { holdsNoIdNumber } from "../../shared/domain/check-characters.ts";
import { DaySchema } from "../../shared/domain/dates.ts";
import { ofForm } from "../../shared/domain/expected.ts";
import { inOneSpelling, inOneWidth } from "../../shared/domain/identifiers.ts";
import { TOKEN_SUBJECT } from "../../shared/http/caller.ts";
import { noBody, noParams, type OperationContract, type OperationDocs } from "../kit/operation.ts";
import { periodIsAMonth } from "../kit/report-period.ts";
import { InstantText, pageOf, pageShape } from "../kit/views.ts";

/** Who did or saw what. Ids and codes; no name, number or diagnosis. */
const AuditEntryView = z.object({
  at: InstantText,
  kind: z.enum(auditKinds),
  who: z.optional(z.string()),
  role: z.string(),
  institution: z.string(),
  operation: z.string(),
  subject: z.string(),
  seen: z.optional(z.array(z.string())),
  asked: z.optional(z.array(z.string())),
  reason: z.optional(z.string()),
  result: z.string(),
  requestId: z.string(),
});

const isId = ofForm(
  /^[A-Za-z0-9_.:-]{1,64}$/,
  "1 至 64 位字母、数字或 _ . : -",
  "1 to 64 of A-Z a-z 0-9 _ . : -",
);

/** In one spelling, as a token's is read. */
const Institution = z.string().check(inOneSpelling, isId, holdsNoIdNumber);

/** Of some kinds of ids letter case counts, and it is not known which kind is meant: the trail is asked for both. */
const SubjectId = z.string().check(inOneWidth, isId, holdsNoIdNumber);

export const listAuditEventsContract = {
  id: "list-audit-events",
  audience: "auditor",
  roles: ["auditor"],
  message: false,
  method: "GET",
  path: "/v1/auditor/audit-events",
  params: noParams,
  query: z
    .strictObject({
      from: DaySchema,
      to: DaySchema,
      subject: z.optional(SubjectId),
      institution: z.optional(Institution),
      who: z.optional(
        z
          .string()
          .check(
            ofForm(TOKEN_SUBJECT, "1 至 255 位半角字符，不含空格", "1 to 255 ASCII characters, no spaces"),
            holdsNoIdNumber,
          ),
      ),
      ...pageShape,
    })
    .check(periodIsAMonth),
  body: noBody,
  answer: { status: 200, schema: pageOf(AuditEntryView) },
  audit: { reads: "NAMED" },
} as const satisfies OperationContract;

export const listAuditEventsDocs = (): OperationDocs => ({
  summary: {
    en: "List who did or saw what, the oldest first, by subject, actor and period",
    zh: "查询审计记录",
  },
  failures: ["CURSOR_INVALID"],
});
