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

/** Counts what is done: on a terminal in one line with the time that is left, elsewhere in a line for each. */
export class Countdown {
  private readonly start = performance.now();
  private finished = 0;

  /**
   * @param total number of items
   * @param noun name of an item
   */
  public constructor(
    private readonly io: Io,
    private readonly total: number,
    private readonly noun: string,
  ) {}

  /** Reports an item that is done. */
  public done(name: string, outcome: string): void {
    this.finished++;
    if (!this.io.isTerminal) {
      this.io.stderr(`${name}: ${outcome}\n`);
      return;
    }
    const seconds = (performance.now() - this.start) / 1000;
    const left = Math.ceil((seconds / this.finished) * (this.total - this.finished));
    this.io.stderr(
      `\r\x1b[K${this.finished} of ${this.total} ${this.noun}s, ${left} s left: ${name}`,
    );
  }

  /** Ends the line on a terminal. */
  public end(): void {
    if (this.io.isTerminal) {
      this.io.stderr("\r\x1b[K");
    }
  }
}
