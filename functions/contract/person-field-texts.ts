import type { FieldText } from "./field-texts.ts";

/** How people are named, and what of it is shown. */
export const personFieldTexts: Readonly<Record<string, FieldText>> = {
  idType: [
    "证件类型：RESIDENT_ID 居民身份证（含港澳台居民居住证、2023 版外国人永久居留身份证），PERMANENT_RESIDENCE_2017 2017 版外国人永久居留身份证，PASSPORT 护照，HK_MACAU_PERMIT 港澳居民来往内地通行证，TAIWAN_PERMIT 台湾居民来往大陆通行证",
    "Type of the ID number. RESIDENT_ID is also that of residence permits for Hong Kong, Macau and Taiwan residents and of foreigners' cards of 2023, all with 18 characters",
  ],
  idNumber: ["证件号码，须与证件类型相符", "ID number of the worker, of the type that is stated"],
  "worker.idNumber": ["证件号码，已脱敏", "ID number, masked"],
  "Worker.idNumber": [
    "证件号码，未写明查看理由时已脱敏",
    "ID number, masked unless a reason to see it was given",
  ],
  "PutWorkerAnswer.idNumber": ["证件号码，已脱敏", "ID number, masked"],
  "FindWorkerAnswer.idNumber": ["证件号码，已脱敏", "ID number, masked"],
  cardNumber: ["社保卡号", "Social security card number"],
  phone: ["联系电话", "Telephone number"],
  bankAccount: ["待遇发放银行账号", "Bank account to which benefits in cash are paid"],
  "worker.name": ["职工姓名，已脱敏", "The worker's name, masked"],
  "Worker.name": [
    "职工姓名，未写明查看理由时已脱敏",
    "The worker's name, masked unless a reason to see it was given",
  ],
  "PutWorkerRequest.name": ["职工姓名", "The worker's name"],
  "PutWorkerAnswer.name": ["职工姓名，已脱敏", "The worker's name, masked"],
  "FindWorkerAnswer.name": ["职工姓名，已脱敏", "The worker's name, masked"],
  worker: ["职工", "The worker"],
  "CorrectIdentityRequest.name": ["更正后的姓名", "The name as it should be"],
  "CorrectIdentityRequest.reason": [
    "更正理由，留痕，不得含姓名或号码",
    "Why it is corrected; goes on record, and may not have the name or a number in it",
  ],
  visitIds: ["现属该单位的就诊", "Visits of the case that are this employer's"],
  settledVisitIds: [
    "基金已按原单位结算的就诊，不随更正改变；撤销其结算后即改属更正后的单位，无须再办更正",
    "Visits that the fund settled for the employer before: they stay there. Once its settlement is reversed, a visit goes over by itself",
  ],
  "CorrectEmployerRequest.reason": [
    "更正理由，留痕，不得含证件号码",
    "Why it is corrected; goes on record, and may not have an ID number in it",
  ],
  openStay: [
    "该职工当前占用床位的住院，不论有无工伤认定；医院漏办出院的，可据此释放床位",
    "The stay that holds a bed of this worker, with a case or without; one that the hospital forgot to end can be freed by it",
  ],
  bedReleasedAt: [
    "经办机构释放床位的时间：此后本次住院不再占床",
    "When the agency freed the bed: the stay holds none since",
  ],
  "ReleaseBedRequest.reason": [
    "释放床位的理由，留痕，不得含证件号码",
    "Why the bed is freed; goes on record, and may not have an ID number in it",
  ],
  reveal: [
    "查看原文的理由，留痕，不得含姓名或号码",
    "Why the person is to be seen by name; goes on record, and may not have the name or a number in it",
  ],
  swapWith: [
    "号码被误登给的另一职工的编号：所填号码属于该职工的，与本职工的相应号码互换",
    "The worker who has the stated number by mistake: each stated number that is that worker's goes over, and that worker gets this one's for it",
  ],
  workerId: ["职工编号（本系统）", "The worker's id in this service"],
  frozen: ["待遇是否冻结", "Whether benefits are stopped"],
};
