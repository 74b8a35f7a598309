/** Said with every amount that depends on a decision which has not arrived (先治疗、后付费). */
export const provisional = {
  zh: "工伤认定作出前的预计分担：认定后由基金支付，在此之前基金不承担支付；不得向职工收取押金",
  en: "Before the decision: what the fund pays if the injury is recognised. It owes nothing until then, and no deposit may be asked",
};
