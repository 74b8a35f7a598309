import type { CareStep } from "./care-step.ts";
import type { VisitType } from "./registry-bodies.ts";
import type { stayCourses } from "./stay-courses.ts";
import type { Signer } from "./visit-bodies.ts";
import type { visitCourses } from "./visit-courses.ts";

/** A line besides the course of care, or a line of it made special; each shows one rule of the arithmetic. */
export interface PlannedExtra {
  readonly step: CareStep;
  /** Of the cap: above 100 the line is over it. */
  readonly percentOfCap?: number;
  /** For what the catalogue has no price for. */
  readonly unitPrice?: string;
  readonly injuryRelated?: boolean;
  readonly restrictionMet?: boolean;
  readonly diagnosisCode?: string;
  readonly consentBy?: Signer;
  /** How much of the line is refunded, and when (local time, same day). */
  readonly refund?: readonly [quantity: string, time: string];
}

export interface BillPlan {
  /** 1 is H33030400001 (demo-hospital), 2 is H33030400002 (demo-hospital-2). */
  readonly hospital: 1 | 2;
  /** Number of the showcase case, from 1. */
  readonly caseNumber: number;
  readonly visitType: VisitType;
  readonly course: keyof typeof visitCourses | keyof typeof stayCourses;
  /** Local day and time. */
  readonly admitted: readonly [day: string, time: string];
  readonly discharged?: readonly [day: string, time: string];
  /** The employer did not tell the hospital in writing that this is a work injury. */
  readonly noEmployerNotice?: true;
  /** The worker shows a card, not an ID number. */
  readonly byCard?: true;
  readonly extras?: readonly PlannedExtra[];
}
