import { describe, expect, test } from "vitest";
import { isConsoleOrigin } from "../../../infra/console-access.ts";
import { isLoopback } from "../../../infra/loopback.ts";

describe("a host", () => {
  test.each(["127.0.0.1", "127.8.9.10", "::1", "[::1]", "localhost", "LOCALHOST"])(
    "%s is this machine",
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  test.each([
    ...["0.0.0.0", "::", "10.0.0.1", "192.168.1.2", "128.0.0.1", "fe80::1", ""],
    ...["localhost.example.org", "127.0.0.1.example.org", "evil.example", "::ffff:10.0.0.1"],
  ])("%j may be reached by others", (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});

describe("the origin of a console", () => {
  test.each([
    "https://console.example.org",
    "https://console.example.org:8443",
    "http://localhost:5173",
    "http://127.0.0.1:3000",
  ])("may be %s", (origin) => expect(isConsoleOrigin(origin)).toBe(true));

  test.each([
    ...["*", "null", "", "console.example.org", "https://*.example.org", "https://console.example.org/"],
    ...["https://console.example.org/app", "http://console.example.org", "https://user@console.example.org"],
    ...["file:///console", "https://CONSOLE.example.org"],
  ])("may not be %j", (origin) => expect(isConsoleOrigin(origin)).toBe(false));
});
