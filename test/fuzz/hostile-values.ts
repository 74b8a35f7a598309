import type { SeededRandom } from "../../infra/demo/seeded-random.ts";

const LONG = 70_000;
const DEPTH = 400;

/** Strings that have broken parsers, stores, logs or pages somewhere. */
export const hostileStrings: readonly string[] = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\r\nset-cookie: a=b",
  "\u001b[31m",
  "\ud800",
  "a\udc00b",
  "\ufeff\u202e\u2066",
  "e\u0301\u{1f600}\u{e0001}",
  "𠮷野家".repeat(40),
  "__proto__",
  "constructor",
  "toString",
  "null",
  "NaN",
  "-0",
  "0x10",
  "1e400",
  "１２３",
  "' OR 1=1 --",
  "<script>alert(1)</script>",
  "\u0024{jndi:ldap://127.0.0.1/a}",
  "../../../../etc/passwd",
  "..%2f..%2f",
  "#",
  "V#1|2",
  "0000-00-00",
  "2026-02-30",
  "9999-12-31",
  "-271821-04-20T00:00:00Z",
  "+275760-09-13T00:00:00Z",
  "2026-11-02T24:00:00+08:00",
  "2026-11-02T09:30:60+14:60",
  "a".repeat(65),
  "9".repeat(400),
  "x".repeat(LONG),
  "深".repeat(2_000),
];

/** Numbers at the limits of doubles, of exact integers and of the store. */
const hostileNumbers: readonly number[] = [
  0,
  -0,
  -1,
  0.1,
  1e-7,
  1e21,
  1e308,
  -1e308,
  5e-324,
  2 ** 53,
  2 ** 63,
  -(2 ** 31) - 1,
];

/** Arrays or objects so deep that a walk that calls itself may not come back. */
function nest(inArrays: boolean): unknown {
  let value: unknown = "deep";
  for (let depth = 0; depth < DEPTH; depth += 1) value = inArrays ? [value] : { a: value };
  return value;
}

/** Any JSON value that a request has no business to hold at most places. */
export function drawHostileValue(random: SeededRandom): unknown {
  switch (random.integer(0, 9)) {
    case 0:
      return null;
    case 1:
      return random.pick([true, false]);
    case 2:
    case 3:
      return random.pick(hostileNumbers);
    case 4:
      return random.pick([[], {}, [[]], [null], { length: 1e9 }]);
    case 5:
      return nest(random.chance(0.5));
    case 6:
      return JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}');
    default:
      return random.pick(hostileStrings);
  }
}

/** Texts that are no JSON, or JSON as no serialiser writes it. */
export const hostileTexts: readonly string[] = [
  "{",
  "[1,]",
  "nul",
  "\ufeff{}",
  "{}{}",
  "'a'",
  "NaN",
  "1e999999",
  '"\\ud800"',
  '{"a":1,"a":2}',
  '{"__proto__":{"role":"agency"}}',
  "[".repeat(100_000),
  `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
  '{"lines":'.repeat(5_000),
  "\u0000",
  "\n\t {} \n",
  "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
  "grant_type=client_credentials&client_id=demo-agency",
];
