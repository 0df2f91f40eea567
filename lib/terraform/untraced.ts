// Keeps cdktf from recording where every token is made.

/**
 * Makes something without a stack trace in each of its tokens.
 *
 * cdktf takes one for each token and keeps it, regardless of `stackTraces` of the app, and has no setting
 * for it: a third of the time and most of the memory that a cluster takes. It only ever shows below an error
 * about a token, and errors here name the construct. Errors that are thrown meanwhile keep their own.
 */
export function untraced<T>(make: () => T): T {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is put back as it was
  const { captureStackTrace } = Error;
  Error.captureStackTrace = () => undefined;
  try {
    return make();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}
