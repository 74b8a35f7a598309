import { beforeAll, describe, expect, test } from "vitest";
import { EMPLOYER, OTHER_EMPLOYER, stateEmployers, stateHospitals } from "../../support/demo-case.ts";
import { HOSPITAL, OTHER_HOSPITAL, startTestService, type TestService } from "../../support/service.ts";

const BUSY_HOSPITAL = "H33030400009";

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await stateHospitals(service, [HOSPITAL, OTHER_HOSPITAL, BUSY_HOSPITAL]);
  await stateEmployers(service, [EMPLOYER, OTHER_EMPLOYER]);
});

// An address and not a name: the tests may have nobody to ask for names, and nothing is posted here.
const url = "https://1.1.1.1/events";
const put = (webhookId: string, body: object, audience = "hospital", institution?: string) =>
  service.call(`put-${audience}-webhook`, {
    params: { webhookId },
    body: { url, ...body },
    ...(institution === undefined ? {} : { institution }),
  });
const list = async (audience: string, institution: string) =>
  (await service.must(`list-${audience}-webhooks`, { institution })).body.items;
const faultsOf = (body: { errors: { pointer: string; code: string }[] }) =>
  body.errors.map(({ pointer, code }) => `${pointer} ${code}`);

describe("stating a webhook", () => {
  test("shows the secret that the service made once, and never again", async () => {
    const made = await put("made", {});
    expect(made.status).toBe(200);
    expect(Buffer.from(made.body.secret, "base64url")).toHaveLength(32);
    expect(made.body.secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(made.body).toMatchObject({ webhookId: "made", url, active: true });
    const again = await put("made", {});
    const listed = await list("hospital", HOSPITAL);
    expect(again.body.secret).toBe("********");
    expect(JSON.stringify(listed)).not.toContain(made.body.secret);
  });

  test("does not show a secret that was given, and logs none", async () => {
    const secret = "a-secret-of-our-own-that-is-long-enough";
    const given = await put("given", { secret });
    expect(given.body.secret).toBe("********");
    expect((await put("given", { secret: `${secret}-2` })).text).not.toContain(secret);
    const other = await put("logged", {});
    const log = service.logLines.join("");
    expect(log).not.toContain(secret);
    expect(log).not.toContain(other.body.secret);
  });

  test("holds as it was stated last, also where it is switched off", async () => {
    await put("last", { types: ["CLAIM_SETTLED"] });
    await put("last", { url: "https://1.1.1.1:8443/other", active: false });
    const found = (await list("hospital", HOSPITAL)).find(
      ({ webhookId }: { webhookId: string }) => webhookId === "last",
    );
    expect(found).toMatchObject({ url: "https://1.1.1.1:8443/other", active: false });
    expect(found).not.toHaveProperty("types");
  });

  test.each([
    ["his.example.org/events", ["/url URL_INVALID"]],
    [`https://1.1.1.1/${"x".repeat(2_000)}`, ["/url TOO_LONG"]],
    ["http://1.1.1.1/", ["/url URL_NOT_HTTPS"]],
    ["http://127.0.0.1:8080/", ["/url URL_NOT_HTTPS"]],
    ["https://user:pass@1.1.1.1/", ["/url URL_HAS_CREDENTIALS"]],
    ["https://1.1.1.1:22/", ["/url URL_PORT_NOT_ALLOWED"]],
    ["ftp://u@1.1.1.1:21/", ["/url URL_NOT_HTTPS", "/url URL_HAS_CREDENTIALS", "/url URL_PORT_NOT_ALLOWED"]],
    ["https://no-such-name.invalid/", ["/url NAME_UNKNOWN"]],
    ["https://localhost/", ["/url ADDRESS_NOT_PUBLIC"]],
    ["https://127.0.0.1/", ["/url ADDRESS_NOT_PUBLIC"]],
    ["https://10.1.2.3/", ["/url ADDRESS_NOT_PUBLIC"]],
    ["https://169.254.169.254/latest/meta-data", ["/url ADDRESS_NOT_PUBLIC"]],
    ["https://2130706433/", ["/url ADDRESS_NOT_PUBLIC"]],
    ["https://[::1]/", ["/url ADDRESS_NOT_PUBLIC"]],
    ["https://[::ffff:10.0.0.1]/", ["/url ADDRESS_NOT_PUBLIC"]],
    ["https://[fd00:ec2::254]/", ["/url ADDRESS_NOT_PUBLIC"]],
  ])("is refused with the address %s", async (address, faults) => {
    const { status, body } = await put("refused", { url: address });
    expect([status, body.code, faultsOf(body)]).toEqual([422, "INPUT_INVALID", faults]);
    expect(JSON.stringify(await list("hospital", HOSPITAL))).not.toContain("refused");
  });

  test.each([
    [{ types: [] }, "/types TOO_FEW"],
    [{ types: ["CLAIM_SETTLED", "CLAIM_SETTLED"] }, "/types DUPLICATE"],
    [{ types: ["SOMETHING"] }, "/types/0 NOT_ALLOWED"],
    [{ secret: "short" }, "/secret WRONG_FORMAT"],
    [{ active: "yes" }, "/active WRONG_TYPE"],
    [{ method: "GET" }, " UNKNOWN_FIELD"],
  ])("is refused with %o", async (body, fault) => {
    const answer = await put("refused", body);
    expect([answer.status, faultsOf(answer.body)]).toEqual([422, [fault]]);
  });

  test("is refused under a name that is none", async () => {
    const answer = await put("no name", {});
    expect([answer.status, faultsOf(answer.body)]).toEqual([422, ["#path/webhookId WRONG_FORMAT"]]);
  });

  test("can be switched off where its name leads nowhere any more", async () => {
    expect((await put("gone", { url: "https://no-such-name.invalid/", active: false })).status).toBe(200);
  });

  test("stops at ten of an institution, which may still state those anew", async () => {
    const institution = BUSY_HOSPITAL;
    for (let number = 1; number <= 10; number += 1) {
      expect((await put(`n${number}`, {}, "hospital", institution)).status).toBe(200);
    }
    const eleventh = await put("n11", {}, "hospital", institution);
    expect([eleventh.status, eleventh.body.code]).toEqual([409, "TOO_MANY_WEBHOOKS"]);
    expect((await put("n10", { active: false }, "hospital", institution)).status).toBe(200);
  });
});

describe("a webhook of somebody else", () => {
  const agencies = ["A330304", "A330305"] as const;
  test.each([
    ["hospital", HOSPITAL, OTHER_HOSPITAL],
    ["enterprise", EMPLOYER, OTHER_EMPLOYER],
    ["agency", ...agencies],
  ])("of the %s is not there", async (audience, own, foreign) => {
    const made = await put("mine", {}, audience, own);
    expect(made.status).toBe(200);
    expect(JSON.stringify(await list(audience, own))).toContain('"mine"');
    expect(await list(audience, foreign)).toEqual([]);
    const params = { webhookId: "mine" };
    const page = await service.call(`list-${audience}-deliveries`, { params, institution: foreign });
    expect([page.status, page.body.code]).toEqual([404, "WEBHOOK_NOT_FOUND"]);
    const again = await service.call(`redeliver-${audience}-event`, {
      params: { ...params, eventId: "V1-1" },
      institution: foreign,
    });
    expect([again.status, again.body.code]).toEqual([404, "WEBHOOK_NOT_FOUND"]);
    // The same name elsewhere is another webhook, and leaves this one alone.
    await put("mine", { url: "https://9.9.9.9/" }, audience, foreign);
    expect((await list(audience, own)).at(-1)).toMatchObject({ webhookId: "mine", url });
  });

  test("of another audience is not there either", async () => {
    await put("only-hospital", {});
    expect(JSON.stringify(await list("hospital", HOSPITAL))).toContain('"only-hospital"');
    expect(JSON.stringify(await list("enterprise", EMPLOYER))).not.toContain('"only-hospital"');
    expect(JSON.stringify(await list("agency", agencies[0]))).not.toContain('"only-hospital"');
  });
});

describe("the deliveries of a webhook", () => {
  test("are none at first", async () => {
    await put("quiet", {});
    const page = await service.must("list-hospital-deliveries", { params: { webhookId: "quiet" } });
    expect(page.body).toEqual({ items: [], nextCursor: null });
  });

  test("are refused with a cursor that is not one of ours", async () => {
    await put("quiet", {});
    const page = await service.call("list-hospital-deliveries", {
      params: { webhookId: "quiet" },
      query: { cursor: "AAAA" },
    });
    expect([page.status, page.body.code]).toEqual([422, "CURSOR_INVALID"]);
  });

  test("cannot be sent again where there is none", async () => {
    await put("quiet", {});
    const again = await service.call("redeliver-hospital-event", {
      params: { webhookId: "quiet", eventId: "V1-1" },
    });
    expect([again.status, again.body.code]).toEqual([404, "DELIVERY_NOT_FOUND"]);
  });
});
