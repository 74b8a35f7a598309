/** A hospital of the demo district, as the agency states it. */
export const exampleHospital = {
  name: "云渚市中心医院",
  tier: 3,
  services: ["OUTPATIENT", "INPATIENT", "REHABILITATION_OUTPATIENT"],
  agreement: { from: "2024-01-01", to: "2028-12-31", status: "ACTIVE" },
};
