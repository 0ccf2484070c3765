/** Runs a piece of work as a child span of whatever is being served now; without tracing it just runs it. */
export type RunInSpan = <T>(
  name: string,
  attributes: Readonly<Record<string, string | number | boolean>>,
  work: () => Promise<T>,
) => Promise<T>;
