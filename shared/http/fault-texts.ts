import { failureTexts } from "../domain/failures.ts";

/** Faults of single fields that no failure code names. */
export const fieldFaultTexts: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  NOT_UTF8: ["不是 UTF-8 编码", "This is not UTF-8"],
  MORE_FAULTS: ["还有更多错误，未逐一列出", "There are more faults than are named here"],
  REQUIRED: ["缺少必填项", "This is required"],
  WRONG_TYPE: ["类型不对", "This has the wrong type"],
  UNKNOWN_FIELD: ["此接口在这里没有所填的字段", "This operation has no field here of a name that was sent"],
  TOO_MANY: ["数量过多", "These are too many"],
  TOO_FEW: ["数量不足", "These are too few"],
  TOO_LONG: ["过长", "This is too long"],
  TOO_SHORT: ["过短或为空", "This is too short or empty"],
  OUT_OF_RANGE: ["超出允许范围", "This is out of range"],
  WRONG_FORMAT: ["格式不对", "This has the wrong format"],
  NOT_ALLOWED: ["不是允许的取值", "This is not one of the allowed values"],
  TEXT_BLANK: ["只有空白", "This has nothing but blanks"],
  TEXT_UNREADABLE: [
    "含替换字符（U+FFFD），字符编码已损坏，请以 UTF-8 重发",
    "This has replacement characters (U+FFFD): it was decoded wrongly before; send it in UTF-8",
  ],
  CONTROL_CHARACTER: ["含控制字符", "This has control characters"],
  INVISIBLE_CHARACTER: [
    "含不可见字符或改变书写方向的字符",
    "This has characters that are not seen, or that turn the order of reading",
  ],
  NOT_AN_EXACT_DECIMAL: [
    "不是规定小数位数内的精确数值",
    "This is not a decimal that is exact in the allowed decimals",
  ],
  NOT_A_DAY: [
    "不是合法日期，格式为 YYYY-MM-DD，如 2026-08-03",
    "This is no calendar day YYYY-MM-DD, such as 2026-08-03",
  ],
  NOT_AN_INSTANT: [
    "不是带时区的 RFC 3339 时间，如 2026-08-03T09:00:00+08:00",
    "This is no RFC 3339 instant with an offset, such as 2026-08-03T09:00:00+08:00",
  ],
  PERIOD_ENDS_BEFORE_IT_STARTS: ["结束日早于开始日", "The period ends before it starts"],
  PERIODS_OVERLAP: ["有效期重叠", "Periods overlap"],
  ID_NUMBER_INVALID: [
    "证件号码或其校验码不对，或与证件类型（idType）不符；居民身份证为 18 位",
    "The ID number or its check character is wrong, or it is none of its idType; a resident ID has 18 characters",
  ],
  LOOKS_LIKE_ID_NUMBER: [
    "不得含证件号码，请改用不涉及个人的编号",
    "This has an ID number in it; use a number that names no person",
  ],
  REASON_WITHOUT_WORDS: [
    "须用文字写明理由，至少 4 个字",
    "This must be a reason in words, of four letters or characters at least",
  ],
  REASON_NAMES_PERSON: [
    "理由会留痕，不得含该职工的姓名或号码",
    "The reason goes on record and may not have the person's name or a number of the person in it",
  ],
  USCC_INVALID: [
    "统一社会信用代码须为 18 位，且校验码正确",
    "The social credit code must have 18 characters and the right check character",
  ],
  URL_INVALID: [
    "不是合法的网址，须以 https:// 开头",
    "This is no absolute URL, such as https://example.org/events",
  ],
  URL_NOT_HTTPS: ["须为 https", "The URL must be https"],
  URL_HAS_CREDENTIALS: ["网址中不能有用户名或密码", "The URL may not contain credentials"],
  URL_PORT_NOT_ALLOWED: ["端口须为 443 或不小于 1024", "The port must be 443, or 1024 or above"],
  NAME_UNKNOWN: ["域名无法解析", "The name leads to no address"],
  ADDRESS_NOT_PUBLIC: [
    "该域名指向内网或保留地址，只能推送到公网地址",
    "The name leads to a private or reserved address; only public ones are called",
  ],
  SECRET_UNREADABLE: ["签名密钥无法读取，请重新登记", "The secret cannot be read; state it again"],
  QUANTITY_ZERO: ["数量不能为零", "The quantity may not be zero"],
  NOTHING_TO_CORRECT: ["没有要更正的内容", "There is nothing to correct: give idNumber, cardNumber or name"],
  ID_TYPE_OF_NO_NUMBER: [
    "填了证件类型而未填证件号码",
    "An idType needs its idNumber; a card number has none",
  ],
  ID_OR_CARD_REQUIRED: ["证件号码与社保卡号须且仅须填一项", "Give either idNumber or cardNumber"],
  CASE_OR_INJURY_REQUIRED: [
    "caseNo 与 injury 须且仅须填一项",
    "Give either caseNo, or injury where there is no case yet",
  ],
  EMPLOYER_NOTICE_REQUIRED: [
    "没有认定编号时须有用人单位工伤书面告知",
    "Without a case the employer's written notice that this is a work injury is required",
  ],
  LINES_OR_ALL_REQUIRED: ["lineNos 与 all 须且仅须填一项", "Give either lineNos or all"],
  NUMBER_OR_PERIOD_REQUIRED: [
    "未填 hospitalVisitNo 时，from 与 to 均须填写",
    "Give hospitalVisitNo, or both from and to",
  ],
  PERIOD_NOT_READABLE: [
    "开始日不得晚于结束日，且期间不超过 366 天",
    "The period may not end before it starts, and has 366 days at most",
  ],
  PERIOD_OVER_A_MONTH: [
    "开始日不得晚于结束日，且期间不超过 31 天",
    "The period may not end before it starts, and has 31 days at most",
  ],
  ALLOCATION_NOT_TOTAL: ["六方承担之和不等于总额", "The six bearers do not add up to the total"],
  WRONG_SIGN: [
    "结算金额不得为负，撤销金额不得为正",
    "Amounts of settlements may not be negative, those of reversals not positive",
  ],
  SETTLEMENT_OR_MESSAGE_REQUIRED: [
    "settlementId 与 messageKey 至少填一项",
    "Give settlementId or messageKey, or both",
  ],
  NOT_A_CSV: ["不是合法的 CSV", "This is no valid CSV"],
  FILE_TOO_LARGE: ["文件解压后超过 250 MB", "Unpacked the file has more than 250 MB"],
  FILE_UNREADABLE: ["文件未能完整保存，请重新上传", "The file was not kept whole: upload it again"],
  NOT_GZIP: ["gzip 压缩已损坏", "The gzip compression is damaged"],
  ITEM_REJECTED: [
    "该项目另有错误行，整项未导入",
    "Another row of the item is wrong; the item was not imported",
  ],
  DUPLICATE: ["重复", "This is given twice"],
  HEADER_MISSING: [
    "第一行不是列名：请以 columns 所列的列名作为第一行",
    "The first row names no columns: begin the file with the names in columns",
  ],
  TOO_COMPRESSED: [
    "压缩比过高，不是账目文件：请重新导出，或不压缩上传",
    "This unpacks to more than a list of bills would: export it again, or send it uncompressed",
  ],
  PRIMARY_DIAGNOSIS_NOT_ONE: ["主要诊断须且仅须一个", "Exactly one diagnosis must be primary"],
};

const known: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = failureTexts;

/** The sentences for a fault's code, Chinese and English; undefined where nobody wrote any. */
export function findFaultText(code: string): readonly [zh: string, en: string] | undefined {
  const text = known[code];
  return text === undefined ? fieldFaultTexts[code] : [text.zh, text.en];
}

/** The sentences for a fault's code as one text. */
export const faultDetail = (code: string): string => findFaultText(code)?.join(" · ") ?? code;
