/**
 * Something the operator can put right keeps the program from starting. The message is one sentence that says what
 * is wrong, where, and what to do; it is printed as it stands, without a stack.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}
