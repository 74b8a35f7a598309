#!/bin/sh
# 医院的第一张账单 · A hospital's first bill
#
#   sh first-bill.sh      curl 7.71 或更新 · or later；先运行 npm start · start the service first
#
# 查资格、登记、上传明细、结算、回读。再运行一次也不会重复入账：报文编号相同，得到的是第一次的应答。
# Eligibility, registration, charges, settlement, read back. Run it twice and nothing happens twice: the keys are the same.
set -eu

SERVICE_URL=${SERVICE_URL:-http://127.0.0.1:8787}
TOKEN_URL=${TOKEN_URL:-$SERVICE_URL/oauth/token}
CLIENT_ID=${CLIENT_ID:-demo-hospital}
CLIENT_SECRET=${CLIENT_SECRET:-demo-secret}

# 院内就诊号；报文编号由它得出。实际系统里，报文编号与账单在同一事务落库，然后才发送。
# The hospital's own number of the visit; the keys derive from it. In a real system, store each key with the bill, in one
# transaction of your database, before you send.
VISIT_NO=${VISIT_NO:-FIRST-CURL}

WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

# 发送，直到得到确定的应答。超时、断线、429、5xx：内容不变，用同一报文编号重发，效果只有一次。其他拒绝：改正后再发。
# Sends until the answer is certain. Time-out, broken connection, 429, 5xx: curl sends the same bytes again, with the same
# key, after Retry-After; the effect is one. Any other refusal: mend it first. docs/no-answer.md
# The answer is in $WORK/answer, its headers are in $WORK/headers.
send() {
  : > "$WORK/headers"
  status=$(curl --silent --max-time 10 --retry 5 --retry-all-errors \
    --output "$WORK/answer" --dump-header "$WORK/headers" --write-out '%{http_code}' "$@") ||
    { echo '结果未知，稍后用同一报文编号重发 · the outcome is unknown: send it again later, with the same key' >&2; exit 1; }
  case $status in
    2*) ;;
    *) echo "被拒绝 · refused: $status $(cat "$WORK/answer")" >&2; exit 1 ;;
  esac
}

# 应答中一个文本字段的值 · A text field of the answer, where it comes first. Real programs parse the JSON.
field() { grep -o "\"$1\":\"[^\"]*\"" "$WORK/answer" | head -n 1 | cut -d '"' -f 4; }

send --user "$CLIENT_ID:$CLIENT_SECRET" --data grant_type=client_credentials "$TOKEN_URL"
TOKEN=$(field access_token)

get() { send --header "Authorization: Bearer $TOKEN" "$SERVICE_URL$1"; }

# post PATH KEY，正文来自标准输入 · the body comes from standard input
post() {
  cat > "$WORK/body"
  send --header "Authorization: Bearer $TOKEN" --header 'Content-Type: application/json' \
    --header "Idempotency-Key: $2" --data-binary "@$WORK/body" "$SERVICE_URL$1"
}

# 1. 该职工能否由基金支付？· May this worker be treated at the fund's cost?
post /v1/hospital/eligibility-checks "$VISIT_NO-check" <<'JSON'
{ "cardNumber": "DEMO000001", "visitType": "OUTPATIENT", "serviceDate": "2026-08-03" }
JSON
ROUTE=$(field route)
[ "$ROUTE" != NONE ] || { echo "不能由基金支付 · not at the fund's cost: $(cat "$WORK/answer")" >&2; exit 1; }
echo "资格 · eligibility: $ROUTE"

# 2. 登记，不收押金。· Register the visit; no deposit is asked.
post /v1/hospital/visits "$VISIT_NO-register" <<JSON
{ "hospitalVisitNo": "$VISIT_NO", "visitType": "OUTPATIENT", "cardNumber": "DEMO000001", "caseNo": "GS2026000001",
  "admittedAt": "2026-08-03T09:00:00+08:00", "department": "骨科",
  "diagnoses": [{ "code": "S62.600", "name": "指骨骨折", "primary": true }],
  "employerNotice": { "reference": "2026-17", "at": "2026-08-03T09:00:00+08:00" } }
JSON
VISIT_ID=$(field visitId)
echo "就诊 · visit: $VISIT_ID"

# 3. 上传明细。金额一律用字符串，不要用浮点数。应答逐行说明谁承担多少、为什么。
#    Upload the lines. Amounts are strings, never floats. The answer says line by line who bears what, and why.
post "/v1/hospital/visits/$VISIT_ID/charges" "$VISIT_NO-lines-1" <<'JSON'
{ "lines": [
  { "lineNo": "1", "itemCode": "S-1001", "name": "普通门诊诊查费", "quantity": "1", "unitPrice": "16.50", "amount": "16.50",
    "serviceAt": "2026-08-03T09:20:00+08:00" },
  { "lineNo": "2", "itemCode": "X-2", "name": "营养品", "quantity": "1", "unitPrice": "30.00", "amount": "30.00",
    "serviceAt": "2026-08-03T09:40:00+08:00", "consent": { "signedBy": "WORKER", "reference": "同意书 8" } } ] }
JSON
echo "明细 · lines: $(cat "$WORK/answer")"

# 4. 结算。· Settle.
settle() { echo '{}' | post "/v1/hospital/visits/$VISIT_ID/settlements" "$VISIT_NO-settle"; }
settle
cp "$WORK/answer" "$WORK/settled"
SETTLEMENT_ID=$(field settlementId)

# 5. 假如应答丢失：同一报文编号重发，逐字节相同，只结算一次。
#    Suppose that the answer was lost: the same key again gives the same bytes, and settles nothing twice.
settle
grep -qi '^idempotency-replayed: true' "$WORK/headers" && cmp -s "$WORK/settled" "$WORK/answer" ||
  { echo 'the repeat differs' >&2; exit 1; }
echo '重发 · sent again: 应答逐字节相同 · the same answer, byte for byte'

# 6. 回读入账。· Read it back, and book it.
get "/v1/hospital/settlements/$SETTLEMENT_ID"
echo "结算 · settlement: $(field settlementId) total $(field total) fund $(field fund) personal $(field personal)"
