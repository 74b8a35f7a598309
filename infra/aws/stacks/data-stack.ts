import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from "aws-cdk-lib/aws-dynamodb";
import { Key } from "aws-cdk-lib/aws-kms";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { ledgerTable, registryTable, type TableDefinition } from "../../../shared/store/kit/table-schema.ts";
import { acknowledge } from "../constructs/acknowledge.ts";
import type { MessageAudience } from "../personal-data.ts";
import type { StageSettings } from "../stages.ts";
import type { TableName } from "../table-access.ts";

export interface DataStackProps extends StackProps {
  readonly stage: StageSettings;
}

/** What is kept when everything else is replaced: the two tables, and the key under which people are found. */
export class DataStack extends Stack {
  readonly tables: Readonly<Record<TableName, Table>>;
  /** The key of the hash under which ID and card numbers are stored and looked up. */
  readonly lookupKey: Secret;
  /** For each audience the key of the hash by which the repeat of a message is known. */
  readonly messageKeys: Readonly<Record<MessageAudience, Secret>>;
  /** Seals the secrets of webhooks. */
  readonly webhookKey: Secret;
  /** Seals what names a person. Whoever may use it is in `personal-data.ts`; DynamoDB and backups never see it. */
  readonly personalDataKey: Key;
  /** Encrypts these secrets, here and in the environment of the functions that use them. */
  readonly secretsKey: Key;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    const removal = props.stage.removal === "retain" ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.tables = {
      Registry: makeTable(this, registryTable, removal),
      Ledger: makeTable(this, ledgerTable, removal),
    };
    this.personalDataKey = new Key(this, "PersonalDataKey", {
      description:
        "Names, ID and card numbers of the work-injury settlement service. Without it nobody is named.",
      enableKeyRotation: true,
      removalPolicy: removal,
    });
    this.secretsKey = new Key(this, "SecretsKey", {
      description: "Keys of the work-injury settlement service, at rest and in the functions' environment",
      enableKeyRotation: true,
      removalPolicy: removal,
    });
    const makeSecret = (name: string, description: string): Secret =>
      new Secret(this, name, {
        description,
        generateSecretString: { passwordLength: 64, excludePunctuation: true },
        encryptionKey: this.secretsKey,
        removalPolicy: removal,
      });
    this.lookupKey = makeSecret(
      "LookupKey",
      "Key of the hash under which ID and card numbers are stored. Without it nobody can be found.",
    );
    const makeMessageKey = (name: string, senders: string): Secret => {
      const key = makeSecret(
        name,
        `Key of the hash of the content of ${senders} messages. With another one no repeat would be known as one.`,
      );
      acknowledge(
        key,
        "AwsSolutions-SMG4",
        "Repeats of messages are known by a hash made with this key, for as long as messages are kept: it is never changed.",
      );
      return key;
    };
    this.messageKeys = {
      hospital: makeMessageKey("HospitalMessageKey", "hospitals'"),
      enterprise: makeMessageKey("EnterpriseMessageKey", "employers'"),
      agency: makeMessageKey("AgencyMessageKey", "the agency's"),
    };
    this.webhookKey = makeSecret(
      "WebhookKey",
      "Key under which the secrets of webhooks are sealed. Without it no event can be signed.",
    );
    acknowledge(
      this.webhookKey,
      "AwsSolutions-SMG4",
      "What is sealed under it would have to be sealed anew at once: it is changed by hand, and institutions then state " +
        "the secrets of their webhooks again (docs/keys.md).",
    );
    acknowledge(
      this.lookupKey,
      "AwsSolutions-SMG4",
      "People are stored under a hash made with this key. With another key none of them would be found again, so it is " +
        "changed only together with every lookup in the Registry (docs/keys.md), never by a schedule.",
    );
    this.nameForOperators();
  }

  /** What commands in docs/keys.md and docs/runbook.md need: names that CloudFormation made. */
  private nameForOperators(): void {
    const { Registry: registry, Ledger: ledger } = this.tables;
    new CfnOutput(this, "RegistryTable", { value: registry.tableName, description: "Name of the Registry" });
    new CfnOutput(this, "LedgerTable", { value: ledger.tableName, description: "Name of the Ledger" });
    new CfnOutput(this, "LookupKeySecret", {
      value: this.lookupKey.secretName,
      description: "Name of the secret that holds the lookup key, not the key",
    });
  }
}

/**
 * `AWS::DynamoDB::Table` and not the global table that CDK now prefers: the data stays in one region of one country,
 * and every region of both partitions has had this resource for years.
 */
function makeTable(scope: Construct, definition: TableDefinition, removal: RemovalPolicy): Table {
  const table = new Table(scope, definition.name, {
    partitionKey: { name: definition.partitionKey, type: AttributeType.STRING },
    sortKey: { name: definition.sortKey, type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    ...(definition.keepsMoney ? keptForGood(scope, definition) : keptWithStage(removal)),
  });
  for (const index of definition.indexes) {
    table.addGlobalSecondaryIndex({
      indexName: index.name,
      partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
      sortKey: { name: index.sortKey, type: AttributeType.STRING },
      projectionType: index.projection === undefined ? ProjectionType.ALL : ProjectionType.KEYS_ONLY,
    });
  }
  if (!definition.keepsMoney && removal === RemovalPolicy.DESTROY) {
    acknowledge(
      table,
      "AwsSolutions-DDB3",
      "The stage is thrown away with its data; in one that is kept, this table can be restored to a point in time.",
    );
  }
  return table;
}

/** In a stage that is kept, the Registry can be restored as well, and no deployment deletes it. */
const keptWithStage = (removal: RemovalPolicy) => ({
  removalPolicy: removal,
  deletionProtection: removal === RemovalPolicy.RETAIN,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: removal === RemovalPolicy.RETAIN },
});

/** Money, in every stage alike: a stage in which it could be lost would be tested with something else than it runs with. */
function keptForGood(scope: Construct, definition: TableDefinition) {
  return {
    removalPolicy: RemovalPolicy.RETAIN,
    deletionProtection: true,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: new Key(scope, `${definition.name}Key`, {
      description: `Table ${definition.name} of the work-injury settlement service`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    }),
    // The events that jobs follow are items of this table, and the pipe's filter picks them by their keys.
    stream: StreamViewType.NEW_IMAGE,
  };
}
