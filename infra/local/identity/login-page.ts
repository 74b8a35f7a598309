import { createHash } from "node:crypto";
import type { DemoPerson } from "./demo-identities.ts";

const style = `body{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem;color:#1c2733}
strong{display:block;padding:.6rem .8rem;background:#fff3d6;border:1px solid #e0a54a;border-radius:6px}
form{margin:.6rem 0}button{width:100%;padding:.7rem .9rem;font:inherit;text-align:left;background:#fff;border:1px solid #b9c4ce;border-radius:6px;cursor:pointer}
button:hover,button:focus{border-color:#0b5cad}small{color:#5a6b7b;display:block}`;

/**
 * No script and nothing from elsewhere. Browsers hold `form-action` against where a form's answer leads on to as well,
 * and that is the console's own address.
 */
export const loginPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'self' http://127.0.0.1:* http://localhost:*",
  "frame-ancestors 'none'",
].join("; ");

const toChoice = ({ id, name, role, institution }: DemoPerson): string =>
  `<form method="post"><button name="person" value="${id}">${name}<small>${role} ${institution}</small></button></form>`;

/** Who shall be signed in: a choice and no password, because there is nothing here to protect. */
export const loginPage = (people: readonly DemoPerson[]): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>演示登录 · demo login</title><style>${style}</style></head><body><h1>演示登录 · demo login</h1>
<strong>仅供本机试用，人员均为虚构，无须口令。切勿用于真实业务。<br>For trying the service on this machine only. All people are fictional, and there is no password. Never for real use.</strong>
<p>以何人身份登录？ · Sign in as whom?</p>
${people.map(toChoice).join("\n")}
</body></html>`;
