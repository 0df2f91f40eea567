// The names of the engines, which the command line knows without loading them.

/** The engines that can deploy a fleet. */
export const ENGINES = ["github", "azure-pipelines", "atlantis", "hcp-terraform"] as const;

/** An engine that can deploy a fleet. */
export type Engine = (typeof ENGINES)[number];
