import { existsSync } from "node:fs";
import { join } from "node:path";
import { Duration, RemovalPolicy, type Size } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Architecture, Runtime, RuntimeFamily, Tracing } from "aws-cdk-lib/aws-lambda";
import { NodejsFunction } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { grantEnvironmentKey } from "../grants.ts";
import type { StageSettings } from "../stages.ts";
import { acknowledge } from "./acknowledge.ts";
import { bundlingFor } from "./bundling.ts";

const repository = join(import.meta.dirname, "..", "..", "..");

/** API Gateway gives up after 30 seconds; a function that is stopped before that still leaves its reason in the log. */
export const functionTimeout = Duration.seconds(29);

export interface ServiceFunctionProps {
  readonly stage: StageSettings;
  readonly description: string;
  /** The file that exports `handler`, from the root of the repository. */
  readonly entry: string;
  readonly memoryMegabytes: number;
  /** That of an API function unless told: its caller waits for it. */
  readonly timeout?: Duration;
  /** As many at once at most, and so many that no other function takes; as many as the account has unless told. */
  readonly concurrency?: number;
  /** In `/tmp`; 512 MB unless told. */
  readonly temporaryStorage?: Size;
  /** The variables that the function reads, besides `LOG_LEVEL`, which all read. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether old packages are in the bundle; what starts for a waiting caller should have none. */
  readonly hasCommonJs?: boolean;
  /** Encrypts the environment, when something in it is secret. */
  readonly environmentKey?: IKey;
}

/** Every function of the service is made here: a role of its own with no grant but to its own log, and one bundle. */
export class ServiceFunction extends Construct {
  readonly function: NodejsFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { stage } = props;
    this.logGroup = new LogGroup(this, "Log", {
      retention: stage.logRetentionDays,
      removalPolicy: stage.removal === "retain" ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, "Role", {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
      description: props.description,
    });
    this.logGroup.grantWrite(this.role);
    if (props.environmentKey !== undefined) grantEnvironmentKey(this.role, props.environmentKey);

    this.function = new NodejsFunction(this, "Function", {
      description: props.description,
      entry: entryFile(props.entry),
      projectRoot: repository,
      depsLockFilePath: join(repository, "package-lock.json"),
      handler: "handler",
      runtime: new Runtime(stage.runtime, RuntimeFamily.NODEJS, { supportsInlineCode: true }),
      architecture: stage.architecture === "arm64" ? Architecture.ARM_64 : Architecture.X86_64,
      bundling: bundlingFor(stage.runtime, props),
      memorySize: props.memoryMegabytes,
      timeout: props.timeout ?? functionTimeout,
      ...(props.concurrency === undefined ? {} : { reservedConcurrentExecutions: props.concurrency }),
      ...(props.temporaryStorage === undefined ? {} : { ephemeralStorageSize: props.temporaryStorage }),
      environment: { ...props.environment, LOG_LEVEL: stage.logLevel },
      ...(props.environmentKey === undefined ? {} : { environmentEncryption: props.environmentKey }),
      role: this.role,
      logGroup: this.logGroup,
      tracing: stage.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    });
    acknowledgeFindings(this, stage);
  }
}

function entryFile(entry: string): string {
  const file = join(repository, entry);
  if (!existsSync(file)) throw new Error(`${entry} does not exist, but an operation needs it`);
  return file;
}

function acknowledgeFindings(construct: ServiceFunction, stage: StageSettings): void {
  if (stage.tracing) {
    acknowledge(
      construct.role,
      "AwsSolutions-IAM5[Resource::*]",
      "X-Ray has no resources to name: its two write actions can be granted on all or on none.",
    );
  }
  if (stage.runtime !== "nodejs24.x") {
    acknowledge(
      construct.function,
      "AwsSolutions-L1",
      "This region does not offer the newest runtime yet; the one before it is still supported and gets security fixes.",
    );
  }
}
