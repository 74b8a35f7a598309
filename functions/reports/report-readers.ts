/** What finance reads, the agency and its auditors read as well. */
export const readers = ["finance", "agency", "auditor"] as const;
