import type { SeededRandom } from "../../infra/demo/seeded-random.ts";

/** Days of the calendar, the first and the last among them, and what is written like one. */
const edgeDays = [
  "0000-01-01",
  "0001-01-01",
  "1582-10-10",
  "2024-02-29",
  "2026-03-01",
  "9999-12-30",
  "9999-12-31",
  "9999-12-32",
  "2026-02-29",
];

/** Where periods begin and end. */
export const periodEdges = ["0001-01-01", "2026-03-01", "9999-12-31"];

const edgeInstants = [
  "0000-01-01T00:00:00+08:00",
  "0001-01-01T00:00:00Z",
  "2026-03-01T09:30:00+08:00",
  "9999-12-31T15:59:59Z",
  "9999-12-31T23:59:59.999+08:00",
  "9999-12-31T23:59:59Z",
];

const subjects = ["V4T9R2M7K0Q6X1B8C3D5E", "GS2026000001", "~", "0", "%", "a\u0000b", "深".repeat(40)];
const rests = ["0000001", "9999999", "0", "1".repeat(30)];

/** A place in a list as some list writes it, on any day and about anything: right in form, of nobody's making. */
function forgePlace(random: SeededRandom): string {
  const [on, at] = [random.pick(edgeDays), random.pick(edgeInstants)];
  const subject = random.pick(subjects);
  return random.pick([
    `${at}#${subject}#${random.pick(rests)}`,
    `${on} ${at}#request#${subject}`,
    `${on} 0`,
    `${on}#${subject}`,
    `${on}#H33030400001`,
    `${on}#H33030400001#${subject}`,
    String(random.pick([0, 1, 99_999_999, 100_000_000])),
    on,
    "H33030400001",
    "INPATIENT",
  ]);
}

/** A cursor, or an `after`, that could be one of ours. */
export const forgeCursor = (random: SeededRandom): string =>
  Buffer.from(forgePlace(random)).toString("base64url");

/** An id as ours are written, of what there is not or of what is not the caller's. */
export function forgeId(name: string, random: SeededRandom): string {
  const none = "0".repeat(20);
  const number = random.pick(["1", "00001", "99999"]);
  switch (name) {
    case "visitId":
      return `V${none}`;
    case "settlementId":
      return `V${none}-${number}`;
    case "workerId":
      return `W${none}`;
    case "eventId":
      return random.pick([`V${none}-${number}`, `GS2026000001-${number}`]);
    case "reconciliationId":
      return random.pick([random.pick(edgeDays), `${random.pick(edgeDays)}-${number}`]);
    case "effectiveFrom":
      return random.pick(edgeDays);
    case "code":
      return "H00000000000";
    case "uscc":
      return "91350100M000100Y43";
    default:
      return `none-${number}`;
  }
}

const DAY = /"\d{4}-\d{2}-\d{2}"/g;
const INSTANT = /"\d{4}-\d{2}-\d{2}T[^"]{1,20}"/g;

/** A body whose days and instants are others, at the edges of the calendar. */
export const toEdges = (text: string, random: SeededRandom): string =>
  text
    .replaceAll(DAY, () => JSON.stringify(random.pick(edgeDays)))
    .replaceAll(INSTANT, () => JSON.stringify(random.pick(edgeInstants)));
