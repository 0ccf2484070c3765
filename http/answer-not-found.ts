import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../schemas/problem.js';
import { answerProblem } from './answer-problem.js';
import { type KnownRoute, methodsAt } from './route-table.js';

/** A path nobody answers is NOT_FOUND; a path that answers other methods names them in Allow. */
export function answerNotFound(
  routes: readonly KnownRoute[],
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const path = request.url.split('?', 1)[0] ?? '/';
  const methods = methodsAt(routes, path);
  if (methods.length === 0 || methods.includes(request.method)) {
    answerProblem(reply, request.id, new ProblemError('NOT_FOUND', `Nothing answers at ${path}.`));
    return;
  }
  const allow = methods.join(', ');
  reply.header('allow', allow);
  const message = `${path} does not answer ${request.method}, only ${allow}.`;
  answerProblem(reply, request.id, new ProblemError('METHOD_NOT_ALLOWED', message));
}
