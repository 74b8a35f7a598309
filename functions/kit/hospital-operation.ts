/** Why a visit may not be changed. */
export const notChangeable = [
  "VISIT_NOT_FOUND",
  "VISIT_NOT_OPEN",
  "VISIT_SETTLED",
  "VISIT_CANCELLED",
] as const;

const common = { audience: "hospital", roles: ["hospital"] } as const;
/** Operations that change nothing, or whose repetition changes nothing more. */
export const unchanging = { ...common, message: false } as const;
export const message = { ...common, message: true } as const;
