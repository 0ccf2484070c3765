import { type CallAttributes, firstOf, type Peer } from './call.js';
import { foldName, invokedName, lastPart } from './fold-name.js';
import { hostName } from './http-peer.js';

/** A call of another function, of a service of AWS, or of a remote procedure. */
export function rpcPeer(attributes: CallAttributes): Peer | null {
  const { service, method } = procedureOf(attributes);
  const invoked = attributes.text('faas.invoked_name');
  if (invoked !== null)
    return { kind: 'function', peer: invokedName(invoked), operation: foldName(method) || 'Invoke' };
  const system = firstOf(attributes, 'rpc.system.name', 'rpc.system');
  if (system === '' && service === '') return null;
  if (system === 'aws-api') return awsPeer(attributes, service, method);
  return { kind: 'rpc', peer: foldName(service) || hostName(attributes), operation: foldName(method) };
}

/** Conventions from 1.38 on put both into the method. */
function procedureOf(attributes: CallAttributes): { service: string; method: string } {
  const service = firstOf(attributes, 'rpc.service');
  const method = firstOf(attributes, 'rpc.method');
  const slash = method.lastIndexOf('/');
  if (service !== '' || slash <= 0) return { service, method };
  return { service: method.slice(0, slash), method: method.slice(slash + 1) };
}

function awsPeer(attributes: CallAttributes, service: string, method: string): Peer {
  const operation = foldName(method);
  switch (service.toLowerCase()) {
    case 'dynamodb': {
      const table = attributes.firstText('aws.dynamodb.table_names') ?? firstOf(attributes, 'aws.table.name');
      return { kind: 'database', peer: `dynamodb ${foldName(table)}`.trim(), operation };
    }
    case 's3': {
      const bucket = firstOf(attributes, 'aws.s3.bucket', 'aws.bucket.name');
      return { kind: 'storage', peer: `s3 ${foldName(lastPart(bucket))}`.trim(), operation };
    }
    case 'lambda':
      return { kind: 'function', peer: 'lambda', operation };
    default:
      return { kind: 'other', peer: foldName(service) || 'aws', operation };
  }
}
