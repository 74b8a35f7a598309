import { type Day, day } from "../../shared/domain/dates.ts";

/** The file of one upload, and the round that it is for. */
export interface Upload {
  readonly hospitalCode: string;
  readonly day: Day;
  readonly round: number;
  readonly uploadId: string;
}

const PREFIX = "reconciliations";

/** The key under which the file store keeps an upload. */
export const uploadKeyOf = ({ hospitalCode, day: on, round, uploadId }: Upload): string =>
  `${PREFIX}/${hospitalCode}/${on}/${round}/${uploadId}`;

/** An upload's key taken apart; undefined for any other text. */
export function parseUploadKey(key: string): Upload | undefined {
  const match = /^reconciliations\/([^/]+)\/(\d{4}-\d{2}-\d{2})\/(\d{1,5})\/(U[0-9A-Z]{1,40})$/.exec(key);
  const [, hospitalCode, on, round, uploadId] = match ?? [];
  if (hospitalCode === undefined || on === undefined || uploadId === undefined) return undefined;
  return { hospitalCode, day: day(on), round: Number(round), uploadId };
}
