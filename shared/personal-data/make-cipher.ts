import type { PersonalDataConfig } from "../config.ts";
import { followKeyFile } from "./key-file.ts";
import type { PersonalDataCipher } from "./personal-data-cipher.ts";
import { type CipherKeys, makePersonalDataCipher } from "./personal-data-cipher.ts";

function cipherKeysOf(config: PersonalDataConfig): CipherKeys {
  if (config.kind === "FILE") return { kind: "FILE", keys: followKeyFile(config.path) };
  const { keyArn, keyArnsBefore, keyGeneration } = config;
  if (keyArn === undefined) throw new Error("PERSONAL_DATA_KEY_ARN is missing: this function seals nothing");
  return { kind: "KMS", keyArn, keyArnsBefore, keyGeneration };
}

/** The cipher of one function, from its configuration; throws where it was given no key. */
export const makeCipher = (config: PersonalDataConfig): PersonalDataCipher =>
  makePersonalDataCipher(cipherKeysOf(config));
