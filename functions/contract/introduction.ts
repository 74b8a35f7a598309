/** What a reader should know before the first call, in Markdown of paragraphs, lists and code. */
export const introduction = `工伤医疗费用联网结算：先治疗，后付费。协议机构上传就诊与费用明细，系统逐条告知由谁承担；出院时一次结清，职工不垫付，不收押金。

Settlement of medical bills for work injuries: treat first, pay later. A hospital posts a visit and its charge lines and is told line by line who bears what; at discharge the bill is settled at once, and the worker pays nothing in advance.

- 令牌：\`Authorization: Bearer …\`，JWT 含 \`role\` 与 \`institution\`；只能看到本机构的数据 · Token: a JWT with the claims \`role\` and \`institution\`; a caller sees only its own.
- 报文：改变状态的 POST 须带报文编号 \`Idempotency-Key\`。没有收到应答时，内容不变、用同一报文编号重发，得到与第一次逐字节相同的应答 · Messages: every POST that changes something carries \`Idempotency-Key\`. Where no answer came, send the same again with the same key: the answer is the first one, byte for byte.
- 金额：元，两位小数的字符串，如 \`"128.50"\`；单价至多 6 位小数，数量至多 4 位 · Amounts: yuan, strings with two decimals; prices have up to 6 decimals, quantities up to 4.
- 时间：日期 \`YYYY-MM-DD\`，时间 RFC 3339，均按北京时间 · Time: days and RFC 3339 instants, all in Asia/Shanghai.
- 列表：\`limit\` 至多 100（汇总 2000），\`cursor\` 用上一页的 \`nextCursor\` · Lists: \`limit\` up to 100 (reports 2,000); \`cursor\` is the \`nextCursor\` of the page before.
- 失败：\`application/problem+json\`（RFC 9457）。按 \`code\` 处理，不要解析文字；\`action\` 写明该怎么办，\`errors\` 逐项写明位置和可填的值；\`retryable\` 为真时可原样重发 · Refusals: go by \`code\`, never by the words; \`action\` says what to do, \`errors\` where, and what may stand there; where \`retryable\` is true the same request may be sent again.
- 业务上的否定（不符合资格、不予支付）是 200 加原因，不是错误 · A negative business answer (not eligible, not covered) is a 200 with reasons, no error.
- 应答以后可能增加字段，请忽略不认识的字段 · Answers may gain fields: ignore those that you do not know.
- 网关本身的拒绝（令牌无效的 401、限流的 429）可能没有 \`code\`；429 与 503 请稍后原样重发 · A refusal by the gateway itself (401 for a bad token, 429 for too many calls) may have no \`code\`; after 429 or 503 send the same again a little later.

取得令牌 · A token: 本机（\`npm start\`）可用 \`curl -s -u CLIENT:SECRET -d grant_type=client_credentials http://127.0.0.1:8787/oauth/token\`，应答中的 \`access_token\` 即令牌，演示客户端及其密钥在启动时列出；部署的服务请向运行单位所用的身份提供方申请 · On one machine this call answers with it, as \`access_token\`, for the demo clients that the start lists; a deployed service takes the tokens of its operator's issuer.

示例中的编码取自本机（\`npm start\`）的演示数据。由服务编定的编号（如 \`visitId\`、\`workerId\`、\`settlementId\`）须换成前面调用的应答所给的编号，\`Idempotency-Key\` 由调用方自编 · The codes in the examples are those of the demo data on one machine (\`npm start\`). Ids that the service gives (such as \`visitId\`, \`workerId\`, \`settlementId\`) come from the answers to your own calls, and you choose each \`Idempotency-Key\`.`;
