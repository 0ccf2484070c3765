import { Tile } from '../tile.js';

const labels = ['Spans', 'Data points', 'Log records', 'Refused', 'Waiting to be stored'];
const panels = ['Accepted', 'Spool', 'Refused', 'Last bad payloads'];

/** The shape of what is coming, so that nothing jumps when it does. */
export function IngestSkeleton() {
  return (
    <>
      <h1 className="unseen">Ingest</h1>
      <p className="unseen">Loading what came in…</p>
      <section className="summary" aria-label="Summary" aria-busy="true">
        {labels.map((label) => (
          <Tile key={label} label={label} value={<span className="bone bone-large" />} />
        ))}
      </section>
      <div className="ingest" aria-hidden="true">
        {panels.map((title) => (
          <div key={title} className="panel ingest-panel" data-wide={title === 'Refused'}>
            <p className="ingest-head">{title}</p>
            <div className="ingest-bones">
              <span className="bone" />
              <span className="bone bone-small" />
              <span className="bone" />
            </div>
          </div>
        ))}
      </div>
    </>
  );
}
