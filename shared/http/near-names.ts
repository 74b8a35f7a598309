/** A name that is longer is not looked at: no field of ours has one. */
const LONGEST = 64;
/** Of a name that is shorter one other letter makes another word. */
const SHORTEST_WITH_SLIP = 4;

/** `unit_price`, `UnitPrice` and `unit-price` alike. */
const bare = (name: string): string => name.replaceAll(/[-_ ]/g, "").toLowerCase();

/** Whether two names differ by one letter more, less or other, or by two neighbours that changed places. */
function isOneSlipAway(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  );
}

/**
 * The one of `known` that a name may have meant: the same but for letter case, `-` and `_`, or else one slip away.
 * `unit_price` → `unitPrice`; `quantiy` → `quantity`; undefined where none is, or where several are.
 */
export function findNearName(name: string, known: readonly string[]): string | undefined {
  if (name.length > LONGEST) return undefined;
  const sought = bare(name);
  const same = known.filter((each) => bare(each) === sought);
  const near =
    same.length > 0 || sought.length < SHORTEST_WITH_SLIP
      ? same
      : known.filter((each) => isOneSlipAway(bare(each), sought));
  return near.length === 1 ? near[0] : undefined;
}
