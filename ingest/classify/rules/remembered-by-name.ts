/** Hostile names must not grow the memory without end; honest installations have far fewer functions. */
const mostNames = 10_000;

/** Works out once a name what the configured rules say about it. */
export class RememberedByName<Answer> {
  readonly #known = new Map<string, Answer>();
  readonly #workOut: (name: string) => Answer;

  constructor(workOut: (name: string) => Answer) {
    this.#workOut = workOut;
  }

  of(name: string): Answer {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    if (this.#known.size >= mostNames) this.#known.clear();
    const answer = this.#workOut(name);
    this.#known.set(name, answer);
    return answer;
  }
}
