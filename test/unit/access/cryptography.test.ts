import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const sources = globSync(["functions/**/*.ts", "shared/**/*.ts", "infra/**/*.ts"]).map((file) => ({
  file,
  text: readFileSync(file, "utf8"),
}));
const LIBRARY =
  /from "(?:node:crypto|node:tls|@smithy\/signature-v4|@aws-crypto\/[\w-]+|jose|oidc-provider)"|\bcrypto\.(?:subtle|random)/;
const users = sources.filter(({ text }) => LIBRARY.test(text)).map(({ file }) => file);

const page = readFileSync("docs/keys.md", "utf8");
const inventory = page.slice(page.indexOf("## Every use of cryptography"));
const listed = [...inventory.matchAll(/`((?:functions|shared|infra)\/[\w./-]+\.ts)`/g)].map(
  ([, file = ""]) => file,
);

const findAll = (pattern: RegExp): string[] =>
  sources.flatMap(({ file, text }) => [...text.matchAll(pattern)].map(([, found]) => `${file} ${found}`));

describe("cryptography", () => {
  test("is used where docs/keys.md says, and nowhere else", () => {
    expect(users.length).toBeGreaterThan(10);
    expect(listed.toSorted()).toEqual(users.toSorted());
  });

  test("takes no hash but SHA-256", () => {
    const hashes = findAll(/create(?:Hash|Hmac)\(\s*"([^"]+)"/g);
    expect(hashes.length).toBeGreaterThan(8);
    expect(hashes.filter((each) => !each.endsWith(" sha256"))).toEqual([]);
    // None whose name is not written where it is made.
    expect(findAll(/create(Hash|Hmac)\((?!\s*"sha256")/g)).toEqual([]);
  });

  test("takes hashes, chance and comparison from Node; the signature of AWS from its SDK; ciphers from the AWS Encryption SDK, but for the secrets of webhooks and uploaded files on one machine", () => {
    const imported = findAll(/import (?:type )?\{([^}]+)\} from "node:crypto"/g).flatMap((each) =>
      each.slice(each.indexOf(" ")).split(","),
    );
    const names = new Set(imported.map((name) => name.trim()).filter((name) => name !== ""));
    const ciphers = ["createCipheriv", "createDecipheriv", "hkdfSync"];
    expect(findAll(/\b(createCipheriv|createDecipheriv|hkdfSync)\(/g).toSorted()).toEqual(
      ["shared/files/sealed-stream.ts", "shared/webhooks/webhook-secrets.ts"].flatMap((file) =>
        ciphers.map((name) => `${file} ${name}`),
      ),
    );
    expect([...names].filter((name) => !ciphers.includes(name)).toSorted()).toEqual([
      "createHash",
      "createHmac",
      "randomBytes",
      "randomInt",
      "randomUUID",
      "timingSafeEqual",
    ]);
    expect(findAll(/from "(@smithy\/signature-v4)"/g)).toEqual([
      "shared/files/presign.ts @smithy/signature-v4",
    ]);
    expect(findAll(/from "(@aws-crypto\/[\w-]+)"/g).map((each) => each.split(" ")[0])).toEqual(
      Array.from({ length: 5 }, () => "shared/personal-data/personal-data-cipher.ts"),
    );
  });

  test("has a chance that could be guessed for the length of pauses alone", () => {
    expect(findAll(/(Math\.random)\(/g)).toEqual(
      expect.arrayContaining([
        "shared/store/kit/database.ts Math.random",
        "infra/tools/catalogue/persist.ts Math.random",
      ]),
    );
    expect(findAll(/(Math\.random)\(/g)).toHaveLength(2);
  });
});
