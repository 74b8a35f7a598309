import type { Visit } from "../../shared/domain/visits/visit.ts";

/** Said with every amount that depends on a decision which has not arrived (先治疗、后付费). */
const undecided = {
  zh: "工伤认定作出前的预计分担：认定后由基金支付，在此之前基金不承担支付；不得向职工收取押金",
  en: "Before the decision: what the fund pays if the injury is recognised. It owes nothing until then, and no deposit may be asked",
};

/** Said with every amount that the fund would pay if nothing were in the way, which the code names. */
const blocked = {
  zh: "预计分担：基金目前不能支付，原因见代码；该原因消除后由基金支付，不得向职工收取押金",
  en: "What the fund pays once the reason that the code names no longer stands in the way. It owes nothing until then, and no deposit may be asked",
};

/** What is to be said of a waiting amount. */
export const waitingSentence = (blockedBy: Visit["blockedBy"]) =>
  blockedBy === undefined ? undecided : blocked;

/** What is to be said of the amounts of a visit; undefined where the fund pays. */
export const provisionalSentence = ({ guarantee, blockedBy }: Pick<Visit, "guarantee" | "blockedBy">) =>
  guarantee === "PROVISIONAL" || blockedBy !== undefined ? waitingSentence(blockedBy) : undefined;
