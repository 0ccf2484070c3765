/** A reason not to start, told in one sentence: what, where, remedy. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
