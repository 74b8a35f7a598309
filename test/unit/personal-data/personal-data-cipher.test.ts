import { describe, expect, test } from "vitest";
import { addKeys, dropOldKeys, type KeyFile, makeKeys } from "../../../shared/personal-data/key-file.ts";
import { makePersonalDataCipher } from "../../../shared/personal-data/personal-data-cipher.ts";

const person = {
  name: "诸葛试验",
  idType: "RESIDENT_ID",
  idNumber: "999901198103290004",
  cardNumber: "DEMO000001",
  phone: "000-00000001",
  bankAccount: "0000000000000000001",
} as const;
const cipherOf = (keys: KeyFile) => makePersonalDataCipher({ kind: "FILE", keys: () => keys });

describe("what names a person", () => {
  const keys = makeKeys();
  const { seal, open } = cipherOf(keys);

  test("opens for the worker whom it was sealed for, and tells nothing before", async () => {
    const sealed = await seal("W1", person);
    expect(await open("W1", sealed)).toEqual(person);
    const text = Buffer.from(sealed).toString("latin1");
    for (const secret of Object.values(person)) {
      expect(text).not.toContain(Buffer.from(secret).toString("latin1"));
    }
    expect(await seal("W1", person)).not.toEqual(sealed);
  });

  test("is sealed with AES-256-GCM that commits to its key, as the message itself says", async () => {
    const sealed = Buffer.from(await seal("W1", person));
    // Format 2 and suite 0478 of the AWS Encryption SDK: AES-256-GCM, HKDF-SHA512, key commitment, no signature.
    expect(sealed.subarray(0, 3).toString("hex")).toBe("020478");
    expect(sealed.subarray(3, 35).equals(Buffer.from(await seal("W1", person)).subarray(3, 35))).toBe(false);
  });

  test("does not open for another worker, however it got there", async () => {
    const sealed = await seal("W1", person);
    await expect(open("W2", sealed)).rejects.toThrow("sealed for somebody else");
  });

  test("does not open once a byte of it was changed", async () => {
    const sealed = await seal("W1", person);
    for (const place of [0, 40, sealed.length - 30, sealed.length - 1]) {
      const altered = sealed.with(place, (sealed[place] ?? 0) ^ 1);
      await expect(open("W1", altered), `byte ${place}`).rejects.toThrow();
    }
  });

  test("opens under an old key as long as that is there, and is sealed under the new one", async () => {
    const sealed = await seal("W1", person);
    const both = addKeys(keys);
    const next = cipherOf(both);
    expect(await next.open("W1", sealed)).toEqual(person);
    expect(next.keyName()).not.toBe(cipherOf(keys).keyName());
    const anew = await next.seal("W1", person);
    const last = cipherOf(dropOldKeys(both));
    expect(await last.open("W1", anew)).toEqual(person);
    await expect(last.open("W1", sealed)).rejects.toThrow();
  });
});
