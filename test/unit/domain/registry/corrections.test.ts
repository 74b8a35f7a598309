import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { IdentityCorrection } from "../../../../shared/domain/registry/corrections.ts";
import { CARD_NUMBER, ID_NUMBER } from "../../../support/demo-case.ts";

const reason = "登记时姓名录错，按身份证更正";
const faultsOf = (body: unknown): string[] =>
  (z.safeParse(IdentityCorrection, body).error?.issues ?? []).map(
    ({ path, message }) => `${path.join("/")} ${message}`,
  );

describe("a correction of who somebody is", () => {
  it.each<[string, object]>([
    ["the number", { idNumber: ID_NUMBER }],
    ["the number, with its type", { idType: "RESIDENT_ID", idNumber: ID_NUMBER }],
    ["the card", { cardNumber: CARD_NUMBER }],
    ["the name", { name: "诸葛更正" }],
  ])("may be of %s alone", (_what, correction) => {
    expect(faultsOf({ ...correction, reason })).toEqual([]);
  });

  it("corrects something", () => {
    expect(faultsOf({ reason })).toEqual(["idNumber NOTHING_TO_CORRECT"]);
  });

  it("gives no type of document without its number", () => {
    expect(faultsOf({ idType: "PASSPORT", name: "诸葛更正", reason })).toEqual([
      "idType ID_TYPE_OF_NO_NUMBER",
    ]);
  });

  it("is an object, and nothing is asked of what is none", () => {
    expect(faultsOf(null)).toHaveLength(1);
    expect(faultsOf("text")).toHaveLength(1);
  });
});
