/** `day` counts from admission; "daily" is every day but that of the discharge, which only a stay has. */
export type StepDays = "daily" | "last" | readonly number[];

/** One item of a course of care: what, on which days, how much of it, at what local time. */
export type CareStep = readonly [itemCode: string, days: StepDays, quantity: string, time: string];

export const ON_ADMISSION = [0] as const;
export const ON_THE_NEXT_DAY = [1] as const;
