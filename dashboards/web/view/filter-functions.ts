import type { FunctionSummary } from '../../../schemas/functions.js';

/** Keeps what contains every word of the text, anywhere in its name, environment, team, provider or region. */
export function filterFunctions(functions: readonly FunctionSummary[], text: string): FunctionSummary[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...functions];
  return functions.filter(({ function: name, environment, team, provider, region }) => {
    const haystack = [name, environment, team, provider, region].join(' ').toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}
