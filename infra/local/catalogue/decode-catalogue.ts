import { ImportError } from "./import-error.ts";

export interface DecodedFile {
  readonly text: string;
  readonly encoding: "UTF-8" | "GB18030";
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
  { start: [0xff, 0xfe], zh: "文件编码是 UTF-16", en: "The file is UTF-16" },
  { start: [0xfe, 0xff], zh: "文件编码是 UTF-16", en: "The file is UTF-16" },
] as const;

function decodeStrictly(bytes: Uint8Array, encoding: "utf-8" | "gb18030"): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const count = (text: string, characters: RegExp): number => text.match(characters)?.length ?? 0;

/**
 * The text of a catalogue file: UTF-8 with or without a byte order mark, else GB18030, of which GBK and GB2312 are
 * parts. UTF-8 with some broken bytes would decode as GB18030, too, into other characters; it is refused, with the
 * line of the first broken byte. Throws ImportError.
 */
export function decodeCatalogue(bytes: Uint8Array): DecodedFile {
  for (const { start, zh, en } of otherKinds) {
    if (start.every((byte, place) => bytes[place] === byte)) {
      throw new ImportError(`${zh}，不是可读的 CSV；${AS_CSV_ZH}`, `${en}; ${AS_CSV_EN}`);
    }
  }
  const utf8 = decodeStrictly(bytes, "utf-8");
  if (utf8 !== undefined) return { text: utf8, encoding: "UTF-8" };
  const mended = new TextDecoder().decode(bytes);
  // Chinese in GB18030 leaves next to nothing that is Chinese in UTF-8; in UTF-8 nearly all of it is.
  const isBrokenUtf8 = count(mended, /\p{Script=Han}/gu) > count(mended, /\uFFFD/g);
  const gb18030 = isBrokenUtf8 ? undefined : decodeStrictly(bytes, "gb18030");
  if (gb18030 !== undefined) return { text: gb18030, encoding: "GB18030" };
  const line = count(mended.slice(0, mended.indexOf("\uFFFD")), /\r\n?|\n/g) + 1;
  if (isBrokenUtf8) {
    throw new ImportError(
      `第 ${line} 行有损坏的 UTF-8 字符，请改正后再导入`,
      `Line ${line} has a broken UTF-8 character; mend it and import again`,
    );
  }
  throw new ImportError(
    `第 ${line} 行既不是 UTF-8 也不是 GB18030；${AS_CSV_ZH}，或用 iconv -f 原编码 -t UTF-8 转换`,
    `Line ${line} is neither UTF-8 nor GB18030; ${AS_CSV_EN}, or convert it by iconv -f ENCODING -t UTF-8`,
  );
}
