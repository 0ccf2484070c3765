/** What is wrong with SLO files; such objectives are not evaluated. */
export function SloProblems({ problems }: { problems: readonly string[] }) {
  if (problems.length === 0) return null;
  return (
    <section className="banner slo-problems" aria-label="Problems of SLO files">
      <div>
        <p>
          <strong>
            {problems.length === 1 ? 'An objective is' : `${problems.length} objectives are`} not evaluated.
          </strong>{' '}
          What is wrong with the files:
        </p>
        <ul>
          {problems.slice(0, 20).map((problem) => (
            <li key={problem}>
              <bdi>{problem}</bdi>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
