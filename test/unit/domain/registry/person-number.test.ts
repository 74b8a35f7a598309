import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { CaseInput } from "../../../../shared/domain/registry/injury-case.ts";
import {
  IdNumber,
  type IdType,
  identityOf,
  idTypes,
  isPersonNumber,
  maskNumber,
  numberIsOfItsType,
  personNumberShape,
} from "../../../../shared/domain/registry/person-number.ts";
import { WorkerStatement } from "../../../../shared/domain/registry/worker.ts";
import { VisitRegistration } from "../../../../shared/domain/visits/visit-requests.ts";
import { bodies, ID_NUMBER } from "../../../support/builders.ts";

/** Numbers of nobody; the card of 2017 is the example of an open validator, with another day of birth worked out by hand. */
const good: Readonly<Record<IdType, readonly string[]>> = {
  RESIDENT_ID: [ID_NUMBER, "999901198103290004", "810000199408230021", "830000199201300022"],
  PERMANENT_RESIDENCE_2017: ["KAZ110090123105"],
  PASSPORT: ["E12345678", "AB1234567", "123456789", "L898902C3", "KAZ0N1234567"],
  HK_MACAU_PERMIT: ["H12345678", "M12345678", "H1234567801"],
  TAIWAN_PERMIT: ["12345678", "1234567801"],
};
const bad: Readonly<Record<IdType, readonly string[]>> = {
  RESIDENT_ID: ["", "110105491231002", "110105194912310021", "H12345678", "E12345678"],
  PERMANENT_RESIDENCE_2017: [
    "",
    "KAZ110090123104",
    "KAZ110090133105",
    "KAZ11009012310",
    "KA1110090123105",
    ID_NUMBER,
  ],
  PASSPORT: ["", "E123", "PASSPORT", "E1234-678", "É12345678", "护照E1234567", ID_NUMBER, "E".repeat(17)],
  HK_MACAU_PERMIT: ["", "H1234567", "H123456789", "A12345678", "H12345678012", "12345678"],
  TAIWAN_PERMIT: ["", "1234567", "123456789", "12345678901", "T12345678", "1234567A"],
};
const pairs = (of: Readonly<Record<IdType, readonly string[]>>): [IdType, string][] =>
  idTypes.flatMap((idType) => of[idType].map((idNumber): [IdType, string] => [idType, idNumber]));

const Named = z.strictObject(personNumberShape).check(numberIsOfItsType);
const arbitraryNumber = fc.constantFrom(...pairs(good));

