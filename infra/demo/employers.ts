import { completeOrganisationCode, completeUscc } from "./check-characters.ts";
import type { District, Period } from "./registry-bodies.ts";
import { elementAt } from "./seeded-random.ts";

/** Invented words, not brands; each makes five companies of different trades. */
const NAMES =
  "霁川 蘅塘 栖禾 朔桥 砚宁 澹屿 椿序 岫锦 鹭汀 芷岸 昀谷 榆舟 沅砾 骊泉 筠山 汐野 檀麓 珩渡 荻浦 瑀峰 " +
  "澍原 穗岭 葭林 桁远 蔚垣 滢州 崧迈 栎成 琢新 煦平 霖越 衍舟 钧陶 泓砺 苒星 峤海 翊程 垚固 桐隐 澧泽";
const TRADES =
  "五金制品 紧固件 阀门制造 模具科技 建筑工程 建筑劳务 装饰工程 钢结构 物流运输 仓储服务 " +
  "家具制造 纺织印染 服装 鞋业 食品加工 环卫服务 电气设备 汽车零部件 化工材料 包装印刷";
const names = NAMES.split(" ");
const trades = TRADES.split(" ");

const COUNT = 200;
/** The last ten are not insured throughout 2026, so that EMPLOYER_NOT_INSURED can be shown. */
const INSURED_COUNT = 190;

/**
 * A uscc that no company can have: the area 999999 is not assigned and the organisation code spells DEM (demo).
 * Both check characters are right. `91` is an enterprise registered with market regulation.
 */
export const demoUscc = (index: number): string =>
  completeUscc(`91999999${completeOrganisationCode(`DEM${String(index).padStart(5, "0")}`)}`);

function insuredPeriods(index: number): readonly Period[] {
  if (index < INSURED_COUNT) return [{ from: index % 4 === 0 ? "2019-07-01" : "2022-03-01", to: null }];
  if (index % 2 === 0) return [{ from: "2021-01-01", to: "2025-12-31" }];
  return [
    { from: "2022-01-01", to: "2025-10-31" },
    { from: "2026-11-01", to: null },
  ];
}

/** 200 fictional employers of the fictional 云渚市; the first is the one that the demo client of employers sees. */
export function makeEmployers(): District["employers"] {
  return Array.from({ length: COUNT }, (_, index) => {
    const round = Math.floor(index / names.length);
    const name = elementAt(names, index % names.length);
    const trade = elementAt(trades, (index + round * 3) % trades.length);
    return {
      uscc: demoUscc(index),
      body: { name: `云渚市${name}${trade}有限公司`, insured: insuredPeriods(index) },
    };
  });
}
