/**
 * Takes the place of `@aws-sdk/middleware-endpoint-discovery` in the bundles. The client of DynamoDB asks it for settings that none
 * of its commands uses; with them comes a cache of endpoints, which is larger than most of our own operations.
 */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: (): undefined => undefined,
  configFileSelector: (): undefined => undefined,
  default: undefined,
};

/** The client's settings as they are. */
export const resolveEndpointDiscoveryConfig = <Settings>(settings: Settings): Settings => settings;
