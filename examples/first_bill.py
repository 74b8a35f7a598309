"""
医院的第一张账单 · A hospital's first bill

  python3 first_bill.py      Python 3.9 或更新，只用标准库 · or later, standard library only；先运行 npm start · start the service first

查资格、登记、上传明细、结算、回读。再运行一次也不会重复入账：报文编号相同，得到的是第一次的应答。
Eligibility, registration, charges, settlement, read back. Run it twice and nothing happens twice: the keys are the same.
"""

import base64
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request

SERVICE_URL = os.environ.get("SERVICE_URL", "http://127.0.0.1:8787")
TOKEN_URL = os.environ.get("TOKEN_URL", f"{SERVICE_URL}/oauth/token")
CLIENT_ID = os.environ.get("CLIENT_ID", "demo-hospital")
CLIENT_SECRET = os.environ.get("CLIENT_SECRET", "demo-secret")

# 院内就诊号；报文编号由它得出。实际系统里，报文编号与账单在同一事务落库，然后才发送。
# The hospital's own number of the visit; the keys derive from it. In a real system, store each key with the bill, in one
# transaction of your database, before you send.
VISIT_NO = os.environ.get("VISIT_NO", "FIRST-PYTHON")

ATTEMPTS = 6
TIMEOUT_SECONDS = 10


def send_once(method, url, headers, content):
    """一次尝试：状态、头、正文 · One attempt: status, headers, text."""
    request = urllib.request.Request(url, data=content, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers, refusal.read().decode()


def send(method, url, headers, content=None):
    """
    发送，直到得到确定的应答。超时、断线、429、5xx：内容不变，用同一报文编号重发，效果只有一次。其他拒绝：改正后再发。
    Sends until the answer is certain. Time-out, broken connection, 429, 5xx: the same bytes again, with the same key; the
    effect is one. Any other refusal: mend it first. docs/no-answer.md
    """
    for attempt in range(1, ATTEMPTS + 1):
        retry_after = 0.0
        try:
            status, answered, text = send_once(method, url, headers, content)
            if status < 300:
                return answered, text
            if status < 500 and status != 429:
                sys.exit(f"被拒绝 · refused: {status} {text}")
            retry_after = float(answered.get("Retry-After", "0"))
        except (OSError, http.client.HTTPException):
            pass  # 没有应答，不知是否生效 · no answer: it may have taken effect, or not
        time.sleep(max(retry_after, 0.2 * 2**attempt))
    sys.exit("结果未知，稍后用同一报文编号重发 · the outcome is unknown: send it again later, with the same key")


basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
_, token_answer = send(
    "POST",
    TOKEN_URL,
    {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"},
    b"grant_type=client_credentials",
)
bearer = {"Authorization": f"Bearer {json.loads(token_answer)['access_token']}"}


def get(path):
    _, text = send("GET", SERVICE_URL + path, bearer)
    return json.loads(text)


def post(path, body, key=None):
    headers = {**bearer, "Content-Type": "application/json"}
    if key is not None:
        headers["Idempotency-Key"] = key
    return send("POST", SERVICE_URL + path, headers, json.dumps(body).encode())


# 1. 该职工能否由基金支付？· May this worker be treated at the fund's cost?
_, text = post(
    "/v1/hospital/eligibility-checks",
    {"cardNumber": "DEMO000001", "visitType": "OUTPATIENT", "serviceDate": "2026-08-03"},
)
check = json.loads(text)
if check["route"] == "NONE":
    sys.exit(f"不能由基金支付 · not at the fund's cost: {check['refusals']}")
print(f"资格 · eligibility: {check['route']}")

# 2. 登记，不收押金。· Register the visit; no deposit is asked.
_, text = post(
    "/v1/hospital/visits",
    {
        "hospitalVisitNo": VISIT_NO,
        "visitType": "OUTPATIENT",
        "cardNumber": "DEMO000001",
        "caseNo": "GS2026000001",
        "admittedAt": "2026-08-03T09:00:00+08:00",
        "department": "骨科",
        "diagnoses": [{"code": "S62.600", "name": "指骨骨折", "primary": True}],
        "employerNotice": {"reference": "2026-17", "at": "2026-08-03T09:00:00+08:00"},
    },
    key=f"{VISIT_NO}-register",
)
visit_id = json.loads(text)["visitId"]
print(f"就诊 · visit: {visit_id}")

# 3. 上传明细。金额一律用字符串，不要用浮点数。· Upload the lines. Amounts are strings, never floats.
_, text = post(
    f"/v1/hospital/visits/{visit_id}/charges",
    {
        "lines": [
            {
                "lineNo": "1",
                "itemCode": "S-1001",
                "name": "普通门诊诊查费",
                "quantity": "1",
                "unitPrice": "16.50",
                "amount": "16.50",
                "serviceAt": "2026-08-03T09:20:00+08:00",
            },
            {
                "lineNo": "2",
                "itemCode": "X-2",
                "name": "营养品",
                "quantity": "1",
                "unitPrice": "30.00",
                "amount": "30.00",
                "serviceAt": "2026-08-03T09:40:00+08:00",
                "consent": {"signedBy": "WORKER", "reference": "同意书 8"},
            },
        ]
    },
    key=f"{VISIT_NO}-lines-1",
)
# 应答逐行说明谁承担多少、为什么。· The answer says line by line who bears what, and why.
for line in json.loads(text)["lines"]:
    print(f"明细 · line {line['lineNo']}: fund {line['allocation']['fund']}, reasons {line['reasons']}")


# 4. 结算。· Settle.
def settle():
    return post(f"/v1/hospital/visits/{visit_id}/settlements", {}, key=f"{VISIT_NO}-settle")


_, settled = settle()

# 5. 假如应答丢失：同一报文编号重发，逐字节相同，只结算一次。
#    Suppose that the answer was lost: the same key again gives the same bytes, and settles nothing twice.
headers, again = settle()
if headers["Idempotency-Replayed"] != "true" or again != settled:
    sys.exit("the repeat differs")
print("重发 · sent again: 应答逐字节相同 · the same answer, byte for byte")

# 6. 回读入账。· Read it back, and book it.
settlement = get(f"/v1/hospital/settlements/{json.loads(settled)['settlementId']}")
print(
    f"结算 · settlement: {settlement['settlementId']} total {settlement['total']}"
    f" fund {settlement['allocation']['fund']} personal {settlement['allocation']['personal']}"
)
