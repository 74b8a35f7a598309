import { AsyncLocalStorage } from "node:async_hooks";
import { buildDecrypt } from "@aws-crypto/decrypt-node";
import { buildEncrypt } from "@aws-crypto/encrypt-node";
import { cacheClients, KMS, KmsKeyringNode } from "@aws-crypto/kms-keyring-node";
import {
  AlgorithmSuiteIdentifier,
  CommitmentPolicy,
  type KeyringNode,
  MultiKeyringNode,
} from "@aws-crypto/material-management-node";
import { RawAesKeyringNode, RawAesWrappingSuiteIdentifier } from "@aws-crypto/raw-aes-keyring-node";
import * as z from "zod/mini";
import { IdTypeField } from "../domain/registry/person-number.ts";
import type { PersonalData } from "../domain/registry/worker.ts";
import { isTransientError } from "../transient-error.ts";
import type { KeyFile } from "./key-file.ts";

/** Seals what names a person. What is sealed for one worker opens for no other. */
export interface PersonalDataCipher {
  /** The key under which is sealed from now on. */
  readonly keyName: () => string;
  readonly seal: (workerId: string, data: PersonalData) => Promise<Uint8Array>;
  /** Throws where it was sealed for somebody else, altered, or under a key that is gone. */
  readonly open: (workerId: string, sealed: Uint8Array) => Promise<PersonalData>;
}

/** Where the keys come from: a key of KMS, with those it replaces, or a file of this machine. */
export type CipherKeys =
  | {
      readonly kind: "KMS";
      readonly keyArn: string;
      readonly keyArnsBefore: readonly string[];
      /** Tells what was sealed before the key's material was rotated from what is sealed since. */
      readonly keyGeneration?: string | undefined;
    }
  | { readonly kind: "FILE"; readonly keys: () => KeyFile };

const { encrypt } = buildEncrypt(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
const { decrypt } = buildDecrypt(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
// Without the suite's signature: whoever can write here can encrypt as well, so it would prove nothing more.
const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;

const PURPOSE = "personal-data";
const Sealed = z.object({
  name: z.string(),
  idType: IdTypeField,
  idNumber: z.string(),
  cardNumber: z.string(),
  phone: z.optional(z.string()),
  bankAccount: z.optional(z.string()),
});

const toRawKeyring = (keyName: string, key: string): KeyringNode =>
  new RawAesKeyringNode({
    keyNamespace: "work-injury-settlement",
    keyName,
    // The library takes only bytes that share their memory with nothing else.
    unencryptedMasterKey: new Uint8Array(Buffer.from(key, "base64")),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });

function toSealingKeyring({ encryption: { current, keys } }: KeyFile): KeyringNode {
  const key = keys[current];
  if (key === undefined) throw new Error("the key file lacks its current key");
  return toRawKeyring(current, key);
}

/** Keys that only open: each in turn is tried. */
const toOpeningKeyring = ({ encryption: { keys } }: KeyFile): KeyringNode =>
  new MultiKeyringNode({ children: Object.entries(keys).map(([name, key]) => toRawKeyring(name, key)) });

/** What KMS failed with within one opening: the library tells of it only in the text of an error of its own. */
const faultsOfKms = new AsyncLocalStorage<unknown[]>();

/** A client that waits for a silent KMS while there is time left to say so, and notes what it failed with. */
function makeClient(region: string): KMS {
  const client = new KMS({
    region,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
  client.middlewareStack.add(
    (next) => (call) =>
      next(call).catch((fault: unknown) => {
        faultsOfKms.getStore()?.push(fault);
        throw fault;
      }),
    { step: "initialize" },
  );
  return client;
}

// @ts-expect-error: the library states fields of the client as "there or left out" that the client states as "undefined".
const clientProvider = cacheClients(makeClient);

/** Opens, and fails with the fault of KMS that passes by itself where there was one. */
const openWith = (keyring: KeyringNode, sealed: Uint8Array): ReturnType<typeof decrypt> =>
  faultsOfKms.run([], async () => {
    try {
      return await decrypt(keyring, sealed);
    } catch (error) {
      throw faultsOfKms.getStore()?.find(isTransientError) ?? error;
    }
  });

interface Keyrings {
  readonly keyName: () => string;
  readonly toSeal: () => KeyringNode;
  readonly toOpen: () => KeyringNode;
}

function keyringsOf(source: CipherKeys): Keyrings {
  if (source.kind === "FILE") {
    return {
      keyName: () => source.keys().encryption.current,
      toSeal: () => toSealingKeyring(source.keys()),
      toOpen: () => toOpeningKeyring(source.keys()),
    };
  }
  const { keyArn, keyArnsBefore, keyGeneration } = source;
  const sealing = new KmsKeyringNode({ clientProvider, generatorKeyId: keyArn });
  const opening = new KmsKeyringNode({ clientProvider, keyIds: [keyArn, ...keyArnsBefore] });
  const keyName = keyGeneration === undefined ? keyArn : `${keyArn} ${keyGeneration}`;
  return { keyName: () => keyName, toSeal: () => sealing, toOpen: () => opening };
}

/** Envelope encryption by the AWS Encryption SDK: a data key of its own for each worker, wrapped by the key named. */
export function makePersonalDataCipher(source: CipherKeys): PersonalDataCipher {
  const { keyName, toSeal, toOpen } = keyringsOf(source);
  return {
    keyName,
    seal: async (workerId, data) => {
      const plaintext = Buffer.from(JSON.stringify(Sealed.parse(data)));
      const encryptionContext = { purpose: PURPOSE, workerId };
      const { result } = await encrypt(toSeal(), plaintext, { suiteId, encryptionContext });
      return new Uint8Array(result);
    },
    open: async (workerId, sealed) => {
      const { plaintext, messageHeader } = await openWith(toOpen(), sealed);
      const { purpose, workerId: sealedFor } = messageHeader.encryptionContext;
      if (purpose !== PURPOSE || sealedFor !== workerId) throw new Error("sealed for somebody else");
      return Sealed.parse(JSON.parse(plaintext.toString("utf8")));
    },
  };
}
