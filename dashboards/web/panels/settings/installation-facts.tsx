import type { Role } from '../../../../schemas/access.js';
import type { Installation } from '../../../../schemas/installation.js';
import { reachableUrl } from '../../view/reachable-url.js';

/** What runs here and where senders send to. */
export function InstallationFacts({ facts, role }: { facts: Installation; role: Role | null }) {
  const { version, mode, access, tenant, otlpHttpUrl, otlpGrpcUrl } = facts;
  return (
    <dl className="facts">
      <dt>Version</dt>
      <dd>{version}</dd>
      <dt>ClickHouse</dt>
      <dd>{mode === 'embedded' ? 'inside the process' : 'a server of its own'}</dd>
      <dt>Tenant</dt>
      <dd>
        <bdi>{tenant}</bdi>
      </dd>
      <dt>Access</dt>
      <dd>{access === 'open' ? 'open on loopback, no keys' : 'by API key'}</dd>
      {role !== null && (
        <>
          <dt>You are</dt>
          <dd>{role}</dd>
        </>
      )}
      <dt>OTLP/HTTP</dt>
      <dd>
        <code>{reachableUrl(otlpHttpUrl, location.hostname)}</code>
      </dd>
      <dt>OTLP/gRPC</dt>
      <dd>
        {otlpGrpcUrl === null ? (
          'does not listen'
        ) : (
          <code>{reachableUrl(otlpGrpcUrl, location.hostname)}</code>
        )}
      </dd>
    </dl>
  );
}
