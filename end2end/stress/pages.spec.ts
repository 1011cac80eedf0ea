import { Agent, get } from 'node:http'
import { detailsPages, idIn } from '../support/requests.ts'
import { expect, test } from '../support/test.ts'
import type { Visitor } from '../support/visitor.ts'

const times = Number(process.env.STRESS_TIMES ?? 2_000)
const connections = 32
const patience = 10_000
/** What was asked for on the server follows the page itself. */
const whole = /<\/html>(<!>|<script[^>]*>[^<]*<\/script>)*$/

type Outcome = { path: string; trouble?: string; took: number }

/** Asks once, and waits for the last byte: a page that hangs has often sent its head. */
function ask(agent: Agent, address: string, path: string, cookie: string): Promise<Outcome> {
  const began = performance.now()
  return new Promise(resolve => {
    const done = (trouble?: string) => {
      clearTimeout(limit)
      resolve({ path, trouble, took: performance.now() - began })
    }
    const request = get(address + path, { agent, headers: { cookie, accept: 'text/html' } }, answer => {
      let body = ''
      answer.setEncoding('utf8')
      answer.on('data', text => (body += text))
      answer.on('error', error => done(`broke off: ${error.message}`))
      answer.on('end', () => {
        if (answer.statusCode !== 200) done(`answered ${answer.statusCode}`)
        else if (!whole.test(body)) done('ended early')
        else done()
      })
    })
    const limit = setTimeout(() => request.destroy(new Error(`no answer within ${patience} ms`)), patience)
    request.on('error', error => done(error.message))
  })
}

/** Every page, as many times as there are turns, by so many at once. */
async function askAll(address: string, paths: string[], cookie: string): Promise<Outcome[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const outcomes: Outcome[] = []
  let turn = 0
  const worker = async () => {
    while (turn < times * paths.length) outcomes.push(await ask(agent, address, paths[turn++ % paths.length], cookie))
  }
  await Promise.all(Array.from({ length: connections }, worker))
  agent.destroy()
  return outcomes
}

function table(outcomes: Outcome[]): string {
  const paths = [...new Set(outcomes.map(it => it.path))]
  return paths
    .map(path => {
      const took = outcomes.filter(it => it.path === path).map(it => it.took).sort((a, b) => a - b)
      const at = (share: number) => `${Math.round(took[Math.ceil(took.length * share) - 1])} ms`.padStart(9)
      return `${String(took.length).padStart(6)} × p50 ${at(0.5)}  p99 ${at(0.99)}  worst ${at(1)}  ${path}`
    })
    .join('\n')
}

async function cookieOf(visitor: Visitor): Promise<string> {
  const cookies = await visitor.context.cookies()
  return cookies.map(it => `${it.name}=${it.value}`).join('; ')
}

test('every page answers every time', async ({ portal, nora }) => {
  await nora.open('/')
  const details = await detailsPages(nora.page)
  const tabs = ['deliveries', 'quality', 'comments', 'history', 'materials'].map(tab => `${details[0]}?tab=${tab}`)
  const deliver = `/deliver?requests=${details.slice(0, 3).map(idIn).join(',')}`
  const open = ['/', ...tabs, details[1], deliver, '/notices', '/account', '/help', '/help/inspection/FILE-Corrupt']

  const outcomes = [
    ...(await askAll(portal.address, ['/sign-in'], '')),
    ...(await askAll(portal.address, open, await cookieOf(nora))),
  ]

  console.log(table(outcomes))
  const troubles = outcomes.filter(it => it.trouble !== undefined).map(it => `${it.path}: ${it.trouble}`)
  expect(troubles).toEqual([])
  expect(outcomes).toHaveLength(times * (open.length + 1))
})
