import type { FastifyReply } from 'fastify';
import { type Problem, type ProblemError, problemTable } from '../schemas/problem.js';

export function problemBody(problem: ProblemError, requestId: string): Problem {
  const { remedy } = problemTable[problem.code];
  return { code: problem.code, message: problem.message, remedy, requestId };
}

/** Answers a refusal. Past the route's own serializers, because a Problem is the same on every route. */
export function answerProblem(reply: FastifyReply, requestId: string, problem: ProblemError): void {
  if (problem.retryAfterSeconds !== null) reply.header('retry-after', String(problem.retryAfterSeconds));
  if (problem.code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer realm="coldburn"');
  reply
    .code(problemTable[problem.code].status)
    .header('x-request-id', requestId)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problemBody(problem, requestId));
}
