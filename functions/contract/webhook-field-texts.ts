import type { FieldText } from "./field-texts.ts";

/** What the fields of webhooks and their deliveries mean. */
export const webhookFieldTexts: Readonly<Record<string, FieldText>> = {
  webhookId: ["推送地址的名称，由本机构自定", "The institution's own name of the webhook"],
  url: [
    "推送地址：https，公网地址，端口 443 或不小于 1024",
    "Where events are posted: https, at a public address, port 443 or 1024 and above",
  ],
  types: ["要推送的事件类型；缺省为全部", "Types of event to send; all if absent"],
  "WebhookStatement.secret": [
    "签名密钥，32 至 128 位；新地址缺省时由本服务生成，已有地址缺省时不变",
    "Key of the signature, 32 to 128 characters; made for a new webhook and kept for a known one if absent",
  ],
  "WebhookStatement.active": ["是否推送，缺省为是", "Whether events are sent; yes if absent"],
  active: ["是否推送", "Whether events are sent"],
  secret: [
    "签名密钥：由本服务生成时仅在当次应答中给出，此后均脱敏",
    "Key of the signature: shown once, in the answer for which the service made it, and masked ever after",
  ],
  "Delivery.status": [
    "PENDING 推送中，DELIVERED 已送达，FAILED 三天内未能送达",
    "PENDING, DELIVERED, or FAILED after three days",
  ],
  attempts: ["最近的推送尝试，最早的在前", "The latest attempts, the oldest of them first"],
  "attempts.at": ["尝试时间", "When it was tried"],
  "attempts.status": [
    "接收方的 HTTP 状态码，2xx 即送达",
    "HTTP status of the receiver; any 2xx is a delivery",
  ],
  error: [
    "没有应答时的原因；SECRET_UNREADABLE 表示须重新登记签名密钥",
    "Why there was no answer; for SECRET_UNREADABLE state the webhook's secret again",
  ],
  durationMs: ["耗时（毫秒）", "How long it took, in milliseconds"],
  nextAttemptAt: ["下次尝试时间", "When it is tried next"],
};
