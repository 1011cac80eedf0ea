// Measures what the portal promises to reach, and prints it beside what was reached.
//
// `script/bench` builds what this needs and names it: REELGATE_BINARY, FIRST_LOAD (bytes), LIST_PAGES (a program
// and its databases). Everything runs on this machine, one after the other.

import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Person, Server, run } from './portal.mjs'
import { upload } from './tus.mjs'

const program = process.env.REELGATE_BINARY
const sizes = { large: Number(process.env.BENCH_BYTES ?? 2 * 2 ** 30), streams: 50, stream: 40 * 2 ** 20 }
const rows = []

/** Adds a line; `kept` says whether the figure is as good as promised. */
function row(figure, promised, reached, kept) {
  rows.push([figure, promised, reached, kept ? 'kept' : 'MISSED'])
  console.error(`· ${figure}: ${reached}`)
}

function portal(folder, more = {}) {
  return Server.start(port => ({
    program,
    args: ['serve'],
    environment: {
      REELGATE_DATA: folder, REELGATE_DATABASE_URL: `sqlite:${join(folder, 'reelgate.db')}`,
      REELGATE_LISTEN: `127.0.0.1:${port}`, RUST_LOG: 'warn', ...more,
    },
  }), '/livez')
}

/** A request that takes any sound, of those Nora may deliver to. */
async function soundRequest(nora) {
  const filter = { statuses: ['open'] }
  const { rows } = await nora.call('dashboard/list_requests', { filter })
  const found = rows.find(it => /Audio/.test(it.source_type))
  if (found === undefined) throw new Error('no open request for sound')
  return found.id
}

async function details(folder) {
  const server = await portal(folder, { REELGATE_WORKERS: '0' })
  try {
    const nora = await Person.signIn(server, 'nora@studionord.example')
    const request = await soundRequest(nora)
    for (let turn = 0; turn < 50; turn += 1) {
      const file = await nora.beginDelivery(request, `turn-${turn}.wav`, 1000, {})
      await upload(`${server.address}/uploads`, 1000, { headers: { cookie: nora.cookie }, metadata: { file } })
    }
    const page = `${server.address}/requests/${request}`
    const measured = await wrk(page, nora.cookie)
    row('details page, 50 transfers, 64 connections', '≥ 600 requests/s', `${measured.rate.toFixed(0)} requests/s`, measured.rate >= 600)
    row('the same, 99 of 100 within', '≤ 200 ms', `${measured.p99.toFixed(0)} ms`, measured.p99 <= 200)
  } finally {
    await server.stop()
  }
}

/** Loads a page without compression; ten seconds to warm up are not counted. */
async function wrk(page, cookie) {
  const args = seconds => ['-t1', '-c64', `-d${seconds}s`, '--latency', '-H', `Cookie: ${cookie}`, page]
  await run('wrk', args(10))
  const printed = await run('wrk', args(20))
  if (/Non-2xx/.test(printed)) throw new Error(printed)
  const [, p99, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(printed)
  const [, rate] = /Requests\/sec:\s+([\d.]+)/.exec(printed)
  return { rate: Number(rate), p99: Number(p99) * { us: 0.001, ms: 1, s: 1000 }[unit] }
}

async function seconds(work) {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

/** One large stream, to us and to the reference in turns; the best of three each. */
async function uploads(folder, scratch) {
  const server = await portal(folder, { REELGATE_WORKERS: '0' })
  const reference = await Server.start(port => ({
    program: process.execPath,
    args: [join(import.meta.dirname, 'tus-server.mjs'), String(port), scratch],
    environment: {},
  }), '/uploads')
  try {
    const nora = await Person.signIn(server, 'nora@studionord.example')
    const request = await soundRequest(nora)
    const ours = []
    const theirs = []
    for (let turn = 0; turn < 3; turn += 1) {
      const file = await nora.beginDelivery(request, `large-${turn}.wav`, sizes.large, {})
      ours.push(await seconds(() =>
        upload(`${server.address}/uploads`, sizes.large, { headers: { cookie: nora.cookie }, metadata: { file } })))
      theirs.push(await seconds(() => upload(`${reference.address}/uploads`, sizes.large)))
    }
    const speed = times => sizes.large / 1e6 / Math.min(...times)
    const ratio = speed(ours) / speed(theirs)
    const both = `${ratio.toFixed(2)} × (${speed(ours).toFixed(0)} against ${speed(theirs).toFixed(0)} MB/s)`
    row('upload of 2 GiB against @tus/server', '≥ 1.5 ×', both, ratio >= 1.5)
  } finally {
    await Promise.all([server.stop(), reference.stop()])
  }
}

/** Many streams at once. */
async function memory(folder) {
  const server = await portal(folder, { REELGATE_WORKERS: '0', REELGATE_UPLOADS_AT_ONCE: '100' })
  try {
    const nora = await Person.signIn(server, 'nora@studionord.example')
    const request = await soundRequest(nora)
    const draft = { files: [], metadata: {}, method: 'UI', client: 'bench' }
    for (let at = 0; at < sizes.streams; at += 1) draft.files.push({ name: `stream-${at}.wav`, size: sizes.stream })
    const { files } = await nora.call('delivery/begin_delivery', { request, draft })
    await Promise.all(files.map(({ id }) =>
      upload(`${server.address}/uploads`, sizes.stream, { headers: { cookie: nora.cookie }, metadata: { file: id } })))
    const peak = (await server.peakMemory()) / 1e6
    row('memory of the server with 50 streams', '≤ 100 MB', `${peak.toFixed(0)} MB`, peak <= 100)
  } finally {
    await server.stop()
  }
}

/** The list of a million requests; `pages` prints a table whose line `all` counts. */
async function lists() {
  for (const [engine, url] of Object.entries(JSON.parse(process.env.LIST_DATABASES))) {
    const printed = await run(process.env.LIST_PAGES, [url, '2000'])
    const p95 = Number(/^all\s+\d+\s+[\d.]+\s+([\d.]+)/m.exec(printed)[1])
    row(`list of 1,000,000 requests, ${engine}, 95 of 100 within`, '≤ 50 ms', `${p95.toFixed(1)} ms`, p95 <= 50)
  }
}

const scratch = await mkdtemp(join(process.env.BENCH_FOLDER ?? tmpdir(), 'reelgate-bench-'))
try {
  const firstLoad = Number(process.env.FIRST_LOAD)
  row('first load, client and bindings, brotli', '≤ 400 kB', `${(firstLoad / 1000).toFixed(1)} kB`, firstLoad <= 400_000)
  const folder = join(scratch, 'portal')
  await mkdir(folder)
  await run(program, ['demo'], { REELGATE_DATA: folder, REELGATE_DATABASE_URL: `sqlite:${join(folder, 'reelgate.db')}` })
  await details(folder)
  await memory(folder)
  await uploads(folder, join(scratch, 'reference'))
  await lists()
} finally {
  await rm(scratch, { recursive: true, force: true })
}

const width = column => Math.max(...rows.map(it => it[column].length))
for (const it of rows) console.log(`${it[0].padEnd(width(0))}  ${it[1].padEnd(width(1))}  ${it[2].padEnd(width(2))}  ${it[3]}`)
if (rows.some(it => it[3] === 'MISSED')) process.exitCode = 1
