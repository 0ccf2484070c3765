import { type CallAttributes, firstOf, type Peer } from './call.js';
import { foldName } from './fold-name.js';
import { hostName } from './http-peer.js';

/** The word a statement begins with, when it is one that says what is done; anything else may be data. */
const verbs = new Set(
  `select insert update delete merge upsert replace call with begin commit rollback create alter drop truncate copy set get
   mget mset del hget hset hgetall hdel incr decr expire lpush rpush lpop rpop zadd zrange publish subscribe exists scan
   find findone insertone insertmany updateone updatemany deleteone deletemany aggregate count distinct eval evalsha`.split(
    /\s+/,
  ),
);

/** A call to a database by system and namespace, operation and collection; statements are not kept. */
export function databasePeer(attributes: CallAttributes): Peer | null {
  const system = firstOf(attributes, 'db.system.name', 'db.system');
  if (system === '') return null;
  const collection =
    firstOf(attributes, 'db.collection.name', 'db.sql.table', 'db.mongodb.collection', 'aws.table.name') ||
    (attributes.firstText('aws.dynamodb.table_names') ?? '');
  const namespace = firstOf(attributes, 'db.namespace', 'db.name');
  const isDynamo = system === 'dynamodb' || system === 'aws.dynamodb';
  const where = isDynamo ? collection : namespace || hostName(attributes);
  return {
    kind: 'database',
    peer: [isDynamo ? 'dynamodb' : foldName(system), foldName(where)].filter((part) => part !== '').join(' '),
    operation: [operationOf(attributes), isDynamo ? '' : foldName(collection)]
      .filter((part) => part !== '')
      .join(' '),
  };
}

function operationOf(attributes: CallAttributes): string {
  const named = firstOf(attributes, 'db.operation.name', 'db.operation');
  if (named !== '') return foldName(named);
  const summary = attributes.text('db.query.summary');
  if (summary !== null) return foldName(summary);
  const method = attributes.text('rpc.method');
  if (method !== null) return foldName(method);
  const first =
    /^\s*(\w{1,20})/.exec(firstOf(attributes, 'db.query.text', 'db.statement').slice(0, 200))?.[1] ?? '';
  return verbs.has(first.toLowerCase()) ? first.toUpperCase() : '';
}
