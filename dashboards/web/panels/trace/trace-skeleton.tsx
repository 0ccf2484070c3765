const rows = Array.from({ length: 10 }, (_, index) => String(index));

/** The shape of a waterfall before it comes. */
export function TraceSkeleton() {
  return (
    <section className="panel debug-panel" aria-label="Trace" aria-busy="true">
      <p className="unseen">Loading the trace…</p>
      <div className="debug-bones" aria-hidden="true">
        {rows.map((row) => (
          <span key={row} className="bone" />
        ))}
      </div>
    </section>
  );
}
