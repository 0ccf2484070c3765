export type Instruction = { name: string; rest: string; line: number };
export type Stage = { image: string; alias: string | null; instructions: Instruction[] };

const known = new Set(
  'ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL RUN STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
);

/** One entry per instruction, continuation lines joined, comments dropped; an unknown instruction is an error. */
export function parseDockerfile(text: string): Instruction[] {
  const found: Instruction[] = [];
  let open: Instruction | null = null;
  for (const [index, raw] of text.split('\n').entries()) {
    const trimmed = raw.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const continues = trimmed.endsWith('\\');
    const content = continues ? trimmed.slice(0, -1).trim() : trimmed;
    if (open === null) {
      const [, name = '', rest = ''] = /^([A-Za-z]+)\s+(.*)$/.exec(content) ?? [];
      if (!known.has(name)) throw new Error(`line ${index + 1}: "${content}" is not an instruction`);
      open = { name, rest, line: index + 1 };
      found.push(open);
    } else open.rest += ` ${content}`;
    if (!continues) open = null;
  }
  return found;
}

/** Groups the instructions by the FROM they follow. */
export function stagesOf(instructions: Instruction[]): Stage[] {
  const stages: Stage[] = [];
  for (const instruction of instructions) {
    if (instruction.name === 'FROM') {
      const [image = '', , alias = null] = instruction.rest.split(/\s+/);
      stages.push({ image, alias, instructions: [] });
    } else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

/** What a COPY reads and from where: null is the build context, else the name of an earlier stage. */
export function copySources({ rest }: Instruction): { from: string | null; sources: string[] } {
  const words = rest.split(/\s+/);
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length) ?? null;
  return { from, sources: words.filter((word) => !word.startsWith('--')).slice(0, -1) };
}
