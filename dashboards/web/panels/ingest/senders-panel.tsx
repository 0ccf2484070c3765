import type { IngestStatus } from '../../../../schemas/ingest-status.js';
import { formatAgo } from '../../view/format-ago.js';
import { exactCount, formatCount } from '../../view/format-count.js';

export type SendersPanelProps = { senders: IngestStatus['senders']; nowMs: number };

/** Who sends most. */
export function SendersPanel({ senders, nowMs }: SendersPanelProps) {
  return (
    <section className="panel ingest-panel ingest-wide" aria-labelledby="senders-title">
      <header className="ingest-head">
        <h2 id="senders-title">Senders</h2>
        <p className="aside">most items first</p>
      </header>
      {senders.length === 0 ? (
        <p className="ingest-quiet">No request was accepted yet.</p>
      ) : (
        <table className="senders">
          <thead>
            <tr>
              <th scope="col">Service</th>
              <th scope="col">SDK</th>
              <th scope="col" className="sender-agent">
                Sent by
              </th>
              <th scope="col" className="sender-number">
                Items
              </th>
              <th scope="col" className="sender-number sender-requests">
                Requests
              </th>
              <th scope="col" className="sender-number">
                Last seen
              </th>
            </tr>
          </thead>
          <tbody>
            {senders.map(({ agent, service, sdk, requests, items, lastSeenAt }) => (
              <tr key={`${agent}/${service}/${sdk}`}>
                <th scope="row" title={service}>
                  <bdi>{service === '' ? 'not told' : service}</bdi>
                </th>
                <td title={sdk}>
                  <bdi>{sdk === '' ? 'not told' : sdk}</bdi>
                </td>
                <td className="sender-agent" title={agent}>
                  <bdi>{agent}</bdi>
                </td>
                <td className="sender-number" title={exactCount(items)}>
                  {formatCount(items)}
                </td>
                <td className="sender-number sender-requests" title={exactCount(requests)}>
                  {formatCount(requests)}
                </td>
                <td className="sender-number" title={lastSeenAt}>
                  {formatAgo(nowMs - Date.parse(lastSeenAt))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
