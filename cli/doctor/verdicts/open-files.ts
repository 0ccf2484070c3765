import { type Check, fail, ok, warn } from '../check.js';

/** Each part the engine reads and each connection takes some; a busy installation has thousands. */
const comfortable = 8192;
const least = 1024;

/** `limit` is null where the system does not tell. */
export function openFilesVerdict(limit: number | null): Check {
  const name = 'open files';
  if (limit === null) return ok(name, 'the limit is not examined on this system');
  const remedy = `raise it to ${comfortable} or more: ulimit -n, LimitNOFILE= in systemd, --ulimit nofile= in Docker`;
  if (limit < least) return fail(name, `at most ${limit} files may be open`, remedy);
  if (limit < comfortable) return warn(name, `at most ${limit} files may be open`, remedy);
  return ok(name, `at most ${limit} files may be open`);
}
