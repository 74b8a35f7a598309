/** Values that examples of several operations share. Only the docs of operations use them, so that no bundle has them. */

export const exampleVisitId = "V4T9R2M7K0Q6X1B8C3D5E";

export const zeroAllocation = {
  fund: "0.00",
  employer: "0.00",
  hospital: "0.00",
  thirdParty: "0.00",
  otherInsurer: "0.00",
  personal: "0.00",
};

/** Of a bill of 48.80 yuan. */
export const settledAllocation = { ...zeroAllocation, fund: "42.60", hospital: "6.20" };

export const overCapReason = { code: "OVER_PRICE_CAP", bearer: "HOSPITAL", amount: "6.20" };
