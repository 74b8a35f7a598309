import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { canonicalJson } from "../../shared/http/canonical-json.ts";

interface KeyRequest {
  readonly KeyId: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
  readonly CiphertextBlob?: string;
}

/** What the key service was asked for. */
interface KeyCall {
  readonly action: string;
  readonly keyId: string;
  readonly context: Readonly<Record<string, string>>;
}

export interface KeyService {
  readonly url: string;
  readonly calls: readonly KeyCall[];
  /** How it answers from now on: as it should, with a fault, or never. */
  behave: "WELL" | "REFUSE" | "HANG";
  readonly stop: () => Promise<void>;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Speaks the protocol of KMS for the two actions that the service is granted, and really wraps: what was wrapped under
 * one key, or in one context, opens under no other.
 */
export async function startKeyService(): Promise<KeyService> {
  const keys = new Map<string, Buffer>();
  const keyOf = (id: string): Buffer => {
    const key = keys.get(id) ?? randomBytes(32);
    keys.set(id, key);
    return key;
  };
  const wrap = ({ KeyId, EncryptionContext = {} }: KeyRequest, plain: Buffer): string => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", keyOf(KeyId), nonce);
    cipher.setAAD(Buffer.from(canonicalJson(EncryptionContext)));
    return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString(
      "base64",
    );
  };
  const unwrap = ({ KeyId, EncryptionContext = {}, CiphertextBlob = "" }: KeyRequest): string => {
    const blob = Buffer.from(CiphertextBlob, "base64");
    const cipher = createDecipheriv("aes-256-gcm", keyOf(KeyId), blob.subarray(0, NONCE_BYTES));
    cipher.setAAD(Buffer.from(canonicalJson(EncryptionContext)));
    cipher.setAuthTag(blob.subarray(-TAG_BYTES));
    const sealed = blob.subarray(NONCE_BYTES, -TAG_BYTES);
    return Buffer.concat([cipher.update(sealed), cipher.final()]).toString("base64");
  };
  const act = (action: string, request: KeyRequest): object => {
    const { KeyId } = request;
    if (action === "Decrypt") return { KeyId, Plaintext: unwrap(request) };
    if (action !== "GenerateDataKey") throw new Error("not granted");
    const plain = randomBytes(32);
    return { KeyId, Plaintext: plain.toString("base64"), CiphertextBlob: wrap(request, plain) };
  };

  const calls: KeyCall[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const action = String(request.headers["x-amz-target"]).replace("TrentService.", "");
    const asked: KeyRequest = JSON.parse(await text(request));
    calls.push({ action, keyId: asked.KeyId, context: asked.EncryptionContext ?? {} });
    if (service.behave === "HANG") return;
    response.setHeader("content-type", "application/x-amz-json-1.1");
    try {
      if (service.behave === "REFUSE") throw new Error("refused");
      response.end(JSON.stringify(act(action, asked)));
    } catch {
      response.statusCode = 400;
      response.end(JSON.stringify({ __type: "InvalidCiphertextException" }));
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(new Error(String(error))));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const service: KeyService = {
    url: `http://127.0.0.1:${port}`,
    calls,
    behave: "WELL",
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return service;
}
