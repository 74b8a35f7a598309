import type { District, HospitalBody, VisitType } from "./registry-bodies.ts";

const OUT: VisitType = "OUTPATIENT";
const IN: VisitType = "INPATIENT";
const REHABILITATION_OUT: VisitType = "REHABILITATION_OUTPATIENT";
const REHABILITATION_IN: VisitType = "REHABILITATION_INPATIENT";
const DEVICE: VisitType = "ASSISTIVE_DEVICE";
const EVERYTHING: readonly VisitType[] = [OUT, IN, REHABILITATION_OUT, REHABILITATION_IN, DEVICE];

/** `H` + the digits of an area that the fictional city was given + a number: 12 characters, like real codes. */
export const hospitalCode = (number: number): string => `H330304${String(number).padStart(5, "0")}`;

/** Hospitals of 云渚市 (Yunzhu), a city that does not exist, in the order of their numbers. */
const hospitals: readonly (readonly [
  name: string,
  tier: HospitalBody["tier"],
  services: readonly VisitType[],
])[] = [
  ["云渚市中心医院", 3, EVERYTHING],
  ["云渚市骨伤康复医院", 2, EVERYTHING],
  ["云渚市第二人民医院", 3, [OUT, IN, REHABILITATION_OUT]],
  ["云渚手足外科医院", 3, [OUT, IN, REHABILITATION_OUT]],
  ["云渚市澄溪区人民医院", 2, [OUT, IN]],
  ["云渚市望汀县人民医院", 2, [OUT, IN, REHABILITATION_OUT]],
  ["云渚市工伤康复中心", 2, [REHABILITATION_OUT, REHABILITATION_IN, DEVICE]],
  ["云渚市澄溪区中医骨伤医院", 2, [OUT, IN, REHABILITATION_OUT]],
  ["云渚市望汀县骨科医院", 2, [OUT, IN]],
  ["云渚市鹤汀镇卫生院", 1, [OUT]],
  ["云渚市蓼湾街道社区卫生服务中心", 1, [OUT, REHABILITATION_OUT]],
  ["云渚市假肢矫形服务站", 1, [OUT, DEVICE]],
];

/** Its agreement is suspended, so that AGREEMENT_INACTIVE can be shown. */
const SUSPENDED_HOSPITAL_CODE = hospitalCode(9);

export function makeHospitals(): District["hospitals"] {
  return hospitals.map(([name, tier, services], index) => {
    const code = hospitalCode(index + 1);
    const status = code === SUSPENDED_HOSPITAL_CODE ? "SUSPENDED" : "ACTIVE";
    return {
      code,
      body: { name, tier, services, agreement: { from: "2024-01-01", to: "2028-12-31", status } },
    };
  });
}
