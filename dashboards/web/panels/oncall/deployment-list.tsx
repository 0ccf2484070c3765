import type { Deployment } from '../../../../schemas/deployment.js';
import { formatAgo } from '../../view/format-ago.js';

const mostShown = 8;

/** What changed lately, newest first. */
export function DeploymentRows({
  deployments,
  serverNowMs,
}: {
  deployments: readonly Deployment[];
  serverNowMs: number;
}) {
  return (
    <>
      <ul className="plain-rows">
        {deployments
          .slice(0, mostShown)
          .map(({ id, function: name, version, region, at, source, author, url }) => (
            <li key={id}>
              <p className="row-main">
                <a href={`/functions/${encodeURIComponent(name)}?${new URLSearchParams({ version })}`}>
                  <bdi>{name}</bdi>
                </a>{' '}
                <span className="row-version">
                  <bdi>{version === '' ? 'version not told' : version}</bdi>
                </span>
              </p>
              <p className="aside row-more">
                <time dateTime={at}>{formatAgo(serverNowMs - Date.parse(at))}</time>
                {region !== '' && (
                  <>
                    {' · '}
                    <bdi>{region}</bdi>
                  </>
                )}
                {' · '}
                {source === 'detected' ? 'seen in telemetry' : <bdi>{author === '' ? source : author}</bdi>}
                {url !== '' && (
                  <>
                    {' · '}
                    <a href={url} rel="noreferrer">
                      pipeline
                    </a>
                  </>
                )}
              </p>
            </li>
          ))}
      </ul>
      {deployments.length > mostShown && (
        <p className="aside debug-foot">And {deployments.length - mostShown} more in this window.</p>
      )}
    </>
  );
}
