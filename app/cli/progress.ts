// Reports progress of commands that run for more than a second.
import { Io } from "./io";

const DELAY_MS = 1000;

/** Reports the steps of a command. */
export class Progress {
  private readonly start = performance.now();

  public constructor(private readonly io: Io) {}

  /** Prints the next step, if the command has been running for more than a second. */
  public step(name: string): void {
    if (performance.now() - this.start >= DELAY_MS) {
      this.io.stderr(`${name} …\n`);
    }
  }

  /** Waits for work, and prints the step once it takes more than a second. */
  public async during<T>(name: string, work: Promise<T>): Promise<T> {
    const timer = setTimeout(() => {
      this.io.stderr(`${name} …\n`);
    }, DELAY_MS);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
    }
  }
}
