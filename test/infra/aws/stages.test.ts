import { describe, expect, it } from "vitest";
import { getStage, StageSettings, stageNames } from "../../../infra/aws/stages.ts";

describe("the stages", () => {
  it.each(stageNames)("%s holds to its own rules", (name) => {
    expect(getStage(name).name).toBe(name);
  });

  it.each(["prod", "cn"])("%s logs nothing that is for debugging", (name) => {
    expect(getStage(name).logLevel).toBe("INFO");
  });

  it("an unknown stage is refused, and the known ones are named", () => {
    expect(() => getStage("staging")).toThrow('there is no stage "staging"; the stages are dev, prod, cn');
  });

  it("what differs from installation to installation can be given from outside", () => {
    const stage = getStage("prod", {
      region: "ap-southeast-1",
      runtime: "nodejs22.x",
      architecture: "x86_64",
      issuer: "https://login.example.org",
      audience: "settlement, console",
      agencyCodes: "A440304, A440304-F",
      alarmEmail: "duty@example.org",
    });
    expect(stage).toMatchObject({
      region: "ap-southeast-1",
      runtime: "nodejs22.x",
      architecture: "x86_64",
      oidc: { issuer: "https://login.example.org", audiences: ["settlement", "console"] },
      agencyCodes: ["A440304", "A440304-F"],
      alarmEmail: "duty@example.org",
    });
  });

  it.each([
    ["an issuer without https", { issuer: "http://login.example.org" }, "oidc.issuer"],
    ["an empty audience", { audience: "" }, "oidc.audiences"],
    ["something that is no institution's code", { agencyCodes: "A440304,区社保" }, "agencyCodes"],
    ["a runtime that the service was not tested on", { runtime: "nodejs18.x" }, "runtime"],
    ["something that is no region", { region: "Beijing" }, "region"],
    ["something that is no address", { alarmEmail: "duty" }, "alarmEmail"],
  ])("%s is refused, and the setting is named", (_what, overrides, setting) => {
    expect(() => getStage("prod", overrides)).toThrow(setting);
  });

  it("a limit for each institution that the throttle of all would reach first is refused", () => {
    const stage = getStage("prod");
    const { each } = stage.throttle;
    for (const { ratePerSecond, burst } of [each, { ...stage.perInstitution, burst: each.burst }]) {
      const perInstitution = { ...stage.perInstitution, ratePerSecond, burst };
      const parsed = StageSettings.safeParse({ ...stage, perInstitution });
      expect(parsed.error?.issues.map(({ path }) => path.join())).toEqual(["perInstitution"]);
    }
  });

  it("a level of the log that leaves warnings out is refused: an alarm hangs on one", () => {
    const parsed = StageSettings.safeParse({ ...getStage("prod"), logLevel: "ERROR" });
    expect(parsed.error?.issues.map(({ path }) => path.join())).toEqual(["logLevel"]);
  });

  it("stage cn cannot be moved out of China", () => {
    expect(() => getStage("cn", { region: "eu-central-1" })).toThrow(
      "region: stage cn is for the regions of China",
    );
    expect(getStage("cn", { region: "cn-northwest-1" }).region).toBe("cn-northwest-1");
  });

  it("a stage cannot be moved to China with X-Ray or with logs kept for less than six months", () => {
    expect(() => getStage("dev", { region: "cn-northwest-1" })).toThrow(/tracing: .*logRetentionDays: /);
  });
});
