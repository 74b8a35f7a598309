import { addDays } from "./calendar-days.ts";
import { completeIdNumber } from "./check-characters.ts";
import type { WorkerBody } from "./registry-bodies.ts";
import { makeSeededRandom, type SeededRandom } from "./seeded-random.ts";

const SURNAMES = [
  ..."王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁",
];
const GIVEN = [
  ..."安柏川德恩帆岗海嘉健康立明宁朋勤荣山涛文祥兴旭延永远云泽志中宏庆春秋雨燕玲秀芳兰菊桂梅凤霞红莲英",
];

const COUNT = 2000;
const SEED = 11_643;

/**
 * An ID number that no person can have: area codes 9999xx are assigned neither to a place nor to foreigners'
 * permanent residence. Birth date and check character are right, for whoever checks them.
 */
function demoIdNumber(index: number, random: SeededRandom): string {
  const area = `9999${String(Math.floor(index / 1000) + 1).padStart(2, "0")}`;
  const bornOn = addDays("1966-12-01", random.integer(0, 39 * 365)).replaceAll("-", "");
  return completeIdNumber(`${area}${bornOn}${String(index % 1000).padStart(3, "0")}`);
}

/** Common characters drawn by lot: whoever has such a name is not meant. */
function demoName(random: SeededRandom): string {
  const given = random.pick(GIVEN);
  return random.pick(SURNAMES) + (random.chance(0.7) ? given + random.pick(GIVEN) : given);
}

/**
 * 2,000 fictional workers. `frozenIndexes` are those whose benefits are stopped. Card numbers begin with DEMO,
 * telephone numbers and bank accounts with 000, as none that exist do.
 */
export function makeWorkers(frozenIndexes: ReadonlySet<number>): readonly WorkerBody[] {
  const random = makeSeededRandom(SEED);
  return Array.from({ length: COUNT }, (_, index) => ({
    idNumber: demoIdNumber(index, random),
    cardNumber: `DEMO${String(index + 1).padStart(6, "0")}`,
    name: demoName(random),
    phone: `000-${String(index + 1).padStart(8, "0")}`,
    bankAccount: String(index + 1).padStart(19, "0"),
    frozen: frozenIndexes.has(index),
  }));
}
