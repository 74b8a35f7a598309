import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * 医院的第一张账单 · A hospital's first bill
 *
 * <pre>  java FirstBill.java      Java 17 或更新，只用 JDK · or later, the JDK alone；先运行 npm start · start the service first</pre>
 *
 * 查资格、登记、上传明细、结算、回读。再运行一次也不会重复入账：报文编号相同，得到的是第一次的应答。
 * Eligibility, registration, charges, settlement, read back. Run it twice and nothing happens twice: the keys are the same.
 */
public class FirstBill {
    static final String SERVICE_URL = setting("SERVICE_URL", "http://127.0.0.1:8787");
    static final String TOKEN_URL = setting("TOKEN_URL", SERVICE_URL + "/oauth/token");
    static final String CLIENT_ID = setting("CLIENT_ID", "demo-hospital");
    static final String CLIENT_SECRET = setting("CLIENT_SECRET", "demo-secret");

    // 院内就诊号；报文编号由它得出。实际系统里，报文编号与账单在同一事务落库，然后才发送。
    // The hospital's own number of the visit; the keys derive from it. In a real system, store each key with the bill, in
    // one transaction of your database, before you send.
    static final String VISIT_NO = setting("VISIT_NO", "FIRST-JAVA");

    static final int ATTEMPTS = 6;
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    static String bearer;

    public static void main(String[] args) throws InterruptedException {
        String basic = CLIENT_ID + ":" + CLIENT_SECRET;
        HttpResponse<String> token = send(HttpRequest.newBuilder(URI.create(TOKEN_URL))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials")));
        bearer = "Bearer " + field(token, "access_token");

        // 1. 该职工能否由基金支付？· May this worker be treated at the fund's cost?
        HttpResponse<String> check = post("/v1/hospital/eligibility-checks", VISIT_NO + "-check", """
                { "cardNumber": "DEMO000001", "visitType": "OUTPATIENT", "serviceDate": "2026-08-03" }""");
        if (field(check, "route").equals("NONE"))
            throw new IllegalStateException("不能由基金支付 · not at the fund's cost: " + check.body());
        System.out.println("资格 · eligibility: " + field(check, "route"));

        // 2. 登记，不收押金。· Register the visit; no deposit is asked.
        HttpResponse<String> registration = post("/v1/hospital/visits", VISIT_NO + "-register", """
                { "hospitalVisitNo": "%s", "visitType": "OUTPATIENT", "cardNumber": "DEMO000001", "caseNo": "GS2026000001",
                  "admittedAt": "2026-08-03T09:00:00+08:00", "department": "骨科",
                  "diagnoses": [{ "code": "S62.600", "name": "指骨骨折", "primary": true }],
                  "employerNotice": { "reference": "2026-17", "at": "2026-08-03T09:00:00+08:00" } }""".formatted(VISIT_NO));
        String visit = "/v1/hospital/visits/" + field(registration, "visitId");
        System.out.println("就诊 · visit: " + field(registration, "visitId"));

        // 3. 上传明细。金额一律用字符串，不要用 double。应答逐行说明谁承担多少、为什么。
        //    Upload the lines. Amounts are strings, never double. The answer says line by line who bears what, and why.
        HttpResponse<String> charges = post(visit + "/charges", VISIT_NO + "-lines-1", """
                { "lines": [
                  { "lineNo": "1", "itemCode": "S-1001", "name": "普通门诊诊查费", "quantity": "1", "unitPrice": "16.50",
                    "amount": "16.50", "serviceAt": "2026-08-03T09:20:00+08:00" },
                  { "lineNo": "2", "itemCode": "X-2", "name": "营养品", "quantity": "1", "unitPrice": "30.00",
                    "amount": "30.00", "serviceAt": "2026-08-03T09:40:00+08:00",
                    "consent": { "signedBy": "WORKER", "reference": "同意书 8" } } ] }""");
        System.out.println("明细 · lines: " + charges.body());

        // 4. 结算。· Settle.
        HttpResponse<String> settled = post(visit + "/settlements", VISIT_NO + "-settle", "{}");

        // 5. 假如应答丢失：同一报文编号重发，逐字节相同，只结算一次。
        //    Suppose that the answer was lost: the same key again gives the same bytes, and settles nothing twice.
        HttpResponse<String> again = post(visit + "/settlements", VISIT_NO + "-settle", "{}");
        boolean isReplayed = again.headers().firstValue("Idempotency-Replayed").orElse("").equals("true");
        if (!isReplayed || !again.body().equals(settled.body())) throw new IllegalStateException("the repeat differs");
        System.out.println("重发 · sent again: 应答逐字节相同 · the same answer, byte for byte");

        // 6. 回读入账。· Read it back, and book it.
        HttpResponse<String> settlement = get("/v1/hospital/settlements/" + field(settled, "settlementId"));
        System.out.printf("结算 · settlement: %s total %s fund %s personal %s%n", field(settlement, "settlementId"),
                field(settlement, "total"), field(settlement, "fund"), field(settlement, "personal"));
    }

    /**
     * 发送，直到得到确定的应答。超时、断线、429、5xx：内容不变，用同一报文编号重发，效果只有一次。其他拒绝：改正后再发。
     * Sends until the answer is certain. Time-out, broken connection, 429, 5xx: the same bytes again, with the same key;
     * the effect is one. Any other refusal: mend it first. docs/no-answer.md
     */
    static HttpResponse<String> send(HttpRequest.Builder builder) throws InterruptedException {
        HttpRequest request = builder.timeout(TIMEOUT).build();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            long pauseMs = 200L << attempt;
            try {
                HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
                if (answer.statusCode() < 300) return answer;
                if (answer.statusCode() < 500 && answer.statusCode() != 429)
                    throw new IllegalStateException("被拒绝 · refused: " + answer.statusCode() + " " + answer.body());
                pauseMs = Math.max(pauseMs, 1000 * answer.headers().firstValueAsLong("Retry-After").orElse(0));
            } catch (IOException noAnswer) {
                // 没有应答，不知是否生效 · It may have taken effect, or not.
            }
            Thread.sleep(pauseMs);
        }
        throw new IllegalStateException(
                "结果未知，稍后用同一报文编号重发 · the outcome is unknown: send it again later, with the same key");
    }

    static HttpResponse<String> get(String path) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(SERVICE_URL + path)).header("Authorization", bearer));
    }

    static HttpResponse<String> post(String path, String key, String body) throws InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(SERVICE_URL + path))
                .header("Authorization", bearer)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    /** 应答中一个文本字段，取其首次出现 · A text field of an answer, where it comes first. Real programs parse the JSON. */
    static String field(HttpResponse<String> answer, String name) {
        var found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(answer.body());
        if (!found.find()) throw new IllegalStateException(name + " is not in " + answer.body());
        return found.group(1);
    }

    static String setting(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
