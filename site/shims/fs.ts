// Files in memory: what cdktf writes when it synthesizes, and what is read back then.

const files = new Map<string, string | undefined>();

/** Removes all files, and returns the path of an empty folder. */
export function emptyFolder(): string {
  files.clear();
  return "/stacks";
}

export function existsSync(path: string): boolean {
  return files.has(path);
}

export function mkdirSync(path: string): void {
  files.set(path, undefined);
}

export function writeFileSync(path: string, text: string): void {
  files.set(path, text);
}

export function readFileSync(path: string): string {
  const text = files.get(path);
  if (text === undefined) {
    throw new Error(`${path}: no such file`);
  }
  return text;
}
