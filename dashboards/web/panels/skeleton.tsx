const rows = Array.from({ length: 8 }, (_, index) => String(index));

/** The shape of what is coming, so that nothing jumps when it does. */
export function Skeleton() {
  return (
    <section className="panel functions" aria-label="Functions" aria-busy="true">
      <p className="unseen">Loading the functions…</p>
      <div className="toolbar">
        <h1>Functions</h1>
      </div>
      <div className="skeleton" aria-hidden="true">
        {rows.map((row) => (
          <div key={row} className="skeleton-row">
            <span className="skeleton-name">
              <span className="bone" />
              <span className="bone bone-small" />
            </span>
            <span className="bone" />
            <span className="bone" />
            <span className="bone" />
            <span className="bone" />
          </div>
        ))}
      </div>
    </section>
  );
}
