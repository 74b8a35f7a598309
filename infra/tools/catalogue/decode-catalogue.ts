import { ImportError } from "./import-error.ts";

export interface DecodedFile {
  readonly text: string;
  readonly encoding: "UTF-8" | "GB18030" | "UTF-16";
}

const AS_CSV_ZH = "请在表格软件中另存为「CSV UTF-8（逗号分隔）」";
const AS_CSV_EN = 'save it from the spreadsheet as "CSV UTF-8 (comma delimited)"';

/** Files that begin like this are no CSV, whatever they are called. */
const otherKinds = [
  {
    start: [0x50, 0x4b, 0x03, 0x04],
    zh: "这是 Excel 工作簿或压缩文件",
    en: "This is a workbook or an archive",
  },
  { start: [0xd0, 0xcf, 0x11, 0xe0], zh: "这是旧版 Excel 工作簿", en: "This is an old Excel workbook" },
] as const;

/** What a file begins with that says its encoding: Excel's "Unicode text" is UTF-16 in little-endian order. */
const marks = [
  { start: [0xff, 0xfe], decoder: "utf-16le", encoding: "UTF-16" },
  { start: [0xfe, 0xff], decoder: "utf-16be", encoding: "UTF-16" },
  { start: [0xef, 0xbb, 0xbf], decoder: "utf-8", encoding: "UTF-8" },
] as const;

type Decoder = (typeof marks)[number]["decoder"] | "gb18030";

const begins = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, place) => bytes[place] === byte);

function decodeStrictly(bytes: Uint8Array, encoding: Decoder): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const count = (text: string, characters: RegExp): number => text.match(characters)?.length ?? 0;

/** Characters of two bytes in UTF-8 as people write them: beside a letter or digit, such as `25°C`, `5µg` or `α-2b`. */
const PLAUSIBLE =
  /(?<=[\p{L}\d.)])[°±µ·×²³¼½¾®]|[°±×µ](?=[\d\p{L}])|(?<=[-\dA-Za-z\p{Script=Greek}])\p{Script=Greek}|\p{Script=Greek}(?=[-\dA-Za-z\p{Script=Greek}])/gu;

/**
 * Some Chinese characters of GBK are two bytes that UTF-8 has, too: 支 and 片, the units of most drugs, would be read as
 * `֧` and `Ƭ`. Chinese in UTF-8 has three bytes a character. A text without any that has characters which nobody writes
 * like this, and is Chinese where it is read as GB18030, is that.
 */
function isGb18030InDisguise(utf8: string, gb18030: string | undefined): gb18030 is string {
  if (gb18030 === undefined || /[\u0800-\u{10FFFF}]/u.test(utf8)) return false;
  const foreign = count(utf8, /[\u0080-\u07FF]/g);
  if (foreign === 0 || foreign === count(utf8, PLAUSIBLE)) return false;
  return count(gb18030, /[^\p{ASCII}\p{Script=Han}]/gu) === 0;
}

/** Characters of two bytes in GB 2312, which nearly all Chinese is written with: other pairs of bytes are rare. */
function isMostlyGb2312(bytes: Uint8Array): boolean {
  let [usual, all] = [0, 0];
  for (let place = 0; place < bytes.length; place += 1) {
    const [lead = 0, trail = 0] = [bytes[place], bytes[place + 1]];
    if (lead < 0x80) continue;
    all += 1;
    if (lead >= 0xa1 && lead <= 0xf7 && trail >= 0xa1) usual += 1;
    place += 1;
  }
  return usual * 2 > all;
}

const lineOfFirstBroken = (mended: string): number =>
  count(mended.slice(0, mended.indexOf("\uFFFD")), /\r\n?|\n/g) + 1;

const broken = (line: number, encoding: string): ImportError =>
  new ImportError(
    `第 ${line} 行有损坏的 ${encoding} 字符，请改正后再导入`,
    `Line ${line} has a broken ${encoding} character; mend it and import again`,
  );

function decodeMarked(bytes: Uint8Array): DecodedFile | undefined {
  const mark = marks.find(({ start }) => begins(bytes, start));
  if (mark === undefined) return undefined;
  const text = decodeStrictly(bytes, mark.decoder);
  if (text !== undefined) return { text, encoding: mark.encoding };
  throw broken(lineOfFirstBroken(new TextDecoder(mark.decoder).decode(bytes)), mark.encoding);
}

/**
 * The text of a catalogue file: by its byte order mark UTF-8 or UTF-16; without one UTF-8, else GB18030, of which GBK
 * and GB2312 are parts. UTF-8 with some broken bytes would decode as GB18030, too, into other characters; it is refused,
 * with the line of the first broken byte. Throws ImportError.
 */
export function decodeCatalogue(bytes: Uint8Array): DecodedFile {
  for (const { start, zh, en } of otherKinds) {
    if (begins(bytes, start)) {
      throw new ImportError(`${zh}，不是可读的 CSV；${AS_CSV_ZH}`, `${en}; ${AS_CSV_EN}`);
    }
  }
  const marked = decodeMarked(bytes);
  if (marked !== undefined) return marked;
  const gb18030 = decodeStrictly(bytes, "gb18030");
  const utf8 = decodeStrictly(bytes, "utf-8");
  if (utf8 !== undefined) {
    return isGb18030InDisguise(utf8, gb18030)
      ? { text: gb18030, encoding: "GB18030" }
      : { text: utf8, encoding: "UTF-8" };
  }
  const mended = new TextDecoder().decode(bytes);
  // Chinese in GB18030 leaves next to nothing that is Chinese in UTF-8; a broken character of UTF-8 leaves two marks at most.
  const han = count(mended, /\p{Script=Han}/gu);
  const isBrokenUtf8 = han > 0 && han * 2 >= count(mended, /\uFFFD/g);
  if (!isBrokenUtf8 && gb18030 !== undefined && isMostlyGb2312(bytes))
    return { text: gb18030, encoding: "GB18030" };
  const line = lineOfFirstBroken(mended);
  if (isBrokenUtf8) throw broken(line, "UTF-8");
  throw new ImportError(
    `第 ${line} 行既不是 UTF-8 也不是 GB18030；${AS_CSV_ZH}，或用 iconv -f 原编码 -t UTF-8 转换`,
    `Line ${line} is neither UTF-8 nor GB18030; ${AS_CSV_EN}, or convert it by iconv -f ENCODING -t UTF-8`,
  );
}
