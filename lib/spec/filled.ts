// Fills defaults into one part of a description. Pure.

type OptionalFields<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** A value for each optional field of `T`: `undefined` says that the field has no default. */
type Defaults<T> = { readonly [K in OptionalFields<T>]: T[K] };

/** `T`, in which the fields that have a default are always present. */
type Filled<T, D> = T & {
  readonly [
    K in keyof T as K extends keyof D ? (undefined extends D[K] ? never : K) : never
  ]-?: Exclude<T[K], undefined>;
};

/** Fills in what is left out. A field that is set to `undefined` counts as left out. */
export function filled<T extends object, D extends Defaults<T>>(
  given: T,
  defaults: D & { readonly [K in Exclude<keyof D, keyof T>]: never },
): Filled<T, D> {
  const written = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...(defaults as object), ...Object.fromEntries(written) } as Filled<T, D>;
}
