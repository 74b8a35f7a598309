/** What is wrong with the address of a webhook, before anybody asks where its name leads. */
export type UrlFault = "URL_NOT_HTTPS" | "URL_HAS_CREDENTIALS" | "URL_PORT_NOT_ALLOWED";

const LOCAL_NAMES: readonly string[] = ["127.0.0.1", "[::1]", "localhost"];
const HTTPS_PORT = 443;
const HTTP_PORT = 80;
/** Below it lie the ports of mail, remote shells and the like. */
const FIRST_FREE_PORT = 1_024;

/** Whether it names this very machine, which only a service on one machine may be told to call. */
export const isLocalUrl = ({ hostname }: URL): boolean => LOCAL_NAMES.includes(hostname);

const portOf = ({ port, protocol }: URL): number => {
  if (port !== "") return Number(port);
  return protocol === "https:" ? HTTPS_PORT : HTTP_PORT;
};

/** Every fault of a webhook's address; `allowLocal` lets plain http through to this machine and nowhere else. */
export function checkWebhookUrl(url: URL, allowLocal: boolean): readonly UrlFault[] {
  const faults: UrlFault[] = [];
  const isPlain = url.protocol === "http:" && allowLocal && isLocalUrl(url);
  if (url.protocol !== "https:" && !isPlain) faults.push("URL_NOT_HTTPS");
  if (url.username !== "" || url.password !== "") faults.push("URL_HAS_CREDENTIALS");
  const port = portOf(url);
  const isPlainPort = port === HTTP_PORT && url.protocol === "http:";
  if (port !== HTTPS_PORT && port < FIRST_FREE_PORT && !isPlainPort) faults.push("URL_PORT_NOT_ALLOWED");
  return faults;
}
