const nothing = {
  fund: "0.00",
  employer: "0.00",
  hospital: "0.00",
  thirdParty: "0.00",
  otherInsurer: "0.00",
  personal: "0.00",
};
const visitId = "V4T9R2M7K0Q6X1B8C3D5E";
const settledAllocation = { ...nothing, fund: "42.60", hospital: "6.20" };

const webhook = {
  url: "https://his.example.org/settlement-events",
  types: ["CLAIM_SETTLED", "CLAIM_DEFERRED"],
};

const centralHospital = {
  name: "云渚市中心医院",
  tier: 3,
  services: ["OUTPATIENT", "INPATIENT", "REHABILITATION_OUTPATIENT"],
  agreement: { from: "2024-01-01", to: "2028-12-31", status: "ACTIVE" },
};

const catalogueItems = {
  items: [
    {
      itemCode: "M-0105",
      name: "弹力绷带",
      kind: "MATERIAL",
      unit: "卷",
      periods: [
        {
          from: "2024-01-01",
          to: null,
          medical: true,
          rehabilitation: true,
          restricted: false,
          caps: { "1": "13.80", "2": "13.80", "3": "13.80" },
        },
      ],
    },
  ],
};

/**
 * Requests to start from, by operation id. Their codes are those of the demo district, so that they can be sent to a
 * service on one machine as they are.
 */
export const requestExamples: Readonly<Record<string, unknown>> = {
  "check-eligibility": { cardNumber: "DEMO000001", visitType: "OUTPATIENT", serviceDate: "2026-11-02" },
  "register-visit": {
    hospitalVisitNo: "MZ20261102001",
    visitType: "OUTPATIENT",
    cardNumber: "DEMO000001",
    caseNo: "GS2026000001",
    admittedAt: "2026-11-02T09:30:00+08:00",
    department: "手外科",
    doctorCode: "D330304000123",
    diagnoses: [{ code: "S62.600", name: "示指近节指骨骨折", primary: true }],
    employerNotice: { reference: "GZ2026000001", at: "2026-11-02T09:00:00+08:00" },
  },
  "find-visits": { cardNumber: "DEMO000001" },
  "amend-visit": {
    department: "骨科",
    diagnoses: [
      { code: "S62.600", name: "示指近节指骨骨折", primary: true },
      { code: "S61.000", name: "示指开放性伤口", primary: false },
    ],
  },
  "upload-charges": {
    lines: [
      {
        lineNo: "1",
        itemCode: "S-1001",
        name: "普通门诊诊查费",
        quantity: "1",
        unitPrice: "15.00",
        amount: "15.00",
        serviceAt: "2026-11-02T09:40:00+08:00",
      },
      {
        lineNo: "2",
        itemCode: "M-0105",
        hospitalItemCode: "YY-20417",
        name: "弹力绷带",
        quantity: "2",
        unitPrice: "16.90",
        amount: "33.80",
        serviceAt: "2026-11-02T10:05:00+08:00",
        diagnosisCode: "S62.600",
        consent: { signedBy: "WORKER", reference: "TY20261102001" },
      },
    ],
  },
  "link-case": { caseNo: "GS2026000001" },
  "revoke-charges": { lineNos: ["2"] },
  "discharge-worker": { dischargedAt: "2026-11-09T15:00:00+08:00", outcome: "IMPROVED" },
  "record-advance": { paidBy: "EMPLOYER", amount: "2000.00", receipt: "PJ20261102-07" },
  "settle-visit": { kind: "FINAL" },
  "preview-settlement": { kind: "INTERIM" },
  "reconcile-day": {
    date: "2026-11-02",
    settlements: { count: 1, total: "48.80", allocation: settledAllocation },
    reversals: { count: 0, total: "0.00", allocation: nothing },
  },
  "post-reconciliation-details": {
    rows: [
      {
        settlementId: `${visitId}-1`,
        messageKey: "H33030400001-20261102-000137",
        visitId,
        hospitalVisitNo: "MZ20261102001",
        kind: "SETTLEMENT",
        total: "48.80",
        allocation: settledAllocation,
      },
    ],
    last: true,
  },
  "open-reconciliation-upload": { bytes: 5_242_880 },
  "reverse-settlement": { reason: "收费员录入有误" },
  "put-hospital": centralHospital,
  "put-employer": { name: "云渚市霁川五金制品有限公司", insured: [{ from: "2019-07-01", to: null }] },
  "put-worker": {
    idNumber: "999901198103290004",
    cardNumber: "DEMO000001",
    name: "罗雨",
    phone: "000-00000001",
    bankAccount: "0000000000000000001",
    frozen: false,
  },
  "correct-identity": { idNumber: "999901198103290004", reason: "身份证号码录入有误，已核对户口簿" },
  "find-worker": { cardNumber: "DEMO000001" },
  "release-bed": { reason: "医院漏办出院，已电话核实" },
  "correct-employer": { employerUscc: "91999999DEM000006M", reason: "用人单位录入有误，已核对劳动合同" },
  "put-case": {
    idNumber: "999901198103290004",
    employerUscc: "91999999DEM000006M",
    injuredOn: "2026-02-24",
    status: "RECOGNISED",
    thirdPartyLiability: false,
    injuries: [
      {
        bodyPart: "右手示指",
        description: "右手示指近节指骨开放性骨折",
        diagnosisPrefixes: ["S62", "S61"],
      },
    ],
    authorisations: [{ benefit: "OUTPATIENT", from: "2026-02-24", to: "2027-02-24" }],
  },
  "import-catalogue": catalogueItems,
  "preview-catalogue": catalogueItems,
  "remove-catalogue-period": { from: "2024-01-01", reason: "误录，该项目未列入目录" },
  "put-policy": {
    unrelatedBearer: "OTHER_INSURER",
    noEmployerNoticeBearer: "EMPLOYER",
    noConsentBearer: "HOSPITAL",
    overCapBearer: "HOSPITAL",
    overQuantityBearer: "HOSPITAL",
    releasedBearer: "PERSONAL",
    mealAllowancePerDay: "22.00",
  },
  "put-hospital-webhook": webhook,
  "put-enterprise-webhook": webhook,
  "put-agency-webhook": webhook,
};

