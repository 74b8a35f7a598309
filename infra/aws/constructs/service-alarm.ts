import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  type IMetric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { Construct } from "constructs";

/** The headings of docs/runbook.md that alarms point to. A test holds the two together. */
export const runbookEntries = [
  "server-errors",
  "refused-tokens",
  "rate-limited",
  "many-look-ups",
  "function-errors",
  "function-throttles",
  "slow-functions",
  "database-throttles",
  "database-errors",
  "transaction-conflicts",
  "undelivered-events",
  "unfinished-cases",
  "untold-events",
  "job-errors",
  "unsealed-trail",
  "unfinished-comparisons",
] as const;
export type RunbookEntry = (typeof runbookEntries)[number];

export interface ServiceAlarmProps {
  readonly entry: RunbookEntry;
  /** What somebody outside feels, in a sentence: it is the first thing that is read at night. */
  readonly impact: string;
  readonly metric: IMetric;
  /** The alarm is raised at this value and above. */
  readonly threshold: number;
  /** How many periods in a row; 1 unless told. */
  readonly periods?: number;
  /** Raised where nothing is measured, of what should never be silent; silence is well unless told. */
  readonly isRaisedBySilence?: true;
  readonly actions: readonly IAlarmAction[];
}

/** An alarm says what is felt and where to read on. It tells of its end as well as of its beginning. */
export class ServiceAlarm extends Construct {
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: ServiceAlarmProps) {
    super(scope, id);
    this.alarm = new Alarm(this, "Alarm", {
      alarmDescription: `${props.impact} What to do: docs/runbook.md#${props.entry}`,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: props.periods ?? 1,
      // Most metrics are missing when nobody calls.
      treatMissingData:
        props.isRaisedBySilence === true ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    for (const action of props.actions) {
      this.alarm.addAlarmAction(action);
      this.alarm.addOkAction(action);
    }
  }
}
