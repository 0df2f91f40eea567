// Workers that answer requests, each in a thread.
import { Answer, Request, Requests } from "../messages";

type Input<Name extends keyof Requests> = Parameters<Requests[Name]>[0];
type Output<Name extends keyof Requests> = Awaited<ReturnType<Requests[Name]>>;

/** Asks a worker. */
export type Ask = <Name extends keyof Requests>(
  name: Name,
  input: Input<Name>,
) => Promise<Output<Name>>;

/** Starts a worker. Its script is in the page, since a page that is a file can load no other one. */
export function startWorker(url: string): Ask {
  const worker = new Worker(url);
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  worker.onerror = ({ message }) => {
    for (const [id, answer] of waiting) {
      answer({ id, error: message });
    }
    waiting.clear();
  };
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  };
  return (name, input) =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, ({ output, error }) => {
        if (error === undefined) {
          resolve(output as never);
        } else {
          reject(new Error(error));
        }
      });
      worker.postMessage({ id, name, input } satisfies Request);
    });
}

/** Returns the address of the script of the workers. */
export function workerUrl(script: string): string {
  return URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
}

/** Returns work that runs once at a time. Calls during a run lead to a single further run. */
export function oneAtATime(work: () => Promise<void>, onError: (error: unknown) => void) {
  let state: "idle" | "running" | "again" = "idle";
  return async function run(): Promise<void> {
    if (state !== "idle") {
      state = "again";
      return;
    }
    do {
      state = "running";
      await work().catch(onError);
    } while ((state as string) === "again");
    state = "idle";
  };
}
