import { BlockList, isIP } from "node:net";

type Network = readonly [network: string, prefix: number];

/** What the IANA special-purpose registry for IPv4 does not give to the public, multicast and class E. */
const closedIpv4: readonly Network[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/**
 * Of IPv6 only 2000::/3 is given to the public at all. Of that, these are not: they carry an IPv4 address that
 * somebody else would unpack (Teredo within 2001::/23, 6to4), or are for documents.
 */
const openIpv6: Network = ["2000::", 3];
const closedIpv6: readonly Network[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

function makeList(type: "ipv4" | "ipv6", networks: readonly Network[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, type);
  return list;
}

const closedV4 = makeList("ipv4", closedIpv4);
const openV6 = makeList("ipv6", [openIpv6]);
const closedV6 = makeList("ipv6", closedIpv6);
const loopbackV4 = makeList("ipv4", [["127.0.0.0", 8]]);
const loopbackV6 = makeList("ipv6", [["::1", 128]]);

/** A zone (`fe80::1%eth0`) belongs to an address of one link, which is never public. */
const versionOf = (address: string): number => (address.includes("%") ? 0 : isIP(address));

/** Whether an address is one that anybody on the internet could reach; anything that is no address is not. */
export function isPublicAddress(address: string): boolean {
  switch (versionOf(address)) {
    case 4:
      return !closedV4.check(address, "ipv4");
    case 6:
      return openV6.check(address, "ipv6") && !closedV6.check(address, "ipv6");
    default:
      return false;
  }
}

/** Whether an address is this machine itself. */
export function isLoopbackAddress(address: string): boolean {
  switch (versionOf(address)) {
    case 4:
      return loopbackV4.check(address, "ipv4");
    case 6:
      return loopbackV6.check(address, "ipv6");
    default:
      return false;
  }
}
