import { reasonCodes } from "../../shared/domain/adjudication/reasons.ts";
import { bearers } from "../../shared/domain/bearers.ts";
import { caseStatuses } from "../../shared/domain/registry/injury-case.ts";
import { guarantees, visitStatuses } from "../../shared/domain/visit/visit.ts";
import { outcomes } from "../../shared/domain/visit/visit-requests.ts";
import { visitTypes } from "../../shared/domain/visit/visit-type.ts";
import { catalogueFieldTexts } from "./catalogue-field-texts.ts";
import { claimFieldTexts } from "./claim-field-texts.ts";
import { personFieldTexts } from "./person-field-texts.ts";
import { reconciliationFieldTexts } from "./reconciliation-field-texts.ts";
import { webhookFieldTexts } from "./webhook-field-texts.ts";

/** `values` are for answers, which give any of them as a plain string; a schema that lists them says so itself. */
export type FieldText = readonly [zh: string, en: string, values?: readonly string[]];

const lineAmount: FieldText = [
  "金额（元） = 单价 × 数量，四舍五入到分",
  "Amount in yuan: unit price × quantity, half up to the fen",
];
const openEnded: FieldText = ["截止日（含），null 表示长期", "Last day; null while it is open"];

const commonFieldTexts: Readonly<Record<string, FieldText>> = {
  // Institutions
  name: ["名称", "Name"],
  uscc: ["用人单位统一社会信用代码", "The employer's unified social credit code"],
  employer: ["用人单位", "The employer"],
  employerUscc: ["用人单位统一社会信用代码", "The employer's unified social credit code"],
  insured: ["已缴费参保的期间", "Periods of paid-up work-injury insurance"],
  hospital: ["医疗机构", "The hospital"],
  "Hospital.code": ["医疗机构编码，12 位", "The hospital's code, 12 characters"],
  "hospital.code": ["医疗机构编码，12 位", "The hospital's code, 12 characters"],
  "path.code": ["医疗机构编码，12 位", "The hospital's code, 12 characters"],
  hospitalCode: ["医疗机构编码，12 位", "The hospital's code, 12 characters"],
  tier: ["医院等级 1 至 3", "Tier of the hospital, 1 to 3"],
  services: ["协议服务类别", "Kinds of visit that the agreement covers"],
  agreement: ["服务协议", "The agreement with the agency"],
  "agreement.status": ["协议状态", "ACTIVE or SUSPENDED"],
  // Periods
  from: ["起始日（含）", "First day"],
  to: ["截止日（含）", "Last day"],
  "agreement.to": openEnded,
  "insured.to": openEnded,
  "authorisations.to": openEnded,
  "Authorisation.to": openEnded,
  "CataloguePeriod.to": openEnded,
  periods: ["有效期间", "Dated periods, each with its own terms"],
  // Cases
  caseNo: ["工伤认定编号", "Number of the work-injury case"],
  caseNos: ["该职工的全部工伤认定编号", "Numbers of all cases of the worker"],
  injuredOn: ["受伤日期", "Day of the injury"],
  "PutCaseRequest.status": ["认定状态", "Status of the case", caseStatuses],
  "PutCaseAnswer.status": ["认定状态", "Status of the case", caseStatuses],
  "Case.status": ["认定状态", "Status of the case", caseStatuses],
  version: ["第几次登记", "Which of its statements this is, from 1 on"],
  statedAt: ["登记时间", "When it was stated"],
  visits: ["本案的就诊，不限机构", "Visits of the case, of any hospital"],
  "visits.status": ["就诊状态", "Status of the visit", visitStatuses],
  thirdPartyLiability: ["是否涉及第三人责任", "Whether a third party is liable"],
  injuries: ["认定伤情", "Recognised injuries"],
  bodyPart: ["受伤部位", "Injured part of the body"],
  description: ["伤情描述", "The injury in words"],
  diagnosisPrefixes: ["涵盖的 ICD-10 编码前缀", "ICD-10 prefixes that the injury covers"],
  authorisations: ["待遇资格", "What the case may be treated with, when and where"],
  benefit: ["待遇类别", "Kind of visit that is authorised"],
  hospitalCodes: ["限定机构；缺省为不限", "Only these hospitals; any if absent"],
  route: ["结算通道：DIRECT 直接，PROVISIONAL 先治疗后付费，NONE 不可", "DIRECT, PROVISIONAL or NONE"],
  refusals: ["不符合的原因，每条一个代码", "Why not: one code each"],
  "refusals.code": ["原因代码", "Code of the reason"],
  detail: ["中英文说明", "The same in words, Chinese and English"],
  // Visits
  visitId: ["就诊登记编号", "Id of the visit"],
  hospitalVisitNo: [
    "院内就诊号（门诊号、住院号），本机构内唯一",
    "The hospital's own number of the visit, unique there",
  ],
  visitType: ["就诊类别", "Kind of visit", visitTypes],
  serviceDate: ["拟就诊日期", "Day on which the worker is to be treated"],
  admittedAt: ["就诊或入院时间", "When the worker was seen or admitted"],
  admittedOn: ["就诊或入院日期", "Day of attendance or admission"],
  dischargedAt: ["出院时间", "When the worker was discharged"],
  "AmendVisitRequest.dischargedAt": [
    "更正后的出院时间；仅限已出院、未结算的住院",
    "When the stay ended, where the discharge said otherwise; only while it is discharged and not settled",
  ],
  dischargedOn: ["出院日期", "Day of discharge"],
  department: ["科室", "Department"],
  ward: ["病区", "Ward"],
  bed: ["床位", "Bed"],
  doctorCode: ["医师编码", "Code of the doctor in charge"],
  diagnoses: ["诊断，主要诊断须且仅须一个", "Diagnoses, exactly one of them primary"],
  "Diagnoses.code": ["ICD-10 诊断编码", "ICD-10 code"],
  "diagnoses.code": ["ICD-10 诊断编码", "ICD-10 code"],
  "Diagnoses.name": ["诊断名称", "Name of the diagnosis"],
  "diagnoses.name": ["诊断名称", "Name of the diagnosis"],
  primary: ["是否主要诊断", "Whether it is the primary diagnosis"],
  employerNotice: ["用人单位工伤书面告知", "The employer's written notice that this is a work injury"],
  reference: ["文书编号", "Reference of the document"],
  "EmployerNotice.at": ["告知时间", "When it was given"],
  "employerNotice.at": ["告知时间", "When it was given"],
  outcome: ["转归", "Outcome", outcomes],
  "Visit.status": ["就诊状态", "Status of the visit", visitStatuses],
  "AgencyVisit.status": ["就诊状态", "Status of the visit", visitStatuses],
  "Claim.status": ["就诊状态", "Status of the visit", visitStatuses],
  "Event.status": ["就诊状态", "Status of the visit"],
  "visit.status": ["就诊状态", "Status of the visit", visitStatuses],
  "query.status": ["就诊状态", "Status of the visit"],
  "ListVisits.query.hospitalVisitNo": [
    "院内就诊号；已撤销的登记不再占用其号码，请按日期查",
    "The hospital's own number of the visit; a registration that was cancelled has given its number up: look for it by its days",
  ],
  "ListVisits.query.from": [
    "就诊（入院）日期起（含）；未填 hospitalVisitNo 时必填",
    "First day of admission; required unless hospitalVisitNo is given",
  ],
  "ListVisits.query.to": [
    "就诊（入院）日期止（含）；未填 hospitalVisitNo 时必填",
    "Last day of admission; required unless hospitalVisitNo is given",
  ],
  "ListVisits.query.status": [
    "就诊状态。每页至多查看 500 笔：一页可能不满甚至为空而 nextCursor 不为 null，请继续查询",
    "Status of the visit. Each page looks at 500 visits at most, so that it may be short, or empty, and have a nextCursor: go on",
  ],
  "LinkCaseAnswer.status": ["就诊状态", "Status of the visit"],
  "ListVisitsAnswer.items.status": ["就诊状态", "Status of the visit", visitStatuses],
  guarantee: ["保障方式：直接结算，或先治疗后付费", "Guarantee", guarantees],
  depositRequired: ["是否须收押金；恒为 false", "Whether a deposit is asked: never"],
  "CheckEligibilityAnswer.depositRequired": [
    "是否须收押金：仅在基金不支付（NONE）时为 true",
    "Whether a deposit may be asked: only where the fund does not pay (NONE)",
  ],
  provisional: [
    "认定前的预计分担，仅先治疗后付费时有",
    "Said where the amounts depend on the decision of the case",
  ],
  settlementIds: ["历次结算与撤销", "Settlements and reversals, in order"],
  updatedAt: ["最近变更时间", "Last change"],
  nextStep: ["下一步", "What happens next"],
  // Charge lines
  lines: ["费用明细", "Charge lines"],
  lineNo: ["明细号，本次就诊内唯一", "Number of the line, unique in the visit"],
  lineNos: ["要撤销的明细号", "The lines to revoke"],
  all: ["撤销全部未结算明细", "Revoke every unsettled line"],
  itemCode: ["工伤三目录编码", "Code of the item in the catalogue"],
  hospitalItemCode: ["院内项目编码", "The hospital's own code of the item"],
  "ChargeLine.name": ["项目名称", "Name of the item"],
  "items.name": ["项目名称", "Name of the item"],
  "CatalogueItem.name": ["项目名称", "Name of the item"],
  "AnsweredCatalogueItem.name": ["项目名称", "Name of the item"],
  quantity: ["数量，退费为负", "Quantity, negative on a refund"],
  unitPrice: ["单价（元）", "Unit price in yuan"],
  amount: ["金额（元）", "Amount in yuan"],
  "ChargeLine.amount": lineAmount,
  "ListChargesAnswer.items.amount": lineAmount,
  serviceAt: ["费用发生时间", "When the service was given"],
  injuryRelated: ["是否与工伤有关，缺省为是", "Whether it is for the injury; yes if absent"],
  restrictionMet: ["是否符合限定支付范围", "Whether a restricted item's condition is met"],
  diagnosisCode: ["该明细对应的诊断编码", "The diagnosis that the line is for"],
  consent: ["目录外或超限费用的知情同意书", "Consent to bear what the fund does not"],
  signedBy: ["签署人：用人单位、职工或亲属", "Who signed: employer, worker or relative"],
  refundOf: ["所退的明细号", "The line that this one refunds"],
  nettedInto: ["退费并入的原明细", "On a refund: the line that it is netted into"],
  revoked: ["已撤销的明细号", "The lines that were revoked"],
  lineCount: ["明细条数", "How many lines"],
  refunds: ["并入的退费明细", "The refunds that were netted in"],
  gross: ["净额（元）：原明细与其退费之和", "Net amount of the line with its refunds, in yuan"],
  // Who bears what
  allocation: ["各方承担金额，六项之和等于总额", "What each bearer pays; the six add up to the total"],
  fund: ["工伤保险基金", "The work-injury insurance fund"],
  thirdParty: ["第三人", "A liable third party"],
  otherInsurer: ["其他保险", "Another insurer"],
  personal: ["个人", "The worker"],
  reasons: ["非基金承担部分的原因", "Why a part is not the fund's"],
  "Reason.code": ["原因代码", "Code of the reason", reasonCodes],
  bearer: ["承担方", "Who bears it", bearers],
  total: ["总额（元）", "Total in yuan"],
  // Settlements and their sums
  settlementId: ["结算编号", "Id of the settlement"],
  settledAt: ["结算时间", "When it was settled"],
  kind: [
    "结算类别：FINAL 最终，INTERIM 中途，DEFERRED 挂账，RELEASE 转出，REVERSAL 撤销",
    "Kind of settlement: FINAL, INTERIM, DEFERRED, RELEASE, REVERSAL",
  ],
  benefits: ["应付职工的待遇，不在医院账单内", "What the worker is owed, apart from the hospital's bill"],
  "benefits.kind": ["待遇类别：MEAL_ALLOWANCE 住院伙食补助", "Kind of benefit: MEAL_ALLOWANCE"],
  payee: ["收款方", "To whom it is owed"],
  days: ["天数", "Days"],
  status: ["状态", "Status"],
  policyEffectiveFrom: ["所用政策的生效日", "The policy that it was calculated with"],
  catalogueVersion: ["所用目录的版本", "The version of the catalogue that it was calculated with"],
  reverses: ["所撤销的结算；恢复的结算在此写明所恢复的撤销", "What this one takes back"],
  reversesSettledAt: ["被撤销结算的结算时间", "When what this one takes back was recorded"],
  reversesEarlierMonth: [
    "是否跨月撤销：原结算所在月份已申报",
    "Whether what it reverses was settled in an earlier month",
  ],
  reversalReason: ["撤销原因", "Why it was reversed"],
  reason: ["撤销原因", "Why it is reversed"],
  reversedBy: ["撤销本结算的记录", "The reversal that took it back"],
  "PreviewSettlementRequest.kind": [
    "FINAL 最终结算，INTERIM 中途结算",
    "FINAL, or INTERIM of a stay that goes on",
  ],
  reversed: ["其中撤销的金额，负数", "What of the amounts is reversals: negative"],
  ofEarlierMonths: ["其中跨月撤销，原结算所在月份已申报", "Reversals of settlements of earlier months"],
  rows: ["分组结果", "One row for each group"],
  "rows.key": ["分组的值", "What the group has in common"],
  "groups.key": ["分组的值", "What the group has in common"],
  groupBy: ["分组方式", "What the rows are grouped by"],
  count: ["笔数", "How many"],
  reversalCount: ["撤销笔数", "How many reversals"],
  totals: ["各页全部分组的合计", "Sum of all rows, on whichever page they are"],
  // Lists and refusals
  items: ["条目", "The items"],
  limit: ["每页条数", "Items of one page"],
  cursor: [
    "上一页应答的 nextCursor，原样带回，查询条件不变",
    "nextCursor of the page before, as it came, with the same filters",
  ],
  nextCursor: ["下一页的 cursor，null 表示没有了", "The cursor of the next page; null on the last"],
  openapi: ["OpenAPI 版本", "Version of OpenAPI"],
  "Health.status": ["服务可用", "The service answers"],
  zh: ["中文", "In Chinese"],
  en: ["英文", "In English"],
  "Problem.type": ["“urn:problem:”加失败代码", "urn:problem: and the code"],
  title: ["中英文说明", "What went wrong, in both languages"],
  "Problem.status": ["HTTP 状态码", "HTTP status"],
  "Problem.code": ["稳定的失败代码，按它处理", "Stable code: go by this"],
  retryable: ["原样重发能否成功", "Whether the same request can succeed later"],
  requestId: ["请求编号，报障时提供", "Id of the request, for whoever is asked for help"],
  errors: ["逐项错误", "Each single fault"],
  "errors.code": ["该项的代码", "Code of the fault"],
  pointer: [
    "JSON 指针：指向请求体，或 #path、#query、#header",
    "JSON pointer into the body, or #path, #query, #header",
  ],
};

/**
 * What each field means: by its name, because one name means one thing in the whole contract; where it does not, by
 * the names of what it stands in and its own. `path` and `query` are the parts of an address.
 */
export const fieldTextTables = [
  commonFieldTexts,
  catalogueFieldTexts,
  claimFieldTexts,
  personFieldTexts,
  reconciliationFieldTexts,
  webhookFieldTexts,
] as const;
