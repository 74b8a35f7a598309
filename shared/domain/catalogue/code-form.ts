/**
 * What is left of an item's code where letter case, zeros at its beginning and characters that look alike (O and 0;
 * I, l and 1) count for nothing: of two codes with one form, one was probably meant to be the other.
 */
export function toCodeForm(itemCode: string): string {
  const bare = itemCode.toUpperCase().replaceAll("O", "0").replaceAll(/[IL]/g, "1").replace(/^0+/, "");
  return bare === "" ? "0" : bare;
}
