export const DEMO_AGENCY_CODE = "A330304";
const HOSPITAL = "H33030400001";
const OTHER_HOSPITAL = "H33030400002";

/** What a token says of who calls. */
export interface DemoClaims {
  readonly role: string;
  readonly institution: string;
}

/** A system that signs in for itself. */
export interface DemoClient extends DemoClaims {
  readonly clientId: string;
}

/** Somebody who signs in at the page: a part and no person, so that nobody can be meant. */
export interface DemoPerson extends DemoClaims {
  /** The token's `sub`. */
  readonly id: string;
  readonly name: string;
}

/** The demo clients, one for each who uses the service; their secret is `demo-secret`, and known to all. */
export const demoClients = (enterpriseUscc: string): readonly DemoClient[] => [
  { clientId: "demo-hospital", role: "hospital", institution: HOSPITAL },
  { clientId: "demo-hospital-2", role: "hospital", institution: OTHER_HOSPITAL },
  { clientId: "demo-enterprise", role: "enterprise", institution: enterpriseUscc },
  { clientId: "demo-finance", role: "finance", institution: DEMO_AGENCY_CODE },
  { clientId: "demo-agency", role: "agency", institution: DEMO_AGENCY_CODE },
  { clientId: "demo-auditor", role: "auditor", institution: DEMO_AGENCY_CODE },
];

/** One fictional person for each role, and a second hospital's. */
export const demoPeople = (enterpriseUscc: string): readonly DemoPerson[] => [
  { id: "person-agency", name: "经办员甲 · agency clerk", role: "agency", institution: DEMO_AGENCY_CODE },
  { id: "person-finance", name: "财务员甲 · finance clerk", role: "finance", institution: DEMO_AGENCY_CODE },
  { id: "person-auditor", name: "审计员甲 · auditor", role: "auditor", institution: DEMO_AGENCY_CODE },
  { id: "person-hospital", name: "收费员甲 · hospital clerk", role: "hospital", institution: HOSPITAL },
  {
    id: "person-hospital-2",
    name: "收费员乙 · hospital clerk",
    role: "hospital",
    institution: OTHER_HOSPITAL,
  },
  { id: "person-enterprise", name: "人事员甲 · HR clerk", role: "enterprise", institution: enterpriseUscc },
];
