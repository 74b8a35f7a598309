import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { namesPerson, RevealReason } from "../../../../shared/domain/registry/worker.ts";

const person = {
  name: "欧阳·试验",
  idType: "RESIDENT_ID",
  idNumber: "99990119810329000X",
  cardNumber: "DEMO000001",
  phone: "+86-000-00000001",
  bankAccount: "0000000000000000001",
} as const;

const codesOf = (reason: unknown): string[] =>
  z
    .safeParse(RevealReason, reason)
    .error?.issues.map((issue) => (issue.code === "custom" ? issue.message : issue.code)) ?? [];

describe("a reason to see a person by name", () => {
  it("has four letters or characters at least, and loses the blanks around it", () => {
    expect(z.parse(RevealReason, " 核对档案　")).toBe("核对档案");
    expect(z.parse(RevealReason, "a 1-b2 c.d")).toBe("a 1-b2 c.d");
    for (const blanks of ["    ", "\u3000", "\u2800"]) expect(codesOf(blanks)).toEqual(["TEXT_BLANK"]);
    for (const reason of ["", "核对 1", "1234567890", "....", "a-b-c-4"]) {
      expect([reason, codesOf(reason)]).toEqual([reason, ["REASON_WITHOUT_WORDS"]]);
    }
  });

  it("has 200 characters at most, and nobody's ID number", () => {
    expect(codesOf("核".repeat(200))).toEqual([]);
    expect(codesOf("核".repeat(201))).toEqual(["too_big"]);
    expect(codesOf("核对档案 11010519491231002X")).toEqual(["LOOKS_LIKE_ID_NUMBER"]);
  });

  it.each([
    "核对欧阳·试验的档案",
    "核对欧阳 试验的档案",
    "核对欧阳．试验的档案",
    "核对 99990119810329000x",
    "核对 999901-1981-0329-000X 档案",
    "核对社保卡 demo 000001",
    "致电８６－０００－０００００００１",
    "账号 0000 0000 0000 0000 001",
  ])("names the person as %j does, however it is written", (reason) => {
    expect(namesPerson(reason, person)).toBe(true);
  });

  it("names nobody where it has neither the name nor a number", () => {
    expect(namesPerson("核对欧阳先生的档案 2026 年第 12 号", person)).toBe(false);
  });

  it("is not held against a person of whom no telephone and no account is known, or whose name has no letter", () => {
    const { idType, idNumber, cardNumber } = person;
    expect(namesPerson("核对工伤档案", { name: "·", idType, idNumber, cardNumber })).toBe(false);
  });
});
