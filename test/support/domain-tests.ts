/**
 * The tests that have to cover all branches of the domain and kill its mutants without help. They are pure and leave
 * nothing behind, so they share the process of a worker.
 */
export const domainTests = {
  include: ["test/{unit,property}/**/*.test.ts"],
  // What has nothing to do with the domain takes its time without coverage.
  exclude: [
    "test/property/bill-size.test.ts",
    "test/unit/{kit/hostile-bodies,kit/handlers,contract/openapi,documents/plain-texts,demo/post-demo-bills,reconciliation/unlisted-differences}.test.ts",
    "test/unit/{files,http,infra,personal-data,supply-chain,webhooks}/**/*.test.ts",
  ],
  isolate: false,
};
