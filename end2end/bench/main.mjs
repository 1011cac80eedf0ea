// Measures what the portal promises to reach, and prints it beside what was reached.
//
// `script/bench` builds what this needs and names it: REELGATE_BINARY, FIRST_LOADS (what `cargo xtask budget`
// printed), LIST_EXAMPLES (the folder of the examples), TEST_POSTGRES_URL. Everything runs on this
// machine, one after the other. BENCH_ROWS and BENCH_BYTES make a shorter trial.

import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Person, Server, run } from './portal.mjs'
import { upload } from './tus.mjs'

const program = process.env.REELGATE_BINARY
const sizes = { large: Number(process.env.BENCH_BYTES ?? 2 * 2 ** 30), streams: 50, stream: 40 * 2 ** 20 }
const requests = process.env.BENCH_ROWS ?? '1000000'
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

/** An open request of Nora's to which nothing was delivered yet. */
async function openRequest(nora, sourceType) {
  const { rows } = await nora.call('dashboard/list_requests', { filter: { statuses: ['open'], source_types: [sourceType] } })
  const found = rows.find(it => it.transfer_status === null)
  if (found === undefined) throw new Error(`the demo data have no open ${sourceType} request`)
  return found.id
}

/** A request that takes any number of files and asks nothing about them. */
function packageRequest(nora) {
  return openRequest(nora, 'textless_imf')
}

/** Delivers as often as is wanted, one after the other, and waits until all are inspected. */
async function deliverTurns(nora, request, turns) {
  for (let turn = 0; turn < turns; turn += 1) {
    const entries = { channel_layout: 'stereo', mix_type: 'narration' }
    const [file] = await nora.beginDelivery(request, [{ name: `turn-${turn}.wav`, size: 1000 }], entries)
    await nora.upload(file, 1000)
  }
  for (;;) {
    const page = await nora.call('request/find_request', { id: request, open: 'Newest' })
    if (page.heads.every(it => it.status !== 'processing')) return
    await new Promise(resolve => setTimeout(resolve, 500))
  }
}

async function details(folder) {
  const server = await portal(folder)
  try {
    const nora = await Person.signIn(server, 'nora@studionord.example')
    const request = await openRequest(nora, 'audio_description')
    await deliverTurns(nora, request, 50)
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
    const request = await packageRequest(nora)
    const ours = []
    const theirs = []
    for (let turn = 0; turn < 3; turn += 1) {
      const [file] = await nora.beginDelivery(request, [{ name: `large-${turn}.mxf`, size: sizes.large }])
      ours.push(await seconds(() => nora.upload(file, sizes.large)))
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
    const request = await packageRequest(nora)
    const named = Array.from({ length: sizes.streams }, (_, at) => ({ name: `stream-${at}.mxf`, size: sizes.stream }))
    const files = await nora.beginDelivery(request, named)
    await Promise.all(files.map(file => nora.upload(file, sizes.stream)))
    const peak = (await server.peakMemory()) / 1e6
    row('memory of the server with 50 streams', '≤ 100 MB', `${peak.toFixed(0)} MB`, peak <= 100)
  } finally {
    await server.stop()
  }
}

/** Pages of a long list, on both engines; `pages` prints a table whose line `all` counts. */
async function lists(folder) {
  const engines = { SQLite: `sqlite:${join(folder, 'list.db')}`, PostgreSQL: process.env.TEST_POSTGRES_URL }
  for (const [engine, url] of Object.entries(engines)) {
    await run(join(process.env.LIST_EXAMPLES, 'fill'), [url, requests])
    const printed = await run(join(process.env.LIST_EXAMPLES, 'pages'), [url, '2000'])
    const p95 = Number(/^all\s+\d+\s+[\d.]+\s+([\d.]+)/m.exec(printed)[1])
    row(`list of ${requests} requests, ${engine}, 95 of 100 within`, '≤ 50 ms', `${p95.toFixed(1)} ms`, p95 <= 50)
  }
}

/** What the example `inspection` of the crate `media` prints for one figure: names and numbers. */
async function inspected(figure, folder) {
  const printed = await run(join(process.env.LIST_EXAMPLES, 'inspection'), [figure, folder])
  return Object.fromEntries(printed.trim().split('\n').map(it => it.split('\t')).map(([name, value]) => [name, Number(value)]))
}

/** Measuring and judging, without the portal around it. */
async function inspection(folder) {
  const text = (await inspected('text', folder)).milliseconds
  row('timed text of 2,000 cues, every check', '≤ 50 ms', `${text.toFixed(1)} ms`, text <= 50)
  const lists = (await inspected('lists', folder)).milliseconds
  row('IMF package of 100 track files, lists and headers', '≤ 1,000 ms', `${lists.toFixed(1)} ms`, lists <= 1000)
  const digests = (await inspected('digests', folder)).ratio
  row('SHA-1 and SHA-256 of 1 GiB against sha1sum', '≥ 0.8 ×', `${digests.toFixed(2)} ×`, digests >= 0.8)
  const sound = await inspected('sound', folder)
  row('sound alone, 5 minutes of 5.1', '≥ 40 × real time', `${sound.times_real_time.toFixed(0)} × real time`, sound.times_real_time >= 40)
  const picture = await inspected('picture', folder)
  const against = ratio => `${ratio.toFixed(2)} ×`
  row('20 s of ProRes HQ against ffmpeg decoding it', '≤ 1.25 ×', against(picture.without_proxy), picture.without_proxy <= 1.25)
  row('the same with viewing copy, storyboard, waveform', '≤ 2.2 ×', against(picture.with_proxy), picture.with_proxy <= 2.2)
  const memory = Math.max(sound.megabytes, picture.megabytes)
  row('memory of what inspects, without the decoder', '≤ 400 MB', `${memory.toFixed(0)} MB`, memory <= 400)
}

/** What a first visit loads, of each client. */
function firstLoads() {
  for (const [, size, wing] of process.env.FIRST_LOADS.matchAll(/([\d.]+) kB  of .*: (\w+)$/gm)) {
    row(`first load, brotli: ${wing}`, '≤ 400 kB', `${size} kB`, Number(size) <= 400)
  }
}

const scratch = await mkdtemp(join(process.env.BENCH_FOLDER ?? tmpdir(), 'reelgate-bench-'))
try {
  firstLoads()
  const folder = join(scratch, 'portal')
  await mkdir(folder)
  await run(program, ['demo'], { REELGATE_DATA: folder, REELGATE_DATABASE_URL: `sqlite:${join(folder, 'reelgate.db')}` })
  const copy = async name => {
    const to = join(scratch, name)
    await cp(folder, to, { recursive: true })
    return to
  }
  await details(await copy('details'))
  await memory(await copy('memory'))
  await uploads(await copy('upload'), join(scratch, 'reference'))
  await lists(scratch)
  await inspection(scratch)
} finally {
  await rm(scratch, { recursive: true, force: true })
}

console.log()
const width = column => Math.max(...rows.map(it => it[column].length))
for (const it of rows) console.log(`${it[0].padEnd(width(0))}  ${it[1].padEnd(width(1))}  ${it[2].padEnd(width(2))}  ${it[3]}`)
if (rows.some(it => it[3] === 'MISSED')) process.exitCode = 1
