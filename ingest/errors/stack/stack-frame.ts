/** One frame of a stack, without what changes from one deploy to the next. */
export type StackFrame = {
  /** The file, or the class where files say less; '' when nothing tells. */
  readonly file: string;
  readonly name: string;
  /** False for the runtime, the standard library and packages: an upgrade of them makes no new error. */
  readonly isOwn: boolean;
};

/** Reads the frames of one family of languages, innermost first; none when the stack is of another. */
export type StackReader = (lines: readonly string[]) => StackFrame[];
