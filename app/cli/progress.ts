// Tells what takes long: nothing within the first second.
import { Io } from "./io";

const PATIENCE_MS = 1000;

/** What a command is doing. */
export class Progress {
  private readonly start = performance.now();

  public constructor(private readonly io: Io) {}

  /** Says what comes next, if the command runs for over a second already. */
  public step(what: string): void {
    if (performance.now() - this.start >= PATIENCE_MS) {
      this.io.stderr(`${what} …\n`);
    }
  }

  /** Waits for something, and says so once it takes over a second. */
  public async during<T>(what: string, work: Promise<T>): Promise<T> {
    const timer = setTimeout(() => {
      this.io.stderr(`${what} …\n`);
    }, PATIENCE_MS);
    try {
      return await work;
    } finally {
      clearTimeout(timer);
    }
  }
}
