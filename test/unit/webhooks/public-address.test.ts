import { describe, expect, it } from "vitest";
import { isLoopbackAddress, isPublicAddress } from "../../../shared/webhooks/public-address.ts";
import { type ResolveName, resolveTarget } from "../../../shared/webhooks/resolve-target.ts";

const open = [
  "1.1.1.1",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "223.255.255.255",
  "2606:4700:4700::1111",
  "240e:4c:4008::1",
  "2a00:1450:4001:80f::200e",
];

const closed = [
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.255",
  "100.64.0.1",
  "100.127.255.255",
  "127.0.0.1",
  "127.255.255.254",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.170",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.1.1",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.7",
  "203.0.113.9",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  // Unspecified, loopback, IPv4-compatible, IPv4-mapped in both spellings, also of public addresses
  "::",
  "::1",
  "::7f00:1",
  "::127.0.0.1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:10.0.0.1",
  "::ffff:a9fe:a9fe",
  "::ffff:1.1.1.1",
  "0:0:0:0:0:ffff:c0a8:0101",
  // NAT64, both prefixes; discard; Teredo; 6to4; documents
  "64:ff9b::7f00:1",
  "64:ff9b::808:808",
  "64:ff9b:1::1",
  "100::1",
  "2001::1",
  "2001:0:4136:e378:8000:63bf:3fff:fdd2",
  "2001:db8::1",
  "2002:7f00:1::1",
  "2002:c0a8:101::1",
  "3fff::1",
  // Unique local, link-local, site-local, multicast, segment routing, and what nobody has been given
  "fc00::1",
  "fd00:ec2::254",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1",
  "5f00::1",
  "4000::1",
  "8000::1",
];

describe("an address", () => {
  it.each(open)("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
    expect(isLoopbackAddress(address)).toBe(false);
  });

  it.each(closed)("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(["", "localhost", "1.1.1", "1.1.1.1.1", "0x7f.0.0.1", "2606:4700::1%1", "1.1.1.1:443"])(
    "%j is none at all",
    (text) => {
      expect(isPublicAddress(text)).toBe(false);
      expect(isLoopbackAddress(text)).toBe(false);
    },
  );

  it.each(["127.0.0.1", "127.8.9.1", "::1"])("%s is this machine", (address) => {
    expect(isLoopbackAddress(address)).toBe(true);
  });
});

const to =
  (...addresses: string[]): ResolveName =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

describe("a name", () => {
  const url = new URL("https://his.example.org/");
  it("leads where all of its addresses are public", async () => {
    const target = await resolveTarget(url, false, to("1.1.1.1", "2606:4700:4700::1111"));
    expect(target).toEqual({
      ok: true,
      value: [
        { address: "1.1.1.1", family: 4 },
        { address: "2606:4700:4700::1111", family: 6 },
      ],
    });
  });

  it.each([[["1.1.1.1", "10.0.0.1"]], [["169.254.169.254"]], [["2606:4700:4700::1111", "::ffff:10.0.0.1"]]])(
    "that leads to %j is refused whole",
    async (addresses) => {
      const target = await resolveTarget(url, false, to(...addresses));
      expect(target).toEqual({ ok: false, failure: "ADDRESS_NOT_PUBLIC" });
    },
  );

  it("that leads nowhere is unknown", async () => {
    const nowhere: ResolveName = async () => Promise.reject(new Error("ENOTFOUND"));
    expect(await resolveTarget(url, false, nowhere)).toEqual({ ok: false, failure: "NAME_UNKNOWN" });
    expect(await resolveTarget(url, false, to())).toEqual({ ok: false, failure: "NAME_UNKNOWN" });
  });

  it("of this machine is refused unless it is allowed, and then must lead here", async () => {
    const here = new URL("http://localhost:8080/");
    expect((await resolveTarget(here, false, to("127.0.0.1"))).ok).toBe(false);
    expect((await resolveTarget(here, true, to("127.0.0.1", "::1"))).ok).toBe(true);
    expect((await resolveTarget(here, true, to("10.0.0.1"))).ok).toBe(false);
    expect((await resolveTarget(here, true, to("1.1.1.1"))).ok).toBe(false);
    expect((await resolveTarget(url, true, to("127.0.0.1"))).ok).toBe(false);
  });

  it.each([
    "https://127.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://0x7f.1/",
    "https://2130706433/",
  ])("%s needs no question to be refused", async (literal) => {
    expect(await resolveTarget(new URL(literal), false)).toEqual({
      ok: false,
      failure: "ADDRESS_NOT_PUBLIC",
    });
  });
});
