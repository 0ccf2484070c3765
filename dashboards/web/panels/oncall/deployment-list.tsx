import { useState } from 'preact/hooks';
import type { Deployment } from '../../../../schemas/deployment.js';
import { formatAgo } from '../../view/format-ago.js';
import { DeploymentEffectView } from './deployment-effect.js';

const mostShown = 8;

/** What changed lately, newest first; each opens into what it did. */
export function DeploymentRows({
  deployments,
  serverNowMs,
}: {
  deployments: readonly Deployment[];
  serverNowMs: number;
}) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      <ul className="plain-rows">
        {deployments.slice(0, mostShown).map((deployment) => {
          const { id, function: name, version, region, at, source, author, url } = deployment;
          const isOpen = open === id;
          return (
            <li key={id}>
              <div className="row-with-act">
                <p className="row-main">
                  <a href={`/functions/${encodeURIComponent(name)}?${new URLSearchParams({ version })}`}>
                    <bdi>{name}</bdi>
                  </a>{' '}
                  <span className="row-version">
                    <bdi>{version === '' ? 'version not told' : version}</bdi>
                  </span>
                </p>
                <button
                  type="button"
                  className="button small"
                  aria-expanded={isOpen}
                  aria-label={`Before and after ${name} ${version}`}
                  onClick={() => setOpen(isOpen ? null : id)}
                >
                  Before and after
                </button>
              </div>
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
              {isOpen && <DeploymentEffectView deployment={deployment} nowMs={serverNowMs} />}
            </li>
          );
        })}
      </ul>
      {deployments.length > mostShown && (
        <p className="aside debug-foot">And {deployments.length - mostShown} more in this window.</p>
      )}
    </>
  );
}
