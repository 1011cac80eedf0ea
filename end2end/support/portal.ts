import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
const target = process.env.CARGO_TARGET_DIR ?? join(cache, 'reelgate', 'target')

/** The program under test, as `script/test` has built it. */
export const program = process.env.REELGATE_BINARY ?? join(target, 'debug', 'reelgate')

/** The settings of a portal that keeps everything in `folder`. */
export function settings(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, REELGATE_DATA: folder, REELGATE_DATABASE_URL: `sqlite:${join(folder, 'reelgate.db')}` }
}

/** Gives up with all that the program has printed, so that the reason is in the report. */
class Failed extends Error {
  constructor(what: string, log: string) {
    super(`${what}\n${log}`)
  }
}

/** A running portal with a copy of the demo data. */
export class Portal {
  private constructor(
    readonly address: string,
    readonly folder: string,
    private child: ChildProcess,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly lines: string[],
  ) {}

  /** Starts on a copy of the demo data that this run has made once. */
  static async start(changes: NodeJS.ProcessEnv = {}): Promise<Portal> {
    const template = process.env.REELGATE_TEMPLATE
    if (template === undefined) throw new Error('global set-up has not run')
    const folder = await mkdtemp(join(tmpdir(), 'reelgate-portal-'))
    await cp(template, folder, { recursive: true })
    const listen = `127.0.0.1:${await freePort()}`
    const environment = { ...settings(folder), REELGATE_LISTEN: listen, ...changes }
    const lines: string[] = []
    const portal = new Portal(`http://${listen}`, folder, launch(environment, lines), environment, lines)
    await portal.answers()
    return portal
  }

  /** Everything the server has logged so far. */
  get log(): string {
    return this.lines.join('')
  }

  /** Stops the server, by a polite signal or by pulling the plug, and keeps its data. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const gone = new Promise(resolve => this.child.once('exit', resolve))
    this.child.kill(signal)
    const patience = setTimeout(() => this.child.kill('SIGKILL'), 15_000)
    await gone
    clearTimeout(patience)
  }

  /** Starts again at the same address, on the same data. */
  async restart(): Promise<void> {
    await this.stop()
    this.child = launch(this.environment, this.lines)
    await this.answers()
  }

  /** Stops the server and removes its data. */
  async remove(): Promise<void> {
    await this.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  private async answers(): Promise<void> {
    const until = Date.now() + 30_000
    while (Date.now() < until) {
      if (this.child.exitCode !== null) throw new Failed(`The portal ended with ${this.child.exitCode}.`, this.log)
      const answer = await fetch(`${this.address}/livez`).catch(() => undefined)
      if (answer?.ok) return
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    throw new Failed('The portal does not answer at /livez.', this.log)
  }
}

/** Runs the program to its end. */
export async function run(command: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const lines: string[] = []
  const child = listen(spawn(program, [command], { cwd: root, env: environment }), lines)
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject))
  if (code !== 0) throw new Failed(`reelgate ${command} ended with ${code}.`, lines.join(''))
}

function launch(environment: NodeJS.ProcessEnv, lines: string[]): ChildProcess {
  const child = listen(spawn(program, ['serve'], { cwd: root, env: environment }), lines)
  // Also when the tests are broken off, no server stays behind.
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  return child
}

function listen(child: ChildProcess, lines: string[]): ChildProcess {
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', text => lines.push(text))
  return child
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