const overCap = { code: "OVER_PRICE_CAP", bearer: "HOSPITAL", amount: "6.20" };

/** Answers to the requests above, where an answer says more than its schema. */
export const answerExamples: Readonly<Record<string, unknown>> = {
  "get-agreement": { code: "H33030400001", ...centralHospital },
  "upload-charges": {
    visitId,
    lines: [
      { lineNo: "1", allocation: { ...nothing, fund: "15.00" }, reasons: [] },
      { lineNo: "2", allocation: { ...nothing, fund: "27.60", hospital: "6.20" }, reasons: [overCap] },
    ],
  },
  "settle-visit": {
    settlementId: `${visitId}-1`,
    settledAt: "2026-11-02T11:00:00+08:00",
    visitId,
    kind: "FINAL",
    status: "SETTLED",
    caseNo: "GS2026000001",
    policyEffectiveFrom: "2026-07-01",
    catalogueVersion: 1,
    total: "48.80",
    allocation: settledAllocation,
    reasons: [overCap],
    lineCount: 2,
    payableToHospital: "42.60",
  },
  "cancel-message": {
    key: "H33030400001-20261102-000137",
    status: "CANCELLED",
    effect: "NEVER_APPLIES",
    cancelledAt: "2026-11-02T18:05:00+08:00",
  },
  "get-message": {
    key: "H33030400001-20261102-000137",
    status: "NOT_APPLIED",
    nextStep: {
      zh: "未生效。若报文可能仍在途中，请用同一报文编号（Idempotency-Key）重发，或冲正该报文使其永不生效。",
      en: "It took no effect so far. It may still be on its way: send it again with the same key, or cancel it for good.",
    },
  },
};

/** Values for the parameters of paths, by name. */
export const parameterExamples: Readonly<Record<string, string>> = {
  caseNo: "GS2026000001",
  code: "H33030400001",
  effectiveFrom: "2026-07-01",
  eventId: `${visitId}-4`,
  itemCode: "M-0105",
  key: "H33030400001-20261102-000137",
  reconciliationId: "2026-11-02",
  settlementId: `${visitId}-1`,
  uscc: "91999999DEM000006M",
  visitId,
  webhookId: "his",
  workerId: "W7H2K9Q4M1X8B3C6D5E0R",
};
