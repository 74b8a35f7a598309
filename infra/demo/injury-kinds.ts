import type { InjuryBody, VisitType } from "./registry-bodies.ts";

export interface InjuryKind extends InjuryBody {
  readonly key: string;
  /** The department that treats it. */
  readonly department: string;
  /** ICD-10 codes with a name of the demo's own; the first is the primary one. */
  readonly diagnoses: readonly (readonly [code: string, name: string])[];
  /** Benefits that such an injury is usually given besides treatment itself. */
  readonly furtherBenefits: readonly VisitType[];
}

const kind = (
  key: string,
  department: string,
  injury: readonly [bodyPart: string, description: string, prefixes: string],
  diagnoses: InjuryKind["diagnoses"],
  furtherBenefits: readonly VisitType[] = [],
): InjuryKind => ({
  key,
  department,
  bodyPart: injury[0],
  description: injury[1],
  diagnosisPrefixes: injury[2].split(" "),
  diagnoses,
  furtherBenefits,
});

const REHABILITATION = ["REHABILITATION_OUTPATIENT", "REHABILITATION_INPATIENT"] as const;

/** The injuries that the fictional district sees, mostly of hands, as where metal is worked. */
export const injuryKinds: readonly InjuryKind[] = [
  kind("hand-wound", "手外科", ["左手", "左手掌皮肤裂伤", "S61"], [["S61.800", "手掌开放性伤口"]]),
  kind(
    "finger-fracture",
    "手外科",
    ["右手示指", "右手示指近节指骨开放性骨折", "S62 S61"],
    [
      ["S62.600", "示指近节指骨骨折"],
      ["S61.000", "示指开放性伤口"],
    ],
    REHABILITATION,
  ),
  kind(
    "finger-amputation",
    "手外科",
    ["左手中指", "左手中指离断伤", "S68 S61"],
    [["S68.100", "中指完全离断"]],
    REHABILITATION,
  ),
  kind(
    "hand-tendon",
    "手外科",
    ["右手背", "右手背伸肌腱断裂", "S66 S61"],
    [
      ["S66.300", "手部伸肌腱断裂"],
      ["S61.800", "手背开放性伤口"],
    ],
    REHABILITATION,
  ),
  kind(
    "wrist-fracture",
    "创伤骨科",
    ["左腕", "左桡骨远端骨折", "S52"],
    [["S52.500", "桡骨远端骨折"]],
    REHABILITATION,
  ),
  kind(
    "forearm-fracture",
    "创伤骨科",
    ["右前臂", "右尺桡骨骨干双骨折", "S52"],
    [["S52.400", "尺桡骨骨干双骨折"]],
    REHABILITATION,
  ),
  kind("forearm-cut", "急诊外科", ["左前臂", "左前臂玻璃切割伤", "S51 S56"], [["S51.800", "前臂开放性伤口"]]),
  kind(
    "forearm-amputation",
    "手外科",
    ["右前臂", "右前臂创伤性截肢", "S58"],
    [["S58.100", "前臂创伤性截断"]],
    [...REHABILITATION, "ASSISTIVE_DEVICE"],
  ),
  kind(
    "humerus-fracture",
    "创伤骨科",
    ["左上臂", "左肱骨干骨折", "S42"],
    [["S42.300", "肱骨干骨折"]],
    REHABILITATION,
  ),
  kind("clavicle-fracture", "创伤骨科", ["右肩", "右锁骨骨折", "S42.0"], [["S42.000", "锁骨骨折"]]),
  kind(
    "tibia-fracture",
    "创伤骨科",
    ["右小腿", "右胫骨干骨折", "S82"],
    [["S82.200", "胫骨干骨折"]],
    REHABILITATION,
  ),
  kind("ankle-fracture", "创伤骨科", ["左踝", "左外踝骨折", "S82 S93"], [["S82.600", "外踝骨折"]]),
  kind(
    "femur-fracture",
    "创伤骨科",
    ["左大腿", "左股骨干骨折", "S72"],
    [["S72.300", "股骨干骨折"]],
    REHABILITATION,
  ),
  kind(
    "calcaneus-fracture",
    "足踝外科",
    ["右足跟", "右跟骨骨折", "S92.0"],
    [["S92.000", "跟骨骨折"]],
    REHABILITATION,
  ),
  kind("foot-crush", "足踝外科", ["左足", "左足重物砸伤", "S97 S90 S92"], [["S97.800", "足部挤压伤"]]),
  kind(
    "lower-leg-amputation",
    "创伤骨科",
    ["左小腿", "左小腿创伤性截肢", "S88"],
    [["S88.100", "小腿创伤性截断"]],
    [...REHABILITATION, "ASSISTIVE_DEVICE"],
  ),
  kind(
    "knee-ligament",
    "关节与运动损伤科",
    ["右膝", "右膝前交叉韧带断裂", "S83"],
    [["S83.500", "膝前交叉韧带断裂"]],
    REHABILITATION,
  ),
  kind(
    "lumbar-fracture",
    "脊柱外科",
    ["腰椎", "第一腰椎压缩性骨折", "S32 S33"],
    [["S32.000", "第一腰椎压缩性骨折"]],
    REHABILITATION,
  ),
  kind("back-strain", "骨科门诊", ["腰部", "腰部急性扭伤", "S33 S39"], [["S33.500", "腰部扭伤"]]),
  kind(
    "rib-fracture",
    "胸外科",
    ["左胸", "左侧多发肋骨骨折", "S22 S27"],
    [
      ["S22.400", "多发性肋骨骨折"],
      ["S27.000", "创伤性气胸"],
    ],
  ),
  kind(
    "concussion",
    "神经外科",
    ["头部", "高处坠物致脑震荡", "S06 S00"],
    [
      ["S06.000", "脑震荡"],
      ["S00.000", "头皮血肿"],
    ],
  ),
  kind("scalp-wound", "急诊外科", ["头部", "头皮裂伤", "S01"], [["S01.000", "头皮开放性伤口"]]),
  kind("eye-foreign-body", "眼科", ["右眼", "右眼角膜金属异物", "T15 S05"], [["T15.000", "角膜异物"]]),
  kind(
    "hand-burn",
    "烧伤科",
    ["双手", "双手热力烧伤，深二度", "T23 T31"],
    [
      ["T23.200", "手部二度烧伤"],
      ["T31.000", "烧伤面积不足体表百分之十"],
    ],
    REHABILITATION,
  ),
  kind(
    "chemical-burn-leg",
    "烧伤科",
    ["右小腿", "右小腿碱液灼伤", "T24 T32"],
    [["T24.600", "小腿二度化学灼伤"]],
  ),
];

/** The kind of that key; throws RangeError where there is none. */
export function injuryKind(key: string): InjuryKind {
  const found = injuryKinds.find((candidate) => candidate.key === key);
  if (found === undefined) throw new RangeError(`no injury kind ${key}`);
  return found;
}