describe("a person's number", () => {
  it.each(pairs(good))("%s %s is one", (idType, idNumber) => {
    expect(isPersonNumber({ idType, idNumber })).toBe(true);
    expect(z.parse(Named, { idType, idNumber })).toEqual({ idType, idNumber });
  });

  it.each(pairs(bad))("%s %j is none", (idType, idNumber) => {
    expect(isPersonNumber({ idType, idNumber })).toBe(false);
  });

  it("of the card of 2017 with any one character changed is none", () => {
    const text = "KAZ110090123105";
    for (let index = 0; index < 15; index += 1) {
      for (const digit of "0123456789") {
        const idNumber = text.slice(0, index) + digit + text.slice(index + 1);
        const isOne = isPersonNumber({ idType: "PERMANENT_RESIDENCE_2017", idNumber });
        expect([idNumber, isOne]).toEqual([idNumber, idNumber === text]);
      }
    }
  });

  it("is a resident's where no type is stated", () => {
    expect(z.parse(Named, { idNumber: "11010519491231002x" })).toEqual({
      idType: "RESIDENT_ID",
      idNumber: "11010519491231002X",
    });
  });

  it("is refused by one fault at the number where it is none of its type", () => {
    for (const [idType, idNumber] of pairs(bad)) {
      const issues = z.safeParse(Named, { idType, idNumber }).error?.issues ?? [];
      expect(issues.map(({ path, message }) => [path, message])).toEqual([
        [["idNumber"], "ID_NUMBER_INVALID"],
      ]);
    }
  });

  it("is refused beside a type that there is none, or where it is no text, by the fault of that alone", () => {
    expect(z.safeParse(Named, { idType: "DRIVING", idNumber: "1" }).error?.issues).toMatchObject([
      { path: ["idType"] },
    ]);
    expect(z.safeParse(Named, { idNumber: 7 }).error?.issues).toMatchObject([{ path: ["idNumber"] }]);
    expect(z.safeParse(Named, {}).error?.issues).toMatchObject([{ path: ["idNumber"] }]);
    expect(z.safeParse(Named, null).success).toBe(false);
    expect(z.safeParse(Named, { idNumber: "1".repeat(41) }).success).toBe(false);
    expect(z.safeParse(IdNumber, "1".repeat(41)).error?.issues).toMatchObject([
      { message: "ID_NUMBER_INVALID" },
    ]);
  });

  it("is one however it is written: small letters, full-width forms, blanks around it", () => {
    const fullWidth = (text: string): string =>
      text.replaceAll(/[!-~]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(
        arbitraryNumber,
        fc.constantFrom(
          (text: string) => text.toLowerCase(),
          fullWidth,
          (text: string) => ` \u3000${text}\u00a0`,
        ),
        ([idType, idNumber], write) => {
          expect(z.parse(Named, { idType, idNumber: write(idNumber) })).toEqual({ idType, idNumber });
        },
      ),
    );
  });

  it("under two types is two persons, and with another count of permits the same one", () => {
    expect(identityOf({ idType: "PASSPORT", idNumber: "12345678" })).not.toBe(
      identityOf({ idType: "TAIWAN_PERMIT", idNumber: "12345678" }),
    );
    for (const [idType, idNumber] of [
      ["HK_MACAU_PERMIT", "H12345678"],
      ["TAIWAN_PERMIT", "12345678"],
    ] as const)
      for (const count of ["00", "07"])
        expect(identityOf({ idType, idNumber: idNumber + count })).toBe(identityOf({ idType, idNumber }));
    const identities = pairs(good).map(([idType, idNumber]) => identityOf({ idType, idNumber }));
    // Two of them are permits with their counts.
    expect(new Set(identities).size).toBe(identities.length - 2);
  });

  it.each<[IdType, string, string]>([
    ["RESIDENT_ID", ID_NUMBER, "110105***********X"],
    ["PERMANENT_RESIDENCE_2017", "KAZ110090123105", "KAZ***********5"],
    ["PASSPORT", "E12345678", "E*******8"],
    ["HK_MACAU_PERMIT", "H12345678", "H*******8"],
    ["TAIWAN_PERMIT", "12345678", "1******8"],
  ])("%s %s is shown as %s", (idType, idNumber, masked) => {
    expect(maskNumber({ idType, idNumber })).toBe(masked);
  });

  it("is shown with six digits of it at most but for those that say where it is from", () => {
    fc.assert(
      fc.property(arbitraryNumber, ([idType, idNumber]) => {
        const masked = maskNumber({ idType, idNumber });
        expect(masked).toHaveLength(idNumber.length);
        expect(masked.replaceAll("*", "").length).toBeLessThanOrEqual(7);
        expect(masked).toContain("***");
      }),
    );
  });

  it.each([
    ["a worker", WorkerStatement, bodies.worker],
    ["a case", CaseInput, bodies.case],
    ["a visit", VisitRegistration, bodies.registration],
  ] as const)("names whose %s it is, of whatever type", (_what, schema, body) => {
    for (const [idType, idNumber] of pairs(good))
      expect(z.safeParse(schema, body({ idType, idNumber })).success).toBe(true);
    for (const [idType, idNumber] of pairs(bad))
      expect(z.safeParse(schema, body({ idType, idNumber })).success).toBe(false);
  });

  it("has a type only where it is given: a card has none", () => {
    const byCard = { idNumber: undefined, cardNumber: "DEMO000001" };
    expect(z.safeParse(VisitRegistration, bodies.registration(byCard)).success).toBe(true);
    const { error } = z.safeParse(VisitRegistration, bodies.registration({ ...byCard, idType: "PASSPORT" }));
    expect(error?.issues).toMatchObject([{ path: ["idType"], message: "ID_TYPE_OF_NO_NUMBER" }]);
  });
});
