// A Terraform root module in a folder, and what terraform says about it.
import { renameSync } from "node:fs";
import { join } from "node:path";
import { ENVIRONMENT, requireTerraform } from "./environment";
import { Run, run } from "./processes";

// Fails every test file that needs it, with one sentence.
requireTerraform(ENVIRONMENT);

/** A message of terraform. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
}

/** What `terraform validate` finds. */
export interface Validation {
  readonly valid: boolean;
  readonly diagnostics: Diagnostic[];
}

/** Attributes of a resource. */
export interface Attributes {
  readonly [name: string]: unknown;
}

/** A resource in a state. */
export interface StateResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly values: Attributes;
}

/** A state, as far as the tests look into it. */
export interface State {
  readonly resources: StateResource[];
  readonly outputs: { [name: string]: unknown };
}

/** A change of a resource in a plan. */
export interface PlannedChange {
  readonly address: string;
  /** The address in the state, if it moves. */
  readonly previous_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly change: {
    readonly actions: string[];
    /** Set if it is taken into the state from Azure. */
    readonly importing?: object;
    /** Null if the resource is created. */
    readonly before: Attributes | null;
    readonly after: Attributes;
    /** As `after`, with `true` for everything that is known after apply only. */
    readonly after_unknown: Attributes;
  };
}

interface StateOutput {
  readonly values?: {
    readonly outputs?: { [name: string]: { value: unknown } };
    readonly root_module?: { resources?: StateResource[] };
  };
}

interface LogLine {
  readonly diagnostic?: Diagnostic;
  readonly type?: string;
  readonly hook?: { readonly action?: string; readonly resource?: { readonly addr: string } };
}

/** A root module, in a separate folder. */
export class TerraformRoot {
  /** @param env variables on top of the environment of terraform */
  public constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv = {},
  ) {}

  /** Once, before everything else. */
  public async init(...options: string[]): Promise<void> {
    await this.succeed("init", "-input=false", "-no-color", ...options);
  }

  public async validate(): Promise<Validation> {
    const { stdout } = await this.terraform("validate", "-json", "-no-color");
    return JSON.parse(stdout) as Validation;
  }

  /** Plans, and keeps the plan: whether anything would change, outputs included. */
  public async plan(...options: string[]): Promise<boolean> {
    const args = [
      "plan",
      "-input=false",
      "-no-color",
      "-detailed-exitcode",
      "-out=plan",
      ...options,
    ];
    const result = await this.terraform(...args);
    if (result.exitCode !== 0 && result.exitCode !== 2) {
      throw failure(args.join(" "), result);
    }
    return result.exitCode === 2;
  }

  /** Plans, whatever comes of it: the errors and warnings. */
  public async diagnose(...options: string[]): Promise<Diagnostic[]> {
    return diagnosticsIn(await this.planLog(...options));
  }

  /** Plans, whatever comes of it: the output of `plan -json`. */
  public async planLog(...options: string[]): Promise<string> {
    const { stdout } = await this.terraform("plan", "-json", "-input=false", ...options);
    return stdout;
  }

  /** Plans and applies, whatever comes of it: the errors and warnings. */
  public async diagnoseApply(): Promise<Diagnostic[]> {
    const { stdout } = await this.terraform("apply", "-json", "-input=false", "-auto-approve");
    return diagnosticsIn(stdout);
  }

  /** Plans and applies: every request for a resource, as `delete azurerm_role_assignment.a`. */
  public async applied(): Promise<string[]> {
    const { stdout } = await this.succeed("apply", "-json", "-input=false", "-auto-approve");
    return linesIn(stdout).flatMap(({ type, hook }) =>
      type === "apply_start" ? `${hook?.action} ${hook?.resource?.addr}` : [],
    );
  }

  /** What the last plan says of the resources. */
  public async planned(): Promise<PlannedChange[]> {
    const { stdout } = await this.succeed("show", "-json", "plan");
    return (JSON.parse(stdout) as { resource_changes?: PlannedChange[] }).resource_changes ?? [];
  }

  /** Applies the last plan. */
  public async apply(): Promise<State> {
    await this.succeed("apply", "-input=false", "-no-color", "plan");
    return this.state();
  }

  /** Plans to destroy everything: the errors, none if it may be done. */
  public refusalsToDestroy(): Promise<Diagnostic[]> {
    return this.refusals("-destroy");
  }

  /** Plans with options: the errors, none if it may be done. */
  public async refusals(...options: string[]): Promise<Diagnostic[]> {
    const result = await this.terraform("plan", "-json", "-input=false", ...options);
    const errors = diagnosticsIn(result.stdout).filter(({ severity }) => severity === "error");
    if (result.exitCode !== 0 && errors.length === 0) {
      throw failure(`plan ${options.join(" ")}`, result);
    }
    return errors;
  }

  /** As if the state were lost: everything is made again. */
  public async applyWithoutState(): Promise<State> {
    renameSync(join(this.folder, "terraform.tfstate"), join(this.folder, "lost.tfstate"));
    await this.succeed("apply", "-input=false", "-no-color", "-auto-approve");
    return this.state();
  }

  /** What is in the state. */
  public async state(): Promise<State> {
    const { stdout } = await this.succeed("show", "-json");
    const { values } = JSON.parse(stdout) as StateOutput;
    const outputs = Object.entries(values?.outputs ?? {});
    return {
      resources: values?.root_module?.resources ?? [],
      outputs: Object.fromEntries(outputs.map(([name, { value }]) => [name, value])),
    };
  }

  private async succeed(...args: string[]): Promise<Run> {
    const result = await this.terraform(...args);
    if (result.exitCode !== 0) {
      throw failure(args.join(" "), result);
    }
    return result;
  }

  private terraform(...args: string[]): Promise<Run> {
    return run("terraform", args, { cwd: this.folder, env: this.env });
  }
}

function diagnosticsIn(log: string): Diagnostic[] {
  return linesIn(log).flatMap(({ diagnostic }) => diagnostic ?? []);
}

function linesIn(log: string): LogLine[] {
  return log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as LogLine);
}

function failure(command: string, { exitCode, stdout, stderr }: Run): Error {
  return new Error(`terraform ${command} ended with ${exitCode}:\n${stderr}\n${stdout}`);
}
