// Sends bytes by tus, as fast as one connection takes them.

import { once } from 'node:events'
import { Agent, request } from 'node:http'

const block = Buffer.alloc(1 << 20, 'Reelgate ')
const agent = new Agent({ keepAlive: true })

function base64(text) {
  return Buffer.from(text).toString('base64')
}

/** Creates an upload and sends `size` bytes in one piece. */
export async function upload(address, size, headers = {}, metadata = {}) {
  const described = Object.entries(metadata).map(([key, value]) => `${key} ${base64(value)}`).join(',')
  const common = { 'tus-resumable': '1.0.0', ...headers }
  const beginning = { ...common, 'upload-length': size, ...(described && { 'upload-metadata': described }) }
  const created = await ask(address, 'POST', beginning)
  if (created.status !== 201) throw new Error(`not created: ${created.status} ${created.text}`)
  const place = new URL(created.headers.location, address).href
  const piece = { ...common, 'upload-offset': 0, 'content-type': 'application/offset+octet-stream', 'content-length': size }
  const sent = await ask(place, 'PATCH', piece, out => pour(out, size))
  if (sent.status !== 204) throw new Error(`not taken: ${sent.status} ${sent.text}`)
}

function ask(address, method, headers, send = out => out.end()) {
  return new Promise((resolve, reject) => {
    const out = request(address, { method, headers, agent }, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', it => (text += it))
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }))
    })
    out.on('error', reject)
    send(out)
  })
}

async function pour(out, size) {
  const closed = once(out, 'close')
  for (let left = size; left > 0 && !out.destroyed; left -= block.length) {
    if (!out.write(left < block.length ? block.subarray(0, left) : block)) {
      await Promise.race([once(out, 'drain'), closed])
    }
  }
  out.end()
}
