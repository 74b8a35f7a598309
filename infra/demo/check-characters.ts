/**
 * Completes made-up numbers with the right check characters, so that they pass every check that real ones pass.
 * Written apart from shared/domain, whose checks the tests run on what comes out of here.
 */

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

const weigh = (weights: readonly number[], valueAt: (index: number) => number): number =>
  weights.reduce((sum, weight, index) => sum + weight * valueAt(index), 0);

/** 17 digits → the 18-character ID number. Source: GB 11643-1999 (ISO 7064, MOD 11-2). */
export function completeIdNumber(body: string): string {
  const sum = weigh(ID_WEIGHTS, (index) => Number(body.charAt(index)));
  return body + "10X98765432".charAt(sum % 11);
}

/** 8 characters → the 9-character organisation code inside a uscc. Source: GB 11714-1997. */
export function completeOrganisationCode(body: string): string {
  const sum = weigh(ORGANISATION_WEIGHTS, (index) => Number.parseInt(body.charAt(index), 36));
  const check = 11 - (sum % 11);
  if (check === 10) return `${body}X`;
  return body + (check === 11 ? "0" : String(check));
}

/** 17 characters → the 18-character unified social credit code. Source: GB 32100-2015. */
export function completeUscc(body: string): string {
  const sum = weigh(USCC_WEIGHTS, (index) => USCC_ALPHABET.indexOf(body.charAt(index)));
  return body + USCC_ALPHABET.charAt((31 - (sum % 31)) % 31);
}
