import { callApi } from '../../http/call-api.js';
import { defaultTenant } from '../../schemas/access.js';
import { BacktestAnswer, BacktestQuestion } from '../../schemas/alerting/backtest.js';
import { problemText } from '../../schemas/config/problem.js';
import { ProblemError } from '../../schemas/problem.js';
import { PresetName } from '../../schemas/slo/presets.js';
import { readSloFile } from '../../schemas/slo/read-slo-file.js';
import { writeSlo } from '../../schemas/slo/write-slo.js';
import type { CommandContext, ExitCode } from '../command.js';
import { UsageError } from '../parse-command-args.js';
import { openTarget, problemLine } from '../remote-target.js';
import { describeBacktest } from './describe-backtest.js';

export type BacktestOptions = {
  from: string | undefined;
  to: string | undefined;
  compare: string | undefined;
  data: string | undefined;
  target: string | undefined;
  keyFile: string | undefined;
  asJson: boolean;
};

type Ask = (question: object) => Promise<BacktestAnswer>;

/** Exits 0 when every objective of the file was replayed, 1 when one could not be. */
export async function backtestSlos(
  file: string,
  options: BacktestOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const { io } = context;
  const { from, to, compare } = options;
  if (from === undefined || to === undefined) throw new UsageError('"backtest" needs --from and --to');
  if (options.data !== undefined && options.target !== undefined)
    throw new UsageError('give --data or --target, not both');
  if (compare !== undefined && !PresetName.safeParse(compare).success)
    throw new UsageError(`--compare must be one of ${PresetName.options.join(', ')}`);
  const read = readSloFile(await io.read(file), file);
  if (read.kind === 'invalid') {
    for (const problem of read.problems) io.err(problemText(problem));
    return 1;
  }
  const second = compare === undefined ? {} : { compare: { preset: compare } };
  const answers: BacktestAnswer[] = [];
  let exitCode: ExitCode = 0;
  const play = async (ask: Ask) => {
    for (const { definition } of read.slos) {
      try {
        const answer = await ask({ slo: writeSlo(definition), from, to, ...second });
        answers.push(answer);
        if (!options.asJson) for (const line of describeBacktest(answer, compare ?? null)) io.out(line);
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        io.err(`${definition.id}: ${problemLine(error)}`);
        exitCode = 1;
      }
    }
  };
  if (options.data === undefined) {
    const api = await openTarget({ target: options.target, 'key-file': options.keyFile }, io);
    await play(
      async (body) => await callApi(api, { method: 'POST', path: 'slos/backtest', body }, BacktestAnswer),
    );
  } else await playData(options.data, play, context);
  if (options.asJson) io.out(JSON.stringify(answers, null, 2));
  return exitCode;
}

/** The same over a data directory that no server has open. */
async function playData(
  directory: string,
  play: (ask: Ask) => Promise<void>,
  { env, now }: CommandContext,
): Promise<void> {
  const [{ loadConfig }, { openPreparedWarehouse }, data, { answerBacktest }] = await Promise.all([
    import('../load-config.js'),
    import('../open-warehouse.js'),
    import('../backup/data-directory.js'),
    import('../../alerting/backtest/answer-question.js'),
  ]);
  await data.requireDataDirectory(directory);
  const { config } = await loadConfig(env);
  const warehouse = await openPreparedWarehouse(data.configOfDataDirectory(config, directory), now);
  try {
    const door = warehouse.forTenant(defaultTenant);
    await play(async (question) => {
      const parsed = BacktestQuestion.safeParse(question);
      if (!parsed.success)
        throw new ProblemError('BAD_REQUEST', parsed.error.issues[0]?.message ?? 'is not valid');
      return await answerBacktest(door, parsed.data);
    });
  } finally {
    await warehouse.close();
  }
}
