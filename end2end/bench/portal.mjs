// A portal started by its program, and what a person can ask of it.

import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { upload } from './tus.mjs'

const password = 'reelgate-demo'

/** Runs the program to its end; what it prints is shown only when it fails. */
export async function run(program, args, environment = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...environment } })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (printed += text))
  const code = await new Promise((resolve, reject) => child.once('close', resolve).once('error', reject))
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}\n${printed}`)
  return printed
}

/** A server as its own process, listening on loopback at a free port. */
export class Server {
  /** `command(port)` names program, arguments and environment; `path` answers once it is up. */
  static async start(command, path) {
    const port = await freePort()
    const { program, args, environment } = command(port)
    const child = spawn(program, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit'] })
    const server = new Server(`http://127.0.0.1:${port}`, child)
    for (let tries = 0; tries < 200; tries += 1) {
      const answer = await fetch(server.address + path).catch(() => undefined)
      if (answer?.status < 500) return server
      await new Promise(resolve => setTimeout(resolve, 100))
    }
    server.stop()
    throw new Error(`${program} does not answer`)
  }

  constructor(address, child) {
    this.address = address
    this.child = child
    process.once('exit', () => child.kill('SIGKILL'))
  }

  /** The most memory that this process has had resident so far, in bytes. */
  async peakMemory() {
    const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]) * 1024
  }

  async stop() {
    const gone = new Promise(resolve => this.child.once('exit', resolve))
    this.child.kill('SIGTERM')
    await gone
  }
}

/** Somebody who is signed in. */
export class Person {
  static async signIn(server, email) {
    const body = new URLSearchParams({ email, password, next: '/' })
    const answer = await fetch(`${server.address}/fn/reelgate/server_fns/people/sign_in`, {
      method: 'POST', body, redirect: 'manual', headers: { origin: server.address },
    })
    const cookie = answer.headers.getSetCookie().map(it => it.split(';')[0]).find(it => it.includes('sid='))
    if (cookie === undefined) throw new Error(`${email} could not sign in: ${answer.status}`)
    return new Person(server, cookie)
  }

  constructor(server, cookie) {
    this.server = server
    this.cookie = cookie
  }

  /** Calls a server function. */
  async call(name, input) {
    const answer = await fetch(`${this.server.address}/fn/reelgate/server_fns/${name}`, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: { cookie: this.cookie, origin: this.server.address, 'content-type': 'application/json' },
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${text}`)
    return JSON.parse(text)
  }

  /** Begins a delivery of files with `name` and `size`; answers their ids. */
  async beginDelivery(request, files, metadata = {}) {
    const draft = { files, metadata, method: 'ui', client: 'bench' }
    const transfer = await this.call('delivery/begin_delivery', { request, draft })
    return transfer.files.map(it => it.id)
  }

  /** Uploads so many bytes as one file. */
  upload(file, size) {
    return upload(`${this.server.address}/uploads`, size, { cookie: this.cookie }, { file })
  }
}

async function freePort() {
  const server = createServer()
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address()
  await new Promise(resolve => server.close(resolve))
  return port
}
